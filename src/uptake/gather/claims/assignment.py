"""To which country each quantity of a sentence belongs: "400 in Kazakhstan and 850 in Georgia"."""

from collections.abc import Sequence
from itertools import pairwise

from uptake.gather.claims.clauses import Piece
from uptake.gather.claims.countries import Named, countries
from uptake.gather.claims.reading import Reading
from uptake.model.claim import Basis

_LIST_GAP = 16
_TWO = 2
_NOUN_WORDS = 6

Found = tuple[tuple[str, ...], Basis | None]


def assigned(reading: Reading, listed: Sequence[Piece]) -> list[Found]:
    """Return the countries of each quantity and how they are known, in the order given.

    Lists of countries and quantities of one length pair in order (with "respectively" or without
    it); else each clause is read by itself: a country right behind its quantity ("in X"), the last
    one before it, the next one after it. A clause that names none leans on its context.
    """
    found: list[Found] = []
    for segment in dict.fromkeys(piece.segment for piece in listed):
        found += _of_segment(reading, segment, [p for p in listed if p.segment == segment])
    return found


def _of_segment(reading: Reading, segment: tuple[int, int], listed: Sequence[Piece]) -> list[Found]:
    named = _without_asides(reading, reading.places(*segment))
    groups = _grouped(reading, named)
    paired = _respectively(reading, groups, listed)
    if paired is not None:
        return paired
    if len({n.country for n in named}) == 1 and len(reading.places(*segment)) > len(named):
        return [((named[0].country,), _basis(named))] * len(listed)
    if len({n.country for n in named}) < _TWO:
        one = countries(reading.analysis, *segment)
        wide = not named and reading.has("world", *segment)
        wide = wide and not reading.has("same_country", *segment)
        return [_of_the_world(p, one) if wide else one for p in listed]
    following = _each_followed(groups, listed)
    if following is not None:
        return [(tuple(sorted({n.country for n in g})), _basis(g)) for g in following]
    return [_by_place(reading, groups, listed, number) for number in range(len(listed))]


def _each_followed(
    groups: Sequence[Sequence[Named]], listed: Sequence[Piece]
) -> list[Sequence[Named]] | None:
    """Return the places of a clause in which one follows each quantity and none goes before."""
    if not listed or groups[0][0].start < listed[0].quantity.end or len(groups) != len(listed):
        return None
    ends = [p.quantity.start for p in listed[1:]] + [listed[0].segment[1]]
    fits = all(
        piece.quantity.end <= group[0].start and group[-1].end <= end
        for piece, group, end in zip(listed, groups, ends, strict=True)
    )
    return list(groups) if fits else None


def _of_the_world(piece: Piece, found: Found) -> Found:
    """Return no country for a figure of the whole world, unless it is a place in its ranking."""
    return found if piece.quantity.unit in {"rank", "score"} else ((), None)


def _grouped(reading: Reading, named: Sequence[Named]) -> list[list[Named]]:
    """Return places in lists: those that only commas and words for "and" part stand together."""
    groups: list[list[Named]] = []
    for place in named:
        if groups and _coordinated(reading, groups[-1][-1].end, place.start):
            groups[-1].append(place)
        else:
            groups.append([place])
    return groups


def _coordinated(reading: Reading, start: int, end: int) -> bool:
    """Tell whether only commas, "and" or an ending stand between two members of a list."""
    if end - start > _LIST_GAP:
        return False
    between = reading.folded[start:end]
    for first, last in reversed(reading.spans("and", start, end)):
        between = between[: first - start] + "," + between[last - start :]
    return between.strip(" ,\u00a0\n") in ("", "'", "the") and "," in between


def _respectively(
    reading: Reading, groups: Sequence[Sequence[Named]], listed: Sequence[Piece]
) -> list[Found] | None:
    """Return the countries of quantities that stand in a list as long as that of the countries."""
    codes = [list(dict.fromkeys(n.country for n in g)) for g in groups]
    lists = [c for c in codes if len(c) >= _TWO]
    runs = _runs(reading, listed)
    if len(lists) != 1 or not any(len(run) == len(lists[0]) for run in runs):
        return None
    segment = listed[0].segment
    said = reading.has("respectively", *segment)
    if not said and (len(runs) > 1 or len(groups) > 1):
        return None
    found: list[Found] = []
    for run in runs:
        if len(run) == len(lists[0]):
            found += [((code,), "explicit") for code in lists[0]]
        else:
            found += [(tuple(sorted(lists[0])), "explicit")] * len(run)
    return found


def _runs(reading: Reading, listed: Sequence[Piece]) -> list[list[Piece]]:
    """Return quantities in lists: "5, 7 and 9 percent"."""
    runs: list[list[Piece]] = [[listed[0]]]
    for left, right in pairwise(listed):
        if _in_a_list(reading, left, right):
            runs[-1].append(right)
        else:
            runs.append([right])
    return runs


def _in_a_list(reading: Reading, left: Piece, right: Piece) -> bool:
    """Tell whether two quantities are members of one list: at most a noun stands between them."""
    start, end = left.quantity.number[1], right.quantity.start
    between = reading.folded[start:end]
    if len(between.split()) > _NOUN_WORDS:
        return False
    return "," in between or reading.has("and", start, end)


def _by_place(
    reading: Reading, groups: Sequence[Sequence[Named]], listed: Sequence[Piece], number: int
) -> Found:
    """Return the country of one quantity of a clause that names several apart from each other."""
    quantity = listed[number].quantity
    following = listed[number + 1].quantity.start if number + 1 < len(listed) else None
    low = listed[number - 1].quantity.end if number else listed[0].segment[0]
    high = following if following is not None else listed[0].segment[1]
    after = [g for g in groups if quantity.end <= g[0].start and g[-1].end <= high]
    before = [g for g in groups if g[-1].end <= quantity.start]
    near = [g for g in before if g[0].start >= low]
    own = [g for g in near if g[0].start >= listed[number].start > low]
    first = groups[0][0].start
    if not before and reading.has("same_country", listed[0].segment[0], first):
        main = reading.geography.context(quantity.start, quantity.end, back=True)
        return tuple(sorted(main)), "context" if main else None
    if after and (
        _is_inside_phrase(reading, quantity.end, min(after[0][0].start, listed[number].end))
        or _is_directly_before(reading, listed[number], after[0][0].start)
    ):
        chosen = after[0]
    elif own and len(own) < len(near):
        chosen = own[-1]
    elif near:
        chosen = _subject(reading, near)
    elif before:
        chosen = before[-1]
    elif after:
        chosen = after[0]
    else:
        chosen = groups[0]
    return tuple(sorted({n.country for n in chosen})), _basis(chosen)


def _subject(reading: Reading, near: Sequence[Sequence[Named]]) -> Sequence[Named]:
    """Return whom a clause is about that names several: the main country, else the last."""
    main = [g for g in near if any(n.country == reading.geography.main for n in g)]
    return main[-1] if main else near[-1]


def _is_inside_phrase(reading: Reading, start: int, end: int) -> bool:
    """Tell whether a place stands behind a quantity as its own: "5 million in X"."""
    between = reading.folded[start:end]
    return (
        "," not in between
        and ";" not in between
        and len(between.split()) <= _NOUN_WORDS
        and reading.precedes("place_before", end)
    )


def _is_directly_before(reading: Reading, piece: Piece, place: int) -> bool:
    """Tell whether a place in a ranking stands right before whose it is ("36. sıradaki X")."""
    if piece.quantity.unit not in {"rank", "score"}:
        return False
    end = reading.word_end(piece.quantity.end)
    return not reading.folded[end:place].strip()


def _without_asides(reading: Reading, named: Sequence[Named]) -> tuple[Named, ...]:
    """Leave out places that a clause only names beside its own ("trade with X", "than in X")."""
    if len({n.country for n in named}) < _TWO:
        return tuple(named)
    kept = tuple(n for n in named if not reading.precedes("beside", n.start))
    return kept or tuple(named)


def _basis(named: Sequence[Named]) -> Basis:
    return "place" if all(n.city for n in named) else "explicit"
