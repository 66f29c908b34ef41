"""Stated times become days by the calendar alone."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uptake.gather.knowledge.periods import Period, days_of, overlapping, period, same, shown
from uptake.model.claim import ClaimTime

DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    first = draw(DAYS)
    last = draw(st.none() | st.integers(0, 900).map(lambda n: first + timedelta(days=n)))
    return Period(first, last, draw(st.sampled_from(["stretch", "deadline", "point"])))


@pytest.mark.parametrize(
    ("stated", "first", "last"),
    [
        ("2026", "2026-01-01", "2026-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-Q4", "2025-10-01", "2025-12-31"),
        ("2026-H1", "2026-01-01", "2026-06-30"),
        ("2026-04-14", "2026-04-14", "2026-04-14"),
        ("2025/2026", "2025-09-01", "2026-08-31"),
        ("2025/26", "2025-09-01", "2026-08-31"),
    ],
)
def test_a_stated_time_covers_its_days(stated: str, first: str, last: str) -> None:
    assert days_of(stated) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("stated", ["", "26", "2026-13", "2026-H3", "2026-Q5", "2025-02-29", "x"])
def test_what_is_no_time_has_no_days(stated: str) -> None:
    assert days_of(stated) is None


def at(start: str, end: str | None = None, relation: str = "in") -> Period | None:
    return period(ClaimTime(text="", start=start, end=end, relation=relation))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (at("2025-12-31", relation="as_of"), at("2026-01-01", relation="as_of"), True),
        (at("2025-12-31", relation="as_of"), at("2025-01-01", relation="as_of"), False),
        (at("2025"), at("2025"), True),
        (at("2024", "2025"), at("2025"), False),
        (at("2025"), at("2025-10-01", relation="as_of"), False),
        (at("2027", relation="by"), at("2027-12-31", relation="by"), True),
        (at("2030", relation="by"), at("2030"), True),
        (at("2030", relation="by"), at("2027", relation="by"), False),
        (at("2025-H1"), at("2025"), False),
        (at("2025-H2"), at("2025"), False),
        (at("2025-01", "2025-09"), at("2025"), True),
        (at("2025-12", relation="as_of"), at("2025-12-31"), True),
    ],
)
def test_what_may_contradict_each_other(a: Period, b: Period, expected: bool) -> None:
    assert same(a, b) is expected


@given(periods(), periods())
def test_sameness_has_no_direction_and_means_overlap(a: Period, b: Period) -> None:
    assert same(a, b) == same(b, a)
    assert same(a, a)
    assert overlapping(a, b) == overlapping(b, a)
    assert overlapping(a, b) or not same(a, b)


def test_times_that_no_document_states_are_not_the_same() -> None:
    assert not same(None, None)
    assert overlapping(None, None)
    assert not overlapping(None, at("2025"))


def test_periods_are_written_as_stated() -> None:
    assert shown(at("2025-12-31", relation="as_of")) == "2025-12-31"
    assert shown(at("2030", relation="by")) == "by 2030"
    assert shown(at("2024", relation="since")) == "from 2024-01-01"
    assert shown(at("2025-H1")) == "2025-01 to 2025-06"
