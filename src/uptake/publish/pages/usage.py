"""The usage page: intent, topic and work of all places together, by month and by group."""

from dataclasses import dataclass

from uptake.publish import changes, country_report
from uptake.publish.drawings import Asked, by_group, by_month, composition, parts
from uptake.publish.edition import Edition
from uptake.publish.figure import Figure
from uptake.publish.pages import Page
from uptake.publish.slices import Where
from uptake.publish.titles import facet_title
from uptake.publish.words import facet_lead

FACETS = ("intent", "topic_group", "topic", "work")
SPLIT_BY = ("age_band", "gender", "language")
WHOLE_ONLY = ("topic",)
"""Facets of so many values that a panel each would say nothing."""


@dataclass(frozen=True, slots=True)
class Section:
    """One facet's part of the page."""

    id: str
    title: str
    question: str
    figures: tuple[Figure, ...]


def usage(edition: Edition) -> Page:
    """Make the usage page."""
    where = Where()
    who = composition(edition, Asked("usage-who", "", where), ("place", *SPLIT_BY))
    sections = [section for facet in FACETS if (section := _section(edition, facet))]
    figures: dict[str, Figure | None] = {"who": who}
    for section in sections:
        figures |= {figure.id: figure for figure in section.figures}
    changed = [made for facet in FACETS if (made := changes.grid(edition, "all", facet))]
    context = {"sections": sections, "behind": edition.behind(where), "changed": changed,
               "heads": country_report.heads_grid(edition),
               "population": country_report.population_note(edition),
               "floor": next((h.floor for h in edition.release.per_head), None)}  # fmt: skip
    return Page("usage.html", "usage.html", "Usage", figures, context)


def _section(edition: Edition, facet: str) -> Section | None:
    where, slug = Where(), f"usage-{facet.replace('_', '-')}"
    found = [parts(edition, Asked(slug, facet, where))]
    if facet not in WHOLE_ONLY:
        found.append(by_month(edition, Asked(f"{slug}-by-month", facet, where)))
        found += [
            by_group(edition, Asked(f"{slug}-by-{d.replace('_', '-')}", facet, where), [d])
            for d in SPLIT_BY
        ]
    figures = tuple(figure for figure in found if figure is not None)
    if not figures:
        return None
    return Section(slug, facet_title(facet), facet_lead(facet), figures)
