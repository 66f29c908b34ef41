"""What the rules find in one sentence of a language, as short rows to compare."""

from uptake.gather.claims import EXTRACTORS
from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.event import event
from uptake.gather.claims.indicator import indicators
from uptake.gather.claims.initiative import initiatives
from uptake.gather.claims.partnership import partnership
from uptake.gather.claims.person import person
from uptake.gather.claims.policy import policies
from uptake.model.claim import Claim

Row = list[str | float | None]
_READERS = (
    (initiatives, "stage"),
    (policies, "status"),
    (partnership, "status"),
    (event, "event_type"),
    (person, "name"),
    (indicators, "value"),
)


def told(text: str, language: str, *, opening: str = "", date: str = "2026-06-01") -> list[Row]:
    """Return type and key field of each claim of a document, that all quote it as printed."""
    document = opening + text
    analysis = Analysis(document, language, date)
    rows: list[Row] = []
    for reader, key in _READERS:
        for claim in reader(analysis):
            assert document[claim.start : claim.end] == claim.quote
            rows.append([claim.type, claim.fields[key]])
    return sorted(rows, key=str)


def claims_of(type_: str, text: str, language: str, *, date: str = "2026-05-15") -> list[Claim]:
    """Return the claims of one type, which all quote the text as printed."""
    found = list(EXTRACTORS[type_](Analysis(text, language, date)))
    assert all(text[c.start : c.end] == c.quote for c in found)
    return found
