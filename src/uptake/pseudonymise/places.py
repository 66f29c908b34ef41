"""Countries as stated to ISO 3166-1 alpha-3 codes."""

from functools import lru_cache

from uptake.catalog.gazetteer import fold, place_names
from uptake.model.messages import UNKNOWN

LONGEST = 100
"""Characters of the longest field that is looked at: a longer one names no country."""

_MISSING = frozenset({"N.A.", "n.a.", "N/A", "n/a"})
"""Written with a dot or a stroke it is no answer; ``NA`` is Namibia."""


@lru_cache(maxsize=4_096)
def place_of(stated: str | None) -> str:
    """Return the code of a country stated by code or by name; what is not known is unknown.

    >>> place_of("KZ"), place_of("Казахстан"), place_of("NA")
    ('KAZ', 'KAZ', 'NAM')
    >>> place_of("XX"), place_of("n.a."), place_of("Kazakstahn")
    ('unknown', 'unknown', 'unknown')
    """
    if not stated or len(stated) > LONGEST or stated.strip() in _MISSING:
        return UNKNOWN
    return place_names().get(fold(stated), UNKNOWN)
