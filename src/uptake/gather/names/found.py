"""An organisation found in a sentence, before the document is known as a whole."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Organisation:
    """Words ``first`` to ``last`` (exclusive) of a sentence, with its name in the nominative.

    Attributes:
        first, last: Words of the name itself.
        phrase: Words of all that belongs to it: quotation marks, legal form, brackets.
        name: In the nominative.
        type: As in ``grammar.spans.Name``.
        abbreviation: As introduced in brackets.
        known: It stands in the catalogue.
    """

    first: int
    last: int
    phrase: tuple[int, int]
    name: str
    type: str
    abbreviation: str = ""
    known: bool = False
