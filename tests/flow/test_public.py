"""A build in public mode: only noisy figures leave, and every page says what they promise."""

import json
import re
import shutil
from pathlib import Path

import msgspec
import numpy as np
import pytest
from tests.flow.conftest import CONFIG, conversation, write_lines

from uptake import config, protect
from uptake.cli import main
from uptake.engine import store
from uptake.flow import public
from uptake.flow.build import Options, build
from uptake.flow.explain import explained, ledger_lines
from uptake.model.errors import ConfigError, Exit, UptakeError
from uptake.model.estimate import Key
from uptake.model.release import Release
from uptake.protect import ledger
from uptake.testing import find, plant

pytest.importorskip("opendp")

QUIET = (
    CONFIG
    + """
[logs]
quarantine_limit = 1.0
[usage]
splits = ["", "month", "place"]
[privacy]
mode = "public"
since = "2025-02"
until = "2025-04"
budget = 1e9
people_noise = 0.0625
messages_noise = 0.0625
moments_noise = 0.0625
margins_noise = 0.0625
totals_noise = 0.0625
volumes_noise = 0.0625
heads_noise = 0.0625
"""
)


def quiet(what: str, done: int, total: int) -> None:
    """Draw no progress."""


Made = tuple[Path, Release]


def made(folder: Path, settings: str) -> Made:
    write_lines(folder / "logs" / "a.jsonl", [conversation(n) for n in range(120)])
    (folder / "observatory.toml").write_text(settings, encoding="utf-8")
    release = build(folder, Options(1), quiet).release
    assert release is not None
    return folder, release


@pytest.fixture(scope="module")
def outside(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Build in public mode, once for all tests that only read."""
    return made(tmp_path_factory.mktemp("outside"), QUIET)


@pytest.fixture(scope="module")
def inside(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Build the same logs in internal mode."""
    return made(tmp_path_factory.mktemp("inside"), QUIET.replace('"public"', '"internal"'))


@pytest.fixture(scope="module")
def built(outside: Made) -> Path:
    return outside[0]


def package(folder: Path) -> dict[str, object]:
    [path] = folder.glob("build/release/*/datapackage.json")
    found: dict[str, object] = json.loads(path.read_bytes())
    return found


def test_every_page_and_the_index_state_the_promise(built: Path) -> None:
    index = json.loads(next(built.glob("build/release/*/json/index.json")).read_bytes())
    promise = index["privacy"]
    assert (index["mode"], promise["unit"]) == ("public", "user-month")
    assert 0 < promise["month_epsilon"] <= promise["year_epsilon"]
    for page in (built / "build" / "site").rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        assert "Differentially private." in text, page
        assert f"{promise['year_epsilon']:.2f}" in text, page
        assert "Internal mode" not in text, page


def test_no_exact_count_of_the_logs_is_published(built: Path) -> None:
    """120 conversations of 40 people: no such number, nor what was read, is in any file."""
    index = json.loads(next(built.glob("build/release/*/json/index.json")).read_bytes())
    quality = index["quality"]
    assert quality.keys() == {"issues", "unknown"}
    assert quality["issues"] == []
    methods = (built / "build" / "site" / "methods.html").read_text(encoding="utf-8")
    assert "a.jsonl" not in methods


def test_shares_are_the_logs_up_to_noise(inside: Made, outside: Made) -> None:
    exact, noisy = inside[1].estimates, outside[1].estimates
    compared = 0
    for value in ("asking", "doing", "expressing"):
        key = Key("intent", value, "message_share")
        one, other = exact.get(key), noisy.get(key)
        if one and other:
            compared += 1
            assert abs(one.value - other.value) < 0.15
            assert other.low <= one.value <= other.high
    assert compared >= 2
    assert {key.measure for key in noisy.shares} == {"message_share"}
    assert all(group.conversations is None for group in noisy.groups.values())


def test_late_messages_do_not_change_a_released_month_and_no_text_leaves(
    built: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "later"
    shutil.copytree(built, folder)
    spends = (folder / "build" / "ledger.jsonl").read_bytes().count(b'"spend"')
    kept = {p.name: p.read_bytes() for p in (folder / "build" / "noisy").iterdir()}
    write_lines(folder / "logs" / "late.jsonl", [conversation(n) for n in range(200, 260)])
    canaries = plant(folder / "logs", np.random.default_rng(5))
    with pytest.MonkeyPatch.context() as patch:
        # what is only served needs not be counted
        patch.setattr(public, "joint", None)
        assert build(folder, Options(1), quiet).release is not None
    assert (folder / "build" / "ledger.jsonl").read_bytes().count(b'"spend"') == spends
    assert kept == {p.name: p.read_bytes() for p in (folder / "build" / "noisy").iterdir()}
    assert find([folder / "build"], [canary.string for canary in canaries]) == []


def test_an_internal_release_is_not_mistaken_for_a_public_one(inside: Made, outside: Made) -> None:
    ours, theirs = package(outside[0]), package(inside[0])
    assert re.fullmatch(r"[0-9a-f]{16}", outside[1].id)
    assert re.fullmatch(r"internal-[0-9a-f]{16}", inside[1].id)
    for folder, release in (inside, outside):
        assert [p.name for p in (folder / "build" / "release").iterdir()] == [release.id]
    assert theirs["name"] == f"uptake-{inside[1].id}"
    assert "not for publication" in str(theirs["licenses"])
    assert "no differential privacy" in str(theirs["description"])
    assert inside[1].id in str(theirs["citation"])
    promise = outside[1].promise
    assert promise is not None
    assert ours["privacy"] == {
        "model": "differential privacy (zero-concentrated, discrete Gaussian noise)",
        "unit": "user-month",
        "epsilon": promise.month_epsilon,
        "epsilon_year": promise.year_epsilon,
        "delta": 1e-7,
    }
    assert f"and {promise.year_epsilon:.2f} for a person's year" in str(ours["description"])
    assert "privacy" not in theirs
    assert "licenses" not in ours


def settings(tmp_path: Path, text: str) -> config.Config:
    (tmp_path / "observatory.toml").write_text(text, encoding="utf-8")
    return config.read(tmp_path)


def test_months_are_those_of_the_settings(tmp_path: Path, outside: Made) -> None:
    found = public.months_of(settings(tmp_path, QUIET.replace("2025-02", "2024-12")))
    assert found == ("2024-12", "2025-01", "2025-02", "2025-03", "2025-04")
    promise = outside[1].promise
    assert promise is not None
    assert promise.months == ("2025-02", "2025-03", "2025-04")


def test_the_order_in_which_places_are_named_makes_no_other_tables(tmp_path: Path) -> None:
    one = public.keys_of(settings(tmp_path, QUIET))
    other = public.keys_of(settings(tmp_path, QUIET.replace('"KAZ", "UZB"', '"UZB", "KAZ"')))
    assert one == other


@pytest.mark.parametrize("until", ["", "sept", "2025-13", "2025-9", "2024-01"])
def test_public_mode_needs_the_months(tmp_path: Path, until: str) -> None:
    given = settings(tmp_path, QUIET.replace("2025-04", until))
    with pytest.raises(ConfigError, match=r"privacy\."):
        public.require_settings(given)


def test_the_ledger_and_the_release_are_explained_in_words(built: Path) -> None:
    said = list(ledger_lines(built))
    assert re.match(r"1\. 20..-.*rho \d", said[0])
    assert "costliest twelve months" in said[-2]
    told = "\n".join(explained(built))
    assert "Discrete Gaussian" in told
    assert "Cite it as: Test observatory" in told
    assert "low" in "\n".join(explained(built, "shares"))
    with pytest.raises(UptakeError, match="there is:"):
        list(explained(built, "no-such-table"))


def test_internal_mode_is_explained_as_what_it_is(inside: Made, tmp_path: Path) -> None:
    with pytest.raises(UptakeError, match="no release"):
        list(explained(tmp_path))
    assert "promise nothing of a person" in "\n".join(explained(inside[0]))
    assert "nothing bounds" in "\n".join(ledger_lines(inside[0]))


def test_public_mode_without_labels_is_refused(tmp_path: Path) -> None:
    given = settings(tmp_path, QUIET.replace("[usage]", '[usage]\nlabeller = "none"'))
    with pytest.raises(ConfigError, match="public mode needs labels"):
        public.require_settings(given)
    assert protect.PUBLIC in protect.MODES


def refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Build by the command line; return what it says, once nothing was lost or released."""
    before = {p: p.read_bytes() for p in (folder / "build").rglob("*") if p.is_file()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["uptake", "build", str(folder), "--jobs", "1"])
        with pytest.raises(SystemExit) as ended:
            main()
    assert ended.value.code == Exit.REFUSED
    after = {p: p.read_bytes() for p in (folder / "build").rglob("*") if p.is_file()}
    kept = ("ledger.jsonl", "noisy", "release", "site")
    for path in before.keys() | after.keys():
        if path.relative_to(folder / "build").parts[0] in kept:
            assert after.get(path) == before.get(path), path
    return " ".join(capsys.readouterr().err.split())


@pytest.fixture
def mine(built: Path, tmp_path: Path) -> Path:
    """Return a copy of the public build, to spoil."""
    return Path(shutil.copytree(built, tmp_path / "mine"))


def with_settings(folder: Path, *changed: tuple[str, str]) -> None:
    text = (folder / "observatory.toml").read_text(encoding="utf-8")
    for old, new in changed:
        assert old in text
        text = text.replace(old, new)
    (folder / "observatory.toml").write_text(text, encoding="utf-8")


Capture = pytest.CaptureFixture[str]
PLACES = ('["KAZ", "UZB"]', '["KAZ", "UZB", "KGZ"]')


@pytest.mark.parametrize("budget", ["0", "-1.5", "nan"])
def test_a_budget_of_nothing_is_refused(mine: Path, capsys: Capture, budget: str) -> None:
    with_settings(mine, ("1e9", budget))
    assert f"privacy.budget is {float(budget):g}" in refused(mine, capsys)


def test_a_place_named_twice_is_refused(mine: Path, capsys: Capture) -> None:
    with_settings(mine, ('["KAZ", "UZB"]', '["KAZ", "UZB", "KAZ"]'))
    said = refused(mine, capsys)
    assert "observatory.toml: region.places names a place twice; name each once" in said


def test_a_country_that_appears_among_released_months_is_refused_by_the_budget(
    mine: Path, capsys: Capture
) -> None:
    spent = ledger.year_epsilon(ledger.read(mine / "build" / "ledger.jsonl").spent)
    with_settings(mine, PLACES, ("1e9", str(spent * 1.001)))
    said = refused(mine, capsys)
    assert "2025-02, 2025-03, 2025-04 released before: with other places" in said
    assert "raise privacy.budget" in said


def test_a_clock_moved_back_is_refused(mine: Path, capsys: Capture) -> None:
    path = mine / "build" / "ledger.jsonl"
    entry = ledger.read(path).spent[-1]
    ahead = msgspec.structs.replace(entry, month="2020-01", when="2999-01-01T00:00:00+00:00")
    ledger.spend(path, ahead, 1e12)
    with_settings(mine, PLACES)
    said = refused(mine, capsys)
    assert "before the ledger's last entry (2999-01-01T00:00:00+00:00)" in said
    assert "set the clock right" in said


def test_a_month_that_is_not_over_is_refused_before_it_is_paid_for(
    mine: Path, capsys: Capture
) -> None:
    before = (mine / "build" / "ledger.jsonl").read_bytes()
    with_settings(mine, ('until = "2025-04"', 'until = "2931-01"'), ('"2025-02"', '"2931-01"'))
    said = refused(mine, capsys)
    assert "privacy.until is 2931-01, which is not over" in said
    assert (mine / "build" / "ledger.jsonl").read_bytes() == before


def test_a_ledger_cut_by_a_byte_is_refused_even_if_nothing_changed(
    mine: Path, capsys: Capture
) -> None:
    path = mine / "build" / "ledger.jsonl"
    path.write_bytes(path.read_bytes()[:-1])
    said = refused(mine, capsys)
    assert f"{path}: line " in said
    assert "Restore the ledger from a backup" in said


def test_two_builds_at_once_are_one_and_a_refusal(mine: Path, capsys: Capture) -> None:
    with store.one_writer(mine / "build"):
        said = refused(mine, capsys)
    assert re.search(r"lock\.json: process \d+ on .* is building here; wait for it", said)


def test_a_budget_that_does_not_do_lets_nothing_appear(tmp_path: Path, capsys: Capture) -> None:
    write_lines(tmp_path / "logs" / "a.jsonl", [conversation(n) for n in range(9)])
    (tmp_path / "observatory.toml").write_text(QUIET.replace("1e9", "0.5"), encoding="utf-8")
    assert "more than the budget of 0.50" in refused(tmp_path, capsys)
    assert not (tmp_path / "build" / "noisy").exists()
