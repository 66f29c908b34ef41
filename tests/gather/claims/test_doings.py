"""Partnerships, initiatives and policies as native journalists put them; all is invented.

A row's ``expected`` is the one state of the sentence's claim (one of several where readers differ),
``+`` for a claim whatever its state, ``-`` for none.
"""

import json
from pathlib import Path

import pytest

from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.event import event
from uptake.gather.claims.initiative import initiatives
from uptake.gather.claims.partnership import partnership
from uptake.gather.claims.policy import policies

ROWS: list[dict[str, str]] = [
    json.loads(line)
    for line in Path(__file__).with_name("doings.jsonl").read_text(encoding="utf-8").splitlines()
]
TITLES = {
    "en": "Artificial intelligence in the digital government",
    "ru": "Искусственный интеллект в цифровом правительстве",
    "tr": "Dijital devlette yapay zekâ",
    "kk": "Цифрлық үкіметтегі жасанды интеллект",
    "uz": "Raqamli hukumatda sun’iy intellekt",
    "az": "Rəqəmsal hökumətdə süni intellekt",
}
READERS = {
    "initiative": (initiatives, "stage"),
    "policy": (policies, "status"),
    "partnership": (partnership, "status"),
    "event": (event, "event_type"),
}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["text"][:40])
def test_a_sentence_tells_its_one_claim_or_none(row: dict[str, str]) -> None:
    language = row["language"]
    title = TITLES[language]
    text = f"{title}\n\n{row['text']}\n"
    reader, key = READERS[row["type"]]
    claims = list(reader(Analysis(text, language, "2026-06-01", title)))
    states = [claim.fields[key] for claim in claims]
    assert all(text[c.start : c.end] == c.quote for c in claims)
    if row["expected"] == "-":
        assert states == []
    elif row["expected"] == "+":
        assert states
    else:
        assert len(states) == 1
        assert states[0] in row["expected"].split("/")


def test_every_language_has_rows_of_every_kind() -> None:
    assert {(r["type"], r["language"]) for r in ROWS} >= {
        (type_, language)
        for type_ in ("initiative", "policy", "partnership")
        for language in TITLES
    }
    assert {r["type"] for r in ROWS} <= READERS.keys()
