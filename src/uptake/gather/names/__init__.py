"""A text -> the persons and organisations that it names, in the nominative.

Each finder reads one sentence at a time (``titled``, ``heads``, ``known``, ``persons``); the
document ties later mentions to them (``mentions``, ``document``). All words are data of the
languages (section ``[names]``) and ``catalog/organisations.toml``.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from uptake.gather.grammar.spans import Name, Sentence
from uptake.gather.mentions import find_places
from uptake.gather.names.document import name_of_organisation, people
from uptake.gather.names.mentions import organisations
from uptake.gather.names.sentence import line


def names(text: str, sentences: Sequence[Sentence]) -> tuple[Name, ...]:
    """Return the persons and organisations named in a text, in order.

    Args:
        text: As stored.
        sentences: Of the text, each with its language.
    """
    languages = dict.fromkeys(s.language for s in sentences)
    places = {language: find_places(text, language) for language in languages}
    lines = [line(text, part, places[s.language]) for s in sentences for part in _parted(text, s)]
    placed = organisations(lines)
    found = [name_of_organisation(lines, each) for each in placed]
    found += people(lines, placed, text)
    return tuple(sorted(found, key=lambda n: (n.start, n.end, n.kind)))


_LINE = re.compile(r"[^\n]+")


def _parted(text: str, sentence: Sentence) -> Iterator[Sentence]:
    """Yield a sentence without the line in capitals above it, a letterhead, which is its own."""
    start = sentence.start
    for match in _LINE.finditer(text, sentence.start, sentence.end):
        if match.end() < sentence.end and match[0].isupper() and " " in match[0].strip():
            yield replace(sentence, start=match.start(), end=match.end())
            start = match.end() + 1
        else:
            break
    if start < sentence.end:
        yield replace(sentence, start=start)
