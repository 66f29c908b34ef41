"""What the grammar finds: stretches of a text with what they mean."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal, Protocol, TypeVar

Comparator = Literal["=", ">", ">=", "<", "<=", "~", "range"]


class Spanned(Protocol):
    """Whatever begins somewhere in a text."""

    @property
    def start(self) -> int:
        """Return the offset of its first sign."""
        ...


Spanning = TypeVar("Spanning", bound=Spanned)
_START = attrgetter("start")


def starting(spans: Sequence[Spanning], low: int, high: int) -> Sequence[Spanning]:
    """Return those of some spans that begin in ``[low, high)``; spans are in order of their starts.

    A look-up, where a search through all names of a long document would take time with its square.

    >>> words = [Sentence(0, 3, 0, "en"), Sentence(4, 9, 0, "en"), Sentence(10, 12, 0, "en")]
    >>> [s.start for s in starting(words, 1, 10)]
    [4]
    """
    first = bisect_left(spans, low, key=_START)
    return spans[first : bisect_left(spans, high, lo=first, key=_START)]


@dataclass(frozen=True, slots=True)
class Sentence:
    """``text[start:end]``; ``paragraph`` counts from 0, ``heading`` marks a line that is none.

    ``language`` is that of the sentence's own paragraph, which may differ from the document's.
    """

    start: int
    end: int
    paragraph: int
    language: str
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit: ``text[start:end]`` is all of it, ``number`` the digits or words.

    Attributes:
        start, end: With unit, currency and comparator.
        number: Span of the number itself, scale included.
        value: In the plain unit (``1.5 million`` is 1500000).
        value_max: High end of a range.
        comparator: ``=`` unless the text bounds it.
        unit: ``percent``, ``percentage_point``, ``currency``, ``per_capita``, ``rank``, ``score``,
            ``share`` (a fraction in words), ``age``, ``megawatt``, ``minute`` ..., or ``count``
            with what is counted standing behind.
        currency: ISO 4217.
        currencies: Other currencies that the same word or sign may mean.
        ordinal: ``24th``, ``10-е``: an order, which is a rank only where the text says so.
        approximate: About, nearly: also when ``comparator`` is ``~``.
        stated: Span of the number with its unit or currency, without comparator: what a row quotes
            as its value.
    """

    start: int
    end: int
    number: tuple[int, int]
    value: float
    value_max: float | None = None
    comparator: Comparator = "="
    unit: str = "count"
    currency: str | None = None
    currencies: tuple[str, ...] = ()
    ordinal: bool = False
    approximate: bool = False
    stated: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A stated time: ``text[start:end]``.

    Attributes:
        first: ISO to the precision stated; None for one that only a document's date would tell.
        last: End of a period; None for a point or an open period.
        granularity: ``day``, ``month``, ``quarter``, ``half-year``, ``year``, ``school-year``.
        relation: ``in``, ``by``, ``as_of``, ``since``, ``after``, ``between``, ``during``.
        relative: Told by the document's date (``yesterday``, ``last year``, a day without year).
        stated: Span of the time itself, without the words of its relation.
    """

    start: int
    end: int
    first: str | None
    last: str | None
    granularity: str
    relation: str
    relative: bool = False
    stated: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Name:
    """A person or an organisation named in a text: ``text[start:end]``.

    Attributes:
        kind: ``person`` or ``organisation``.
        name: In the nominative, without quotation marks and legal form.
        organisation_type: ``company``, ``government``, ``university``, ``fund``,
            ``international_organisation`` ...; empty for persons.
        abbreviation: As introduced in brackets, else empty.
        role: Of a person, as printed in the nominative, else empty.
        organisation: Of a person, else empty.
        phrase: Span of all that belongs to it: role, organisation and name; legal form; country.
    """

    start: int
    end: int
    kind: Literal["person", "organisation"]
    name: str
    organisation_type: str = ""
    abbreviation: str = ""
    role: str = ""
    organisation: str = ""
    phrase: tuple[int, int] = (0, 0)
