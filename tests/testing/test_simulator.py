"""The truth against a recount from the written files that shares nothing with the simulator."""

import json
import tomllib
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from uptake.model.dimensions import DIMENSIONS
from uptake.model.errors import ConfigError, UnknownNameError
from uptake.pseudonymise import gender_of
from uptake.testing import Truth, example_spec, read_truth, simulate

PEOPLE = 250
GROUP_OF = {
    value["id"]: value["group"]
    for value in tomllib.loads(
        (files("uptake.catalog") / "facets" / "topic.toml").read_text(encoding="utf-8")
    )["values"]
}
ISO3 = {name: iso3 for iso3, place in example_spec().places.items() for name in place.country}
ISO3 |= {"Kyrgyzstan": "KGZ", "Tajikistan": "TJK", "Turkmenistan": "TKM"}
FACETS = ("intent", "work", "topic_group", "topic")
SPLITS = [
    *("", "place", "month", "age_band", "gender", "language"),
    *("place+month", "place+age_band", "place+gender", "place+language", "month+age_band"),
    *("month+gender", "month+language", "age_band+gender", "place+age_band+gender"),
]


def _labels() -> dict[str, tuple[str, str, str, str]]:
    """(language, intent, work, topic) of each written text."""
    known = {}
    openers = tomllib.loads((files("uptake.testing") / "openers.toml").read_text("utf-8"))
    for file in (files("uptake.catalog") / "written").iterdir():
        for line in file.read_text(encoding="utf-8").split("\n"):
            if line and file.name.endswith(".jsonl"):
                row = json.loads(line)
                labels = row["intent"], row["work"], row["topic"]
                known[row["text"]] = (row["lang"], *labels)
                if row["id"] in openers:
                    known[row["context"][0]["text"]] = (row["lang"], *openers[row["id"]])
    return known


@pytest.fixture(scope="module")
def written() -> dict[str, tuple[str, str, str, str]]:
    return _labels()


def _band(birth_year: int | None, when: datetime) -> str:
    if birth_year is None:
        return "unknown"
    starts = {13: "13-17", 18: "18-24", 25: "25-34", 35: "35-44", 45: "45-54", 55: "55-64"}
    # Truth holds whether or not the birthday has come: both ages are in the same band.
    bands = {
        next((starts[s] for s in sorted(starts, reverse=True) if s <= age < 65), "65+")
        for age in (when.year - birth_year - 1, when.year - birth_year)
    }
    assert len(bands) == 1
    return bands.pop()


def _when(value: float | str) -> datetime:
    if isinstance(value, str):
        return datetime.fromisoformat(value).astimezone(UTC)
    return datetime.fromtimestamp(value, UTC)


def _said(content: Any) -> str:
    return content if isinstance(content, str) else content[0]["text"]


Message = tuple[str, str, str, datetime, dict[str, str]]
"""Person, conversation, text, time, and what is known of the person."""


def _jsonl(folder: Path) -> Iterator[Message]:
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
            row = json.loads(line)
            facts = row["metadata"]
            assert facts["notice"] == "synthetic demonstration data"
            place = ISO3.get(facts.get("country"), "unknown")
            names = facts.get("given_name"), facts.get("family_name")
            person = {
                "place": place,
                "age_band": _band(facts.get("birth_year"), _when(row["created_at"])),
                "gender": gender_of(facts.get("gender"), *names, place),
            }
            for said in row["messages"]:
                if said["role"] == "user":
                    when = _when(said.get("created_at", row["created_at"]))
                    assert when.strftime("%Y-%m") == path.stem
                    yield row["user"], row["id"], _said(said["content"]), when, person


def _wildchat(folder: Path) -> Iterator[Message]:
    for path in sorted(folder.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").split("\n")[:-1]:
            row = json.loads(line)
            when = _when(row["timestamp"])
            assert when.strftime("%Y-%m") == path.stem
            person = {"place": ISO3.get(row["country"], "unknown")}
            person |= {"age_band": "unknown", "gender": "unknown"}
            for said in row["conversation"]:
                if said["role"] == "user":
                    key = row["conversation_hash"]
                    yield row["hashed_ip"], key, said["content"], when, person


def _chatgpt(folder: Path) -> Iterator[Message]:
    for path in sorted(folder.glob("*.zip")):
        with zipfile.ZipFile(path) as archive:
            user = json.loads(archive.read("user.json"))
            chats = json.loads(archive.read("conversations.json"))
        for chat in chats:
            assert chat["title"] == "synthetic demonstration data"
            for node in chat["mapping"].values():
                said = node["message"]
                if said is None or said["author"]["role"] != "user":
                    continue
                when = _when(said["create_time"] or chat["create_time"])
                person = {"age_band": _band(user.get("birth_year"), when)}
                person |= {"place": "unknown", "gender": "unknown"}
                yield user["id"], chat["id"], said["content"]["parts"][0], when, person


READ = {"chatgpt": _chatgpt, "jsonl": _jsonl, "wildchat": _wildchat}


@pytest.fixture(scope="module", params=sorted(READ))
def simulated(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    out = tmp_path_factory.mktemp(request.param)
    return out, simulate(out, people=PEOPLE, seed=7, fmt=request.param, expected_people=0)


def _recount(
    messages: Iterator[Message], written: dict[str, tuple[str, str, str, str]]
) -> dict[tuple[str, ...], list[int]]:
    sent: dict[tuple[str, ...], int] = defaultdict(int)
    people, talks = defaultdict(set), defaultdict(set)
    for person, conversation, text, when, facts in messages:
        language, intent, work, topic = written[text]
        known = facts | {"month": when.strftime("%Y-%m"), "language": language, "work": work}
        known |= {"intent": intent, "topic": topic, "topic_group": GROUP_OF[topic], "total": "all"}
        for split in SPLITS:
            used = split.split("+")
            where = [known[d] if d in used else "all" for d in DIMENSIONS]
            asked = [d for d in ("place", "age_band", "gender", "language") if d not in used]
            for facet in ("total", *FACETS, *asked):
                key = (split, *where, facet, known[facet])
                sent[key] += 1
                people[key].add(person)
                talks[key].add(conversation)
    return {key: [sent[key], len(people[key]), len(talks[key])] for key in sent}


def test_the_realised_truth_is_what_a_reader_counts_in_the_files(
    simulated: tuple[Path, Truth], written: dict[str, tuple[str, str, str, str]]
) -> None:
    out, truth = simulated
    counted = _recount(READ[truth.format](out / "logs"), written)
    stated = {key: [*map(int, row.values())] for key, row in truth.realised.by_key().items()}
    assert stated == counted
    whole = counted[("", *["all"] * 5, "total", "all")]
    assert [truth.totals[n] for n in ("messages", "people", "conversations")] == whole
    assert whole[1] == PEOPLE


def test_the_truth_is_read_back_as_it_was_written(simulated: tuple[Path, Truth]) -> None:
    out, truth = simulated
    assert read_truth(out / "truth.json") == truth
    assert json.loads((out / "truth.json").read_text("utf-8"))["notice"] in (
        out / "SYNTHETIC.txt"
    ).read_text("utf-8")


def test_capped_and_minor_messages_are_counted_in_the_totals(tmp_path: Path) -> None:
    truth = simulate(tmp_path, people=PEOPLE, seed=8, expected_people=0)
    months: dict[tuple[str, str], int] = defaultdict(int)
    minors = 0
    for person, _, _, when, facts in _jsonl(tmp_path / "logs"):
        months[person, when.strftime("%Y-%m")] += 1
        minors += facts["age_band"] == "13-17"
    assert truth.totals["above_cap"] == sum(max(sent - 30, 0) for sent in months.values()) > 0
    assert truth.totals["minors"] == minors > 0


def _digest(folder: Path) -> dict[str, str]:
    found = (p for p in folder.rglob("*") if p.is_file())
    return {str(p.relative_to(folder)): sha256(p.read_bytes()).hexdigest() for p in sorted(found)}


@pytest.mark.parametrize("fmt", sorted(READ))
def test_the_same_seed_gives_the_same_bytes(tmp_path: Path, fmt: str) -> None:
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        simulate(tmp_path / name, people=30, seed=seed, fmt=fmt, expected_people=300)
    first, again, other = (_digest(tmp_path / name) for name in "abc")
    assert first == again
    assert set(first.values()).isdisjoint(set(other.values()) - {first["SYNTHETIC.txt"]})


def test_each_format_holds_the_same_people_and_messages(tmp_path: Path) -> None:
    counts = []
    for fmt, read in READ.items():
        truth = simulate(tmp_path / fmt, people=60, seed=3, fmt=fmt, expected_people=0)
        said = [
            (text, when.strftime("%Y-%m")) for _, _, text, when, _ in read(tmp_path / fmt / "logs")
        ]
        counts.append((sorted(said), truth.totals["people"]))
    assert counts[0] == counts[1] == counts[2]


def test_a_prompt_and_its_edit_hang_side_by_side(tmp_path: Path) -> None:
    simulate(tmp_path, people=40, seed=5, fmt="chatgpt", expected_people=0)
    forks = 0
    for path in (tmp_path / "logs").glob("*.zip"):
        chats = json.loads(zipfile.ZipFile(path).read("conversations.json"))
        for chat in chats:
            nodes = chat["mapping"]
            assert chat["current_node"] in nodes
            for id_, node in nodes.items():
                assert all(nodes[child]["parent"] == id_ for child in node["children"])
                forks += len(node["children"]) > 1
    assert forks > 0


def test_people_are_numbered_through_all_batches(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("uptake.testing.simulator._BATCH", 40)
    truth = simulate(tmp_path, people=90, seed=3, expected_people=0)
    people = {person for person, *_ in _jsonl(tmp_path / "logs")}
    talks = {talk for _, talk, *_ in _jsonl(tmp_path / "logs")}
    assert len(people) == truth.totals["people"] == 90
    assert len(talks) == truth.totals["conversations"]


def test_nothing_is_written_over(tmp_path: Path) -> None:
    simulate(tmp_path / "out", people=3, expected_people=0)
    with pytest.raises(ConfigError, match="already holds logs"):
        simulate(tmp_path / "out", people=3, expected_people=0)
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match="name a folder"):
        simulate(tmp_path / "file", people=3, expected_people=0)


def test_an_unknown_format_and_nobody_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="chatgpt, jsonl, wildchat"):
        simulate(tmp_path, fmt="docx")
    with pytest.raises(ConfigError, match="1 person or more"):
        simulate(tmp_path, people=0)
    assert not list(tmp_path.iterdir())
