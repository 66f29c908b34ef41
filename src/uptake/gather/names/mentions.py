"""Organisations of a whole document: introduced once, then meant by a short name or a word."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from uptake.gather.names.found import Organisation
from uptake.gather.names.heads import headed_organisations
from uptake.gather.names.known import known_organisations
from uptake.gather.names.lexicon import legal_forms
from uptake.gather.names.sentence import Line
from uptake.gather.names.titled import (
    classed_organisations,
    incorporated_organisations,
    initialled_organisations,
    introduced,
    quoted_organisations,
)
from uptake.gather.words import fold

_FINDERS = (
    quoted_organisations,
    known_organisations,
    incorporated_organisations,
    classed_organisations,
    headed_organisations,
    initialled_organisations,
)
_SAME_BEGINNING = 4
_LEAST_ALIAS = 2


@dataclass(frozen=True, slots=True)
class Placed:
    """An organisation in the line of that number; ``later`` if only a short form stands there."""

    line: int
    found: Organisation
    later: bool = False


def organisations(lines: Sequence[Line]) -> list[Placed]:
    """Return the organisations of a document in order, and mark their words as held."""
    placed = _spelled([p for n, line in enumerate(lines) for p in _introduced(n, line)])
    placed += _by_alias(lines, placed)
    placed = _in_full(placed)
    placed.sort(key=lambda p: (p.line, p.found.first))
    placed += _by_generic_word(lines, placed)
    placed.sort(key=lambda p: (p.line, p.found.first))
    return placed


def _introduced(number: int, line: Line) -> list[Placed]:
    found: list[Placed] = []
    for find in _FINDERS:
        for each in find(line):  # as it goes on, a finder stops at what is held already
            if any(line.held[each.first : each.last]):
                continue
            whole = _with_country(line, introduced(line, each))
            _hold(line, whole)
            found.append(Placed(number, whole))
    return found


def _with_country(line: Line, found: Organisation) -> Organisation:
    """Return an organisation whose phrase begins with the place that stands right before it."""
    first = found.phrase[0]
    while first > 0 and line.place[first - 1] and not line.held[first - 1]:
        first -= 1
    outer = line.lexicon.word_set("outer_endings")
    if first == found.phrase[0] or found.known or line.endings(found.phrase[0] - 1) & outer:
        return found
    return replace(found, phrase=(first, found.phrase[1]))


def _spelled(placed: list[Placed]) -> list[Placed]:
    """Return known abbreviations with the name that the document itself gives them."""
    full = {p.found.abbreviation: p.found for p in placed if p.found.name != p.found.abbreviation}
    return [
        replace(
            p, found=replace(p.found, name=full[p.found.name].name, type=full[p.found.name].type)
        )
        if p.found.name in full
        else p
        for p in placed
    ]


def _in_full(placed: list[Placed]) -> list[Placed]:
    """Return shorter names as the one longer name that begins with them ("... of Kazakhstan")."""
    names = {p.found.name: p.found for p in placed}
    done: list[Placed] = []
    for each in placed:
        longer = [f for n, f in names.items() if n.startswith(each.found.name + " ")]
        same = [f for f in longer if f.type == each.found.type]
        whole = len(same) == 1 and " " in each.found.name and not each.found.known
        done.append(replace(each, found=replace(each.found, name=same[0].name)) if whole else each)
    return done


def _hold(line: Line, found: Organisation) -> None:
    for position in range(*found.phrase):
        line.held[position] = True


def _by_alias(lines: Sequence[Line], placed: Sequence[Placed]) -> list[Placed]:
    """Return later mentions: the name again, its abbreviation, or the name without legal form."""
    aliases: dict[tuple[str, ...], Organisation] = {}
    for each in placed:
        for alias in _aliases(each.found):
            aliases.setdefault(alias, each.found)
    longest = max((len(a) for a in aliases), default=0)
    return [
        found
        for number, line in enumerate(lines)
        for found in _aliased(number, line, aliases, longest)
    ]


def _aliases(found: Organisation) -> list[tuple[str, ...]]:
    names = [found.abbreviation.split(), found.name.replace(",", " ,").split()]
    bare = [w for w in names[1] if w.rstrip(".") not in legal_forms()]
    listed = [*names, bare] if len(bare) < len(names[1]) else names
    return [tuple(fold(w) for w in n) for n in listed if len("".join(n)) >= _LEAST_ALIAS]


def _aliased(
    number: int, line: Line, aliases: dict[tuple[str, ...], Organisation], longest: int
) -> list[Placed]:
    found: list[Placed] = []
    position = 0
    while position < len(line.tokens):
        match = None
        if line.tokens[position].capital and not line.held[position]:
            match = _match(line, position, aliases, longest)
        if match is None:
            position += 1
            continue
        length, organisation = match
        where = (position, position + length)
        here = replace(organisation, first=where[0], last=where[1], phrase=where)
        _hold(line, here)
        found.append(Placed(number, here, later=True))
        position += length
    return found


def _match(
    line: Line, position: int, aliases: dict[tuple[str, ...], Organisation], longest: int
) -> tuple[int, Organisation] | None:
    for length in range(min(longest, len(line.tokens) - position), 0, -1):
        words = line.folded[position : position + length]
        if any(line.held[position : position + length]):
            continue
        for reading in line.lexicon.readings(words[-1]):
            alias = (*words[:-1], reading.nominative)
            if alias in aliases and _as_capital(line, position, aliases[alias], alias):
                return length, aliases[alias]
    return None


def _as_capital(line: Line, position: int, found: Organisation, alias: tuple[str, ...]) -> bool:
    """Whether an abbreviation stands here with its capitals, so that it is no common word."""
    if len(alias) > 1 or fold(found.abbreviation) != alias[0]:
        return True
    return line.tokens[position].text.startswith(found.abbreviation)


def _by_generic_word(lines: Sequence[Line], placed: Sequence[Placed]) -> list[Placed]:
    """Return words that alone mean an organisation named before: "the ministry", "the Trust"."""
    found: list[Placed] = []
    for number, line in enumerate(lines):
        for position, token in enumerate(line.tokens):
            if not token.word or any(line.held[max(0, position - 1) : position + 2]):
                continue
            word, kind = _generic(line, position)
            meant = _meant(placed, number, position, word, kind) if word else None
            if meant is not None:
                where = (position, position + 1)
                line.held[position] = True
                here = replace(meant, first=position, last=position + 1, phrase=where)
                found.append(Placed(number, here, later=True))
    return found


def _generic(line: Line, position: int) -> tuple[str, str]:
    """Return the nominative and the type of a word for a kind of organisation, empty if it is none.

    With a capital letter within a sentence any word of organisations' names may be one.
    """
    capital = line.tokens[position].capital and position > 0
    for reading in line.lexicon.readings(line.folded[position]):
        word = reading.nominative
        if capital and (word,) in line.lexicon.heads:
            return word, line.lexicon.heads[(word,)].type
        if word in line.lexicon.generic and not capital:
            return word, line.lexicon.generic[word]
    return "", ""


def _meant(
    placed: Sequence[Placed], number: int, position: int, word: str, kind: str
) -> Organisation | None:
    before = [
        p.found
        for p in placed
        if (p.line, p.found.first) < (number, position) and p.found.type == kind
    ]
    named = [f for f in before if any(_same_word(fold(w), word) for w in f.name.split())]
    if named:
        return named[-1]
    others = {f.name for f in before}
    return before[-1] if len(others) == 1 and not any(f.known for f in before) else None


def _same_word(name: str, word: str) -> bool:
    length = max(_SAME_BEGINNING, len(word) - 2)
    return len(word) >= _SAME_BEGINNING and name[:length] == word[:length]
