"""The page of targets: what places said they would reach, and how far they are from it."""

from uptake.publish import distances
from uptake.publish.distances import ELSEWHERE, Place
from uptake.publish.edition import Edition
from uptake.publish.evidence import wording
from uptake.publish.pages import Page

PATH = "targets.html"


def page(edition: Edition) -> Page | None:
    """Make the page; None where documents tell no target."""
    found = distances.by_place(edition)
    if not found:
        return None
    parts = [distances.shown(edition, place, held, _id(place)) for place, held in found.items()]
    missing = [p.name for p in edition.release.places if p.iso3 not in found]
    used = dict.fromkeys(one.verdict for held in found.values() for one in held)
    told = wording.words()["distances_told"]
    return Page(
        PATH,
        "targets.html",
        "Targets",
        {part.figure.id: part.figure for part in parts if part.figure},
        {
            "parts": parts,
            "missing": missing,
            "newest": edition.release.knowledge.newest,
            "verdicts": [
                (title, told[name])
                for name, title in wording.words()["distances"].items()
                if name in used
            ],
        },
    )


def of_place(edition: Edition, place: str) -> Place | None:
    """Return a place's targets for its profile; None if none is told of it."""
    held = distances.by_place(edition).get(place)
    return distances.shown(edition, place, held, _id(place)) if held else None


def _id(place: str) -> str:
    return f"of-{place.lower()}" if place != ELSEWHERE else "of-others"
