"""A composite index -> its files and one page that needs nothing else.

``results.csv`` has a row for each place and aggregate, the index first; ``sensitivity.csv`` a row
for each factor (``sobol``) and part (``removed``); ``steps/<step>.csv`` a row for each place;
``index.json`` (schema ``uptake.index/1``) holds the fields of ``model.composite.Composite``.
Empty or null is what is missing, not defined, or not scored.
"""

import csv
import io
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, fields
from pathlib import Path
from typing import Any

import msgspec

import uptake
from uptake.model.composite import Composite, Influence, Place, Standing
from uptake.publish.composite_sides import SURE, gaps, pairs, side_by_side
from uptake.publish.csv_files import guarded
from uptake.publish.grid import Grid, Printed
from uptake.publish.numbers import percent
from uptake.publish.rendering import fill

Step = tuple[Sequence[str], Iterable[Sequence[object]]]
"""Headings and rows."""

PICKED = 4
"""Places that stand side by side until a reader picks others."""

MISSING = Printed("–", meaning="not scored: too few of its indicators exist")


def write_composite(found: Composite, steps: Mapping[str, Step], folder: Path) -> None:
    """Write all files and the page into ``folder``, which exists."""
    write_files(found, steps, folder)
    _write(folder / "index.html", fill("composite.html", **shown(found, tuple(steps))))


def write_files(found: Composite, steps: Mapping[str, Step], folder: Path) -> None:
    """Write the files that a page names into ``folder``, which exists."""
    (folder / "steps").mkdir()
    for name, (head, rows) in steps.items():
        _write(folder / "steps" / f"{name}.csv", text_of(head, rows))
    results = [astuple(standing) for standing in found.standings]
    _write(folder / "results.csv", text_of([f.name for f in fields(Standing)], results))
    influences = [astuple(one) for one in found.influences]
    _write(folder / "sensitivity.csv", text_of([f.name for f in fields(Influence)], influences))
    said = {"schema": "uptake.index/1", **msgspec.to_builtins(found)}
    _write(folder / "index.json", msgspec.json.encode(said).decode() + "\n")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")


def text_of(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    r"""Return rows as CSV; a number with ten digits, a gap as nothing.

    >>> text_of(["place", "x"], [["A", 1 / 3], ["B", float("nan")], ["C", None]])
    'place,x\r\nA,0.3333333333\r\nB,\r\nC,\r\n'
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([guarded(cell) for cell in head])
    writer.writerows([_cell(cell) for cell in row] for row in rows)
    return out.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return "" if math.isnan(value) else f"{value:.10g}"
    return str(guarded(value)) if isinstance(value, str) else str(value)


def shown(found: Composite, steps: Sequence[str] = ()) -> dict[str, Any]:
    """Return what the template of a page needs; ``steps`` are names of files beside it."""
    top = topmost(found)
    return {
        "found": found,
        "lead": lead(found),
        "sure": sure(found),
        "chart": bars(found),
        "unranked": any(one.rank is None for one in top),
        "parts": _parts(found, top),
        "what_if": _what_if(found, top),
        "neighbours": _neighbours(found),
        "side_by_side": side_by_side(found),
        "pairs": pairs(found),
        "gaps": gaps(found),
        "picked": [place.name for place in found.places[:PICKED]],
        "sobol": _sobol(found),
        "removed": _removed(found, "aggregates"),
        "removed_indicators": _removed(found, "indicators"),
        "files": [
            "results.csv",
            "sensitivity.csv",
            "index.json",
            *(f"steps/{name}.csv" for name in steps),
        ],
        "version": uptake.__version__,
    }


def topmost(found: Composite) -> list[Standing]:
    """Return the standings in the index itself, in order of rank."""
    return [one for one in found.standings if one.level == found.standings[0].level]


def lead(found: Composite) -> str:
    """Say who comes first and last."""
    top = topmost(found)
    ranked = [one for one in top if one.rank is not None]
    if not ranked:
        return "No place has enough indicators to be scored."
    names = {place.id: place.name for place in found.places}
    first, last, digits = ranked[0], ranked[-1], _digits(found)
    said = (
        f"{len(ranked)} places are compared by {found.indicators} indicators. "
        f"{names[first.place]} comes first with a score of {_score(first.score, digits)}, "
        f"{names[last.place]} last with {_score(last.score, digits)}."
    )
    unranked = len(top) - len(ranked)
    if unranked:
        said += f" {unranked} more have too little data to be ranked."
    return said


def sure(found: Composite) -> str:
    """Say how firm the order is."""
    if found.told_apart is None:
        return (
            "Nothing was varied, so nobody knows how firm these ranks are: read them as one of "
            "many possible orders."
        )
    return (
        f"How firm is the order? The index was computed {found.runs:,} times, each time with "
        f"other, equally defensible settings ({'; '.join(found.varied)}). Of all pairs of places, "
        f"{percent(found.told_apart)}% keep their order in at least {100 * SURE:.0f} of 100 "
        "runs; the others can not be told apart."
    )


def standing(found: Composite, place: str) -> str:
    """Say where a place stands; empty for one that is not compared.

    The rank stands with its interval, the parts from the strongest to the weakest.
    """
    own = next((one for one in topmost(found) if one.place == place), None)
    if own is None:
        return ""
    here = next(one for one in found.places if one.id == place)
    if own.rank is None:
        return (
            f"{here.name} is not ranked: only {percent(here.available)}% of the indicators exist "
            f"for it{f', and {100 * found.fewest:g}% are needed' if found.fewest else ''}."
        )
    many = sum(one.rank is not None for one in topmost(found))
    said = f"{here.name} has rank {own.rank} of {many}"
    if own.rank_low is not None and own.rank_high is not None:
        ends = f"between {own.rank_low} and {own.rank_high}"
        if own.rank_low == own.rank_high:
            ends = f"the same, {own.rank_low},"
        said += f"; with other settings it is {ends} in {100 * found.level:g} of 100 runs"
    digits = _digits(found)
    parts = [
        (score, name)
        for name, score in zip(found.pillars, here.parts, strict=True)
        if score is not None
    ]
    listed = ", ".join(
        f"{name.lower()} {_score(score, digits)}" for score, name in sorted(parts)[::-1]
    )
    return f"{said}. Score {_score(own.score, digits)}: {listed}."


def _digits(found: Composite) -> int:
    """Return how many decimals scores deserve: three on a scale to 1, one on a scale to 100."""
    largest = max((abs(one.score) for one in found.standings if one.score is not None), default=0)
    return 3 if largest <= 10 else 1


def _score(score: float | None, digits: int) -> str:
    return "–" if score is None else f"{score:.{digits}f}"


def bars(found: Composite) -> list[dict[str, object]]:
    """Return a row a place: where its rank interval lies, in percent of the width."""
    top = topmost(found)
    names = {place.id: place for place in found.places}
    last = max((one.rank_high or one.rank or 1 for one in top), default=1)

    def at(rank: int) -> float:
        return round(100 * (rank - 1) / max(last - 1, 1), 2)

    rows: list[dict[str, object]] = []
    digits = _digits(found)
    for one in top:
        low, high = one.rank_low or one.rank, one.rank_high or one.rank
        rows.append(
            {
                "rank": one.rank,
                "name": names[one.place].name,
                "score": _score(one.score, digits),
                "interval": _ends(low, high) if found.runs else "",
                "start": at(low) if low else 0,
                "width": round(at(high) - at(low), 2) if low and high else 0,
                "dot": at(one.rank) if one.rank else 0,
                "data": percent(names[one.place].available),
            }
        )
    return rows


def _ends(low: int | None, high: int | None) -> str:
    """Write a rank interval.

    >>> _ends(2, 5), _ends(1, 1), _ends(None, None)
    ('2–5', '1', '')
    """
    if low is None:
        return ""
    return str(low) if low == high else f"{low}–{high}"


def _parts(found: Composite, top: Sequence[Standing]) -> Grid:
    places = {place.id: place for place in found.places}
    digits, rows = _digits(found), []
    for one in top:
        place = places[one.place]
        cells = [one.score, *place.parts]
        printed = [Printed(_score(c, digits)) if c is not None else MISSING for c in cells]
        rows.append((place.name, (*printed, Printed(percent(place.available) + "%"))))
    return Grid(
        "Scores of each place in the parts of the index, and how much of its data exists",
        ("Place", "Index", *found.pillars, "Indicators that exist"),
        tuple(rows),
    )


def _what_if(found: Composite, top: Sequence[Standing]) -> dict[str, object] | None:
    """Return what the page needs to weigh pillars anew; None where that is no mean of them."""
    if found.mean not in {"arithmetic", "geometric"} or len(found.pillars) < 2:
        return None
    places = {place.id: place for place in found.places}
    return {
        "mean": found.mean,
        "digits": _digits(found),
        "pillars": [
            (name, round(100 * weight))
            for name, weight in zip(found.pillars, found.pillar_weights, strict=True)
        ],
        "places": [
            (
                places[one.place].name,
                one.rank,
                _score(one.score, _digits(found)),
                _json(one, places),
            )
            for one in top
            if one.rank is not None
        ],
    }


def _json(one: Standing, places: Mapping[str, Place]) -> str:
    return msgspec.json.encode(places[one.place].parts).decode()


def _neighbours(found: Composite) -> Grid | None:
    if not found.neighbours:
        return None
    rows = tuple(
        (
            f"{one.before} before {one.after}",
            (
                Printed(percent(one.probability) + "%"),
                Printed("told apart" if one.probability >= SURE else "not told apart"),
            ),
        )
        for one in found.neighbours
    )
    return Grid(
        "How often each place stays before the next one", ("Order", "Of the runs", "So"), rows
    )


def _sobol(found: Composite) -> Grid | None:
    rows = tuple(
        (
            one.name,
            (
                Printed(_two(one.first_order), f"{_two(one.first_low)} to {_two(one.first_high)}"),
                Printed(_two(one.total), f"{_two(one.total_low)} to {_two(one.total_high)}"),
            ),
        )
        for one in found.influences
        if one.kind == "sobol"
    )
    head = ("What was varied", "Alone", "With its interactions")
    caption = "Share of the movement of ranks that each choice explains (Sobol indices)"
    return Grid(caption, head, rows) if rows else None


def _two(number: float | None) -> str:
    """Write a share; Sobol estimates scatter around 0, which is written as 0.

    >>> _two(-0.004), _two(0.627), _two(None)
    ('0.00', '0.63', '–')
    """
    return "–" if number is None else f"{max(number, 0.0):.2f}"


def _removed(found: Composite, of: str) -> Grid | None:
    names = {place.id: place.name for place in found.places}
    rows = tuple(
        (
            one.name,
            (
                Printed(f"{one.mean_shift or 0:.1f}"),
                Printed(str(one.largest_shift), note=names[one.place] if one.largest_shift else ""),
            ),
        )
        for one in found.influences
        if one.kind == "removed" and (one.level > 1) == (of == "aggregates")
    )
    head = ("Without", "Ranks moved on average", "At most")
    what = "a part" if of == "aggregates" else "one indicator"
    return Grid(f"How far ranks move if {what} is left out", head, rows) if rows else None
