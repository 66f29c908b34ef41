"""A spec and its table -> a composite index with everything that tells how firm it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from uptake import catalog
from uptake.engine import store
from uptake.flow.index_join import joined
from uptake.flow.index_sources import read_sources
from uptake.flow.index_table import read_numbers
from uptake.flow.index_words import composite
from uptake.flow.logs import Progress
from uptake.index.chain import Built, build
from uptake.index.diagnose import Diagnosis, diagnose
from uptake.index.framework import Floats, framework
from uptake.index.problem import Problem, problem
from uptake.index.sensitivity import Removed, remove_each, sobol
from uptake.index.spec import IndexInputError, read_spec, spec_of
from uptake.index.uncertainty import Simulated, simulate
from uptake.model.composite import Composite
from uptake.model.told import Told
from uptake.publish.composite import Step, write_composite

FOLDER = "indices"

OWN = {"results.csv", "sensitivity.csv", "index.html", "index.json", "steps"}
"""All that this command writes: a folder with anything else in it is somebody's."""


@dataclass(frozen=True, slots=True)
class Done:
    """What was written.

    Attributes:
        best: Lines on the places that come first.
        said: A sentence on the index and its runs.
        warnings: Sentences.
    """

    best: tuple[str, ...]
    said: str
    warnings: tuple[str, ...]


def write_index(
    spec: Path | str, out: Path, *, progress: Progress, told: Told | None = None
) -> Done:
    """Write ``results.csv``, ``sensitivity.csv``, ``steps/*.csv`` and ``index.html`` into ``out``.

    The folder appears whole or not at all; an older index in it is replaced.

    Raises:
        IndexInputError: The spec or its table can not be used, or ``out`` holds something else.
    """
    if out.exists() and not {path.name for path in out.iterdir()} <= OWN:
        raise IndexInputError(str(out), "holds files of something else", "name a new folder")
    page, steps = computed(load(spec, told), progress)
    with store.folder_aside(out) as folder:
        write_composite(page, steps, folder)
    names = {place.id: place.name for place in page.places}
    best = tuple(
        f"{one.rank:>3}  {names[one.place]}  {one.score:.2f}"
        + (f"  (rank {one.rank_low}-{one.rank_high})" if one.rank_low else "")
        for one in page.standings[:5]
        if one.rank and one.score is not None and one.level == page.standings[0].level
    )
    said = f"{len(page.places)} places, {page.indicators} indicators, {page.runs:,} runs"
    return Done(best, said, page.warnings)


def computed(found: Problem, progress: Progress) -> tuple[Composite, dict[str, Step]]:
    """Compute an index: what it says, and the table of each step."""
    built = build(found)
    progress("runs", 0, 3)
    simulated = simulate(found)
    progress("runs", 1, 3)
    indices = sobol(found, built)
    progress("runs", 2, 3)
    removed, diagnosis = remove_each(found, built), diagnose(found, built)
    progress("runs", 3, 3)
    page = composite(found, built, simulated, indices, removed, diagnosis)
    return page, _steps(found, built, simulated, removed, diagnosis)


def load(spec: Path | str, told: Told | None = None) -> Problem:
    """Read a spec and its numbers.

    Args:
        spec: Path of a TOML file, or a name in the catalogue.
        told: By a release, for indicators that are counted from it; None: they are left out.

    Raises:
        IndexInputError: Either can not be used; the cell is named.
        UnknownNameError: The catalogue has no such index.
    """
    if isinstance(spec, str):
        name, found = spec, spec_of(catalog.entry(FOLDER, spec), spec)
    else:
        name, found = spec.name, read_spec(spec)
    framework(found, name)  # refuses a wrong hierarchy before the numbers are read
    if found.table.sources:
        numbers = read_sources(found, name)
    else:
        numbers = read_numbers(found, Path() if isinstance(spec, str) else spec.parent)
    found, numbers = joined(found, numbers, told)
    return problem(found, framework(found, name), numbers)


def _steps(
    found: Problem,
    built: Built,
    simulated: Simulated | None,
    removed: Sequence[Removed],
    diagnosis: Diagnosis,
) -> dict[str, Step]:
    """Return the table of each step, in order."""
    places, hierarchy = found.numbers.places, found.framework
    indicators, codes = hierarchy.codes[: hierarchy.indicators], hierarchy.codes

    def table(columns: Sequence[str], x: Floats) -> Step:
        rows = zip(places, x.tolist(), strict=True)
        return ("place", *columns), [(place, *row) for place, row in rows]

    steps = {
        "1_raw": table(indicators, found.numbers.values),
        "2_denominated": table(indicators, built.denominated),
        "3_imputed": table(indicators, built.imputed),
        "4_treated": table(indicators, built.treated),
        "5_normalised": table(indicators, built.normalised),
        "6_aggregated": table(codes, built.aggregated),
        "7_ranks": table(codes, built.ranks),
        "availability": table(("available",), built.available[:, None]),
        "weights": (("code", "level", "weight"), _weights(found, built)),
        "correlations": (
            ("code", *codes),
            [(c, *row) for c, row in zip(codes, diagnosis.correlations.tolist(), strict=True)],
        ),
        "cronbach": (
            ("code", "alpha"),
            list(zip(codes[hierarchy.indicators :], diagnosis.alphas.tolist(), strict=True)),
        ),
        "removed": table(
            [codes[one.node] for one in removed],
            np.array([one.ranks for one in removed]).reshape(len(removed), len(places)).T,
        ),
    }
    if simulated:
        steps["pairwise"] = table(places, simulated.pairwise)
        low, high = simulated.low, simulated.high
        steps["rank_low"] = table(codes[hierarchy.indicators :], low)
        steps["rank_high"] = table(codes[hierarchy.indicators :], high)
    return steps


def _weights(found: Problem, built: Built) -> Iterable[Sequence[object]]:
    at = found.framework
    return list(zip(at.codes, at.levels, built.weights.tolist(), strict=True))
