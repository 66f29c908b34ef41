"""What a claim can not say: dates that are none, units nobody knows, ends before their start.

Rules keep to these by how they read; an analyst types. What is wrong is told by field, with what to
do about it; what was judged before stands as it is.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

import msgspec

from uptake.catalog import entry, table
from uptake.catalog import names as catalogue_names
from uptake.gather.knowledge.periods import days_of
from uptake.gather.knowledge.said import number, text
from uptake.model.claim import Claim

MONEY = "currency"
"""Unit of a sum of money."""

_OF_MONEY = (MONEY, "per_capita")
_PLAIN = (MONEY, "count", "rank", "per_capita", "index", "percent", "score", "people")
_NUMBERS = ("value", "value_max", "change_from", "change_to", "out_of", "per")
_DATES = ("start", "end", "due", "accessed")
_PRINTED = ("value_text", "stage_text")
_RELATED = {
    "fields.currency": ("fields.unit",),
    "fields.unit": ("fields.currency", "fields.value"),
    "fields.value_max": ("fields.value", "fields.comparator"),
    "fields.end": ("fields.start",),
    "fields.due": ("fields.start",),
    "time.end": ("time.start",),
    "fields.value_text": ("quote",),
    "fields.stage_text": ("quote",),
}
"""Fields that a change of others can make wrong."""

Wrong = Iterator[tuple[str, str]]
"""Name of a field, as in a form (``fields.value``, ``time.end``), and what is wrong with it."""


def impossible(before: Claim, after: Claim) -> dict[str, str]:
    """Return what an edit makes impossible, by field; what was so before it is no fault of it.

    Args:
        before: The claim as it was.
        after: The same, edited.

    >>> said = {"type": "event", "quote": "AI day", "start": 0, "end": 6}
    >>> day = Claim(**said, fields={"start": "2026-02-31"})
    >>> impossible(Claim(**said), day)["fields.start"]
    '2026-02-31 is no day of the calendar; write 2026-02 if the document tells no day'
    """
    changed = {name for name in _named(after) | _named(before) if _differ(before, after, name)}
    if (before.start, before.end) != (after.start, after.end):
        changed.add("quote")
    return {
        name: wrong
        for name, wrong in _wrong(after)
        if name in changed or changed.intersection(_RELATED.get(name, ()))
    }


def _differ(before: Claim, after: Claim, name: str) -> bool:
    old, new = _at(before, name), _at(after, name)
    return old is not new and old != new  # what is no number equals nothing, not even itself


def _named(claim: Claim) -> set[str]:
    return {*(f"fields.{key}" for key in claim.fields), "time.start", "time.end", "time.text"}


def _at(claim: Claim, name: str) -> Any:
    outer, _, inner = name.partition(".")
    if outer == "fields":
        return claim.fields.get(inner)
    return getattr(claim.time, inner) if claim.time else None


def _wrong(claim: Claim) -> Wrong:
    yield from _dates(claim)
    yield from _printed(claim)
    if claim.type == "indicator":
        yield from _numbers(claim)
        yield from _units(claim)


def _dates(claim: Claim) -> Wrong:
    stated = {f"fields.{key}": text(claim, key) for key in _DATES}
    time = msgspec.structs.asdict(claim.time) if claim.time else {}
    stated |= {f"time.{key}": str(time.get(key) or "") for key in ("start", "end")}
    days = {name: days_of(said) for name, said in stated.items() if said}
    for name, found in days.items():
        if found is None:
            yield name, _no_date(stated[name])
    for start, end in (
        ("fields.start", "fields.end"),
        ("fields.start", "fields.due"),
        ("time.start", "time.end"),
    ):
        first, last = days.get(start), days.get(end)
        if first and last and last[1] < first[0]:
            yield end, f"{stated[end]} lies before the start, {stated[start]}; correct one of them"


def _no_date(said: str) -> str:
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", said) and days_of(said[:7]):
        return f"{said} is no day of the calendar; write {said[:7]} if the document tells no day"
    return f"{said} is no date; write 2026, 2026-Q3, 2026-H1, 2026-09, 2026-09-30 or 2025/2026"


def _printed(claim: Claim) -> Wrong:
    spaced = " ".join(claim.quote.split())
    for key in _PRINTED:
        said = " ".join(text(claim, key).split())
        if said and said not in spaced:
            yield (
                f"fields.{key}",
                "not in the quote; write what stands there, or move the quote over these words",
            )


def _numbers(claim: Claim) -> Wrong:
    for key in _NUMBERS:
        said = claim.fields.get(key)
        if said is not None and number(claim, key) is None:
            yield f"fields.{key}", f"{str(said)[:40]!r} is no number; write figures only: 1234.5"
    low, high = number(claim, "value"), number(claim, "value_max")
    ranged = text(claim, "comparator") == "range"
    if low is not None and high is not None and high < low:
        yield "fields.value_max", "the upper end lies below the value; exchange them"
    elif high is not None and not ranged:
        yield (
            "fields.value_max",
            "an upper end needs the comparator range; choose it, or clear this",
        )
    elif ranged and low is not None and high is None:
        yield "fields.value_max", "a range has an upper end; write it, or choose another comparator"
    if text(claim, "unit") == "rank" and low is not None and not (low >= 1 and low == int(low)):
        yield "fields.value", "a rank is a whole number from 1 on; correct it, or the unit"


def _units(claim: Claim) -> Wrong:
    unit, currency = text(claim, "unit"), text(claim, "currency")
    if unit and unit not in known_units():
        yield "fields.unit", f"{unit[:40]!r} is no unit that is known; {_near(unit, known_units())}"
    if currency and currency not in known_currencies():
        near = _near(currency, known_currencies())
        yield "fields.currency", f"{currency[:40]!r} is no currency of ISO 4217; {near}"
    elif currency and unit not in _OF_MONEY:
        yield "fields.currency", "money has the unit currency; set it, or clear the currency"
    elif unit == MONEY and not currency:
        yield "fields.currency", "a sum of money needs its currency: USD, KZT, UZS"


def _near(said: str, known: Sequence[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(said.lower(), [one.lower() for one in known], n=3)
    found = [one for one in known if one.lower() in near] or list(known[:6])
    return f"choose one, such as {', '.join(found)}"


@cache
def known_units() -> tuple[str, ...]:
    """Return the units that claims may have: those that some language has a word for."""
    spoken = (
        unit
        for code in catalogue_names("languages")
        for unit in entry("languages", code).get("quantities", {}).get("units", {})
    )
    return tuple(dict.fromkeys((*_PLAIN, *sorted(set(spoken)))))


@cache
def known_currencies() -> tuple[str, ...]:
    """Return the codes of currencies, ISO 4217."""
    return tuple(table("currencies")["codes"])
