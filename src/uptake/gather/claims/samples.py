"""Numbers that tell the size of a sample, how large a firm must be, or how a page was read."""

import re

from uptake.gather.claims.lexicon import lexicon
from uptake.gather.claims.reading import Reading
from uptake.gather.grammar.spans import Quantity

_BEFORE, _BEHIND = 3, 4
"""Words between a number and the word that says that so many were asked."""
_SIGNS = 48
_BASE_SIGNS = 45
_LEADS = re.compile(r"[\s\u00a0:(–—|№-]*")
_BOUNDS = frozenset({">", ">=", "<", "<=", "range"})


def is_sample(reading: Reading, quantity: Quantity) -> bool:
    """Tell whether a count is the size of a sample: "опрошено 412 компаний", "640 firms surveyed".

    Also where a share of them follows that somebody tells of himself ("of 206 firms 37% said").
    """
    if reading.precedes("surveyed", quantity.start, within=_BEFORE) or reading.follows(
        "surveyed", quantity.number[1], within=_BEHIND
    ):
        return True
    return _is_base_of_share(reading, quantity) and _is_asked(reading)


def _is_asked(reading: Reading) -> bool:
    start, end = reading.sentence.start, reading.sentence.end
    told = lexicon(reading.language, "attribution", "verbs").search(reading.folded, start, end)
    return told is not None or reading.has("surveyed", start, end)


def _is_base_of_share(reading: Reading, quantity: Quantity) -> bool:
    """Tell whether a share of what a number counts follows it: "310 şirkətin 54 faizi"."""
    following = next((q for q in reading.quantities if q.start >= quantity.end), None)
    if following is None or following.unit not in {"percent", "share"}:
        return False
    between = reading.folded[quantity.end : following.start]
    return len(between) <= _BASE_SIGNS and not any(sign in between for sign in ",;:.()–—")


def is_size_class(reading: Reading, quantity: Quantity) -> bool:
    """Tell whether a bound says which firms are meant: "firms with more than 50 employees"."""
    if reading.precedes("size_before", quantity.start):
        return True
    return quantity.comparator in _BOUNDS and (
        reading.precedes("size_bound_before", quantity.start)
        and reading.follows("people", quantity.number[1], within=1)
    )


def is_page_counter(reading: Reading, quantity: Quantity) -> bool:
    """Tell whether a number counts views, comments or copies of the page that prints it."""
    low = max(reading.sentence.start, quantity.number[0] - _SIGNS)
    return any(
        _LEADS.fullmatch(reading.folded, last, quantity.number[0])
        for _, last in reading.spans("page_counters", low, quantity.number[0])
    )
