"""What a claim claims, in words: its subject as its document names it, and the rest in ours."""

import math
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from uptake.model.claim import Attribution, Claim, ClaimTime

LONGEST = 300
"""Characters of a field that a page prints; a longer one is cut, as its quote stands beside it."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing told besides: its label, and what it is.

    ``ours`` marks words of this page; the others are the document's, in its language.
    """

    label: str
    text: str
    ours: bool = False


@cache
def words() -> Mapping[str, Any]:
    """Return the tables of ``words.toml``."""
    text = (files("uptake.publish.evidence") / "words.toml").read_text(encoding="utf-8")
    return MappingProxyType(tomllib.loads(text))


def types() -> tuple[str, ...]:
    """Return the types of claims, in the order of pages."""
    return tuple(words()["types"])


def counted(type: str, number: int) -> str:
    """Write how many claims of a type there are.

    >>> counted("policy", 1), counted("policy", 1200)
    ('1 policy', '1,200 policies')
    """
    named = words()["types"][type]
    return f"{number:,} {named['one' if number == 1 else 'many']}"


def type_title(type: str) -> str:
    """Return the heading of a type of claims."""
    title = str(words()["types"][type]["many"])
    return title[:1].upper() + title[1:]


def plain(value: Any) -> str:
    """Write the value of a field, whatever it is.

    >>> plain(["A", "B"]), plain({"age": "18-24"}), plain(2030.0), plain(None), plain(True)
    ('A, B', 'age: 18-24', '2030', '', 'yes')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return number(value) if value >= 10_000 else f"{value:.10g}"
    if isinstance(value, Mapping):
        said = ((str(name).replace("_", " "), plain(inner)) for name, inner in value.items())
        return "; ".join(f"{name}: {inner}" for name, inner in said if inner)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return ", ".join(part for part in map(plain, value) if part)
    text = " ".join(str(value).split())
    return text if len(text) <= LONGEST else f"{text[:LONGEST].rstrip()}…"


def spoken(value: Any) -> str:
    """Write a value of a closed list: ``in_use`` is ``in use``."""
    return plain(value).replace("_", " ")


def number(value: float) -> str:
    """Write a number with a word for its scale, with no digit lost.

    >>> number(4e8), number(1.5e12), number(42.5), number(12345), number(1234567)
    ('400 million', '1.5 trillion', '42.5', '12,345', '1,234,567')
    """
    for scale, size in words()["scales"].items():
        short = f"{value / size:,.3f}".rstrip("0").rstrip(".")
        same = math.isclose(float(short.replace(",", "")) * size, value, rel_tol=1e-15)
        if abs(value) >= size and same:
            return f"{short} {scale}"
    return f"{value:,.15g}" if abs(value) < 1e15 else f"{value:.10g}"


def amount(fields: Mapping[str, Any]) -> str:
    """Write an indicator's figure with comparator, unit and currency; empty without a number.

    >>> amount({"value": 4e8, "comparator": ">", "unit": "currency", "currency": "EUR"})
    'more than EUR 400 million'
    >>> amount({"value": 24, "comparator": "=", "unit": "rank"})
    'rank 24'
    >>> amount({"value": 3, "value_max": 4, "comparator": "range", "unit": "percent"})
    '3 to 4%'
    >>> amount({"value": 12, "unit": "per_capita", "currency": "USD", "per": 1})
    'USD 12 per head'
    >>> amount({"value": 4, "unit": "per_capita", "per": 100_000})
    '4 per 100,000 people'
    """
    value, most = fields.get("value"), fields.get("value_max")
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    shown = number(value)
    if isinstance(most, int | float) and not isinstance(most, bool):
        shown = f"{shown} to {number(most)}"
    unit, currency = str(fields.get("unit") or "count"), str(fields.get("currency") or "")
    frame = str(words()["units"].get(unit, "{} " + spoken(unit)))
    if currency:
        shown = f"{currency} {shown}"
        frame = "{}"
    if unit == "per_capita":
        base = fields.get("per")
        frame = "{} per head"
        if isinstance(base, int | float) and base > 1:
            frame = f"{{}} per {number(base)} people"
    compared = words()["comparators"].get(str(fields.get("comparator")), "")
    return f"{compared} {frame.replace('{}', shown)}".strip()


def subject(claim: Claim) -> str:
    """Return what a claim is about, as its document has it; empty if it tells none."""
    for name in words()["types"][claim.type]["subject"]:
        parts = claim.fields.get(name)
        if isinstance(parts, list | tuple):
            found = " – ".join(part for part in map(plain, parts) if part)
        else:
            found = plain(parts).replace("_", " ") if name == "indicator" else plain(parts)
        if found:
            return _in_one(found) if claim.type == "indicator" else found
    return ""


def _in_one(name: str) -> str:
    """Write a name made of a kind of figure and a title as one; names of documents stay.

    >>> _in_one("share of Power plants"), _in_one("growth of AI users"), _in_one("доля ферм")
    ('Share of power plants', 'Growth of AI users', 'доля ферм')
    """
    kind, of, title = name.partition(" of ")
    if not of or kind not in words()["made_names"]["kinds"]:
        return name
    common = title[:1].isupper() and title[1:2].islower()
    return f"{kind.capitalize()} of {title[:1].lower() if common else title[:1]}{title[1:]}"


def says(claim: Claim) -> str:
    """Return what is claimed of the subject, in our words."""
    fields = claim.fields
    if claim.type == "indicator":
        found = amount(fields)
        return f"{found} (target)" if found and fields.get("kind") == "target" else found
    parts = [spoken(fields.get(name)) for name in words()["says"].get(claim.type, ())]
    if claim.modality != "asserted":
        parts.append(str(words()["modality"].get(claim.modality, claim.modality)))
    return ", ".join(dict.fromkeys(part for part in parts if part))


def facts(claim: Claim) -> tuple[Fact, ...]:
    """Return what a claim tells besides its subject, when, and who says so."""
    told = subject(claim)
    labels = words()["fields"]
    found = [
        Fact(str(labels.get(name, name)), plain(claim.fields.get(name)))
        for name in words()["types"][claim.type]["facts"]
    ]
    if claim.type == "indicator" and not amount(claim.fields):
        found.insert(0, Fact("In words", plain(claim.fields.get("value_text"))))
    if claim.time:
        found.append(Fact("Time", time_text(claim.time), ours=True))
    if claim.attribution:
        found.append(Fact("Said by", *_speaker(claim.attribution)))
    out = [fact for fact in found if fact.text and fact.text != told]
    out = [fact for fact in out if fact.label not in _repeated(claim)]
    readings = [_readings(name, values) for name, values in claim.alternatives.items() if values]
    if readings:
        out.append(Fact("Other readings", "; ".join(readings), ours=True))
    return tuple(out)


def _repeated(claim: Claim) -> set[str]:
    """Return the labels of facts that only repeat the time that stands beside them."""
    start, end = claim.fields.get("start"), claim.fields.get("end")
    labels = words()["fields"]
    time = claim.time
    if time and start == time.start and end in (None, time.end or time.start):
        return {labels["start"], labels["end"]}
    return {labels["end"]} if end == start else set()


def _readings(field: str, values: Sequence[Any]) -> str:
    """Write other readings of one field, ``Time: 2024 or 2025``."""
    label = words()["fields"].get(field, field.replace("_", " "))
    if field == "comparator":
        said = [str(words()["comparators"].get(value, "exactly")) for value in values]
    else:
        said = [plain(value) or "none stated" for value in values]
    return f"{label}: {' or '.join(said)}"


def time_text(time: ClaimTime) -> str:
    """Write a stated time: as printed, and as it is understood.

    >>> time_text(ClaimTime(text="к 2025 году", start="2025", relation="by"))
    '“к 2025 году”: by 2025'
    """
    ends = list(dict.fromkeys(end for end in (time.start, time.end) if end))
    relation = str(words()["relations"].get(time.relation, ""))
    joined = (" and " if time.relation == "between" else " to ").join(ends)
    meant = f"{relation} {joined}".strip() if ends else ""
    printed = plain(time.text)
    if not meant or printed.casefold() in (meant, f"in {meant}"):
        return f"“{printed}”"
    return f"“{printed}”: {meant}"


def _speaker(said: Attribution) -> tuple[str, bool]:
    named = ", ".join(plain(p) for p in (said.speaker, said.role, said.organisation) if p)
    how = str(words()["attribution"].get(said.kind, said.kind))
    if said.kind == "author":
        return (f"{how} ({named})" if named else ""), True
    return (f"{named} ({how[:1].lower()}{how[1:]})" if named else how), True


def stage_title(stage: str) -> str:
    """Return the heading of a stage."""
    return str(words()["stages"].get(stage, spoken(stage)))


@cache
def sectors() -> Mapping[str, str]:
    """Return the titles of the catalogue's sectors, in its order."""
    path = files("uptake.catalog") / "sectors.toml"
    listed = tomllib.loads(path.read_text(encoding="utf-8"))["sectors"] if path.is_file() else []
    return MappingProxyType({str(one["id"]): str(one["title"]) for one in listed})


def sector_title(sector: str) -> str:
    """Return the heading of a sector.

    >>> sector_title("deep_sea"), sector_title("")
    ('Deep sea', 'Sector not told')
    """
    title = sector.replace("_", " ")
    return sectors().get(sector) or (title[:1].upper() + title[1:]) or "Sector not told"
