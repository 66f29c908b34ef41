"""Specs and numbers for tests; the published tables are read by path, never copied."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from uptake.index.framework import framework
from uptake.index.problem import Numbers, Problem, problem
from uptake.index.spec import Indicator, Node, Spec, Steps, Table, Uncertainty

INDICATORS = Path(__file__).parents[3] / "shared" / "indicators"


def shared(*parts: str) -> Path:
    """Return the path of a published table, or skip."""
    path = INDICATORS.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"no {'/'.join(parts)} beside the checkout")
    return path


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def asem_spec(**uncertainty: Any) -> Spec:
    rows = rows_of(shared("asem", "ASEM_iMeta.csv"))
    indicators = tuple(
        Indicator(
            code=row["iCode"],
            name=row["iName"],
            parent=row["Parent"],
            direction=1 if float(row["Direction"]) > 0 else -1,
            weight=float(row["Weight"]),
            denominator=row["Denominator"],
            target=float(row["Target"]),
        )
        for row in rows
        if row["Type"] == "Indicator"
    )
    aggregates = tuple(
        Node(code=row["iCode"], name=row["iName"], parent=row["Parent"])
        for row in rows
        if row["Type"] == "Aggregate"
    )
    return Spec(
        title="Sustainable connectivity",
        table=Table(file="ASEM_iData.csv", place="uCode", name="uName", group="EurAsia_group"),
        indicators=indicators,
        aggregates=aggregates,
        steps=Steps(impute="group_mean", treat="winsorise"),
        uncertainty=Uncertainty(**uncertainty),
    )


def numbers(values: Sequence[Sequence[float]], **parts: Any) -> Numbers:
    x = np.array(values, dtype=np.float64)
    places = tuple(chr(65 + at) for at in range(len(x)))
    given = {
        "file": "table.csv",
        "places": places,
        "names": places,
        "groups": np.zeros(len(x), dtype=np.intp),
        "denominators": np.ones(x.shape),
        "low": np.full(x.shape, np.nan),
        "high": np.full(x.shape, np.nan),
    }
    return Numbers(values=x, **(given | parts))


def flat(
    values: Sequence[Sequence[float]],
    *,
    steps: Steps | None = None,
    uncertainty: Uncertainty | None = None,
    indicators: tuple[Indicator, ...] | None = None,
    **parts: Any,
) -> Problem:
    """Return a problem of one level above its indicators x0, x1, ..."""
    spec = Spec(
        title="Flat",
        table=Table(file="table.csv"),
        indicators=indicators
        or tuple(Indicator(code=f"x{at}", parent="index") for at in range(len(values[0]))),
        aggregates=(Node(code="index"),),
        steps=steps or Steps(),
        uncertainty=uncertainty or Uncertainty(),
    )
    return problem(spec, framework(spec), numbers(values, **parts))
