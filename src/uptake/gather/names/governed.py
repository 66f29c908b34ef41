"""What the word for a body governs in declensions: genitives, "по" with a dative, "имени"."""

from collections.abc import Iterator
from functools import cache

from uptake.gather.names.lexicon import Head, lexicon
from uptake.gather.names.sentence import Line
from uptake.gather.words import fold

_LONGEST = 9
_NAMESAKE = 4
_SHORT = 2
_AHEAD = 3


def governed_end(line: Line, position: int, head: Head | None = None) -> int:
    """Return the end of what stands in the genitive behind a head, or behind a word like "по".

    Once a field is named ("здравоохранения") only what is one too, or can be nothing but a
    genitive, goes on: in "Министерства просвещения школы" the schools are the next clause's.
    """
    known = line.lexicon
    links, connectors = known.word_set("complements"), known.word_set("connectors")
    limit, last = min(len(line.tokens), position + _LONGEST), position
    begin = position
    settled = False
    if position < limit and line.folded[position] in links and _dative(line, position + 1):
        settled = _field_in_dative(line, position + 1, limit)
        last = position = _dative_end(line, position + 1, limit)
    while position < limit and not line.held[position]:
        if _governed(line, position) and not (settled and _doubtful(line, position, head)):
            settled = settled or line.folded[position] in known.word_set("fields")
            position += 1
            last = position
            continue
        if last != position or position == begin:
            break
        if line.folded[position] in (connectors | {","}):
            end = _joined_end(line, position + 1, limit, settled)
        elif line.folded[position] in links and head is not None and head.type != "company":
            only_places = all(line.place[i] for i in range(begin, position))
            end = _field_by_link(line, position + 1, limit, whole=only_places)
            settled = True
        else:
            break
        if end is None:
            break
        last = end if end > position + 1 else last
        position = end
    return last


def _joined_end(line: Line, position: int, limit: int, settled: bool) -> int | None:
    """Return where to read on behind "and", None if what it joins is no part of the name."""
    if position >= limit or not _governed(line, position) or line.held[position]:
        return None
    if not settled or _field(line, position) or line.place[position]:
        return position
    if _field(line, position, abstract=True):
        return next(i for i in range(position, limit) if _abstract(line, i)) + 1
    if _dative(line, position) and _field_in_dative(line, position, limit):
        return _dative_end(line, position, limit)
    return None


def _field_by_link(line: Line, position: int, limit: int, *, whole: bool) -> int | None:
    """Return the end of a field behind "по" that follows other words ("Центр компетенций по").

    ``whole``: only places stand before, so that any dative belongs to the name.
    """
    if not _dative(line, position):
        return None
    if not whole and not _field_in_dative(line, position, limit):
        return None
    return _dative_end(line, position, limit)


def named_behind(line: Line, position: int) -> int:
    """Return the end of "имени X" behind a body, the body's own end if none is named after."""
    if position >= len(line.tokens) or line.folded[position] not in line.lexicon.word_set(
        "named_after"
    ):
        return position
    first = position + 1
    if first < len(line.tokens) and line.tokens[first].text == "." and line.tokens[first].abuts:
        first += 1
    last = first
    while last < len(line.tokens) and last - first <= _NAMESAKE and not line.held[last]:
        token = line.tokens[last]
        initial = token.text == "." and line.tokens[last - 1].initial
        if not initial and not (token.word and any(c.isupper() for c in token.text)):
            break
        last += 1
    return last if last > first else position


def _governed(line: Line, position: int) -> bool:
    known, token = line.lexicon, line.tokens[position]
    if not token.word or token.folded in known.word_set("named_after"):
        return False
    if line.place[position] or token.upper:
        return token.capital and not _nominative_adjective(line, position)
    if token.folded in known.word_set("fields"):
        return True
    if token.capital and not line.shouted:
        return False
    verb = token.folded.endswith(tuple(known.word_set("verb_endings")))
    if _agrees(line, position) and not verb:
        return token.folded not in known.word_set("not_names")
    return (
        not verb
        and token.folded not in known.word_set("not_names")
        and len(token.folded) > _SHORT
        and token.folded.endswith(tuple(known.word_set("complement_endings")))
    )


def _nominative_adjective(line: Line, position: int) -> bool:
    """Whether a place's adjective stands in the nominative: it begins another name."""
    cases = {r.case for r in line.lexicon.readings(line.folded[position]) if r.part == "adjective"}
    return cases == {"nom"}


def _agrees(line: Line, position: int) -> bool:
    """Whether an adjective before a word makes it part of what is governed, whatever it ends in."""
    agreeing = tuple(line.lexicon.word_set("agreeing_endings"))
    return bool(agreeing) and position > 0 and line.folded[position - 1].endswith(agreeing)


def _doubtful(line: Line, position: int, head: Head | None) -> bool:
    """Whether a word behind a field may as well begin the next phrase: no field, many readings.

    A ministry has nothing but fields in its name.
    """
    token = line.tokens[position]
    if line.place[position] or token.upper or _field(line, position):
        return False
    if head is not None and fold(head.base) in fold(line.lexicon.raw.get("ministry", "")).split():
        return True
    if token.folded.endswith(tuple(line.lexicon.word_set("agreeing_endings"))):
        return True
    if _agrees(line, position):
        return False
    return token.folded.endswith(tuple(line.lexicon.word_set("doubtful_endings")))


def _field(line: Line, position: int, *, abstract: bool = False) -> bool:
    """Whether a field stands here, or an adjective or two before one."""
    fields = line.lexicon.word_set("fields")
    agreeing = tuple(line.lexicon.word_set("agreeing_endings"))
    for ahead in range(position, min(position + _AHEAD, len(line.tokens))):
        if line.folded[ahead] in fields or (abstract and _abstract(line, ahead)):
            return True
        if not line.folded[ahead].endswith(agreeing):
            return False
    return False


def _abstract(line: Line, position: int) -> bool:
    """Whether a noun stands here that ends as fields of work do ("этнологии")."""
    endings = tuple(line.lexicon.word_set("abstract_endings"))
    return bool(endings) and line.folded[position].endswith(endings)


def _dative(line: Line, position: int) -> bool:
    endings = tuple(line.lexicon.word_set("dative_endings"))
    if position >= len(line.tokens) or line.held[position]:
        return False
    token = line.tokens[position]
    return token.word and not token.capital and token.folded.endswith(endings)


def _dative_end(line: Line, position: int, limit: int) -> int:
    """Return the end of a dative: adjectives and the first noun."""
    adjectives = tuple(line.lexicon.word_set("dative_adjectives"))
    while position + 1 < limit and line.folded[position].endswith(adjectives):
        if not _dative(line, position + 1):
            break
        position += 1
    return position + 1


def _field_in_dative(line: Line, position: int, limit: int) -> bool:
    noun = line.folded[_dative_end(line, position, limit) - 1]
    return any(stem in _field_stems(line.lexicon.language) for stem in _stems(noun))


def _stems(word: str) -> Iterator[str]:
    for cut in (1, 2):
        if len(word) > cut + _SHORT:
            yield word[:-cut]


@cache
def _field_stems(language: str) -> frozenset[str]:
    fields = lexicon(language).word_set("fields")
    return frozenset(stem for field in fields for stem in _stems(field))
