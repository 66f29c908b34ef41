"""What came into months that an internal release has shown already: counted, and said."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec

from uptake.engine import store
from uptake.model.issue import Issue
from uptake.model.messages import NO_MONTH

CODE = "late-messages"


def messages_by_month(parts: Sequence[Path]) -> dict[str, int]:
    """Return the number of labelled messages of each month, copies and all.

    Args:
        parts: Parquet parts of labels.
    """
    import numpy as np
    import pyarrow.parquet as pq

    counted: Counter[int] = Counter()
    for part in parts:
        months, times = np.unique(
            pq.read_table(part, columns=["month"])["month"].to_numpy(), return_counts=True
        )
        counted.update(dict(zip(months.tolist(), times.tolist(), strict=True)))
    known = sorted(month for month in counted if month != NO_MONTH)
    return {f"{month // 100:04d}-{month % 100:02d}": counted[month] for month in known}


def issues(path: Path, now: dict[str, int]) -> list[Issue]:
    """Return a note for each month that has other messages than when it was first released.

    Two releases of one month tell, by their difference, what came or went in between. Without
    noise nothing hides that, so that it is said.

    Args:
        path: Of what ``remember`` wrote.
        now: Messages by month.
    """
    return [
        Issue(
            "tally",
            month,
            -1,
            CODE,
            f"{now.get(month, 0) - first:+d} messages since the month was first released",
            severity="warning",
        )
        for month, first in _known(path).items()
        if now.get(month, 0) != first
    ]


def remember(path: Path, now: dict[str, int]) -> None:
    """Write down how many messages each month had when it was first released."""
    known = _known(path)
    if now.keys() - known.keys():
        store.write_bytes(path, msgspec.json.encode(now | known))


def _known(path: Path) -> dict[str, int]:
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, int])
    except FileNotFoundError:
        return {}
