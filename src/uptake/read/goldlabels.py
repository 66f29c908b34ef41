"""The words of a labelled file: each must be one of the codebook's, or the file is refused."""

from difflib import get_close_matches
from functools import cache
from typing import Any, Final

from uptake.catalog import entry, facet
from uptake.catalog import names as entries
from uptake.model.labels import LANGUAGES

FACETS: Final = ("intent", "work", "topic", "topic_group")
"""What a row may be labelled with; a topic's group follows from the topic."""

LONGEST_SHOWN: Final = 40
"""A longer value is a text in the wrong column: it is not shown."""

_REST: Final = (
    "aa ab ae af ak am an ar as av ay ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da "
    "de dv dz ee el eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz "
    "ia id ie ig ii ik io is it iu ja jv ka kg ki kj kl km kn ko kr ks ku kv kw la lb lg li ln lo "
    "lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi "
    "pl ps pt qu rm rn ro rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te th ti tl "
    "tn to ts tt tw ty ug uk ur ve vi vo wa wo xh yi yo za zh zu"
)
_OTHER_LANGUAGES: Final = frozenset(_REST.split())
"""The rest of ISO 639-1: these are ``other`` to the labeller."""


class UnknownLabelError(Exception):
    """A label that the codebook does not have; holds what may be shown of it."""

    def __init__(self, field: str, value: object) -> None:
        """Say the field, the value and the nearest allowed ones."""
        known = allowed(field)
        near = get_close_matches(_word(value), known, n=1, cutoff=0.5)
        first = f"did you mean {near[0]!r}? " if near else ""
        super().__init__(f"{field} is {_shown(value)}; {first}allowed: {', '.join(known)}")


@cache
def allowed(field: str) -> tuple[str, ...]:
    """Return the values of a facet, or the languages.

    >>> allowed("work")
    ('work', 'study', 'personal')
    """
    if field == "language":
        return LANGUAGES
    if field == "topic_group":
        return tuple(group.id for group in facet("topic").groups)
    return facet(field).ids


def truth_of(record: dict[str, Any]) -> dict[str, str]:
    """Return what a row is labelled with, by facet and ``language``; an empty field is no label.

    Raises:
        UnknownLabelError: A value is none of the codebook's.

    >>> truth_of({"intent": "Asking", "topic": "recipes", "lang": "de"})
    {'intent': 'asking', 'topic': 'recipes', 'topic_group': 'seeking_information', 'language': \
'other'}
    """
    found = {name: _value(name, record[name]) for name in FACETS if _stated(record.get(name))}
    if "topic" in found:
        found["topic_group"] = found.get("topic_group") or _group_of()[found["topic"]]
    language = record.get("language") if _stated(record.get("language")) else record.get("lang")
    if _stated(language):
        found["language"] = _language(language)
    return found


def contradicts(truth: dict[str, str]) -> bool:
    """Return whether a topic and its group, both stated, do not go together.

    >>> contradicts({"topic": "recipes", "topic_group": "writing"})
    True
    """
    return "topic" in truth and _group_of()[truth["topic"]] != truth["topic_group"]


@cache
def _group_of() -> dict[str, str]:
    return {value.id: value.group for value in facet("topic").values}


@cache
def _named_languages() -> dict[str, str]:
    found = {str(entry("languages", code)["name"]).lower(): code for code in entries("languages")}
    return {**dict.fromkeys(_OTHER_LANGUAGES, "other"), **found, **{c: c for c in LANGUAGES}}


def _stated(value: object) -> bool:
    return value is not None and not (isinstance(value, str) and not value.strip())


def _word(value: object) -> str:
    return value.strip().lower().replace(" ", "_") if isinstance(value, str) else ""


def _value(field: str, value: object) -> str:
    word = _word(value)
    if word not in allowed(field):
        raise UnknownLabelError(field, value)
    return word


def _language(value: object) -> str:
    found = _named_languages().get(_word(value))
    if found is None:
        raise UnknownLabelError("language", value)
    return found


def _shown(value: object) -> str:
    """Return a value as a message may show it: a word, a number, or only what kind of thing it is.

    >>> _shown("askin"), _shown(7), _shown("how do I get from here to there by bus, and when?")
    ("'askin'", '7', 'a text of 49 characters')
    """
    if isinstance(value, str):
        if len(value) <= LONGEST_SHOWN and len(value.split()) <= 3 and value.isprintable():
            return repr(value)
        return f"a text of {len(value)} characters"
    if isinstance(value, bool | int | float):
        return str(value)[:LONGEST_SHOWN]
    return "a list" if isinstance(value, list) else "an object"
