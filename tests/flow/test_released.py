"""A share of a release by month is the outcome of a programme, with its errors and its gaps."""

import csv
import json
from pathlib import Path

import pytest

from uptake.flow.evaluate import evaluate_programme
from uptake.flow.programmes import load
from uptake.flow.released import panel_file
from uptake.model.errors import ConfigError
from uptake.model.estimate import Estimate, Estimates, Key

PROGRAMME = """
name = "Courses"
method = "did"
treated = [{ units = ["P0", "P1", "P2"], from = "2025-04" }]
[panel]
title = "share of messages for study"
released = { facet = "work", value = "study", observatory = "release" }
"""
MONTHS = tuple(f"2025-0{n}" for n in range(1, 8))
PLACES = tuple(f"P{n}" for n in range(8))
HEAD = ("place", "month", "age_band", "gender", "language", "facet", "value", "measure", "status",
        "share", "low", "high", "level", "people")  # fmt: skip


def share(place: int, month: int) -> Estimate | None:
    """Eight places; the first three gain five points from April on; P7 is withheld in May."""
    if (place, month) == (7, 4):
        return None
    wobble = ((place * 7 + month * 13) % 11 - 5) / 1000
    value = 0.2 + 0.01 * place + 0.05 * (place < 3 and month >= 3) + wobble
    half = 0.0196 if place else 0.0392
    return Estimate(value, value - half, value + half, 0.95, 40, "sampling")


def estimates() -> Estimates:
    found: dict[Key, Estimate | None] = {}
    for at, place in enumerate(PLACES):
        for n, month in enumerate(MONTHS):
            found[Key("work", "study", "message_share", place, month)] = share(at, n)
            # What is split otherwise, or of another value, is not the outcome.
            found[Key("work", "personal", "message_share", place, month)] = share(at, 0)
            found[Key("work", "study", "people_share", place, month)] = share(at, 0)
    for other in (
        Key("work", "study", "message_share", "P0"),
        Key("work", "study", "message_share", "unknown", MONTHS[0]),
        Key("work", "study", "message_share", "P0", "2025-01/2025-03"),
        Key("work", "study", "message_share", "P0", MONTHS[0], "18-24"),
    ):
        found[other] = share(0, 0)
    return Estimates(found)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    table = tmp_path / "release/csv/shares-by-place-month.csv"
    table.parent.mkdir(parents=True)
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEAD)
        for key, found in estimates().rows():
            ends = (found.value, found.low, found.high, found.level, found.n) if found else [""] * 5
            status = "published" if found else "withheld"
            at = (key.place, key.month, key.age_band, key.gender, key.language)
            writer.writerow([*at, key.facet, key.value, key.measure, status, *ends])
    path = tmp_path / "courses.toml"
    path.write_text(PROGRAMME, encoding="utf-8")
    return path


def test_cells_are_copied_with_their_errors_and_withheld_ones_as_such(
    source: Path, tmp_path: Path
) -> None:
    path = panel_file(source, load(source), None, tmp_path / "out")
    with path.open(encoding="utf-8", newline="") as file:
        rows = {(r["unit"], r["period"]): r for r in csv.DictReader(file)}
    assert len(rows) == len(PLACES) * len(MONTHS)
    assert rows["P7", "2025-05"] == {
        "unit": "P7", "period": "2025-05", "outcome": "withheld", "se": "",
    }  # fmt: skip
    assert float(rows["P0", "2025-01"]["se"]) == pytest.approx(0.02, rel=0.01)
    assert float(rows["P1", "2025-01"]["se"]) == pytest.approx(0.01, rel=0.01)


def test_a_release_at_hand_gives_the_same_panel_as_its_files(source: Path, tmp_path: Path) -> None:
    one = panel_file(source, load(source), None, tmp_path / "files").read_bytes()
    source.write_text(PROGRAMME.replace(', observatory = "release"', ""), encoding="utf-8")
    two = panel_file(source, load(source), estimates(), tmp_path / "hand").read_bytes()
    assert one == two


def test_the_effect_carries_noise_and_withheld_cells(source: Path, tmp_path: Path) -> None:
    found, warnings = evaluate_programme(source, tmp_path / "out")
    assert found.low < 0.05 < found.high
    assert "known noise of the release" in found.inference
    assert any("withholds 1 of 56 outcomes" in said for said in warnings)
    registered = json.loads((tmp_path / "out/preregistration.json").read_text())
    assert registered["programme"]["panel"]["released"]["value"] == "study"
    page = (tmp_path / "out/index.html").read_text(encoding="utf-8")
    assert "share of messages for study" in page


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (', observatory = "release"', "", "names no observatory; set observatory, or name the"),
        ('"release"', '"nowhere"', "nowhere: holds no release; make one with: uptake build"),
        ('"study"', '"play"', "has no message_share of work = play by place and month; see its"),
        ('value = "study"', 'value = "study", units = "gender"', "table shares-by-month-gender"),
        ("released =", 'file = "a.csv"\nreleased =', "name file, or released"),
        ('facet = "work"', 'facett = "work"', "facett"),
    ],
)
def test_a_wrong_outcome_is_named(
    source: Path, tmp_path: Path, old: str, new: str, said: str
) -> None:
    source.write_text(PROGRAMME.replace(old, new), encoding="utf-8")
    with pytest.raises(ConfigError, match=said):
        evaluate_programme(source, tmp_path / "out")


def test_a_negative_error_is_refused(tmp_path: Path) -> None:
    lines = [
        f"u{u},{t},{u + t},{-0.1 if (u, t) == (1, 2) else 0.1}" for u in range(6) for t in range(4)
    ]
    (tmp_path / "p.csv").write_text("unit,period,outcome,se\n" + "\n".join(lines) + "\n")
    source = tmp_path / "p.toml"
    source.write_text(
        'name = "N"\nmethod = "did"\npanel = { file = "p.csv", noise = "se" }\n'
        'treated = [{ units = ["u0", "u1"], from = 2 }]\n'
    )
    with pytest.raises(ConfigError, match=r"p.csv, column se: holds a standard error below 0"):
        evaluate_programme(source, tmp_path / "out")


@pytest.mark.parametrize("mode", ["internal", None])
def test_figures_without_noise_do_not_enter_a_public_release(
    source: Path, tmp_path: Path, mode: str | None
) -> None:
    index = tmp_path / "release" / "json" / "index.json"
    index.parent.mkdir()
    programme, kept = load(source), tmp_path / "kept"
    if mode:
        index.write_text(json.dumps({"mode": mode}), encoding="utf-8")
    with pytest.raises(ConfigError, match="carry no noise"):
        panel_file(source, programme, None, kept, public=True)
    assert panel_file(source, programme, None, kept).is_file()
    index.write_text(json.dumps({"mode": "public"}), encoding="utf-8")
    assert panel_file(source, programme, None, kept, public=True).is_file()
