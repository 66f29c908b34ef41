"""Figures of several documents on one thing: those that agree, and those that can not both hold."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import msgspec

from uptake.gather.knowledge.comparing import Figure, grouped, meet, one_thing
from uptake.gather.knowledge.counting import count_stories, ids
from uptake.gather.knowledge.periods import overlapping, same, shown
from uptake.gather.knowledge.said import text
from uptake.gather.knowledge.values import value
from uptake.model.knowledge import Agreement, Contradiction, Judgement

NO_CONTRADICTION = "none"
"""What a contradiction is resolved as that is none."""

LARGEST_GROUP = 300
"""Figures on one thing that are compared with one another; of more, the first ones."""


def reconcile(
    figures: Sequence[Figure], story: Mapping[str, str], judgements: Iterable[Judgement] = ()
) -> tuple[tuple[Agreement, ...], tuple[Contradiction, ...]]:
    """Return what agrees and what contradicts; the order of figures does not matter.

    Figures agree if two stories at least tell values that meet, in periods that overlap. They
    contradict if no number fits both, their periods are the same, and two documents state them:
    one document's two values are two things. A value that only the rounding of a bound may include
    ("more than 690", 689) does neither. Copies strengthen nothing.

    Args:
        figures: All of them, in the order of document and place.
        story: Id of the story by document.
        judgements: Those that hold; only ``resolve`` is read.
    """
    resolved = {
        j.target: str(j.data.get("holds", "none")) for j in judgements if j.kind == "resolve"
    }
    agreements: list[Agreement] = []
    contradictions: list[Contradiction] = []
    for group in _by_kind(figures):
        alike, apart = _compared(group[:LARGEST_GROUP])
        agreements += _agreements(alike, story)
        contradictions += [_contradiction(found, resolved) for found in _components(apart)]
    return (
        tuple(sorted(agreements, key=lambda a: (a.indicator, a.place, a.period, a.claims))),
        tuple(sorted(contradictions, key=lambda c: (c.indicator, c.place, c.period, c.id))),
    )


def _by_kind(figures: Sequence[Figure]) -> Iterable[list[Figure]]:
    for group in grouped(figures).values():
        for kind in ("actual", "target"):
            yield [f for f in group if f.kind == kind]


Pairs = list[tuple[Figure, Figure]]


def _compared(group: Sequence[Figure]) -> tuple[Pairs, Pairs]:
    alike: Pairs = []
    apart: Pairs = []
    for a, b in combinations(group, 2):
        if a.claim.doc == b.claim.doc or not one_thing(a, b):
            continue
        if not overlapping(a.period, b.period) and not same(a.period, b.period):
            continue
        fits = meet(a, b)
        if fits and meet(a, b, to_the_letter=True) and _tells(a, b):
            alike.append((a, b))
        elif fits is False and same(a.period, b.period):
            apart.append((a, b))
    return alike, apart


def _tells(a: Figure, b: Figure) -> bool:
    """Return whether a number that fits both says something: two open bounds always meet."""
    return any(f.exact is not None and f.exact.closed for f in (a, b)) or (
        a.exact == b.exact and a.currency == b.currency
    )


def _agreements(alike: Pairs, story: Mapping[str, str]) -> list[Agreement]:
    """Return agreements, each around figures with both ends known; a bound may stand in several."""
    closed = [pair for pair in alike if all(map(_closed, pair))]
    fully_open = [pair for pair in alike if not any(map(_closed, pair))]
    bound: dict[str, list[Figure]] = defaultdict(list)
    alone: dict[str, Figure] = {}
    for pair in alike:
        for one, other in (pair, pair[::-1]):
            if _closed(one) and not _closed(other):
                bound[one.claim.id].append(other)
                alone[one.claim.id] = one
    cores = _components(closed)
    for core in cores:
        for figure in core:
            alone.pop(figure.claim.id, None)
    cores += [[figure] for figure in sorted(alone.values(), key=_order)]
    groups = [[*core, *(o for f in core for o in bound[f.claim.id])] for core in cores]
    made = (_agreement(group, story) for group in [*groups, *_components(fully_open)])
    return [agreement for agreement in made if agreement.stories > 1]


def _agreement(group: Sequence[Figure], story: Mapping[str, str]) -> Agreement:
    first = min(group, key=_order)
    return Agreement(
        indicator=first.measure,
        place=first.place,
        period=shown(first.period),
        claims=ids(f.claim for f in group),
        stories=count_stories((f.claim for f in group), story),
        bounded=len({_closed(f) for f in group}) > 1,
    )


def _closed(figure: Figure) -> bool:
    return figure.exact is not None and figure.exact.closed


def _order(figure: Figure) -> tuple[str, str, int, str]:
    return shown(figure.period), figure.claim.doc, figure.claim.start, figure.claim.id


def _components(pairs: Pairs) -> list[list[Figure]]:
    """Return figures that pairs connect, each group sorted."""
    figures = {f.claim.id: f for pair in pairs for f in pair}
    group = {name: {name} for name in figures}
    for a, b in pairs:
        joined = group[a.claim.id] | group[b.claim.id]
        for name in joined:
            group[name] = joined
    distinct = {min(names): names for names in group.values()}
    return [sorted((figures[n] for n in distinct[key]), key=_order) for key in sorted(distinct)]


def _contradiction(group: Sequence[Figure], resolved: Mapping[str, str]) -> Contradiction:
    first = group[0]
    values = sorted({(value(f.claim) or 0.0, f.currency) for f in group})
    period = shown(first.period)
    content = msgspec.json.encode([first.measure, first.place, period, values])
    identifier = hashlib.sha256(content).hexdigest()[:16]
    claims = ids(f.claim for f in group)
    holds = resolved.get(identifier, "")
    return Contradiction(
        id=identifier,
        indicator=first.measure,
        place=first.place,
        period=period,
        claims=claims,
        note=_note(group),
        resolved=holds if holds in (*claims, NO_CONTRADICTION) else "",
    )


def _note(group: Sequence[Figure]) -> str:
    stated = dict.fromkeys(
        f"{text(f.claim, 'value_text') or f.claim.fields.get('value')}"
        + (f" ({shown(f.period)})" if f.period else "")
        for f in group
    )
    return " against ".join(stated)
