"""A rewritten text that knows where each of its characters stood in the original."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Edit(NamedTuple):
    """Characters ``start`` to ``end`` of a shadow become ``new``."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class Shadow:
    """A text with the places that its characters have in the text from which it was made.

    Attributes:
        text: As rewritten.
        starts: For each character, where in the original what it stands for begins.
        ends: And where that ends.
    """

    text: str
    starts: Sequence[int]
    ends: Sequence[int]

    @classmethod
    def of(cls, text: str) -> "Shadow":
        """Begin with the text itself."""
        return cls(text, range(len(text)), range(1, len(text) + 1))

    def edited(self, edits: Iterable[Edit]) -> "Shadow":
        """Apply edits that follow each other without overlap.

        >>> Shadow.of("a five b").edited([Edit(2, 6, "5")]).original(2, 3)
        (2, 6)
        """
        texts: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        place = 0
        for edit in edits:
            texts += (self.text[place : edit.start], edit.new)
            starts += self.starts[place : edit.start]
            ends += self.ends[place : edit.start]
            starts += [self.starts[edit.start]] * len(edit.new)
            ends += [self.ends[edit.end - 1]] * len(edit.new)
            place = edit.end
        if not texts:
            return self
        starts += self.starts[place:]
        ends += self.ends[place:]
        return Shadow("".join((*texts, self.text[place:])), starts, ends)

    def translated(self, text: str) -> "Shadow":
        """Take another text of the same length, character for character."""
        return Shadow(text, self.starts, self.ends)

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return where in the original characters ``start`` to ``end`` of the shadow stood."""
        return self.starts[start], self.ends[end - 1]
