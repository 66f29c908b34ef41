"""The form of each type of claim: which fields an analyst may edit, and how each is read."""

import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal, get_args

import msgspec

from uptake.catalog.gazetteer import known_places
from uptake.model.claim import Claim, ClaimType, Modality, Relation, Stage

Kind = Literal["text", "number", "choice", "list", "pairs"]

LONGEST = 2_000
"""Characters of one field of a form."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form.

    Attributes:
        name: Its key; one with a dot stands inside another (``time.start``).
        title: As shown.
        kind: ``list`` has an item a line, ``pairs`` ``key = value`` a line.
        options: Allowed values of a choice or of a list's items, suggested ones of a text.
        pattern: What a text, or each item of a list, must look like; empty for anything.
        hint: Shown beneath.
        rare: Whether it is folded away while it is empty.
    """

    name: str
    title: str
    kind: Kind = "text"
    options: tuple[str, ...] = ()
    pattern: str = ""
    hint: str = ""
    rare: bool = False


_ISO_TIME = r"\d{4}(?:-(?:\d{2}(?:-\d{2})?|Q[1-4]|H[12])|/\d{4})?"
_STATUSES = ("discussed", "planned", "draft", "adopted", "in_force", "amended", "repealed")
_EVENTS = (
    "forum", "summit", "conference", "exhibition", "hackathon", "week", "session", "workshop",
    "ceremony", "festival", "meeting", "talks", "hearing", "press_conference", "press_briefing",
    "government_meeting", "competition", "visit", "election", "opening", "signing",
)  # fmt: skip
_UNITS = ("percent", "currency", "rank", "count", "per_capita", "score")
_COMPARATORS = ("=", ">", "<", ">=", "<=", "~", "range")

FIELDS: dict[ClaimType, tuple[Field, ...]] = {
    "indicator": (
        Field("indicator", "Indicator", hint="Short id, such as ai_users"),
        Field("name", "Name in words"),
        Field("value", "Value", "number"),
        Field("value_max", "Upper end of a range", "number", rare=True),
        Field("comparator", "Comparator", "choice", _COMPARATORS),
        Field("unit", "Unit", options=_UNITS),
        Field("currency", "Currency", pattern="[A-Z]{3}", hint="ISO 4217: USD, KZT, UZS"),
        Field("kind", "Actual or target", "choice", ("actual", "target")),
        Field("value_text", "Value as printed"),
        Field("change_from", "Changed from", "number", rare=True),
        Field("change_to", "Changed to", "number", rare=True),
        Field("out_of", "Out of", "number", rare=True),
        Field("index", "Index", rare=True),
        Field("subject", "Subject"),
        Field("scope", "Scope", rare=True),
        Field("per", "Per how many people", "number", rare=True),
        Field("period", "Period", rare=True),
        Field("role", "Role", rare=True),
        Field("qualitative", "In words only", rare=True),
        Field("breakdown", "Breakdown", "pairs", hint="One a line: age = 18-24", rare=True),
    ),
    "initiative": (
        Field("name", "Name"),
        Field("what", "What"),
        Field("stage", "Stage", "choice", get_args(Stage)),
        Field("stage_text", "Stage as printed"),
        Field("actors", "Actors", "list", hint="One a line"),
        Field("place", "Place"),
        Field("start", "Start", pattern=_ISO_TIME),
        Field("due", "Due", pattern=_ISO_TIME),
    ),
    "policy": (
        Field("name", "Name"),
        Field("policy_type", "Kind of policy", options=("law", "strategy", "regulation", "goal")),
        Field(
            "status",
            "Status",
            options=_STATUSES,
        ),
        Field("actor", "Actor"),
        Field("aim", "Aim"),
    ),
    "partnership": (
        Field("parties", "Parties", "list", hint="One a line"),
        Field("relation", "Relation"),
        Field("status", "Status", options=("discussed", "announced", "signed", "ongoing")),
        Field("subject", "Subject"),
    ),
    "event": (
        Field("name", "Name"),
        Field("event_type", "Kind of event", options=_EVENTS),
        Field("place", "Place"),
        Field("start", "Start", pattern=_ISO_TIME),
        Field("end", "End", pattern=_ISO_TIME),
        Field("participants", "Participants", "list", hint="One a line"),
        Field("outcome", "Outcome"),
    ),
    "person": (
        Field("name", "Name"),
        Field("role", "Role", rare=True),
        Field("organisation", "Organisation"),
    ),
    "organisation": (
        Field("name", "Name"),
        Field("abbreviation", "Abbreviation"),
        Field("org_type", "Kind", options=("company", "government", "university")),
    ),
    "source_ref": (
        Field("marker", "Marker"),
        Field("title", "Title"),
        Field("publisher", "Publisher"),
        Field("url", "URL"),
        Field("accessed", "Accessed", pattern=_ISO_TIME),
        Field("resolves_to", "Resolves to"),
    ),
}
"""Keys of ``Claim.fields`` by type; others that an extractor gave are kept as they are."""

_GRANULARITY = ("day", "month", "quarter", "half-year", "year", "school-year")


@cache
def about() -> tuple[Field, ...]:
    """Return what every type has beside its fields."""
    listed = tomllib.loads((files("uptake.catalog") / "sectors.toml").read_text(encoding="utf-8"))
    sectors = tuple(sector["id"] for sector in listed["sectors"])
    places = tuple(known_places())
    return (
        Field("countries", "Countries", "list", places, hint="ISO 3166-1 alpha-3, one a line"),
        Field("sectors", "Sectors", "list", sectors, hint="One a line"),
        Field("modality", "Modality", "choice", get_args(Modality)),
        Field("time.text", "Time as printed", hint="As it stands in the document"),
        Field("time.start", "Time: start", pattern=_ISO_TIME),
        Field("time.end", "Time: end", pattern=_ISO_TIME),
        Field("time.granularity", "Time: to the", "choice", _GRANULARITY),
        Field("time.relation", "Time: relation", "choice", get_args(Relation)),
        Field("attribution.kind", "Said by", "choice", ("author", "reported", "direct_quote")),
        Field("attribution.speaker", "Speaker"),
        Field("attribution.role", "Speaker's role"),
        Field("attribution.organisation", "Speaker's organisation"),
    )


def of(claim: Claim) -> tuple[Field, ...]:
    """Return all fields of a claim's form; names of its own fields are ``fields.<key>``."""
    own = FIELDS[claim.type]
    return (*(_inside("fields", f) for f in own), *about())


def _inside(outer: str, field: Field) -> Field:
    from dataclasses import replace

    return replace(field, name=f"{outer}.{field.name}")


def texts(claim: Claim) -> dict[str, str]:
    """Return what a claim's form shows, by field."""
    plain = msgspec.to_builtins(claim)
    return {field.name: written(field, _at(plain, field.name)) for field in of(claim)}


def others(claim: Claim) -> dict[str, str]:
    """Return the fields that the form does not have, as JSON."""
    known = {field.name for field in FIELDS[claim.type]}
    return {k: msgspec.json.encode(v).decode() for k, v in claim.fields.items() if k not in known}


def written(field: Field, value: Any) -> str:
    r"""Write a value as its form shows it.

    >>> written(Field("parties", "", "list"), ["A", "B"]), written(Field("value", "", "number"), 5)
    ('A\nB', '5')
    """
    if value is None:
        return ""
    if field.kind == "list" and isinstance(value, list | tuple):
        return "\n".join(map(str, value))
    if field.kind == "pairs" and isinstance(value, dict):
        return "\n".join(f"{key} = {said}" for key, said in value.items())
    return str(value)


def _at(plain: Mapping[str, Any], name: str) -> Any:
    value: Any = plain
    for key in name.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def changes(claim: Claim, form: Mapping[str, str]) -> tuple[dict[str, Any], dict[str, str]]:
    """Read a form: what it changes about a claim, nested, and what is wrong, by field.

    A field that reads as it was shown is no change; one that the form lacks is none either.
    """
    before = texts(claim)
    data: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    plain = msgspec.to_builtins(claim)
    for field in of(claim):
        said = form.get(field.name)
        if said is None or _lines(said) == _lines(before[field.name]):
            continue
        try:
            value = read(field, said)
        except ValueError as error:
            wrong[field.name] = str(error)
            continue
        outer, _, inner = field.name.partition(".")
        if not inner:
            data[outer] = value
        elif outer == "fields":
            data.setdefault(outer, {})[inner] = value
        else:
            data.setdefault(outer, dict(plain.get(outer) or {}))[inner] = value
    _check_whole(data, wrong)
    return data, wrong


def _check_whole(data: dict[str, Any], wrong: dict[str, str]) -> None:
    """Check what several fields say together, and what may not be empty."""
    if "modality" in data and data["modality"] is None:
        wrong["modality"] = "choose one"
    for name, key, others in (
        ("time", "text", ("start", "end")),
        ("attribution", "kind", ("speaker", "role", "organisation")),
    ):
        said = data.get(name)
        if said is None:
            continue
        if not any(said.get(inner) for inner in (key, *others)):
            data[name] = None
        elif not said.get(key):
            wrong[f"{name}.{key}"] = "needed where the others are given"
        else:
            data[name] = {k: v for k, v in said.items() if v is not None}
    if data.get("time"):
        data["time"].setdefault("start", None)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


def read(field: Field, said: str) -> Any:
    """Read one field.

    Raises:
        ValueError: It is not what the field holds; the message is for the form.

    >>> read(Field("value", "", "number"), "400 000"), read(Field("name", ""), " ")
    (400000, None)
    """
    if len(said) > LONGEST:
        raise ValueError(f"longer than {LONGEST} characters")
    said = said.strip()
    if any(ord(sign) < 32 and sign not in "\r\n\t" for sign in said):
        raise ValueError("holds a control character")
    if field.kind == "list":
        return [_matching(field, line) for line in _lines(said) if line]
    if field.kind == "pairs":
        return _pairs(said)
    if not said:
        return None
    if field.kind == "number":
        return _number(said)
    if field.kind == "choice" and said not in field.options:
        raise ValueError(f"choose one of: {', '.join(field.options)}")
    return _matching(field, " ".join(said.split()))


def _matching(field: Field, said: str) -> str:
    if field.kind == "list" and field.options and said not in field.options:
        raise ValueError(f"{said[:40]!r} is not known; {field.hint}")
    if field.pattern and not re.fullmatch(field.pattern, said):
        raise ValueError(f"{said[:40]!r} is not of its form; {field.hint or 'such as 2026-09'}")
    return said


def _number(said: str) -> int | float:
    plain = "".join(said.split())
    if not re.fullmatch(r"[-+]?\d{1,18}(?:\.\d{1,18})?", plain, re.ASCII):
        raise ValueError("a number in figures with a decimal point: 1234.5")
    number = float(plain)
    return number if "." in plain or not math.isfinite(number) else int(plain)


def _pairs(said: str) -> dict[str, str] | None:
    found = {}
    for line in _lines(said):
        if not line:
            continue
        key, equals, value = (part.strip() for part in line.partition("="))
        if not equals or not key or not value:
            raise ValueError("one a line: age = 18-24")
        found[key] = value
    return found or None
