"""What was counted and what was left out, for the page on data quality."""

from dataclasses import dataclass, field

import numpy as np

from uptake.model.messages import NO_MONTH, UNKNOWN
from uptake.tally.bounding import Settled
from uptake.tally.rows import ATTRIBUTES, Flags, Ints, Rows, Vocabulary, dense


@dataclass(frozen=True, slots=True)
class Counts:
    """Totals of one tally, in distinct messages by people unless said otherwise.

    People under 18 and in places that are withheld are in none of them but ``met``: else what is
    published beside them would tell, by subtraction, how many they are.

    Attributes:
        duplicates: Copies of messages.
        messages: Distinct messages.
        conversations: Distinct conversations.
        people: Distinct people with a user id.
        anonymous: Conversations without a user id; each stands for one person.
        capped: Messages above the cap per person and month.
        elsewhere: Messages from places outside the region.
        met: Distinct people with an id, whoever they are; never published.
        months: First and last month with messages, as yyyymm; None if no message has a time.
        unknown: Messages whose dimension is unknown, by dimension.
        languages: Messages by language.
    """

    duplicates: int = 0
    messages: int = 0
    conversations: int = 0
    people: int = 0
    anonymous: int = 0
    capped: int = 0
    elsewhere: int = 0
    met: int = 0
    months: tuple[int, int] | None = None
    unknown: dict[str, int] = field(default_factory=dict)
    languages: dict[str, int] = field(default_factory=dict)

    def plus(self, other: "Counts") -> "Counts":
        """Add the counts of disjoint sets of people.

        >>> Counts(messages=2, unknown={"place": 1}).plus(Counts(messages=3)).messages
        5
        """
        spans = [span for span in (self.months, other.months) if span]
        return Counts(
            duplicates=self.duplicates + other.duplicates,
            messages=self.messages + other.messages,
            conversations=self.conversations + other.conversations,
            people=self.people + other.people,
            anonymous=self.anonymous + other.anonymous,
            capped=self.capped + other.capped,
            elsewhere=self.elsewhere + other.elsewhere,
            met=self.met + other.met,
            months=(min(a for a, _ in spans), max(b for _, b in spans)) if spans else None,
            unknown=_add(self.unknown, other.unknown),
            languages=_add(self.languages, other.languages),
        )


def _add(left: dict[str, int], right: dict[str, int]) -> dict[str, int]:
    return {key: left.get(key, 0) + right.get(key, 0) for key in sorted({*left, *right})}


def duplicates(rows: Rows, one: Ints | None, told: Flags) -> int:
    """Return how many copies there are of the messages that may be told of.

    Args:
        rows: All rows of some partitions.
        one: Numbers of one row of each message; None if none has a copy.
        told: Of these rows.
    """
    if one is None:
        return 0
    number, many = dense(rows.ids["message"])
    told_of = np.zeros(many, dtype=np.bool_)
    told_of[number[one]] = told
    return int(told_of[number].sum() - told.sum())


def totals(settled: Settled, kept: Flags, vocabulary: Vocabulary, copies: int = 0) -> Counts:
    """Count what the messages of some partitions are, and which of them are not ``kept``."""
    met = dense(settled.rows.ids["user"][settled.rows.known])[1]
    told = settled.told
    inside, kept, rows = settled.inside[told], kept[told], settled.rows.take(told)
    known = rows.known
    months = [
        m for m in np.unique(rows.codes["month"]).tolist() if vocabulary.months[m] != NO_MONTH
    ]
    unknown = {
        name: int((rows.codes[name] == vocabulary.of(name).index(UNKNOWN)).sum())
        for name in (*ATTRIBUTES, "month")
        if UNKNOWN in vocabulary.of(name)
    }
    languages = np.bincount(rows.codes["language"]).tolist()
    return Counts(
        duplicates=copies,
        messages=len(rows),
        conversations=dense(rows.ids["conversation"])[1],
        people=dense(rows.ids["user"][known])[1],
        anonymous=dense(rows.ids["conversation"][~known])[1],
        elsewhere=int((~inside).sum()),
        capped=int((inside & ~kept).sum()),
        met=met,
        months=(vocabulary.months[months[0]], vocabulary.months[months[-1]]) if months else None,
        unknown={name: unknown.get(name, 0) for name in (*ATTRIBUTES, "month")},
        languages={vocabulary.of("language")[code]: n for code, n in enumerate(languages) if n},
    )
