"""What a record says of the person, out of fields that may hold anything."""

import re
from collections.abc import Mapping
from typing import Any, Final

from uptake.model.conversation import Person
from uptake.read.record import NOBODY, Cursor

_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_OLDEST = 120
_YEAR = re.compile(r"(\d{4})(?:-\d\d?(?:-\d\d?(?:[T ].*)?)?)?\Z", re.DOTALL)
_WHOLE = re.compile(r"(\d{1,4})(?:\.0*)?\Z")
_LONGEST = 256

FIELDS: Final = (
    "country",
    "birth_year",
    "age",
    "given_name",
    "family_name",
    "gender",
    "language",
)
"""Under these keys records and their ``metadata`` state what is known of the person."""


def identifier(value: object) -> str | None:
    """Return an identifier as text; None for what is none.

    >>> identifier(17), identifier(" a "), identifier(True), identifier("")
    ('17', 'a', None, None)
    """
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    if isinstance(value, int):
        return str(value) if abs(value) < 1 << 128 else None
    return str(int(value)) if value.is_integer() and abs(value) < 1e15 else str(value)


def word(value: object, cursor: Cursor) -> str | None:
    """Return a short text (a name, a country); count one that is none."""
    if value is None or value == "":
        return None
    if isinstance(value, str) and len(value) <= _LONGEST:
        return value.strip() or None
    cursor.warn("bad-value")
    return None


def birth_year(value: object, cursor: Cursor) -> int | None:
    """Return a year of birth, also out of an ISO date; count one that can not be.

    >>> from uptake.read.limits import Limits
    >>> cursor = Cursor("a.jsonl", Limits())
    >>> [birth_year(v, cursor) for v in (1990, "1990-05-01", 1850, "May")]
    [1990, 1990, None, None]
    """
    if value is None or value == "":
        return None
    if isinstance(value, str) and (match := _YEAR.match(value.strip())):
        value = match.group(1)
    year = _whole(value)
    if year is None or not _FIRST_YEAR <= year <= _LAST_YEAR:
        cursor.warn("bad-value")
        return None
    return year


def age(value: object, cursor: Cursor) -> int | None:
    """Return an age in years; count one that can not be."""
    if value is None or value == "":
        return None
    years = _whole(value)
    if years is None or not 0 <= years <= _OLDEST:
        cursor.warn("bad-value")
        return None
    return years


def split_name(value: object) -> tuple[str | None, str | None]:
    """Split a full name into its first word and the rest; a patronymic may stand in either.

    >>> split_name("Айгерим Серікқызы Ахметова")
    ('Айгерим', 'Серікқызы Ахметова')
    """
    if not isinstance(value, str) or len(value) > _LONGEST:
        return None, None
    first, _, rest = value.strip().partition(" ")
    return first or None, rest.strip() or None


def stated(fields: Mapping[str, Any], id: str | None, cursor: Cursor) -> Person:
    """Make the person out of the keys ``FIELDS``; whatever is missing stays unknown."""
    found: dict[str, Any] = {}
    for field, read in _READ:
        value = fields.get(field)
        if value is not None and (value := read(value, cursor)) is not None:
            found[field] = value
    return Person(id, **found) if found or id is not None else NOBODY


_READ: Final = (
    ("country", word),
    ("birth_year", birth_year),
    ("age", age),
    ("given_name", word),
    ("family_name", word),
    ("gender", word),
)


def _whole(value: object) -> int | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return value
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    if isinstance(value, str) and (match := _WHOLE.match(value.strip())):
        return int(match.group(1))
    return None
