"""Targets of places and how far they are from them: the tables and figures of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from uptake.model.distance import Distance, Seen
from uptake.publish.charts import targets
from uptake.publish.charts.targets import Spot, Track
from uptake.publish.edition import Edition
from uptake.publish.evidence import wording
from uptake.publish.evidence.distance_rows import COLUMNS, row
from uptake.publish.evidence.figures import source_line
from uptake.publish.evidence.quotes import Quoted, all_quoted, quoted
from uptake.publish.figure import Drawing, Figure
from uptake.publish.grid import Grid, Printed

MOST_DRAWN = 12
"""Panels of a figure; the table holds all targets."""

_NOTHING = "–"

ELSEWHERE = ""
"""Stands for targets of no place of the region, or of several at once."""


@dataclass(frozen=True, slots=True)
class Place:
    """The targets of one place.

    Attributes:
        id: For its anchor.
        name: As shown.
        path: Of its profile; empty for none.
        said: How many there are, and what is known of them.
        figure: Those of which a value and a time are known; None without any.
        grid: All of them.
        links: From the headings of its rows to the words of their targets.
        quotes: Of targets and values.
    """

    id: str
    name: str
    said: str
    figure: Figure | None
    grid: Grid
    links: dict[str, str]
    quotes: tuple[Quoted, ...]


def by_place(edition: Edition) -> dict[str, list[Distance]]:
    """Return the targets of each place of the region that has some, then those of others."""
    own = [place.iso3 for place in edition.release.places]
    found: dict[str, list[Distance]] = {place: [] for place in (*own, ELSEWHERE)}
    for one in edition.release.knowledge.distances:
        if one.target in edition.archive.claims:
            found[one.place if one.place in own else ELSEWHERE].append(one)
    return {place: sorted(held, key=_order) for place, held in found.items() if held}


def _order(one: Distance) -> tuple[bool, str, str]:
    """Sort what can be judged first, by its day."""
    return one.actual is None, one.due_day or "9999", one.target


def shown(edition: Edition, place: str, held: Sequence[Distance], id: str) -> Place:
    """Make the part of a page on one place's targets."""
    name = edition.titles.place(place) if place else "Several places, or none of the region"
    labels = _labels(edition, held)
    grid = Grid(
        f"Targets of {name} and how far it is from them" if place else name,
        ("Target", "Verdict", "By when", "Latest value", "Left", "Needed a year", "So far a year"),
        tuple((labels[one.target], _cells(edition, one)) for one in held),
    )
    grid = _without_empty(grid)
    known = sum(one.actual is not None for one in held)
    total = "1 target is told" if len(held) == 1 else f"{len(held)} targets are told"
    said = f"{total}, and of {'it' if len(held) == 1 else known} a value of the same thing is known"
    if not known:
        said = f"{total}; no value of the same thing is known"
    ids = dict.fromkeys(
        id for one in held for id in (one.target, one.actual.claim if one.actual else "") if id
    )
    quotes = all_quoted(edition.archive, edition.archive.given(ids))
    links = {labels[one.target]: _quoted(edition, one).path for one in held}
    return Place(
        id,
        name,
        f"{said}.",
        _figure(edition, name, held, f"{id}-targets"),
        grid,
        {label: path for label, path in links.items() if path},
        tuple(quotes),
    )


def _without_empty(grid: Grid) -> Grid:
    """Leave out the columns in which no target has anything."""
    used = [
        at
        for at in range(len(grid.head) - 1)
        if any(cells[at].text != _NOTHING for _, cells in grid.rows)
    ]
    rows = tuple((label, tuple(cells[at] for at in used)) for label, cells in grid.rows)
    return Grid(grid.caption, (grid.head[0], *(grid.head[at + 1] for at in used)), rows)


def _quoted(edition: Edition, one: Distance) -> Quoted:
    return quoted(edition.archive, edition.archive.claims[one.target])


def _labels(edition: Edition, held: Sequence[Distance]) -> dict[str, str]:
    """Return a heading for each target; two that sound alike are numbered."""
    met: dict[str, int] = {}
    out = {}
    for one in held:
        label = title_of(edition, one)
        met[label] = met.get(label, 0) + 1
        out[one.target] = label if met[label] == 1 else f"{label} ({met[label]})"
    return out


def title_of(edition: Edition, one: Distance) -> str:
    """Return what a target is of and what it is, with the parts of the country that it names."""
    subject = _quoted(edition, one).subject or "Figure without a name"
    where = f", {', '.join(one.parts)}" if one.parts else ""
    return f"{subject}{where}: {one.goal}"


def _cells(edition: Edition, one: Distance) -> tuple[Printed, ...]:
    verdict = wording.words()["distances"][one.verdict]
    why = one.sentence.rpartition(": ")[2] if one.actual else one.sentence
    if one.verdict in ("met", "not_met", "reached", "on_pace", "behind", "no_actual"):
        why = one.rate
    return (
        Printed(str(verdict), note=why),
        Printed(one.due or "not stated"),
        Printed(one.actual.text, note=_from(edition, one.actual)) if one.actual else _none(),
        Printed(one.left or ("nothing" if one.verdict in ("met", "reached") else _NOTHING)),
        Printed(one.needed or _NOTHING),
        Printed(one.pace or _NOTHING, note=f"since {_said(one.before)}" if one.before else ""),
    )


def _none() -> Printed:
    return Printed("none known")


def _said(seen: Seen) -> str:
    return f"{seen.text} ({seen.period or 'no time stated'})"


def _from(edition: Edition, seen: Seen) -> str:
    """Say when a value is of, and who states it."""
    when = seen.period or "no time stated"
    if seen.claim:
        claim = edition.archive.claims.get(seen.claim)
        return f"{when}; {quoted(edition.archive, claim).title if claim else 'a document'}"
    source = next((s for s in edition.release.evidence.sources if s.id == seen.source), None)
    return f"{when}; {source.producer if source else seen.source}"


def _figure(edition: Edition, name: str, held: Sequence[Distance], id: str) -> Figure | None:
    tracks = [(one, track) for one in held if (track := _track(edition, one))]
    if not tracks:
        return None
    note = (
        "Hollow diamond: the target, at the last day of its time. Filled point: the latest value, "
    )
    note += (
        "with its bounds; an arrow where only one bound is stated. Solid line: the way since an "
    )
    note += "earlier value. Dashed line: a straight way to a target that is still ahead."
    note += " Money is drawn in the target's currency, at the rates that the table names."
    left = len(tracks) - MOST_DRAWN
    if left > 0:
        note += f" {left} more stand in the table alone."
    return Figure(
        id,
        f"Targets of {name}",
        "Latest value and target, each panel on a scale of its own",
        tuple(Drawing(targets.draw(track), one.sentence) for one, track in tracks[:MOST_DRAWN]),
        Grid(
            f"What the figure shows of {name}",
            ("Target", "Latest value", "In words"),
            tuple(
                (
                    track.title,
                    (
                        Printed(_said(one.actual) if one.actual else ""),
                        Printed("", note=one.sentence),
                    ),
                )
                for one, track in tracks
            ),
        ),
        source_line(edition),
        note,
        note,
        COLUMNS,
        tuple(row(one) for one, _ in tracks),
        2,
        usage=False,
    )


def _track(edition: Edition, one: Distance) -> Track | None:
    actual = _spot(one.actual)
    if actual is None or not one.due_day:
        return None
    due = date.fromisoformat(one.due_day)
    goal = Spot(due, one.goal_low, one.goal_high, one.goal)
    ahead = bool(one.needed)
    return Track(title_of(edition, one), goal, actual, _spot(one.before), ahead, one.unit == "rank")


def _spot(seen: Seen | None) -> Spot | None:
    if seen is None or not seen.day or (seen.low is None and seen.high is None):
        return None
    return Spot(date.fromisoformat(seen.day), seen.low, seen.high, seen.text)
