"""The evidence page: what the documents of a region claim, together and held against each other."""

from dataclasses import dataclass

from uptake.model.dimensions import ALL
from uptake.publish.edition import Edition
from uptake.publish.evidence import figures, wording
from uptake.publish.evidence.archive import Counts
from uptake.publish.evidence.quotes import all_quoted
from uptake.publish.evidence.taken import Group, taken
from uptake.publish.pages import Page, place_path
from uptake.publish.pages.documents import listed

PATH = "evidence.html"


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """What is claimed of one place, in counts."""

    name: str
    path: str
    counts: Counts
    types: tuple[int, ...]


def evidence(edition: Edition) -> Page:
    """Make the page; it stands in the navigation with no document too, and says so."""
    archive, release = edition.archive, edition.release
    shown = {place.iso3 for place in release.places}
    others = [c for c in archive.claims.values() if not shown & set(c.countries)]
    found = {
        "network": figures.cooperation(edition, "evidence-cooperation"),
        "attention": figures.attention(edition, "evidence-attention"),
    }
    context = {
        "taken": taken(edition),
        "rule": rule(edition),
        "written": archive.counts_of_documents(release.evidence.documents),
        "types": tuple(wording.type_title(type) for type in used(edition)),
        "by_place": _by_place(edition),
        "others": all_quoted(archive, others),
        "documents": [listed(edition, document) for document in release.evidence.documents],
        "entities": _entities(edition),
    }
    return Page(PATH, "evidence.html", "Evidence", found, context)


def rule(edition: Edition, place: str = ALL) -> str:
    """Say which claims are published, how many of them on a place, and how many are not at all."""
    knowledge, archive = edition.release.knowledge, edition.archive
    found = list(archive.claims.values()) if place == ALL else archive.by_place.get(place, [])
    found = archive.once(found)
    accepted = sum(knowledge.status.get(claim.id) == "accepted" for claim in found)
    below, rejected = knowledge.withheld
    where = "" if place == ALL else "In the whole release, "
    left = f"{where}left out are {below:,} proposed below it and {rejected:,} rejected."
    return (
        f"Published are claims that an analyst accepted ({accepted:,}), and proposed ones of "
        f"confidence {knowledge.threshold:.2f} or more ({len(found) - accepted:,}). "
        f"{left[:1].upper()}{left[1:]} Confidence is how often claims made by the same rule were "
        "right on development documents."
    )


def used(edition: Edition) -> tuple[str, ...]:
    """Return the types of which there is a claim, in the order of pages."""
    held = {claim.type for claim in edition.archive.claims.values()}
    return tuple(type for type in wording.types() if type in held)


def _by_place(edition: Edition) -> list[PlaceRow]:
    archive = edition.archive
    rows = []
    for place in edition.release.places:
        claims = archive.by_place.get(place.iso3, [])
        told = archive.once(claims)
        numbers = tuple(sum(c.type == type for c in told) for type in used(edition))
        counts = archive.counts(claims)
        rows.append(PlaceRow(place.name, f"{place_path(place.iso3)}#claims", counts, numbers))
    return rows


def _entities(edition: Edition) -> list[tuple[str, list[Group]]]:
    """Return people and organisations, those that most claims name first."""
    archive = edition.archive
    out = []
    for kind, title in (("organisation", "Organisations"), ("person", "People")):
        groups = []
        for entity in edition.release.knowledge.entities:
            claims = archive.given(entity.claims)
            if entity.kind != kind or not claims:
                continue
            others = [name for name in entity.names if name != entity.name]
            note = f"also {'; '.join(others)}" if others else ""
            quotes = tuple(all_quoted(archive, claims))
            groups.append(Group("", entity.name, quotes, note, own=True))
        if groups:
            out.append((title, sorted(groups, key=lambda g: (-len(g.quotes), g.title))))
    return out
