"""Words of a name as printed -> the nominative, by declensions or by endings taken off."""

from collections.abc import Iterable, Sequence
from itertools import product

from uptake.gather.names.lexicon import Lexicon, Reading
from uptake.gather.names.people import family_like, given_names, patronymic_like
from uptake.gather.words import fold

_ANY = "any"
_ADJECTIVE = "adjective"
_MOST_READINGS = 400


def person_nominative(
    parts: Sequence[str], lexicon: Lexicon, case: str = "", seen: Iterable[str] = ()
) -> str:
    """Return the nominative of a person's name.

    Args:
        parts: Words of the name as printed, in order.
        lexicon: Of the language around it.
        case: Of the word for the role before it, empty if not known.
        seen: Words with capital letters that the document has elsewhere, folded.

    >>> from uptake.gather.names.lexicon import lexicon
    >>> person_nominative(["Таалаем", "Кадыровым"], lexicon("ru"))
    'Таалай Кадыров'
    >>> person_nominative(["Jasur", "Mirsaidovning"], lexicon("uz"))
    'Jasur Mirsaidov'
    """
    if lexicon.raw.get("declensions"):
        return " ".join(_agreeing(parts, lexicon, case))
    return " ".join([*parts[:-1], _without_case(parts[-1], lexicon, frozenset(seen))])


def _agreeing(parts: Sequence[str], lexicon: Lexicon, case: str) -> list[str]:
    """Choose one case and gender in which all words can stand."""
    options = [_name_readings(part, lexicon) for part in parts]
    best, chosen = -1.0, tuple(Reading(fold(part)) for part in parts)
    for number, combination in enumerate(product(*options)):
        if number > _MOST_READINGS:
            break
        score = _agreement(combination, case)
        if score > best:
            best, chosen = score, combination
    return [as_printed(part, r.nominative) for part, r in zip(parts, chosen, strict=True)]


def _name_readings(part: str, lexicon: Lexicon) -> list[Reading]:
    folded = fold(part)
    if len(part.rstrip(".")) == 1:
        return [Reading(folded, _ANY, _ANY, _ANY)]
    found = [r for r in lexicon.readings(folded) if r.part in ("family", "patronymic", "name")]
    if any(r.case == "nom" and r.part != "name" for r in found):
        return found
    return [Reading(folded, _ANY, _ANY, ""), *found]


def _agreement(combination: Sequence[Reading], case: str) -> float:
    cases = {r.case for r in combination} - {_ANY}
    genders = {r.gender for r in combination} - {_ANY}
    if len(cases) > 1 or len(genders) > 1:
        return -1.0
    stands = next(iter(cases), "nom")
    score = 1.0 if stands == "nom" else 0.0
    if case:
        score += 3.0 if case == stands else 0.0
    gender = next(iter(genders), _ANY)
    for reading in combination:
        known = given_names().get(reading.nominative)
        if known:
            score += 3.0 if gender in (known | {_ANY}) else 0.5
        elif reading.part in ("family", "patronymic") or family_like(reading.nominative):
            score += 2.0
        elif reading.part == "name" and not _foreign(reading, combination):
            score += 0.6 if stands != "nom" else 0.5
    return score


def _foreign(reading: Reading, combination: Sequence[Reading]) -> bool:
    """Whether a last word would be a rare name in -я or -а: "Бассани" is one as it stands."""
    last = len(combination) > 1 and reading is combination[-1]
    return last and reading.gender == "f" and reading.case != "nom"


def _without_case(word: str, lexicon: Lexicon, seen: frozenset[str]) -> str:
    folded = fold(word)
    best, chosen = _worth(Reading(folded), lexicon, seen), folded
    apostrophe = lexicon.raw.get("case_endings_apostrophe", False)
    for reading in lexicon.readings(folded)[1:]:
        if apostrophe and not folded.startswith(reading.nominative + "'"):
            continue
        worth = _worth(reading, lexicon, seen)
        if worth > best:
            best, chosen = worth, reading.nominative
    return word[: len(chosen)] if folded.startswith(chosen) else word


def _worth(reading: Reading, lexicon: Lexicon, seen: frozenset[str]) -> float:
    stem = reading.nominative
    score = 3.0 if stem in seen and reading.case else 0.0
    score += 2.5 if family_like(stem) or patronymic_like(stem) else 0.0
    score += 2.0 if stem in given_names() else 0.0
    if not reading.case:
        return score + 1.0
    if lexicon.raw.get("case_endings_apostrophe", False):
        return score + 4.0
    return score + (1.5 if reading.case in lexicon.word_set("sure_endings") else 0.0)


def as_printed(part: str, nominative: str) -> str:
    """Return a folded nominative with the letters of the printed word where they agree."""
    folded, same = fold(part), 0
    if len(folded) != len(part):
        return part
    while same < min(len(folded), len(nominative)) and folded[same] == nominative[same]:
        same += 1
    rest = nominative[same:]
    return part[:same] + (rest.upper() if part.isupper() and len(part) > 1 else rest)


def organisation_nominative(
    words: Sequence[str], head: int, base: str, lexicon: Lexicon
) -> list[str]:
    """Return an organisation's words in the nominative: its head, and what agrees with it before.

    Args:
        words: As printed, without quotation marks.
        head: Index of the word that makes it an organisation (of the last one, if several).
        base: That word in the nominative.
        lexicon: Of the language.

    >>> from uptake.gather.names.lexicon import lexicon
    >>> organisation_nominative(["Государственной", "таможенной", "службой"], 2, "служба",
    ...                         lexicon("ru"))
    ['Государственная', 'таможенная', 'служба']
    """
    done = list(words)
    done[head] = as_printed(words[head], fold(base))
    if not lexicon.raw.get("declensions") or fold(words[head]) == fold(base):
        return done
    gender = next((r.gender for r in lexicon.readings(fold(base)) if r.case == "nom"), "")
    for position in range(head):
        for reading in lexicon.readings(fold(words[position])):
            if reading.part == _ADJECTIVE and reading.gender == gender:
                done[position] = as_printed(words[position], reading.nominative)
                break
    return done
