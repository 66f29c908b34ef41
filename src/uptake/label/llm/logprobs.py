"""Probabilities of labels from the log probabilities of the tokens that spell them.

A value is spelt by one token or several. At each of them the endpoint lists the likeliest tokens;
one that leads to other values of the list takes its probability to them, evenly, and the one that
was chosen is followed. What was not listed is spread evenly over all values.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from uptake.catalog import facet
from uptake.label.llm.prompt import FACETS

FLOOR = 0.001
"""Share that is spread evenly whatever the model says: it is never certain."""

Probabilities = tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]


def probabilities(found: object, content: str, values: Mapping[str, str]) -> Probabilities | None:
    """Return the probabilities of all values of the three facets.

    Args:
        found: The ``logprobs`` of a choice.
        content: The answer's text, which the tokens spell.
        values: The value of each facet.

    Returns:
        None if the endpoint gave none, or gave what does not fit the text.
    """
    tokens = _tokens(found)
    if not tokens or "".join(token for token, _ in tokens) != content:
        return None
    result = []
    for name in FACETS:
        start = _start(content, name, values[name])
        if start < 0:
            return None
        result.append(_spread(tokens, start, values[name], facet(name).ids))
    return result[0], result[1], result[2]


def _tokens(found: object) -> list[tuple[str, list[tuple[str, float]]]]:
    """Return each token with the likeliest ones in its place, or nothing if anything is amiss."""
    items = found.get("content") if isinstance(found, Mapping) else None
    if not isinstance(items, list):
        return []
    tokens = []
    for item in items:
        if not isinstance(item, Mapping) or not isinstance(item.get("token"), str):
            return []
        top = item.get("top_logprobs")
        pairs = [_pair(entry) for entry in (top if isinstance(top, list) else [])]
        tokens.append((item["token"], [pair for pair in pairs if pair is not None]))
    return tokens


def _pair(entry: Any) -> tuple[str, float] | None:
    if not isinstance(entry, Mapping) or not isinstance(entry.get("token"), str):
        return None
    value = entry.get("logprob")
    if isinstance(value, bool) or not isinstance(value, int | float) or not value <= 0:
        return None
    return entry["token"], math.exp(max(value, -700.0))


def _start(content: str, name: str, value: str) -> int:
    """Return where a facet's value begins in the text."""
    key = content.rfind(f'"{name}"')
    place = content.find(f'"{value}"', key + len(name) + 2) if key >= 0 else -1
    return place + 1 if place >= 0 else -1


def _spread(
    tokens: Sequence[tuple[str, list[tuple[str, float]]]],
    start: int,
    value: str,
    ids: Sequence[str],
) -> tuple[float, ...]:
    mass = dict.fromkeys(ids, 0.0)
    left, place, end = 1.0, 0, start + len(value) + 1  # the closing quote ends a value
    for token, top in tokens:
        begin, place = place, place + len(token)
        if place <= start or begin >= end:
            continue
        head = token[: max(0, start - begin)]
        spelt = value[: max(0, begin - start)]
        stayed = 0.0
        for other, p in top:
            led = _led(other, head, spelt, ids)
            if other == token:
                stayed = p
            elif led:
                for one in led:
                    mass[one] += left * p / len(led)
        left *= stayed
    mass[value] += left
    total = sum(mass.values())
    rest = max(0.0, 1.0 - total)
    scaled = [(mass[one] + rest / len(ids)) / max(total + rest, 1e-12) for one in ids]
    return tuple(round((1 - FLOOR) * p + FLOOR / len(ids), 6) for p in scaled)


def _led(token: str, head: str, spelt: str, ids: Sequence[str]) -> list[str]:
    """Return the values that a token in this place would lead to."""
    if not token.startswith(head):
        return []
    so_far = spelt + token[len(head) :]
    return [one for one in ids if f'{one}"'.startswith(so_far) or so_far.startswith(f'{one}"')]
