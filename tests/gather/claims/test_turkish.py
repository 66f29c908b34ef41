"""What Turkish sentences of many makers give, and what they do not; all are invented."""

import json
from pathlib import Path
from typing import TypedDict

import pytest
from tests.gather.claims.told import Row, told

OPENING = """Yapay zekâ gündemi

Bu haftanın haberlerini okurlarımız için derledik, iyi okumalar dileriz.

"""


class Sentence(TypedDict):
    """One sentence; ``expected`` rows are type and stage, status, kind, name or value."""

    text: str
    expected: list[Row]


SENTENCES: list[Sentence] = [
    json.loads(line)
    for line in Path(__file__).with_name("turkish.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: sentence["text"][:40])
def test_a_sentence_gives_its_claims_and_nothing_else(sentence: Sentence) -> None:
    assert told(sentence["text"], "tr", opening=OPENING) == sentence["expected"]
