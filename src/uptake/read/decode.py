"""One record's bytes -> an object, strictly, but for what careless writers commonly do."""

import json
import re
from functools import cache
from typing import Any, Final, NoReturn

import msgspec

from uptake.read.issues import BadRecordError

_GENERIC: Final = msgspec.json.Decoder()
_SURROGATES: Final = re.compile(
    rb"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"  # a pair: kept
    rb"|\\u[dD](?P<lone>[89a-fA-F][0-9a-fA-F]{2})"
    rb"|\\.",  # any other escape, so that \\ud800 (a backslash and letters) is kept
    re.DOTALL,
)
_NUMBERS: Final = re.compile(rb'"(?:[^"\\]|\\.)*+"|(?P<none>-?Infinity|NaN)', re.DOTALL)


class Loose(msgspec.Struct, frozen=True):
    """A record decoded without a schema.

    Attributes:
        value: What it is.
        raw: Its bytes, repaired where they had to be.
        repairs: Codes of what was repaired.
    """

    value: Any
    raw: bytes
    repairs: tuple[str, ...] = ()


def loosely(raw: bytes) -> Loose:
    r"""Decode a record of unknown format.

    Half characters are replaced and NaN becomes null. ``value`` serves to recognise the format
    and is read leniently (text that is not UTF-8, numbers that no float holds): whether the
    format needs what is wrong is seen when ``raw`` is decoded into its shape.

    Raises:
        BadRecordError: It is not JSON, or nests too deep.

    >>> loosely(rb'{"text": "\ud83d", "age": NaN}').repairs
    ('lone-surrogate', 'not-a-number')
    """
    try:
        return Loose(_decoded(raw), raw)
    except msgspec.DecodeError:
        pass
    repaired, repairs = raw, []
    if b"\\u" in raw:
        repaired, count = _replaced(_SURROGATES, "lone", b"\\ufffd", repaired)
        if count:
            repairs.append("lone-surrogate")
    if b"NaN" in raw or b"Infinity" in raw:
        repaired, count = _replaced(_NUMBERS, "none", b"null", repaired)
        if count:
            repairs.append("not-a-number")
    try:
        return Loose(_decoded(repaired), repaired, tuple(repairs))
    except msgspec.DecodeError:
        return Loose(_leniently(repaired), repaired, tuple(repairs))


def _leniently(raw: bytes) -> Any:
    try:
        return json.loads(raw.decode("utf-8", "replace"))
    except RecursionError:
        raise BadRecordError("too-deep") from None
    except ValueError:
        raise BadRecordError("invalid-json") from None


def _decoded(raw: bytes) -> Any:
    try:
        return _GENERIC.decode(raw)
    except UnicodeDecodeError:
        return _GENERIC.decode(raw.decode("utf-8", "replace"))
    except RecursionError:
        raise BadRecordError("too-deep") from None


def _replaced(pattern: re.Pattern[bytes], group: str, by: bytes, raw: bytes) -> tuple[bytes, int]:
    count = 0

    def keep_or_replace(match: re.Match[bytes]) -> bytes:
        nonlocal count
        if match[group] is None:
            return match[0]
        count += 1
        return by

    return pattern.sub(keep_or_replace, raw), count


def check_identity(raw: bytes, keys: tuple[str, ...]) -> None:
    """Refuse a record that states its identity twice: decoders silently take the last.

    A count of the key's bytes tells almost all records apart; the few others are decoded once
    more, key by key.

    Raises:
        BadRecordError: A key stands twice in one object.

    >>> check_identity(b'{"user": "a", "messages": [], "user": "b"}', ("user",))
    Traceback (most recent call last):
    uptake.read.issues.BadRecordError: duplicate-key
    """
    if b'" :' in raw:
        _check_pairs(raw, keys)
        return
    for name in _spelled(keys):
        count = raw.count(name)
        if count > 1:
            messages = raw.count(b'"role":')
            if count not in (messages, messages + 1):
                _check_pairs(raw, keys)
                return


@cache
def _spelled(keys: tuple[str, ...]) -> tuple[bytes, ...]:
    return tuple(f'"{key}":'.encode() for key in keys)


def _check_pairs(raw: bytes, keys: tuple[str, ...]) -> None:
    def look(pairs: list[tuple[str, object]]) -> None:
        names = [name for name, _ in pairs if name in keys]
        if len(names) > len(set(names)):
            _refuse()

    try:
        json.loads(raw.decode("utf-8", "replace"), object_pairs_hook=look)
    except RecursionError:
        raise BadRecordError("too-deep") from None
    except ValueError:  # an integer of more digits than Python reads
        return


def _refuse() -> NoReturn:
    raise BadRecordError("duplicate-key")
