"""Words that a text puts in quotation marks because somebody said them."""

from functools import lru_cache

from uptake.gather.claims.analysis import Analysis
from uptake.gather.names.lexicon import section
from uptake.model.evidence import Passage

_LEAST_WORDS = 4
_LONGEST = 3000
_USUAL = ("“”", '""', "«»", "„“", "„”")


@lru_cache(maxsize=8)
def quotations(analysis: Analysis) -> tuple[Passage, ...]:
    """Return what stands between quotation marks, the marks left out, if it may be speech.

    A name or title in quotation marks is none: speech has four words at least, begins with a
    capital letter, and stands in one paragraph, as far as its marks tell.
    """
    found: list[Passage] = []
    position, text = 0, analysis.text
    pairs = dict((*_usual(analysis.language), *_usual("")))
    while position < len(text):
        closers = pairs.get(text[position])
        end = _closing(text, position, closers) if closers else -1
        if end < 0:
            position += 1
            continue
        inside = text[position + 1 : end]
        if len(inside.split()) >= _LEAST_WORDS:
            found.append(Passage(position + 1, end))
        position = end + 1
    return tuple(found)


def _usual(language: str) -> list[tuple[str, str]]:
    marks = [*section(language, "sentences").get("quotation_marks", ()), *_USUAL]
    opened = {pair[0] for pair in marks if len(pair) == 2 and pair != "‘’"}
    return [(sign, "".join(p[1] for p in marks if p[0] == sign)) for sign in sorted(opened)]


def _closing(text: str, opening: int, closers: str) -> int:
    """Return where a quotation ends; one that contains another of its kind ends with the outer."""
    depth, sign = 0, text[opening]
    for position in range(opening + 1, min(len(text), opening + _LONGEST)):
        if text[position] in closers and (position + 1 >= len(text) or text[position] != sign):
            if depth == 0:
                return position
            depth -= 1
        elif text[position] == sign and sign in closers:
            return position
        elif text[position] == sign:
            depth += 1
        elif text.startswith("\n\n", position):
            return -1
    return -1
