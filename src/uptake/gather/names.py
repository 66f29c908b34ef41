"""Persons and organisations that a text names, in the nominative."""

from collections.abc import Sequence

from uptake.gather.grammar.spans import Name, Sentence


def names(text: str, sentences: Sequence[Sentence]) -> tuple[Name, ...]:
    """Return the persons and organisations named in a text, in order."""
    raise NotImplementedError
