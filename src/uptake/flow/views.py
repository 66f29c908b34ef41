"""Labels on disk -> a database of views on them, for whoever wants to ask in SQL."""

from collections import defaultdict
from pathlib import Path

from uptake.tally.selection import Part, Parts, Selection


def write_views(path: Path, counted: Parts) -> None:
    """Write the database anew; it holds views only, and no text column is in what they show.

    Args:
        path: Of the database.
        counted: The labels that count: of frozen months nothing that came late is shown.
    """
    import duckdb

    path.unlink(missing_ok=True)
    parts = counted.parts if isinstance(counted, Selection) else tuple(map(Part, counted))
    same: dict[frozenset[int] | None, list[Path]] = defaultdict(list)
    for part in parts:
        same[part.months].append(part.path)
    with duckdb.connect(str(path)) as database:
        if same:
            database.execute(
                "CREATE VIEW labels AS " + " UNION ALL ".join(map(_from, same, same.values()))
            )


def _from(months: frozenset[int] | None, paths: list[Path]) -> str:
    quoted = ", ".join("'" + str(path.resolve()).replace("'", "''") + "'" for path in paths)
    kept = "" if months is None else f" WHERE month IN ({', '.join(map(str, sorted(months)))})"
    return f"FROM read_parquet([{quoted}]){kept}"
