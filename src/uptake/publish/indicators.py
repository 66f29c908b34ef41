"""Indicators side by side: what is the latest value of each place, by which source, of when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from uptake.model.evidence import Indicator, Observation, Source
from uptake.model.release import Evidence
from uptake.publish import numbers
from uptake.publish.columns import Column, Row
from uptake.publish.grid import Grid, Printed, marked
from uptake.publish.slices import Mark
from uptake.publish.tables import OBSERVATION_COLUMNS
from uptake.publish.titles import Titles

WORLD = "WLD"


@dataclass(frozen=True)
class Series:
    """All values of one indicator by one source.

    Attributes:
        indicator: What is measured.
        source: By whom; None if the release does not hold it.
        observations: In the order of the release.
    """

    indicator: Indicator
    source: Source | None
    observations: tuple[Observation, ...]

    @cached_property
    def latest(self) -> dict[str, Observation]:
        """Return the latest value of each place; a target is no value."""
        out: dict[str, Observation] = {}
        for seen in self.observations:
            if seen.status == "target":
                continue
            if seen.place not in out or seen.period > out[seen.place].period:
                out[seen.place] = seen
        return out

    @cached_property
    def periods(self) -> tuple[str, ...]:
        """Return the periods, in order."""
        return tuple(sorted({seen.period for seen in self.observations}))

    @cached_property
    def period(self) -> str:
        """Return the period of most of the latest values."""
        held = [seen.period for seen in self.latest.values()]
        return max(sorted(set(held)), key=held.count) if held else ""


def series(evidence: Evidence) -> list[Series]:
    """Return the series of a release, an indicator's sources side by side."""
    sources = {source.id: source for source in evidence.sources}
    met: dict[tuple[str, str], list[Observation]] = {}
    for seen in evidence.observations:
        met.setdefault((seen.indicator, seen.source), []).append(seen)
    out = []
    for indicator in evidence.indicators:
        out += [
            Series(indicator, sources.get(source), tuple(held))
            for (name, source), held in met.items()
            if name == indicator.id
        ]
    return out


def title_of(one: Series) -> str:
    """Return an indicator's title with its unit, where the figures don't carry it."""
    unit = numbers.unit_note(one.indicator.unit)
    return f"{one.indicator.title} ({unit})" if unit else one.indicator.title


def by_whom(one: Series, all_series: Sequence[Series]) -> str:
    """Return the producer of a series, and what tells it from another one of the same producer."""
    if one.source is None:
        return "source not stated"
    producer = one.source.producer
    same = [
        other
        for other in all_series
        if other.indicator.id == one.indicator.id
        and other.source is not None
        and other.source.producer == producer
    ]
    if len(same) == 1:
        return producer
    for of in (_published, _title, _period):
        if len({of(other) for other in same}) == len(same):
            return f"{producer} ({of(one)})"
    return f"{producer} ({one.source.id})"


def _published(one: Series) -> str:
    return (one.source.published if one.source else None) or ""


def _title(one: Series) -> str:
    return one.source.title if one.source else ""


def _period(one: Series) -> str:
    return one.period


def printed(one: Series, place: str) -> Printed:
    """Print a place's latest value; its period is said where it is not that of the row."""
    seen = one.latest.get(place)
    if seen is None:
        return marked(Mark.NOT_PUBLISHED)
    notes = [] if seen.period == one.period else [seen.period]
    if seen.status == "imputed":
        notes.append("imputed")
    return Printed(numbers.observed(seen), note=", ".join(notes))


def side_by_side(found: Sequence[Series], places: Sequence[str], titles: Titles) -> Grid:
    """Lay all series out: a row each, a column for each place."""
    rows = []
    for one in found:
        label = f"{title_of(one)}, {one.period}\n{by_whom(one, found)}"
        rows.append((label, tuple(printed(one, place) for place in places)))
    head = ("Indicator, period and producer", *(titles.place(place) for place in places))
    return Grid("Latest value of each indicator, by place", head, tuple(rows))


def by_period(one: Series, places: Sequence[str], titles: Titles) -> Grid:
    """Lay one series out: a row for each place, a column for each period, notes behind them."""
    seen: dict[tuple[str, str], list[Observation]] = {}
    for observation in one.observations:
        seen.setdefault((observation.place, observation.period), []).append(observation)
    noted = any(observation.note for observation in one.observations)
    rows = []
    for place in places:
        cells = [_all_of(seen.get((place, period), [])) for period in one.periods]
        if noted:
            cells.append(_notes(one, place))
        rows.append((titles.place(place), tuple(cells)))
    head = ("Place", *one.periods, *(("Note",) if noted else ()))
    return Grid(f"{title_of(one)}, by place and period", head, tuple(rows))


def _all_of(found: Sequence[Observation]) -> Printed:
    if not found:
        return marked(Mark.NOT_PUBLISHED)
    notes = dict.fromkeys(seen.status for seen in found if seen.status != "actual")
    return Printed("; ".join(map(numbers.observed, found)), note=", ".join(notes))


def _notes(one: Series, place: str) -> Printed:
    """Return what a reader must know of a place's values, each note once."""
    held = [(o.period, o.note) for o in one.observations if o.place == place and o.note]
    said = dict.fromkeys(note for _, note in held)
    if len(said) == 1 or len(one.periods) == 1:
        return Printed("", note=" ".join(said))
    return Printed("", note=" ".join(f"{period}: {note}" for period, note in held))


def csv_of(one: Series) -> tuple[tuple[Column, ...], tuple[Row, ...]]:
    """Return the columns and rows of one series for its CSV."""
    names = [column.name for column in OBSERVATION_COLUMNS]
    rows = tuple(tuple(getattr(seen, name) for name in names) for seen in one.observations)
    return OBSERVATION_COLUMNS, rows


def source_line(one: Series) -> str:
    """Return the source of a series in a line."""
    source = one.source
    if source is None:
        return "Source: not stated."
    when = f", {source.published}" if source.published else ""
    return f"Source: {source.producer}, {source.title}{when}. Licence: {source.licence}."


def ranked_places(one: Series, places: Sequence[str]) -> Iterator[Observation]:
    """Yield the latest values of places, in their order."""
    yield from (one.latest[place] for place in places if place in one.latest)
