import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uptake.read.limits import Limits
from uptake.read.times import BAD, OUT_OF_RANGE, from_number, parse, with_format

EARLIEST, LATEST = Limits().earliest, Limits().latest
MOMENTS = st.datetimes(dt.datetime(2000, 1, 1), dt.datetime(2099, 12, 31))  # noqa: DTZ001


def seconds(value: object) -> float | None:
    return parse(value, EARLIEST, LATEST)[0]


@given(MOMENTS, st.integers(-14 * 60, 14 * 60))
def test_iso_with_an_offset_is_the_moment_that_the_standard_library_gives(
    moment: dt.datetime, minutes: int
) -> None:
    aware = moment.replace(tzinfo=dt.timezone(dt.timedelta(minutes=minutes)))
    if EARLIEST <= aware.timestamp() < LATEST:
        assert seconds(aware.isoformat()) == aware.timestamp()
        assert seconds(f" {aware.isoformat(' ')} ") == aware.timestamp()


@given(MOMENTS)
def test_iso_without_an_offset_is_utc(moment: dt.datetime) -> None:
    assert seconds(moment.isoformat()) == moment.replace(tzinfo=dt.UTC).timestamp()


@given(MOMENTS, st.sampled_from([1, 1_000, 1_000_000, 1_000_000_000]))
def test_epoch_counts_are_read_in_whichever_unit_they_are(moment: dt.datetime, unit: int) -> None:
    whole = int(moment.replace(tzinfo=dt.UTC).timestamp())
    assert seconds(whole * unit) == whole
    assert seconds(str(whole * unit)) == whole
    assert from_number(whole * unit, EARLIEST, LATEST) == whole


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("2024-02-30", BAD),
        ("2024-13-01T00:00:00Z", BAD),
        ("yesterday", BAD),
        ("2024-01-01T25:00:00", BAD),
        ("9999-12-31T23:59:59-10:00", BAD),  # lies in the year 10000 in UTC
        (["2024"], BAD),
        (True, BAD),
        (float("nan"), BAD),
        (float("inf"), BAD),
        (10**400, BAD),
        ("9999-12-31", OUT_OF_RANGE),
        ("1999-12-31T23:59:59Z", OUT_OF_RANGE),
        (946_684_799, OUT_OF_RANGE),
        (-1_700_000_000, OUT_OF_RANGE),
        (12345, OUT_OF_RANGE),
        ("12345", OUT_OF_RANGE),
        (1e300, BAD),
    ],
)
def test_what_is_no_time_is_unknown_and_says_why(value: object, code: str) -> None:
    assert parse(value, EARLIEST, LATEST) == (None, code)


@pytest.mark.parametrize("value", [None, "", "  ", 0, False, [], {}])
def test_a_missing_time_is_unknown_and_not_wrong(value: object) -> None:
    assert parse(value, EARLIEST, LATEST) == (None, "")


def test_the_forms_of_other_writers_are_read() -> None:
    expected = dt.datetime(2024, 3, 1, 10, tzinfo=dt.UTC).timestamp()
    assert seconds("2024-03-01 10:00:00 UTC") == expected
    assert seconds("20240301T100000Z") == expected
    assert seconds({"$date": "2024-03-01T10:00:00Z"}) == expected
    assert seconds({"$date": {"$numberLong": "1709287200000"}}) == expected
    assert seconds(dt.datetime(2024, 3, 1, 10, tzinfo=dt.UTC)) == expected
    assert seconds("20240301") == dt.datetime(2024, 3, 1, tzinfo=dt.UTC).timestamp()


def test_a_stated_format_is_used_and_what_does_not_follow_it_is_bad() -> None:
    read = with_format("%d/%m/%Y %z")
    assert (
        seconds(read("01/03/2024 +0500")) == dt.datetime(2024, 2, 29, 19, tzinfo=dt.UTC).timestamp()
    )
    assert parse(read("2024-03-01"), EARLIEST, LATEST) == (None, BAD)
    assert parse(read(""), EARLIEST, LATEST) == (None, "")
