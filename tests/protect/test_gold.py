"""The door for labelled samples."""

import pyarrow as pa
import pytest

from uptake.model.dimensions import KEYS
from uptake.model.goldcells import SCHEMA, ReleasedGoldCells
from uptake.model.rawgoldcells import RawGoldCells
from uptake.protect import Thresholds
from uptake.protect.gold import release


def cells(*sizes: tuple[int, int, int]) -> RawGoldCells:
    rows = [
        {
            **dict.fromkeys(KEYS, "all"),
            "value": str(number),
            "messages": messages,
            "people": people,
            "conversations": conversations,
            "y": 7.0,
        }
        for number, (messages, people, conversations) in enumerate(sizes)
    ]
    return RawGoldCells(pa.Table.from_pylist(rows, schema=SCHEMA))


def kept(raw: RawGoldCells, thresholds: Thresholds, mode: str = "internal") -> list[str]:
    found = release(raw, thresholds, mode=mode, rows=100, set_aside={"gold-row-twice": 1})
    assert (found.rows, found.set_aside, found.mode) == (100, {"gold-row-twice": 1}, mode)
    return [str(value) for value in found.table["value"].to_pylist()]


def test_a_group_needs_messages_people_and_conversations() -> None:
    raw = cells((50, 10, 20), (49, 10, 20), (50, 9, 20), (50, 10, 19), (5_000, 4_000, 4_500))
    assert kept(raw, Thresholds()) == ["0", "4"]


def test_raised_thresholds_are_those_of_the_logs() -> None:
    raw = cells((60, 20, 30), (60, 14, 30), (60, 20, 24))
    assert kept(raw, Thresholds(15, 25)) == ["0"]


def test_ones_own_sample_needs_enough_messages_only() -> None:
    assert kept(cells((50, 1, 1), (49, 1, 1)), Thresholds(), "own") == ["0"]


def test_cells_of_other_columns_are_no_cells() -> None:
    table = cells((50, 10, 20)).table.drop_columns(["y"])
    with pytest.raises(TypeError):
        RawGoldCells(table)
    with pytest.raises(TypeError):
        ReleasedGoldCells(table, "internal", 50, 10, 20, 0)
