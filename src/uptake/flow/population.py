"""Which population figures usage per head is measured by, and shares are weighted to."""

from collections.abc import Iterable, Mapping, Sequence

from uptake import catalog, gather
from uptake.catalog import strata
from uptake.estimate import Population
from uptake.model.errors import UnknownNameError
from uptake.model.evidence import Observation

INDICATOR = "working_age_population"


def working_age(observations: Iterable[Observation], places: Sequence[str]) -> Population | None:
    """Choose one source and one year: that with most of these places, the latest of such.

    Revisions of one producer differ by percents, so that figures of two are never mixed.

    Returns:
        The places in the given order; None if no source has any.
    """
    found: dict[tuple[str, str], dict[str, int]] = {}
    for seen in observations:
        if seen.indicator == INDICATOR and seen.place in places and seen.comparator == "=":
            found.setdefault((seen.period, seen.source), {})[seen.place] = round(seen.value)
    if not found:
        return None
    (period, source), people = max(found.items(), key=lambda item: (len(item[1]), item[0]))
    kept = {place: people[place] for place in places if place in people}
    return Population(kept, period, source)


def of_catalogue(places: Sequence[str]) -> Population | None:
    """Choose among the tables of the catalogue."""
    observations = [
        row
        for name in catalog.names("sources")
        if "population" in name
        for row in gather.gather_table(name)[1]
    ]
    return working_age(observations, places)


def by_strata(places: Iterable[str]) -> Mapping[str, strata.Population]:
    """Return the latest population by age band and gender of each place that the table has."""
    found = {}
    for place in places:
        try:
            found[place] = strata.population(place)
        except (UnknownNameError, strata.PopulationError):
            continue  # its weighted shares are refused, with the reason
    return found
