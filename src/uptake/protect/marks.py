"""Mark cells as published or withheld; a withheld one keeps its name and no number."""

from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from uptake.model.dimensions import KEYS
from uptake.model.rawcells import RawCells
from uptake.model.releasedcells import NOISE, NOISY, PUBLISHED, SCHEMA, WITHHELD, ReleasedCells


def marked(
    cells: RawCells, withheld: NDArray[np.bool_], *, mode: str, thresholds: tuple[int, int]
) -> ReleasedCells:
    """Return the cells with the given ones withheld.

    Args:
        cells: Exact cells.
        withheld: (rows,) bool.
        mode: Under which they are released.
        thresholds: Fewest people and fewest conversations that the mode promises.
    """
    status = pa.array(np.where(withheld, WITHHELD, PUBLISHED))
    none: pa.Array[Any] = pa.array(np.zeros(len(withheld)), mask=withheld)
    made = {
        "status": status,
        **dict.fromkeys(NOISE, none),
        **dict.fromkeys(NOISY, pa.nulls(len(withheld), pa.float64())),
    }
    columns = [
        made[name] if name in made else _keep(cells.table[name], name, withheld)
        for name in SCHEMA.names
    ]
    return ReleasedCells(
        table=pa.Table.from_arrays(columns, schema=SCHEMA),
        mode=mode,
        min_people=thresholds[0],
        min_conversations=thresholds[1],
        messages_cap=cells.messages_cap,
    )


def _keep(
    column: "pa.ChunkedArray[Any]", name: str, withheld: NDArray[np.bool_]
) -> "pa.Array[Any]":
    if name in KEYS:
        return column.combine_chunks()
    kept: pa.Array[Any] = pa.array(column.to_numpy(), type=column.type, mask=withheld)
    return kept
