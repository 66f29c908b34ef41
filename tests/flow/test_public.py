"""A build in public mode: only noisy figures leave, and every page says what they promise."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from tests.flow.conftest import CONFIG, conversation, write_lines

from uptake import protect
from uptake.flow.build import Options, build
from uptake.flow.explain import explained, ledger_lines
from uptake.model.errors import ConfigError, ReleaseRefusedError, UptakeError
from uptake.model.estimate import Key
from uptake.testing import find, plant

pytest.importorskip("opendp")
Make = Callable[..., Path]

QUIET = (
    CONFIG
    + """
[privacy]
mode = "public"
since = "2025-02"
until = "2025-04"
budget = 1e9
people_noise = 0.0625
messages_noise = 0.0625
moments_noise = 0.0625
totals_noise = 0.0625
heads_noise = 0.0625
"""
)


def quiet(what: str, done: int, total: int) -> None:
    """Draw no progress."""


@pytest.fixture
def built(observatory: Make) -> Path:
    folder = observatory(config=QUIET)
    build(folder, Options(1), quiet)
    return folder


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
    assert (quality["files"], quality["issues"]) == ([], [])
    assert (quality["conversations"], quality["messages"], quality["people"]) == (0, 0, None)
    methods = (built / "build" / "site" / "methods.html").read_text(encoding="utf-8")
    assert "a.jsonl" not in methods


def test_shares_are_the_logs_up_to_noise(observatory: Make) -> None:
    inside = build(observatory("inside", CONFIG), Options(1), quiet).release
    outside = build(observatory("outside", QUIET), Options(1), quiet).release
    assert inside is not None
    assert outside is not None
    compared = 0
    for value in ("asking", "doing", "expressing"):
        key = Key("intent", value, "message_share")
        one, other = inside.estimates.get(key), outside.estimates.get(key)
        if one and other:
            compared += 1
            assert abs(one.value - other.value) < 0.15
            assert other.low <= one.value <= other.high
    assert compared >= 2
    assert {key.measure for key in outside.estimates.shares} == {"message_share"}
    assert all(group.conversations is None for group in outside.estimates.groups.values())


def test_late_messages_do_not_change_a_released_month(built: Path) -> None:
    before = (built / "build" / "ledger.jsonl").read_bytes()
    kept = {p.name: p.read_bytes() for p in (built / "build" / "noisy").iterdir()}
    write_lines(built / "logs" / "late.jsonl", [conversation(n) for n in range(200, 260)])
    again = build(built, Options(1), quiet).release
    assert again is not None
    spends = [line for line in (built / "build" / "ledger.jsonl").read_bytes().splitlines()
              if b'"spend"' in line]  # fmt: skip
    assert len(spends) == before.count(b'"spend"')
    assert kept == {p.name: p.read_bytes() for p in (built / "build" / "noisy").iterdir()}


def test_months_are_those_of_the_settings(observatory: Make) -> None:
    folder = observatory(config=QUIET.replace("2025-02", "2024-12"))
    release = build(folder, Options(1), quiet).release
    assert release is not None
    assert release.promise is not None
    assert release.promise.months == ("2024-12", "2025-01", "2025-02", "2025-03", "2025-04")


@pytest.mark.parametrize("until", ["", "sept", "2025-13", "2025-9", "2024-01"])
def test_public_mode_needs_the_months(observatory: Make, until: str) -> None:
    with pytest.raises(ConfigError, match=r"privacy\."):
        build(observatory(config=QUIET.replace("2025-04", until)), Options(1), quiet)


def test_the_budget_refuses_and_nothing_appears(observatory: Make) -> None:
    folder = observatory(config=QUIET.replace("1e9", "0.5"))
    with pytest.raises(ReleaseRefusedError, match="budget"):
        build(folder, Options(1), quiet)
    assert not (folder / "build" / "site").exists()
    assert not list(folder.glob("build/release/*"))
    assert not (folder / "build" / "noisy").exists()


def test_no_planted_string_is_in_a_public_build(observatory: Make) -> None:
    folder = observatory(config=QUIET)
    canaries = plant(folder / "logs", np.random.default_rng(5))
    text = (folder / "observatory.toml").read_text(encoding="utf-8")
    limit = "[logs]\nquarantine_limit = 1.0\n"
    (folder / "observatory.toml").write_text(text + limit, encoding="utf-8")
    build(folder, Options(1), quiet)
    assert find([folder / "build"], [canary.string for canary in canaries]) == []


def test_the_ledger_and_the_release_are_explained_in_words(built: Path) -> None:
    said = list(ledger_lines(built))
    assert re.match(r"1\. 20..-.*rho \d", said[0])
    assert "costliest twelve months" in said[-2]
    told = "\n".join(explained(built))
    assert "discrete Gaussian" in told
    assert "Cite it as: Test observatory" in told
    assert "low" in "\n".join(explained(built, "shares"))
    with pytest.raises(UptakeError, match="there is:"):
        list(explained(built, "no-such-table"))


def test_internal_mode_is_explained_as_what_it_is(observatory: Make) -> None:
    folder = observatory()
    with pytest.raises(UptakeError, match="no release"):
        list(explained(folder))
    build(folder, Options(1), quiet)
    assert "promise nothing of a person" in "\n".join(explained(folder))
    assert "nothing bounds" in "\n".join(ledger_lines(folder))


def test_public_mode_without_labels_is_refused(observatory: Make) -> None:
    with pytest.raises(ConfigError, match="public mode needs labels"):
        build(observatory(config=QUIET + '[usage]\nlabeller = "none"\n'), Options(1), quiet)
    assert protect.PUBLIC in protect.MODES
