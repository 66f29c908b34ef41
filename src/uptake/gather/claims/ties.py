"""What ties parties in a sentence: a paper, a common work, money, a role, talks; and its state."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.lexicon import Lexicon, lexicon, plain
from uptake.gather.claims.modality import denied, language_at, modality
from uptake.gather.claims.naming import within
from uptake.gather.claims.parties import phrases
from uptake.gather.grammar.spans import Name, Sentence
from uptake.gather.names.lexicon import lexicon as names_lexicon
from uptake.gather.names.lexicon import section
from uptake.gather.words import words

_SECTION = "partnerships"
_ORDER = ("expected", "announced", "signed", "discussed", "ongoing")
_PAPERS_NEED = ("expected", "announced", "signed", "discussed")
_LOOSE = frozenset({"joint project", "partnership", "cooperation", "joint venture"})
_ON_PAPER = frozenset({"signed", "announced", "expected"})
_JOINT = "joint project"
TALKS = "negotiation"
_BY_MODALITY = {"planned": "announced", "expected": "expected", "discussed": "discussed"}
_NEVER = frozenset({"possible", "recommended"})
_TOGETHER = 90
"""Signs between a paper and the verb of signing within which the one is surely of the other."""
_SIGNS = ",;:–—"
_BESIDE = 24
_FEW = 5
_APART = 4
"""Words between two names that "and" joins: kinds of the second, its country."""
_AND_BREAKS = re.compile(r"[,;:.()–—]")


class Tie(NamedTuple):
    """A tie between parties; spans are the text's.

    ``rule`` is ``told`` for a relation with a state beside it, ``paper`` for one that is surely
    signed or to be signed whoever does it, else ``joint``, ``finance``, ``role``, ``talks`` or
    ``open`` (talks that have not come to an end).
    """

    relation: str
    at: tuple[int, int]
    status: str
    told: tuple[int, int]
    rule: str


def ties(analysis: Analysis, sentence: Sentence, start: int, end: int) -> Iterator[Tie]:
    """Yield the ties that a sentence may tell, the surest first; what it denies is none."""
    folded = plain(analysis.text)
    tie = _related(analysis, folded, sentence, start, end)
    if tie is not None and not _denies(analysis, tie, start, end):
        yield tie
    for other in (
        _talks(folded, sentence),
        _finance(folded, sentence),
        _role(folded, sentence),
        _together(analysis, folded, sentence),
    ):
        if other is not None and (other.rule == "open" or not _denies(analysis, other, start, end)):
            yield other


@cache
def _table(language: str, table: str) -> Mapping[str, Lexicon]:
    keys = section(language, _SECTION).get(table, {})
    return {key: lexicon(language, _SECTION, f"{table}.{key}") for key in keys}


def _related(
    analysis: Analysis, folded: str, sentence: Sentence, start: int, end: int
) -> Tie | None:
    """Return the most telling relation of a sentence with its state, if it tells one."""
    for relation, known in _table(sentence.language, "relations").items():
        found = known.search(folded, sentence.start, sentence.end)
        if found is None:
            continue
        state = _status(folded, sentence, relation)
        if state is not None:
            status, told = state
            rule = "told"
            paper = relation not in _LOOSE and relation != TALKS and status in _ON_PAPER
            if paper and not _is_counted(analysis, found.start()):
                rule = "paper" if _gap(found.span(), told) <= _TOGETHER else "told"
            return Tie(relation, found.span(), status, told, rule)
        if relation == _JOINT:
            mode = modality(analysis, start, end)
            if mode not in _NEVER:
                status = _BY_MODALITY.get(mode, "ongoing")
                return Tie(relation, found.span(), status, found.span(), "joint")
        return None
    return None


def _status(folded: str, sentence: Sentence, relation: str) -> tuple[str, tuple[int, int]] | None:
    """Return how far it has come; an agreement on paper needs more than that something goes on."""
    for status in _ORDER if relation in _LOOSE else _PAPERS_NEED:
        found = phrases(sentence.language, "status", status).search(
            folded, sentence.start, sentence.end
        )
        if found is not None:
            signed = phrases(sentence.language, "status", "signed").search(
                folded, sentence.start, found.start()
            )
            if signed is not None and status in ("announced", "expected"):
                return "signed", signed.span()
            return status, found.span()
    found = phrases(sentence.language, "status", "in_force").search(
        folded, sentence.start, sentence.end
    )
    return ("ongoing", found.span()) if found is not None else None


def _talks(folded: str, sentence: Sentence) -> Tie | None:
    """Return talks that are or were held, whatever else the sentence says of their end."""
    table = _table(sentence.language, "talks")
    if "noun" not in table or "held" not in table:
        return None
    noun = table["noun"].search(folded, sentence.start, sentence.end)
    for key in ("open", "held"):
        verb = table[key].search(folded, sentence.start, sentence.end) if key in table else None
        if noun and verb and _gap(noun.span(), verb.span()) <= _TOGETHER:
            told = noun.span() if key == "held" else verb.span()
            return Tie(TALKS, noun.span(), "discussed", told, "open" if key == "open" else "talks")
    return None


def _together(analysis: Analysis, folded: str, sentence: Sentence) -> Tie | None:
    """Return the work of two bodies that "and" joins and whose verb is one of making."""
    table = _table(sentence.language, "works")
    verb = table["together"].search(folded, sentence.start, sentence.end) if table else None
    if verb is None:
        return None
    bodies = [n for n in within(analysis.names, sentence.start, sentence.end) if _is_body(n)]
    connectors = names_lexicon(sentence.language).word_set("connectors")
    for left, right in pairwise(bodies):
        between = [w.folded for w in words(analysis.text[left.end : right.start])]
        joined = any(w in connectors for w in between) and len(between) <= _APART
        if joined and not _AND_BREAKS.search(analysis.text, left.end, right.start):
            mode = modality(analysis, sentence.start, sentence.end)
            if mode in _NEVER:
                return None
            status = _BY_MODALITY.get(mode, "ongoing")
            return Tie(_JOINT, verb.span(), status, verb.span(), "joint")
    return None


def _is_body(name: Name) -> bool:
    return name.kind == "organisation" and name.organisation_type != "media"


def _finance(folded: str, sentence: Sentence) -> Tie | None:
    """Return money that a lender or donor gives, will give or thinks of giving."""
    table = _table(sentence.language, "finance")
    giver = table["givers"].search(folded, sentence.start, sentence.end) if table else None
    if giver is None:
        return None
    for relation in ("loan", "grant", "investment"):
        found = table[relation].search(folded, sentence.start, sentence.end)
        if found is None:
            continue
        for status, verbs in _table(sentence.language, "giving").items():
            verb = verbs.search(folded, sentence.start, sentence.end)
            if verb is not None and _gap(found.span(), verb.span()) <= _TOGETHER:
                return Tie(relation, found.span(), status, verb.span(), "finance")
    return None


def _role(folded: str, sentence: Sentence) -> Tie | None:
    """Return a role that somebody has in a work: its contractor, its partner."""
    for relation, known in _table(sentence.language, "roles").items():
        found = known.search(folded, sentence.start, sentence.end)
        if found is not None:
            return Tie(relation, found.span(), "ongoing", found.span(), "role")
    return None


def _denies(analysis: Analysis, tie: Tie, start: int, end: int) -> bool:
    """Whether the clause that tells a tie denies it; a clause beside it may deny something else."""
    low, high = min(tie.at[0], tie.told[0]), max(tie.at[1], tie.told[1])
    text = analysis.text
    before = [p for p in (text.rfind(sign, start, low) for sign in _SIGNS) if p >= 0]
    behind = [p for p in (text.find(sign, high, end) for sign in _SIGNS) if p >= 0]
    clause = max(before, default=start), min(behind, default=end)
    language = language_at(analysis, low)
    none = phrases(language, "parties", "none").search(plain(text), *clause)
    return none is not None or denied(analysis, *clause)


def _is_counted(analysis: Analysis, at: int) -> bool:
    """Whether papers are many: "200 contracts were signed" tells of no two parties."""
    low = bisect_left(analysis.quantities, at - _BESIDE, key=lambda q: q.start)
    return any(
        q.value > _FEW and q.currency is None
        for q in analysis.quantities[low:]
        if q.start < at and 0 <= at - q.end <= _BESIDE
    )


def _gap(a: tuple[int, int], b: tuple[int, int]) -> int:
    return max(a[0] - b[1], b[0] - a[1], 0)
