"""What figures are called on pages where their own name tells nothing, or another thing."""

from collections.abc import Iterable
from functools import cache

from uptake.catalog import table
from uptake.gather.knowledge.beside import nameless
from uptake.gather.knowledge.comparing import Figure
from uptake.gather.knowledge.measures import catalogued, generic, named_by, names_things


def called(figures: Iterable[Figure]) -> dict[str, str]:
    """Return the names to show instead of figures' own, by claim id; empty shows none.

    A figure whose words tell what the catalogue knows is called by its title, unless its own name
    says it too: "abroad" may be all that a sentence on exports names. A verb of a plan is no name,
    and the title of things that are counted is none of money.

    >>> from uptake.model.claim import Claim
    >>> said = {"name": "abroad", "value": 1e9, "unit": "currency", "value_text": "USD 1 billion"}
    >>> quote = "selling information technology worth USD 1 billion abroad"
    >>> sold = Claim(id="1", type="indicator", quote=quote, start=0, end=57, fields=said)
    >>> called([Figure(sold)])
    {'1': 'Exports of IT services'}
    """
    found: dict[str, str] = {}
    for figure in figures:
        known = catalogued(figure.claim)
        title = _titles().get(known.id, "") if known else ""
        if title and not generic(figure.claim) and not named_by(figure.claim):
            found[figure.claim.id] = title
        elif nameless(figure) or (figure.currency and names_things(figure.claim)):
            found[figure.claim.id] = ""
    return found


@cache
def _titles() -> dict[str, str]:
    """Return the titles of measures by their own id and by those of the catalogue's indicators."""
    titles: dict[str, str] = {}
    for id, entry in table("measures")["measures"].items():
        for key in (id, *(entry.get(form) for form in ("rank", "score", "percent", "count"))):
            if key:
                titles.setdefault(key, entry["title"])
    return titles
