"""Targets that a document itself sets against what was reached, whatever both are called.

A text names its second figure by the way it is told: "at least 70% by 2028, up from 18%", "this
share is to reach 25%", "actual exports were USD 118 million". Extraction has no name for such a
figure, or a worse one, so the words between two values are what tells.
"""

from collections.abc import Iterator, Mapping, Sequence
from fnmatch import fnmatchcase
from functools import cache
from itertools import groupby

from uptake.catalog import entry, table
from uptake.catalog import names as catalogue_names
from uptake.gather.knowledge.comparing import SENTENCE_END, Figure, told_apart
from uptake.gather.knowledge.measures import begins, phrases, value_at
from uptake.gather.knowledge.said import number, text
from uptake.gather.words import fold, words

APART = 8
"""Code points between two quotes of which one follows the other: a space, the mark of a note."""

LONGEST = 250
"""Code points between two values that are told beside each other, at most."""

_STEM = 5
_COUNT = "count"


def beside(figures: Sequence[Figure]) -> dict[str, tuple[Figure, Figure]]:
    """Return target and actual value by the target's id, where the document sets one against it.

    Both stand in one sentence or in two that follow each other, in one unit and place, and no other
    value of that unit stands between them. Either one of the words of a contrast is between them;
    or the later one takes the earlier one up ("this share"), says that it is what came of it
    ("actual exports", and is called no otherwise), or it is a target without
    a name of its own.

    Args:
        figures: All of them, those that do not say what they measure too.
    """
    found: dict[str, tuple[Figure, Figure]] = {}
    ordered = sorted(figures, key=lambda f: (f.claim.doc, _at(f), f.claim.end, f.claim.id))
    for _, group in groupby(ordered, key=lambda f: f.claim.doc):
        for earlier, later in _neighbours(list(group)):
            if {earlier.kind, later.kind} == {"target", "actual"} and _set_against(earlier, later):
                target, actual = (earlier, later) if earlier.kind == "target" else (later, earlier)
                found.setdefault(target.claim.id, (target, actual))
    return found


def _neighbours(figures: Sequence[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """Yield each figure with the one of its unit and place before it."""
    last: dict[tuple[str, ...], Figure] = {}
    for figure in figures:
        key = (text(figure.claim, "unit"), figure.currency, figure.place, _per(figure))
        if key in last and _at(last[key]) < _at(figure):
            yield last[key], figure
        last[key] = figure


def _per(figure: Figure) -> str:
    return str(number(figure.claim, "per") or "")


def _at(figure: Figure) -> int:
    return figure.claim.start + value_at(figure.claim)


def _set_against(earlier: Figure, later: Figure) -> bool:
    between = _between(earlier, later)
    if between is None or len(between) > LONGEST or told_apart(earlier, later):
        return False
    if _of_a_range(earlier, later):
        return False
    sentences = SENTENCE_END.split(between)
    if len(sentences) == 1 and _told("contrast", between):
        return True
    if len(sentences) > 2:
        return False
    own = sentences[-1]
    if _told("again", own) or _of_the_sum_before(later):
        return True
    return later.kind == "actual" and _told("reached", own) and _called_alike(earlier, later)


def _of_a_range(earlier: Figure, later: Figure) -> bool:
    """Return whether "from 500 to 800 million" may be a range: no name and no time tells a change.

    Languages that say both by case endings leave it open.
    """
    ends = (text(earlier.claim, "role"), text(later.claim, "role")) == ("from", "to")
    return ends and nameless(later) and not (earlier.period or later.period)


def takes_up(figure: Figure) -> bool:
    """Return whether a figure is said to be of another's thing: its name then tells nothing.

    >>> from uptake.model.claim import Claim
    >>> quote = "Among teachers this share is 31%"
    >>> said = {"value": 31, "value_text": "31%"}
    >>> takes_up(Figure(Claim(type="indicator", quote=quote, start=0, end=32, fields=said)))
    True
    """
    return _told("again", figure.claim.quote[: value_at(figure.claim)])


def _between(earlier: Figure, later: Figure) -> str | None:
    """Return what stands between two values; None if their quotes do not follow each other."""
    a, b = earlier.claim, later.claim
    start, end = _at(earlier) + len(text(a, "value_text")), _at(later)
    if start > end:
        return ""
    for claim in (a, b):
        if claim.start <= start and end <= claim.end:
            return claim.quote[start - claim.start : end - claim.start]
    if start <= a.end and a.end <= b.start <= a.end + APART:
        return f"{a.quote[start - a.start :]} {b.quote[: end - b.start]}"
    return None


def _told(which: str, said: str) -> bool:
    """Return whether a phrase of the catalogue stands in a text, its words one after another."""
    spoken = [word.folded for word in words(said)]
    return any(
        all(map(begins, spoken[at : at + len(phrase)], phrase))
        for phrase in _phrases_of(which)
        for at in range(len(spoken) - len(phrase) + 1)
    )


@cache
def _phrases_of(which: str) -> tuple[tuple[str, ...], ...]:
    return phrases(table("comparable")[which])


def _of_the_sum_before(later: Figure) -> bool:
    """Return whether a target goes without a name; a number of things has one: the things."""
    counted = text(later.claim, "unit") == _COUNT
    return later.kind == "target" and not counted and nameless(later)


def nameless(figure: Figure) -> bool:
    """Return whether a figure has no name but the verb of its plan: "EUR 5 are aimed at"."""
    if text(figure.claim, "indicator"):
        return False
    called = [word.folded for word in words(text(figure.claim, "name"))]
    return all(any(fnmatchcase(word, planned) for planned in _planned()) for word in called)


@cache
def _planned() -> tuple[str, ...]:
    """Return the words of plans of all languages, folded, a star for any ending."""
    listed: list[str] = []
    for code in catalogue_names("languages"):
        modality: Mapping[str, Sequence[str]] = entry("languages", code).get("modality", {})
        listed += [*modality.get("planned", ()), *modality.get("goals", ())]
    return tuple(dict.fromkeys(fold(word) for word in listed if len(word.strip("*")) > _STEM))


def _called_alike(a: Figure, b: Figure) -> bool:
    """Return whether all words of the shorter name begin words of the longer one."""
    names = [{w.folded[:_STEM] for w in words(text(f.claim, "name"))} for f in (a, b)]
    short, long = sorted(names, key=len)
    return short <= long
