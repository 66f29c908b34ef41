"""Labels on disk -> a database of views on them, for whoever wants to ask in SQL."""

from pathlib import Path

from uptake.model.protected import NONE, ProtectedPlaces
from uptake.protect.sums import UNSUMMED


def write_views(path: Path, labels: Path, protected: ProtectedPlaces = NONE) -> None:
    """Write the database anew; it holds views only, and no text column is in what they show.

    Nobody is in them who is in no figure: who is in any message under 18 or in a withheld place.

    Args:
        path: Of the database.
        labels: Folder of the label files.
        protected: Places that no figure includes.
    """
    import duckdb

    path.unlink(missing_ok=True)
    quoted = str(labels.resolve()).replace("'", "''")
    with duckdb.connect(str(path)) as database:
        if any(labels.glob("*/part-*.parquet")):
            read = f"FROM read_parquet('{quoted}/*/part-*.parquet')"
            hidden = [
                f"{column} IN ({', '.join(repr(value) for value in values)})"
                for column, values in (("age_band", UNSUMMED), ("place", protected.withheld))
                if values
            ]
            database.execute(
                f"CREATE VIEW labels AS {read} WHERE user NOT IN "
                f"(SELECT user {read} WHERE {' OR '.join(hidden)})"
            )
