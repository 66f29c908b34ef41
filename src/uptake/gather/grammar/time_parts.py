"""The tokens of one time, and what it may be told from."""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from uptake.gather.grammar.time_words import Token


@dataclass(frozen=True, slots=True)
class Context:
    """What times are told from.

    Attributes:
        today: The document's date, if it states one to the day.
        year: The year of the document's date, or one that a range gives to its beginning.
        given: Whether ``year`` comes from a range.
        month_first: Whether ``4/5`` is the fifth of April.
    """

    today: dt.date | None
    year: int | None
    given: bool = False
    month_first: bool = False


class Parts:
    """The tokens of one time by their letters."""

    def __init__(self, found: Sequence[Token]) -> None:
        self.all = found
        self.codes = "".join(t.code for t in found)

    def values(self, codes: str) -> list[int]:
        """Return the values of all tokens of some letters."""
        return [t.value for t in self.all if t.code in codes]

    def first(self, codes: str) -> int | None:
        """Return the value of the first token of some letters, None if there is none."""
        values = self.values(codes)
        return values[0] if values else None

    def unit(self) -> str:
        """Return the last unit of time."""
        found: str = next(t.value for t in reversed(self.all) if t.code in "dwktqhyec")
        return found

    def year(self, context: Context) -> tuple[int | None, bool]:
        """Return the year that is stated or told by a word, and whether the latter."""
        if (stated := self.first("Y")) is not None:
            return stated, False
        shift = self.first("D")
        if shift is None and re.search("Ro?y", self.codes):
            shift = self.first("R")
        if shift is not None and context.year is not None and not context.given:
            return context.year + shift, True
        return None, shift is not None
