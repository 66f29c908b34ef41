"""Phrases of a language's data, found whatever endings their words take."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uptake import catalog
from uptake.gather.claims.phrases import Lexicon, lexicon, listed, respelt

LANGUAGES = [
    code for code in catalog.names("languages") if "initiatives" in catalog.entry("languages", code)
]
TABLES = [
    ("initiatives", "things"),
    ("initiatives", "topics"),
    ("initiatives", "words_around"),
    ("initiatives", "stages"),
    ("policies", "types"),
    ("policies", "status"),
]


def _found(phrase: str, text: str, language: str = "en") -> list[str]:
    hits = Lexicon({"it": [phrase]}, language).find(listed(text, language))
    return [text[h.start : h.end] for h in hits]


def test_a_star_stands_for_any_ending() -> None:
    assert _found("пилотн* режим*", "работает в пилотном режиме", "ru") == ["пилотном режиме"]


def test_braces_stand_for_one_of_several_also_of_several_words() -> None:
    assert _found("{opened|set up} {lab|hub}s", "They set up labs and opened hubs.") == [
        "set up labs",
        "opened hubs",
    ]


def test_an_ellipsis_stands_for_at_most_five_words() -> None:
    assert _found("puts … into service", "It puts two new trams into service.") == [
        "puts two new trams into service"
    ]
    assert not _found("puts … into service", "It puts two new and old and red trams into service.")


def test_a_phrase_is_made_of_whole_words() -> None:
    assert not _found("lab", "labour in the collaboration")


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("uz", "лойиҳа", "loyiha"),
        ("uz", "сунъий", "sunʼiy"),
        ("uz", "ўқитиш", "o‘qitish"),
        ("kk", "жүйе", "jüıe"),
        ("kk", "сынақ", "synaq"),
        ("tr", "zekâ", "zeka"),
    ],
)
def test_scripts_of_a_language_meet_in_one_spelling(language: str, one: str, other: str) -> None:
    [[first], [second]] = [listed(word, language) for word in (one, other)]
    assert first.folded == second.folded


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("section", "table"), TABLES)
def test_each_language_has_each_table_and_its_phrases_compile(
    language: str, section: str, table: str
) -> None:
    kinds = catalog.entry("languages", language)[section][table]
    assert all(phrases for kind, phrases in kinds.items() if not kind.startswith(("not_", "will")))
    assert lexicon(language, section, table) is not None


def test_all_languages_tell_the_same_kinds_apart() -> None:
    optional = {"articles"}
    for section, table in TABLES:
        kinds = {
            code: set(catalog.entry("languages", code)[section][table]) - optional
            for code in LANGUAGES
        }
        if (section, table) != ("policies", "types"):
            everything = set.union(*kinds.values()) - {"future"}
            assert {code: everything - told - {"future"} for code, told in kinds.items()} == {
                code: set() for code in LANGUAGES
            }


@given(st.text(max_size=200))
def test_hits_stand_where_they_say(text: str) -> None:
    words = listed(text, "en")
    for hit in lexicon("en", "initiatives", "stages").find(words):
        assert (words[hit.first].start, words[hit.last].end) == (hit.start, hit.end)


def test_a_language_without_letters_of_its_own_is_left_as_it_is() -> None:
    assert respelt("система", "ru") == "система"
