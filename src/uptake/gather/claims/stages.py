"""How far a thing has come by the words of a clause: verbs, their tense, and what limits them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from uptake.gather.claims.phrases import Hit, lexicon, listed, section
from uptake.model.claim import Modality, Stage

_NEAR = 4
"""How many words may stand between a verb and the word that makes it a plan or advice."""

_NEAR_LAST = 6
"""How many behind it where the verb that governs a clause stands at its end."""

_ADVISED = 8
"""How many between a verb and the advice that it is part of."""

_OPENING = 8
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_STANDS = frozenset({"use", "trial", "full", "launch", "ended"})
"""What is told as a fact whatever else the same clause advises."""
_DENIED = 3
"""How many between a verb and the word that denies it."""

VERBS = frozenset(
    {
        "postponed",
        "ended",
        "full",
        "trial",
        "trial_noun",
        "use",
        "launch",
        "begin",
        "make",
        "announce",
        "future",
        "does",
        "build",
        "act",
    }
)
"""Labels of the words that tell a stage; the others only bound them."""
_MAY_BE_AHEAD = frozenset(
    {"full", "trial", "trial_noun", "use", "launch", "begin", "make", "does", "act"}
)


@dataclass(frozen=True, slots=True)
class StageWords:
    """A stage with the words that tell it: ``clause[start:end]``.

    Attributes:
        stage: None where it is only recommended.
        modality: ``asserted``, ``planned``, ``discussed`` or ``recommended``.
        alternatives: Stages that a coarser reading would give.
        start, end: Of the words.
        scope: Span of the words that say that it is everywhere, if any.
        confidence: How often this rule was right on development documents.
        rule: Kind of words that told it.
        trial: Whether what is ahead is a trial.
    """

    stage: Stage | None
    modality: Modality
    start: int
    end: int
    alternatives: tuple[Stage, ...] = ()
    scope: tuple[int, int] | None = None
    confidence: float = 0.5
    rule: str = ""
    trial: bool = False


class _Rule(NamedTuple):
    label: str
    stage: Stage
    modality: Modality
    confidence: float
    alternatives: tuple[Stage, ...] = ()


_RULES = (
    _Rule("postponed", "announced", "planned", 0.7, ("cancelled",)),
    _Rule("ended", "cancelled", "asserted", 0.7),
    _Rule("full", "scaled", "asserted", 0.8, ("in_use",)),
    _Rule("trial", "pilot", "asserted", 0.85),
    _Rule("use", "in_use", "asserted", 0.75),
    _Rule("ahead", "announced", "planned", 0.8),
    _Rule("trial_noun", "pilot", "asserted", 0.65),
    _Rule("future", "announced", "planned", 0.8),
    _Rule("make", "announced", "planned", 0.7),
    _Rule("launch", "in_use", "asserted", 0.65, ("announced",)),
    _Rule("does", "in_use", "asserted", 0.5),
    _Rule("announce", "announced", "planned", 0.6),
)
"""In the order in which they win where one clause has words of several."""


def stage_of(clause: str, language: str, *, before: Modality | None = None) -> StageWords | None:
    """Return the stage that a clause states, None where it states none or denies it.

    Args:
        clause: A clause or a short sentence.
        language: Code of its language.
        before: Modality of the clause before in the same sentence, which verbs without a tense
            of their own go on with (``will open a hub and build a lab``).

    >>> stage_of("The bank is still testing a chatbot.", "en").stage
    'pilot'
    >>> stage_of("The hub will be opened in May.", "en").stage
    'announced'
    >>> stage_of("We are no longer testing anything.", "en") is None
    True
    """
    hits = _told(lexicon(language, "initiatives", "stages").find(listed(clause, language)))
    if any(h.label in _NOTHING_TOLD for h in hits):
        return None
    everywhere = [h for h in hits if h.label == "everywhere"]
    talks = [h for h in hits if h.label == "talks"]
    reach = _NEAR if section(language, "names").get("head") == "first" else _NEAR_LAST
    verbs = _governed([h for h in hits if h.label in VERBS], hits, reach)
    first: dict[str, Hit] = {}
    for hit in verbs:
        first.setdefault(hit.label, hit)
    tried = any(h.label in {"trial", "trial_noun"} for h in hits)
    if before == "recommended" and first:
        words = next(iter(first.values()))
        return StageWords(None, "recommended", words.start, words.end, confidence=0.4)
    if talks or before == "discussed":
        return _discussed(first)
    if "advised" in first and not _STANDS & first.keys():
        words = first["advised"]
        return StageWords(None, "recommended", words.start, words.end, confidence=0.4)
    if "postponed" in first and not _until(clause, hits):
        first["ended"] = first.pop("postponed")
    if before == "planned" and "begin" in first:
        first.setdefault("ahead", first["begin"])
    return _ruled(first, everywhere, tried=tried)


def _until(clause: str, hits: Iterable[Hit]) -> bool:
    """Tell whether a clause says until when something is put off: by a word or a year."""
    return any(h.label == "later" for h in hits) or _YEAR.search(clause) is not None


def _ruled(first: dict[str, Hit], everywhere: Sequence[Hit], *, tried: bool) -> StageWords | None:
    if "build" in first and "launch" in first:
        first["make"] = first.get("make", first["build"])
        del first["launch"]
    if "future" in first and "trial_noun" in first:
        first["ahead"] = first["future"]
    if "trial_noun" in first and ("launch" in first or "use" in first):
        first["trial"] = first.get("trial", first["trial_noun"])
    for rule in _RULES:
        if rule.label not in first:
            continue
        words = first[rule.label]
        stage, alternatives = rule.stage, rule.alternatives
        scope = (everywhere[0].start, everywhere[0].end) if everywhere else None
        if rule.label == "announce" and "begin" not in first:
            continue
        if rule.label in {"use", "launch", "does"} and scope:
            stage, alternatives = "scaled", ("in_use",)
        return StageWords(
            stage,
            rule.modality,
            words.start,
            words.end,
            alternatives,
            scope if stage == "scaled" else None,
            rule.confidence,
            rule.label,
            trial=tried,
        )
    return None


def _discussed(first: dict[str, Hit]) -> StageWords | None:
    for label in ("begin", "ahead", "future", "launch", "make", "trial_noun", "trial"):
        if label in first:
            words = first[label]
            return StageWords(
                "announced", "discussed", words.start, words.end, confidence=0.5, rule="talks"
            )
    return None


_BESIDE_OTHERS = frozenset({"everywhere", "act", "none", "unreal"})
"""What neither hides the words within it nor is hidden."""
_NOTHING_TOLD = frozenset({"none", "unreal"})
"""What denies a clause altogether, or makes it one of what is only supposed."""


def is_unreal(sentence: str, language: str) -> bool:
    """Tell whether a sentence only supposes what it says.

    >>> is_unreal("If a chatbot were introduced, queues would fall.", "en")
    True
    """
    hits = lexicon(language, "initiatives", "stages").find(listed(sentence, language))
    return any(h.label == "unreal" for h in hits)


def _told(hits: Iterable[Hit]) -> list[Hit]:
    """Leave out words within a longer phrase of the kind that tells a stage or takes it away."""
    kept: list[Hit] = []
    longest: Hit | None = None
    for hit in sorted(hits, key=lambda h: (h.first, -h.last)):
        if hit.label in _BESIDE_OTHERS:
            kept.append(hit)
            continue
        inside = longest is not None and hit.last <= longest.last
        shorter = longest is not None and hit.last - hit.first < longest.last - longest.first
        if not (inside and shorter):
            kept.append(hit)
        if longest is None or hit.last > longest.last:
            longest = hit
    return kept


def _governed(verbs: Iterable[Hit], hits: Sequence[Hit], reach: int) -> list[Hit]:
    """Return verbs without the denied ones, each under the label that words around give it.

    ``reach`` is how many words behind a verb what makes it a plan may stand.
    """
    found: list[Hit] = []
    for verb in verbs:
        if _near(hits, "not_before", verb, before=_DENIED) or _near(
            hits, "not_after", verb, after=1
        ):
            continue
        if any(
            h.label == "not_before" and h.first == 0 and 0 < verb.first - h.last <= _OPENING
            for h in hits
        ):
            continue  # "no hospital uses it": what opens a clause denies its verb
        if verb.label in {"trial", "trial_noun"} and _near(hits, "done", verb, before=1, after=1):
            continue
        found.append(_standing(verb, hits, reach))
    return found


def _standing(verb: Hit, hits: Sequence[Hit], reach: int) -> Hit:
    """Return a verb with what makes it a plan or advice, under the label that this gives it."""
    if verb.label not in _MAY_BE_AHEAD:
        return verb
    if _near(hits, "advice", verb, before=_ADVISED, after=2):
        return verb._replace(label="advised")
    by = _near(hits, "will", verb, before=_NEAR) or _near(
        hits, "ahead", verb, before=_NEAR, after=reach
    )
    if by is None:
        return verb
    return verb._replace(label="ahead", start=min(verb.start, by.start), end=max(verb.end, by.end))


def _near(
    hits: Sequence[Hit], label: str, verb: Hit, *, before: int = 0, after: int = 0
) -> Hit | None:
    """Return the first word of a kind that overlaps a verb or stands near it."""
    return next(
        (
            h
            for h in hits
            if h.label == label and h.last >= verb.first - before and h.first <= verb.last + after
        ),
        None,
    )
