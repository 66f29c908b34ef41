"""Events: forums, summits, exhibitions with a name, and meetings of named parties."""

from collections.abc import Iterator, Sequence
from functools import cache

from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.boilerplate import in_boilerplate
from uptake.gather.claims.clocks import span_in
from uptake.gather.claims.happening import happenings
from uptake.gather.claims.lexicon import Lexicon, plain
from uptake.gather.claims.lexicon import lexicon as phrases
from uptake.gather.claims.modality import denied
from uptake.gather.claims.naming import quoted, within
from uptake.gather.claims.occasions import SECTION, gap, held_in, occasion, place_of
from uptake.gather.claims.partnership import partnership
from uptake.gather.events import NamedEvent, named_events
from uptake.gather.grammar.spans import Name, Sentence, starting
from uptake.model.claim import Claim
from uptake.model.evidence import Passage

_NEAR_PLACE = 90
_NEAR_TIME = 140
_AROUND_MEETING = 220


def event(analysis: Analysis) -> Iterator[Claim]:
    """Yield events that a document names, each once, and meetings of at least two named parties.

    A named event needs a time, a place or a verb of holding beside it. No date is made up: what
    the sentence does not date has none.
    """
    seen: set[str] = set()
    signed = list(_signings(analysis))
    for sentence in analysis.sentences:
        if in_boilerplate(analysis, sentence.start, sentence.end):
            continue
        told = False
        for named in named_events(analysis.text, sentence, analysis.places):
            if _in_another(analysis, sentence, named):
                continue
            claim = _named(analysis, sentence, named)
            told |= claim is not None
            if claim is not None and plain(named.name) not in seen:
                seen.add(plain(named.name))
                yield claim
        meeting = _meeting(analysis, sentence)
        if meeting is not None:
            yield meeting
        elif not told and not sentence.heading:
            for claim in happenings(analysis, sentence):
                if not any(claim.start < s.end and s.start < claim.end for s in signed):
                    yield claim
    yield from signed


@cache
def _verbs(language: str, key: str) -> Lexicon:
    return phrases(language, SECTION, f"verbs.{key}")


def _in_another(analysis: Analysis, sentence: Sentence, named: NamedEvent) -> bool:
    """Whether what looks like an event is part of a body's name, or holds a person with a role."""
    for name in starting(analysis.names, sentence.start, sentence.end):
        body = name.phrase[0] <= named.start and named.end <= name.phrase[1]
        within = named.start <= name.start and name.end <= named.end
        person = within and name.kind == "person" and bool(name.role)
        if (body and name.kind == "organisation") or person:
            return True
    return False


def _named(analysis: Analysis, sentence: Sentence, named: NamedEvent) -> Claim | None:
    held = _verbs(sentence.language, "held").matches(
        plain(analysis.text), sentence.start, sentence.end
    )
    verb = min(
        (m.span() for m in held if not named.start <= m.start() < named.end),
        key=lambda s: gap(s, (named.start, named.end)),
        default=None,
    )
    within_name = (named.start, named.end)
    time = span_in(analysis, sentence.start, sentence.end, near=named.start, outside=within_name)
    if time is not None and gap((time.start, time.end), (named.start, named.end)) > _NEAR_TIME:
        time = None
    where = place_of(analysis, sentence, named.phrase)
    if denied(analysis, *named.phrase) or (time is None and where is None and verb is None):
        return None
    spans = [named.phrase]
    spans += [(time.start, time.end)] if time else []
    spans += [where.mention[:2]] if where else []
    spans += [verb] if verb and gap(verb, named.phrase) < _NEAR_PLACE else []
    start, end = quoted(analysis.text, min(s[0] for s in spans), max(s[1] for s in spans))
    evidence: dict[str, tuple[Passage, ...]] = {"name": (Passage(named.start, named.end),)}
    return occasion(
        analysis,
        sentence,
        (start, end),
        {"name": named.name, "event_type": named.type, "participants": []},
        (time, where),
        evidence,
    )


# --- meetings


def _meeting(analysis: Analysis, sentence: Sentence) -> Claim | None:
    """Return a meeting or talks between named parties, one of them a person."""
    folded = plain(analysis.text)
    found = _verbs(sentence.language, "meeting").search(folded, sentence.start, sentence.end)
    if found is None or denied(analysis, sentence.start, sentence.end):
        return None
    named = _participants(within(analysis.names, sentence.start, sentence.end), found.span())
    persons = [n for n in named if n.kind == "person"]
    if len(named) < 2 or not persons:
        return None
    spans = [found.span(), *(n.phrase for n in named)]
    start, end = quoted(analysis.text, min(s[0] for s in spans), max(s[1] for s in spans))
    time = span_in(analysis, start, end, near=found.start())
    where = place_of(analysis, sentence, (start, end))
    names = [n.name for n in named]
    return occasion(
        analysis,
        sentence,
        (start, end),
        {"name": None, "event_type": "meeting", "participants": names},
        (time, where),
        {"participants": tuple(Passage(n.start, n.end) for n in named)},
    )


def _participants(named: Sequence[Name], word: tuple[int, int]) -> list[Name]:
    """Return who stands near a word of meeting, an organisation within a person's role left out."""
    near = [n for n in named if gap(n.phrase, word) <= _AROUND_MEETING // 2]
    persons = [n for n in near if n.kind == "person"]
    found: dict[str, Name] = {}
    for name in near:
        role = any(p.phrase[0] <= name.start < p.phrase[1] for p in persons if p is not name)
        if not role and name.organisation_type != "media":
            found.setdefault(name.name, name)
    people = [n for n in found.values() if n.kind == "person"]
    return people if len(people) > 1 else list(found.values())


# --- signings


def _signings(analysis: Analysis) -> Iterator[Claim]:
    """Yield the signings of agreements for which a day or month and a city are stated."""
    for claim in partnership(analysis):
        sentence = starting(analysis.sentences, 0, claim.start + 1)[-1]
        status = claim.evidence["status"][0]
        time = span_in(analysis, claim.start, claim.end, near=status.start, unknown=True)
        dated = time is not None and time.granularity in ("day", "month")
        if claim.fields["status"] not in ("signed", "announced") or not dated:
            continue
        where = place_of(analysis, sentence, (status.start, status.end))
        if where is None or not held_in(analysis, sentence, where.mention):
            continue
        yield occasion(
            analysis,
            sentence,
            (claim.start, claim.end),
            {"name": None, "event_type": "signing", "participants": claim.fields["parties"]},
            (time, where),
            {"participants": claim.evidence["parties"]},
        )
