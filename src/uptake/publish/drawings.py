"""Figures on usage: a facet's parts, its way over months, and how it differs between groups."""

from collections.abc import Sequence
from dataclasses import dataclass

from uptake.model.estimate import MEASURES, Estimate, Key
from uptake.publish import numbers
from uptake.publish.charts import dots, lines
from uptake.publish.edition import Edition
from uptake.publish.figure import Drawing, Figure, share_rows
from uptake.publish.grid import shares
from uptake.publish.slices import Cell, Mark, Where, largest
from uptake.publish.titles import (
    dimension_title,
    facet_title,
    facet_values,
    listed,
    measure_title,
    month_title,
)

WHOLE = Where()
_SHOWN = 3
"""How many values a sentence names."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which figure is wanted.

    Attributes:
        id: Of the figure.
        facet: What is shown of each group.
        where: The group.
        beside: A group to compare with, None for none.
    """

    id: str
    facet: str
    where: Where
    beside: Where | None = None


def parts(edition: Edition, asked: Asked) -> Figure | None:
    """Draw the parts of a facet in one group; None if it was not computed."""
    slices, where = edition.slices, asked.where
    if not slices.has(asked.facet, where):
        return None
    values = _answers(edition, asked)
    rows = [dots.Row(label, cell, _beside(edition, asked, value)) for value, label, cell in values]
    everything = [cell for row in rows for cell in (row.cell, row.other)]
    look = dots.Look(
        "", dots.scale_end(everything), dots.label_width([row.label for row in rows]), "bar"
    )
    measures = [m for m in MEASURES if _measured(edition, asked, m)]
    keys = [where.key(asked.facet, value, m) for value, _, _ in values for m in measures]
    title = facet_title(asked.facet)
    grid = shares(
        f"{title}, {edition.group_title(where)}",
        (title, *(measure_title(m) for m in measures)),
        [
            (label, [slices.share(where.key(asked.facet, value, m)) for m in measures])
            for value, label, _ in values
        ],
    )
    columns, csv = share_rows(edition.release, keys)
    return Figure(
        asked.id,
        f"{title}: {edition.group_title(where)}",
        _subtitle(edition, "Share of messages"),
        (Drawing(dots.draw(rows, look), f"{title}. {ranked([(r.label, r.cell) for r in rows])}"),),
        grid,
        edition.source(where),
        *_note(edition, asked, ("Line on each bar", keys)),
        columns,
        csv,
        1,
    )


def by_month(edition: Edition, asked: Asked) -> Figure | None:
    """Draw a facet's values over months, a panel each; None if there are no months."""
    slices = edition.slices
    months = [m for m in slices.values("month", asked.where) if m != "unknown"]
    if not months or not slices.has(asked.facet, asked.where.but("month", months[0])):
        return None
    values = slices.answers(asked.facet)
    cells = {
        value: [(m, slices.share(_in(asked.where, "month", m, asked, value))) for m in months]
        for value in values
    }
    beside = asked.beside
    others = {
        value: [(m, slices.share(_in(beside, "month", m, asked, value))) for m in months]
        if beside
        else []
        for value in values
    }
    everything = [c for pairs in (*cells.values(), *others.values()) for _, c in pairs]
    most = dots.scale_end(everything)
    drawings = []
    for value in values:
        label = edition.titles.value(asked.facet, value)
        curve = lines.Curve(label, cells[value], others[value], most)
        drawings.append(Drawing(lines.draw(curve), f"{label}: {first_and_last(cells[value])}"))
    title = facet_title(asked.facet)
    labels = _titles(edition, asked.facet, values)
    grid = shares(
        f"{title} by month, {edition.group_title(asked.where)}: share of messages",
        ("Month", *labels),
        [(month_title(m), [cells[value][i][1] for value in values]) for i, m in enumerate(months)],
    )
    keys = [_in(asked.where, "month", m, asked, value) for m in months for value in values]
    columns, csv = share_rows(edition.release, keys)
    return Figure(
        asked.id,
        f"{title} by month: {edition.group_title(asked.where)}",
        _subtitle(edition, "Share of the messages of each month"),
        tuple(drawings),
        grid,
        edition.source(asked.where),
        *_note(
            edition,
            asked,
            ("Bands", keys),
            line="Dashed line",
            gaps=any(c is Mark.WITHHELD for pairs in cells.values() for _, c in pairs),
        ),
        columns,
        csv,
    )


def by_group(edition: Edition, asked: Asked, dimensions: Sequence[str]) -> Figure | None:
    """Draw a facet's values between groups, a panel each; None if it is split by none of them."""
    slices = edition.slices
    groups, left_out = _groups(edition, asked, dimensions)
    if not groups:
        return None
    values = slices.answers(asked.facet)
    names = [edition.titles.value(*group) for group in groups]
    cells = {
        value: [slices.share(_in(asked.where, *group, asked, value)) for group in groups]
        for value in values
    }
    most = dots.scale_end([cell for row in cells.values() for cell in row])
    wide = dots.label_width(names)
    drawings = []
    for value in values:
        label = edition.titles.value(asked.facet, value)
        rows = dots.blocks(groups, names, cells[value])
        says = f"{label}: {extremes(list(zip(names, cells[value], strict=True)))}"
        drawings.append(Drawing(dots.draw(rows, dots.Look(label, most, wide)), says))
    title, by = facet_title(asked.facet), listed([dimension_title(d) for d in dimensions])
    labels = [
        f"{dimension_title(dimension)}: {name}" if len(dimensions) > 1 else name
        for (dimension, _), name in zip(groups, names, strict=True)
    ]
    grid = shares(
        f"{title} by {by.lower()}, {edition.group_title(asked.where)}: share of messages",
        (by if len(dimensions) == 1 else "Group", *_titles(edition, asked.facet, values)),
        [(name, [cells[value][i] for value in values]) for i, name in enumerate(labels)],
    )
    keys = [_in(asked.where, *group, asked, value) for group in groups for value in values]
    columns, csv = share_rows(edition.release, keys)
    return Figure(
        asked.id,
        f"{title} by {by.lower()}: {edition.group_title(asked.where)}",
        _subtitle(edition, "Share of the messages of each group"),
        tuple(drawings),
        grid,
        edition.source(asked.where),
        *_note(edition, asked, ("Lines", keys), left_out=left_out),
        columns,
        csv,
    )


def composition(edition: Edition, asked: Asked, facets: Sequence[str]) -> Figure | None:
    """Draw who sends a group's messages: a panel of bars for each dimension taken as a facet."""
    slices, where = edition.slices, asked.where
    known = [
        name
        for name in facets
        if slices.has(name, where)
        and {v for v, _, _ in _answers(edition, Asked("", name, where))} - {"unknown"}
    ]
    if not known:
        return None
    drawings, keys = [], []
    table: list[tuple[str, list[Cell]]] = []
    for name in known:
        one = Asked(asked.id, name, where, asked.beside)
        values = _answers(edition, one)
        rows = [dots.Row(label, cell, _beside(edition, one, v)) for v, label, cell in values]
        look = dots.Look(
            dimension_title(name),
            dots.scale_end([c for row in rows for c in (row.cell, row.other)]),
            dots.label_width([row.label for row in rows]),
            "bar",
        )
        says = f"{dimension_title(name)}. {ranked([(r.label, r.cell) for r in rows])}"
        drawings.append(Drawing(dots.draw(rows, look), says))
        for value, label, cell in values:
            person = where.key(name, value, "people_share")
            table.append((f"{dimension_title(name)}: {label}", [cell, slices.share(person)]))
            keys += [where.key(name, value), person]
    columns, csv = share_rows(edition.release, keys)
    return Figure(
        asked.id,
        f"Who sends the messages: {edition.group_title(where)}",
        _subtitle(edition, "Share of messages"),
        tuple(drawings),
        shares(
            f"Who sends the messages, {edition.group_title(where)}",
            ("Group", measure_title("message_share"), measure_title("people_share")),
            table,
        ),
        edition.source(where),
        *_note(edition, asked, ("Line on each bar", keys)),
        columns,
        csv,
    )


def ranked(cells: Sequence[tuple[str, Cell]]) -> str:
    """Say which values are largest."""
    order = largest(cells)
    if not order:
        return "No value is published."
    named = [f"{label} {numbers.share(cell)}" for label, cell in order[:_SHOWN]]
    return "Largest first: " + ", ".join(named) + "."


def first_and_last(cells: Sequence[tuple[str, Cell]]) -> str:
    """Say where a curve starts and ends."""
    known = [(month, cell) for month, cell in cells if isinstance(cell, Estimate)]
    if not known:
        return "no month is published."
    said = [f"{numbers.share(cell)} in {month_title(month)}" for month, cell in known]
    return said[0] + (f", {said[-1]}." if len(said) > 1 else ".")


def extremes(cells: Sequence[tuple[str, Cell]]) -> str:
    """Say where a share is highest and lowest."""
    order = largest(cells)
    if not order:
        return "no group is published."
    (high, top), (low, bottom) = order[0], order[-1]
    if high == low:
        return f"{numbers.share(top)} for {high}."
    return f"highest for {high}, {numbers.share(top)}; lowest for {low}, {numbers.share(bottom)}."


def _groups(
    edition: Edition, asked: Asked, dimensions: Sequence[str]
) -> tuple[list[tuple[str, str]], int]:
    """Return the groups to draw and how many are left out.

    A dimension that is unknown throughout says nothing. Places come from an open list where a
    release names none of its own: those that are withheld as a whole are counted, not listed.
    """
    slices = edition.slices
    groups: list[tuple[str, str]] = []
    left_out = 0
    for dimension in dimensions:
        found = [
            group
            for group in slices.values(dimension, asked.where)
            if slices.has(asked.facet, asked.where.but(dimension, group))
        ]
        if dimension == "place" and not edition.release.places:
            shown = [g for g in found if _any_published(edition, asked, dimension, g)]
            left_out += len(found) - len(shown)
            found = shown
        if set(found) - {"unknown"}:
            groups += [(dimension, group) for group in found]
    return groups, left_out


def _any_published(edition: Edition, asked: Asked, dimension: str, group: str) -> bool:
    return any(
        isinstance(edition.slices.share(_in(asked.where, dimension, group, asked, value)), Estimate)
        for value in edition.slices.answers(asked.facet)
    )


def _answers(edition: Edition, asked: Asked) -> list[tuple[str, str, Cell]]:
    """Return value, title and share; of an open list only what this group holds."""
    cells = edition.slices.cells(asked.facet, asked.where)
    if not facet_values(asked.facet):
        cells = [(v, c) for v, c in cells if c is not Mark.NOT_PUBLISHED]
    if asked.facet == "place" and not edition.release.places:
        cells = [(v, c) for v, c in cells if c is not Mark.WITHHELD]
    return [(value, edition.titles.value(asked.facet, value), cell) for value, cell in cells]


def _titles(edition: Edition, facet: str, values: Sequence[str]) -> list[str]:
    return [edition.titles.value(facet, value) for value in values]


def _beside(edition: Edition, asked: Asked, value: str) -> Cell:
    if asked.beside is None:
        return Mark.NOT_PUBLISHED
    return edition.slices.share(asked.beside.key(asked.facet, value))


def _in(where: Where, dimension: str, group: str, asked: Asked, value: str) -> Key:
    return where.but(dimension, group).key(asked.facet, value)


def _measured(edition: Edition, asked: Asked, measure: str) -> bool:
    return any(
        asked.where.key(asked.facet, value, measure) in edition.release.estimates.shares  # type: ignore[arg-type]
        for value in edition.slices.answers(asked.facet)
    )


def _subtitle(edition: Edition, counted: str) -> str:
    return f"{counted}, with {edition.level} intervals"


def _note(
    edition: Edition,
    asked: Asked,
    drawn: tuple[str, Sequence[Key]],
    *,
    line: str = "Hollow diamonds",
    gaps: bool = False,
    left_out: int = 0,
) -> tuple[str, str]:
    """Return how to read a figure, at length for a page and in short for a picture.

    Args:
        edition: The release.
        asked: For which figure.
        drawn: How intervals are drawn, and of which shares.
        line: How the group beside is drawn.
        gaps: Whether months are missing.
        left_out: How many groups are not drawn.
    """
    signs = []
    if asked.beside is not None:
        signs.append(f"{line}: {edition.group_title(asked.beside)}.")
    if gaps:
        signs.append("Cross: a month that is withheld.")
    if left_out:
        signs.append(f"{numbers.counted(left_out, 'group is', 'groups are')} withheld as a whole.")
    short = "What the intervals cover: see the methods."
    caveat = edition.caveat(drawn[1])
    long = f"{drawn[0]}: {caveat}" if caveat else ""
    return " ".join([long, *signs]).strip(), " ".join([*signs, short])
