"""Ages, months and places: the calendar, the bands of the codebook, no guesses."""

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uptake.catalog.gazetteer import known_places, place
from uptake.pseudonymise import AGE_BANDS, age_band, months_of, place_of

LIMITS = {
    "under-13": (0, 12),
    "13-17": (13, 17),
    "18-24": (18, 24),
    "25-34": (25, 34),
    "35-44": (35, 44),
    "45-54": (45, 54),
    "55-64": (55, 64),
    "65+": (65, 110),
}


@given(st.lists(st.datetimes(datetime(2015, 1, 1), datetime(2100, 12, 31, 23, 59, 59))))  # noqa: DTZ001 - made UTC below
def test_months_are_those_of_the_calendar_in_utc(days: list[datetime]) -> None:
    when = [day.replace(tzinfo=UTC) for day in days]
    seconds = np.array([moment.timestamp() for moment in when], np.float64)
    assert months_of(seconds).tolist() == [moment.year * 100 + moment.month for moment in when]


@given(st.floats())
def test_any_number_is_a_month_of_the_century_or_none(seconds: float) -> None:
    month = int(months_of(np.array([seconds]))[0])
    assert month == 0 or (2015 <= month // 100 <= 2100 and 1 <= month % 100 <= 12)


@pytest.mark.parametrize("seconds", [float("nan"), float("inf"), 0.0, -1.0, 1.7e12, 253402300799.0])
def test_times_that_no_log_can_have_are_unknown(seconds: float) -> None:
    assert months_of(np.array([seconds])).tolist() == [0]


@given(st.integers(0, 110), st.integers(2015, 2100))
def test_bands_meet_without_gap_and_agree_between_age_and_year_of_birth(
    age: int, year: int
) -> None:
    band = age_band(None, age, 0)
    low, high = LIMITS[band]
    assert low <= age <= high
    assert age_band(year - age, None, year * 100 + 1) == band
    assert tuple(LIMITS) == AGE_BANDS


@pytest.mark.parametrize(
    ("birth_year", "age", "month"),
    [
        (1850, None, 202506),
        (2030, None, 202506),
        (2030, 30, 202506),
        (0, None, 202506),
        (99, None, 202506),
        (2000, None, 0),
        (None, -1, 202506),
        (None, 111, 202506),
        (None, None, 202506),
    ],
)
def test_impossible_or_undatable_ages_are_unknown(
    birth_year: int | None, age: int | None, month: int
) -> None:
    assert age_band(birth_year, age, month) == "unknown"


def test_the_year_of_birth_wins_where_it_can_be_used() -> None:
    assert age_band(2000, 50, 202506) == "25-34"
    assert age_band(2000, 50, 0) == "45-54"


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ("KZ", "KAZ"),
        (" kz ", "KAZ"),
        ("KAZ", "KAZ"),
        ("Kazakhstan", "KAZ"),
        ("KAZAKHSTAN", "KAZ"),
        ("Казахстан", "KAZ"),
        ("Қазақстан", "KAZ"),
        ("ＫＡＺ", "KAZ"),
        ("Ｋａｚａｋｈｓｔａｎ", "KAZ"),
        ("oʻzbekiston", "UZB"),
        ("O`zbekiston", "UZB"),
        ("UK", "GBR"),
        ("Türkiye", "TUR"),
        ("TÜRKİYE", "TUR"),
        ("Turkey", "TUR"),
        ("NA", "NAM"),
        ("United States", "USA"),
        ("США", "USA"),
        ("XX", "unknown"),
        ("N/A", "unknown"),
        ("n.a.", "unknown"),
        ("Korea", "unknown"),
        ("Atlantis", "unknown"),
        ("Kazakhstan or so", "unknown"),
        ("", "unknown"),
        ("   ", "unknown"),
        (None, "unknown"),
        ("k" * 1_000_000, "unknown"),
    ],
)
def test_countries_are_known_by_code_and_by_name_and_never_guessed(
    stated: str | None, code: str
) -> None:
    assert place_of(stated) == code


def test_every_place_is_known_by_its_codes_and_its_name() -> None:
    for code in known_places():
        found = place(code)
        assert {place_of(s) for s in (code, found.iso2, found.name, code.lower())} == {code}


@given(st.text())
def test_any_text_is_a_place_of_the_table_or_unknown(stated: str) -> None:
    assert place_of(stated) in {*known_places(), "unknown"}
