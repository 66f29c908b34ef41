"""How far a law, strategy or set of rules has come by the words of a clause."""

from collections.abc import Sequence
from dataclasses import dataclass

from uptake.gather.claims.phrases import Hit, lexicon, listed
from uptake.model.claim import Modality

_NEAR = 5
_DENIED = 3
BOUNDS = frozenset({"not_before", "not_after", "verbs_ahead", "ahead", "negated"})
"""Labels of words that tell no status by themselves."""


@dataclass(frozen=True, slots=True)
class StatusWords:
    """A status with the words that tell it: ``clause[start:end]``.

    Attributes:
        status: ``draft``, ``adopted``, ``in_force``, ``amended``, ``repealed``, ``planned``,
            ``drafting``, ``discussed`` or ``stated`` (what it says is told, not how far it is).
        modality: ``asserted``, ``planned`` or ``discussed``.
        alternatives: Statuses that a coarser reading would give.
        start, end: Of the words.
        confidence: How often this rule was right on development documents.
    """

    status: str
    modality: Modality
    start: int
    end: int
    alternatives: tuple[str, ...] = ()
    confidence: float = 0.5


_READINGS: dict[str, tuple[str, Modality, tuple[str, ...], float]] = {
    "negated": ("", "asserted", (), 0.0),
    "draft_ahead": ("draft", "planned", ("planned", "drafting"), 0.8),
    "draft": ("draft", "asserted", (), 0.85),
    "planned": ("planned", "planned", ("drafting",), 0.75),
    "repealed": ("repealed", "asserted", ("adopted",), 0.7),
    "amended": ("amended", "asserted", ("adopted", "in_force"), 0.7),
    "adopted_in_force": ("in_force", "asserted", ("adopted",), 0.8),
    "adopted": ("adopted", "asserted", ("in_force",), 0.8),
    "force": ("in_force", "asserted", ("adopted",), 0.75),
    "discussed": ("discussed", "discussed", ("planned",), 0.6),
    "drafting": ("drafting", "planned", ("draft", "planned"), 0.7),
    "stated": ("stated", "asserted", (), 0.35),
}


def status_of(clause: str, language: str) -> StatusWords | None:
    """Return the status that a clause states, None where it states none or denies it.

    >>> status_of("The law was adopted in May and enters into force in 2027.", "en").status
    'adopted'
    >>> status_of("Parliament approved the bill in the first reading.", "en").status
    'draft'
    >>> status_of("The country has no AI law in force.", "en") is None
    True
    """
    hits = lexicon(language, "policies", "status").find(listed(clause, language))
    first: dict[str, Hit] = {}
    for hit in hits:
        if hit.label in {"not_before", "not_after", "verbs_ahead"}:
            continue
        if hit.label not in {"ahead", "negated"} and _denied(hit, hits):
            continue
        first.setdefault(hit.label, hit)
    reading = _reading(first, hits)
    if reading is None or reading[0] == "negated":
        return None
    label, words = reading
    status, modality, alternatives, confidence = _READINGS[label]
    return StatusWords(status, modality, words.start, words.end, alternatives, confidence)


def _reading(first: dict[str, Hit], hits: Sequence[Hit]) -> tuple[str, Hit] | None:
    coming = _coming(first, hits)
    if "draft" in first:
        return ("draft_ahead" if coming else "draft"), first["draft"]
    if "negated" in first:
        return "negated", first["negated"]
    if coming and not _done(first, hits):
        return "planned", coming
    changed = next((k for k in ("repealed", "amended") if k in first), None)
    if changed and not {"adopted", "discussed"} & first.keys():
        return changed, first[changed]
    if "force" in first and "adopted" in first:
        later = coming is not None
        return ("adopted", first["adopted"]) if later else ("adopted_in_force", first["force"])
    order = ("force", "adopted", "discussed", "drafting", "stated")
    return next(((label, first[label]) for label in order if label in first), None)


def _coming(first: dict[str, Hit], hits: Sequence[Hit]) -> Hit | None:
    """Return the words that say that something is still to be done, None if nothing is."""
    if "future" in first:
        return first["future"]
    verbs = [h for h in hits if h.label in {"verbs_ahead", "adopted", "force"}]
    for ahead in (h for h in hits if h.label == "ahead"):
        for verb in verbs:
            if abs(verb.first - ahead.last) <= _NEAR or abs(ahead.first - verb.last) <= _NEAR:
                return min(ahead, verb, key=lambda h: h.first)._replace(
                    end=max(ahead.end, verb.end)
                )
    return None


def _done(first: dict[str, Hit], hits: Sequence[Hit]) -> bool:
    """Tell whether something adopted stands apart from what is still to come."""
    ahead = [h for h in hits if h.label in {"ahead", "future"}]
    return any(
        h.label == "adopted"
        and all(abs(h.first - a.last) > 2 and h.first != a.first for a in ahead)
        for h in hits
    )


def _denied(hit: Hit, hits: Sequence[Hit]) -> bool:
    return any(
        (h.label == "not_before" and hit.first - _DENIED <= h.last < hit.first)
        or (h.label == "not_before" and h.first == 0 and h.last < hit.first)
        or (h.label == "not_after" and hit.first <= h.first <= hit.last + 1)
        for h in hits
    )
