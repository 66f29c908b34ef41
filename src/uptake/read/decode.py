"""One record's bytes -> an object, strictly, but for what careless writers commonly do."""

import json
import re
from functools import cache
from typing import Any, Final

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

_SPACED: Final = re.compile(rb'"\s+:')
_OUTER: Final = msgspec.json.Decoder(dict[str, msgspec.Raw])


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


def check_identity(raw: bytes, keys: tuple[str, ...], each: str = "") -> None:
    """Refuse a record that states its identity twice: decoders silently take the last.

    A look for the keys' bytes clears almost all records. In the others what stands within the
    record's values is taken off, so that messages may have identifiers of their own.

    Args:
        raw: The record.
        keys: What states its identity.
        each: The key, if there is one, that each of its messages has too.

    Raises:
        BadRecordError: A key stands twice on the record itself.

    >>> check_identity(b'{"user": "a", "messages": [{"user": 1}], "user": "b"}', ("user",))
    Traceback (most recent call last):
    uptake.read.issues.BadRecordError: duplicate-key
    """
    if b'" :' in raw:
        raw = _SPACED.sub(b'":', raw)
    found = _any_of(keys).findall(raw)
    if len(found) < 2 or len(set(found)) == len(found):
        return
    names = tuple(name for name in _spelled(keys) if found.count(name) > 1)
    if names == _spelled((each,)) and _is_once_each(raw, names[0]):
        return
    try:
        values = [bytes(value) for value in _OUTER.decode(raw).values()]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return  # the decoder into the format's shape has judged that
    for name in names:
        if raw.count(name) - sum(value.count(name) for value in values) > 1:
            raise BadRecordError("duplicate-key")


def _is_once_each(raw: bytes, name: bytes) -> bool:
    return raw.count(name) - raw.count(b'"role":') in (0, 1)


@cache
def _any_of(keys: tuple[str, ...]) -> re.Pattern[bytes]:
    """Match any of the keys in one pass: half the time of a count for each."""
    return re.compile(f'"(?:{"|".join(map(re.escape, keys))})":'.encode())


@cache
def _spelled(keys: tuple[str, ...]) -> tuple[bytes, ...]:
    return tuple(f'"{key}":'.encode() for key in keys)
