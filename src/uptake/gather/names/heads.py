"""Organisations by the word that makes a name one: ministry, university, bank, fund, committee."""

from collections.abc import Iterator

from uptake import catalog
from uptake.gather.names.found import Organisation
from uptake.gather.names.governed import governed_end, named_behind
from uptake.gather.names.inflection import organisation_nominative
from uptake.gather.names.lexicon import Head, Reading, phrase_at
from uptake.gather.names.people import family_like, given_names
from uptake.gather.names.sentence import Line
from uptake.gather.words import APOSTROPHES, fold

_LONGEST = 9
_IN_TITLE = 6
_SMALL_WORDS = 3
_PERSON = 2
_GOVERNMENT = "government"
_ADJECTIVE = "adjective"
_GENITIVE = "gen"


def headed_organisations(line: Line) -> Iterator[Organisation]:
    """Yield organisations whose name has a head word, with what stands before and behind it."""
    position = 0
    while position < len(line.tokens):
        found = None
        if line.tokens[position].word and not line.held[position]:
            found = phrase_at(line.folded, position, line.lexicon.heads, line.lexicon)
        if found is None:
            position += 1
            continue
        length, head, reading = found
        if _modifies(line, position, length, head, reading):
            position += 1
            continue
        made = _made(line, position, length, head, reading)
        if made is not None and line.shouted and not _all_upper(line):
            made = made if _apart(line, made) else None
        if made is not None:
            yield made
            position = max(position + length, made.last)
        else:
            position += 1


def _modifies(line: Line, start: int, length: int, head: Head, reading: Reading) -> bool:
    """Whether a head only tells what kind of the body behind it is ("Government Agency").

    Where the head stands last, further words may lie between ("Yazılım İhracatçıları Birliği").
    """
    behind = start + length
    if line.lexicon.raw.get("declensions") or not line.tokens[start].capital:
        return False
    if not line.lexicon.head_first and (reading.case or head.type != "company"):
        return False
    reach = 1 if line.lexicon.head_first else _SMALL_WORDS
    for position in range(behind, min(behind + reach, len(line.tokens))):
        if not line.name_word(position) or line.place[position]:
            return False
        found = phrase_at(line.folded, position, line.lexicon.heads, line.lexicon)
        if found is not None:
            return True
    return False


def _apart(line: Line, made: Organisation) -> bool:
    """Whether a name in a title stands apart from the words around it, which have capitals too."""
    before = line.tokens[made.first - 1] if made.first else None
    behind = line.tokens[made.last] if made.last < len(line.tokens) else None
    return (
        made.last - made.first <= _IN_TITLE
        and not (before is not None and before.word and before.capital)
        and not (behind is not None and behind.word)
    )


def _all_upper(line: Line) -> bool:
    return all(t.upper or not t.word for t in line.tokens)


def _made(line: Line, start: int, length: int, head: Head, reading: Reading) -> Organisation | None:
    if line.lexicon.head_first:
        first, last = _left_first(line, start, reading), _right(line, start + length, head)
        last = last if last > start + length else start + length
        named = line.tokens[start].capital or first < start
        if last > start + length and not named:
            cased = bool(line.lexicon.raw.get("declensions"))
            named = cased and head.type == _GOVERNMENT and _has_field(line, start + length, last)
    else:
        first, last = _left_last(line, start, head), start + length
        named = line.lexicon.lower_case_names or line.tokens[start].capital
    alone = head.alone and line.tokens[start].capital
    if not (alone or (named and (first < start or last > start + length))):
        return None
    if all(line.place[i] for i in range(first, last) if not start <= i < start + length) and (
        head.type not in (_GOVERNMENT, "parliament", "university", "company") or first == last
    ):
        return None
    words = line.text(first, last)
    end = start + length - 1 - first
    base = head.base.split()
    done = organisation_nominative(words, end, base[-1], line.lexicon)
    if length > 1:
        done = organisation_nominative(done, start - first, base[0], line.lexicon)
    if _all_upper(line):
        done = _small(done, line, first)
    return Organisation(first, last, (first, last), joined(done), head.type)


def joined(words: list[str]) -> str:
    """Return words as a text: no space before a comma, an initial's dot or an apostrophe."""
    text = " ".join(words).replace(" ,", ",").replace(" .", ".")
    for sign in APOSTROPHES:
        text = text.replace(f" {sign}", sign)
    return text


def _small(words: list[str], line: Line, first: int) -> list[str]:
    """Return words in capitals as a language writes names in a sentence."""
    lexicon, done = line.lexicon, []
    each = not (lexicon.lower_case_names or lexicon.raw.get("declensions"))
    for number, word in enumerate(words):
        low = _lower(word, lexicon.language)
        small = number > 0 and fold(word) in lexicon.word_set("connectors")
        capital = number == 0 or line.place[first + number] or (each and not small)
        done.append(word[0] + low[1:] if capital else low)
    return done


def _lower(word: str, language: str) -> str:
    """Return a word in small letters, dotted and dotless i told apart where a language does."""
    letters = catalog.entry("languages", language).get("letters", "")
    if "ı" in letters:
        word = word.replace("I", "ı")
    return word.replace("İ", "i").lower()


# --- languages whose head stands last: what belongs to the name stands before it


def _left_last(line: Line, start: int, head: Head) -> int:
    lexicon = line.lexicon
    connectors = lexicon.word_set("connectors") | lexicon.word_set("inner_words")
    first, position, seen_connector = start, start - 1, False
    while position >= 0 and start - position <= _LONGEST:
        token = line.tokens[position]
        if line.held[position]:
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


def _adrift(line: Line, position: int) -> bool:
    """Whether a place stands here in a case that no name has within (in, to, from it)."""
    return bool(line.endings(position) & line.lexicon.word_set("outer_endings"))


def _located(line: Line, position: int) -> bool:
    """Whether a place stands here as an attribute of what follows ("the institute in Osh")."""
    return bool(line.endings(position) & line.lexicon.word_set("relative_endings"))


def _behind_person(line: Line, first: int, start: int, head: Head) -> int:
    """Return where a name begins when a person stands before it: "rektori A B X"."""
    if head.alone and start - first == _PERSON and line.folded[first] in given_names():
        return start if family_like(line.folded[start - 1]) else first
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
    for position in range(start - 1, first - 1, -1):
        if line.endings(position) & owner:
            return position + 1
    return first


# --- languages whose head stands first: adjectives before it, what it governs behind


def _left_first(line: Line, start: int, head: Reading) -> int:
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


def _right(line: Line, position: int, head: Head) -> int:
    if line.lexicon.raw.get("declensions"):
        return named_behind(line, governed_end(line, position, head))
    return _right_by_links(line, position)


def _right_by_links(line: Line, position: int) -> int:
    """Return the end of "of X", "for X and Y", "of X, Y and Z of the Republic of W"."""
    lexicon = line.lexicon
    fields, connectors = lexicon.word_set("fields"), lexicon.word_set("connectors")
    last, limit = position, min(len(line.tokens), position + 2 * _LONGEST)
    apart = lexicon.word_set("apart")
    while position < limit and line.folded[position] in lexicon.word_set("complements"):
        if line.folded[position] in apart and _another(line, position + 1):
            break
        position += 1
        while position < limit and line.folded[position] in lexicon.word_set("articles"):
            position += 1
        while position < limit:
            if line.name_word(position) or _field(line, position, fields):
                position += 1
                last = position
            elif line.folded[position] in (connectors | {","}) and _field(
                line, _after_signs(line, position, connectors), fields
            ):
                position = _after_signs(line, position, connectors)
            else:
                break
    return last


def _another(line: Line, position: int) -> bool:
    """Whether a body of its own stands behind a word like "at" ("... School at X University")."""
    end = min(position + _SMALL_WORDS + 2, len(line.tokens))
    while position < end and (line.name_word(position) or not line.tokens[position].capital):
        if phrase_at(line.folded, position, line.lexicon.heads, line.lexicon) is not None:
            return True
        position += 1
    return False


def _after_signs(line: Line, position: int, connectors: frozenset[str]) -> int:
    while position < len(line.tokens) and line.folded[position] in (connectors | {","}):
        position += 1
    return position


def _field(line: Line, position: int, fields: frozenset[str]) -> bool:
    if position >= len(line.tokens) or line.held[position]:
        return False
    return line.tokens[position].capital and line.folded[position] in fields


def _has_field(line: Line, start: int, end: int) -> bool:
    return any(f in line.lexicon.word_set("fields") for f in line.folded[start:end])
