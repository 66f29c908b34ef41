"""The arrays of an index -> what its tables and its page say of it, in words."""

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from uptake.flow.index_sides import number, pairs, sides
from uptake.index.aggregate import means
from uptake.index.chain import Built, choices
from uptake.index.diagnose import Diagnosis
from uptake.index.framework import Floats
from uptake.index.problem import Problem
from uptake.index.sensitivity import Removed, Sobol
from uptake.index.uncertainty import Simulated
from uptake.model.composite import Composite, Influence, Neighbours, Place, Standing

SURE = 0.95

FACTORS = {
    "impute": "how missing values are filled",
    "treat": "how outliers are treated",
    "winmax": "how many outliers may be moved",
    "normalise": "how indicators are put on one scale",
    "weights": "where weights come from",
    "aggregate": "which mean joins the parts",
    "weight_noise": "weights a little higher or lower",
    "inputs": "uncertainty of the input figures",
    "imputed": "uncertainty of filled values",
}

IMPUTED = {
    "none": "A missing value stays missing; the other indicators of its group count for more.",
    "mean": "A missing value is replaced by the mean of all places.",
    "median": "A missing value is replaced by the median of all places.",
    "em": "A missing value is estimated from the place's other indicators, by a normal model of "
    "all places (EM); each run draws it anew, so that its doubt is part of the rank intervals.",
    "group_mean": "A missing value is replaced by the mean of the place's group.",
    "group_median": "A missing value is replaced by the median of the place's group.",
}

NORMALISED = {
    "none": "Indicators are averaged as they are.",
    "min_max": "Each indicator is stretched from {low:g} (the worst place) to {high:g} (the best).",
    "z": "Each indicator is written as its distance from the mean, in standard deviations.",
    "rank": "Each indicator is replaced by its rank among places; more is better.",
    "percentile": "Each indicator is replaced by its percentile, from {low:g} to {high:g}.",
    "goalposts": "Each indicator is stretched from {low:g} to {high:g} between fixed goalposts.",
    "distance_to_target": "Each indicator shows how much of the way from the worst place "
    "({low:g}) to its target ({high:g}) is done.",
}

_AMONG = "Scores compare these places with one another and with nobody else: {high:g} would be the "
_AMONG += "best of them in every indicator, {low:g} the worst in every one."
SCALES = {
    "min_max": _AMONG,
    "percentile": _AMONG,
    "z": "A score is a distance from the average of these places, which is 0.",
    "rank": "A score is a mean of ranks among these places.",
    "goalposts": "Scores run from {low:g} to {high:g} between fixed goalposts.",
    "distance_to_target": "A score is how much of the way to the targets is done, {high:g} is all.",
}
"""What a score can be compared with."""

WEIGHED = {
    "given": "Weights are those of the spec",
    "equal": "All parts of a group weigh the same",
    "pca": "Weights are squared loadings of the first principal component",
}


def composite(
    found: Problem,
    built: Built,
    simulated: Simulated | None,
    indices: Sequence[Sobol],
    removed: Sequence[Removed],
    diagnosis: Diagnosis,
) -> Composite:
    """Put together what was computed."""
    spec, hierarchy = found.spec, found.framework
    order = _order(built)
    ids = found.numbers.places
    pillars = [
        node for node, parent in enumerate(hierarchy.parents) if parent == len(hierarchy.codes) - 1
    ]
    return Composite(
        title=spec.title,
        description=spec.description,
        source=spec.source,
        places=tuple(
            Place(
                ids[row],
                found.numbers.names[row],
                float(built.available[row]),
                tuple(number(built.aggregated[row, node]) for node in pillars),
            )
            for row in order
        ),
        standings=_standings(found, built, simulated, order),
        pillars=tuple(hierarchy.names[node] for node in pillars),
        pillar_weights=tuple(float(built.weights[node]) for node in pillars),
        mean=means(hierarchy, choices(spec).aggregate)[-1],
        steps=_steps(found, built),
        varied=tuple(FACTORS[name] for name in simulated.varied) if simulated else (),
        runs=len(simulated.scores) if simulated else 0,
        level=spec.uncertainty.level,
        influences=(*map(_of_sobol, indices), *_of_removed(found, removed)),
        neighbours=_neighbours(found, simulated, order),
        told_apart=told_apart(simulated.pairwise) if simulated else None,
        indicators=hierarchy.indicators,
        missing=int((~np.isfinite(built.denominated)).sum()),
        warnings=(*found.numbers.notes, *_gaps(found, built), *diagnosis.warnings),
        notes=found.numbers.notes,
        sides=sides(found, built, order),
        pairs=pairs(simulated.pairwise, order) if simulated else (),
        usage=any(one.released for one in spec.indicators),
        scale=SCALES.get(choices(spec).normalise, "").format(
            low=spec.steps.range[0], high=spec.steps.range[1]
        ),
        fewest=spec.steps.available,
    )


def told_apart(pairwise: Floats) -> float:
    """Return the share of pairs whose order holds in 95% of the runs, either way round.

    >>> told_apart(np.array([[np.nan, 0.99, 0.5], [0.01, np.nan, 0.2], [0.5, 0.8, np.nan]]))
    0.3333333333333333
    """
    upper = pairwise[np.triu_indices(len(pairwise), 1)]
    upper = upper[np.isfinite(upper)]
    if not upper.size:
        return 0.0
    return float((np.maximum(upper, 1 - upper) >= SURE).mean())


def _order(built: Built) -> list[int]:
    ranks = built.ranks[:, -1]
    order = np.argsort(np.where(np.isfinite(ranks), ranks, np.inf), kind="stable")
    return [int(row) for row in order]


def _whole(value: float) -> int | None:
    return int(value) if math.isfinite(value) else None


def _standings(
    found: Problem, built: Built, simulated: Simulated | None, order: Sequence[int]
) -> tuple[Standing, ...]:
    hierarchy, rows = found.framework, []
    for node in reversed(range(hierarchy.indicators, len(hierarchy.codes))):
        at = node - hierarchy.indicators
        for row in order:
            ranked = simulated is not None and math.isfinite(built.ranks[row, node])
            rows.append(
                Standing(
                    place=found.numbers.places[row],
                    level=hierarchy.levels[node],
                    name=hierarchy.names[node],
                    score=number(built.aggregated[row, node]),
                    rank=_whole(built.ranks[row, node]),
                    rank_low=_whole(simulated.low[row, at]) if simulated and ranked else None,
                    rank_high=_whole(simulated.high[row, at]) if simulated and ranked else None,
                )
            )
    return tuple(rows)


def _indicators(number: int) -> str:
    """Write a number of indicators with its verb.

    >>> _indicators(1), _indicators(3)
    ('1 indicator is', '3 indicators are')
    """
    return "1 indicator is" if number == 1 else f"{number} indicators are"


def _steps(found: Problem, built: Built) -> tuple[str, ...]:
    spec, way = found.spec, choices(found.spec)
    said = []
    divided = sum(bool(one.denominator) for one in spec.indicators)
    if divided:
        said.append(
            f"{_indicators(divided)} divided by the size of the place (people, area, economy), "
            "so that large places are not ahead for being large."
        )
    counted = sum(one.claims is not None and not one.claims.measure for one in spec.indicators)
    if counted:
        said.append(
            f"{_indicators(counted)} counted from documents by story: what ten papers print of "
            "one text counts once. Documents are some of all that could be read, so that each "
            "count has the interval of a Poisson count; a place that no document names has none."
        )
    told = sum(one.claims is not None and bool(one.claims.measure) for one in spec.indicators)
    if told:
        said.append(
            f"{_indicators(told)} taken from claims with their bounds: “more than 400” "
            "counts as 400 to 500, as from 500 on “more than 500” had been the thing to say."
        )
    if found.logs.any():
        said.append(f"{_indicators(int(found.logs.sum()))} counted by the logarithm.")
    if not np.isfinite(built.denominated).all():
        said.append(IMPUTED[way.impute])
    if way.treat != "none":
        changed = int((built.treated != built.imputed).any(axis=0).sum())
        said.append(
            f"Extreme values are reined in, so that one place does not set the scale for all: "
            f"{changed} of {found.framework.indicators} indicators were changed (skew above "
            f"{spec.steps.skew:g} and kurtosis above {spec.steps.kurtosis:g}; at most "
            f"{way.winmax} values each)."
        )
    low, high = spec.steps.range
    said.append(NORMALISED[way.normalise].format(low=low, high=high))
    less = sum(one.direction < 0 for one in spec.indicators)
    if less:
        said.append(f"{_indicators(less)} turned round, as less is better.")
    taken = means(found.framework, way.aggregate)
    if len(set(taken)) == 1:
        joined = f"all parts are joined by their {taken[0]} mean"
    else:
        joined = "from the lowest level up, parts are joined by their " + ", then ".join(taken)
        joined += " mean"
    alike = all(np.ptp(found.framework.weights[b]) == 0 for b in found.framework.children)
    weighed = WEIGHED["equal" if way.weights == "given" and alike else way.weights]
    said.append(f"{weighed}; {joined.replace('median mean', 'median')}.")
    if spec.steps.available:
        said.append(
            f"A place is ranked only if at least {100 * spec.steps.available:.0f}% of its "
            "indicators exist."
        )
    return tuple(said)


def _of_sobol(one: Sobol) -> Influence:
    return Influence(
        kind="sobol",
        code=one.factor,
        name=FACTORS[one.factor].capitalize(),
        first_order=one.first,
        first_low=one.first_low,
        first_high=one.first_high,
        total=one.total,
        total_low=one.total_low,
        total_high=one.total_high,
    )


def _of_removed(found: Problem, removed: Sequence[Removed]) -> list[Influence]:
    """Return the largest part first, levels from the top."""
    hierarchy = found.framework
    ordered = sorted(removed, key=lambda one: (-hierarchy.levels[one.node], -one.mean_shift))
    return [
        Influence(
            kind="removed",
            code=hierarchy.codes[one.node],
            name=hierarchy.names[one.node],
            level=hierarchy.levels[one.node],
            mean_shift=one.mean_shift,
            largest_shift=int(one.largest_shift),
            place=found.numbers.places[one.place],
        )
        for one in ordered
    ]


def _neighbours(
    found: Problem, simulated: Simulated | None, order: Sequence[int]
) -> tuple[Neighbours, ...]:
    if simulated is None:
        return ()
    names, pairs = found.numbers.names, simulated.pairwise
    return tuple(
        Neighbours(names[one], names[after], float(pairs[one, after]))
        for one, after in pairwise(order)
        if math.isfinite(pairs[one, after])
    )


def _gaps(found: Problem, built: Built) -> list[str]:
    """Say what little data there is, and where a zero wipes a score."""
    said = []
    unscored = [
        n for n, scored in zip(found.numbers.names, built.scored, strict=True) if not scored
    ]
    if unscored:
        least = found.spec.steps.available
        under = f": less than {100 * least:.0f}% of them" if least else ""
        said.append(f"Too few indicators exist to rank {', '.join(unscored)}{under}.")
    there = np.isfinite(built.denominated).mean(axis=0)
    for at, share in enumerate(there):
        if share < 0.5:
            said.append(
                f"{found.framework.names[at]} has no value for {100 * (1 - share):.0f}% of places."
            )
    taken = {*means(found.framework, choices(found.spec).aggregate)}
    taken |= set(found.spec.uncertainty.choices.aggregate)
    zeros = int(((built.normalised == 0).any(axis=1) & built.scored).sum())
    if zeros and (strict := {"geometric", "harmonic"} & taken):
        said.append(
            f"{zeros} places have a part that scores 0, and under a {min(strict)} mean one 0 makes "
            "the whole 0: consider range = [1, 100]."
        )
    return said
