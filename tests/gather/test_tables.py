"""A table of any layout is understood exactly, or refused with the file, row, column and mend."""

import csv
import math
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uptake import gather
from uptake.gather.figures import CellError, number, period
from uptake.gather.table_spec import Layout
from uptake.model.errors import Exit, UnknownNameError
from uptake.model.evidence import Observation, Source

ORIGIN = """
[origin]
producer = "A bureau"
title = "Centres of data"
url = "https://example.org/table"
licence = "CC BY 4.0"
[[indicators]]
id = "centres"
title = "Centres of data"
description = "Counted by the bureau."
unit = "count"
"""
LONG = '[table]\nindicator = "centres"\nunit = "count"\n'
Table = Callable[..., tuple[Source, dict[tuple[str, str], Observation]]]
Refused = Callable[..., str]


def write(folder: Path, rows: str | bytes, settings: str, name: str = "own") -> Path:
    data = rows if isinstance(rows, bytes) else rows.encode()
    (folder / f"{name}.csv").write_bytes(data)
    (folder / f"{name}.toml").write_text(ORIGIN + settings, encoding="utf-8")
    return folder / f"{name}.toml"


@pytest.fixture
def table(tmp_path: Path) -> Table:
    """Give a function from a table's text and settings to its observations."""

    def run(
        rows: str | bytes, settings: str = LONG
    ) -> tuple[Source, dict[tuple[str, str], Observation]]:
        source, found = gather.gather_table(write(tmp_path, rows, settings))
        return source, {(o.place, o.period): o for o in found}

    return run


@pytest.fixture
def refused(tmp_path: Path) -> Refused:
    """Give a function from a bad table to the message that refuses it."""

    def run(rows: str | bytes, settings: str = LONG) -> str:
        with pytest.raises(gather.TableError) as caught:
            gather.gather_table(write(tmp_path, rows, settings))
        assert caught.value.exit is Exit.REFUSED
        message = str(caught.value)
        assert message.count(";") >= 1, "a message says where, what and how to mend it"
        return message

    return run


def values(found: dict[tuple[str, str], Observation]) -> dict[tuple[str, str], float]:
    return {key: o.value for key, o in found.items()}


def test_a_long_table_in_our_own_columns_is_read_as_it_stands(table: Table) -> None:
    source, found = table(
        "indicator,place,period,value,unit,original_value,status,comparator,note\n"
        "centres,KAZ,2024,1200,count,1.2 thousand,target,~,planned\n",
        "",
    )
    [observation] = found.values()
    assert observation == Observation(
        indicator="centres", place="KAZ", period="2024", value=1200.0, unit="count", source="own",
        original_value="1.2 thousand", comparator="~", status="target", note="planned",
    )  # fmt: skip
    assert (source.id, source.producer, source.licence) == ("own", "A bureau", "CC BY 4.0")
    assert source.citation == "A bureau: Centres of data"
    assert len(source.sha256) == 64


def test_a_wide_table_of_years_is_read_with_preamble_and_odd_headings(table: Table) -> None:
    settings = (
        '[table]\nindicator = "centres"\nunit = "count"\nlayout = "wide"\nheading_row = 4\n'
        "periods = '(\\d{4}) \\[YR\\d{4}\\]'\nunknown_places = \"skip\"\n"
        '[columns]\nplace = "Country Name"\n'
    )
    rows = (
        '"Data Source","A bureau"\r\n\r\n"Last Updated","2026"\r\n'
        '"Country Name","Country Code","2023 [YR2023]","2024 [YR2024]"\r\n'
        "Kazakhstan,KAZ,1,2\r\nTürkiye,TUR,..,3\r\nArab World,ARB,4,5\r\nNA,NAM,6,\r\n"
    )
    _, found = table(rows.encode("utf-8-sig"), settings)
    assert values(found) == {
        ("KAZ", "2023"): 1, ("KAZ", "2024"): 2, ("TUR", "2024"): 3, ("NAM", "2023"): 6,
    }  # fmt: skip


def test_text_is_read_as_text(table: Table) -> None:
    """NA is Namibia, and neither 2024 nor 007 is a number where it is a word."""
    _, found = table("place,period,value,note\nNA,2024,5,007\nRussia,2024,1e3,nan\n")
    assert values(found) == {("NAM", "2024"): 5, ("RUS", "2024"): 1000}
    assert [o.note for o in found.values()] == ["007", "nan"]


@pytest.mark.parametrize(
    "place", ["KAZ", "kz", "Kazakhstan", "Қазақстан", "Казахстан", "Qozog‘iston", " KAZ "]
)
def test_places_are_codes_or_names_in_any_language(table: Table, place: str) -> None:
    assert ("KAZ", "2024") in table(f"place,period,value\n{place},2024,5\n")[1]


@pytest.mark.parametrize(
    ("cell", "settings", "value"),
    [
        ("1 234,5", 'decimal = ","', 1234.5),
        ("1\u202f234,5", 'decimal = ","', 1234.5),
        ("1\u00a0234\u00a0567", "", 1234567),
        ("1\u2009234.5", "", 1234.5),
        ("1.234.567,5", 'decimal = ","\nthousands = "."', 1234567.5),
        ("1,234,567.5", 'thousands = ","', 1234567.5),
        ("\u22125", "", -5),
        ("> 400", "", 400),
        ("-", 'missing = ["", "-"]', None),
    ],
)
def test_numbers_are_read_as_people_print_them(
    table: Table, cell: str, settings: str, value: float | None
) -> None:
    text = f'place;period;value\nKAZ;2024;"{cell}"\n'
    _, found = table(text, LONG + f'delimiter = ";"\n{settings}\n')
    assert values(found) == ({} if value is None else {("KAZ", "2024"): value})
    if cell.startswith(">"):
        assert found["KAZ", "2024"].comparator == ">"
        assert found["KAZ", "2024"].original_value == "> 400"


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("12,5", "decimal"), ("1,234", "thousands"), ("nan", "not finite"), ("inf", "not finite"),
        ("-Infinity", "not finite"), ("1e999", "too large"), ("n/a", "table.missing"),
        ("12 34", "no number"), ("1_000", "no number"), ("0x1F", "no number"),
        ("１２", "no number"),
        ("12%", "no number"), ("=1+1", "no number"), ("1.2.3", "no number"),
    ],
)  # fmt: skip
def test_a_cell_that_could_mean_two_things_or_nothing_is_refused_by_name(
    refused: Refused, cell: str, words: str
) -> None:
    message = refused(f'place,period,value\nUZB,2024,1\nKAZ,2024,"{cell}"\n')
    assert "own.csv, row 3, column 'value'" in message
    assert words in message


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (
            "place,period,value\nAtlantis,2024,1\n",
            "column 'place': 'Atlantis' is no known place",
        ),
        ("place,period,value\nKAZ,24,1\n", "row 2, column 'period': '24' is no period"),
        ("place,period,value\nKAZ,2024.0,1\n", "is no period"),
        ("place,period,value\nKAZ,2024-13,1\n", "is no period"),
        ("place,period,value,status\nKAZ,2024,1,guess\n", "column 'status': 'guess' is not known"),
        ("place,period,value,comparator\nKAZ,2024,1,≥\n", "column 'comparator'"),
        ("place,period,value\nKAZ,2024\n", "row 2: has 2 cells where the heading has 3"),
        ("place,period,value\nKAZ,2024,1\nKAZ,2024,2\n", "states centres KAZ 2024 actual again"),
        ("place,period,value\nKAZ,2024,1\nKazakhstan,2024,1\n", "row 3"),
        ("place,period\nKAZ,2024\n", "no column 'value'; there is: place, period"),
        ("place,period,value,value\nKAZ,2024,1,1\n", "stands twice"),
        ("place;period;value\nKAZ;2024;1\n", "no column 'place'"),
        ('place,period,value\nKAZ,2024,"1\n', "row"),
        ("", "is empty"),
        ("place,period,value\nЁ,2024,1\n".encode("cp1251"), "row 2: is not utf-8"),
    ],
)
def test_a_bad_table_is_refused_with_its_place(
    refused: Refused, rows: str | bytes, words: str
) -> None:
    assert words in refused(rows)


@pytest.mark.parametrize(
    ("expect", "words"),
    [
        ("rows = 3", "has 2 observations where 3 are expected"),
        ("rows = [5, 9]", "where 5 to 9 are expected"),
        ('places = ["KAZ", "UZB", "TKM"]', "has no observation for TKM"),
        ("range = [0, 150]", "row 3, column 'value': 200 lies outside 0 to 150"),
        ('statuses = ["target"]', "row 2, column 'value': status actual is not expected"),
        ('periods = ["2025"]', "period 2024 is not expected"),
    ],
)
def test_a_missed_expectation_refuses_the_table(refused: Refused, expect: str, words: str) -> None:
    rows = "place,period,value\nKAZ,2024,100\nUZB,2024,200\n"
    assert words in refused(rows, f"{LONG}[expect.centres]\n{expect}\n")


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ("[table]\nlayuot = 'wide'\n", "layuot"),
        ("[table]\nlayout = 'square'\n", "square"),
        ("[table]\nfile = '../other.csv'\n", "name a file beside this one"),
        ("[table]\nfile = 'gone.csv'\n", "No such file"),
        ("[table]\ndelimiter = ''\n", "delimiter"),
        ("[table]\nheading_row = 0\n", "heading_row"),
        ("[table]\nencoding = 'klingon'\n", "klingon"),
        ("[table]\nlayout = 'wide'\nperiods = '('\n", "regular expression"),
        (
            "[table]\nlayout = 'wide'\nindicator = 'centres'\nunit = 'count'\n",
            "no column is a period",
        ),
        (
            "[table]\nindicator = 'centres'\nunit = 'percent'\n",
            "unit 'percent' is not that of centres",
        ),
        ("[table", "is no TOML"),
    ],
)
def test_a_bad_description_is_refused(refused: Refused, settings: str, words: str) -> None:
    assert words in refused("place,period,value\nKAZ,2024,1\n", settings)


def test_an_unknown_name_lists_what_there_is() -> None:
    with pytest.raises(UnknownNameError, match="microsoft_ai_diffusion"):
        gather.gather_table("microsft")


def test_an_own_table_may_not_pass_for_one_of_the_catalogue(tmp_path: Path) -> None:
    path = write(tmp_path, "place,period,value\nKAZ,2024,1\n", LONG, "undp_hdi_2022")
    with pytest.raises(gather.TableError, match="source of the catalogue"):
        gather.gather_table(path)


def test_two_sources_of_one_cell_stand_side_by_side(tmp_path: Path) -> None:
    paths = [
        write(tmp_path, f"place,period,value\nKAZ,2024,{n}\n", LONG, f"own{n}") for n in (1, 2)
    ]
    found = [o for path in paths for o in gather.gather_table(path)[1]]
    assert [(o.value, o.source) for o in found] == [(1.0, "own1"), (2.0, "own2")]


def test_an_own_table_describes_its_own_indicators(tmp_path: Path) -> None:
    path = write(tmp_path, "place,period,value\nKAZ,2024,1\n", LONG)
    own = [i for i in gather.indicators([path]) if i.id == "centres"]
    assert [(i.title, i.unit) for i in own] == [("Centres of data", "count")]
    assert "centres" not in {i.id for i in gather.indicators()}


def test_every_kind_of_line_end_and_mark_gives_the_same_figures(table: Table) -> None:
    text = "place,period,value\nKAZ,2024,1\nUZB,2024,2\n"
    expected = values(table(text)[1])
    for data in (
        text.replace("\n", "\r\n").encode(), text.replace("\n", "\r").encode(),
        text.encode("utf-8-sig"), text.encode("utf-16"), text.rstrip().encode(),
        text.replace("\n", "\n\n").encode(),
    ):  # fmt: skip
        assert values(table(data)[1]) == expected


def test_a_hundred_thousand_rows_are_read_in_seconds(tmp_path: Path) -> None:
    with (tmp_path / "own.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["place", "period", "value"])
        for n in range(100_000):
            day = f"{1900 + n // 360}-{n // 30 % 12 + 1:02d}-{n % 28 + 1:02d}"
            writer.writerow([("KAZ", "Uzbekistan", "TJ")[n % 3], day, n])
    settings = f"{LONG}[expect.centres]\nrows = [1, 100000]\n"
    (tmp_path / "own.toml").write_text(ORIGIN + settings, encoding="utf-8")
    rows = (tmp_path / "own.csv").read_text(encoding="utf-8").splitlines()
    unique = {tuple(row.split(",")[:2]): row for row in rows}
    (tmp_path / "own.csv").write_text("\n".join(unique.values()), encoding="utf-8")
    start = time.perf_counter()
    _, found = gather.gather_table(tmp_path / "own.toml")
    assert len(found) == len(unique) - 1 > 95_000
    assert time.perf_counter() - start < 10


@given(
    st.integers(-(10**12), 10**12),
    st.sampled_from(["\u00a0", "\u2009", "\u202f", " "]),
    st.sampled_from([".", ","]),
    st.integers(0, 999),
)
def test_a_printed_number_is_the_one_meant(
    whole: int, space: str, decimal: str, thousandths: int
) -> None:
    printed = f"{whole:,}".replace(",", space) + f"{decimal}{thousandths:03d}"
    meant = float(f"{whole}.{thousandths:03d}")
    assert number(printed, Layout(decimal=decimal), "count") == (meant, "=")  # type: ignore[arg-type]


@given(st.text(max_size=12))
def test_any_cell_is_a_finite_number_and_a_period_or_refused(cell: str) -> None:
    with suppress(CellError):
        assert math.isfinite(number(cell, Layout(), "count")[0])
    with suppress(CellError):
        assert period(cell) == cell.strip()
