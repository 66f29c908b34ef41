"""What a person's role is called, and of which organisation it is one."""

import unicodedata
from collections.abc import Sequence

from uptake.gather.names.found import Found
from uptake.gather.names.inflection import as_printed
from uptake.gather.names.lexicon import Role
from uptake.gather.names.mentions import Placed
from uptake.gather.names.persons import verbal
from uptake.gather.names.roles import minister_at, role_kind
from uptake.gather.names.sentence import Line
from uptake.gather.words import fold

_NEAR_LINES = 3
_BETWEEN = 3
_LONGEST_QUOTED = 6


def role_text(line: Line, found: Found, placed: Sequence[Placed], number: int, text: str) -> str:
    """Return the role as printed, its word in the nominative, without the organisation.

    Args:
        line: The sentence.
        found: The person.
        placed: Organisations of the document.
        number: Of the sentence among its lines.
        text: The document's.
    """
    printed, tokens = found.printed or Role("", ""), line.tokens
    if printed.plural:
        return printed.base
    first, last = found.role[0], _role_end(line, found, placed, number)
    if not line.lexicon.head_first:
        whole = text[tokens[first].start : tokens[last - 1].end]
        alone = first == last - len(printed.base.split())
        if not alone or not printed.base:
            return whole
        word = tokens[last - 1].text
        return whole[: len(whole) - len(word)] + as_printed(word, fold(printed.base.split()[-1]))
    words = [_nominative(line, i, found, printed) for i in range(*found.head)]
    before = [t.text for t in tokens[first : found.head[0]]]
    behind = text[tokens[found.head[1] - 1].end : tokens[last - 1].end]
    return " ".join([*before, *words]) + (behind if last > found.head[1] else "")


def _role_end(line: Line, found: Found, placed: Sequence[Placed], number: int) -> int:
    """Return where the role ends: before an organisation, a verb, or a link that leads nowhere."""
    first, last = found.role
    for each in placed:
        if each.line == number and first <= each.found.phrase[0] < last:
            last = min(last, each.found.phrase[0])
    owner = _owner(line, found)
    if owner is not None and first < owner[0] < last:
        last = owner[0]
    for position in range(found.head[1], last):
        capital = line.tokens[position].capital and not line.tokens[position].upper
        if capital and line.lexicon.raw.get("declensions") and not line.place[position]:
            last = position
            break
        if line.lexicon.head_first and verbal(line, position) and not _linking(line, position):
            last = position
            break
    named = any(p.line == number and p.found.phrase[0] == last for p in placed)
    while last > found.head[1] and (
        _linking(line, last - 1)
        or not line.tokens[last - 1].word
        or line.place[last - 1]
        or (named and _class_word(line, last - 1))
    ):
        last -= 1
    only_kinds = all(_linking(line, i) or _kind_word(line, i) for i in range(found.head[1], last))
    return found.head[1] if only_kinds else max(last, found.head[1])


def _kind_word(line: Line, position: int) -> bool:
    """Whether a word names only a kind of body ("head of the agency")."""
    readings = {r.nominative for r in line.lexicon.readings(line.folded[position])}
    return bool(readings & line.lexicon.generic.keys()) or _class_word(line, position)


def _linking(line: Line, position: int) -> bool:
    words = line.lexicon.word_set("role_links") | line.lexicon.word_set("articles")
    return line.folded[position] in words


def _nominative(line: Line, position: int, found: Found, printed: Role) -> str:
    token = line.tokens[position]
    case = found.role_case or found.case
    if case in ("", "nom"):
        return token.text
    bases = printed.base.split()
    for reading in line.lexicon.readings(token.folded):
        wanted = fold(bases[-1]) if bases and position == found.head[1] - 1 else ""
        fits = reading.nominative == wanted if wanted else reading.part == "adjective"
        if fits and (reading.case == case or wanted):
            return token.text[:1] + reading.nominative[1:]
    return token.text


def organisation_of(
    number: int, line: Line, found: Found, placed: Sequence[Placed]
) -> tuple[str, tuple[int, int]]:
    """Return the organisation of a person's role, and all words that belong to the phrase.

    One within the role's words or right beside them; else the ministry that the role names; else
    the words in capitals that own the role; else one that the context means.
    """
    whole = found.phrase
    if found.printed is None:
        return "", whole
    for each in placed:
        at = each.found.phrase
        if each.line == number and whole[0] <= at[0] and at[1] <= whole[1]:
            return each.found.name, whole
    for each in placed:
        at = each.found.phrase
        if each.line == number and _touches(line, at, whole):
            return each.found.name, (min(whole[0], at[0]), max(whole[1], at[1]))
    ministry = _ministry(line, found)
    if ministry:
        return ministry, whole
    owner = _owner(line, found)
    if owner is not None:
        first, last = owner
        words = line.text(first, last)
        words[-1] = _without_genitive(line, last - 1)
        return " ".join(words), (min(whole[0], first), max(whole[1], last))
    return _by_context(number, line, found, placed), whole


def _touches(line: Line, at: tuple[int, int], whole: tuple[int, int]) -> bool:
    """Whether only signs, endings and small links stand between an organisation and a phrase."""
    if at[1] <= whole[0]:
        between = range(at[1], whole[0])
    elif at[0] >= whole[1]:
        between = range(whole[1], at[0])
    else:
        return False
    connectors = line.lexicon.word_set("connectors")
    return len(between) <= _BETWEEN and all(
        (_linking(line, i) and line.folded[i] not in connectors)
        or (line.tokens[i].abuts and line.tokens[i].text not in ".;:!?")
        or line.tokens[i].text in '»”"'
        or bool(line.place[i])
        or _class_word(line, i)
        for i in between
    )


def _class_word(line: Line, position: int) -> bool:
    """Whether a word says what kind of body stands beside it ("аналитик компании X")."""
    readings = line.lexicon.readings(line.folded[position])
    return any((r.nominative,) in line.lexicon.classes for r in readings)


def _ministry(line: Line, found: Found) -> str:
    """Return the ministry that a minister's role names ("Deputy Energy Minister")."""
    if found.printed is None or _kind(line, found) != "minister":
        return ""
    tokens = line.tokens
    if line.lexicon.head_first:
        fields = line.lexicon.word_set("fields")
        inner = [
            tokens[i].text
            for i in range(found.role[0], found.head[1])
            if tokens[i].capital and not line.place[i] and line.folded[i] in fields
        ]
        behind = [t.text for t in tokens[found.head[1] : found.role[1]]]
        words = inner if inner and tokens[found.head[0]].capital else _field_words(line, behind)
    else:
        at = minister_at(line, found.role[0], found.head[1])
        words = [t.text for t in tokens[found.role[0] : at or found.head[0]]]
    return _from_template(line, words)


def _field_words(line: Line, behind: list[str]) -> list[str]:
    """Return what a minister governs, without links; "deputy of the minister" has him first."""
    small = line.lexicon.word_set("role_links") | line.lexicon.word_set("articles")
    while behind and (
        fold(behind[0]) in small
        or any(_one_role(line, (r.nominative,)) for r in line.lexicon.readings(fold(behind[0])))
    ):
        behind = behind[1:]
    return behind


def _one_role(line: Line, phrase: tuple[str, ...]) -> bool:
    """Whether a word is a role of one person; fields ("энергетики") may be those of several."""
    role = line.lexicon.roles.get(phrase)
    return role is not None and not role.plural


def _from_template(line: Line, words: list[str]) -> str:
    if not words:
        return ""
    for template in line.lexicon.raw.get("ministry", "").split("|"):
        if _script(template) == _script(words[0]):
            small = line.lexicon.word_set("connectors")
            if line.lexicon.raw.get("ministry_capitals", False):
                words = [w if fold(w) in small else w[:1].upper() + w[1:] for w in words]
            return str(template.format(" ".join(words).replace(" ,", ",")))
    return ""


def _script(text: str) -> str:
    """Return the script of a text's first letter: Latin or Cyrillic."""
    return next((unicodedata.name(c, "").split(" ")[0] for c in text if c.isalpha()), "")


def _kind(line: Line, found: Found) -> str:
    """Return what a role leads, one word of what it governs looked at too ("deputy of the X")."""
    return role_kind(line, found.role[0], found.head[1] + 1)


def _owner(line: Line, found: Found) -> tuple[int, int] | None:
    """Return words in capitals that own a role: "Alibaba founder X", "board of Orient Finans"."""
    if found.printed is None or _kind(line, found) == "minister":
        return None
    quoted = _quoted_before(line, found.role[0])
    if quoted is not None:
        return quoted
    before = _run_before(line, found.role[0], found)
    if before is not None or not line.lexicon.head_first:
        return before
    links, apart = line.lexicon.word_set("role_links"), line.lexicon.word_set("apart")
    options = []
    for position in range(found.head[1], found.role[1] - 1):
        first = position + 1
        while first < found.role[1] and line.place[first]:
            first += 1
        last = first
        while last < found.role[1] and line.name_word(last) and not line.place[last]:
            last += 1
        if line.folded[position] in links and any(_own(line, i) for i in range(first, last)):
            options.append((line.folded[position] not in apart, first, last))
    return min(options)[1:] if options else None


def _quoted_before(line: Line, end: int) -> tuple[int, int] | None:
    """Return a name in quotation marks right before a role, an ending behind it passed over."""
    closing = end - 1
    if closing > 0 and line.tokens[closing].abuts and line.tokens[closing].word:
        closing -= 1
    for opening in range(closing - 1, max(-1, closing - _LONGEST_QUOTED), -1):
        if line.quoted(opening) == closing:
            inside = opening + 1
            return (inside, closing) if line.tokens[inside].capital else None
    return None


def _run_before(line: Line, end: int, found: Found) -> tuple[int, int] | None:
    first = end
    while first > 0 and line.name_word(first - 1) and not _elsewhere(line, first - 1):
        first -= 1
    if not any(_own(line, i) for i in range(first, end)) or (
        first < found.last and found.first < end
    ):
        return None
    opening = first == 0 and end - first == 1 and not line.tokens[first].upper
    genitive = line.tokens[end - 1].text != _without_genitive(line, end - 1)
    return None if opening and not genitive and not line.lexicon.head_first else (first, end)


def _elsewhere(line: Line, position: int) -> bool:
    """Whether a place stands here as the one where something is, or that owns what follows."""
    known = line.lexicon
    apart = known.word_set("outer_endings") | known.word_set("genitive_endings")
    return bool(line.place[position]) and (known.head_first or bool(line.endings(position) & apart))


def _own(line: Line, position: int) -> bool:
    fields = line.lexicon.word_set("fields") | line.lexicon.word_set("role_modifiers")
    return (
        line.name_word(position)
        and not line.place[position]
        and line.folded[position] not in fields
    )


def _without_genitive(line: Line, position: int) -> str:
    token = line.tokens[position]
    genitive = line.lexicon.word_set("genitive_endings") | {"'s"}
    for reading in line.lexicon.readings(token.folded)[1:]:
        if reading.case in genitive:
            return token.text[: len(reading.nominative)]
    return token.text


def _by_context(number: int, line: Line, found: Found, placed: Sequence[Placed]) -> str:
    """Return the organisation that a bare role must mean: one named just before."""
    kind = _kind(line, found)
    before = [p for p in placed if p.line < number]
    here = [p for p in placed if p.line == number and p.found.first < found.first]
    if kind == "minister":
        ministries = [p.found.name for p in (*before, *here) if _is_ministry(line, p.found.name)]
        return ministries[-1] if len(set(ministries)) == 1 else ""
    if kind == "executive":
        companies = [p for p in before if p.found.type == "company"]
        near = [p for p in companies if number - p.line <= _NEAR_LINES]
        opening = [p for p in companies if p.line <= 1]
        return next((p.found.name for p in (*reversed(near), *opening)), "")
    if found.printed is None or fold(found.printed.base) in line.lexicon.word_set("experts"):
        return ""
    first = found.role[0]
    if any(line.place[max(0, first - _NEAR_LINES) : first]):
        return ""
    close = {p.found.name for p in (*before, *here) if number - p.line <= 1}
    return close.pop() if len(close) == 1 else ""


def _is_ministry(line: Line, name: str) -> bool:
    """Whether an organisation's name has the word that the language's ministries have."""
    templates = line.lexicon.raw.get("ministry", "").replace("{}", "").split("|")
    wanted = {fold(w) for t in templates for w in t.split() if len(w) > 3}
    return any(fold(word) in wanted for word in name.split())
