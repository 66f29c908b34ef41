"""Times as exports write them -> seconds since 1970 in UTC, or unknown."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

_UNITS = (1.0, 1e3, 1e6, 1e9)
_NUMBER = re.compile(r"[+-]?\d{1,20}(?:\.\d{1,20})?\Z")
_ZONE_WORD = re.compile(r"\s*(?:UTC|GMT|Z)\Z", re.IGNORECASE)
_LONGEST = 64

OUT_OF_RANGE = "time-out-of-range"
BAD = "bad-time"


def from_number(value: float, earliest: float, latest: float) -> float | None:
    """Read an epoch count in seconds, milliseconds, micro- or nanoseconds.

    The unit is the one that gives a time in range; no count fits two of them, as the range spans
    a factor of under 1000.

    >>> from_number(1_700_000_000_000, 946_684_800.0, 4_102_444_800.0)
    1700000000.0
    """
    for unit in _UNITS:
        if earliest <= value / unit < latest:
            return value / unit
    return None


def from_text(value: str) -> datetime | None:
    """Read ISO 8601, with or without offset (without: UTC); None if it is something else.

    >>> from_text("2024-03-01T10:00:00.123456789+05:00")
    datetime.datetime(2024, 3, 1, 5, 0, 0, 123456, tzinfo=datetime.timezone.utc)
    >>> from_text("2024-02-30T10:00:00Z") is None
    True
    """
    text = value.strip()
    if len(text) > _LONGEST:
        return None
    try:
        time = datetime.fromisoformat(text)
    except ValueError:
        try:
            time = datetime.fromisoformat(_ZONE_WORD.sub("+00:00", text))
        except ValueError:
            return None
    return _in_utc(time)


def with_format(form: str) -> Callable[[object], object]:
    """Return a reader of times written in a ``strptime`` format; others pass through unread.

    >>> with_format("%d.%m.%Y %H:%M")("01.03.2024 10:00").isoformat()
    '2024-03-01T10:00:00+00:00'
    """

    def read(value: object) -> object:
        if not isinstance(value, str) or not value.strip():
            return value
        try:
            time = datetime.strptime(value.strip(), form)  # noqa: DTZ007 - _in_utc adds the zone
        except ValueError:
            return "?"
        return _in_utc(time) or "?"

    return read


def parse(value: object, earliest: float, latest: float) -> tuple[float | None, str]:
    """Read a time in any of the ways known; return it, or None and the code of what is wrong.

    A missing time (None, empty text, 0, False) is None without a code.

    >>> parse("1700000000", 946_684_800.0, 4_102_444_800.0)
    (1700000000.0, '')
    >>> parse("9999-12-31", 946_684_800.0, 4_102_444_800.0)
    (None, 'time-out-of-range')
    """
    for key in ("$date", "$numberLong"):  # the extended JSON of MongoDB
        if isinstance(value, dict):
            value = value.get(key, value)
    if not value:
        return None, ""
    if isinstance(value, str):
        return _parse_text(value, earliest, latest)
    if isinstance(value, datetime):
        return _check(_in_utc(value), earliest, latest)
    if isinstance(value, (int, float)) and value is not True:
        return _parse_number(value, earliest, latest)
    return None, BAD


def _parse_number(value: float, earliest: float, latest: float) -> tuple[float | None, str]:
    if not abs(value) < 1e300:  # NaN, infinity, integers that no float holds
        return None, BAD
    seconds = from_number(value, earliest, latest)
    return seconds, "" if seconds is not None else OUT_OF_RANGE


def _parse_text(value: str, earliest: float, latest: float) -> tuple[float | None, str]:
    if value[4:5] == "-":  # almost all: 2024-03-01T10:00:00Z
        try:
            return _check(_in_utc(datetime.fromisoformat(value)), earliest, latest)
        except ValueError:
            pass
    text = value.strip()
    if not text:
        return None, ""
    number = _NUMBER.match(text)
    if number:
        seconds = from_number(float(text), earliest, latest)
        if seconds is not None:
            return seconds, ""
    time = from_text(text)
    if time is None and number:
        return None, OUT_OF_RANGE
    return _check(time, earliest, latest)


def _check(time: datetime | None, earliest: float, latest: float) -> tuple[float | None, str]:
    if time is None:
        return None, BAD
    seconds = time.timestamp()
    return (seconds, "") if earliest <= seconds < latest else (None, OUT_OF_RANGE)


def _in_utc(time: datetime) -> datetime | None:
    if time.tzinfo is None:
        return time.replace(tzinfo=UTC)
    try:
        return time.astimezone(UTC)
    except OverflowError:  # year 1 or 9999 with an offset
        return None
