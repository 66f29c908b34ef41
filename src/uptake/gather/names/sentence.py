"""One sentence with what the finders of names share: its words, and which are spoken for."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from uptake.catalog.gazetteer import place
from uptake.gather.grammar.spans import Sentence, starting
from uptake.gather.mentions import Mention
from uptake.gather.names.lexicon import Lexicon, lexicon
from uptake.gather.names.tokens import CLOSING, OPENING, Token, tokens
from uptake.gather.words import fold

_TITLE_WORDS = 5
_TITLE_SHARE = 0.6
_SHORT = 4
_STEM = 4
_FULL_STOPS = frozenset('.!?:;…»”")')


@dataclass
class Line:
    """A sentence as words, with the places in it and who holds which word.

    Attributes:
        sentence: Its span.
        lexicon: Of its language.
        tokens: Its words and signs.
        folded: The words' folded forms.
        place: Code of the place that each word names, empty for most.
        held: Whether a word belongs to a name found already.
        shouted: All in capitals, or a title in which most words have one: capitals tell nothing.
    """

    sentence: Sentence
    lexicon: Lexicon
    tokens: list[Token]
    folded: list[str]
    place: list[str]
    held: list[bool] = field(default_factory=list)
    shouted: bool = False

    def name_word(self, position: int) -> bool:
        """Whether a word with a capital letter stands here that may belong to a name."""
        if not 0 <= position < len(self.tokens) or self.held[position]:
            return False
        token = self.tokens[position]
        if not token.word or not token.capital:
            return False
        if position == 0 and token.folded in self.lexicon.word_set("openers"):
            return False
        return token.folded not in self.lexicon.word_set("not_names")

    def endings(self, position: int) -> frozenset[str]:
        """Return the endings of cases that a place's name may have here, none if it is bare."""
        folded = self.folded[position]
        if not self.place[position] or folded in _spellings(self.place[position]):
            return frozenset()
        return frozenset(r.case for r in self.lexicon.readings(folded)[1:] if r.part == "ending")

    def led_in(self, first: int, last: int) -> int:
        """Return where a name begins that seems to be the first words of a sentence.

        A first word with the ending of a case stands before a name, not in it ("Құжатқа X").
        """
        if first > 0 or last - first < 2 or not self.tokens[1].capital or self.place[0]:
            return first
        outer = self.lexicon.word_set("outer_endings")
        told = any(
            len(r.case) > 1 and r.case in outer and len(r.nominative) >= _STEM
            for r in self.lexicon.readings(self.folded[0])[1:]
        )
        return 1 if told else first

    def quoted(self, position: int) -> int:
        """Return the index of the closing mark of the quotation that opens here, -1 if none."""
        if self.tokens[position].text not in OPENING:
            return -1
        for end in range(position + 1, len(self.tokens)):
            if self.tokens[end].text in CLOSING:
                return end
        return -1

    def text(self, start: int, end: int) -> list[str]:
        """Return the words as printed."""
        return [token.text for token in self.tokens[start:end]]


def line(text: str, sentence: Sentence, places: Sequence[Mention]) -> Line:
    """Return a sentence ready for the finders; ``places`` are those of the whole text."""
    listed = tokens(text, sentence.start, sentence.end)
    begun = starting(places, 0, sentence.start)[-1:]
    inside = [p for p in begun if p.end > sentence.start]
    inside += starting(places, sentence.start, sentence.end)
    named = [
        next((p.place for p in inside if p.start < t.end and t.start < p.end), "") for t in listed
    ]
    return Line(
        sentence,
        lexicon(sentence.language),
        listed,
        [t.folded for t in listed],
        named,
        [False] * len(listed),
        _shouted(listed),
    )


@cache
def _spellings(code: str) -> frozenset[str]:
    """Return the words of a place's names and cities as they stand in no case."""
    entry = place(code)
    listed = (*entry.names.values(), *entry.cities.values())
    return frozenset(fold(word) for names in listed for name in names for word in name.split())


def _shouted(listed: Sequence[Token]) -> bool:
    long = [t for t in listed if t.word and len(t.text) >= _SHORT]
    capital = sum(t.capital for t in long)
    if len(long) < _TITLE_WORDS or capital <= _TITLE_SHARE * len(long):
        return False
    return listed[-1].text not in _FULL_STOPS or all(t.upper for t in long)
