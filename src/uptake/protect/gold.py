"""The door for a labelled sample: sums over too few messages or people do not exist behind it."""

import numpy as np
import pyarrow as pa

from uptake.model.goldcells import ReleasedGoldCells
from uptake.model.rawgoldcells import RawGoldCells
from uptake.protect.thresholds import Thresholds

MESSAGES = 50
"""Fewest labelled messages of a group: on fewer, a correction adds more error than it takes."""


def release(
    cells: RawGoldCells,
    thresholds: Thresholds,
    *,
    mode: str,
    rows: int,
    set_aside: dict[str, int],
) -> ReleasedGoldCells:
    """Let a cell through if enough labelled messages, people and conversations are in its group.

    The sums are never published themselves; they enter corrected shares, of which they are at
    least as many people as the thresholds ask. In mode ``own`` all messages are one person's, and
    only the number of messages counts.
    """
    people, conversations = (
        (1, 1) if mode == "own" else (thresholds.people, thresholds.conversations)
    )
    table = cells.table
    enough = (
        (table["messages"].to_numpy() >= MESSAGES)
        & (table["people"].to_numpy() >= people)
        & (table["conversations"].to_numpy() >= conversations)
    )
    return ReleasedGoldCells(
        table=table.filter(pa.array(np.asarray(enough))),
        mode=mode,
        min_messages=MESSAGES,
        min_people=people,
        min_conversations=conversations,
        rows=rows,
        set_aside=set_aside,
    )
