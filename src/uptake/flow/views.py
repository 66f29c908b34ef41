"""Labels on disk -> a database of views on them, for whoever wants to ask in SQL."""

from collections import defaultdict
from pathlib import Path

from uptake.model.protected import NONE, ProtectedPlaces
from uptake.protect.sums import UNSUMMED
from uptake.tally.selection import Part, Parts, Selection


def write_views(path: Path, counted: Parts, protected: ProtectedPlaces = NONE) -> None:
    """Write the database anew; it holds views only, and no text column is in what they show.

    Nobody is in them who is in no figure: who is in any message under 18 or in a withheld place.

    Args:
        path: Of the database.
        counted: The labels that count: of frozen months nothing that came late is shown.
        protected: Places that no figure includes.
    """
    import duckdb

    path.unlink(missing_ok=True)
    parts = counted.parts if isinstance(counted, Selection) else tuple(map(Part, counted))
    same: dict[frozenset[int] | None, list[Path]] = defaultdict(list)
    for part in parts:
        same[part.months].append(part.path)
    with duckdb.connect(str(path)) as database:
        if same:
            read = " UNION ALL ".join(map(_from, same, same.values()))
            hidden = [
                f"{column} IN ({', '.join(repr(value) for value in values)})"
                for column, values in (("age_band", UNSUMMED), ("place", protected.withheld))
                if values
            ]
            minors = f"SELECT user FROM counted WHERE {' OR '.join(hidden)}"  # noqa: S608 (ours)
            kept = f"FROM counted WHERE user NOT IN ({minors})"
            database.execute(f"CREATE VIEW labels AS WITH counted AS ({read}) {kept}")


def _from(months: frozenset[int] | None, paths: list[Path]) -> str:
    quoted = ", ".join("'" + str(path.resolve()).replace("'", "''") + "'" for path in paths)
    kept = "" if months is None else f" WHERE month IN ({', '.join(map(str, sorted(months)))})"
    return f"FROM read_parquet([{quoted}]){kept}"
