"""Numbers in words: ``eight seven zero seven`` and ``eight seven hundred seven`` as digits."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from uptake.catalog import entry, names
from uptake.pseudonymise.masking import plans
from uptake.pseudonymise.masking.beside import announced
from uptake.pseudonymise.masking.shadow import Edit, Shadow
from uptake.pseudonymise.masking.signs import small

LEAST_DIGITS = 7

APOSTROPHES = "'\u02bb\u02bc\u2018\u2019`"
_PIECE = re.compile(rf"[0-9]{{1,64}}|[^\W\d_]{{1,24}}(?:[{APOSTROPHES}][^\W\d_]{{1,24}})?")
_BETWEEN = re.compile(r"[\s,.;:()\u2010-\u2015/+-]{1,4}\Z")
_SAME = str.maketrans(dict.fromkeys(APOSTROPHES, "'") | {"\u0451": "\u0435"})


class Word(NamedTuple):
    """What a number's word is worth, and how much may still be added to it (1: nothing)."""

    value: int
    room: int


@cache
def number_words() -> dict[str, Word]:
    """Return the words for numbers below a million in all languages that state them."""
    found: dict[str, Word] = {}
    for language in names("languages"):
        stated = entry("languages", language).get("quantities", {})
        cardinals = stated.get("cardinals", {})
        teens = "11" in cardinals
        for value, forms in (*cardinals.items(), *stated.get("scales", {}).items()):
            room = _room(int(value), teens=teens)
            for form in forms:
                found.setdefault(form.lower().translate(_SAME), Word(int(value), room))
    return found


def _room(value: int, *, teens: bool) -> int:
    if value >= 100:
        return 100
    return 10 if value >= 20 or (value == 10 and not teens) else 1


def digits_for_words(shadow: Shadow) -> Shadow:
    """Write runs of numbers in words, mixed with digits or not, in digits."""
    return shadow.edited(_edits(shadow.text))


class _Piece(NamedTuple):
    start: int
    end: int
    digits: str
    word: Word | None


def _edits(text: str) -> Iterator[Edit]:
    run: list[_Piece] = []
    for piece in _pieces(text):
        if run and not _BETWEEN.match(text[run[-1].end : piece.start]):
            yield from _written(text, run)
            run = []
        run.append(piece)
    yield from _written(text, run)


def _pieces(text: str) -> Iterator[_Piece]:
    words = number_words()
    for found in _PIECE.finditer(small(text).translate(_SAME)):
        said = found.group()
        if word := words.get(said):
            yield _Piece(*found.span(), "", word)
        elif said[0].isdigit():
            yield _Piece(*found.span(), said, None)


def _written(text: str, run: list[_Piece]) -> Iterator[Edit]:
    said = [p.word.value for p in run if p.word]
    if max(said, default=1000) >= 1000 or not (_speaks(run) or _completes(text, run)):
        return
    groups = groups_of([p.digits or p.word for p in run])
    if sum(map(len, groups)) < LEAST_DIGITS or _counts_on(groups):
        return
    start, signed = run[0].start, ""
    if plus := _plus().search(text[max(0, start - 12) : start]):
        start -= len(plus.group())
        signed = "+"
    yield Edit(start, run[-1].end, signed + " ".join(groups))


def _speaks(run: list[_Piece]) -> bool:
    """Return whether two words stand together and another number beside them."""
    return len(run) > 2 and any(a.word and b.word for a, b in pairwise(run))


def _completes(text: str, run: list[_Piece]) -> bool:
    """Return whether one digit of an announced number is said, and all others are written."""
    said = [piece.word.value for piece in run if piece.word]
    told = announced(text, run[0].start, run[-1].end, 0)
    return len(run) > 2 and len(said) == 1 and said[0] < 10 and told not in {"", "OTHER"}


@cache
def _plus() -> re.Pattern[str]:
    words = "|".join(map(re.escape, plans.everywhere("spelled")["plus"]))
    return re.compile(rf"(?<!\w)(?:{words})[ ]{{1,2}}\Z", re.IGNORECASE)


def _counts_on(groups: Sequence[str]) -> bool:
    """Return whether somebody only counts: each number is one more (or less) than the last."""
    values = list(map(int, groups))
    steps = {b - a for a, b in pairwise(values)}
    return len(values) >= 5 and len(steps) == 1 and abs(steps.pop()) <= 2


def groups_of(said: Sequence[str | Word | None]) -> list[str]:
    """Return the groups of digits that words and digits stand for, in order.

    >>> groups_of([Word(8, 1), Word(7, 1), Word(100, 100), Word(7, 1), Word(20, 10), Word(3, 1)])
    ['8', '707', '23']
    """
    groups: list[str] = []
    sum_, room = -1, 1
    for item in said:
        if isinstance(item, Word) and item.value and sum_ >= 0:
            units = sum_ % 10 if sum_ < 10 or 20 < sum_ < 100 else 0
            if item.value == 100 and units and room == 1:
                if sum_ > 10:
                    groups.append(str(sum_ - units))
                sum_, room = units * 100, 100
                continue
            if item.value < room:
                sum_, room = sum_ + item.value, min(item.room, room)
                continue
        if sum_ >= 0:
            groups.append(str(sum_))
        sum_, room = (item.value, item.room) if isinstance(item, Word) else (-1, 1)
        if isinstance(item, str):
            groups.append(item)
    return [*groups, str(sum_)] if sum_ >= 0 else groups
