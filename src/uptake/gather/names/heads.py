"""Organisations by the word that makes a name one: ministry, university, bank, fund, committee."""

from collections.abc import Iterator, Sequence

from uptake import catalog
from uptake.gather.names.before import left_first, left_last
from uptake.gather.names.found import Organisation
from uptake.gather.names.governed import governed_end, named_behind
from uptake.gather.names.inflection import organisation_nominative
from uptake.gather.names.lexicon import Head, Reading, legal_forms, phrase_at
from uptake.gather.names.sentence import Line
from uptake.gather.names.tokens import Token
from uptake.gather.words import APOSTROPHES, fold

_LONGEST = 9
_IN_TITLE = 6
_SMALL_WORDS = 3
_GOVERNMENT = "government"


def headed_organisations(line: Line) -> Iterator[Organisation]:
    """Yield organisations whose name has a head word, with what stands before and behind it."""
    position = 0
    while position < len(line.tokens):
        found = None
        if line.tokens[position].word and not line.held[position] and not _office(line, position):
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


def _office(line: Line, position: int) -> bool:
    """Whether a word says that somebody comes into an office: no body ("төрағасы қызметіне")."""
    if position == 0 or line.folded[position] not in line.lexicon.word_set("as_role"):
        return False
    before = line.lexicon.readings(line.folded[position - 1])
    return any((r.nominative,) in line.lexicon.roles for r in before)


def _modifies(line: Line, start: int, length: int, head: Head, reading: Reading) -> bool:
    """Whether a head only tells what kind of the body behind it is ("Government Agency").

    Where the head stands last, further words may lie between ("Yazılım İhracatçıları Birliği").
    """
    behind = start + length
    if line.lexicon.raw.get("declensions") or not line.tokens[start].capital:
        return False
    if not line.lexicon.head_first and (reading.case or head.type != "company"):
        return False
    if not line.lexicon.head_first and _goes_on(line, behind):
        return True
    reach = 1 if line.lexicon.head_first else _SMALL_WORDS
    for position in range(behind, min(behind + reach, len(line.tokens))):
        if not line.tokens[position].capital or line.held[position] or line.place[position]:
            return False
        found = phrase_at(line.folded, position, line.lexicon.heads, line.lexicon)
        if found is not None:
            return True
    return False


def _goes_on(line: Line, position: int) -> bool:
    """Whether a name goes on behind a word like "Lojistik": with one that is no role or place."""
    if not line.name_word(position) or line.place[position]:
        return False
    words = line.lexicon.word_set("role_modifiers") | line.lexicon.word_set("titles")
    readings = {r.nominative for r in line.lexicon.readings(line.folded[position])}
    role = any((r,) in line.lexicon.roles for r in readings)
    legal = line.tokens[position].text.rstrip(".") in legal_forms()
    return not (role or legal or readings & words)


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
    small = _small_head(line, start)
    if small is not None:
        return Organisation(*small, small, joined(line.text(*small)), head.type)
    if line.lexicon.head_first:
        first, last = left_first(line, start, reading), _right(line, start + length, head)
        last = last if last > start + length else start + length
        named = line.tokens[start].capital or first < start
        if last > start + length and not named:
            cased = bool(line.lexicon.raw.get("declensions"))
            named = cased and head.type == _GOVERNMENT and _has_field(line, start + length, last)
    else:
        whole = head.alone and line.lexicon.lower_case_names
        first, last = start if whole else left_last(line, start, head), start + length
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
    return Organisation(
        first, last, (first, last), joined(done, line.tokens[first:last]), head.type
    )


def _small_head(line: Line, start: int) -> tuple[int, int] | None:
    """Return the words of a body without a capital letter: "Uzbekistan's employment ministry"."""
    words, fields = line.lexicon.word_set("lower_heads"), line.lexicon.word_set("fields")
    if line.folded[start] not in words or line.tokens[start].capital:
        return None
    first, connectors = start, line.lexicon.word_set("connectors")
    while (
        first > 1
        and not line.tokens[first - 1].capital
        and (
            line.folded[first - 1] in fields
            or (
                first < start
                and line.folded[first - 1] in connectors
                and line.folded[first - 2] in fields
            )
        )
    ):
        first -= 1
    led = first > 0 and (
        line.place[first - 1] or line.folded[first - 1] in line.lexicon.word_set("articles")
    )
    return (first, start + 1) if led and first < start else None


def joined(words: list[str], tokens: Sequence[Token] = ()) -> str:
    """Return words as a text: no space before a comma, an initial's dot or an apostrophe.

    With their ``tokens``, spaces stand where the text has them.
    """
    if len(tokens) == len(words):
        spaced = ["" if t.abuts and n else " " for n, t in enumerate(tokens)]
        return "".join(a + b for a, b in zip(spaced, words, strict=True)).strip()
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


def _right(line: Line, position: int, head: Head) -> int:
    if line.lexicon.raw.get("declensions"):
        if head.alone:  # its name is whole: "Минздрав", "МВД Казахстана"
            while position < len(line.tokens) and line.place[position]:
                position += 1
            return position
        return named_behind(line, governed_end(line, position, head))
    return _right_by_links(line, position)


def _right_by_links(line: Line, position: int) -> int:
    """Return the end of "of X", "for X and Y", "of X, Y and Z of the Republic of W"."""
    lexicon = line.lexicon
    fields, connectors = lexicon.word_set("fields"), lexicon.word_set("connectors")
    last, limit = position, min(len(line.tokens), position + 2 * _LONGEST)
    if position < limit and line.folded[position] in connectors:
        follows = _after_signs(line, position, connectors)
        if line.folded[position - 2] in lexicon.word_set("complements") and _field(
            line, follows, fields
        ):
            last = position = follows + 1  # "Chamber of Commerce and Industry"
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
