"""Words of a sentence that may be a person's name: how far they reach, and how likely they are."""

from uptake.gather.names.people import (
    family_like,
    given_names,
    patronymic_like,
    patronymic_words,
    surely_family,
)
from uptake.gather.names.sentence import Line

_LONGEST = 3
_BRAND_CAPITALS = 3


def name_run(line: Line, position: int) -> tuple[int, int] | None:
    """Return the words of a person's name that begins here, a title before it left out."""
    titles, particles = line.lexicon.word_set("titles"), patronymic_words()
    while position < len(line.tokens) and line.folded[position].rstrip(".") in titles:
        position += 1 + _dot(line, position + 1)
    first, count = position, 0
    while position < len(line.tokens):
        token = line.tokens[position]
        if name_part(line, position):
            count += 1
            position += 1 + (token.initial and _dot(line, position + 1))
        elif count and token.folded in particles:
            position += 1
        else:
            break
        if count == _LONGEST and _ended(line, first, position - 1):
            position -= 1
            break
        goes_on = position < len(line.tokens) and name_part(line, position)
        if count > _LONGEST or (count == _LONGEST and goes_on and not _long(line, first, position)):
            position -= 1
            break
    return (first, position) if count else None


def _ended(line: Line, first: int, last: int) -> bool:
    """Whether a name of two words ended before a third that only has a capital letter too."""
    second, third = line.folded[last - 1], line.folded[last]
    ends = last - first == _LONGEST - 1 and surely_family(second)
    return ends and not patronymic_like(third) and not surely_family(third)


def name_before(line: Line, position: int) -> tuple[int, int] | None:
    """Return the name of two or three words whose last one stands right before a sign or word."""
    first, count = position, 0
    while first > 0 and count < _LONGEST:
        if name_part(line, first - 1):
            first, count = first - 1, count + 1
        elif line.folded[first - 1] in patronymic_words() and not line.held[first - 1]:
            first, count = first - 1, count - 1
        elif first > 1 and _dot(line, first - 1) and line.tokens[first - 2].initial:
            first, count = first - 2, count + 1
        else:
            break
    return (first, position) if count > 1 else None


def name_part(line: Line, position: int) -> bool:
    """Whether a word may be part of a person's name: no role, place, brand or kind of body."""
    token = line.tokens[position]
    if not line.name_word(position) or (token.upper and not token.initial):
        return False
    if line.place[position] and token.folded not in given_names():
        return False
    if any(c.isdigit() for c in token.text) or _brand(token.text):
        return False
    if (token.folded,) in line.lexicon.roles:
        return False
    if line.lexicon.raw.get("declensions") and token.folded in line.lexicon.word_set("fields"):
        return False
    readings = line.lexicon.readings(token.folded)
    return not any((r.nominative,) in line.lexicon.heads for r in readings)


def _brand(word: str) -> bool:
    """Whether capitals stand in a word as they do in trade names only."""
    capitals = [c.isupper() for c in word]
    return len(word) > 1 and (
        (capitals[-1] and not word.endswith(".")) or sum(capitals) >= _BRAND_CAPITALS
    )


def likely(line: Line, first: int, last: int) -> bool:
    """Whether given and family names make words likely to be a person's name."""
    stems = [{r.nominative for r in line.lexicon.readings(w)} for w in line.folded[first:last]]
    given = any(s & given_names().keys() for s in stems)
    family = any(family_like(stem) for s in stems[1:] for stem in s)
    initial = line.tokens[first].initial
    if last - first > 1 and any(surely_family(stem) for stem in stems[-1]):
        return True
    return (given and (family or last - first == 2)) or (initial and family)


def _long(line: Line, first: int, position: int) -> bool:
    words = line.folded[first:position]
    return any(patronymic_like(w) or w in patronymic_words() for w in words) or (
        line.folded[first] in given_names()
    )


def _dot(line: Line, position: int) -> int:
    return int(
        position < len(line.tokens)
        and line.tokens[position].text == "."
        and line.tokens[position].abuts
    )
