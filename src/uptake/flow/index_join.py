"""A table and what a release tells -> all numbers of an index; what nobody tells is left out."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import msgspec
import numpy as np

from uptake.flow.index_claims import cells
from uptake.index.framework import Floats
from uptake.index.problem import Numbers
from uptake.index.spec import IndexInputError, Indicator, Node, Spec
from uptake.model.told import Told

FIXED = {"goalposts", "none"}
"""Scales that need no spread among places."""

FEWEST = 3
"""Of fewer places, or of less than a quarter, an indicator would be filled rather than known."""


UNNAMED = "they are counted from an observatory and none was named"
UNTOLD = "too little is published to tell them of enough places"
ALIKE = "what is published tells no place from another by them"


def joined(spec: Spec, numbers: Numbers, told: Told | None) -> tuple[Spec, Numbers]:
    """Fill the columns that are no part of the table, and leave out those that stay empty.

    A column from claims that is told of hardly any place, or alike of all, says nothing; another
    corpus may fill it, so it is no error of the spec. Weights of what is left grow in proportion.

    Args:
        spec: As read.
        numbers: Of the table, with gaps in those columns.
        told: By a release; None where none was named.

    Raises:
        IndexInputError: Nothing is left.
    """
    values, low, high = numbers.values.copy(), numbers.low.copy(), numbers.high.copy()
    dropped: dict[str, str] = {}
    for at, one in enumerate(spec.indicators):
        if one.tabular:
            continue
        if told is None:
            dropped[one.code] = UNNAMED
            continue
        column = _column(told, one, numbers.places, spec.uncertainty.input_level)
        values[:, at], low[:, at], high[:, at] = column.T
        known = values[np.isfinite(values[:, at]), at]
        if known.size < max(FEWEST, len(column) / 4):
            dropped[one.code] = UNTOLD
        elif np.ptp(known) == 0 and spec.steps.normalise not in FIXED:
            dropped[one.code] = ALIKE
    notes = (*numbers.notes, *_synthetic(spec, told, dropped))
    filled = replace(numbers, values=values, low=low, high=high, notes=notes)
    if not dropped:
        return spec, filled
    if len(dropped) == len(spec.indicators):
        raise IndexInputError(
            numbers.file,
            f"no indicator is left, as {next(iter(dropped.values()))}",
            "name an observatory (--observatory DIR), or add indicators of a table",
        )
    kept = [at for at, one in enumerate(spec.indicators) if one.code not in dropped]
    rest = _without(spec, set(dropped))
    return rest, replace(
        filled,
        values=values[:, kept],
        denominators=numbers.denominators[:, kept],
        low=low[:, kept],
        high=high[:, kept],
        notes=(*notes, *_notes(spec, dropped), *_parts(spec, rest)),
    )


def _synthetic(spec: Spec, told: Told | None, dropped: Mapping[str, str]) -> list[str]:
    """Say which indicators rest on usage that its release calls no real data."""
    names = [
        one.name or one.code for one in spec.indicators if one.released and one.code not in dropped
    ]
    if not told or not told.notice or not names:
        return []
    return [f"{', '.join(names)}: from a release that says of its usage: {told.notice}."]


def _notes(spec: Spec, dropped: Mapping[str, str]) -> list[str]:
    """Say which indicators are left out, a sentence for each reason."""
    names = {one.code: one.name or one.code for one in spec.indicators}
    return [
        f"Left out, as {said}: {', '.join(names[c] for c, why in dropped.items() if why == said)}."
        for said in dict.fromkeys(dropped.values())
    ]


def _parts(spec: Spec, rest: Spec) -> list[str]:
    """Say what is left of the parts of an index: those that are gone, those that rest on fewer."""
    there = {node.code for node in rest.aggregates}
    gone = [n.name or n.code for n in spec.aggregates if n.code not in there]
    before, after = (Counter(one.parent for one in of.indicators) for of in (spec, rest))
    fewer = [
        f"{node.name or node.code} rests on {after[node.code]} of {before[node.code]} indicators"
        for node in rest.aggregates
        if after[node.code] < before[node.code]
    ]
    said = []
    if gone:
        verb = "is no part" if len(gone) == 1 else "are no parts"
        said.append(f"So {', '.join(gone)} {verb} of the index shown here.")
    return [*said, *([f"{'; '.join(fewer)}."] if fewer else [])]


def _column(told: Told, one: Indicator, places: Sequence[str], level: float) -> Floats:
    """Return value, low and high of each place, (P, 3)."""
    if one.claims:
        return cells(told, one.claims, places, level)
    gap = (np.nan, np.nan, np.nan)
    return np.array([told.per_head.get(place, gap) for place in places])


def _without(spec: Spec, codes: set[str]) -> Spec:
    """Leave indicators out, and aggregates that have nothing left below them."""
    nodes: list[Node] = [*spec.indicators, *spec.aggregates]
    total = _by_parent(nodes)
    while True:
        nodes = [node for node in nodes if node.code not in codes]
        parents = {node.parent for node in nodes}
        empty = {n.code for n in nodes if not isinstance(n, Indicator) and n.code not in parents}
        if not empty:
            break
        codes = codes | empty
    left = _by_parent(nodes)
    nodes = [
        msgspec.structs.replace(n, weight=n.weight * total[n.parent] / left[n.parent])
        if left[n.parent] > 0
        else n
        for n in nodes
    ]
    return msgspec.structs.replace(
        spec,
        indicators=tuple(n for n in nodes if isinstance(n, Indicator)),
        aggregates=tuple(n for n in nodes if not isinstance(n, Indicator)),
    )


def _by_parent(nodes: Iterable[Node]) -> Mapping[str, float]:
    """Return the sum of weights below each parent."""
    found: dict[str, float] = defaultdict(float)
    for node in nodes:
        found[node.parent] += node.weight
    return found
