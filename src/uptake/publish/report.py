"""Release -> one page and one JSON file: what ``uptake report`` gives without any configuration.

``report.json`` (schema ``uptake.report/1``)::

    {"schema", "release", "version", "notice", "mode",
     "people", "conversations", "messages", "months": [first, last], "languages": {code: n},
     "thresholds": {"people", "conversations"}, "messages_cap", "intervals": {id: text},
     "shares": {facet: [answer, ...]},
     "by_month" | "by_place" | "by_age_band" | "by_gender" | "by_language":
         [{"value", "title", "people", "conversations", "messages", "shares": {facet: [answer]}}],
     "per_head": [{"denominator", "place", "share", "index", ...}],
     "gender": [{"place", "gender", "facet", "value", "status", "share", "low", "high", ...}],
     "weighted_shares": [{"place", "facet", "value", "by", "status", "share", "low", "high", ...}],
     "country_reports": [{"place", "title", "sentences": {subject: sentence}}],
     "quality": {...}, "labeller": {...}}

where an answer is ``{"value", "title", "message_share", "people_share", "reach"}`` and each of the
three ``{"value", "low", "high", "level", "n", "covers", "correction", "counted"}`` (``counted``,
the share as labelled, only where it was corrected) or ``{"status": "withheld"}``; one that is not
there was not computed. ``people`` is null where no record had a user, ``months`` is empty where no
record had a time, and a ``by_...`` is empty where the input does not say. ``country_reports`` holds
the sentences of each place, ``per_head`` the usage index of places under both denominators,
``gender`` the shares of women and men with names that mislead taken into account, and
``weighted_shares`` people shares weighted to each place's population: rows of the tables
``usage-per-head``, ``gender`` and ``weighted-shares``, by the names of their columns
(``demography_tables``); one that is refused has no ``share`` but a ``reason``.
"""

from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from uptake.model.dimensions import DIMENSIONS
from uptake.model.estimate import MEASURES
from uptake.publish import country_report, words
from uptake.publish.charts.render import unchecked
from uptake.publish.demography_tables import gender_table, weighted_table
from uptake.publish.drawings import Asked, by_group, by_month, composition, parts
from uptake.publish.edition import Edition
from uptake.publish.figure import Figure
from uptake.publish.json_api import rows_of, share, size
from uptake.publish.pages import Page
from uptake.publish.pages.methods import methods
from uptake.publish.rendering import render
from uptake.publish.slices import Mark, Where
from uptake.publish.tables import per_head_table

SCHEMA = "uptake.report/1"
FACETS = ("intent", "topic_group", "topic", "work")
BY = ("month", "place", "age_band", "gender", "language")
Json = dict[str, Any]


def write_report(edition: Edition, folder: Path) -> None:
    """Write ``folder/index.html``, which needs no other file, and ``folder/report.json``.

    Raises:
        MissingExtraError: The extra ``site`` is not installed.
    """
    with unchecked():
        page = report_page(edition)
    folder.mkdir(parents=True, exist_ok=True)
    html = render(page, edition, [page])
    encoded = msgspec.json.format(msgspec.json.encode(report_json(edition)), indent=1)
    (folder / "report.json").write_bytes(encoded + b"\n")
    (folder / "index.html").write_text(html, encoding="utf-8", newline="\n")


def report_json(edition: Edition) -> Json:
    """Return the report as data; the module says how it is built."""
    release, quality = edition.release, edition.release.quality
    people, conversations = release.thresholds
    slices = edition.slices
    return {
        "schema": SCHEMA,
        "release": release.id,
        "version": release.version,
        "notice": release.synthetic,
        "mode": release.mode,
        "people": quality.people,
        "conversations": quality.conversations,
        "messages": quality.messages,
        "months": list(quality.months or ()),
        "languages": quality.languages,
        "thresholds": {"people": people, "conversations": conversations},
        "messages_cap": release.messages_cap,
        "intervals": {id: text for text, id in edition.intervals.items()},
        "shares": _shares(edition, Where()),
        **{
            f"by_{dimension}": [
                _group(edition, dimension, value) for value in slices.values(dimension)
            ]
            for dimension in BY
        },
        "per_head": rows_of(per_head_table(release)),
        "gender": rows_of(gender_table(release.demography, edition.intervals)),
        "weighted_shares": rows_of(weighted_table(release.demography, edition.intervals)),
        "country_reports": [
            {"place": place, "title": edition.titles.place(place), "sentences": dict(found)}
            for place, found in country_report.of_places(edition)
        ],
        "quality": msgspec.to_builtins(quality),
        "labeller": release.labeller,
    }


def _group(edition: Edition, dimension: str, value: str) -> Json:
    where = Where().but(dimension, value)
    group = edition.slices.group(where)
    return {
        "value": value,
        "title": edition.titles.value(dimension, value),
        **({} if group is Mark.NOT_PUBLISHED else _size(group)),
        "shares": _shares(edition, where),
    }


def _size(group: Any) -> Json:
    return {"status": "withheld"} if isinstance(group, Mark) else size(group)


def _shares(edition: Edition, where: Where) -> dict[str, list[Json]]:
    facets = (*FACETS, *(d for d in DIMENSIONS if d not in where.split.split("+")))
    found = {facet: _answers(edition, facet, where) for facet in facets}
    return {facet: answers for facet, answers in found.items() if answers}


def _answers(edition: Edition, facet: str, where: Where) -> list[Json]:
    known, intervals = edition.release.estimates.shares, edition.intervals
    out: list[Json] = []
    for value in edition.slices.answers(facet):
        keys = {measure: where.key(facet, value, measure) for measure in MEASURES}
        measured: Json = {
            m: share(known[key], intervals) for m, key in keys.items() if key in known
        }
        if measured:
            title = edition.titles.value(facet, value)
            out.append({"value": value, "title": title, **measured})
    return out


def report_page(edition: Edition) -> Page:
    """Make the one page."""
    everybody = Where()

    def months(facet: str) -> Figure | None:
        return by_month(edition, Asked(f"{facet}-by-month", facet, everybody))

    def groups(dimension: str) -> Figure | None:
        asked = Asked(f"intent-by-{dimension.replace('_', '-')}", "intent", everybody)
        return by_group(edition, asked, [dimension])

    whole = {facet: parts(edition, Asked(facet, facet, everybody)) for facet in FACETS}
    who = composition(edition, Asked("who", "", everybody), ("place", *BY[2:]))
    shown: dict[str, list[Figure | None]] = {
        "What messages want": [whole["intent"], months("intent"), *map(groups, BY[1:4])],
        "What they are about": [whole["topic_group"], months("topic_group"), whole["topic"]],
        "What they are for": [whole["work"], months("work")],
        "Who sends them": [who],
    }
    sections = [
        (f"section-{number}", title, [figure for figure in figures if figure])
        for number, (title, figures) in enumerate(shown.items(), 1)
    ]
    context: Json = {
        **methods(edition).context,
        "headline": words.headline(edition, everybody),
        "cards": words.cards(edition, everybody),
        "language": partial(edition.titles.value, "language"),
        "countries": country_report.grids(edition),
        "population": country_report.population_note(edition),
        "sections": [section for section in sections if section[2]],
    }
    made: dict[str, Figure | None] = {f.id: f for _, _, found in sections for f in found}
    return Page("index.html", "report.html", "Usage report", made, context)
