"""An evaluation of a labeller -> one page, one JSON file and one CSV file.

``evaluation.json`` (schema ``uptake.evaluation/1``) holds the fields of ``model.evaluation``; a
figure is ``{"value", "low", "high"}``, null where it is not defined or has no interval.
``evaluation.csv`` has a row for each figure: facet, value (empty for the facet as a whole),
measure, n, figure, low, high.
"""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import msgspec

from uptake.catalog import entry, names
from uptake.catalog import facet as catalogued
from uptake.engine import store
from uptake.model.errors import MissingExtraError
from uptake.model.evaluation import Evaluation, FacetFigures, Measured
from uptake.publish.charts import agreement
from uptake.publish.grid import Grid, Printed
from uptake.publish.rendering import fill
from uptake.publish.titles import words

SCHEMA = "uptake.evaluation/1"
COLUMNS = ("facet", "value", "measure", "n", "figure", "low", "high")

NOTICE = "Exact counts, for the owner of the labelled file: do not publish them as they are."
RELIABILITY = (
    "Reliability: on the dashed line the labeller is right as often as it says; larger dots hold "
    "more messages"
)


def write_evaluation(found: Evaluation, folder: Path) -> tuple[str, ...]:
    """Write the three files into ``folder``; without the extra ``site`` the page has no plots.

    Returns:
        What somebody should know of it, a sentence each.
    """
    said: tuple[str, ...] = ()
    try:
        plots = {facet.facet: _plots(facet) for facet in found.facets}
    except MissingExtraError as error:
        plots, said = {}, (f"the page has tables and no plots: {error}",)
    page = fill(
        "evaluation.html",
        found=found,
        summary=_summary(found),
        facets=[(f, plots.get(f.facet, ()), _grid(f)) for f in found.facets],
    )
    store.write_bytes(folder / "evaluation.json", evaluation_json(found))
    store.write_bytes(folder / "evaluation.csv", evaluation_csv(found).encode())
    store.write_bytes(folder / "index.html", page.encode())
    return said


def evaluation_json(found: Evaluation) -> bytes:
    """Return the evaluation as JSON."""
    body = {
        "schema": SCHEMA,
        "notice": NOTICE,
        "interval": "BCa cluster bootstrap (Efron 1987)",
        **msgspec.to_builtins(found),
    }
    return msgspec.json.format(msgspec.json.encode(body), indent=1) + b"\n"


def evaluation_csv(found: Evaluation) -> str:
    """Return every figure as a row of CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for facet in found.facets:
        for value, measure, n, figure in _figures(facet):
            writer.writerow((facet.facet, value, measure, n, *map(_number, _ends(figure))))
    return out.getvalue()


def _figures(facet: FacetFigures) -> Iterator[tuple[str, str, int, Measured]]:
    for measure in ("kappa", "accuracy", "macro_f1", "calibration_error"):
        yield "", measure, facet.n, getattr(facet, measure)
    for one in facet.classes:
        yield one.value, "precision", one.predicted, one.precision
        yield one.value, "recall", one.meant, one.recall
        yield one.value, "f1", one.meant, one.f1


def _ends(figure: Measured) -> tuple[float | None, float | None, float | None]:
    return figure.value, figure.low, figure.high


def _number(number: float | None) -> str:
    return "" if number is None else f"{number:.6f}"


def _titles(facet: FacetFigures) -> list[str]:
    """Return what the values of a facet are called."""
    named: dict[str, str] = {"not_work": "Not work"}
    if facet.facet == "language":
        named = {code: str(entry("languages", code)["name"]) for code in names("languages")}
        named |= words()["values"]["language"]
    elif facet.facet == "topic_group":
        named = {group.id: group.title for group in catalogued("topic").groups}
    else:
        for name in ("intent", "work", "topic"):
            named |= {value.id: value.title for value in catalogued(name).values}
    return [named.get(one.value, one.value) for one in facet.classes]


def _plots(facet: FacetFigures) -> tuple[tuple[str, str], ...]:
    """Return the panels of a facet as (caption, SVG)."""
    titles = _titles(facet)
    drawn = (
        (
            "F1 of each value, with intervals",
            agreement.by_class(titles, facet.classes),
        ),
        (
            "What people said (rows) and what the labeller said; shades are shares of a row",
            agreement.confusion(titles, facet.confusion),
        ),
        (
            RELIABILITY,
            agreement.reliability(facet.bins),
        ),
    )
    return tuple(
        (caption, panel.svg(f"{facet.facet}-{number}", f"{facet.title}. {caption}."))
        for number, (caption, panel) in enumerate(drawn)
    )


def _printed(figure: Measured) -> Printed:
    if figure.value is None:
        return Printed("–", meaning="not defined")
    if figure.low is None or figure.high is None:
        return Printed(f"{figure.value:.2f}")
    return Printed(f"{figure.value:.2f}", f"{figure.low:.2f}–{figure.high:.2f}")


def _summary(found: Evaluation) -> Grid:
    head = ("Facet", "Kappa", "People, published", "Accuracy", "Macro F1", "Calibration error", "n")
    rows = []
    for facet in found.facets:
        known = facet.published
        beside = Printed(f"{known.people:.2f}", note=known.stands) if known else Printed("")
        kappa, *rest = (
            _printed(figure)
            for figure in (facet.kappa, facet.accuracy, facet.macro_f1, facet.calibration_error)
        )
        rows.append((facet.title, (kappa, beside, *rest, Printed(f"{facet.n:,}"))))
    return Grid("Agreement with people's labels", head, tuple(rows))


def _grid(facet: FacetFigures) -> Grid:
    head = ("Value", "Precision", "Recall", "F1", "Meant", "Predicted")
    rows = tuple(
        (
            title,
            (
                *map(_printed, (one.precision, one.recall, one.f1)),
                Printed(f"{one.meant:,}"),
                Printed(f"{one.predicted:,}"),
            ),
        )
        for title, one in zip(_titles(facet), facet.classes, strict=True)
    )
    return Grid(f"{facet.title}: each value", head, rows)
