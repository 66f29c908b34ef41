"""What is withheld whatever the logs hold: people under 18, and places that the settings protect.

People under 18 are in no cell. A withheld place is in no sum at all, so that no difference of sums
tells it. A coarsened one is in the sums of people whose place is unknown, together with another
one: the group that it is counted in is decided by the settings before anything is counted, bounded
or drawn, and never by the logs.
"""

from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from uptake.model.dimensions import ALL, DIMENSIONS, TOTAL
from uptake.model.errors import ConfigError
from uptake.model.protected import ProtectedPlaces
from uptake.model.releasedcells import SCHEMA, WITHHELD, ReleasedCells
from uptake.protect.sums import UNSUMMED

FEWEST = 2
"""Places that are coarsened, at least: a group of one is that place under another name."""


def protected_places(
    withheld: Sequence[str], coarsened: Sequence[str], region: Sequence[str]
) -> ProtectedPlaces:
    """Return the protected places of a region.

    Raises:
        ConfigError: A place is named twice or is not of the region, one alone is coarsened, or none
            is left. The message names the setting.

    >>> protected_places(["TKM"], [], ["KAZ", "TKM"]).all
    ('TKM',)
    """
    named: dict[str, str] = {}
    for setting, codes in (("withheld", withheld), ("coarsened", coarsened)):
        key = f"privacy.{setting}_places"
        for code in codes:
            if code not in region:
                raise ConfigError(
                    f"{key} has {code!r}, which region.places does not; there is: "
                    f"{', '.join(region)}"
                )
            if code in named:
                also = "twice" if named[code] == key else f"and so does {named[code]}"
                raise ConfigError(f"{key} names {code} {also}; name each place once")
            named[code] = key
    if 0 < len(coarsened) < FEWEST:
        raise ConfigError(
            f"privacy.coarsened_places has {coarsened[0]} alone; name at least {FEWEST} places, as "
            "a group of one tells that place, or name it in privacy.withheld_places"
        )
    if len(named) == len(region):
        raise ConfigError(
            f"{' and '.join(sorted(set(named.values())))} leave no place of region.places; "
            "leave one out of them"
        )
    return ProtectedPlaces(tuple(sorted(withheld)), tuple(sorted(coarsened)))


def mark_listed(cells: ReleasedCells, protected: ProtectedPlaces) -> ReleasedCells:
    """Return the cells with a withheld one for all that is never told: not zero, not forgotten.

    That is each protected place, and each age band under 18 of the whole and of each other place.
    What is marked is decided by lists and by groups that are there anyway, so that a mark does not
    say that there is anybody.
    """
    nowhere = dict.fromkeys(DIMENSIONS, ALL)
    rows: list[dict[str, str]] = []
    total = pc.equal(cells.table["facet"], pa.scalar(TOTAL))
    for split, place in _groups(cells.table.filter(total)):
        group = {"split": split, **nowhere, "place": place}
        rows += [{**group, "facet": "age_band", "value": band} for band in UNSUMMED]
    for place in protected.all if rows else ():
        rows.append({"split": "", **nowhere, "facet": "place", "value": place})
        rows.append({"split": "place", **nowhere, "place": place, "facet": TOTAL, "value": ALL})
    columns = {name: [row.get(name) for row in rows] for name in SCHEMA.names}
    columns["status"] = [WITHHELD] * len(rows)
    return replace(cells, table=pa.concat_tables([cells.table, pa.table(columns, schema=SCHEMA)]))


def _groups(totals: pa.Table) -> list[tuple[str, str]]:
    """Return split and place of the whole and of each place."""
    pairs = zip(totals["split"].to_pylist(), totals["place"].to_pylist(), strict=True)
    return [(str(split), str(place)) for split, place in pairs if split in ("", "place")]
