"""Runs of digits, grouped or not: which of them are identifiers, and of which type."""

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from uptake.pseudonymise.masking import plans
from uptake.pseudonymise.masking.beside import announced
from uptake.pseudonymise.masking.checkdigits import luhn
from uptake.pseudonymise.masking.plans import Identifier, Shape

GAP = r"[ \t\u00a0\u2007\u2009\u200b-\u200d\u202f\u2060()№\-\u2010-\u2015\u2212]"
"""What may stand between the digits of one number."""

LEAST, MOST = 7, 64
"""Digits of a candidate."""

LONGEST = 19
"""Digits of the longest identifier (ISO/IEC 7812)."""

MOST_GROUPS = 6
"""Groups of an identifier but of one that is all of a run."""

_CANDIDATE = re.compile(rf"\d(?:{GAP}{{0,3}}\d){{{LEAST - 1},{MOST - 1}}}")
_GROUP = re.compile(r"\d{1,64}")
_REST = re.compile(r"[\dA-Za-z_]{0,4096}")
_CHAIN = re.compile(r"[\dA-Za-z_-]{0,4096}")
_NO_NUMBER_BEFORE = re.compile(r"(?:[A-Za-z0-9_#$]|\d[.,]|\d[0-9a-f]{0,4}-)\Z")
_LETTERS = re.compile(r"(?<![A-Za-z0-9_])[A-Za-z]{2,11}\Z")
_OPENING = re.compile(r"[+\uff0b]?[ \u00a0]?\(?\Z")
_OPENS = frozenset("+\uff0b(")
_NO_NUMBER_AFTER = re.compile(r"[A-Fa-f_\d]|[.,]\d")


class Span(NamedTuple):
    """An identifier in a text."""

    start: int
    end: int
    type: str


class Run(NamedTuple):
    """A run of digits in a text, or some whole groups of one.

    Attributes:
        digits: The digits, ASCII.
        shape: Digits of each group.
        plus: Whether a plus sign stands before it.
        beside: The type that a word beside it announces, see ``beside.announced``.
        whole: Whether it is all of the run.
    """

    digits: str
    shape: Shape
    plus: bool
    beside: str
    whole: bool


def numbers(text: str) -> Iterator[Span]:
    """Find the identifiers among the digits of a text, from left to right."""
    place = last = 0
    while found := _CANDIDATE.search(text, place):
        start, place = found.span()
        if _belongs_to_a_word(text, start) and not _attached(text, start):
            # These digits belong to a word; the next group may not.
            place = _word_end(text, start)
            continue
        groups = [m.span() for m in _GROUP.finditer(text, start, place)]
        if place < len(text) and _NO_NUMBER_AFTER.match(text, place):
            cut = text[place].isdecimal() and len(groups) > 1
            place = _read_again(groups) if cut else _word_end(text, place)
            groups.pop()
        for span in _within(text, groups, last):
            place = max(place, span.end)
            yield span
        last = max(last, found.end())


def _belongs_to_a_word(text: str, start: int) -> bool:
    before = text[start - 1 : start]
    if not before or before in " (+":  # most often; the rest of a place is not searched
        return False
    return _NO_NUMBER_BEFORE.search(text[max(0, start - 6) : start]) is not None


def _word_end(text: str, place: int) -> int:
    """Return where the word around a place ends, and behind a hyphen all that is joined."""
    joined = text[max(0, place - 1) : place] == "-"
    rest = (_CHAIN if joined else _REST).match(text, place)
    return rest.end() if rest else place


def _read_again(groups: list[tuple[int, int]]) -> int:
    """Return where to go on when a run was cut in its last group: an identifier may begin there."""
    first = len(groups) - 1
    digits = groups[first][1] - groups[first][0]
    while first > 1 and len(groups) - first < MOST_GROUPS:
        digits += groups[first - 1][1] - groups[first - 1][0]
        if digits >= LONGEST:
            break
        first -= 1
    return groups[first][0]


def _attached(text: str, start: int) -> bool:
    """Return whether a word that announces a number is written together with it: IIN8111..."""
    word = _LETTERS.search(text[max(0, start - 12) : start])
    return word is not None and word.group().lower() in plans.words()


def _within(text: str, groups: list[tuple[int, int]], last: int) -> Iterator[Span]:
    """Try the whole run, then parts of it: first groups first, many groups before few."""
    if not groups:
        return
    start = _opened(text, groups[0][0])
    beside = announced(text, start, groups[-1][1], last)
    digits = [_ascii(text[a:b]) for a, b in groups]
    shape = tuple(b - a for a, b in groups)
    plus = text[start] in "+\uff0b"
    run = Run("".join(digits), shape, plus, beside, whole=True)
    if kind := type_of(run):
        yield Span(start, groups[-1][1], kind)
    if kind or _counted(run):
        return
    first = 0
    while first < len(groups):
        size, kind = _part(digits, shape, first, plus, beside)
        if kind:
            yield Span(groups[first][0] if first else start, groups[first + size - 1][1], kind)
        first += size


def _part(digits: list[str], shape: Shape, first: int, plus: bool, beside: str) -> tuple[int, str]:
    """Return how many groups from ``first`` on are one identifier, and of which type."""
    for size in sizes(shape, first):
        end = first + size
        run = Run(
            "".join(digits[first:end]),
            shape[first:end],
            plus and first == 0,
            beside if first == 0 or beside == "OTHER" else "",
            whole=False,
        )
        if kind := type_of(run):
            return size, kind
    return 1, ""


def _opened(text: str, start: int) -> int:
    """Return where a number begins whose first digit is at ``start``: at its plus or bracket."""
    before = text[max(0, start - 3) : start]
    if _OPENS.isdisjoint(before):
        return start
    found = _OPENING.search(before)
    opening = found.group().lstrip() if found else ""
    if (
        opening[:1] in ("+", "\uff0b")
        and text[max(0, start - len(opening) - 1) : start - len(opening)].isalnum()
    ):
        opening = opening[1:].lstrip()  # a sum
    return start - len(opening)


def _ascii(digits: str) -> str:
    return digits if digits.isascii() else "".join(str(int(c)) for c in digits)


def sizes(shape: Shape, first: int) -> Iterator[int]:
    """Yield how many groups from ``first`` on have a known shape, many before few."""
    shapes, openings = _known_shapes()
    if shape[first : first + 2] in openings:
        for size in range(min(MOST_GROUPS, len(shape) - first), 1, -1):
            if shape[first : first + size] in shapes:
                yield size
    if shape[first] >= LEAST:
        yield 1


@cache
def _known_shapes() -> tuple[frozenset[Shape], frozenset[Shape]]:
    """Return all shapes of the catalogue, and the first two groups of each.

    Those of telephones stand bare, behind a trunk digit and behind a country's code.
    """
    found: set[Shape] = {tuple(shape) for shape in plans.everywhere("card")["shapes"]}
    for identifiers in plans.identifiers().values():
        found.update(shape for i in identifiers for shape in i.shapes)
    for plan in plans.phones():
        for shape in plan.shapes:
            found |= {shape, (len(plan.code), *shape)}
            if plan.trunk:
                found |= {(1, *shape), (1 + shape[0], *shape[1:])}
    return frozenset(found), frozenset(shape[:2] for shape in found)


def type_of(run: Run) -> str:
    """Return the type of an identifier, empty if the run is none."""
    if not LEAST <= len(run.digits) <= LONGEST:
        return ""
    if run.beside and run.beside != "OTHER" and (kind := _announced(run)):
        return kind
    if run.plus and 8 <= len(run.digits) <= 15:
        return "PHONE"
    for rule in (_national, _card, _abroad, _at_home):
        if kind := rule(run):
            return kind
    return ""


def _announced(run: Run) -> str:
    """Trust a word: beside it a number of the right length is one, mistyped or not."""
    n = len(run.digits)
    if run.beside == "PHONE":
        return "PHONE" if n <= 15 and not _a_date(run) and not _national(run) else ""
    if run.beside == "PASSPORT":
        rule = plans.everywhere("passport")
        fits = rule["least_digits"] <= n <= rule["most_digits"]
        return "PASSPORT" if fits and not _a_date(run) else ""
    if run.beside == "CARD":
        return "CARD" if n >= 15 else _card(run)
    kinds = plans.sharing(run.beside)
    return next((i.type for i in plans.identifiers().get(n, ()) if i.type in kinds), "")


def _a_date(run: Run) -> bool:
    """Return whether a run begins as a date does: beside a word it may still be no number."""
    shape, digits = run.shape, run.digits
    year_first = shape[:3] == (4, 2, 2) and digits[:2] in {"19", "20"}
    return year_first or (shape[:3] == (2, 2, 4) and digits[4:6] in {"19", "20"})


def _national(run: Run) -> str:
    for identifier in plans.identifiers().get(len(run.digits), ()):
        if identifier.alone and _shaped(run, identifier) and identifier.holds(run.digits):
            return identifier.type
        if run.shape in identifier.shapes and identifier.holds(run.digits) and not _a_date(run):
            return identifier.type
    return ""


def _shaped(run: Run, identifier: Identifier) -> bool:
    return run.whole or len(run.shape) == 1 or run.shape in identifier.shapes


@cache
def _card_starts() -> tuple[re.Pattern[str], re.Pattern[str]]:
    rule = plans.everywhere("card")
    return re.compile(rule["starts"]), re.compile(rule["always"])


@cache
def _card_shapes() -> frozenset[Shape]:
    return frozenset(tuple(shape) for shape in plans.everywhere("card")["shapes"])


def _card(run: Run) -> str:
    n = len(run.digits)
    grouped = len(run.shape) == 1 or run.shape in _card_shapes() or run.whole
    if not (14 <= n <= 19 and grouped):
        return ""
    starts, always = _card_starts()
    if n == 16 and always.match(run.digits):
        return "CARD"
    return "CARD" if starts.match(run.digits) and luhn(run.digits) else ""


@cache
def _ways(size: int, *, abroad: bool) -> tuple[tuple[plans.Phones, str], ...]:
    """Return plans with a prefix behind which a number of theirs has so many digits."""
    return tuple(
        (plan, prefix)
        for plan in plans.phones()
        for prefix in ([plan.code] if abroad else dict.fromkeys((plan.trunk, "")))
        if len(prefix) + plan.digits == size
    )


def _abroad(run: Run) -> str:
    """Find a number with a country's code but without the plus sign."""
    digits = run.digits.removeprefix("00") if len(run.digits) > 11 else run.digits
    for plan, code in _ways(len(digits), abroad=True):
        if plan.written_with(code, digits) and run.beside != "OTHER":
            return "PHONE"
    return ""


def _at_home(run: Run) -> str:
    """Find a number as it is dialled within its country.

    Behind a trunk prefix any grouping will do but none is too little for a nought: numbers that
    begin with it are rarely counts. Without a trunk prefix the grouping must be the country's.
    """
    for plan, prefix in _ways(len(run.digits), abroad=False):
        if prefix and plan.written_with(prefix, run.digits):
            long = len(run.digits) >= 11
            if long or len(run.shape) > 1 or prefix == "0":
                return "PHONE" if run.beside != "OTHER" and not _counted(run) else ""
        if not prefix and run.shape in plan.shapes and plan.written_with("", run.digits):
            return "PHONE" if len(run.digits) >= 9 and not _counted(run) else ""
    return ""


def _counted(run: Run) -> bool:
    """Return whether the digits stand in threes, as those of a count do: 8 585 004 109."""
    return (
        run.shape[0] <= 3
        and len(run.shape) > 1
        and set(run.shape[1:]) == {3}
        and (run.digits[0] != "0")
    )
