"""What labels hold of a month is told by counts and fingerprints that nothing else decides."""

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.flow.test_freeze import MONTHS, sent
from tests.tally.test_tally import table

from uptake.flow.logs import write_parts
from uptake.flow.monthly import FILE, Month, months_of


def test_what_a_month_holds_does_not_depend_on_order_or_cut(tmp_path: Path) -> None:
    rows = [sent(n % 7, n, MONTHS[n % 3]) for n in range(60)]
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
    write_parts([table(rows)], one)
    pq.write_table(table(rows[::-1][:13]), other / "part-00000.parquet")
    pq.write_table(table(rows[::-1][13:]), other / "part-00001.parquet")
    assert months_of(one) == months_of(other)
    assert {month: held.rows for month, held in months_of(one).items()} == {
        0: 20, 202501: 20, 202502: 20
    }  # fmt: skip
    (one / FILE).write_bytes(b"{")
    assert months_of(one) == months_of(other)


@given(
    name=st.sampled_from([n for n in table([sent(1, 1, 202501)]).column_names if n != "month"]),
)
@settings(max_examples=30)
def test_any_other_value_is_another_fingerprint(
    tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    folder = tmp_path_factory.mktemp("labels")
    known = table([sent(1, 1, 202501), sent(2, 2, 202501)])
    column = known[name].to_pylist()
    column[1] = _other(column[1])
    changed = known.set_column(
        known.column_names.index(name), known.schema.field(name), pa.array(column, known[name].type)
    )
    found: list[Month] = []
    for number, rows in enumerate((known, changed)):
        (folder / str(number)).mkdir()
        pq.write_table(rows, folder / str(number) / "part-00000.parquet")
        found.append(months_of(folder / str(number))[202501])
    assert found[0].whole != found[1].whole
    assert (found[0].ids == found[1].ids) == (name != "message")


def _other(value: Any) -> Any:
    if isinstance(value, bytes):
        return bytes([value[0] ^ 1, *value[1:]])
    if isinstance(value, list):
        return [value[0] ^ 1, *value[1:]]
    if isinstance(value, bool):
        return not value
    return value ^ 1 if isinstance(value, int) else f"{value}x"
