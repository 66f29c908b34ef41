import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uptake.model.issue import Issue
from uptake.read.csvrows import Rows

CELLS = st.text(alphabet=st.sampled_from('ab,;"\n \té'), max_size=8)


def rows(data: bytes, size: int = 10, limit: int = 10_000) -> list[object]:
    chunks = [data[at : at + size] for at in range(0, len(data), size)]
    return [item if isinstance(item, Issue) else item[1] for item in Rows(chunks, limit, "a.csv")]


@given(
    st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=6),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["\n", "\r\n"]),
    st.integers(1, 40),
)
def test_rows_are_what_the_standard_library_wrote(
    table: list[tuple[str, str, str]], delimiter: str, ending: str, size: int
) -> None:
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, lineterminator=ending, quoting=csv.QUOTE_ALL)
    writer.writerow(["one", "two", "three"])
    writer.writerows(table)
    expected = [dict(zip(("one", "two", "three"), row, strict=True)) for row in table]
    assert rows(text.getvalue().encode(), size) == expected


def test_the_real_samples_of_odd_csv_are_read_as_their_json_says(shared: Path) -> None:
    import json

    folder = shared / "data/bad_inputs/csv-spectrum"
    names = sorted(path.stem for path in (folder / "csvs").glob("*.csv"))
    assert len(names) == 12
    names.remove("location_coordinates")  # its JSON has another telephone number than its CSV
    for name in names:
        expected = json.loads((folder / "json" / f"{name}.json").read_bytes())
        got = rows((folder / "csvs" / f"{name}.csv").read_bytes())
        listed = expected if isinstance(expected, list) else [expected]
        if name.endswith("_crlf"):  # the samples' JSON has the line end as written or not
            listed = [{k: v.replace("\r\n", "\n") for k, v in row.items()} for row in listed]
            got = [{k: v.replace("\r\n", "\n") for k, v in row.items()} for row in got]  # type: ignore[attr-defined]
        assert got == listed, name


def test_a_quote_within_a_field_opens_nothing() -> None:
    assert rows(b'a,b\n5" pipe,x\n"q",y\n') == [{"a": '5" pipe', "b": "x"}, {"a": "q", "b": "y"}]


def test_a_quote_that_nothing_closes_costs_its_own_row_only() -> None:
    got = rows(b'a,b\n1,"open\n2,x\n3,y\n')
    assert [item.code for item in got if isinstance(item, Issue)] == ["unclosed-quote"]
    assert [item["a"] for item in got if isinstance(item, dict)] == ["2", "3"]


def test_a_quote_that_stays_open_too_long_is_given_up() -> None:
    data = b'a,b\n1,"open\n' + b"2,x\n" * 100
    got = rows(data, limit=50)
    assert [item.code for item in got if isinstance(item, Issue)] == ["unclosed-quote"]
    assert len(got) == 101


@pytest.mark.parametrize(
    ("row", "code"),
    [(b"1", "wrong-columns"), (b"1,2,3", "wrong-columns"), (b"\xff,2", "invalid-utf8")],
)
def test_a_bad_row_is_an_issue_with_its_line(row: bytes, code: str) -> None:
    got = rows(b"a,b\n1,2\n" + row + b"\n3,4\n")
    assert [type(item) for item in got] == [dict, Issue, dict]
    issue = got[1]
    assert isinstance(issue, Issue)
    assert (issue.code, issue.offset, issue.length) == (code, 3, len(row))


def test_a_cell_may_be_longer_than_the_standard_librarys_default() -> None:
    (row,) = rows(b"a,b\n" + b"x" * 200_000 + b",y\n", size=9999, limit=1_000_000)
    assert isinstance(row, dict)
    assert len(row["a"]) == 200_000
