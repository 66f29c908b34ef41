"""How the quantities of a clause change into one another: from and to, growth and decline."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from uptake.gather.claims.clauses import Piece
from uptake.gather.claims.reading import Reading
from uptake.gather.grammar.spans import Quantity

_NEAR = 60
_BY_WORDS = 3
_BY_SIGNS = 20


@dataclass(frozen=True, slots=True)
class Change:
    """What a quantity is in a change: ``role`` from or to with the other value, or a growth."""

    role: str = ""
    other: float | None = None
    growth: str = ""


def changes(reading: Reading, listed: Sequence[Piece]) -> tuple[list[Piece], list[Change]]:
    """Return the quantities, with the unit that a "from 94 to 37 minutes" shares, and changes."""
    pieces, found = list(listed), [Change()] * len(listed)
    for number, (left, right) in enumerate(pairwise(listed)):
        if (
            left.segment != right.segment
            or found[number].role
            or not _from_to(reading, left, right)
        ):
            continue
        first = _with_unit(left.quantity, right.quantity)
        if first.unit != right.quantity.unit or first.currency != right.quantity.currency:
            continue
        start, end = left.start, right.end
        pieces[number] = replace(left, quantity=first, start=start, end=end)
        reached = right.quantity
        if reached.comparator == "<=":
            reached = replace(reached, comparator="=")
        pieces[number + 1] = replace(right, quantity=reached, start=start, end=end)
        found[number] = Change("from", right.quantity.value)
        found[number + 1] = Change("to", first.value)
    for number, piece in enumerate(pieces):
        if reading.precedes("prior_than", piece.quantity.start):
            level = replace(piece.quantity, comparator="=")
            pieces[number] = replace(piece, quantity=level)
        if not found[number].role and piece.quantity.unit == "percent":
            found[number] = Change(growth=_growth(reading, piece))
    return pieces, found


def _with_unit(first: Quantity, second: Quantity) -> Quantity:
    """Return the first of two quantities with the unit that only the second one states."""
    if first.unit == "count" and second.unit != "count":
        return replace(first, unit=second.unit, currency=second.currency)
    return first


def _from_to(reading: Reading, left: Piece, right: Piece) -> bool:
    start, end = left.quantity.number[1], right.quantity.start
    if end - start > _NEAR or ";" in reading.folded[start:end]:
        return False
    if reading.precedes("from", left.quantity.start) and reading.precedes(
        "to", right.quantity.start
    ):
        return True
    return _ends(reading, "from_endings", left.quantity) and _ends(
        reading, "to_endings", right.quantity
    )


def _ends(reading: Reading, key: str, quantity: Quantity) -> bool:
    """Tell whether the word that ends a quantity, or the next one, has one of some endings."""
    ends = [reading.word_end(quantity.number[1]), reading.word_end(quantity.end)]
    noun = next(reading.words_after(quantity.number[1]), None)
    if noun is not None:
        ends.append(noun.end())
    return any(
        last == end
        for end in ends
        for _, last in reading.spans(key, max(reading.sentence.start, quantity.number[0]), end)
    )


def _is_prior(reading: Reading, quantity: Quantity) -> bool:
    """Tell whether a quantity is a level that another one is compared with: "38'den yukarı"."""
    told = reading.precedes("prior", quantity.start) or reading.follows("prior", quantity.end)
    return told and not reading.precedes("by", quantity.start)


def _says(reading: Reading, key: str, start: int, end: int, *, bound: tuple[int, int]) -> bool:
    """Tell whether a word of growth or decline stands in a stretch.

    "Made up" is none, nor is the word of a bound: "more than half", "yarısından fazlası".
    """
    apart = [*reading.spans("not_grew", start, end), bound]
    return any(
        not any(a < last and first < b for a, b in apart)
        for first, last in reading.spans(key, start, end)
    )


def _growth(reading: Reading, piece: Piece) -> str:
    """Return ``growth`` or ``decline`` for a percentage by which something changed."""
    quantity = piece.quantity
    if reading.precedes("baseline", quantity.start) or _is_prior(reading, quantity):
        return ""
    near = (max(piece.start, quantity.start - _NEAR), min(piece.end, quantity.end + _NEAR))
    for kind, key in (("growth", "grew"), ("decline", "fell")):
        if not _says(reading, key, *near, bound=(quantity.start, quantity.end)):
            continue
        if reading.has("by_endings", quantity.number[0], min(piece.end, quantity.end + _BY_SIGNS)):
            return kind
        level = reading.precedes("to", quantity.start) or _ends(reading, "to_endings", quantity)
        if not level and (
            reading.precedes("by", quantity.start, within=1)
            or reading.follows(key, quantity.end, within=_BY_WORDS)
            or reading.precedes(key, quantity.start, within=_BY_WORDS)
        ):
            return kind
    return ""
