"""A language model's claim -> one whose every word and number stands in the text, or why not."""

import math
from typing import Any

import msgspec

from uptake.gather.claims.analysis import Analysis
from uptake.gather.grammar.spans import Quantity, TimeSpan
from uptake.gather.llm import prompt
from uptake.gather.words import fold
from uptake.model.claim import Attribution, Basis, Claim, ClaimTime, ClaimType, Modality

CONFIDENCE = 0.4
"""Of a claim that is verified but that no rule has made: to be looked at by a person."""


class Proposed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A claim as a language model writes it."""

    type: ClaimType
    quote: str
    countries: tuple[str, ...] = ()
    modality: Modality = "asserted"
    time_text: str | None = None
    fields: dict[str, Any] = {}


class RefusedError(Exception):
    """A claim does not hold; ``code`` is one of the package's ``CODES``."""

    def __init__(self, code: str) -> None:
        """Keep the code; the model's words are not."""
        super().__init__(code)
        self.code = code


def verified(proposed: Proposed, document: Analysis, start: int, end: int) -> Claim:
    """Return the claim that a proposal about ``text[start:end]`` makes.

    Raises:
        RefusedError: Something of it does not stand in the text.
    """
    quote = proposed.quote
    begin = document.text.find(quote, start, end) if quote.strip() else -1
    if begin < 0:
        raise RefusedError("llm-claim-quote")
    stop = begin + len(quote)
    around = _sentences(document, begin, stop)
    fields = _fields(proposed, document, around)
    countries, basis = _countries(proposed, document, begin, stop)
    return Claim(
        type=proposed.type,
        quote=quote,
        start=begin,
        end=stop,
        countries=countries,
        country_basis=basis,
        time=_time(proposed.time_text, document, around),
        modality=proposed.modality,
        attribution=None if proposed.type in {"person", "organisation"} else Attribution(),
        fields=fields,
        confidence=CONFIDENCE,
    )


def _sentences(document: Analysis, start: int, end: int) -> tuple[int, int]:
    """Return the span of the sentences that a quote stands in."""
    touched = [s for s in document.sentences if s.start < end and start < s.end]
    return min([start, *(s.start for s in touched)]), max([end, *(s.end for s in touched)])


def _fields(proposed: Proposed, document: Analysis, around: tuple[int, int]) -> dict[str, Any]:
    allowed = prompt.FIELDS.get(proposed.type)
    if allowed is None or not set(proposed.fields) <= set(allowed):
        raise RefusedError("llm-claim-form")
    words = fold(document.text[slice(*around)])
    stated = [q for q in document.quantities if around[0] <= q.start and q.end <= around[1]]
    given = {name: proposed.fields.get(name) for name in allowed}
    for name, value in given.items():
        if value is not None:
            _field(proposed.type, name, value, words, stated)
    _coded(given, stated)
    if proposed.type == "indicator" and given["value"] is None:
        raise RefusedError("llm-claim-number")
    return given


def _field(kind: str, name: str, value: object, words: str, stated: list[Quantity]) -> None:
    """Refuse a value that its field may not have, or that the text does not state."""
    closed = prompt.CLOSED_BY_TYPE.get((kind, name)) or prompt.CLOSED.get(name)
    if closed:
        if value not in closed:
            raise RefusedError("llm-claim-form")
    elif name in prompt.NUMBERS:
        _number(value, stated)
    elif name in prompt.LISTS:
        if not isinstance(value, list):
            raise RefusedError("llm-claim-form")
        for each in value:
            _stands(each, words)
    elif name not in prompt.CODED:
        _stands(value, words)


def _number(value: object, stated: list[Quantity]) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise RefusedError("llm-claim-form")
    if not any(
        math.isclose(value, each, rel_tol=1e-9)
        for q in stated
        for each in (q.value, q.value_max)
        if each is not None
    ):
        raise RefusedError("llm-claim-number")


def _coded(given: dict[str, Any], stated: list[Quantity]) -> None:
    """Refuse a unit or a currency that no such number of the sentence has."""
    unit, currency = given.get("unit"), given.get("currency")
    if unit is None and currency is None:
        return
    for q in stated:
        if not math.isclose(q.value, float(given.get("value") or 0), rel_tol=1e-9):
            continue
        if currency not in (None, q.currency, *q.currencies):
            continue
        if unit in (None, q.unit) or (unit == "per_capita" and q.unit in {"currency", "count"}):
            return
    raise RefusedError("llm-claim-number")


def _stands(value: object, words: str) -> None:
    if not isinstance(value, str):
        raise RefusedError("llm-claim-form")
    if not value.strip() or fold(value.strip()) not in words:
        raise RefusedError("llm-claim-name")


def _countries(
    proposed: Proposed, document: Analysis, start: int, end: int
) -> tuple[tuple[str, ...], Basis | None]:
    codes = tuple(sorted(set(proposed.countries)))
    if not set(codes) <= {m.place for m in document.places}:
        raise RefusedError("llm-claim-place")
    named = {m.place for m in document.places if start <= m.start and m.end <= end}
    if not codes:
        return (), None
    return codes, "explicit" if set(codes) <= named else "context"


def _time(text: str | None, document: Analysis, around: tuple[int, int]) -> ClaimTime | None:
    if text is None:
        return None
    stated = [t for t in document.times if around[0] <= t.start and t.end <= around[1]]
    wanted = fold(text.strip())
    for each in stated:
        printed = document.text[each.start : each.end]
        if wanted and (wanted in fold(printed) or fold(printed) in wanted):
            return _claim_time(each, printed)
    raise RefusedError("llm-claim-time")


def _claim_time(found: TimeSpan, printed: str) -> ClaimTime:
    return msgspec.convert(
        {
            "text": printed,
            "start": found.first,
            "end": found.last,
            "granularity": found.granularity,
            "relation": found.relation,
        },
        ClaimTime,
    )
