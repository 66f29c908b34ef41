"""Names with which people introduce themselves: ``my name is ...``; no other names are found."""

import re
from collections.abc import Iterator
from functools import cache

from uptake.pseudonymise.masking import plans
from uptake.pseudonymise.masking.numbers import Span
from uptake.pseudonymise.masking.signs import small

MOST_WORDS = 3
"""Of a name: given name, patronymic, family name."""

_WORD = re.compile(r"[^\W\d_]{1,32}(?:['\u02bb\u02bc\u2018\u2019-][^\W\d_]{1,32}){0,3}")
_GAP = re.compile(r"[ \t\u00a0]{1,3}|\Z")


def introductions(text: str) -> Iterator[Span]:
    """Find the words in capitals behind the words of an introduction."""
    for said in _said().finditer(small(text)):
        end = start = said.end()
        for _ in range(MOST_WORDS):
            word = _WORD.match(text, start)
            if not word or not word.group()[0].isupper():
                break
            end = word.end()
            gap = _GAP.match(text, end)
            if not gap:
                break
            start = gap.end()
        if end > said.end():
            yield Span(said.end(), end, "NAME")


@cache
def _said() -> re.Pattern[str]:
    words = plans.everywhere("name")
    own, first = ("|".join(map(re.escape, words[key])) for key in ("introductions", "openings"))
    opened = r"(?:\A|(?<=[.!?,;:\n\u00ab\"] )|(?<=\n))"
    return re.compile(rf"(?:(?<!\w)(?:{own})|{opened}(?:{first}))[ \t:\u2014-]{{1,3}}")
