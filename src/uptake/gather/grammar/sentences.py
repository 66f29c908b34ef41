"""A text to its sentences, each within one paragraph."""

from uptake.gather.grammar.spans import Sentence


def sentences(text: str, language: str) -> tuple[Sentence, ...]:
    """Return the sentences of a text in order; ``language`` is the document's main one."""
    raise NotImplementedError
