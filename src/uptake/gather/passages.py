"""A stored text -> its paragraphs, as spans: nothing is changed, nothing but space is left out."""

import re

from uptake.model.evidence import Passage

_BLOCK = re.compile(r"\S(?:[^\n]|\n(?![^\S\n]*(?:\n|\Z)))*")
"""A stretch without a blank line in it, from its first sign on."""

WRAPPED = 120
"""Longest line of a text that breaks its lines; with a longer one each line is a paragraph."""


def split(text: str) -> tuple[Passage, ...]:
    r"""Return the paragraphs of a text in order.

    A blank line parts paragraphs. Between blank lines, lines are broken ones of one paragraph if
    all of them are short, and paragraphs of their own if not. Spans begin and end with a sign
    that is no space, do not overlap, and leave out only space.

    >>> text = "Title\n\nA line\nbroken in two.\n"
    >>> [text[p.start : p.end] for p in split(text)]
    ['Title', 'A line\nbroken in two.']
    """
    found: list[Passage] = []
    for block in _BLOCK.finditer(text):
        lines = block[0].split("\n")
        if max(map(len, lines)) <= WRAPPED:
            found.append(_trimmed(text, block.start(), block.end()))
            continue
        start = block.start()
        for line in lines:
            if line and not line.isspace():
                found.append(_trimmed(text, start, start + len(line)))
            start += len(line) + 1
    return tuple(found)


def _trimmed(text: str, start: int, end: int) -> Passage:
    part = text[start:end]
    return Passage(start + len(part) - len(part.lstrip()), start + len(part.rstrip()))
