"""What people get wrong in a spec or a programme is named: the file, the place and the mend."""

from pathlib import Path

import pytest

from uptake.flow.evaluate import evaluate_programme, plan_programme
from uptake.flow.index import load
from uptake.model.errors import UptakeError

SPEC = """title = "T"
[table]
file = "t.csv"
place = "p"
[[indicators]]
code = "a"
parent = "x"
[[indicators]]
code = "b"
parent = "x"
[[aggregates]]
code = "x"
"""
TABLE = "p,a,b\nA,1,2\nB,2,5\nC,4,3\n"
SOURCES = ('file = "t.csv"\nplace = "p"', 'sources = ["undesa_egdi_2024"]\nplaces = ["KAZ", "UZB"]')
CLAIMS = ('parent = "x"', 'parent = "x"\nclaims = { type = "policy" }')


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("t.csv", "none.csv", r"table.file, none.csv: is no file in .*; check the name"),
        ("t.csv", ".", r"table.file, .: is no file in .*; check the name"),
        (
            'place = "p"',
            'place = "p"\nencoding = "utf-16"',
            r"t.csv: is not utf-16; save it as CSV",
        ),
        ('place = "p"', 'place = "p"\ndelimiter = ";"', r"no column 'p'; there are: p,a,b$"),
        ('code = "x"', 'code = "x"\nparent = "x"', r"none is the index itself; leave parent out"),
        (
            'code = "b"',
            'code = "b"\nweight = -1',
            r"below x: weights are 1, -1; write weights above",
        ),
        (
            'code = "a"',
            'code = "p"',
            r"t.csv row 2 \(A\), column p: 'A' is no number; write a number",
        ),
        ('title = "T"', "title = 5", r"s.toml: Expected `str`, got `int` .*; see the reference"),
        ('title = "T"', 'titel = "T"', r"s.toml: .*titel.*; see the reference"),
        (
            *SOURCES,
            r"s.toml, indicator a: is in none of the tables of table.sources; there are: egdi",
        ),
        (
            SOURCES[0],
            SOURCES[1].replace("undesa_egdi_2024", "egdi"),
            r"'egdi' is no table of the catal",
        ),
        (
            SOURCES[0],
            SOURCES[1].replace("UZB", "Uzbekistan"),
            r"table.places: 'Uzbekistan' is no known",
        ),
        (*CLAIMS, r"t.csv: no indicator is left, as they are counted .*; name an observatory"),
    ],
)
def test_a_wrong_spec_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in SPEC
    (tmp_path / "s.toml").write_text(SPEC.replace(old, new), encoding="utf-8")
    (tmp_path / "t.csv").write_text(TABLE, encoding="utf-8")
    with pytest.raises(UptakeError, match=said):
        load(tmp_path / "s.toml")


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (b"", r"t.csv: has no row; check table.file"),
        (b"p,a,b\n", r"t.csv: has no row; check table.file"),
        (
            b"p;a;b\nA;1;2\n",
            r"no column 'p'; there are: p;a;b \(or set delimiter = \";\" under \[table\]",
        ),
        (TABLE.encode("utf-16"), r"t.csv: is not utf-8; save it as CSV UTF-8, or set encoding"),
        (TABLE.replace("1,2", "1%,2").encode(), r"t.csv row 2 \(A\), column a: '1%' is no number"),
        (b"p,a,b\nA,1,2\n", r"t.csv: has fewer than two places; nothing to compare"),
        (b"p,a,b\nA,1,2\nB,1,3\n", r"t.csv, column a: is 1 for every place; leave it out"),
        (b"p,a,b\nA,,2\nB,,3\n", r"t.csv, column a: has no value at all; leave the indicator out"),
    ],
)
def test_a_wrong_table_is_named(tmp_path: Path, table: bytes, said: str) -> None:
    (tmp_path / "s.toml").write_text(SPEC, encoding="utf-8")
    (tmp_path / "t.csv").write_bytes(table)
    with pytest.raises(UptakeError, match=said):
        load(tmp_path / "s.toml")


def test_a_spec_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UptakeError, match=r"none.toml: there is no such file; check the name"):
        load(tmp_path / "none.toml")


PROGRAMME = """name = "N"
method = "did"
panel = { file = "p.csv" }
treated = [{ units = ["u0", "u1", "u2"], from = 2003 }]
"""
PANEL = "unit,period,outcome\n" + "".join(
    f"u{u},{t},{(u * 7 + t * 5) % 11}\n" for u in range(8) for t in range(2000, 2007)
)
ALL = ", ".join(f'"u{u}"' for u in range(8))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (PROGRAMME[PROGRAMME.index("treated") :], "", r"s.toml: .*`treated`; see the settings of"),
        ('["u0", "u1", "u2"]', "[]", r"s.toml: treated: names no unit; add \[\[treated\]\]"),
        ('"did"', "did", r"s.toml: is no TOML: .*line 2.*; mend that line"),
        ('"did"', '"DiD"', r"s.toml: unknown method 'DiD'; there is: did, "),
        ('"did"', '"interrupted-time-series"', r"s.toml: panel: 3 periods before .*; use shorter"),
        (
            '"did"',
            '"synthetic-control"',
            r"s.toml: method: .* is for one treated unit and there are 3",
        ),
        (
            '"u0", "u1", "u2"',
            ALL,
            r"s.toml: treated: every unit is treated from .* on, .*nobody to compare with; add",
        ),
        (
            '"u0", "u1", "u2"',
            '"u0"',
            r"s.toml: treated: 'u0' is the only treated cluster .* needs two",
        ),
        (
            "from = 2003",
            "from = 2010",
            r"s.toml: treated: 'u0' .* no period of the panel \(2000 to 2006",
        ),
        (
            "from = 2003",
            "from = 2003.5",
            r"s.toml: Expected `int . str`, got `float`.*treated\[0\].from",
        ),
        (
            '"p.csv"',
            '"p.csv", cluster = "area"',
            r"p.csv: has no column 'area'; it has: unit, period, out",
        ),
        (
            '"p.csv"',
            '"p.csv", noise = "se"',
            r"p.csv: has no column 'se'; it has: unit, period, outcome; name the columns",
        ),
        (
            '"p.csv"',
            '"none.csv"',
            r"s.toml: panel: there is no file 'none.csv' beside the programme",
        ),
        (
            'name = "N"',
            'name = "N"\ncomparison = ["u0", "u5"]',
            r"s.toml: comparison: 'u0' is treated; leave",
        ),
        (
            'name = "N"',
            'name = "N"\nplaces = ["Kazakhstan"]',
            r"s.toml: places: 'Kazakhstan' is no known",
        ),
        (
            'name = "N"',
            'name = "N"\ncovariates = [{ column = "size" }]',
            r"'did' does not use them; leave",
        ),
    ],
)
def test_a_wrong_programme_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    assert old in PROGRAMME
    (tmp_path / "s.toml").write_text(PROGRAMME.replace(old, new), encoding="utf-8")
    (tmp_path / "p.csv").write_text(PANEL, encoding="utf-8")
    with pytest.raises(UptakeError, match=said):
        evaluate_programme(tmp_path / "s.toml", tmp_path / "out")


@pytest.mark.parametrize(
    ("panel", "said"),
    [
        (b"", r"p.csv: has no rows; give one row a unit and period"),
        (
            PANEL.replace(",", ";").encode(),
            r"it has: unit;period;outcome; set panel.delimiter = .;.",
        ),
        (
            PANEL.replace("u0", "\u0448").encode("cp1251"),
            r"p.csv, line 2: is not UTF-8; save it as CSV",
        ),
        (
            PANEL.replace("period,", "unit,").encode(),
            r"p.csv, line 1: column 'unit' stands twice; rename",
        ),
        (
            PANEL.replace("u3,2001,", "u3,,").encode(),
            r"p.csv, line \d+, column period: is empty; fill it",
        ),
    ],
)
def test_a_wrong_panel_is_named(tmp_path: Path, panel: bytes, said: str) -> None:
    (tmp_path / "s.toml").write_text(PROGRAMME, encoding="utf-8")
    (tmp_path / "p.csv").write_bytes(panel)
    with pytest.raises(UptakeError, match=said):
        evaluate_programme(tmp_path / "s.toml", tmp_path / "out")


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("", r"s.toml: --plan needs \[plan\] with sd"),
        ("plan = { sd = -1 }", r"s.toml: plan: sd is -1.0; give the outcome's standard deviation"),
        (
            "plan = { sd = 1, autocorrelation = 1 }",
            r"s.toml: plan: autocorrelation is 1.0; give one from",
        ),
        ("plan = { sd = 1, noise = -1 }", r"s.toml: plan: noise is -1.0; give a standard error"),
    ],
)
def test_a_wrong_plan_is_named(tmp_path: Path, settings: str, said: str) -> None:
    (tmp_path / "s.toml").write_text(f"{PROGRAMME}{settings}\n", encoding="utf-8")
    (tmp_path / "p.csv").write_text(PANEL, encoding="utf-8")
    with pytest.raises(UptakeError, match=said):
        plan_programme(tmp_path / "s.toml", tmp_path / "out")


def test_a_programme_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "s.toml").write_bytes(PROGRAMME.encode("utf-16"))
    with pytest.raises(UptakeError, match=r"s.toml: is not UTF-8; save it as UTF-8"):
        evaluate_programme(tmp_path / "s.toml", tmp_path / "out")
