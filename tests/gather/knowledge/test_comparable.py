"""Which target and which actual value are of one thing, by the words around them; invented texts.

Each is written in the way of its language, and read from the text alone.
"""

from pathlib import Path
from typing import Any

import pytest
from tests.gather.knowledge.conftest import claim, document

from uptake.gather import gather_document
from uptake.gather.claims import document_claims
from uptake.gather.knowledge.comparing import figures
from uptake.gather.knowledge.increments import increment
from uptake.gather.knowledge.reconcile import reconcile
from uptake.gather.knowledge.targets import pairs
from uptake.gather.knowledge.where import where
from uptake.model.claim import Claim
from uptake.model.issue import Issue
from uptake.model.knowledge import TargetPair

OPENING = {
    "en": "Kazakhstan reports on what it does with artificial intelligence.",
    "ru": "Казахстан внедряет систему с искусственным интеллектом.",
    "tr": "Türkiye'de yapay zekâ sistemi yaygınlaşıyor.",
    "kk": "Қазақстанда жасанды интеллект жүйесі енгізілуде.",
    "uz": "O‘zbekistonda sun’iy intellekt tizimi joriy etilmoqda.",
    "az": "Azərbaycanda süni intellekt sistemi tətbiq olunur.",
}
Time = tuple[str, str | None, str]


def figure(quote: str, printed: str, value: float, kind: str, at: int = 0, **more: Any) -> Claim:
    start = quote.index(printed)
    said = {"unit": "count", "name": "hospitals", "countries": ["KAZ"], **more}
    doc = str(said.pop("doc", "d"))
    return claim(
        doc,
        quote,
        value=value,
        value_text=printed,
        kind=kind,
        start=at,
        end=at + len(quote),
        evidence={"value": [{"start": at + start, "end": at + start + len(printed)}]},
        **said,
    )


def held(
    language: str, reached: str, aim: str, actual: float = 27, target: float = 60, **more: Any
) -> tuple[TargetPair, ...]:
    """Pair two sentences that follow each other; values are printed as they are given."""
    a = figure(reached, f"{actual:g}", actual, "actual", **more)
    b = figure(aim, f"{target:g}", target, "target", at=len(reached) + 1, **more)
    return pairs(figures([a, b], [document("d", "2026-05-01", language=language)]))


LEVELS = [
    ("en", "It works in 27 hospitals.", "By 2027 it is to work in 60 hospitals."),
    ("en", "It works in 27 hospitals.", "By 2027 more than 60 hospitals are to have it."),
    ("ru", "Система работает в 27 больницах.", "К 2027 году она будет работать в 60 больницах."),
    ("ru", "Ещё в 2024 году их было 27.", "К 2027 году система охватит 60 больниц."),
    ("kk", "Жүйе 27 ауруханада жұмыс істейді.", "2027 жылға қарай 60 ауруханада істейді."),
    ("uz", "Tizim 27 shifoxonada ishlaydi.", "2027-yilga borib 60 ta shifoxonada ishlaydi."),
    ("az", "Sistem 27 xəstəxanada işləyir.", "2027-ci ilədək daha çox, 60 xəstəxanada olacaq."),
    ("tr", "Sistem 27 hastanede çalışıyor.", "2027'de 60 hastaneden daha fazla yerde olacak."),
]
ADDED = [
    ("en", "It works in 27 hospitals.", "By 2027 another 60 will be connected."),
    ("en", "It works in 27 hospitals.", "By 2027 roughly a further 60 hospitals will have it."),
    ("en", "It works in 27 hospitals.", "By 2027, 60 more hospitals will be connected."),
    ("ru", "Система работает в 27 больницах.", "К 2027 году подключат ещё около 60 больниц."),
    ("ru", "Система работает в 27 больницах.", "К 2027 году дополнительно подключат 60 больниц."),
    ("kk", "Жүйе 27 ауруханада жұмыс істейді.", "2027 жылға дейін тағы 60 аурухана қосылады."),
    ("uz", "Tizim 27 shifoxonada ishlaydi.", "2027-yilgacha yana 60 ta shifoxona ulanadi."),
    ("uz", "Тизим 27 шифохонада ишлайди.", "2027 йилгача яна 60 та шифохона уланади."),
    ("az", "Sistem 27 xəstəxanada işləyir.", "2027-ci ilədək daha 60 xəstəxana qoşulacaq."),
    ("az", "Sistem 27 xəstəxanada işləyir.", "2027-ci ilədək əlavə 60 xəstəxana qoşulacaq."),
    ("tr", "Sistem 27 hastanede çalışıyor.", "2027'ye kadar 60 hastane daha bağlanacak."),
    ("tr", "Sistem 27 hastanede çalışıyor.", "2027'ye kadar ek 60 hastane bağlanacak."),
]


@pytest.mark.parametrize(("language", "reached", "aim"), LEVELS)
def test_a_level_is_held_against_a_level(language: str, reached: str, aim: str) -> None:
    (pair,) = held(language, reached, aim)
    assert (pair.gap_low, pair.gap_high) == (33, 33)


@pytest.mark.parametrize(("language", "reached", "aim"), ADDED)
def test_what_is_added_is_no_level_to_reach(language: str, reached: str, aim: str) -> None:
    assert held(language, reached, aim) == ()


def test_of_what_is_added_one_part_is_held_against_the_other() -> None:
    assert len(held("en", "So far 27 more were built.", "By 2027 another 60 are to be built.")) == 1


ELSEWHERE = [
    ("en", "Almaty region spent 27 million.", "Turkistan planned 60 million."),
    ("en", "In Almaty 27 hospitals have it.", "In Almaty region it is to be 60 hospitals."),
    ("en", "In Baku 27 schools have it.", "All of Azerbaijan is to have 60 schools by 2027."),
    ("en", "In Baku 27 schools have it.", "Nationwide 60 schools are to have it by 2027."),
    ("ru", "В Алматинской области работают 27.", "В Туркестанской области их будет 60."),
    ("kk", "Алматы облысында 27 мектеп бар.", "Түркістан облысында 60 мектеп болады."),
    ("uz", "Samarqand viloyatida 27 ta maktab.", "Buxoro viloyatida 60 ta maktab bo‘ladi."),
    ("az", "Bakıda 27 məktəbdə var.", "Ölkə üzrə 60 məktəbdə olacaq."),
    ("tr", "Konya'da 27 okulda var.", "Ankara'da 60 okulda olacak."),
]
ONE_PLACE = [
    ("en", "In Baku 27 schools have it.", "In Baku it is to be 60 schools by 2027."),
    ("en", "In Baku 27 schools have it.", "By 2027 it is to be 60 schools."),
    ("en", "In Kazakhstan 27 schools have it.", "By 2027 it is to be 60, says Astana Hub."),
    ("ru", "В Туркестане 27 школ.", "В городе Туркестан их будет 60."),
    ("kk", "Алматы облысында 27 мектеп бар.", "Алматы облысы 60 мектепке жетеді."),
    ("uz", "Samarqandda 27 ta maktab.", "Samarqandning 60 ta maktabida bo‘ladi."),
    ("az", "Bakıda 27 məktəbdə var.", "Bakının 60 məktəbində olacaq."),
    ("tr", "Konya'da 27 okulda var.", "2027'de Konya'nın 60 okulunda olacak."),
]


@pytest.mark.parametrize(("language", "reached", "aim"), ELSEWHERE)
def test_other_parts_of_a_country_are_no_pair(language: str, reached: str, aim: str) -> None:
    assert held(language, reached, aim) == ()


@pytest.mark.parametrize(("language", "reached", "aim"), ONE_PLACE)
def test_one_place_is_a_pair(language: str, reached: str, aim: str) -> None:
    assert len(held(language, reached, aim)) == 1


TIMES = [
    # unit, target's time, actual's time, whether they are a pair
    ("currency", ("2025", None, "in"), ("2024", None, "in"), False),
    ("currency", ("2025", None, "by"), ("2024", None, "in"), True),
    ("currency", ("2025", None, "in"), ("2025", None, "in"), True),
    ("currency", ("2025", None, "in"), ("2025-H1", None, "in"), True),
    ("currency", ("2025", None, "in"), ("2020", "2025", "during"), False),
    ("currency", ("2025", None, "in"), None, True),
    ("count", ("2025", None, "in"), ("2024", None, "in"), False),
    ("count", ("2024", "2026", "during"), ("2024", None, "in"), True),
    ("count", ("2025", None, "in"), ("2024-12-31", None, "as_of"), True),
    ("count", ("2027", None, "by"), ("2024", None, "in"), True),
    ("percent", ("2028", None, "in"), ("2024", None, "in"), True),
]


@pytest.mark.parametrize(("unit", "due", "told", "fits"), TIMES)
def test_what_one_year_brings_is_held_against_the_plan_of_that_year(
    unit: str, due: Time, told: Time | None, fits: bool
) -> None:
    more: dict[str, Any] = {
        "unit": unit,
        "currency": "USD" if unit == "currency" else None,
        "name": "sold lamps",
    }
    goal = figure("exports are to come to 60", "60", 60, "target", time=due, **more)
    quote = "exports came to 27"
    reached = figure(quote, "27", 27, "actual", at=900, time=told, **more)
    assert len(pairs(figures([goal, reached], [document("d", "2026-05-01")]))) == fits


def test_a_value_before_its_targets_due_time_is_shown_with_its_date() -> None:
    goal = figure("to have 60 by 2027", "60", 60, "target", time=("2027", None, "by"))
    told = figure("in 2024 it had 27", "27", 27, "actual", at=900, time=("2024", None, "in"))
    (pair,) = pairs(figures([goal, told], [document("d", "2026-05-01")]))
    assert pair.sentence == "27 in 2024 against 60 by 2027: so far the gap is 33."
    assert (pair.place, pair.target_time, pair.actual_time) == ("KAZ", "by 2027", "2024")


@pytest.mark.parametrize(
    ("bound", "printed", "value", "alike", "apart"),
    [
        ("more than 690 million", "689 million", 689e6, 0, 0),
        ("more than 690 million", "690 million", 690e6, 1, 0),
        ("more than 690 million", "700 million", 700e6, 1, 0),
        ("more than 690 million", "650 million", 650e6, 0, 1),
    ],
)
def test_a_value_that_a_bound_excludes_is_no_agreement(
    bound: str, printed: str, value: float, alike: int, apart: int
) -> None:
    money: dict[str, Any] = {
        "unit": "currency",
        "currency": "USD",
        "name": "IT exports",
        "kind": "actual",
    }
    year = ("2024", None, "in")
    left = figure(bound, "690 million", 690e6, doc="a", comparator=">", time=year, **money)
    right = figure(printed, printed, value, doc="b", time=year, **money)
    agreements, contradictions = reconcile(figures([left, right], []), {})
    assert (len(agreements), len(contradictions)) == (alike, apart)
    assert all(found.bounded for found in agreements)


@pytest.mark.parametrize(
    "other",
    [
        {"breakdown": {"age": "18-24"}},
        {"unit": "percent"},
        {"out_of": 133},
        {"per": 1000},
        {"currency": "USD"},
    ],
)
@pytest.mark.parametrize("value", [24.0, 31.0])
def test_other_units_bases_and_people_neither_agree_nor_contradict(
    other: dict[str, Any], value: float
) -> None:
    said: dict[str, Any] = {"unit": "rank", "out_of": 193, "time": ("2024", None, "in")}
    one = figure("ranked 24", "24", 24, "actual", doc="a", **said)
    text = f"ranked {value:g}"
    two = figure(text, f"{value:g}", value, "actual", doc="b", **{**said, **other})
    assert reconcile(figures([one, two], []), {}) == ((), ())


def test_places_of_a_sentence_count_where_a_quote_names_none() -> None:
    text = "In Baku 27 schools have it, and of them 12 use it. All of Azerbaijan is to have 60."
    found = figure("12 use it", "12", 12, "actual", at=text.index("12"))
    (alone,) = figures([found], [document("d")])
    (within,) = figures([found], [document("d")], {"d": text})
    assert not alone.where.told
    assert within.where.parts == {"Baku"}


def test_places_of_the_sentence_before_do_not_count() -> None:
    text = "It began in Baku. By 2027, 60 schools are to have it. Ganja follows."
    found = figure("60 schools are to have it", "60", 60, "target", at=text.index("60"))
    (only,) = figures([found], [document("d")], {"d": text})
    assert only.sentence == "By 2027, 60 schools are to have it"
    assert not only.where.told


def read(language: str, text: str, folder: Path) -> tuple[TargetPair, ...]:
    path = folder / f"{language}.txt"
    path.write_text(text, encoding="utf-8")
    gathered = gather_document(path, name=path.name)
    assert not isinstance(gathered, Issue)
    found, stored = gathered
    return pairs(figures(document_claims(found, stored), [found], {found.id: stored}))


READ = [
    ("en", "The system works in 27 hospitals; by 2027 another 60 will be connected.", 0),
    ("ru", "Система работает в 27 больницах, к 2027 году подключат ещё 60 больниц.", 0),
    ("tr", "Sistem 27 hastanede çalışıyor; 2027'ye kadar 60 hastane daha bağlanacak.", 0),
    ("kk", "Жүйе 27 ауруханада істейді, 2027 жылға дейін тағы 60 аурухана қосылады.", 0),
    ("uz", "Tizim 27 ta shifoxonada ishlaydi, 2027-yilgacha yana 60 ta shifoxona ulanadi.", 0),
    ("az", "Sistem 27 xəstəxanada işləyir, 2027-ci ilədək daha 60 xəstəxana qoşulacaq.", 0),
    (
        "en",
        (
            "Turkistan region planned to spend 6,100 million tenge on AI in 2025. "
            "Almaty region spent 4,900 million tenge on AI in 2025."
        ),
        0,
    ),
    ("en", "52 percent of people aged 18-24 use AI tools. By 2027 60 percent of people will.", 0),
    ("en", "By 2027 60 hospitals are to use the system. Now 27 hospitals use the system.", 1),
]


@pytest.mark.parametrize(("language", "text", "count"), READ)
def test_pairs_are_told_from_the_text_alone(
    language: str, text: str, count: int, tmp_path: Path
) -> None:
    assert len(read(language, f"{OPENING[language]} {text}\n", tmp_path)) == count


@pytest.mark.parametrize(
    ("language", "text", "parts"),
    [
        ("ru", "Регионы Казахстана", set()),
        ("ru", "В Туркестанской области", {"Turkistan region"}),
        ("en", "Each region of Kazakhstan", set()),
        ("en", "in the Central Asian region", set()),
        ("en", "Almaty IT companies, and those in Astana Hub", {"Almaty"}),
        ("uz", "Toshkent viloyatida", {"Tashkent region"}),
    ],
)
def test_parts_of_countries_are_told_from_what_is_called_like_them(
    language: str, text: str, parts: set[str]
) -> None:
    assert where(text, language).parts == parts


@pytest.mark.parametrize(
    ("quote", "added"),
    [
        ("60 or more hospitals", False),
        ("60 more than last year", False),
        ("60 hospitals in additional cities", False),
        ("an additional USD 60 million", True),
        ("Ещё 60", True),
        ("ещё в 60 больницах", False),
        ("60 hastane daha iyi hizmet verecek", False),
        ("daha sonra 60 hastane", False),
        ("60-dan daha çox xəstəxana", False),
    ],
)
def test_what_says_more_is_not_always_added(quote: str, added: bool) -> None:
    assert increment(figure(quote, "60", 60, "target")) is added
