"""Figures that a sentence takes back: what will not be done, plans that were dropped, doubts."""

from uptake.gather.claims.clauses import Piece
from uptake.gather.claims.lexicon import lexicon
from uptake.gather.claims.reading import Reading
from uptake.gather.claims.subjects import verb_final

_SECTION = "modality"
_FAR = 120
_BOUNDS = frozenset({"<", ">", "<=", ">="})


def taken_back(reading: Reading, piece: Piece) -> bool:
    """Tell whether a figure is what somebody will not do, or of a plan that was dropped."""
    return _is_not_to_be(reading, piece) or _is_of_a_dropped_plan(reading, piece)


def doubted(reading: Reading, piece: Piece) -> bool:
    """Tell whether a sentence only says that somebody doubts a figure."""
    low, high = piece.segment
    sure = _spans(reading, "not_doubts", low, high)
    return any(
        not any(a <= first and last <= b for a, b in sure)
        for first, last in _spans(reading, "doubts", low, high)
    )


def _is_not_to_be(reading: Reading, piece: Piece) -> bool:
    """Tell whether the verb that governs a figure is one of denial in the future.

    It stands before the figure, or behind it where verbs come last; there only a sum is surely its
    object. A bound ("will not exceed") and another verb of plan in between are no denial.
    """
    quantity, (low, high) = piece.quantity, piece.segment
    if quantity.comparator in _BOUNDS:
        return False
    if not verb_final(reading.language):
        found = [
            s for s in _spans(reading, "not_to_be", low, quantity.start) if s[1] >= piece.start
        ]
        if not found or quantity.start - found[-1][1] > _FAR:
            return False
        return not _goes_on(reading, found[-1][1], quantity.start)
    if quantity.unit != "currency":
        return False
    found = _spans(reading, "not_to_be", quantity.end, high)
    if not found or found[0][0] - quantity.end > _FAR:
        return False
    return not _goes_on(reading, quantity.end, found[0][0])


def _goes_on(reading: Reading, start: int, end: int) -> bool:
    """Tell whether another verb, or a contrast, stands in a stretch."""
    verbs = lexicon(reading.language, _SECTION, "planned", "happened")
    if verbs.search(reading.folded, start, end) or reading.has("contrast", start, end):
        return True
    return any(sign in reading.folded[start:end] for sign in ";:")


def _is_of_a_dropped_plan(reading: Reading, piece: Piece) -> bool:
    """Tell whether a figure stands in a plan that was rejected: "a plan to spend 5 million"."""
    quantity, (low, high) = piece.quantity, piece.segment
    if quantity.unit == "percent":
        return False
    if verb_final(reading.language):
        plans = _spans(reading, "plans", quantity.end, high)
    else:
        plans = _spans(reading, "plans", max(low, quantity.start - _FAR), quantity.start)
    if not plans:
        return False
    nearest = min(plans, key=lambda s: abs(s[0] - quantity.end))
    low_side, high_side = sorted((nearest[1], quantity.start, quantity.end, nearest[0]))[1:3]
    if high_side - low_side > _FAR or _is_told_apart(reading, low_side, high_side):
        return False
    own = _spans(reading, "dropped", piece.start, piece.end)
    if own:
        return True
    if _has_happened(reading, piece.start, piece.end):
        return False
    shared = any(piece.start <= a < piece.end for a, _ in plans)
    return shared and bool(_spans(reading, "dropped", piece.end, high))


def _is_told_apart(reading: Reading, low: int, high: int) -> bool:
    """Tell whether what stands between a plan and a figure begins to tell of something else."""
    joined = "," in reading.folded[low:high] or reading.has("and", low, high)
    return joined and _has_happened(reading, low, high)


def _has_happened(reading: Reading, low: int, high: int) -> bool:
    """Tell whether a verb of a stretch says that something came about, other than a refusal."""
    refused = _spans(reading, "dropped", low, high)
    return any(
        not any(a < last and first < b for a, b in refused)
        for first, last in _spans(reading, "happened", low, high)
    )


def _spans(reading: Reading, key: str, low: int, high: int) -> list[tuple[int, int]]:
    return lexicon(reading.language, _SECTION, key).spans(reading.folded, low, high)
