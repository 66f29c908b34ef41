"""Indicators of the catalogue -> the numbers of an index: the latest figure of each place."""

from collections.abc import Iterable, Sequence

import numpy as np

from uptake import catalog
from uptake.catalog.gazetteer import known_places
from uptake.gather.tables import gather_table
from uptake.index.counts import of_events
from uptake.index.framework import Floats
from uptake.index.problem import Numbers
from uptake.index.spec import IndexInputError, Spec
from uptake.model.evidence import Observation


def read_sources(spec: Spec, name: str) -> Numbers:
    """Take each indicator's latest figure of each place from tables of the catalogue.

    Of two tables with one period the first named counts. Targets and bounds (``> 100``) are no
    figures and are left out.

    Args:
        spec: Names tables and places; codes of indicators are those of the catalogue.
        name: Of the spec, for messages.

    Raises:
        IndexInputError: A place or a table is unknown, or an indicator is in none of the tables.
    """
    table = spec.table
    known = known_places()
    for place in table.places:
        if place not in known:
            raise IndexInputError(
                f"{name}, table.places", f"{place!r} is no known place", "write ISO 3166-1 alpha-3"
            )
    for source in table.sources:
        if source not in (known_tables := catalog.names("sources")):
            raise IndexInputError(
                f"{name}, table.sources",
                f"{source!r} is no table of the catalogue",
                f"there are: {', '.join(known_tables)}",
            )
    observed = [one for source in table.sources for one in gather_table(source)[1]]
    shape = (len(table.places), len(spec.indicators))
    values, denominators, events = np.full(shape, np.nan), np.ones(shape), np.full(shape, np.nan)
    for at, one in enumerate(spec.indicators):
        if one.tabular:
            values[:, at] = _latest(observed, one.code, table.places, name)
        if one.events:
            events[:, at] = _latest(observed, one.events, table.places, name)
        if one.denominator:
            denominators[:, at] = _latest(observed, one.denominator, table.places, name)
    low, high = of_events(values, events, spec.uncertainty.input_level)
    return Numbers(
        file=name,
        places=table.places,
        names=tuple(known[place] for place in table.places),
        groups=np.zeros(len(table.places), dtype=np.intp),
        values=values,
        denominators=denominators,
        low=low,
        high=high,
    )


def _latest(observed: Iterable[Observation], code: str, places: Sequence[str], name: str) -> Floats:
    found: dict[str, Observation] = {}
    known = set()
    for one in observed:
        known.add(one.indicator)
        if one.indicator != code or one.status == "target" or one.comparator not in {"=", "~"}:
            continue
        if one.place not in found or one.period > found[one.place].period:
            found[one.place] = one
    if code not in known:
        raise IndexInputError(
            f"{name}, indicator {code}",
            "is in none of the tables of table.sources",
            f"there are: {', '.join(sorted(known))}",
        )
    return np.array([found[p].value if p in found else np.nan for p in places])
