"""What a claim's fields hold, as texts and numbers: other kinds of values say nothing here.

Rules write fields of known kinds; a language model, or an analyst's edit, may not.
"""

import math

from uptake.model.claim import Claim


def text(claim: Claim, key: str) -> str:
    """Return a text, empty where the field holds none.

    >>> text(Claim(type="event", quote="x", start=0, end=1, fields={"name": 5}), "name")
    ''
    """
    found = claim.fields.get(key)
    return found if isinstance(found, str) else ""


def texts(claim: Claim, key: str) -> tuple[str, ...]:
    """Return the texts of a list, each once; a single text is a list of one."""
    found = claim.fields.get(key)
    listed = found if isinstance(found, list | tuple) else [found]
    return tuple(dict.fromkeys(one for one in listed if isinstance(one, str) and one))


def number(claim: Claim, key: str) -> float | None:
    """Return a finite number; None for what is none, truth values and what no float can hold.

    >>> claim = Claim(type="event", quote="x", start=0, end=1, fields={"value": 10**400})
    >>> number(claim, "value") is None
    True
    """
    found = claim.fields.get(key)
    if isinstance(found, bool) or not isinstance(found, int | float):
        return None
    try:
        return float(found) if math.isfinite(found) else None
    except OverflowError:
        return None
