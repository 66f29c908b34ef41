"""Numbers, currencies and dates of the grammar against the specifications of Recognizers-Text.

    python benchmarks/recognizers.py SPECS [--misses] [--language English]

``SPECS`` is the folder ``Specs`` of that project (MIT), which holds texts with the stretches and
values that its own library finds. Printed are, for each kind and language, how many of these
stretches are found exactly (span), how many also with their value (value), and how many of ours
stand where the specification has none (extra). A day or month without a year, ``next friday``
and the like are told from the reference date of each case; either of a specification's two
readings, past and future, counts; so does an end that the specification excludes and we include
(``from 2014 to 2018`` ends with 2018 here and with its first day there). Cases that we leave aside
on purpose are counted as misses: ``192.168.1.2`` and telephone numbers have no quantity here, nor
has ``5/17/2018``, and ``end of 2000`` is its last day, not its last third.
"""

import argparse
import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from uptake.gather.grammar import periods
from uptake.gather.grammar.quantities import quantities
from uptake.gather.grammar.spans import TimeSpan
from uptake.gather.grammar.times import times

LANGUAGES = {"English": "en", "Turkish": "tr"}
CURRENCIES = {
    "Dollar": "USD", "Pound": "GBP", "Rupee": "INR", "Franc": "CHF", "Ruble": "RUB", "Euro": "EUR",
}  # fmt: skip
"""Units that a specification names without a code: the likeliest is what we say."""


PARTS = {"Cent", "Pence", "Penny", "Sen"}
"""Units that are hundredths: our value is that of the whole."""


@dataclass
class Score:
    """Counts of one kind in one language."""

    items: int = 0
    span: int = 0
    value: int = 0
    extra: int = 0
    misses: list[str] = field(default_factory=list)


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("specs", type=Path)
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--language", choices=sorted(LANGUAGES))
    parser.add_argument("--kind")
    asked = parser.parse_args()
    for (language, kind), score in scores(asked.specs).items():
        if asked.language not in {None, language} or asked.kind not in {None, kind}:
            continue
        print(
            f"{language:8} {kind:9} {score.items:4} items  span {score.span / score.items:.3f}"
            f"  value {score.value / score.items:.3f}  extra {score.extra}"
        )
        for miss in score.misses if asked.misses else ():
            print("    ", miss)


def scores(specs: Path) -> dict[tuple[str, str], Score]:
    """Return the score of each language and kind."""
    found: dict[tuple[str, str], Score] = {}
    for language in LANGUAGES:
        found[language, "numbers"] = _numbers(specs, language)
        found[language, "currency"] = _currencies(specs, language)
        found[language, "dates"] = _dates(specs, language, "Date")
        found[language, "periods"] = _dates(specs, language, "DatePeriod")
    return found


def _cases(path: Path) -> Iterator[dict[str, Any]]:
    yield from json.loads(path.read_text(encoding="utf-8-sig"))


def _numbers(specs: Path, language: str) -> Score:
    score = Score()
    for name in ("NumberModel", "PercentModel"):
        for case in _cases(specs / "Number" / language / f"{name}.json"):
            text = case["Input"]
            ours = quantities(text, LANGUAGES[language])
            wanted = {}
            for result in case["Results"]:
                start, end = result["Start"], result["End"] + 1
                wanted[start, end] = _number(result["Resolution"]["value"])
            spans = {}
            for q in ours:
                span = q.stated if name == "PercentModel" else q.number
                spans[span] = q.value
            _count(score, text, wanted, spans)
    return score


def _number(printed: str) -> float:
    return float(printed.rstrip("%").replace(",", "."))


def _count(score: Score, text: str, wanted: dict[Any, Any], spans: dict[Any, Any]) -> None:
    for span, value in wanted.items():
        score.items += 1
        score.span += span in spans
        right = span in spans and _same(spans[span], value)
        score.value += right
        if not right:
            got = {text[slice(*s)]: v for s, v in spans.items()}
            score.misses.append(f"{text!r}: {text[slice(*span)]!r} = {value} | {got}")
    score.extra += sum(span not in wanted for span in spans)
    if not wanted and spans:
        score.misses.append(f"{text!r}: nothing | {[text[slice(*s)] for s in spans]}")


def _same(ours: Any, wanted: Any) -> bool:
    if isinstance(wanted, float):
        return bool(abs(ours - wanted) <= 1e-9 * max(1.0, abs(wanted)))
    return bool(ours == wanted)


def _currencies(specs: Path, language: str) -> Score:
    score = Score()
    for case in _cases(specs / "NumberWithUnit" / language / "CurrencyModel.json"):
        text = case["Input"]
        found = [q for q in quantities(text, LANGUAGES[language]) if q.unit == "currency"]
        spans = {q.stated: (q.value, q.currency) for q in found}
        wanted = {}
        for result in case["Results"]:
            values = result["Resolution"]
            if values["value"] is None:  # the word alone: no quantity
                continue
            code = values.get("isoCurrency") or CURRENCIES.get(values["unit"])
            span = result["Start"], result["End"] + 1
            value = _number(values["value"]) / (100 if values["unit"] in PARTS else 1)
            # Historical currencies and parts of a unit have no code there: the value must do.
            ours = spans.get(span, (0.0, None))
            wanted[span] = (value, code or ours[1])
        _count_money(score, text, wanted, spans)
    return score


def _count_money(score: Score, text: str, wanted: dict[Any, Any], spans: dict[Any, Any]) -> None:
    for span, (value, code) in wanted.items():
        score.items += 1
        score.span += span in spans
        right = span in spans and _same(spans[span][0], value) and spans[span][1] == code
        score.value += right
        if not right:
            got = {text[slice(*s)]: v for s, v in spans.items()}
            score.misses.append(f"{text!r}: {text[slice(*span)]!r} = {value} {code} | {got}")
    score.extra += sum(span not in wanted for span in spans)


def _dates(specs: Path, language: str, kind: str) -> Score:
    score = Score()
    for name in ("Extractor", "Parser"):
        for case in _cases(specs / "DateTime" / language / f"{kind}{name}.json"):
            text = case["Input"]
            reference = case.get("Context", {}).get("ReferenceDateTime", "2016-11-07")[:10]
            ours = times(text, LANGUAGES[language], reference)
            wanted = {
                (r["Start"], r["Start"] + r["Length"]): r.get("Value") for r in case["Results"]
            }
            for span, value in wanted.items():
                score.items += 1
                here = [t for t in ours if span in {t.stated, (t.start, t.end)}]
                score.span += bool(here)
                right = bool(here) and (value is None or _is_one_of(here[0], value))
                score.value += right
                if not right:
                    got = [(text[t.start : t.end], t.first, t.last) for t in ours]
                    score.misses.append(f"{text!r}: {text[slice(*span)]!r} = {value} | {got}")
            score.extra += sum(
                t.stated not in wanted and (t.start, t.end) not in wanted for t in ours
            )
    return score


def _is_one_of(ours: TimeSpan, value: dict[str, Any]) -> bool:
    """Return whether a time is one of the two readings of a specification."""
    if ours.first is None:
        return False
    bounds = periods.bounds(periods.Period(ours.first, ours.last, ours.granularity))
    assert bounds is not None
    readings = (value.get("PastResolution") or {}, value.get("FutureResolution") or {})
    if not any(readings):  # a season, which the specification leaves without days
        return True
    for reading in readings:
        if "date" in reading and bounds[0].isoformat() == reading["date"]:
            return True
        if "startDate" in reading and bounds[0].isoformat() == reading["startDate"]:
            after = (bounds[1] + dt.timedelta(days=1)).isoformat()
            last_unit = periods.bounds(
                periods.Period(ours.last or ours.first, None, ours.granularity)
            )
            assert last_unit is not None
            ends = {bounds[1].isoformat(), after, last_unit[0].isoformat()}
            if reading.get("endDate") in ends:
                return True
    return False


if __name__ == "__main__":
    main()
