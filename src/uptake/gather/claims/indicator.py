"""Indicators: one claim for each quantity that measures something."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from uptake.catalog.gazetteer import place
from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.assignment import Found, assigned
from uptake.gather.claims.attribution import attribution
from uptake.gather.claims.boilerplate import boilerplate
from uptake.gather.claims.changes import Change, changes
from uptake.gather.claims.clauses import Piece, pieces, trimmed, without_speaker
from uptake.gather.claims.joint_times import joint
from uptake.gather.claims.kinds import Standing, claim_time, standing
from uptake.gather.claims.measured import measured
from uptake.gather.claims.modality import refuted
from uptake.gather.claims.reading import Reading, readings
from uptake.gather.claims.repeated import each_once
from uptake.gather.claims.sectors import sectors
from uptake.gather.claims.subjects import details, subject, verb_final
from uptake.model.claim import Claim
from uptake.model.evidence import Passage

_NOTE = re.compile(r"\s?[.,;]?\s?\[(\w{1,4})\]")
_CONFIDENCE = {"percent": 0.9, "currency": 0.9, "per_capita": 0.9, "rank": 0.85, "score": 0.8}
_COUNT_CONFIDENCE = 0.75
_UNNAMED = 0.15


def indicators(analysis: Analysis) -> Iterator[Claim]:
    """Yield the indicators of a document; what it prints again is a place of the first claim."""
    yield from each_once(analysis, _printed(analysis))


def _printed(analysis: Analysis) -> Iterator[Claim]:
    apart = iter(boilerplate(analysis))
    span = next(apart, None)
    for reading in readings(analysis):
        for claim in _of_sentence(reading):
            [value] = claim.evidence["value"]
            while span is not None and span.end <= value.start:
                span = next(apart, None)
            if span is None or value.end <= span.start:
                yield claim


def _of_sentence(reading: Reading) -> Iterator[Claim]:
    listed = pieces(reading, measured(reading))
    if not listed:
        return
    places = assigned(reading, listed)
    listed, changed = changes(reading, listed)
    for number, piece in enumerate(listed):
        beside = _beside(reading, listed, number)
        if refuted(reading.folded, reading.language, piece.start, piece.end):
            continue
        stands = standing(reading, piece, beside)
        time, readings_of_time = joint(reading, stands.time, piece, listed)
        stands = replace(stands, time=time, other_times=readings_of_time)
        if changed[number].role == "from":
            stands = replace(stands, kind="actual", other="", modality="asserted")
        yield _claim(reading, piece, places[number], stands, changed[number])


def _beside(reading: Reading, listed: list[Piece], number: int) -> list[Piece]:
    """Return the parts of the sentence whose verb a part without one shares, the nearest first."""
    others = listed[number + 1 :] if verb_final(reading.language) else listed[:number][::-1]
    at = listed[number].start
    return [p for p in others if ";" not in reading.folded[min(p.start, at) : max(p.start, at)]]


def _claim(reading: Reading, piece: Piece, found: Found, stands: Standing, change: Change) -> Claim:
    quantity, text = piece.quantity, reading.analysis.text
    low, high = piece.segment
    high = without_speaker(reading, low, high, quantity.end)
    start, end = trimmed(text, low, high)
    codes, basis = found
    identity, name = subject(reading, piece, change.growth)
    stated = quantity.stated if quantity.stated[1] else (quantity.start, quantity.end)
    currency, others = _currency(quantity.currency, quantity.currencies, codes)
    fields: dict[str, Any] = {
        "indicator": identity,
        "name": name or None,
        "value": _number(quantity.value),
        "comparator": quantity.comparator,
        "unit": quantity.unit,
        "currency": currency,
        "kind": stands.kind,
        "value_text": text[slice(*stated)],
        **details(reading, piece),
    }
    if quantity.value_max is not None:
        fields["value_max"] = _number(quantity.value_max)
    if change.role:
        other = "change_to" if change.role == "from" else "change_from"
        fields |= {"role": change.role, other: _number(change.other or 0)}
    if change.growth:
        fields["change"] = change.growth
    note = _NOTE.match(text, piece.segment[1]) or _NOTE.search(text, quantity.end, piece.segment[1])
    evidence: dict[str, tuple[Passage, ...]] = {"value": (Passage(start=stated[0], end=stated[1]),)}
    if stands.time is not None:
        evidence["time"] = (Passage(start=stands.time.start, end=stands.time.end),)
    alternatives: dict[str, tuple[Any, ...]] = {}
    if stands.other:
        alternatives["kind"] = (stands.other,)
    if stands.other_times:
        alternatives["time"] = stands.other_times
    if others:
        alternatives["currency"] = others
    return Claim(
        type="indicator",
        quote=text[start:end],
        start=start,
        end=end,
        countries=codes,
        country_basis=basis,
        sectors=sectors(reading.analysis, start, end),
        time=claim_time(reading, stands.time),
        modality=stands.modality,
        attribution=attribution(reading.analysis, reading.sentence),
        source_ref=f"[{note[1]}]" if note else None,
        fields=fields,
        evidence=evidence,
        alternatives=alternatives,
        confidence=_confidence(quantity.unit, named=bool(identity or name)),
    )


def _confidence(unit: str, *, named: bool) -> float:
    """Return how sure a claim is: less so where the text does not tell what it measures."""
    found = _CONFIDENCE.get(unit, _COUNT_CONFIDENCE)
    return found if named else round(found - _UNNAMED, 2)


def _currency(
    first: str | None, others: tuple[str, ...], codes: tuple[str, ...]
) -> tuple[str | None, tuple[str, ...]]:
    """Return the currency meant by a word that several share: that of the claim's country."""
    near = [code for c in codes if (code := place(c).currency) in others]
    if first is None or not near or any(place(c).currency == first for c in codes):
        return first, others
    return near[0], tuple(c for c in (first, *others) if c != near[0])


def _number(value: float) -> int | float:
    return int(value) if value == int(value) else value
