"""A text -> the persons and organisations that it names, in the nominative.

Each finder reads one sentence at a time (``titled``, ``heads``, ``known``, ``persons``); the
document ties later mentions to them (``mentions``, ``document``). All words are data of the
languages (section ``[names]``) and ``catalog/organisations.toml``.
"""

from collections.abc import Sequence

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
    lines = [line(text, s, places[s.language]) for s in sentences]
    placed = organisations(lines)
    found = [name_of_organisation(lines, each) for each in placed]
    found += people(lines, placed, text)
    return tuple(sorted(found, key=lambda n: (n.start, n.end, n.kind)))
