"""Names people bear: enough for a population, in both scripts, none in two lists of a place."""

import unicodedata

import pytest

from uptake.catalog import entry
from uptake.catalog.gazetteer import described_places
from uptake.pseudonymise.spelling import skeleton
from uptake.pseudonymise.wordlists import GENDERS


def scripts(word: str) -> set[str]:
    found = {unicodedata.name(letter, "?").split()[0] for letter in word if letter.isalpha()}
    return found - {"MODIFIER"}


@pytest.mark.parametrize("place", described_places())
def test_a_described_place_has_names_for_a_population(place: str) -> None:
    table = entry("names", place)
    for gender in GENDERS:
        assert len(table[gender]) >= 40
        assert len({spellings.split()[0] for spellings in table[gender]}) == len(table[gender])
    assert sum(len(group["stems"]) for group in table["families"]) >= 38


@pytest.mark.parametrize("place", described_places())
def test_each_name_is_spelt_in_latin_and_then_in_cyrillic(place: str) -> None:
    table = entry("names", place)
    stems = [
        s for kind in ("families", "patronymics") for g in table.get(kind, []) for s in g["stems"]
    ]
    for spellings in (*table["feminine"], *table["masculine"], *stems):
        words = spellings.split()
        assert scripts(words[0]) == {"LATIN"}, spellings
        assert scripts(words[1]) == {"CYRILLIC"}, spellings
        assert all(len(scripts(word)) == 1 for word in words), spellings
        assert unicodedata.is_normalized("NFC", spellings)
    for group in (*table["families"], *table.get("patronymics", [])):
        for gender in GENDERS:
            assert [scripts(e) for e in group.get(gender, [])] in ([], [{"LATIN"}, {"CYRILLIC"}])


@pytest.mark.parametrize("place", described_places())
def test_no_name_is_a_womans_and_a_mans_in_one_place(place: str) -> None:
    table = entry("names", place)
    womens, mens = (
        {skeleton(word) for spellings in table[gender] for word in spellings.split()}
        for gender in GENDERS
    )
    assert womens & mens == set()


LISTED_MORE = [place for place in described_places() if "also" in entry("names", place)]


@pytest.mark.parametrize("place", LISTED_MORE)
def test_each_further_name_is_of_one_script_and_stands_in_one_list_only(place: str) -> None:
    table, also = entry("names", place), entry("names", place)["also"]
    lists = [also[kind].split() for kind in (*GENDERS, "unisex")]
    lists += [" ".join(table[gender]).split() for gender in GENDERS]
    assert all(len(scripts(word)) == 1 for words in lists[:3] for word in words)
    assert all(unicodedata.is_normalized("NFC", word) for words in lists[:3] for word in words)
    further = [word for words in lists[:3] for word in words]
    assert len(set(further)) == len(further)
    assert not set(further) & {word for words in lists[3:] for word in words}
    assert min(len(lists[0]), len(lists[1])) > 300


def test_the_six_countries_russia_and_turkey_have_further_names() -> None:
    assert {"KAZ", "UZB", "KGZ", "TJK", "TKM", "AZE", "RUS", "TUR"} == set(LISTED_MORE)
