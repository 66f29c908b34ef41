"""Places: the world table against ISO as published, names in many spellings, none shared."""

import csv
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uptake.catalog.gazetteer import described_places, fold, known_places, place, place_names
from uptake.model.errors import UnknownNameError
from uptake.model.labels import LANGUAGES

OURS = tuple(language for language in LANGUAGES if language != "other")


def found(text: str) -> str | None:
    return place_names().get(fold(text))


def test_the_world_table_has_every_code_of_the_published_one(shared: Path) -> None:
    published = shared / "indicators" / "country_codes" / "country_codes.csv"
    with published.open(encoding="utf-8", newline="") as lines:
        codes = {row["ISO3166-1-Alpha-3"]: row for row in csv.DictReader(lines)}
    assert set(known_places()) == {*codes, "XKX"}
    for iso3, row in codes.items():
        assert place(iso3).iso2 == row["ISO3166-1-Alpha-2"]
        for column in ("official_name_en", "CLDR display name", "UNTERM English Short"):
            name = row[column].replace("*", "").replace("(the)", "").strip()
            assert not name or found(name) == iso3, (iso3, column)


def test_currencies_are_those_of_the_published_table(shared: Path) -> None:
    published = shared / "indicators" / "country_codes" / "country_codes.csv"
    with published.open(encoding="utf-8", newline="") as lines:
        codes = {row["ISO3166-1-Alpha-3"]: row for row in csv.DictReader(lines)}
    for iso3 in described_places():
        assert codes[iso3]["ISO4217-currency_alphabetic_code"] in ("", place(iso3).currency)


def test_no_name_belongs_to_two_places() -> None:
    meanings: dict[str, set[str]] = {}
    for iso3 in known_places():
        entry = place(iso3)
        for spelling in (iso3, entry.iso2, *(s for group in entry.names.values() for s in group)):
            meanings.setdefault(fold(spelling), set()).add(iso3)
    assert {name: codes for name, codes in meanings.items() if len(codes) > 1} == {}


def test_no_city_belongs_to_two_places() -> None:
    homes: dict[str, set[str]] = {}
    for iso3 in described_places():
        for spellings in place(iso3).cities.values():
            assert len(set(spellings)) == len(spellings), iso3
            for spelling in spellings:
                homes.setdefault(fold(spelling), set()).add(iso3)
    assert {name: codes for name, codes in homes.items() if len(codes) > 1} == {}


@pytest.mark.parametrize("iso3", described_places())
def test_a_described_place_speaks_all_our_languages(iso3: str) -> None:
    entry = place(iso3)
    assert all(entry.names[language] for language in OURS)
    assert all(entry.demonyms[language] for language in OURS)
    assert sum(entry.language_mix.values()) == pytest.approx(1)
    assert set(entry.language_mix) <= set(LANGUAGES)
    assert len(entry.cities) >= 7
    for group in (*entry.names.values(), *entry.demonyms.values(), *entry.cities.values()):
        assert all(unicodedata.is_normalized("NFC", word) for word in group)


@pytest.mark.parametrize(
    ("text", "iso3"),
    [
        ("KZ", "KAZ"),
        ("kaz", "KAZ"),
        ("KAZAKHSTAN", "KAZ"),
        ("казахстан", "KAZ"),
        ("Қазақстан Республикасы", "KAZ"),
        ("O'zbekiston", "UZB"),
        ("O‘zbekiston", "UZB"),
        ("Ўзбекистон", "UZB"),
        ("Киргизия", "KGZ"),
        ("Тоҷикистон", "TJK"),
        ("Türkmenistan", "TKM"),
        ("AZƏRBAYCAN", "AZE"),
        ("Turkey", "TUR"),
        ("TÜRKİYE", "TUR"),
        ("საქართველო", "GEO"),
        ("UK", "GBR"),
        ("the United Kingdom", "GBR"),
        ("NA", "NAM"),
        ("Ｇｅｏｒｇｉａ", "GEO"),
        ("США", "USA"),
        ("Bosnia & Herzegovina", "BIH"),
        ("Kosovo", "XKX"),
    ],
)
def test_a_country_is_known_by_code_and_by_name_in_any_script(text: str, iso3: str) -> None:
    assert found(text) == iso3


@pytest.mark.parametrize("text", ["", "XX", "ZZ", "Korea", "Unknown", "EU", "N/A?", "Asia", "КР"])
def test_what_names_no_single_country_names_none(text: str) -> None:
    assert found(text) is None


def test_an_unknown_code_is_refused_by_name() -> None:
    with pytest.raises(UnknownNameError, match="unknown place 'XXX'"):
        place("XXX")


@given(st.text() | st.text(alphabet="the &oʻ-ıİё "))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)
