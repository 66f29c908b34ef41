"""Places are found by name, demonym and city in each language, endings attached, words whole."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uptake.catalog.gazetteer import described_places, known_places, place
from uptake.gather.language import detect
from uptake.gather.mentions import find_places, named_places

LANGUAGES = ("en", "ru", "kk", "uz", "ky", "tg", "tk", "az", "tr")
MEMBERS = """
AFG ALB ARE ARG ARM AUT AZE BEL BGD BGR BHR BIH BLR BRA CAN CHE CHL CHN COL CYP CZE DEU DNK DZA EGY
ESP EST FIN FRA GBR GEO GRC HRV HUN IDN IND IRL IRN IRQ ISL ISR ITA JOR JPN KAZ KEN KGZ KOR KWT LBN
LTU LUX LVA MDA MEX MKD MLT MNE MNG MYS NGA NLD NOR NPL OMN PAK PHL POL PRK PRT QAT ROU RUS SAU SGP
SRB SVK SVN SWE SYR THA TJK TKM TUN TUR TWN UKR USA UZB VNM YEM
"""


def found(text: str, language: str) -> list[str]:
    return [f"{text[m.start : m.end]} {m.place}" for m in find_places(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "places"),
    [
        ("en", "Kazakhstan's plan, Uzbeks in Baku, the Kyrgyz Republic", "KAZ UZB AZE KGZ"),
        ("ru", "в Казахстане и Кыргызской Республике, Россией, из Астаны", "KAZ KGZ RUS KAZ"),
        ("ru", "узбеков, таджикского, бишкекская, алматинский", "UZB TJK KGZ KAZ"),
        ("kk", "Қазақстандағы, Өзбекстанға, Ресейдің, Астанада, алматылық", "KAZ UZB RUS KAZ KAZ"),
        ("kk", "Qazaqstannyñ, Tájikstan", "KAZ TJK"),
        ("uz", "O‘zbekistonda, Qozogʻistonga, toshkentlik, Ozarbayjonning", "UZB KAZ UZB AZE"),
        ("uz", "Ўзбекистондаги, Тожикистонни, Бухорода", "UZB TJK UZB"),
        ("ky", "Кыргызстандагы, Казакстандын, Бишкектен, Ошто", "KGZ KAZ KGZ KGZ"),
        ("tg", "Тоҷикистонро, Ӯзбекистону, Душанбеи", "TJK UZB TJK"),
        ("tk", "Türkmenistanyň, Gazagystandan, Aşgabatda", "TKM KAZ TKM"),
        ("az", "Azərbaycanda, Türkiyənin, Gürcüstandan, Bakıdakı", "AZE TUR GEO AZE"),
        ("tr", "Kazakistan'ın, Özbekistan’da, AZERBAYCAN, Taşkent'teki", "KAZ UZB AZE UZB"),
    ],
)
def test_endings_attach_in_each_language(language: str, text: str, places: str) -> None:
    assert " ".join(m.place for m in find_places(text, language)) == places


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Niger is not Nigeria, nor a Nigerian from Niger", ["NER", "NGA", "NGA", "NER"]),
        ("Guinea-Bissau, Papua New Guinea, Equatorial Guinea", ["GNB", "PNG", "GNQ"]),
        ("South Sudan and Sudan", ["SSD", "SDN"]),
        ("Oman, a woman from Romania", ["OMN", "ROU"]),
        ("the Democratic Republic of the Congo", ["COD"]),
        ("a turkey, the iran-contra of us all", []),
        ("Türkiye, Turkey and TURKEY", ["TUR", "TUR", "TUR"]),
        ("the US and the UK", ["USA", "GBR"]),
        ("Kazakhstan-based", ["KAZ"]),
        ("Kara-\nBalta", ["KGZ"]),
        ("Saint\n\nPetersburg", []),
    ],
)  # fmt: skip
def test_words_are_whole_and_the_longest_name_wins(text: str, expected: list[str]) -> None:
    assert [f[-len(e) :] for f, e in zip(found(text, "en"), expected, strict=True)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Georgia Tech", "Atlanta, Georgia", "the University of Georgia", "New Mexico",
        "New England",
        "Latin America", "the Gulf of Guinea", "Michael Jordan",
    ],
)  # fmt: skip
def test_names_of_something_else_are_no_places(text: str) -> None:
    assert found(text, "en") == []
    assert named_places(f"{text}. Georgia's capital is Tbilisi.", "en") == ("GEO",)


def test_common_words_of_a_language_are_no_places() -> None:
    assert found("Того же мнения. Куба льда. Мали ли?", "ru") == []
    assert found("Osh pishirish uchun guruch kerak", "uz") == []
    assert found("Менің арманым бар", "kk") == []


def test_two_endings_make_no_other_country() -> None:
    assert found("Nigeriya hökuməti", "az") == ["Nigeriya NGA"]
    assert found("Нигерии и Нигера", "ru") == ["Нигерии NGA", "Нигера NER"]


@pytest.mark.parametrize("language", ["en", "ru", "tr", "az", "kk", "uz", "uz_Cyrl"])
def test_countries_are_found_by_the_names_that_cldr_gives_them(language: str) -> None:
    babel = pytest.importorskip("babel")
    names = babel.Locale.parse(language).territories
    known = {place(code).iso2: code for code in known_places()}
    wanted = {known[iso2]: name for iso2, name in names.items() if iso2 in known}
    missed = {c for c, n in wanted.items() if c not in named_places(f"x {n} x", language[:2])}
    assert not missed & set(MEMBERS.split())
    assert len(missed) < 70  # islands, and words that mean something else, too


@pytest.mark.parametrize(
    ("language", "text", "places"),
    [
        ("tr", "Güney Kore'nin, Almanya, Çinli ve Fransız firmalar, ABD'de", "KOR DEU CHN FRA USA"),
        ("az", "Cənubi Koreyanın, alman və çinli firma, ABŞ-da, Polşadan", "KOR DEU CHN USA POL"),
        ("kk", "Оңтүстік Кореяда, неміс компаниясы, Хорватиядан", "KOR DEU HRV"),
        ("uz", "Janubiy Koreyadan, nemis kompaniyasi, Keniyada, Вьетнамда", "KOR DEU KEN VNM"),
        ("ru", "из Голландии, вьетнамские и норвежская компании", "NLD VNM NOR"),
        ("en", "a Danish firm, Mexican and Taiwanese engineers", "DNK MEX TWN"),
    ],
)  # fmt: skip
def test_countries_far_away_are_known_too(language: str, text: str, places: str) -> None:
    assert " ".join(m.place for m in find_places(text, language)) == places


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Jordan Smith wrote it. Georgia Meloni, Israel Adesanya and India Hicks agree."),
        ("en", "Dr Jordan told reporters; Ms. Georgia Lee and Tom Holland did not."),
        ("tr", "Jordan Brooks ve Ayşe Türkmen konuştu. Mehmet Özbek'in raporu."),
        ("uz", "Jordan Peele kelmadi."),
        ("kk", "ағылшын тілінде"),
        ("uz", "ingliz tilida"),
    ],
)
def test_a_person_named_like_a_country_is_none(language: str, text: str) -> None:
    assert found(text, language) == []


def test_what_follows_a_country_does_not_make_it_a_person() -> None:
    text = "Jordan and Georgia Ministry staff; Israel Innovation Authority; in Georgia Mr Lee spoke"
    assert [f[-3:] for f in found(text, "en")] == ["JOR", "GEO", "ISR", "GEO"]


@pytest.mark.parametrize("code", described_places())
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_described_place_is_found_by_its_names_and_cities(code: str, language: str) -> None:
    entry = place(code)
    names = [n for n in entry.names.get(language, ()) if "(" not in n]
    assert names
    for name in names:
        assert code in named_places(f"{name} 2025", language), name
    cities = [city for city in entry.cities if city[0].isupper() and city not in ("Mary", "Oral")]
    hits = [code in named_places(entry.cities[city][0], language) for city in cities]
    assert sum(hits) >= 0.9 * len(hits)


def test_mentions_stand_where_annotators_found_them(shared: Path) -> None:
    folder = shared / "data" / "documents" / "constructed"
    claims = [
        json.loads(line)
        for line in (folder / "gold.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    named = [claim for claim in claims if claim.get("country_basis") == "explicit"]
    assert len(named) > 80
    missed = 0
    for claim in named:
        text = (folder / f"{claim['doc']}.txt").read_text(encoding="utf-8")
        here = {
            m.place
            for m in find_places(text, detect(text))
            if claim["start"] <= m.start < claim["end"]
        }
        missed += not set(claim["countries"]) <= here
    assert missed == 0


@given(st.text(st.sampled_from("KazkhstnUbiGeor 'ʻ’-\n\u0301ıİўқ.,"), max_size=80))
def test_mentions_are_in_order_apart_and_never_fail(text: str) -> None:
    end = 0
    for mention in find_places(text, "en"):
        assert end <= mention.start < mention.end <= len(text)
        end = mention.end


def test_composed_and_decomposed_letters_are_one() -> None:
    assert found("Türkiye", "en") == ["Türkiye TUR"]
    assert found("Tu\u0308rkiye", "en") == ["Tu\u0308rkiye TUR"]
