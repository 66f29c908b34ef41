"""The command as a whole: files, the registration, bad input, and the plan."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from tests.evaluate.planted import panel

from uptake.cli.evaluate import evaluate
from uptake.flow import evaluate as flow
from uptake.flow.evaluate import evaluate_programme, plan_programme
from uptake.model.errors import ConfigError, UnreadableInputError, UptakeError

HEAD = """
name = "Training <of> teachers"
method = "METHOD"
panel = { file = "panel.csv" }
plan = { sd = 1.0, autocorrelation = 0.5, effect = 2.0 }
"""


def written(folder: Path, *, method: str = "did", lines: list[str] | None = None) -> Path:
    p = panel(11, effect=3.0)
    rows = lines or [
        f"{u},{t},{p.y[i, j]:.6f}" for i, u in enumerate(p.units) for j, t in enumerate(p.periods)
    ]
    (folder / "panel.csv").write_text("\n".join(["unit,period,outcome", *rows]) + "\n")
    units = json.dumps(list(p.units[:12]))
    source = folder / "programme.toml"
    source.write_text(
        HEAD.replace("METHOD", method) + f"treated = [{{ units = {units}, from = 2004 }}]\n"
    )
    return source


def test_a_programme_becomes_a_page_an_effect_and_a_registration(tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = CliRunner().invoke(evaluate, [str(written(tmp_path)), "-o", str(out)])
    assert done.exception is None
    assert done.output.startswith("An increase is seen: the outcome is")
    effect = json.loads((out / "effect.json").read_text())
    assert effect["estimate"] == pytest.approx(3.0, abs=1.5)
    assert 0 < effect["low"] < effect["estimate"] < effect["high"]
    assert effect["n_units"] == 30
    assert effect["verdict"] in done.output
    page = (out / "index.html").read_text()
    assert "Training &lt;of&gt; teachers" in page
    assert "Parallel trends" in page
    assert page.count("<svg") == 2
    assert (out / "event-study.svg").read_text().startswith("<svg")
    body = (out / "preregistration.json").read_bytes()
    digest = hashlib.sha256(body).hexdigest()
    assert (out / "preregistration.json.sha256").read_text().split()[0] == digest
    assert effect["preregistration_sha256"] == digest
    assert digest in page


def test_a_plan_by_the_command_says_how_small_an_effect_is_seen(tmp_path: Path) -> None:
    source = str(written(tmp_path))
    done = CliRunner().invoke(evaluate, [source, "-o", str(tmp_path / "out"), "--plan"])
    assert done.exception is None
    assert "is seen with a probability of 80% or more" in done.output
    page = (tmp_path / "out/index.html").read_text()
    assert "The outcome was not read" in page
    assert not (tmp_path / "out/effect.json").exists()


def test_the_registration_is_there_before_the_outcome_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    met = []

    def read(*_: object) -> None:
        met.append((out / "preregistration.json.sha256").exists())
        raise ConfigError("stop")

    monkeypatch.setattr(flow, "read_outcome", read)
    with pytest.raises(ConfigError, match="stop"):
        evaluate_programme(written(tmp_path), out)
    assert met == [True]


def test_a_programme_changed_after_registration_is_exploratory(tmp_path: Path) -> None:
    out = tmp_path / "out"
    evaluate_programme(written(tmp_path), out)
    before = (out / "preregistration.json").read_bytes()
    _, warnings = evaluate_programme(written(tmp_path, method="did2s"), out)
    assert "exploratory" in warnings[-1]
    assert (out / "preregistration.json").read_bytes() == before
    assert json.loads((out / "effect.json").read_text())["as_registered"] is False
    assert "exploratory" in (out / "index.html").read_text()


def test_a_plan_reads_no_outcome_and_is_what_simulation_finds(tmp_path: Path) -> None:
    p = panel(0)
    lines = [f"{u},{t},not known yet" for u in p.units for t in p.periods]
    source = written(tmp_path, lines=lines)
    found = plan_programme(source, tmp_path / "out")
    drawn = []
    for seed in range(400):
        q = panel(seed, rho=0.5)
        change = q.y[:, 4:].mean(1) - q.y[:, :4].mean(1)
        drawn.append(change[:12].mean() - change[12:].mean())
    # Deviations of the simulated panels have a variance of 1 / (1 - 0.5 ** 2).
    assert found.se / np.sqrt(0.75) == pytest.approx(np.std(drawn), rel=0.08)
    assert found.power_at_effect is not None
    assert found.minimum_detectable == pytest.approx(found.se * 2.9, rel=0.03)
    assert (tmp_path / "out/plan.json").is_file()
    assert (tmp_path / "out/preregistration.json").is_file()


def changed(folder: Path, old: str, new: str) -> Path:
    p = panel(11)
    lines = [f"{u},{t},{i + j}" for i, u in enumerate(p.units) for j, t in enumerate(p.periods)]
    lines[lines.index(old)] = new
    return written(folder, lines=lines)


@pytest.mark.parametrize(
    ("cell", "mend"),
    [
        ('"4,5"', r"'4,5' is no plain number; write 4\.5, with a decimal point"),
        ("1\u2009234.5", r"write 1234\.5, without spaces"),
        ("1\u202f234", r"write 1234, without spaces"),
        ('"1\u00a0234,5"', r"write 1234\.5, with a decimal point"),
        ('"1,234"', r"write 1234 if the comma groups thousands, 1\.234 if it is a decimal comma"),
        ('"1,234,567"', r"write 1234567"),
        ("\u22123.5", r"write -3\.5"),
        ("about 5", r"write a plain number such as 1234\.5"),
        ("5%", r"write a plain number"),
        ("inf", r"write a plain number"),
    ],
)
def test_a_cell_that_is_no_plain_number_is_named_with_its_mend(
    tmp_path: Path, cell: str, mend: str
) -> None:
    source = changed(tmp_path, "u1,2003,4", f"u1,2003,{cell}")
    with pytest.raises(
        UnreadableInputError, match=rf"panel.csv, line 12, column outcome: .*{mend}"
    ):
        evaluate_programme(source, tmp_path / "out")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("u3,2005", "U3 ,2005", "column unit: has both 'u3' and 'U3'; write one place in one way"),
        ("u3,2005", "u3,03.2005", "column period: '03.2005' does not say where it stands in time"),
        ("u3,2005", "u3,2005-03", "'2005-03' does not say where .* beside '2000'; write all"),
        ("u3,2005", "u3,May", "column period: 'May' does not say where it stands in time"),
        ("u3,2005", '"u3,2005', r"line 28: opens a quote that does not end before line \d+; close"),
        ("u3,2005", "u3\0,2005", "line 28: holds bytes of no text; save it as CSV UTF-8"),
        ("u3,2005,", "u3,2005,1e308\nu3,2009,", "line 28, column outcome: '1e308' is beyond"),
    ],
)
def test_a_name_a_period_or_a_quote_that_misleads_is_named_with_its_mend(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    source = written(tmp_path)
    file = tmp_path / "panel.csv"
    file.write_text(file.read_text().replace(old, new))
    with pytest.raises(UnreadableInputError, match=said):
        evaluate_programme(source, tmp_path / "out")


@pytest.mark.parametrize("reverse", [False, True])
def test_the_order_of_a_files_lines_does_not_matter(tmp_path: Path, reverse: bool) -> None:
    p = panel(11, effect=3.0)
    quarters = ["Q3 2009", "Q4 2009", "Q1 2010", "Q2 2010", "Q3 2010", "Q4 2010", "Q1 2011"]
    lines = [
        f"{u},{t},{p.y[i, j]:.6f}" for i, u in enumerate(p.units) for j, t in enumerate(quarters)
    ]
    source = written(tmp_path, lines=lines[::-1] if reverse else lines)
    source.write_text(source.read_text().replace("from = 2004", 'from = "Q3 2010"'))
    found, _ = evaluate_programme(source, tmp_path / "out")
    assert found.estimate == pytest.approx(2.464, abs=0.001)
    assert [one.period for one in found.steps] == quarters


def test_an_outcome_that_is_never_there_under_treatment_is_refused(tmp_path: Path) -> None:
    p = panel(11)
    lines = [
        f"{u},{t},{'' if i < 12 and j >= 4 else i + j}"
        for i, u in enumerate(p.units)
        for j, t in enumerate(p.periods)
    ]
    with pytest.raises(ConfigError, match=r"from its start on \(as 'u0' from 2004\); fill them in"):
        evaluate_programme(written(tmp_path, lines=lines), tmp_path / "out")


def test_a_rank_given_as_an_outcome_is_refused(tmp_path: Path) -> None:
    p = panel(11)
    rank = p.y.argsort(axis=0).argsort(axis=0) + 1
    lines = [
        f"{u},{t},{rank[i, j]}" for i, u in enumerate(p.units) for j, t in enumerate(p.periods)
    ]
    with pytest.raises(
        ConfigError, match=r"is a rank \(each of 1 to 30 once a period\).*the score"
    ):
        evaluate_programme(written(tmp_path, lines=lines), tmp_path / "out")


def test_a_unit_and_period_twice_is_refused_with_both_lines(tmp_path: Path) -> None:
    source = changed(tmp_path, "u1,2003,4", "u1,2002,4")
    with pytest.raises(UnreadableInputError, match=r"line 12: 'u1' in 2002 stands in line 11"):
        evaluate_programme(source, tmp_path / "out")


def test_all_missing_is_refused(tmp_path: Path) -> None:
    p = panel(11)
    lines = [f"{u},{t},NA" for u in p.units for t in p.periods]
    with pytest.raises(ConfigError, match=r"every outcome of the treated units is missing; fill"):
        evaluate_programme(written(tmp_path, lines=lines), tmp_path / "out")


@pytest.mark.parametrize(
    ("start", "said"),
    [
        ("2000", "treated from 2000, and the panel begins with 2000: there is no period before"),
        ("1999", "treated from 1999, and the panel begins with 2000: there is no period before"),
        ("2044", r"no period of the panel \(2000 to 2006\)"),
    ],
)
def test_a_start_before_the_panel_or_outside_is_refused(
    tmp_path: Path, start: str, said: str
) -> None:
    source = written(tmp_path)
    source.write_text(source.read_text().replace("from = 2004", f"from = {start}"))
    with pytest.raises(ConfigError, match=rf"treated: 'u0' is {said}|treated: 'u0' .*{said}"):
        evaluate_programme(source, tmp_path / "out")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('"u0"', '"nobody"', "treated: 'nobody' is no unit in panel.csv"),
        ('method = "did"', 'method = "magic"', "unknown method 'magic'; there is: did, "),
        ('file = "panel.csv"', 'file = "other.csv"', "there is no file 'other.csv'"),
        ("name =", "nmae =", "nmae"),
        ('file = "panel.csv"', 'file = "panel.csv", outcome = "y"', "has no column 'y'; it has: "),
        ('file = "panel.csv"', 'file = "panel.csv", cluster = "d"', "column 'd'.*name the columns"),
        ('file = "panel.csv"', 'file = "panel.csv", delimiter = ""', "'' is not one character"),
        ("from = 2004", "from = 2004-01-01", "write the date in quotes"),
        ("from = 2004", "from = 2004, to = 2005", "a programme goes on once it has started"),
        ('"u0", "u1"', '"u0", "u0", "u1"', "'u0' stands twice from 2004; keep one"),
        ("plan =", 'comparison = ["u0"]\nplan =', "comparison: 'u0' is treated; leave it out"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, old: str, new: str, said: str) -> None:
    source = written(tmp_path)
    source.write_text(source.read_text().replace(old, new))
    with pytest.raises(UptakeError, match=said):
        evaluate_programme(source, tmp_path / "out")


def test_a_plan_may_change_until_an_outcome_is_read(tmp_path: Path) -> None:
    out = tmp_path / "out"
    plan_programme(written(tmp_path), out)
    first = (out / "preregistration.json").read_bytes()
    plan_programme(written(tmp_path, method="did2s"), out)
    second = (out / "preregistration.json").read_bytes()
    assert first != second
    _, warnings = evaluate_programme(written(tmp_path, method="did2s"), out)
    assert not warnings
    plan_programme(written(tmp_path), out)
    assert (out / "preregistration.json").read_bytes() == second


def test_a_number_beyond_any_float_and_a_constant_outcome_are_refused(tmp_path: Path) -> None:
    source = changed(tmp_path, "u1,2003,4", "u1,2003,1e999")
    with pytest.raises(UnreadableInputError, match="line 12, column outcome: '1e999' is beyond"):
        evaluate_programme(source, tmp_path / "out")
    p = panel(11)
    same = written(tmp_path, lines=[f"{u},{t},7" for u in p.units for t in p.periods])
    with pytest.raises(ConfigError, match="every outcome is the same"):
        evaluate_programme(same, tmp_path / "out")


def test_a_unit_treated_from_two_times_is_refused(tmp_path: Path) -> None:
    source = written(tmp_path)
    both = '[{ units = ["u0"], from = 2003 }, { units = ["u0"], from = 2004 }]'
    text = source.read_text()
    source.write_text(text[: text.index("treated =")] + f"treated = {both}\n")
    with pytest.raises(ConfigError, match="'u0' is treated from 2003 and from 2004"):
        evaluate_programme(source, tmp_path / "out")


def test_a_covariate_that_is_the_same_everywhere_is_refused(tmp_path: Path) -> None:
    source = written(tmp_path, method="callaway-santanna")
    file = tmp_path / "panel.csv"
    head, *rows = file.read_text().splitlines()
    file.write_text("\n".join([f"{head},pupils", *(f"{row},5" for row in rows)]) + "\n")
    source.write_text(source.read_text() + 'covariates = [{ column = "pupils" }]\n')
    with pytest.raises(ConfigError, match=r"column pupils: is the same in every unit.*leave"):
        evaluate_programme(source, tmp_path / "out")


def test_nobody_to_compare_with_is_said(tmp_path: Path) -> None:
    source = written(tmp_path)
    text = source.read_text()
    every = json.dumps([f"u{i}" for i in range(30)])
    source.write_text(
        text[: text.index("treated =")] + f"treated = [{{ units = {every}, from = 2004 }}]\n"
    )
    with pytest.raises(
        ConfigError, match=r"every unit is treated from 2004 on, .* nobody to compare"
    ):
        evaluate_programme(source, tmp_path / "out")


@pytest.mark.parametrize(
    ("method", "said"),
    [
        ("did", "invalid as treatment starts at several times"),
        ("synthetic-control", "for one treated unit and there are 2"),
        ("interrupted-time-series", "for one start and there are 2"),
        ("randomised", "for one start and there are 2"),
    ],
)
def test_a_method_that_is_not_for_the_design_is_refused_before_anything_is_read(
    tmp_path: Path, method: str, said: str
) -> None:
    p = panel(0)
    lines = [f"{u},{t},not known yet" for u in p.units for t in p.periods]
    source = written(tmp_path, method=method, lines=lines)
    both = '[{ units = ["u0"], from = 2003 }, { units = ["u1"], from = 2004 }]'
    text = source.read_text()
    source.write_text(text[: text.index("treated =")] + f"treated = {both}\n")
    with pytest.raises(ConfigError, match=said):
        evaluate_programme(source, tmp_path / "out")
    assert not (tmp_path / "out").exists()
