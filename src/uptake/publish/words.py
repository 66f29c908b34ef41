"""Sentences and headline cards made of published figures."""

from dataclasses import dataclass

from uptake.model.estimate import Estimate
from uptake.publish import numbers
from uptake.publish.edition import Edition
from uptake.publish.grid import Printed, marked, printed
from uptake.publish.slices import Cell, Mark, Where, largest
from uptake.publish.titles import facet_title

NOBODY = ("unknown", "under-13")


@dataclass(frozen=True, slots=True)
class Card:
    """A headline figure.

    Attributes:
        label: What it is.
        cell: The figure with its interval, or its mark.
        note: Of what, and how many people stand behind it.
    """

    label: str
    cell: Printed
    note: str


def headline(edition: Edition, where: Where) -> str:
    """Return what a group's messages want and who sends most, in one sentence.

    It reads "42% asking (39–45), 32% doing (29–35); 18–24 year-olds send 36% (33–39) of messages."
    and is empty where nothing was computed.
    """
    parts = []
    cells = edition.slices.cells("intent", where)
    shown = [(v, c) for v, c in cells if c is not Mark.NOT_PUBLISHED]
    if shown:
        parts.append(", ".join(_part(edition, value, cell) for value, cell in shown))
    oldest = _most_active_age(edition, where)
    if oldest:
        parts.append(oldest)
    text = "; ".join(parts)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _part(edition: Edition, value: str, cell: Cell) -> str:
    name = edition.titles.value("intent", value).lower()
    if isinstance(cell, Mark):
        return f"{name} {marked(cell).meaning}"
    return f"{numbers.value(cell)} {name} ({numbers.interval(cell)})"


def _most_active_age(edition: Edition, where: Where) -> str:
    found = _top(edition, "age_band", where)
    if found is None:
        return ""
    band, share = found
    title = edition.titles.value("age_band", band)
    who = f"{title} year-olds" if "–" in title else f"people aged {title.lower()}"
    return f"{who} send {numbers.share(share)} of messages"


def top_age(edition: Edition) -> str | None:
    """Return the age band that sends most messages in the whole release."""
    found = _top(edition, "age_band", Where())
    return found[0] if found else None


def _top(edition: Edition, facet: str, where: Where) -> tuple[str, Estimate] | None:
    cells = [(v, c) for v, c in edition.slices.cells(facet, where) if v not in NOBODY]
    return next(iter(largest(cells)), None)


def cards(edition: Edition, where: Where) -> list[Card]:
    """Return the headline figures of a group: intent, work, the largest topic group and age."""
    out = [
        Card(edition.titles.value("intent", value), printed(cell), _of(edition, cell))
        for value, cell in edition.slices.cells("intent", where)
        if cell is not Mark.NOT_PUBLISHED
    ]
    work = edition.slices.share(where.key("work", "work"))
    if work is not Mark.NOT_PUBLISHED:
        out.append(Card("For paid work", printed(work), _of(edition, work)))
    for facet, label in (("topic_group", "Largest topic group"), ("age_band", "Most active age")):
        found = _top(edition, facet, where)
        if found:
            value, cell = found
            title = edition.titles.value(facet, value)
            out.append(Card(f"{label}: {title}", printed(cell), _of(edition, cell)))
    return out


def _of(edition: Edition, cell: Cell) -> str:
    if isinstance(cell, Mark):
        return "of messages"
    return f"of messages, n = {edition.people(cell.n)}"


def facet_lead(facet: str) -> str:
    """Return the question that a facet asks of each message, from the codebook."""
    from uptake.catalog import facet as load

    return load("topic" if facet == "topic_group" else facet).question or facet_title(facet)


def definitions(facet: str) -> tuple[tuple[str, str], ...]:
    """Return what each answer of a facet means, from the codebook.

    >>> definitions("intent")[2]
    ('Expressing', 'Neither: to greet, thank, joke, vent, share, chat or play a role.')
    """
    from uptake.catalog import facet as load

    return tuple((value.title, value.definition) for value in load(facet).values)
