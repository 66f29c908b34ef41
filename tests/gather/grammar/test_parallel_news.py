"""Human translations of the same news (NTREX-128) state the same quantities and times.

Translators convert miles and spell numbers out, so that agreement is not complete for a reader
either; what falls is noticed.
"""

import json
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from uptake.gather.grammar.quantities import quantities
from uptake.gather.grammar.times import times

FLOORS = {  # language: (found of the English ones, share of its own that the English have)
    "ru": (0.82, 0.80),
    "kk": (0.86, 0.75),
    "uz": (0.86, 0.76),
    "az": (0.87, 0.79),
    "tr": (0.88, 0.77),
    "ky": (0.82, 0.72),
}


TIME_FLOORS = {
    "ru": (0.81, 0.87),
    "kk": (0.80, 0.82),
    "uz": (0.80, 0.82),
    "az": (0.85, 0.82),
    "tr": (0.85, 0.86),
    "ky": (0.75, 0.77),
}
DATE = "2018-10-01"
"""That of the news, so that their weekdays are the same days in each language."""


def dates(text: str, language: str) -> Counter[tuple[str, str | None]]:
    """Count the times of a sentence."""
    found = times(text, language, DATE)
    return Counter((t.first, t.last) for t in found if t.first is not None)


def values(text: str, language: str) -> Counter[tuple[float, str]]:
    """Count the values of a sentence, percents and money apart from the rest."""
    return Counter(
        (round(q.value, 4), q.unit if q.unit in {"percent", "currency"} else "")
        for q in quantities(text, language)
        if not q.ordinal
    )


@pytest.fixture(scope="module")
def sentences(shared: Path) -> list[dict[str, str]]:
    path = shared / "data/languages/ntrex_9lang/sentences.jsonl"
    if not path.is_file():
        pytest.skip("needs ../shared/data/languages/ntrex_9lang, which is not here")
    by_line: dict[int, dict[str, str]] = defaultdict(dict)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        by_line[row["line"]][row["lang"]] = row["text"]
    return list(by_line.values())


@pytest.mark.parametrize("language", FLOORS)
def test_translations_state_the_same_quantities(
    sentences: list[dict[str, str]], language: str
) -> None:
    same = english = own = 0
    for sentence in sentences:
        left, right = values(sentence["en"], "en"), values(sentence[language], language)
        same += (left & right).total()
        english += left.total()
        own += right.total()
    found, right_share = FLOORS[language]
    assert same >= found * english
    assert same >= right_share * own


@pytest.mark.parametrize("language", TIME_FLOORS)
def test_translations_state_the_same_times(sentences: list[dict[str, str]], language: str) -> None:
    same = english = own = 0
    for sentence in sentences:
        left, right = dates(sentence["en"], "en"), dates(sentence[language], language)
        same += (left & right).total()
        english += left.total()
        own += right.total()
    found, right_share = TIME_FLOORS[language]
    assert same >= found * english
    assert same >= right_share * own
