"""Systems, projects, centres and the like that a sentence speaks of, with their names."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import cast

from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.lexicon import lexicon as phrases
from uptake.gather.claims.lexicon import plain
from uptake.gather.claims.naming import of_company
from uptake.gather.claims.phrases import Hit, lexicon, listed, section
from uptake.gather.grammar.spans import Sentence, starting
from uptake.gather.words import Word

QUOTED = re.compile(
    r"«([^«»\n]{2,80})»|“([^“”\n]{2,80})”|„([^„“”\n]{2,80})[“”]|\"([^\"\n]{2,80})\""
)
_SPEECH_GOES_ON = re.compile(r"\s*,\s*[-–—]")
_LONGEST_TITLE = 16
_MARK = re.compile('[«»“”„"]')
_COMMA = re.compile(r"[,;]\s")
_NEXT_TO = 3
_LONGEST_NAME = 8
_MOST_NAMES = 200
_HEAD_SIGNS = 5
_PRONOUN_BY = 6
"""Words of a sentence within which a pronoun may stand for what was named before."""
_SENTENCES_BACK = 2
_ABOUT = 3
_WORDS_PER_TOPIC = 60
_KINDS = {"digital": 0, "named": 0, "general": 1, "built": 2, "vague": 3, "field": 4}


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that may be launched, tried or used: ``text[start:end]`` names its kind.

    Attributes:
        start, end: Of the noun.
        kind: ``digital``, ``general``, ``built``, ``vague`` for what is many and no one thing
            unless it is named, ``field`` for artificial intelligence itself, or ``named`` for a
            name alone.
        head: Beginning of the noun, by which two mentions are known as of one kind.
        name: Its own name, in the nominative; empty if it is not told here.
        name_span: Of the name.
        bare: Points back to something told before ("the system", "Tizim").
        joint: Several parties' own, by a word before it.
        proper: ``whole`` where it ends an organisation's name, ``part`` where it stands in one.
    """

    start: int
    end: int
    kind: str
    head: str
    name: str = ""
    name_span: tuple[int, int] = (0, 0)
    bare: bool = False
    joint: bool = False
    proper: str = ""


def things(analysis: Analysis, sentence: Sentence) -> list[Thing]:
    """Return the things that a sentence speaks of, in order."""
    text = analysis.text[sentence.start : sentence.end]
    words = listed(text, sentence.language)
    hits = lexicon(sentence.language, "initiatives", "things").find(words)
    found = [
        _named(text, words, hit, sentence.language)
        for hit in _longest(hits)
        if not _is_other(text, hit, hits)
    ]
    moved = [_moved(thing, sentence.start) for thing in _named_once(found)]
    moved = [t for thing in moved if (t := _without_company(analysis, thing))]
    moved = [_without_place(analysis, _in_organisation(analysis, t)) for t in moved]
    found = sorted([*moved, *_by_name(analysis, sentence, moved)], key=lambda t: t.start)
    found = found or list(_pointed(analysis, sentence, words))
    return [*found, *_elsewhere(analysis, sentence, words, found)]


def _pointed(analysis: Analysis, sentence: Sentence, words: Sequence[Word]) -> Iterator[Thing]:
    """Yield the thing named just before if a pronoun stands for it in a sentence without any.

    Where nouns have articles, a pronoun must open the sentence: elsewhere it may mean nothing.
    """
    number = bisect_left(analysis.sentences, sentence.start, key=lambda s: s.start)
    before = analysis.sentences[number - 1] if number else sentence
    if before.start == sentence.start or before.paragraph != sentence.paragraph:
        return
    opening = words[: 1 if _articled(sentence.language) else _PRONOUN_BY]
    hits = lexicon(sentence.language, "initiatives", "words_around").find(opening)
    pronoun = next((h for h in hits if h.label == "pronoun"), None)
    if pronoun is None:
        return
    if any(n.kind == "person" for n in starting(analysis.names, before.start, before.end)):
        return
    told = (s for s in reversed(analysis.sentences[max(0, number - _SENTENCES_BACK) : number]))
    named: list[Thing] = []
    for earlier in told:
        if earlier.paragraph == sentence.paragraph and not named:
            named = [t for t in things(analysis, earlier) if t.name]
    if len({t.name for t in named}) == 1:
        start, end = sentence.start + pronoun.start, sentence.start + pronoun.end
        yield replace(named[-1], start=start, end=end, bare=False)


def _elsewhere(
    analysis: Analysis, sentence: Sentence, words: Sequence[Word], known: Sequence[Thing]
) -> Iterator[Thing]:
    """Yield the last thing again where a pronoun, or a word of contrast, stands for it elsewhere.

    ``The system works in Kazakhstan, while in Uzbekistan it is being tested`` tells two stages.
    """
    last = known[-1] if known else None
    if last is None or last.kind in {"vague", "field"}:
        return
    hits = lexicon(sentence.language, "initiatives", "words_around").find(words)
    joins = [sentence.start + h.start for h in hits if h.label == "and"]
    joins += [m.start() for m in _COMMA.finditer(analysis.text, last.end, sentence.end)]
    topic = phrases(sentence.language, "indicators", "contrast_after")
    told = [
        (sentence.start + h.start, sentence.start + h.end) for h in hits if h.label == "pronoun"
    ]
    turned = topic.spans(plain(analysis.text), sentence.start, sentence.end)
    for start, end in sorted([*told, *turned]):
        if start < last.end:
            continue
        parted = [j for j in joins if last.end <= j < start]
        if any(_other_place(analysis, sentence, j) or analysis.text[j] in ",;" for j in parted):
            yield replace(last, start=start, end=end, bare=False)
            return


def _other_place(analysis: Analysis, sentence: Sentence, join: int) -> bool:
    before = starting(analysis.places, sentence.start, join)
    behind = starting(analysis.places, join, sentence.end)
    return bool(before and behind) and before[-1].place != behind[0].place


def _named_once(found: Iterable[Thing]) -> Iterator[Thing]:
    """Yield things, a name in quotation marks being only that of the noun nearest to it."""
    nearest: dict[tuple[int, int], Thing] = {}
    kept = list(found)
    for thing in kept:
        low, high = thing.name_span
        if thing.name:
            held = nearest.setdefault(thing.name_span, thing)
            if _gap(thing, low, high) < _gap(held, low, high):
                nearest[thing.name_span] = thing
    for thing in kept:
        if thing.name and nearest[thing.name_span] is not thing:
            yield replace(thing, name="", name_span=(0, 0))
        else:
            yield thing


def _gap(thing: Thing, low: int, high: int) -> int:
    """Return how far a noun stands from a name; one right beside is nearer than one within."""
    within = low <= thing.start and thing.end <= high
    return _NEXT_TO if within else max(thing.start - high, low - thing.end, 0)


def _without_place(analysis: Analysis, thing: Thing) -> Thing:
    """Return a thing whose name does not begin with a country's in the genitive."""
    if not thing.name:
        return thing
    low, high = thing.name_span
    at = bisect_left(analysis.places, low, key=lambda m: m.start)
    if at == len(analysis.places) or analysis.places[at].start != low:
        return thing
    first = analysis.places[at].end
    if first >= high or analysis.text[first - 2 : first] not in {"'s", "’s"}:
        return thing
    first += 1
    return replace(thing, name=analysis.text[first:high], name_span=(first, high))


def _without_company(analysis: Analysis, thing: Thing) -> Thing | None:
    """Return a thing without a name that is a company's, who made it; None if it is nothing else.

    ``The programme was developed by "Kedra" LLC`` names no programme.
    """
    if not thing.name or not of_company(analysis, *thing.name_span):
        return thing
    low, high = thing.name_span
    inside = low <= thing.start < high
    return None if inside else replace(thing, name="", name_span=(0, 0))


def _in_organisation(analysis: Analysis, thing: Thing) -> Thing:
    """Return a thing, marked where its noun is part of the name of an organisation."""
    names = analysis.names
    at = bisect_right(names, thing.start, key=lambda n: n.start) - 1
    if thing.name or at < 0 or thing.end > names[at].end:
        return thing
    if not analysis.text[names[at].start].isupper():
        return thing
    if thing.end < names[at].end:
        return replace(thing, proper="part")
    return replace(thing, proper="whole") if thing.kind == "built" else thing


def _longest(hits: Iterable[Hit]) -> list[Hit]:
    """Return hits of the nouns of things, none within another, the surer kind first."""
    kept: list[Hit] = []
    ordered = sorted(
        (h for h in hits if h.label in _KINDS),
        key=lambda h: (h.first, -h.last, _KINDS[h.label]),
    )
    for hit in ordered:
        if not kept or hit.first > kept[-1].last:
            kept.append(hit)
    return kept


def _is_other(text: str, hit: Hit, hits: Iterable[Hit]) -> bool:
    return any(
        h.label == "not_things"
        and h.first <= hit.last
        and hit.first <= h.last
        and not _MARK.search(text, h.start, h.end)
        for h in hits
    )


def _named(text: str, words: Sequence[Word], hit: Hit, language: str) -> Thing:
    thing = Thing(hit.start, hit.end, hit.label, words[hit.last].folded[:_HEAD_SIGNS])
    if hit.label == "field":
        return thing
    lexica = lexicon(language, "initiatives", "words_around")
    around = lexica.find(words[max(0, hit.first - 3) : hit.last + 6])
    shift = max(0, hit.first - 3)
    before = [h for h in around if h.last + shift < hit.first]
    joint = any(h.label == "joint" for h in before)
    span = _quoted_beside(text, words, hit) or _called(text, words, hit, around, shift)
    if span is None:
        span = _capitalised_before(text, words, hit)
    anyone = any(h.label == "any" and h.last + shift >= hit.first - 3 for h in before)
    if anyone and hit.label != "field" and span is None:
        return replace(thing, kind="field")
    back = any(h.label == "anaphora" and h.last + shift == hit.first - 1 for h in before)
    opens = (
        hit.label != "digital"
        and not _articled(language)
        and (hit.first == 0 or _opens_clause(text, words, hit))
    )
    name = text[slice(*span)].strip() if span else ""
    return replace(thing, name=name, name_span=span or (0, 0), bare=back or opens, joint=joint)


@cache
def _articled(language: str) -> bool:
    """Tell whether a noun without an article is a new one rather than one told before."""
    around = section(language, "initiatives").get("words_around", {})
    return "articles" in cast("dict[str, object]", around)


def _opens_clause(text: str, words: Sequence[Word], hit: Hit) -> bool:
    between = text[words[hit.first - 1].end : words[hit.first].start]
    return any(sign in between for sign in ",;:–—")


def _quoted_beside(text: str, words: Sequence[Word], hit: Hit) -> tuple[int, int] | None:
    """Return a quoted name that touches a noun, with at most two words between."""
    for match in QUOTED.finditer(text):
        group = next(n for n in range(1, 5) if match[n] is not None)
        if is_speech(text, match, group):
            continue
        if match.end() <= hit.start:
            between = text[match.end() : hit.start]
        elif match.start() >= hit.end:
            between = text[hit.end : match.start()]
        else:
            return match.span(group)
        if len(between.split()) < _NEXT_TO and not re.search(r"[,.;:!?()]", between):
            return match.span(group)
    return None


def is_speech(text: str, match: re.Match[str], group: int) -> bool:
    """Tell whether words in quotation marks are somebody's words rather than a name."""
    inner = match[group]
    if not (inner[0].isupper() or inner[0].isdigit()) or inner[-1] in ".!?,…":
        return True
    words = len(inner.split())
    told = words > _LONGEST_NAME // 2 and text[: match.start()].rstrip().endswith(":")
    return told or bool(_SPEECH_GOES_ON.match(text, match.end())) or words > _LONGEST_TITLE


def _called(
    text: str, words: Sequence[Word], hit: Hit, around: Sequence[Hit], shift: int
) -> tuple[int, int] | None:
    """Return a name told by a word for naming: behind it, or before it where it follows names."""
    for naming in around:
        if naming.label != "naming":
            continue
        first = naming.last + shift + 1
        run = _capital_run(text, words, first)
        if naming.first + shift > hit.last and run:
            return run
        before = _capital_run_before(text, words, naming.first + shift)
        if naming.last + shift < hit.first and before:
            return before
        if naming.last + shift < hit.first and run and first < hit.first:
            return run
    return None


def _capital_run(text: str, words: Sequence[Word], first: int) -> tuple[int, int] | None:
    last = first
    while (
        last < len(words)
        and last - first < _LONGEST_NAME
        and text[words[last].start].isupper()
        and (last == first or not text[words[last - 1].end : words[last].start].strip(" -–"))
    ):
        last += 1
    return (words[first].start, words[last - 1].end) if last > first else None


def _capital_run_before(text: str, words: Sequence[Word], end: int) -> tuple[int, int] | None:
    first = end
    while (
        first > 0
        and end - first < _LONGEST_NAME
        and text[words[first - 1].start].isupper()
        and (first == end or not text[words[first - 1].end : words[first].start].strip(" -–"))
    ):
        first -= 1
    return (words[first].start, words[end - 1].end) if first < end else None


def _capitalised_before(text: str, words: Sequence[Word], hit: Hit) -> tuple[int, int] | None:
    """Return capitalised words before a noun in lower case: of a brand by its very spelling."""
    if text[hit.start].isupper():
        return None
    run = _capital_run_before(text, words, hit.first)
    if run is None or text[run[1] : hit.start].strip(" -"):
        return None
    inner = text[run[0] + 1 : run[1]]
    brand = re.search(r"[a-zа-яёәғқңөұүһıöüşçğ][A-ZА-ЯЁ]", inner) or re.search(
        r"[^\W\d_]{2,}[- ](?:AI|GPT|\d)|\d", inner
    )
    return run if brand and len(text[slice(*run)]) > 3 else None


def _moved(thing: Thing, by: int) -> Thing:
    name = (thing.name_span[0] + by, thing.name_span[1] + by) if thing.name else (0, 0)
    return replace(thing, start=thing.start + by, end=thing.end + by, name_span=name)


def _by_name(analysis: Analysis, sentence: Sentence, known: Sequence[Thing]) -> list[Thing]:
    """Return names told elsewhere in the document that stand here without their noun."""
    pattern = _names(analysis)
    if pattern is None:
        return []
    taken = [t.name_span for t in known if t.name]
    return [
        Thing(match.start(), match.end(), "named", "", match[0], match.span())
        for match in pattern.finditer(analysis.text, sentence.start, sentence.end)
        if not any(low < match.end() and match.start() < high for low, high in taken)
        and not of_company(analysis, *match.span())
    ]


@lru_cache(maxsize=4)
def _names(analysis: Analysis) -> re.Pattern[str] | None:
    """Return the names of things that a document tells beside their nouns, as one pattern."""
    told: dict[str, None] = {}
    for sentence in analysis.sentences:
        text = analysis.text[sentence.start : sentence.end]
        words = listed(text, sentence.language)
        hits = lexicon(sentence.language, "initiatives", "things").find(words)
        for hit in _longest(hits):
            if len(told) < _MOST_NAMES and not _is_other(text, hit, hits):
                name = _named(text, words, hit, sentence.language).name
                if len(name) > 3:
                    told[name] = None
    if not told:
        return None
    longest_first = sorted(told, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


def topics(analysis: Analysis, start: int, end: int, language: str) -> int:
    """Return how many words of the digital stand in a stretch."""
    words = listed(analysis.text[start:end], language)
    return len(lexicon(language, "initiatives", "topics").find(words))


@lru_cache(maxsize=4)
def is_about_it(analysis: Analysis) -> bool:
    """Tell whether a document is about the digital: by its first lines or its words altogether."""
    opening = analysis.sentences[:2]
    if any(topics(analysis, s.start, s.end, s.language) for s in opening if s.heading):
        return True
    told = sum(topics(analysis, s.start, s.end, s.language) for s in analysis.sentences)
    return told >= _ABOUT and told * _WORDS_PER_TOPIC >= len(analysis.text.split())
