"""The labelled sample of an observatory: from a file and logs to released sums."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import msgspec
import numpy as np
import pytest
from tests.flow.conftest import CONFIG, conversation, write_lines

from uptake import config
from uptake.estimate import ppi
from uptake.flow.gold import gold_cells
from uptake.flow.logs import Ingest, LogFile, parts
from uptake.model.dimensions import KEYS
from uptake.model.errors import ConfigError, QuarantineError, UnreadableInputError, UptakeError
from uptake.model.goldcells import ReleasedGoldCells
from uptake.protect import Thresholds, protect
from uptake.tally import Plan, split, tally

Make = Callable[..., Path]
KEY = b"sixteen bytes or more"
PLAN = Plan(places=("KAZ", "UZB"), splits=(split(""), split("place"), split("age_band")))
LABELS = [
    {"intent": "doing", "topic": "write_message", "work": "personal"},
    {"intent": "asking", "topic": "specific_information", "work": "personal"},
    {"intent": "expressing", "topic": "chitchat", "work": "personal"},
]
WITH_GOLD = CONFIG + '[usage]\ngold = "gold.jsonl"\n'


def gold_row(number: int, *, wrong: bool = False, **more: object) -> dict[str, object]:
    """Label the first message of a conversation of the logs."""
    said = conversation(number)
    messages = said["messages"]
    metadata = said["metadata"]
    assert isinstance(messages, list)
    assert isinstance(metadata, dict)
    return {
        "text": messages[0]["content"],
        "user": said["user"],
        "conversation": said["id"],
        "time": said["created_at"],
        **metadata,
        **LABELS[(number + wrong) % 3],
        **more,
    }


def run(
    folder: Path,
    *,
    rows: list[dict[str, object]] | None = None,
    mode: str = "internal",
    ingest: bool = True,
) -> ReleasedGoldCells | None:
    if rows is not None:
        write_lines(folder / "gold.jsonl", rows)
    settings = config.read(folder)
    labels = folder / "labels"
    logs = sorted((folder / "logs").glob("*.jsonl"))
    files = [LogFile(path, path.name, "", f"{n}-x") for n, path in enumerate(logs)]
    if ingest:
        Ingest(labels, folder / "quarantine", KEY, "shipped").run(files, lambda *_: None)
    return gold_cells(folder, settings, KEY, parts(labels, files) if ingest else [], PLAN, mode)


def cells(found: ReleasedGoldCells | None, **keys: str) -> list[dict[str, object]]:
    assert found is not None
    return [r for r in found.table.to_pylist() if all(r[k] == v for k, v in keys.items())]


def test_without_the_setting_there_are_no_cells(observatory: Make) -> None:
    assert run(observatory(), ingest=False) is None


def test_attributes_come_out_as_in_the_logs(observatory: Make) -> None:
    found = run(observatory(config=WITH_GOLD), rows=[gold_row(n) for n in range(120)])
    (doing,) = cells(found, split="", facet="intent", value="doing")
    assert (doing["messages"], doing["people"], doing["conversations"]) == (120, 40, 120)
    assert doing["y"] == 40
    assert doing["all_n_n"] == 40 * 3 * 6  # each person: three labelled of six messages
    (kazakh,) = cells(found, split="place", facet="intent", value="doing", place="KAZ")
    assert (kazakh["messages"], kazakh["people"]) == (60, 20)
    assert {r["age_band"] for r in cells(found, split="age_band")} <= {"25-34", "35-44"}
    assert found is not None
    assert found.set_aside == {}


def test_the_logs_decide_where_a_person_is(observatory: Make) -> None:
    rows = [gold_row(n, country="TR") for n in range(120)]
    found = run(observatory(config=WITH_GOLD), rows=rows)
    assert {r["place"] for r in cells(found, split="place")} == {"KAZ", "UZB"}


def test_a_cell_under_the_thresholds_does_not_exist(observatory: Make) -> None:
    # 49 messages from Kazakhstan, 51 from Uzbekistan; then 60 messages of 9 people.
    folder = observatory(config=WITH_GOLD)
    even = [n for n in range(120) if n % 2 == 0][:49]
    odd = [n for n in range(120) if n % 2][:51]
    found = run(folder, rows=[gold_row(n) for n in (*even, *odd)])
    assert {r["place"] for r in cells(found, split="place")} == {"UZB"}
    assert found is not None
    assert (found.min_messages, found.min_people, found.min_conversations) == (50, 10, 20)
    few = [{**gold_row(n), "user": f"user-{n % 9}@example.org"} for n in range(60)]
    assert cells(run(folder, rows=few)) == []


def test_minors_are_in_no_cell(observatory: Make) -> None:
    rows = [gold_row(n, user=f"stranger {n}", birth_year=2012) for n in range(60)]
    assert cells(run(observatory(config=WITH_GOLD), rows=rows)) == []


def test_people_who_are_not_in_the_logs_are_counted(observatory: Make) -> None:
    rows = [gold_row(n) | ({"user": f"stranger {n}"} if n < 40 else {}) for n in range(120)]
    found = run(observatory(config=WITH_GOLD), rows=rows)
    assert found is not None
    assert found.set_aside == {"gold-person-not-in-logs": 40}
    (doing,) = cells(found, split="", facet="intent", value="doing")
    assert doing["w_y"] is None


def test_a_sample_of_other_people_is_refused(observatory: Make) -> None:
    rows = [gold_row(n) | ({"user": f"stranger {n}"} if n < 80 else {}) for n in range(120)]
    with pytest.raises(UnreadableInputError, match="80 of 120 labelled messages are of users who"):
        run(observatory(config=WITH_GOLD), rows=rows)


@pytest.mark.parametrize("named", ["/etc/hostname", "../gold.jsonl"])
def test_a_sample_outside_of_the_observatory_is_refused(observatory: Make, named: str) -> None:
    config = WITH_GOLD.replace('"gold.jsonl"', f'"{named}"')
    with pytest.raises(ConfigError, match="lies outside of the observatory"):
        run(observatory(config=config), rows=[gold_row(n) for n in range(60)])


def test_context_by_both_sides_is_read_and_only_the_last_message_is_labelled(
    observatory: Make,
) -> None:
    before = [{"role": "user", "text": "Hello"}, {"role": "assistant", "content": "Hello!"}]
    rows = [gold_row(n, context=before * 8) for n in range(120)]
    found = run(observatory(config=WITH_GOLD), rows=rows)
    (doing,) = cells(found, split="", facet="intent", value="doing")
    assert doing["messages"] == 120


def test_a_facet_that_is_not_labelled_has_no_cell(observatory: Make) -> None:
    rows = [{k: v for k, v in gold_row(n).items() if k not in ("topic", "work")} for n in range(99)]
    found = run(observatory(config=WITH_GOLD), rows=rows)
    assert {r["facet"] for r in cells(found)} == {"intent"}


def test_the_cells_correct_the_shares_that_the_same_logs_give(observatory: Make) -> None:
    """The labeller's share of the logs is moved by what it gets wrong in the sample."""
    folder = observatory(config=WITH_GOLD)
    gold = run(folder, rows=[gold_row(n, wrong=n % 4 == 0) for n in range(120)])
    assert gold is not None
    counted, _ = tally(sorted(folder.glob("labels/*/part-*.parquet")), PLAN)
    table = protect(counted, mode="internal", thresholds=Thresholds()).table
    names = [name for name in table.column_names if name not in (*KEYS, "status")]
    sums = {name: table[name].to_numpy().astype(float) for name in names}
    keys = list(zip(*(table[name].to_pylist() for name in KEYS), strict=True))
    beside = ppi.beside(keys, gold)
    share, variance, people = ppi.rectified(sums, beside, 1.0)
    at = keys.index(("", "all", "all", "all", "all", "all", "intent", "doing"))
    total, row = sums["messages"] / sums["group_messages"], {k: v[at] for k, v in beside.items()}
    assert share[at] == pytest.approx(total[at] + (row["y"] - row["f"]) / row["n"])
    low, high = ppi.interval(share, variance, people)
    assert low[at] < share[at] < high[at]
    # Each person of the sample is in the logs, so that people's shares are corrected too.
    assert np.isfinite(ppi.rectified_people(sums, beside)[0][at])
    # What the sample does not answer stays as it is.
    totals = [n for n, key in enumerate(keys) if key[-2] == "total"]
    assert np.isnan(share[totals]).all()


@pytest.mark.parametrize(
    ("name", "message"),
    [("nowhere.jsonl", "no such file"), ("logs/a.jsonl", "read twice"), ("logs", "no such file")],
)
def test_a_setting_that_names_no_fit_file_is_refused(
    observatory: Make, name: str, message: str
) -> None:
    folder = observatory(config=CONFIG + f'[usage]\ngold = "{name}"\n')
    with pytest.raises(ConfigError, match=message):
        run(folder, ingest=False)


def test_a_sample_without_a_labeller_to_correct_is_refused(observatory: Make) -> None:
    folder = observatory(config=WITH_GOLD + 'labeller = "none"\n')
    with pytest.raises(ConfigError, match=r"labeller is 'none'"):
        run(folder, rows=[gold_row(n) for n in range(60)], ingest=False)


@pytest.mark.parametrize(
    ("change", "kind", "message"),
    [
        ({"intent": "askin"}, UnreadableInputError, r"line 3: intent is 'askin'.*'asking'"),
        ({"intent": None, "topic": None, "work": ""}, UnreadableInputError, "fewer than 50"),
        ({"text": " "}, UnreadableInputError, "fewer than 50"),
    ],
)
def test_an_unfit_file_is_refused_with_the_reason(
    observatory: Make, change: dict[str, object], kind: type[UptakeError], message: str
) -> None:
    rows = [gold_row(n) for n in range(50)]
    rows[2] |= change
    with pytest.raises(kind, match=message):
        run(observatory(config=WITH_GOLD), rows=rows, ingest=False)


def test_too_many_unusable_rows_are_refused_by_the_limit_of_the_logs(observatory: Make) -> None:
    folder = observatory(config=WITH_GOLD)
    rows = [gold_row(n) | ({"text": ""} if n < 8 else {}) for n in range(120)]
    with pytest.raises(QuarantineError, match=r"8 of 120 rows.*line 1"):
        run(folder, rows=rows, ingest=False)
    (folder / "observatory.toml").write_text(WITH_GOLD + "[logs]\nquarantine_limit = 0.1\n")
    found = run(folder)
    assert found is not None
    assert found.set_aside["gold-without-text"] == 8


def test_nothing_of_a_text_is_in_the_cells(observatory: Make) -> None:
    found = run(observatory(config=WITH_GOLD), rows=[gold_row(n) for n in range(120)])
    assert found is not None
    stored = json.dumps(found.table.to_pylist()) + msgspec.json.encode(found.set_aside).decode()
    for word in ("landlord", "Mongolia", "example.org", "Aigerim", "c119"):
        assert word not in stored
    assert "landlord" not in repr(replace(found, rows=0))
