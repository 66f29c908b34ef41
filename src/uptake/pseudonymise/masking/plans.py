"""National numbers and telephone plans as the catalogue's files state them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from uptake.catalog import entry, names
from uptake.pseudonymise.masking.checkdigits import CHECKS

Shape = tuple[int, ...]
"""How many digits stand in each group of a number."""


@dataclass(frozen=True, slots=True)
class Identifier:
    """A national number.

    Attributes:
        type: Of the placeholder.
        digits: How many it has.
        check: Name in ``CHECKS``, empty if nothing of it can be checked.
        alone: Whether its form alone tells it, without a word beside it.
        shapes: How it may be grouped beside standing in one run.
    """

    type: str
    digits: int
    check: str
    alone: bool
    shapes: frozenset[Shape]

    def holds(self, digits: str) -> bool:
        """Return whether the check digits are right; True if there are none."""
        return not self.check or CHECKS[self.check](digits)


@dataclass(frozen=True, slots=True)
class Phones:
    """One country's telephone numbers.

    Attributes:
        code: Of the country.
        trunk: What stands before a number within the country, if anything does.
        digits: Of a number without code and trunk.
        starts: How such a number begins.
        shapes: How such a number is grouped.
    """

    code: str
    trunk: str
    digits: int
    starts: re.Pattern[str]
    shapes: frozenset[Shape]

    def written_with(self, prefix: str, digits: str) -> bool:
        """Return whether digits are a number of this country behind a prefix."""
        size = len(prefix)
        return (
            len(digits) == size + self.digits
            and digits.startswith(prefix)
            and self.starts.match(digits, size) is not None
        )


def _each(key: str) -> Iterator[dict[str, Any]]:
    for place in names("places"):
        found = entry("places", place).get(key, ())
        yield from [found] if isinstance(found, dict) else found


def _shapes(found: Mapping[str, Any]) -> frozenset[Shape]:
    return frozenset(tuple(shape) for shape in found.get("shapes", ()))


@cache
def identifiers() -> dict[int, tuple[Identifier, ...]]:
    """Return the national numbers by their digits, those that can be checked first."""
    found = [
        Identifier(i["type"], i["digits"], i.get("check", ""), _alone(i), _shapes(i))
        for i in _each("identifiers")
    ]
    found.sort(key=lambda i: (not i.check, i.type))
    return {n: tuple(i for i in found if i.digits == n) for n in {i.digits for i in found}}


def _alone(found: Mapping[str, Any]) -> bool:
    return bool(found.get("alone", "check" in found))


@cache
def phones() -> tuple[Phones, ...]:
    """Return the telephone plans of the catalogue's places."""
    return tuple(
        Phones(p["code"], p["trunk"], p["digits"], re.compile(p["starts"]), _shapes(p))
        for p in _each("phone")
    )


@cache
def everywhere(name: str) -> dict[str, Any]:
    """Return one table of ``catalog/identifiers/everywhere.toml``."""
    found: dict[str, Any] = entry("identifiers", "everywhere")[name]
    return found


@cache
def words() -> dict[str, str]:
    """Return the words beside which a number is an identifier, each with the type."""
    found = {
        word.lower(): kind.upper()
        for kind in ("phone", "passport", "card")
        for word in everywhere(kind)["words"]
    }
    for national in _each("identifiers"):
        found |= {word.lower(): national["type"] for word in national["words"]}
    return found


@cache
def codes() -> tuple[dict[str, Any], ...]:
    """Return the codes of letters and digits that only a word beside them tells."""
    return tuple(_each("codes"))


@cache
def passports() -> re.Pattern[str]:
    """Return what the passports of the places look like."""
    joined = "|".join(dict.fromkeys(p["pattern"] for p in _each("passports")))
    return re.compile(rf"(?<![\w-])(?:{joined})(?!\w)")


@cache
def passports_beside() -> re.Pattern[str]:
    """Return what passports of other forms look like: only beside a word they are any."""
    return re.compile(rf"(?<![\w-])(?:{'|'.join(everywhere('passport')['patterns'])})(?!\w)")


@cache
def sharing(kind: str) -> frozenset[str]:
    """Return a type and the types of other places that one of its words announces as well."""
    every = list(_each("identifiers"))
    own = {word.lower() for i in every if i["type"] == kind for word in i["words"]}
    return frozenset(i["type"] for i in every if own & {word.lower() for word in i["words"]}) | {
        kind
    }
