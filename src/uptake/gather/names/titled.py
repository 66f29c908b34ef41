"""Organisations by what stands beside a name: a legal form, the word company, an abbreviation."""

from collections.abc import Iterator
from dataclasses import replace

from uptake.gather.names.found import Organisation
from uptake.gather.names.heads import joined
from uptake.gather.names.lexicon import Head, legal_forms, phrase_at
from uptake.gather.names.people import given_names, surely_family
from uptake.gather.names.sentence import Line

_LONGEST = 5
_SHORT_NAME = 3
_ABBREVIATION = 8
_CLASS_WORDS = 2
_ATTRIBUTES = 2


def quoted_organisations(line: Line) -> Iterator[Organisation]:
    """Yield names in quotation marks beside a legal form or a word like company."""
    for position in range(len(line.tokens)):
        end = line.quoted(position)
        if end < 0 or not 0 < end - position - 1 <= _LONGEST or any(line.held[position:end]):
            continue
        if not line.tokens[position + 1].capital:
            continue
        first, last, kind = _beside(line, position, end)
        if kind:
            name = joined(line.text(position + 1, end), line.tokens[position + 1 : end])
            yield Organisation(position + 1, end, (first, last), name, kind)


def _beside(line: Line, opening: int, closing: int) -> tuple[int, int, str]:
    """Return the phrase around a quotation and the type that the words beside it tell."""
    after = closing + 1
    if after < len(line.tokens) and line.tokens[after].abuts and line.tokens[after].word:
        after += 1
    form = _legal(line, after)
    if form:
        return opening, after + 1, form
    form = _legal(line, opening - 1)
    if form:
        return opening - 1, closing + 1, form
    behind = _class_behind(line, after)
    if behind:
        return opening, behind[0], behind[1]
    before = _class_before(line, opening)
    if before:
        return before[0], closing + 1, before[1]
    return opening, closing + 1, _abbreviated(line, opening, closing)


def _class_behind(line: Line, position: int) -> tuple[int, str] | None:
    """Return the end and type of a word like company behind a quotation, attributes passed over."""
    for start in range(position, min(position + _ATTRIBUTES + 1, len(line.tokens))):
        found = phrase_at(line.folded, start, line.lexicon.classes, line.lexicon)
        if found is not None:
            return start + found[0], found[1].type
        token = line.tokens[start]
        if line.lexicon.head_first or not token.word or token.capital or _cased(line, start):
            return None
    return None


def _cased(line: Line, position: int) -> bool:
    """Whether a word seems to have the ending of a case, so that no attribute stands here."""
    readings = line.lexicon.readings(line.folded[position])[1:]
    return any(len(r.case) > 1 and len(r.nominative) >= _SHORT_NAME for r in readings)


def _abbreviated(line: Line, opening: int, closing: int) -> str:
    """Return the type that a quoted name tells of itself, if its abbreviation follows."""
    tokens, after = line.tokens, closing + 1
    bracketed = (
        after + 2 < len(tokens) and tokens[after].text == "(" and tokens[after + 2].text == ")"
    )
    if not bracketed or not _abbreviates(tokens[after + 1].text):
        return ""
    return _type(line, opening + 1, closing)


def _class_before(line: Line, position: int) -> tuple[int, str] | None:
    for length in range(_CLASS_WORDS, 0, -1):
        start = position - length
        if start >= 0 and not line.held[start]:
            found = phrase_at(line.folded, start, line.lexicon.classes, line.lexicon)
            if found and found[0] == length:
                return start, found[1].type
    return None


def _legal(line: Line, position: int) -> str:
    if not 0 <= position < len(line.tokens):
        return ""
    word = line.tokens[position].text
    return legal_forms().get(word.rstrip("."), "") or legal_forms().get(word.split("-")[0], "")


def incorporated_organisations(line: Line) -> Iterator[Organisation]:
    """Yield names with a legal form before or behind, without quotation marks."""
    for position in range(len(line.tokens)):
        kind = _legal(line, position)
        if not kind or line.held[position]:
            continue
        first = _run_back(line, position - (line.tokens[position - 1].text == ","))
        if first < position - (line.tokens[position - 1].text == ","):
            end = position + 1
            while _legal(line, end):
                end += 1
            words = joined(line.text(first, position), line.tokens[first:position]).rstrip(" ,")
            name = f"{words} {_as_form(line, position, end)}"
            yield Organisation(first, end, (first, end), name, kind)
        elif line.lexicon.head_first:
            last = _run_on(line, position + 1)
            if last > position + 1:
                name = joined(line.text(position + 1, last), line.tokens[position + 1 : last])
                yield Organisation(position + 1, last, (position, last), name, kind)


def _as_form(line: Line, start: int, end: int) -> str:
    return " ".join(line.text(start, end))


def _run_back(line: Line, position: int) -> int:
    first = position
    fields = line.lexicon.word_set("company_fields")
    while first > 0 and position - first < _LONGEST:
        joined_field = first < position and line.folded[first] in fields and first > 1
        if line.name_word(first - 1):
            first -= 1
        elif joined_field and line.folded[first - 1] in line.lexicon.word_set("connectors"):
            first -= 2
        else:
            break
    return first


def _run_on(line: Line, position: int) -> int:
    last = position
    while last < len(line.tokens) and last - position < _LONGEST and line.name_word(last):
        last += 1
    return last


def classed_organisations(line: Line) -> Iterator[Organisation]:
    """Yield names with capital letters beside a word like company ("the firm X", "X şirkəti")."""
    if line.shouted:
        return
    for position, token in enumerate(line.tokens):
        opening = position == 0 and line.lexicon.head_first and not token.upper
        if not token.word or (token.capital and not opening) or line.held[position]:
            continue
        found = phrase_at(line.folded, position, line.lexicon.classes, line.lexicon)
        if found is None:
            continue
        length, head, _ = found
        if position and line.tokens[position - 1].capital and _described(line, position - 1):
            continue
        made = None if line.lexicon.head_first else _before(line, position, length, head)
        if made is not None and made.first == 0 and made.last == 1:  # "Yazılım firması X"
            made = _behind(line, position, length, head) or made
        if line.lexicon.head_first or head.type == "company":  # elsewhere the name stands before
            made = made or _behind(line, position, length, head)
        if made is not None:
            yield made


def _described(line: Line, position: int) -> bool:
    """Whether an adjective with a capital letter makes the next word part of a name."""
    return any(r.part == "adjective" for r in line.lexicon.readings(line.folded[position]))


def _before(line: Line, position: int, length: int, head: Head) -> Organisation | None:
    if head.type != "company":  # elsewhere the word is part of the name
        return None
    first = _run_back(line, position)
    while first < position and line.place[first]:
        first += 1
    if first == position:
        return None
    name = joined(line.text(first, position), line.tokens[first:position])
    return Organisation(first, position, (first, position + length), name, head.type)


def _behind(line: Line, position: int, length: int, head: Head) -> Organisation | None:
    first = position + length
    last = _run_on(line, first)
    run = range(first, last)
    if not run or all(line.place[i] for i in run) or _like_a_person(line, first, last):
        return None
    words = line.text(first, last)
    words[-1] = _bare(line, last - 1)
    start = position
    while start > 0 and line.place[start - 1]:
        start -= 1
    return Organisation(first, last, (start, last), joined(words), head.type)


def _bare(line: Line, position: int) -> str:
    """Return a word of a name without an ending behind an apostrophe."""
    token = line.tokens[position]
    for reading in line.lexicon.readings(token.folded)[1:]:
        if token.folded.startswith(reading.nominative + "'"):
            return token.text[: len(reading.nominative)]
    return token.text


def _like_a_person(line: Line, first: int, last: int) -> bool:
    if last - first < 2:
        return False
    stems = [{r.nominative for r in line.lexicon.readings(w)} for w in line.folded[first:last]]
    return bool(stems[0] & given_names().keys()) or any(surely_family(s) for s in stems[-1])


def introduced(line: Line, found: Organisation) -> Organisation:
    """Return an organisation with the abbreviation or short name that follows it in brackets."""
    last = found.phrase[1]
    opening, closing = last, last + 2
    if last < len(line.tokens) and line.tokens[last].text != "(":
        return found
    while closing < len(line.tokens) and line.tokens[closing].text != ")":
        closing += 1
    if closing >= len(line.tokens) or closing - opening > _LONGEST:
        return found
    inside = line.text(opening + 1, closing)
    short = inside[-1] if _abbreviates(inside[-1]) else ""
    if not short and len(inside) <= _SHORT_NAME and found.name.startswith(joined(inside)):
        short = joined(inside)
    if not short:
        return found
    return replace(found, abbreviation=short, phrase=(found.phrase[0], closing + 1))


def _abbreviates(word: str) -> bool:
    capitals = sum(c.isupper() for c in word)
    return capitals > 1 and len(word) <= _ABBREVIATION and 2 * capitals > len(word)


def initialled_organisations(line: Line) -> Iterator[Organisation]:
    """Yield names followed by their own initials in brackets, whatever their words mean."""
    for position, token in enumerate(line.tokens[:-2]):
        short = line.tokens[position + 1].text
        closed = line.tokens[position + 2].text == ")"
        if token.text != "(" or not closed or not _abbreviates(short):
            continue
        first = _spelled_out(line, position, short)
        if first is not None and position - first > 1:
            kind = _type(line, first, position)
            if kind:
                name = joined(line.text(first, position), line.tokens[first:position])
                where = (first, position + 3)
                yield Organisation(first, position, where, name, kind, short)


def _type(line: Line, first: int, last: int) -> str:
    """Return the type that a word of a name tells, empty if none does: then it may be a project."""
    for position in range(first, last):
        found = phrase_at(line.folded, position, line.lexicon.heads, line.lexicon)
        if found is not None:
            return found[1].type
    return ""


def _spelled_out(line: Line, end: int, short: str) -> int | None:
    """Return where the words begin whose initials are the abbreviation, small words aside."""
    letters, position = [c for c in short if c.isalpha()], end - 1
    first = None
    while letters and position >= 0 and end - position <= _ABBREVIATION:
        token = line.tokens[position]
        if not token.word or line.held[position]:
            return None
        if token.text[0].upper() == letters[-1].upper() and (
            token.capital or line.lexicon.lower_case_names
        ):
            letters.pop()
            first = position
        elif token.capital:
            return None
        position -= 1
    return first if not letters and first is not None and line.tokens[first].capital else None
