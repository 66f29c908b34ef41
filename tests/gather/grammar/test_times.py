"""Times are those that a text states: never a year that it does not."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uptake.gather.grammar.spans import TimeSpan
from uptake.gather.grammar.times import times


def only(text: str, language: str, date: str | None = None) -> TimeSpan:
    found = times(text, language, date)
    assert len(found) == 1, [text[t.start : t.end] for t in found]
    return found[0]


@pytest.mark.parametrize(
    ("language", "text", "first", "last", "granularity", "relation"),
    [
        ("en", "It opened on 5 February 2026.", "2026-02-05", None, "day", "in"),
        ("en", "It opened on September 22–24, 2026.", "2026-09-22", "2026-09-24", "day", "in"),
        ("en", "It opens in the third quarter of 2026.", "2026-Q3", None, "quarter", "in"),
        ("en", "in the second half of 2026", "2026-07", "2026-12", "half-year", "in"),
        ("en", "since June 2025", "2025-06", None, "month", "since"),
        ("en", "by 2028", "2028", None, "year", "by"),
        ("en", "in 2024–2025", "2024", "2025", "year", "during"),
        ("en", "at the end of 2025", "2025-12-31", None, "day", "as_of"),
        ("en", "the 2025/26 school year", "2025", "2026", "school-year", "in"),
        ("en", "between May 2025 and June 2026", "2025-05", "2026-06", "month", "between"),
        ("en", "in the 1990s", "1990", "1999", "year", "in"),
        ("ru", "к 2025 году", "2025", None, "year", "by"),
        ("ru", "до конца 2027 года", "2027-12-31", None, "day", "by"),
        ("ru", "в сентябре 2025 г.", "2025-09", None, "month", "in"),
        ("ru", "с 28 по 30 мая 2026 года", "2026-05-28", "2026-05-30", "day", "during"),
        ("ru", "в III квартале 2026 года", "2026-Q3", None, "quarter", "in"),
        ("ru", "в 2025/26 учебном году", "2025", "2026", "school-year", "in"),
        ("ru", "по состоянию на 1 октября 2025 года", "2025-10-01", None, "day", "as_of"),
        ("tr", "2025'te", "2025", None, "year", "in"),
        ("tr", "Kasım 2025'ten beri", "2025-11", None, "month", "since"),
        ("tr", "14-16 Mayıs 2026", "2026-05-14", "2026-05-16", "day", "during"),
        ("tr", "2026'nın ilk çeyreğinde", "2026-Q1", None, "quarter", "in"),
        ("tr", "2027 yılının sonuna kadar", "2027-12-31", None, "day", "by"),
        ("kk", "2025 жылғы 26 қыркүйек", "2025-09-26", None, "day", "in"),
        ("kk", "2025 жылғы 1 қазандағы жағдай бойынша", "2025-10-01", None, "day", "as_of"),
        ("kk", "2030 жылға қарай", "2030", None, "year", "by"),
        ("kk", "2024 жылдан бері", "2024", None, "year", "since"),
        ("kk", "2027 жылдың екінші тоқсанында", "2027-Q2", None, "quarter", "in"),
        ("kk", "2025 jylğy 26 qyrküiek", "2025-09-26", None, "day", "in"),
        ("uz", "2025-yil 1-sentabrdan boshlab", "2025-09-01", None, "day", "since"),
        ("uz", "2026-yilning ikkinchi yarmiga", "2026-07", "2026-12", "half-year", "in"),
        ("uz", "2025 йил 14 июлда", "2025-07-14", None, "day", "in"),
        ("uz", "2027-yil oxirigacha", "2027-12-31", None, "day", "by"),
        ("az", "26 sentyabr 2025-ci il", "2025-09-26", None, "day", "in"),
        ("az", "2027-ci ilin sonunadək", "2027-12-31", None, "day", "by"),
        ("az", "2025-ci ilin noyabrında", "2025-11", None, "month", "in"),
        ("az", "2026–2030-cu illər", "2026", "2030", "year", "during"),
        ("az", "2025-ci il noyabrın 12-də", "2025-11-12", None, "day", "in"),
        ("kk", "2025 жылғы 29 қыркүйегінде", "2025-09-29", None, "day", "in"),
        ("uz", "1980-yillarda", "1980", "1989", "year", "in"),
        ("ky", "2026-жылдын 10-мартында", "2026-03-10", None, "day", "in"),
        ("ky", "2026-жылдын үчүнчү чейрегинде", "2026-Q3", None, "quarter", "in"),
        ("ky", "2030-жылга чейин", "2030", None, "year", "by"),
    ],
)
def test_a_stated_time_is_read(
    language: str, text: str, first: str, last: str | None, granularity: str, relation: str
) -> None:
    found = only(text, language)
    assert (found.first, found.last, found.granularity) == (first, last, granularity)
    assert found.relation == relation
    assert not found.relative


@pytest.mark.parametrize(
    ("language", "text", "first"),
    [
        ("en", "on Tuesday", "2026-03-10"),
        ("en", "on Wednesday", "2026-03-04"),
        ("en", "yesterday", "2026-03-09"),
        ("en", "last year", "2025"),
        ("en", "on April 8", "2026-04-08"),
        ("en", "in December", "2025-12"),
        ("ru", "в прошлом году", "2025"),
        ("ru", "29 января", "2026-01-29"),
        ("ru", "сегодня", "2026-03-10"),
        ("tr", "bugün", "2026-03-10"),
        ("tr", "geçen yıl", "2025"),
        ("kk", "былтыр", "2025"),
        ("kk", "кеше", "2026-03-09"),
        ("uz", "15-yanvarda", "2026-01-15"),
        ("uz", "o‘tgan yili", "2025"),
        ("uz", "кеча", "2026-03-09"),
        ("az", "dünən", "2026-03-09"),
        ("az", "ötən ilin noyabrında", "2025-11"),
        ("az", "fevralın 12-də", "2026-02-12"),
    ],
)
def test_a_relative_time_is_told_from_the_documents_date_alone(
    language: str, text: str, first: str
) -> None:
    told = only(text, language, "2026-03-10")
    assert (told.first, told.relative) == (first, True)
    untold = only(text, language)
    assert (untold.first, untold.last, untold.relative) == (None, None, True)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "It may march on; the version 2.1 ranks 24th."),
        ("en", "12 of 30 sites, 3/4 of them, 2026 km"),
        ("kk", "Қазан қаласының кешенінде"),
        ("tr", "Pazarı için ekim alanları aralıklı"),
        ("ru", "Пункт 5.3 и раздел 12"),
        ("en", "It thus gained in the 7.5 magnitude event."),
        ("tr", "Dünya haftada dört kez döndü."),
        ("uz", "Bu ish kechasi tugadi."),
        ("uz", "O‘quvchilar kechagidan ko‘p emas, mayli"),
    ],
)
def test_no_time_is_found_where_none_is_stated(language: str, text: str) -> None:
    found = [(text[t.start : t.end], t.first) for t in times(text, language, None)]
    assert [f for f in found if f[1] is not None] == []


def test_a_months_name_that_is_a_word_needs_a_neighbour() -> None:
    assert times("They may go in march.", "en", "2026-03-10")[0].first == "2026-03"
    assert len(times("They may go.", "en", "2026-03-10")) == 0


def test_an_impossible_day_is_no_time_of_its_month() -> None:
    assert all(t.granularity != "day" for t in times("on 31 June 2025", "en", None))


def test_the_words_of_a_relation_belong_to_the_span() -> None:
    text = "Opened since June 2025 in Baku."
    found = only(text, "en")
    assert text[found.start : found.end] == "since June 2025"
    assert text[slice(*found.stated)] == "June 2025"


def test_what_lies_beyond_the_calendar_is_no_time() -> None:
    for text in ("2000000 years ago", "99999999 days ago", "in the next 900000 months"):
        assert times(text, "en", "2026-03-10") == () or times(text, "en", "2026-03-10")[0].relative


@given(
    st.dates(min_value=dt.date(1900, 1, 1), max_value=dt.date(2100, 12, 31)),
    st.sampled_from(["en", "ru", "kk", "uz", "az", "tr"]),
)
def test_an_iso_date_is_itself(date: dt.date, language: str) -> None:
    [found] = times(f"({date})", language, None)
    assert found.first == date.isoformat()


WORDS = "may 5 31 2026 99999 year years last next ago in of first week end quarter monday - / . ,"


@given(st.lists(st.sampled_from(WORDS.split()), max_size=9))
def test_no_order_of_words_of_time_fails(words: list[str]) -> None:
    text = " ".join(words)
    for found in times(text, "en", "2026-03-10"):
        assert found.relative or found.first is not None


@given(st.text(alphabet="0123456789./- мaйsepmayilжыл,\n'", max_size=50))
def test_spans_lie_in_the_text_in_order(text: str) -> None:
    for language in ("en", "ru", "kk", "az"):
        last = 0
        for t in times(text, language, "2026-03-10"):
            assert last <= t.start <= t.stated[0] < t.stated[1] <= t.end <= len(text)
            last = t.stated[1]
