"""How clauses stand to what they say, and to which sectors they belong, in six languages."""

import pytest

from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.indicator import indicators
from uptake.gather.claims.lexicon import Lexicon, lexicon, plain
from uptake.gather.claims.modality import denied, governing, modality
from uptake.gather.claims.sectors import sector_ids, sectors

LANGUAGES = ("az", "en", "kk", "ru", "tr", "uz")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The port will buy forty cranes", "planned"),
        ("en", "The port bought forty cranes", "asserted"),
        ("en", "The port may buy forty cranes", "possible"),
        ("en", "Officials discussed forty cranes", "discussed"),
        ("en", "Experts recommend forty cranes", "recommended"),
        ("en", "Traffic is expected to double", "expected"),
        ("ru", "Порт планирует купить краны", "planned"),
        ("ru", "Порт купил краны", "asserted"),
        ("ru", "Порт может купить краны", "possible"),
        ("ru", "Стороны обсудили покупку кранов", "discussed"),
        ("tr", "Liman kırk vinç alacak", "planned"),
        ("tr", "Liman kırk vinç aldı", "asserted"),
        ("tr", "Liman kırk vinç alabilir", "possible"),
        ("kk", "Порт кран алуды жоспарлап отыр", "planned"),
        ("kk", "Порт кран алды", "asserted"),
        ("kk", "Порт кран алуы мүмкін", "possible"),
        ("uz", "Port kran olishni rejalashtirmoqda", "planned"),
        ("uz", "Порт кран олиши мумкин", "possible"),
        ("az", "Liman kran almağı planlaşdırır", "planned"),
        ("az", "Liman kran ala bilər", "possible"),
    ],
)
def test_words_of_a_clause_tell_its_modality(language: str, text: str, expected: str) -> None:
    assert modality(Analysis(text, language), 0, len(text)) == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The port did not say how many it has"),
        ("ru", "Порт не назвал число кранов"),
        ("tr", "Liman sayıyı açıklamadı"),
        ("kk", "Порт санын айтпады"),
        ("uz", "Port sonini aytmadi"),
        ("az", "Limanda kran yoxdur"),
    ],
)
def test_a_denial_is_told(language: str, text: str) -> None:
    assert denied(Analysis(text, language), 0, len(text))


def test_at_least_is_no_denial() -> None:
    text = "Порт закупил не менее сорока кранов"
    assert not denied(Analysis(text, "ru"), 0, len(text))


def test_the_nearest_verb_governs_a_value() -> None:
    text = "The port, which plans a new pier, bought forty cranes"
    assert governing(Analysis(text, "en"), 0, len(text), text.index("forty")) == "asserted"
    text = "It was planned to buy forty cranes"
    assert governing(Analysis(text, "en"), 0, len(text), text.index("forty")) == "planned"


def test_items_of_a_list_of_goals_are_targets_and_their_baselines_are_not() -> None:
    text = (
        "Targets of Georgia\n\nBy 2030:\n"
        "1) share of schools with AI courses – 60 percent;\n"
        "2) number of trained teachers – 4,500 (in 2024 – 700)."
    )
    found = {c.fields["value"]: c for c in indicators(Analysis(text, "en", "2025-05-01"))}
    assert {v: c.fields["kind"] for v, c in found.items()} == {
        60: "target",
        4500: "target",
        700: "actual",
    }
    assert found[60].time is not None
    assert found[60].time.start == "2030"


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Hospitals read X-rays with it", "health"),
        ("ru", "Таможенные декларации проверяет система", "customs"),
        ("tr", "Okullarda ders veriliyor", "education"),
        ("kk", "Егістік пен суару", "agriculture"),
        ("uz", "Bemorlar shifoxonada", "health"),
        ("az", "Gömrük bəyannaməsi", "customs"),
    ],
)
def test_words_tell_the_sector(language: str, text: str, expected: str) -> None:
    assert expected in sectors(Analysis(text, language), 0, len(text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_words_for_every_sector(language: str) -> None:
    for sector in sector_ids():
        assert lexicon(language, "sectors", sector).search(plain("")) is None
        assert lexicon(language, "sectors", sector)._pattern.pattern != "(?!)", sector


def test_a_language_without_the_section_finds_nothing() -> None:
    assert lexicon("tg", "indicators", "measures").spans("мактаб") == []
    assert list(indicators(Analysis("Дар мактаб 300 хонанда аст.", "tg")))[:1] is not None


def test_the_longest_phrase_wins_and_endings_may_follow() -> None:
    known = Lexicon(["rank", "rank*", "at least", "*ği"])
    assert known.spans("ranking at  least eğitim-gereği") == [(0, 7), (8, 17), (25, 31)]


def test_a_value_printed_in_a_headline_and_below_is_one_claim() -> None:
    text = (
        "Armenia trains 900 engineers in AI\n\n"
        "Yerevan, 4 May 2025. Armenia trains 900 engineers in AI this year, officials said."
    )
    [claim] = indicators(Analysis(text, "en", "2025-05-04", "Armenia trains 900 engineers in AI"))
    assert claim.start > text.index("Yerevan")
    assert [text[p.start : p.end] for p in claim.also_at] == ["Armenia trains 900 engineers in AI"]
