"""One document with all that its claims may be made of: found once, read by every extractor."""

from dataclasses import dataclass, replace
from functools import cached_property

from uptake.gather.grammar.quantities import quantities
from uptake.gather.grammar.sentences import sentences
from uptake.gather.grammar.spans import Name, Quantity, Sentence, TimeSpan
from uptake.gather.grammar.times import times
from uptake.gather.mentions import Mention, find_places
from uptake.gather.names import names


@dataclass(frozen=True)
class Analysis:
    """A stored text and what its words mean; each part is found when it is first asked for.

    Attributes:
        text: As stored.
        language: Of the document.
        date: As stated, ISO; None if the document states none.
        title: As stated, empty if there is none.
    """

    text: str
    language: str
    date: str | None = None
    title: str = ""

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """Return the sentences in order."""
        return sentences(self.text, self.language)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """Return numbers with units, in order, each found in its own sentence's language."""
        return self._measured[0]

    @cached_property
    def times(self) -> tuple[TimeSpan, ...]:
        """Return stated times, in order."""
        return self._measured[1]

    @cached_property
    def _measured(self) -> tuple[tuple[Quantity, ...], tuple[TimeSpan, ...]]:
        """Return quantities and times: sentence by sentence, as both read the same words."""
        quantities: list[Quantity] = []
        times: list[TimeSpan] = []
        for sentence in self.sentences:
            quantities += _moved_quantities(self.text, sentence)
            times += _moved_times(self.text, sentence, self.date)
        return tuple(quantities), tuple(times)

    @cached_property
    def places(self) -> tuple[Mention, ...]:
        """Return places named, in order."""
        return tuple(find_places(self.text, self.language))

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """Return persons and organisations named, in order."""
        return names(self.text, self.sentences)


def _moved_quantities(text: str, sentence: Sentence) -> list[Quantity]:
    by = sentence.start
    return [
        replace(
            q,
            start=q.start + by,
            end=q.end + by,
            number=_moved(q.number, by),
            stated=_moved(q.stated, by),
        )
        for q in quantities(text[by : sentence.end], sentence.language)
    ]


def _moved_times(text: str, sentence: Sentence, date: str | None) -> list[TimeSpan]:
    by = sentence.start
    found = times(text[by : sentence.end], sentence.language, date)
    return [
        replace(t, start=t.start + by, end=t.end + by, stated=_moved(t.stated, by)) for t in found
    ]


def _moved(span: tuple[int, int], by: int) -> tuple[int, int]:
    """Return a span of a sentence as one of its text; the empty span, which means none, stays."""
    return (span[0] + by, span[1] + by) if span[1] else span
