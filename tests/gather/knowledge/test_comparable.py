"""Which target and which actual value are of one thing, by the words around them; invented texts.

Each is written in the way of its language, and read from the text alone.
"""

import pytest
from tests.gather.knowledge.conftest import claim, document

from uptake.gather.knowledge.comparing import figures
from uptake.gather.knowledge.targets import pairs
from uptake.model.claim import Claim
from uptake.model.knowledge import TargetPair


def figure(quote: str, printed: str, value: float, kind: str, at: int = 0, **more: object) -> Claim:
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
    language: str, reached: str, aim: str, actual: float = 27, target: float = 60, **more: object
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
