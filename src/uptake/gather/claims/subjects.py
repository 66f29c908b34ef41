"""What a quantity measures, of whom, out of how many: a measure of the catalogue, or a noun."""

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from uptake import catalog
from uptake.gather.claims.clauses import Piece
from uptake.gather.claims.labels import ages
from uptake.gather.claims.lexicon import Lexicon, lexicon
from uptake.gather.claims.rankings import is_base, is_total
from uptake.gather.claims.reading import Reading
from uptake.gather.grammar.numerals import read_number
from uptake.gather.grammar.spans import Quantity

_SECTION = "indicators"
_NOUN_WORDS = 4
_AGE_SIGNS = 8
_BEHIND = 0.5
"""Distance counts half behind a count, whose noun follows it."""
_SUFFIX = {
    "percent": ("share", "share of {}"),
    "rank": ("rank", "{}, rank"),
    "score": ("score", "{}, score"),
    "per_capita": ("per_capita", "{} per head"),
}
_INDEX = re.compile(
    r"[«“\"]([^»”\"\n]{4,80})[»”\"]"
    r"|((?:[A-Z][\w’'-]+ (?:of |for |the |and |in )?){1,6}(?:Index|Rankings?|Report))"
)
_DIGIT = re.compile(r"(?<![\d.,])\d")
_SHORT = 2
_GAP = " … "
_NO_NOUNS = {
    "indicators": ("and", "contrast", "not_names"),
    "modality": ("planned", "expected", "possible", "recommended", "happened", "denied"),
}
_BASE_SIGNS = 60
_BASES = frozenset({100, 1_000, 10_000, 100_000, 1_000_000})


@cache
def _measures() -> dict[str, dict[str, Any]]:
    raw = tomllib.loads((files("uptake.catalog") / "measures.toml").read_text(encoding="utf-8"))
    known: dict[str, dict[str, Any]] = raw["measures"]
    return known


@cache
def _words(language: str) -> dict[str, Any]:
    if language not in catalog.names("languages"):
        return {}
    section: dict[str, Any] = catalog.entry("languages", language).get(_SECTION, {})
    return section


def verb_final(language: str) -> bool:
    """Tell whether the verb ends a clause in a language."""
    return bool(_words(language).get("verb_final", False))


@cache
def _named(language: str, table: str, phrase: str) -> tuple[str, ...]:
    """Return under which names of a table a phrase stands."""
    return tuple(
        name
        for name in _words(language).get(table, {})
        if (found := lexicon(language, _SECTION, f"{table}.{name}").match(phrase, 0))
        and found.end() == len(phrase)
    )


def subject(reading: Reading, piece: Piece, growth: str) -> tuple[str | None, str]:
    """Return the id and the name of what a quantity measures.

    The id is that of the catalogue's measure nearest to the quantity with its unit, or an English
    text's own noun; None where neither tells.
    """
    quantity = piece.quantity
    measure = _nearest(reading, piece)
    if measure:
        return _identified(measure, quantity.unit, growth)
    noun = _noun(reading, quantity)
    if noun and reading.language == "en":
        slug = re.sub(r"[^a-z0-9]+", "_", noun).strip("_")
        suffix = _SUFFIX.get(quantity.unit, ("", ""))[0]
        return "_".join(part for part in (slug, suffix) if part), noun
    return None, noun


def _identified(measure: str, unit: str, growth: str) -> tuple[str, str]:
    known = _measures().get(measure, {"title": measure})
    title: str = known["title"]
    if growth:
        return f"{measure}_{growth}", f"{growth} of {title}"
    if unit in known:
        return str(known[unit]), title
    suffix, name = _SUFFIX.get(unit, ("", "{}"))
    return "_".join(part for part in (measure, suffix) if part), name.format(title)


def _nearest(reading: Reading, piece: Piece) -> str:
    """Return the measure told nearest to a quantity: in its part, its clause, then its sentence."""
    quantity = piece.quantity
    sentence = (reading.sentence.start, reading.sentence.end)
    for low, high in dict.fromkeys(((piece.start, piece.end), piece.segment, sentence)):
        told = [t for t in _told(reading, "measures", low, high) if _fits(t[2], quantity.unit)]
        if told:
            return min(told, key=lambda t: _distance(quantity, t[0], t[1]))[2]
    return ""


def _fits(measure: str, unit: str) -> bool:
    """Tell whether a measure can be in a unit: money is no number of what is counted."""
    return unit != "currency" or not _measures().get(measure, {}).get("things")


def _distance(quantity: Quantity, start: int, end: int) -> float:
    if start >= quantity.number[1]:
        weight = _BEHIND if quantity.unit in {"count", "percent", "per_capita"} else 1.0
        return weight * (start - quantity.number[1]) - (end - start) / 100
    return quantity.number[0] - end - (end - start) / 100


@cache
def _in_two_parts(language: str, table: str) -> tuple[tuple[str, Lexicon, Lexicon], ...]:
    """Return names of a table whose phrases have words between their parts ("selling … abroad")."""
    return tuple(
        (name, Lexicon([first]), Lexicon([second]))
        for name, phrases in _words(language).get(table, {}).items()
        for phrase in phrases
        if _GAP in phrase
        for first, second in [phrase.split(_GAP)]
    )


def _told(reading: Reading, table: str, low: int, high: int) -> Iterator[tuple[int, int, str]]:
    """Yield where a stretch tells names of a table: both parts of those that have two."""
    for name, first, second in _in_two_parts(reading.language, table):
        begins = first.search(reading.folded, low, high)
        ends = second.search(reading.folded, begins.end(), high) if begins else None
        if begins and ends:
            yield *begins.span(), name
            yield *ends.span(), name
    for start, end in lexicon(reading.language, _SECTION, table).spans(reading.folded, low, high):
        for name in _named(reading.language, table, reading.folded[start:end]):
            yield start, end, name


def _noun(reading: Reading, quantity: Quantity) -> str:
    """Return the few words behind a quantity, as printed; none where they name nothing.

    A verb ends them, so does a word of "and"; behind a unit of its own only the languages whose
    verb stands in the middle have a noun.
    """
    if quantity.unit != "count" and verb_final(reading.language):
        return ""
    words: list[str] = []
    small = _function_words(reading.language)
    places = {n.start for n in reading.geography.within(quantity.end, reading.sentence.end)}
    for word in reading.words_after(quantity.end):
        folded = reading.folded[word.start() : word.end()]
        if ends_noun(reading, word.start(), word.end()):
            break
        if not words and folded in small and reading.follows("share_of", word.start()):
            continue
        if folded in small or word.start() in places or len(words) == _NOUN_WORDS:
            break
        words.append(folded)
    return " ".join(words) if any(len(word) > _SHORT for word in words) else ""


def ends_noun(reading: Reading, start: int, end: int) -> bool:
    """Tell whether a word is a verb, or one that begins another part of a sentence."""
    for section, keys in _NO_NOUNS.items():
        if lexicon(reading.language, section, *keys).match(reading.folded, start, end):
            return True
    return False


def is_function_word(language: str, folded: str) -> bool:
    """Tell whether a word names nothing by itself: an article, a preposition, "and"."""
    return folded in _function_words(language)


@cache
def _function_words(language: str) -> frozenset[str]:
    if language not in catalog.names("languages"):
        return frozenset()
    return frozenset(catalog.entry("languages", language)["function_words"].split())


def details(reading: Reading, piece: Piece) -> dict[str, Any]:
    """Return what narrows a quantity: breakdown, base of a rate, total, index."""
    found: dict[str, Any] = {}
    breakdown = _breakdown(reading, piece)
    if breakdown:
        found["breakdown"] = breakdown
    low, high = piece.segment
    inside = [q for q in reading.quantities if low <= q.start < high]
    if piece.quantity.unit == "per_capita":
        bases = [q.value for q in inside if is_base(reading, q)]
        found["per"] = int(bases[0]) if bases else _base(reading, piece.quantity)
    if piece.quantity.unit in {"rank", "score"}:
        totals = [q for q in inside if is_total(reading, q)]
        if totals:
            found["out_of"] = int(totals[0].value)
            found["scope"] = reading.analysis.text[totals[0].start : _noun_end(reading, totals[0])]
        index = _INDEX.search(reading.analysis.text, reading.sentence.start, reading.sentence.end)
        if index:
            found["index"] = (index[1] or index[2]).strip()
    return found


def _base(reading: Reading, quantity: Quantity) -> int:
    """Return of how many a rate is: "3.4 per 100,000 inhabitants", "har 1000 nafarga 3,4 ta"."""
    text, (first, last) = reading.folded, quantity.number
    low, high = max(reading.sentence.start, first - _BASE_SIGNS), last + _BASE_SIGNS
    for begin, end in ((last, min(high, reading.sentence.end)), (low, first)):
        for match in _DIGIT.finditer(text, begin, end):
            number = read_number(text, match.start(), reading.sentence.language)
            if number and number.value in _BASES:
                return int(number.value)
    return 1


def _noun_end(reading: Reading, quantity: Quantity) -> int:
    noun = next(reading.words_after(quantity.end), None)
    return noun.end() if noun else quantity.end


def _breakdown(reading: Reading, piece: Piece) -> dict[str, str]:
    found: dict[str, str] = {}
    years = _age(reading, piece)
    if years:
        found["age"] = years
    told = {name for _, _, name in _told(reading, "breakdown", piece.start, piece.end)}
    for key, names in _BREAKDOWNS.items():
        chosen = [n for n in names if n in told]
        if len(chosen) == 1:
            found[key] = chosen[0].replace("_", "-")
    return found


def _age(reading: Reading, piece: Piece) -> str:
    """Return the ages nearest to a quantity in its part: a range, or two numbers side by side."""
    years = [q for q in ages(reading) if piece.start <= q.start < piece.end]
    if not years:
        return ""
    at = piece.quantity.start
    nearest = min(years, key=lambda q: abs(q.start - at))
    beside = [q for q in years if q is not nearest and abs(q.start - nearest.start) <= _AGE_SIGNS]
    numbers = [n for q in (nearest, *beside) for n in (q.value, q.value_max) if n is not None]
    low, high = int(min(numbers)), int(max(numbers))
    if high > low:
        return f"{low}-{high}"
    return {">": f">{low}", ">=": f"{low}+", "<": f"<{low}"}.get(nearest.comparator, str(low))


_BREAKDOWNS = {
    "gender": ("female", "male"),
    "intent": ("information_seeking", "task_oriented", "self_expression"),
    "settlement": ("urban", "rural"),
}
