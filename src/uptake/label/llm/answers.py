"""What a language model answered, read strictly: three values of the closed lists, or nothing."""

import json
from collections.abc import Mapping
from typing import Any

import msgspec

from uptake.catalog import facet
from uptake.label.llm import logprobs
from uptake.label.llm.prompt import FACETS

LONGEST = 20_000
"""Characters of an answer that are looked at."""

MOST_OBJECTS = 50
_THOUGHT = "</think>"


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """The labels of one message; this, and no text, is what the cache holds.

    Attributes:
        intent: Value of the codebook.
        work: Likewise.
        topic: Likewise.
        p: Probabilities of the values of the three facets; none if the endpoint gave none.
    """

    intent: str
    work: str
    topic: str
    p: tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]] | None = None

    def is_valid(self) -> bool:
        """Return whether each value is one of its facet's."""
        if any(getattr(self, name) not in facet(name).ids for name in FACETS):
            return False
        sizes = tuple(len(facet(name).ids) for name in FACETS)
        return self.p is None or tuple(map(len, self.p)) == sizes


def read(body: bytes) -> Answer | None:
    """Read the body of a chat completion; None unless it holds exactly one valid answer.

    A body cut short, an answer cut by the token limit, no answer or several that differ, a value
    that is in no list and a further field all give None.
    """
    choice = _choice(body)
    if choice is None or choice.get("finish_reason") == "length":
        return None
    message = choice.get("message")
    content = message.get("content") if isinstance(message, Mapping) else None
    if not isinstance(content, str) or len(content) > LONGEST:
        return None
    values = _only(content)
    if values is None:
        return None
    p = logprobs.probabilities(choice.get("logprobs"), content, values)
    return Answer(values["intent"], values["work"], values["topic"], p)


def _choice(body: bytes) -> dict[str, Any] | None:
    try:
        found = msgspec.json.decode(body)
    except (msgspec.DecodeError, RecursionError):
        return None
    choices = found.get("choices") if isinstance(found, dict) else None
    if not isinstance(choices, list) or len(choices) != 1 or not isinstance(choices[0], dict):
        return None
    return choices[0]


def _only(content: str) -> dict[str, str] | None:
    """Return the one answer of a text; what a model thought aloud before it does not count."""
    content = content.rpartition(_THOUGHT)[2]
    found: list[dict[str, str]] = []
    decoder = json.JSONDecoder()
    place = content.find("{")
    for _ in range(MOST_OBJECTS):
        if place < 0:
            break
        try:
            item, end = decoder.raw_decode(content, place)
        except (ValueError, RecursionError):
            place = content.find("{", place + 1)
            continue
        values = _values(item)
        if values is None:
            return None
        found.append(values)
        place = content.find("{", end)
    return found[0] if found and all(values == found[0] for values in found) else None


def _values(item: object) -> dict[str, str] | None:
    if not isinstance(item, dict) or set(item) != set(FACETS):
        return None
    for name in FACETS:
        if not isinstance(item[name], str) or item[name] not in facet(name).ids:
            return None
    return item
