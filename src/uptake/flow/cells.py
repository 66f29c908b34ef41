"""Cells of a panel's file -> numbers, and periods in their order; nothing is guessed."""

import re
import unicodedata
from collections.abc import Callable

from uptake.model.errors import UnreadableInputError

MISSING = {"", "na", "nan", "n/a", "null", "none", ".", "-", "–", "..", "…"}
_PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?")
_SPACES = re.compile(r"[\s'’\u00a0\u2009\u202f]")
_GROUPED = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
_DECIMAL_COMMA = re.compile(r"[+-]?\d+,\d+")
LARGEST = 1e100
"""Squares of what is larger are no numbers any more."""
_QUARTER = re.compile(r"(?:[QqTt]([1-4])|([1-4])[QqTt])[ .\-/]?(\d{4})")
_FROM_YEAR = re.compile(r"\d{4}([-/]?([QqWwHhTtMm]|-[QqWwHhTtMm])?\d{1,2}){0,2}")
_COUNTED = re.compile(r"(\D*)(\d+)(\D*)")


def ordered(periods: list[str], where: str) -> list[str]:
    """Put periods in order, of one shape each whose order is known.

    They are whole numbers, a year with what follows it (``2024-02``, ``2024-02-01``, ``2024Q1``),
    quarters of a year (``Q4 2010``), or counted with the same words (``wave 2``).

    >>> ordered(["10", "9"], ""), ordered(["2024-02", "2024-01"], "")
    (['9', '10'], ['2024-01', '2024-02'])
    >>> ordered(["Q1 2011", "Q4 2010"], ""), ordered(["wave 10", "wave 9"], "")
    (['Q4 2010', 'Q1 2011'], ['wave 9', 'wave 10'])

    Raises:
        UnreadableInputError: They are of no such shape, or of several.
    """
    for key in _shapes():
        keys = [key(one) for one in periods]
        shapes = {None if one is None else one[0] for one in keys}
        if len(shapes) == 1 and None not in shapes:
            order = sorted(range(len(periods)), key=lambda i, k=keys: k[i][1])  # type: ignore[misc]
            return [periods[i] for i in order]
    shape = _shape(periods[0])
    odd = next((one for one in periods if _shape(one) != shape), periods[0])
    raise UnreadableInputError(
        where,
        f"{odd!r} does not say where it stands in time beside {periods[0]!r}"
        if odd != periods[0]
        else f"{odd!r} does not say where it stands in time",
        "write all periods as 2024, 2024-02, 2024-02-01, 2024Q1 or 1, 2, 3",
    )


Key = tuple[str, tuple[int, ...]]


def _shapes() -> tuple[Callable[[str], Key | None], ...]:
    return _whole, _from_year, _quarter, _counted


def _shape(period: str) -> tuple[int, str] | None:
    found = enumerate(key(period) for key in _shapes())
    return next(((i, one[0]) for i, one in found if one is not None), None)


def _whole(period: str) -> Key | None:
    return ("", (int(period),)) if re.fullmatch(r"[+-]?\d+", period) else None


def _from_year(period: str) -> Key | None:
    if not _FROM_YEAR.fullmatch(period):
        return None
    return re.sub(r"\d+", "", period), tuple(map(int, re.findall(r"\d+", period)))


def _quarter(period: str) -> Key | None:
    found = _QUARTER.fullmatch(period)
    return ("", (int(found[3]), int(found[1] or found[2]))) if found else None


def _counted(period: str) -> Key | None:
    found = _COUNTED.fullmatch(period)
    return (f"{found[1]} {found[3]}", (int(found[2]),)) if found else None


def require_apart(where: str, names: list[str]) -> None:
    """Refuse names that differ in nothing but case, width or spaces: one place, written twice.

    Raises:
        UnreadableInputError: Two do.
    """
    met: dict[str, str] = {}
    for name in names:
        bare = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
        if met.setdefault(bare, name) != name:
            raise UnreadableInputError(
                where, f"has both {met[bare]!r} and {name!r}", "write one place in one way"
            )


def parsed(cell: str, where: str) -> float:
    """Read a number as it is, NaN for a missing one; nothing is guessed.

    Raises:
        UnreadableInputError: It is no plain number; the message says how it should be written.
    """
    if cell.lower() in MISSING:
        return float("nan")
    if _PLAIN.fullmatch(cell):
        if abs(float(cell)) < LARGEST:
            return float(cell)
        raise UnreadableInputError(
            where, f"{cell!r} is beyond what can be computed with", "correct it, or its unit"
        )
    bare = _SPACES.sub("", cell).replace("\u2212", "-")
    if _PLAIN.fullmatch(bare):
        mend = f"write {bare}, without spaces or marks inside"
    elif _GROUPED.fullmatch(bare):
        mend = (
            f"write {bare.replace(',', '')} if the comma groups thousands, "
            f"{bare.replace(',', '.')} if it is a decimal comma"
            if bare.count(",") == 1 and "." not in bare
            else f"write {bare.replace(',', '')}"
        )
    elif _DECIMAL_COMMA.fullmatch(bare):
        mend = f"write {bare.replace(',', '.')}, with a decimal point"
    else:
        mend = "write a plain number such as 1234.5, or leave the cell empty if it is not known"
    raise UnreadableInputError(where, f"{cell!r} is no plain number", mend)
