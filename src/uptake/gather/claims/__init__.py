"""A document's text -> its claims, by rules and the catalogue's data: no model, no network.

Each type of claim is one module that reads an ``Analysis`` and yields claims; ``EXTRACTORS`` is
all that knows of them.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator

import msgspec

from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.event import event
from uptake.gather.claims.indicator import indicators
from uptake.gather.claims.organisation import organisation
from uptake.gather.claims.partnership import partnership
from uptake.gather.claims.person import person
from uptake.gather.claims.source_ref import source_ref
from uptake.model.claim import Claim

VERSION = "1"
"""Changes whenever the same text would give other claims."""

EXTRACTOR = f"uptake rules {VERSION}"

Extractor = Callable[[Analysis], Iterable[Claim]]

EXTRACTORS: dict[str, Extractor] = {
    "event": event,
    "indicator": indicators,
    "organisation": organisation,
    "partnership": partnership,
    "person": person,
    "source_ref": source_ref,
}
"""By the type of claim that it yields."""


def claims(document: Analysis, *, doc: str) -> tuple[Claim, ...]:
    """Return all claims of a document, in the order of their quotes; each id once.

    Raises:
        ValueError: An extractor gave a quote that is not what stands in the text.
    """
    found = {c.id: c for extract in EXTRACTORS.values() for c in _checked(document, extract, doc)}
    return tuple(sorted(found.values(), key=lambda c: (c.start, c.end, c.type, c.id)))


def _checked(document: Analysis, extract: Extractor, doc: str) -> Iterator[Claim]:
    for claim in extract(document):
        if not claim.quote or document.text[claim.start : claim.end] != claim.quote:
            raise ValueError(f"a {claim.type} claim of {doc} does not quote its document")
        yield identified(msgspec.structs.replace(claim, doc=doc, extractor=EXTRACTOR))


def identified(claim: Claim) -> Claim:
    """Return a claim with its id: a hash of document, type, span, countries and fields."""
    content = [claim.doc, claim.type, claim.start, claim.end, claim.countries, claim.fields]
    digest = hashlib.sha256(msgspec.json.encode(content, order="sorted")).hexdigest()
    return msgspec.structs.replace(claim, id=digest[:16])
