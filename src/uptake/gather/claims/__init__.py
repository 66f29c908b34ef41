"""A document's text -> its claims, by rules and the catalogue's data: no model, no network.

Each type of claim is one module that reads an ``Analysis`` and yields claims; ``EXTRACTORS`` is
all that knows of them.
"""

import hashlib
from collections.abc import Callable, Iterable

import msgspec

from uptake import catalog
from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.event import event
from uptake.gather.claims.indicator import indicators
from uptake.gather.claims.initiative import initiatives
from uptake.gather.claims.organisation import organisation
from uptake.gather.claims.partnership import partnership
from uptake.gather.claims.person import person
from uptake.gather.claims.policy import policies
from uptake.gather.claims.source_ref import source_ref
from uptake.gather.plain import plain
from uptake.gather.wrapped import unwrapped
from uptake.model.claim import Claim
from uptake.model.evidence import Document

VERSION = "2"
"""Changes whenever the same text would give other claims."""

EXTRACTOR = f"uptake rules {VERSION}"

Extractor = Callable[[Analysis], Iterable[Claim]]

EXTRACTORS: dict[str, Extractor] = {
    "event": event,
    "indicator": indicators,
    "initiative": initiatives,
    "organisation": organisation,
    "partnership": partnership,
    "person": person,
    "policy": policies,
    "source_ref": source_ref,
}
"""By the type of claim that it yields."""


def is_read(language: str) -> bool:
    """Return whether claims are found in a language: its file says how figures are told in it.

    >>> is_read("kk"), is_read("other")
    (True, False)
    """
    known = language in catalog.names("languages")
    return known and bool(catalog.entry("languages", language).get("indicators"))


def analysed(document: Document, text: str) -> Analysis:
    """Make a stored document ready to be read; what stands before its first passage is not.

    Args:
        document: As gathered.
        text: Its stored text.
    """
    begin = document.passages[0].start if document.passages else len(text)
    read = unwrapped(plain(text, begin))
    return Analysis(read, document.language, document.date, document.title)


def document_claims(
    document: Document, text: str, read: Analysis | None = None
) -> tuple[Claim, ...]:
    """Return all claims of a stored document, in the order of their quotes; each id once.

    Args:
        document: As gathered.
        text: Its stored text.
        read: What ``analysed`` gave, if it is at hand.
    """
    read = read or analysed(document, text)
    found: dict[str, Claim] = {}
    for extract in EXTRACTORS.values():
        for claim in extract(read):
            made = _made(claim, text, document.id)
            found.setdefault(made.id, made)
    return tuple(sorted(found.values(), key=lambda c: (c.start, c.end, c.type, c.id)))


def _made(claim: Claim, text: str, doc: str) -> Claim:
    """Return a claim with its document and id, and its quote as stored.

    Raises:
        ValueError: It quotes nothing, or what does not stand in the text.
    """
    quote = text[claim.start : claim.end]
    if not quote.strip() or plain(quote).split() != plain(claim.quote).split():
        raise ValueError(f"a claim of type {claim.type} does not quote its document")
    return identified(msgspec.structs.replace(claim, quote=quote, doc=doc, extractor=EXTRACTOR))


def identified(claim: Claim) -> Claim:
    """Return a claim with its id: a hash of document, type, span, countries and fields."""
    content = [claim.doc, claim.type, claim.start, claim.end, claim.countries, claim.fields]
    digest = hashlib.sha256(msgspec.json.encode(content, order="deterministic")).hexdigest()
    return msgspec.structs.replace(claim, id=digest[:16])
