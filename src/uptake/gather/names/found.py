"""Organisations and persons found in a sentence, before the document is known as a whole."""

from dataclasses import dataclass

from uptake.gather.names.lexicon import Role


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


@dataclass(frozen=True, slots=True)
class Found:
    """A person in a sentence: words ``first`` to ``last`` (exclusive).

    Attributes:
        role: Words of the role, modifiers and what it governs; empty range if there is none.
        head: Words of the role without what it governs.
        printed: The word for the role and how it is meant.
        case: Of the role's word, where the language tells.
        former: The role is a past one.
        role_case: Of the role's word where the name stands in another case, else empty.
    """

    first: int
    last: int
    role: tuple[int, int] = (0, 0)
    head: tuple[int, int] = (0, 0)
    printed: Role | None = None
    case: str = ""
    former: bool = False
    role_case: str = ""

    @property
    def phrase(self) -> tuple[int, int]:
        """Return the words of role and name together."""
        if self.role == (0, 0):
            return self.first, self.last
        return min(self.first, self.role[0]), max(self.last, self.role[1])
