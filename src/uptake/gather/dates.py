"""The date that a document states of itself: in metadata, beside its byline, in its dateline.

Dates in running text are of events, not of the document, so only the head of a text is looked at,
and there only where a date stands alone, behind a label or a byline, or behind the place of a
dateline. A date without a year is none; nothing is completed from a file or a clock.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from uptake import catalog

_HEAD_LINES = 12
_HEAD = 3_000
_BYLINE = 120
_DATELINE_PLACE = 40

_ISO = re.compile(r"([12][0-9]{3})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?(?=$|[T ])")


class _Found(NamedTuple):
    """A date in a line: where it stands, with the words that belong to its year, and itself."""

    start: int
    end: int
    date: str


def iso(value: object) -> str | None:
    """Return a stated date in ISO form, to the day, month or year; None if it is no date.

    >>> iso("2026-03-10T09:30:00+04:00"), iso("2025-10"), iso("2025-02-30"), iso("soon")
    ('2026-03-10', '2025-10', None, None)
    """
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    match = _ISO.match(str(value).strip())
    if not match:
        return None
    return match[0] if not match[3] or _real(match[1], match[2], match[3]) else None


def stated(text: str, language: str) -> str | None:
    r"""Return the date of publication that the head of a text states, ISO, to the day.

    >>> stated("Title\n\nASTANA, April 14, 2026 - The ministry opened two sites.", "en")
    '2026-04-14'
    >>> stated("Title\n\nThe ministry opened two sites on April 14, 2026, it said.", "en")
    """
    if language not in catalog.names("languages"):
        return None
    lines = [stripped for line in text[:_HEAD].split("\n") if (stripped := line.strip())]
    for number, line in enumerate(lines[:_HEAD_LINES]):
        for found in _dates(line, language):
            before, after = line[: found.start].strip(), line[found.end :].strip()
            if _alone(before, after, language) or (
                number and (_byline(line, before, after) or _dateline(before, after))
            ):
                return found.date
    return None


def _alone(before: str, after: str, language: str) -> bool:
    """Return whether the line is the date, perhaps behind a label; the first line may be so."""
    label = _lower(before).rstrip(" :–—-|")
    return not after.strip(" .|)") and (not label or label in _labels(language))


def _byline(line: str, before: str, after: str) -> bool:
    """Return whether the date stands behind names in a line that is no sentence."""
    ends_apart = before.endswith((",", "|", ":", "–", "—", "(", "·")) or not before
    starts_apart = after.startswith((",", "|", "–", "—", ")", "·", "(")) or not after.strip(".")
    sentence = re.search(r"[a-zа-яё]{2}[.!?;]\s", line) or line.endswith((".", "!", "?", "…"))
    return len(line) <= _BYLINE and ends_apart and starts_apart and not sentence


def _dateline(before: str, after: str) -> bool:
    """Return whether before the date there is but a place, and behind it the text begins."""
    words = before.rstrip(",. ").split()
    place = len(before) <= _DATELINE_PLACE and before.endswith((",", ".")) and bool(words)
    starts = re.match(r"[.–—:(-]", after) is not None
    return place and starts and all(not word[0].isalpha() or word[0].isupper() for word in words)


def _lower(line: str) -> str:
    """Return a line in lower case, every space a plain one, sign for sign."""
    return "".join(" " if c.isspace() else c.lower() if len(c.lower()) == 1 else c for c in line)


def _dates(line: str, language: str) -> Iterator[_Found]:
    lower = _lower(line)
    for pattern, order in _patterns(language):
        for match in pattern.finditer(lower):
            parts = dict(zip(order, match.groups(), strict=True))
            month = parts["M"] if "M" in parts else str(_months(language)[parts["m"]])
            if date := _real(parts["y"], month, parts["d"]):
                yield _Found(match.start(), match.end(), date)


def _real(year: str, month: str, day: str) -> str | None:
    try:
        return dt.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


@cache
def _labels(language: str) -> frozenset[str]:
    return frozenset(_lower(label) for label in catalog.entry("languages", language)["date_labels"])


@cache
def _months(language: str) -> dict[str, int]:
    listed = catalog.entry("languages", language)["months"]
    return {_lower(name): number for number, names in enumerate(listed, 1) for name in names}


@cache
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return patterns of a full date, with what their groups are: d day, m or M month, y year."""
    raw = catalog.entry("languages", language)
    months = _any_of(_months(language))
    day, year = r"(?<![\d.])(0?[1-9]|[12][0-9]|3[01])", r"((?:19|20)[0-9]{2})(?!\d)"
    ending = r"(?:-?(?:st|nd|rd|th|nji|njy|ncı|nci|ы|и))?"
    case = r"(?:[ыиyiı]|i|sy|ы|ның|нің)?"
    after = rf"(?:[ -]*(?:{_any_of(raw['after_year'])})(?!\w))?" if raw["after_year"] else ""
    first = _any_of(raw["after_first_year"])
    of_year = rf"[ -]*(?:{first})?,? *" if first else r",? +"
    return (
        (
            re.compile(rf"{day}{ending}\.? (?:of )?({months})\.?{case},?(?: соли)? {year}{after}"),
            "dmy",
        ),
        (re.compile(rf"(?<!\w)({months})\.? {day}(?:st|nd|rd|th)?, {year}"), "mdy"),
        (re.compile(rf"(?<!\d){year}{of_year}{day}{ending}[ -]({months}){case}(?!\w)"), "ydm"),
        (re.compile(rf"(?<![\d-]){year}-(0[1-9]|1[0-2])-([0-3][0-9])(?![\d-])"), "yMd"),
        (re.compile(rf"{day}\.(0?[1-9]|1[0-2])\.{year}(?!\.\d)"), "dMy"),
    )


def _any_of(words: Iterable[str]) -> str:
    return "|".join(re.escape(_lower(w)) for w in sorted(words, key=lambda w: (-len(w), w)))
