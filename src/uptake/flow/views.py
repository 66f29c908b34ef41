"""Labels on disk -> a database of views on them, for whoever wants to ask in SQL."""

from pathlib import Path


def write_views(path: Path, labels: Path) -> None:
    """Write the database anew; it holds views only, and no text column is in what they show.

    Args:
        path: Of the database.
        labels: Folder of the label files.
    """
    import duckdb

    path.unlink(missing_ok=True)
    quoted = str(labels.resolve()).replace("'", "''")
    with duckdb.connect(str(path)) as database:
        if any(labels.glob("*/part-*.parquet")):
            database.execute(
                f"CREATE VIEW labels AS FROM read_parquet('{quoted}/*/part-*.parquet')"
            )
