"""Text from which identifiers were taken: the only kind of text that may leave the process."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, repr=False)
class Masked:
    """A text with typed placeholders where identifiers stood. Only ``pseudonymise.mask`` makes it.

    Masking finds numbers, addresses and codes by their form; names and stories remain. It is a
    second fence where text must be handed on, never a reason to hand it on.

    Attributes:
        text: The masked text.
        counts: (type, how many were masked) in the order of the types' names.
    """

    text: str
    counts: tuple[tuple[str, int], ...] = ()

    def __repr__(self) -> str:
        """Show sizes only, so that no log line and no traceback holds the text."""
        return f"Masked({len(self.text)} characters, {dict(self.counts)})"
