"""Small observatories to build."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

CONFIG = """
[observatory]
title = "Test observatory"
notice = "synthetic demonstration data"
[region]
name = "Here"
places = ["KAZ", "UZB"]
[tables]
catalogue = []
"""


def conversation(number: int, *, people: int = 40, **more: object) -> dict[str, object]:
    """Return one OpenAI-style conversation of two messages."""
    person = number % people
    texts = [
        "Write a short letter to my landlord about the broken window, please",
        "What is the capital of Mongolia and how many people live there?",
        "thank you so much, you made my day :)",
    ]
    return {
        "id": f"c{number}",
        "user": f"user-{person}@example.org",
        "created_at": 1_740_000_000 + 86_400 * (number % 50),
        "messages": [
            {"role": "user", "content": f"{texts[number % 3]} {number}"},
            {"role": "assistant", "content": "Of course."},
            {"role": "user", "content": texts[(number + 1) % 3]},
        ],
        "metadata": {
            "country": ("KZ", "Uzbekistan")[person % 2],
            "birth_year": 1980 + person % 25,
            "given_name": ("Aigerim", "Nurlan")[person % 2],
        },
        **more,
    }


def write_lines(path: Path, rows: list[dict[str, object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


@pytest.fixture
def observatory(tmp_path: Path) -> Callable[..., Path]:
    """Make an observatory with logs of 120 conversations in two files."""

    def make(name: str = "obs", config: str = CONFIG) -> Path:
        folder = tmp_path / name
        folder.mkdir()
        (folder / "observatory.toml").write_text(config, encoding="utf-8")
        rows = [conversation(n) for n in range(120)]
        write_lines(folder / "logs" / "a.jsonl", rows[:70])
        write_lines(folder / "logs" / "b.jsonl", rows[70:])
        return folder

    return make
