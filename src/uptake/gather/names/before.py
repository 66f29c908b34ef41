"""How far a body's name reaches before its head: adjectives, fields, whose name it bears."""

from uptake.gather.names.lexicon import Head, Reading
from uptake.gather.names.people import family_like, given_names, surely_family
from uptake.gather.names.sentence import Line
from uptake.gather.words import APOSTROPHES

_LONGEST = 9
_SMALL_WORDS = 3
_PERSON = 2
_GOVERNMENT = "government"
_ADJECTIVE = "adjective"


def left_last(line: Line, start: int, head: Head) -> int:
    """Return where a name begins whose head, at ``start``, stands last."""
    lexicon = line.lexicon
    connectors = lexicon.word_set("connectors") | lexicon.word_set("inner_words")
    first, position, seen_connector = start, start - 1, False
    while position >= 0 and start - position <= _LONGEST:
        token = line.tokens[position]
        if line.held[position] or _in_a_case(line, position):
            break
        if line.name_word(position) and not _adrift(line, position):
            first = position
        elif first == start and position < start - 1 and _located(line, position):
            return position + 1
        elif token.folded in connectors and position and _joins(line, position, head):
            seen_connector = True
            if not _continues(line, position - 1):
                break
        elif token.text == "," and seen_connector and first < start + 1:
            if not _continues(line, position - 1):
                break
        elif not (
            lexicon.lower_case_names
            and not head.alone
            and token.word
            and not token.capital
            and first == start
            and (head.type == _GOVERNMENT or start - position <= _SMALL_WORDS)
            and token.folded not in lexicon.word_set("not_names")
        ):
            break
        position -= 1
    first = _without_owner(line, line.led_in(first, start), start)
    return named_after(line, _behind_person(line, first, start, head))


def named_after(line: Line, first: int) -> int:
    """Return where a name begins that says after whom the body is named ("X nomidagi ...")."""
    words = line.lexicon.word_set("named_after")
    if first < 2 or line.folded[first - 1] not in words or line.held[first - 1]:
        return first
    begin = first - 1
    while begin > 0 and first - begin <= _PERSON + 2 and _of_namesake(line, begin - 1):
        begin -= 1
    return begin if begin < first - 1 else first


def _of_namesake(line: Line, position: int) -> bool:
    token = line.tokens[position]
    if line.held[position]:
        return False
    initial = token.text == "." and position > 0 and line.tokens[position - 1].initial
    return (
        initial
        or token.text in APOSTROPHES
        or (token.word and any(c.isupper() for c in token.text))
    )


def _joins(line: Line, position: int, head: Head) -> bool:
    """Whether "and" stands within a name: of a public body, or between the fields of a university.

    What is joined there has no ending of its own; another body before it has.
    """
    if head.type == _GOVERNMENT:
        return True
    before, known = line.tokens[position - 1], line.lexicon
    other = any((r.nominative,) in known.heads for r in known.readings(before.folded))
    return head.type == "university" and before.word and not before.capital and not other


def _continues(line: Line, position: int) -> bool:
    token = line.tokens[position]
    return token.word and (token.capital or line.lexicon.lower_case_names)


def _in_a_case(line: Line, position: int) -> bool:
    """Whether a name ends here, as an ending behind an apostrophe shows ("Platformu'nu")."""
    if not line.lexicon.raw.get("case_endings_apostrophe", False) or line.place[position]:
        return False
    folded = line.folded[position]
    return any(folded.startswith(r.nominative + "'") for r in line.lexicon.readings(folded)[1:])


def _adrift(line: Line, position: int) -> bool:
    """Whether a place stands here in a case that no name has within (in, to, from it)."""
    return bool(line.endings(position) & line.lexicon.word_set("outer_endings"))


def _located(line: Line, position: int) -> bool:
    """Whether a place stands here as an attribute of what follows ("the institute in Osh")."""
    return bool(line.endings(position) & line.lexicon.word_set("relative_endings"))


def _behind_person(line: Line, first: int, start: int, head: Head) -> int:
    """Return where a name begins when a person stands before it: "rektori A B X"."""
    if head.alone or head.type in (_GOVERNMENT, "parliament"):
        named = start - first >= _PERSON and line.folded[first] in given_names()
        if named and surely_family(line.folded[first + 1]) and line.tokens[first].capital:
            return min(first + _PERSON, start)
    lead = next((i for i in (first, first - 1) if i >= 0 and _is_role(line, i)), None)
    if lead is None:
        return first
    behind = lead + 1 + _PERSON
    if behind > start or not all(t.capital for t in line.tokens[lead + 1 : behind]):
        return first
    if line.folded[lead + 1] not in given_names() and not family_like(line.folded[behind - 1]):
        return first
    return behind if line.tokens[behind].capital else start


def _is_role(line: Line, position: int) -> bool:
    known = line.lexicon
    return any((r.nominative,) in known.roles for r in known.readings(line.folded[position]))


def _without_owner(line: Line, first: int, start: int) -> int:
    """Return where a name begins when the country before it stands in the genitive."""
    owner = line.lexicon.word_set("genitive_endings")
    sure = owner & line.lexicon.word_set("sure_endings")
    for position in range(start - 1, first - 1, -1):
        if line.endings(position) & owner:
            return position + 1
        if any(_owns(line, r, sure) for r in line.lexicon.readings(line.folded[position])[1:]):
            return position + 1
    return first


def _owns(line: Line, reading: Reading, sure: frozenset[str]) -> bool:
    """Whether a word is the genitive of a body ("Nazirliyin", "AMEA-nın"), which is another."""
    genitive = reading.case in sure and len(reading.nominative) > _SMALL_WORDS
    return genitive or (bool(reading.case) and reading.nominative in line.lexicon.generic)


def left_first(line: Line, start: int, head: Reading) -> int:
    """Return where a name begins whose head, at ``start``, stands first: with its adjectives."""
    first, position = start, start - 1
    declined = bool(line.lexicon.raw.get("declensions"))
    while position >= 0 and start - position <= _LONGEST:
        token = line.tokens[position]
        if token.text in APOSTROPHES and token.abuts and position:
            position -= 1
            continue
        if line.held[position] or not token.word or token.folded.endswith("'s"):
            break
        if declined:
            if not _before_declined(line, position, start, head):
                break
            if token.capital and line.name_word(position):
                first = position
        elif line.name_word(position) and line.tokens[start].capital:
            first = position
        elif token.text != "&" or first != position + 1:
            break
        position -= 1
    return first


def _before_declined(line: Line, position: int, start: int, head: Reading) -> bool:
    """Whether a word before a head belongs to the name: it agrees, or both have capitals."""
    role = any(
        (r.nominative,) in line.lexicon.roles for r in line.lexicon.readings(line.folded[position])
    )
    if role:
        return False
    named = line.name_word(position) and line.tokens[start].capital
    if position == 0:  # "Сотрудники Министерства": the sentence's own first word
        named = named and head.case in ("", "nom")
        return named or (line.tokens[0].capital and _agrees(line, position, head))
    return named or _agrees(line, position, head)


def _agrees(line: Line, position: int, head: Reading) -> bool:
    return any(
        r.part == _ADJECTIVE and (not head.case or r.case in (head.case, "nom"))
        for r in line.lexicon.readings(line.folded[position])
    )
