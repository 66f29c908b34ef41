"""From released cells to people shares weighted to each place's population."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from uptake.catalog.strata import Population
from uptake.estimate import poststratify as strata
from uptake.estimate import shares
from uptake.estimate.correction import Ends, Measured, corrected
from uptake.estimate.held import Cell, Held
from uptake.estimate.poststratify import Stratum, Sums, Weighted, collapse, poststratify
from uptake.estimate.refusal import Refused
from uptake.estimate.shares import LEVEL, Floats
from uptake.model.calibration import SIZE, Calibration
from uptake.model.demography import WeightedShare, Weighting
from uptake.model.dimensions import ALL, TOTAL
from uptake.model.estimate import Correction, Estimate, Estimates, Key

FACETS = ("intent", "work", "topic_group")
UNKNOWN = "unknown"

BOTH, AGE = "age band and gender", "age band"
SPLITS = {BOTH: "place+age_band+gender", AGE: "place+age_band"}

MOST_UNKNOWN = 1 / 3
"""Largest share of people without a known gender in strata of both: they would be left out."""

_SUMS = ("weight", "weight_squared", "weight_low", "weight_middle")
_UNCORRECTED = "; errors of the labeller are not covered (uncorrected)"
_CORRECTED = (
    "; errors of the labeller, corrected by its calibration on other people's messages, are "
    "covered, but not these messages being confused more or less than those"
)


@dataclass(frozen=True, slots=True)
class _Row:
    """One value of one place: its weighted share or why there is none, and how it splits by band.

    Attributes:
        bands: (3,) of the weighted share, by the band of the stored probability.
    """

    facet: str
    value: str
    found: Weighted | Refused
    bands: Floats


def weightings(
    held: Held,
    lived: Mapping[str, Population],
    estimates: Estimates,
    calibration: Calibration | None,
    seed: int,
) -> Iterator[Weighting]:
    """Yield the weighted people shares of each place that is split by age band.

    Strata are of age band and gender, or of age band alone where more than a third of the people
    have no known gender, or where strata of both are withheld or empty. The labeller's errors are
    taken out after weighting: it is taken to confuse the values alike in all strata, so that what
    is weighted are the shares of what it said, and these are corrected as those of one group.
    """
    for (place, _, _), total in _totals(held):
        if place not in lived:
            reason = "no table of the catalogue holds the place's population by age and gender"
            yield Weighting(place, BOTH, "", 0, None, 0.0, 0, "", False, "", (), reason)
        elif total is not None:
            yield _place(held, lived[place], estimates, calibration, seed)


def _totals(held: Held) -> Iterator[tuple[tuple[str, str, str], Cell | None]]:
    known = {group[0] for group in held.groups.get(SPLITS[AGE], ())}
    known |= {group[0] for group in held.groups.get(SPLITS[BOTH], ())}
    for group in held.groups.get("place", ()):
        if group[0] in known and group[0] != UNKNOWN:
            yield group, held.cells.get(("place", group, TOTAL, ALL))


def _place(
    held: Held,
    lived: Population,
    estimates: Estimates,
    calibration: Calibration | None,
    seed: int,
) -> Weighting:
    by, note, whole = _strata(held, lived)
    origin = (lived.total, lived.period, lived.projected, lived.source.id)
    if isinstance(whole, Refused):
        return Weighting(lived.place, by, note, 0, None, 0.0, *origin, (), _reason(whole))
    rows = list(_rows(held, lived, by))
    given = _estimates(rows, by, calibration, seed)
    return Weighting(
        lived.place,
        by,
        note,
        int(whole.people),
        _left_out(held, lived.place, by),
        whole.effective_people,
        *origin,
        tuple(
            WeightedShare(
                row.facet,
                row.value,
                share,
                _plain(estimates, lived.place, row, share),
                _reason(row.found) if isinstance(row.found, Refused) else "",
            )
            for row, share in zip(rows, given, strict=True)
        ),
    )


def _strata(held: Held, lived: Population) -> tuple[str, str, Weighted | Refused]:
    """Choose the finest strata that carry a weight, and say why they are not finer."""
    place = lived.place
    unknown = held.people("place", (place, ALL, ALL), "gender", UNKNOWN)
    people = held.people("place", (place, ALL, ALL))
    if unknown > MOST_UNKNOWN * people:
        note = "more than a third of the people have no known gender"
        return AGE, note, _weigh(held, lived, AGE, (TOTAL, ALL))[0]
    both = _weigh(held, lived, BOTH, (TOTAL, ALL))[0]
    if isinstance(both, Weighted) or SPLITS[AGE] not in held.groups:
        return BOTH, "", both
    note = f"not by gender too: {_reason(both)}"
    return AGE, note, _weigh(held, lived, AGE, (TOTAL, ALL))[0]


def _rows(held: Held, lived: Population, by: str) -> Iterator[_Row]:
    for facet in FACETS:
        for value in held.answers.get(facet, ()):
            yield _Row(facet, value, *_weigh(held, lived, by, (facet, value)))


NEGLIGIBLE = 0.005
"""A stratum may hide so much of a weighted share, half a point."""


def _weigh(
    held: Held, lived: Population, by: str, of: tuple[str, str]
) -> tuple[Weighted | Refused, Floats]:
    """Weight one share, and return how it splits by the band of the stored probability."""
    split = SPLITS[by]
    cells: dict[Stratum, Cell | None] = {
        group[1:]: held.cells.get((split, group, *of))
        for group in held.groups.get(split, ())
        if group[0] == lived.place
    }
    people = collapse(lived.people, by="age_band" if by == AGE else "both")
    sample = {key: _sums(cell) for key, cell in cells.items()}
    found = poststratify(sample, people, held.floor)
    if isinstance(found, Refused):
        return found, np.full(SIZE, np.nan)
    total = sum(people.values())
    parts = np.zeros(len(_SUMS))
    for key, count in people.items():
        cell = cells.get(key)
        # Nobody of few says little: up to 3/n of them may well be so (Hanley and Lippman-Hand,
        # JAMA 249, 1983), and only shares without small cells get this far.
        empty = cell is not None and of[0] != TOTAL and not cell["people"]
        if cell and empty and 3 / cell["group_people"] * count / total > NEGLIGIBLE:
            reason = f"nobody of the few people in the stratum {' '.join(key)} is counted so"
            return Refused(reason), np.full(SIZE, np.nan)
        if cell and count:
            parts += count / total * np.array([cell[name] for name in _SUMS]) / cell["group_people"]
    whole, low, middle = parts[0], parts[2], parts[3]
    if whole <= 0:
        return found, np.full(SIZE, 1 / SIZE)
    return found, np.maximum(np.array([low, middle, whole - low - middle]), 0) / whole


def _sums(cell: Cell | None) -> Sums | None:
    if cell is None:
        return None
    weight, squared = (np.array([float(cell[name])]) for name in _SUMS[:2])
    return Sums(float(cell["group_people"]), weight, squared)


def _estimates(
    rows: list[_Row], by: str, calibration: Calibration | None, seed: int
) -> list[Estimate | None]:
    """Return each row's share, corrected where a calibration knows how."""
    ends = _corrected(rows, calibration, seed)
    how: Correction = "gold" if calibration and calibration.source == "gold" else "calibration"
    out: list[Estimate | None] = []
    for row, value, low, high in zip(rows, *ends, strict=True):
        if isinstance(row.found, Refused):
            out.append(None)
            continue
        (plain,) = strata.estimates(row.found, by)
        if np.isfinite(value):
            said = f"{plain.covers}{_CORRECTED}"
            out.append(Estimate(value, low, high, LEVEL, plain.n, said, how, plain.value))
        else:
            said = f"{plain.covers}{_UNCORRECTED}"
            out.append(Estimate(plain.value, plain.low, plain.high, LEVEL, plain.n, said))
    return out


def _corrected(
    rows: list[_Row], calibration: Calibration | None, seed: int
) -> tuple[list[float], list[float], list[float]]:
    """Correct the facets of which every value is given; of the others too little is known."""
    partial = {row.facet for row in rows if isinstance(row.found, Refused)}
    given = [
        None if isinstance(row.found, Refused) or row.facet in partial else row.found
        for row in rows
    ]
    nan = float("nan")
    share, variance, clusters = (
        np.array([getattr(one, name)[0] if one else nan for one in given])
        for name in ("share", "variance", "clusters")
    )
    nothing = np.full(len(rows), np.nan)
    ends = Ends(nothing, nothing, nothing)
    if calibration is not None and rows:
        table = pa.table(
            {"facet": [row.facet for row in rows], "value": [row.value for row in rows]}
        )
        bands = np.stack([row.bands for row in rows])
        quantile = shares.widening(np.where(np.isfinite(clusters), clusters, 2.0))
        interval = np.stack(shares.interval(share, variance, clusters), axis=1)
        before = Measured(share, variance, quantile, bands, interval)
        (ends,) = corrected(table, [before], calibration.facets, seed)
    return ends.share.tolist(), ends.low.tolist(), ends.high.tolist()


def _plain(estimates: Estimates, place: str, row: _Row, weighted: Estimate | None) -> float | None:
    """Return the unweighted share, corrected as the weighted one is; None where it is not."""
    found = estimates.get(Key(row.facet, row.value, "people_share", place))
    if found is None:
        return None
    if weighted is None or weighted.correction == found.correction:
        return found.value
    return found.counted if weighted.correction == "none" else None


def _left_out(held: Held, place: str, by: str) -> int | None:
    """Return how many people have no known age, or gender where strata have one."""
    split = SPLITS[by]
    left = [
        held.people(split, group)
        for group in held.groups.get(split, ())
        if group[0] == place and UNKNOWN in group[1:]
    ]
    return None if any(count != count for count in left) else int(sum(left))  # noqa: PLR0124 (NaN)


def _reason(refused: Refused) -> str:
    """Return the reason without its mend, which is a statistician's."""
    return refused.reason.partition("; merge")[0]
