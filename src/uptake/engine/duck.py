"""The embedded engine: a DuckDB connection with bounds, whose errors carry their SQL."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from uptake.model.errors import UptakeError

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa


class EngineError(UptakeError):
    """A query failed; the message holds the query, never a row."""


class Duck:
    """One private in-memory database; tables of a caller are seen by it alone."""

    def __init__(self, connection: "duckdb.DuckDBPyConnection") -> None:
        """Wrap an open connection."""
        self._connection = connection

    def run(self, sql: str, **tables: "pa.Table") -> None:
        """Run a statement; ``tables`` are Arrow tables that it names."""
        self._execute(sql, tables)

    def table(self, sql: str, **tables: "pa.Table") -> "pa.Table":
        """Return the answer of a query as an Arrow table."""
        return self._execute(sql, tables).to_arrow_table()

    def row(self, sql: str, **tables: "pa.Table") -> tuple[object, ...]:
        """Return the first row of the answer."""
        found = self._execute(sql, tables).fetchone()
        if found is None:
            raise EngineError(f"no row from: {sql}")
        return tuple(found)

    def _execute(self, sql: str, tables: dict[str, "pa.Table"]) -> "duckdb.DuckDBPyConnection":
        import duckdb

        for name, table in tables.items():
            self._connection.register(name, table)
        try:
            return self._connection.execute(sql)
        except duckdb.Error as error:
            # DuckDB quotes values in conversion errors, so only its class is passed on.
            raise EngineError(f"{type(error).__name__} in: {sql}") from None


@contextmanager
def duck(*, threads: int = 2, memory: str = "1GB", spill: str | None = None) -> Iterator[Duck]:
    """Open a database for the length of a block.

    Args:
        threads: Worker threads.
        memory: Most memory that DuckDB may hold before it spills.
        spill: Folder for what does not fit; None: no spilling.
    """
    import duckdb

    settings: dict[str, str | bool | int | float | list[str]] = {
        "threads": threads,
        "memory_limit": memory,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "temp_directory": spill or "",
    }
    connection = duckdb.connect(":memory:", config=settings)
    try:
        yield Duck(connection)
    finally:
        connection.close()
