"""What the indicators of the catalogue measure."""

import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path

import msgspec

from uptake.gather.table_spec import read_spec
from uptake.model.evidence import Indicator


@cache
def catalogue_indicators() -> tuple[Indicator, ...]:
    """Return the indicators that the catalogue describes, in the order in which they are shown.

    >>> catalogue_indicators()[0].id
    'ai_user_share'
    """
    text = (files("uptake.catalog") / "indicators.toml").read_text(encoding="utf-8")
    return tuple(msgspec.convert(tomllib.loads(text)["indicators"], list[Indicator]))


def indicators(tables: Iterable[Path] = ()) -> tuple[Indicator, ...]:
    """Return the catalogue's indicators and those that an observatory's own tables define.

    Args:
        tables: TOML files of own tables; each may hold ``[[indicators]]``. The catalogue's
            meaning of an id stands before a table's, the first table's before a later one's.
    """
    found = {indicator.id: indicator for indicator in catalogue_indicators()}
    for path in tables:
        for indicator in read_spec(path).indicators:
            found.setdefault(indicator.id, indicator)
    return tuple(found.values())
