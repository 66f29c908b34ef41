"""Which indicators sentences of six languages give: value, unit, currency, kind, country."""

import json
from pathlib import Path
from typing import TypedDict

import pytest

from uptake import catalog
from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.indicator import indicators

Row = list[float | str | None]


class Sentence(TypedDict):
    """One invented sentence; ``expected`` rows are value, unit, currency, kind, countries."""

    language: str
    text: str
    expected: list[Row]


SENTENCES: list[Sentence] = [
    json.loads(line)
    for line in Path(__file__).with_name("sentences.jsonl").read_text(encoding="utf-8").splitlines()
]


def named(sentence: Sentence) -> str:
    return sentence["language"]


def ordered(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (float(row[0] or 0), str(row[1:])))


@pytest.mark.parametrize("sentence", SENTENCES, ids=named)
def test_a_sentence_gives_its_indicators_and_nothing_else(sentence: Sentence) -> None:
    claims = indicators(Analysis(sentence["text"], sentence["language"], "2026-03-01"))
    keys = ("value", "unit", "currency", "kind")
    found: list[Row] = [[*(c.fields[k] for k in keys), " ".join(c.countries)] for c in claims]
    # a text that names no country is about its language's home, or, of the whole world, about none
    home = catalog.entry("languages", sentence["language"]).get("home", "")
    at_home = [[*row[:-1], row[-1] or home] for row in sentence["expected"]]
    assert ordered(found) in (ordered(sentence["expected"]), ordered(at_home))


@pytest.mark.parametrize("sentence", SENTENCES, ids=named)
def test_a_quote_is_verbatim_and_holds_the_value(sentence: Sentence) -> None:
    text = sentence["text"]
    for claim in indicators(Analysis(text, sentence["language"])):
        assert text[claim.start : claim.end] == claim.quote
        [value] = claim.evidence["value"]
        assert claim.start <= value.start < value.end <= claim.end
        assert text[value.start : value.end] == claim.fields["value_text"]


@pytest.mark.parametrize(
    ("text", "language", "base"),
    [
        ("Uzbekistan has 3.4 graphics processors per 100,000 inhabitants.", "en", 100_000),
        ("В Киргизии 3,4 врача на 100 тысяч жителей.", "ru", 100_000),
        ("Azərbaycanda adambaşına düşən investisiya 6,8 manat təşkil edib.", "az", 1),
    ],
)
def test_a_rate_keeps_what_it_is_of(text: str, language: str, base: int) -> None:
    [claim] = indicators(Analysis(text, language))
    assert (claim.fields["unit"], claim.fields["per"]) == ("per_capita", base)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The start-up Kedra was valued at EUR 1.2 billion in 2025."),
        ("ru", "Рыночная стоимость стартапа «Кедра» в 2025 году составила 1,2 млрд евро."),
        ("tr", "Girişimin piyasa değeri 2025'te 1,2 milyar avroya ulaştı."),
        ("kk", "Стартаптың нарықтық құны 2025 жылы 1,2 млрд еуроға жетті."),
        ("uz", "Startapning bozor qiymati 2025 yilda 1,2 mlrd yevroga yetdi."),
        ("az", "Startapın bazar dəyəri 2025-ci ildə 1,2 milyard avroya çatıb."),
    ],
)
def test_what_a_company_is_worth_is_no_number_of_companies(language: str, text: str) -> None:
    [claim] = indicators(Analysis(text, language, "2026-03-01"))
    told = claim.fields
    assert (told["indicator"], told["value"], told["currency"]) == ("valuation", 1.2e9, "EUR")
