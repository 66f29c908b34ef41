"""Times that a text states."""

from uptake.gather.grammar.spans import TimeSpan


def times(text: str, language: str, date: str | None) -> tuple[TimeSpan, ...]:
    """Return the times that a text states, in order; ``date`` is the document's, ISO, if stated."""
    raise NotImplementedError
