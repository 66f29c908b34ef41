"""The readers and the simulator against each other: neither knows the other's code."""

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from uptake.model.conversation import Conversation
from uptake.model.dimensions import DIMENSIONS
from uptake.model.issue import Issue
from uptake.pseudonymise import Pseudonymiser
from uptake.read import READERS, read_file, recognise
from uptake.testing import Canary, plant, simulate
from uptake.testing.formats import FORMATS


def _read(file: Path) -> tuple[list[Conversation], list[Issue]]:
    conversations: list[Conversation] = []
    issues: list[Issue] = []
    for one in read_file(file, name=file.name):
        if isinstance(one, Conversation):
            conversations.append(one)
        else:
            issues.append(one)
    return conversations, issues


@pytest.mark.parametrize("fmt", sorted(FORMATS))
def test_the_real_readers_count_the_truth(tmp_path: Path, fmt: str) -> None:
    truth = simulate(tmp_path, people=200, seed=11, fmt=fmt, expected_people=0)
    conversations = []
    for file in sorted((tmp_path / "logs").iterdir()):
        found, issues = _read(file)
        assert not issues
        conversations += found
    read = Pseudonymiser(bytes(32)).batch(conversations)
    assert len(read) == len(set(read.message.tolist())) == truth.totals["messages"]
    assert len(set(read.user.tolist())) == truth.totals["people"]
    assert len(set(read.conversation.tolist())) == truth.totals["conversations"]
    assert read.user_known.all()
    known = {
        "place": read.place,
        "age_band": read.age_band,
        "gender": read.gender,
        "month": [f"{month // 100}-{month % 100:02d}" for month in read.month.tolist()],
    }
    stated = truth.realised.by_key()
    for dimension, values in known.items():
        for value, count in Counter(values).items():
            where = [value if d == dimension else "all" for d in DIMENSIONS]
            assert stated[dimension, *where, "total", "all"]["messages"] == count


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, tuple[Canary, ...]]:
    folder = tmp_path_factory.mktemp("canaries")
    return folder, plant(folder, np.random.default_rng(1))


def test_canaries_stand_in_every_format_that_is_read(
    planted: tuple[Path, tuple[Canary, ...]],
) -> None:
    folder, _ = planted
    assert {recognise(file) for file in folder.iterdir()} == set(READERS)


def test_the_text_of_canaries_is_read_so_that_it_could_leak(
    planted: tuple[Path, tuple[Canary, ...]],
) -> None:
    folder, canaries = planted
    for file in sorted(folder.iterdir()):
        conversations, _ = _read(file)
        said = " ".join(turn.text for talk in conversations for turn in talk.turns)
        assert sum(c.string in said for c in canaries if c.file == file.name) >= 2
    assert any(_read(file)[1] for file in folder.iterdir())


def test_no_issue_quotes_a_canary(planted: tuple[Path, tuple[Canary, ...]]) -> None:
    folder, canaries = planted
    for file in folder.iterdir():
        issues = repr(_read(file)[1]).lower()
        assert not [c for c in canaries if c.string in issues]
