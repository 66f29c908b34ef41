"""Draw the messages of drawn people: conversations, times and labels, without a text."""

from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from uptake.catalog import facet
from uptake.testing.corpus import Corpus
from uptake.testing.people import People, pick
from uptake.testing.spec import Spec

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Drawn:
    """M messages in the order of person, month and time; a conversation's side by side.

    Attributes:
        person: (M,) index of the person.
        month: (M,) index in ``spec.calendar``.
        conversation: (M,) number of the conversation, from 0 on without a gap.
        time: (M,) seconds since 1970, UTC, in the month.
        language: (M,) index in ``LANGUAGES``.
        kind: (M,) index of intent and topic in the corpus.
        work: (M,) index in the facet ``work``.
    """

    person: Ints
    month: Ints
    conversation: Ints
    time: Ints
    language: Ints
    kind: Ints
    work: Ints

    def __len__(self) -> int:
        """Return M."""
        return len(self.person)


def draw_messages(spec: Spec, written: Corpus, people: People, rng: np.random.Generator) -> Drawn:
    """Draw what these people write.

    The first message of a conversation is a draw of the person's own mix of that month; a later
    one repeats its language, kind and work with chance ``activity.follow`` and is a draw of its
    own otherwise. So every message follows the person's mix whatever its rank, and a pick of
    messages by rank alone leaves the expected shares what they are.
    """
    months = spec.months
    flat = people.counts.ravel()
    cell = np.repeat(np.arange(len(flat)), flat)
    begins = np.ones(len(cell), dtype=np.bool_)
    begins[1:] = cell[1:] != cell[:-1]
    begins |= rng.random(len(cell)) * spec.activity.conversation < 1
    conversation = np.cumsum(begins) - 1
    person, month = cell // months, cell % months
    language, kind, work = _labels(spec, written, people, (person, month), rng)
    first = np.flatnonzero(begins)[conversation]
    follows = (rng.random(len(cell)) < spec.activity.follow) & ~begins
    source = np.where(follows, first, np.arange(len(cell)))
    return Drawn(
        person=person,
        month=month,
        conversation=conversation,
        time=_times(spec, people, (cell, begins, conversation), rng),
        language=language[source],
        kind=kind[source],
        work=work[source],
    )


def _labels(
    spec: Spec, written: Corpus, people: People, at: tuple[Ints, Ints], rng: np.random.Generator
) -> tuple[Ints, Ints, Ints]:
    """Draw language, then kind, then work of each message.

    What a language has no text for is not drawn in it: the weights of the rest are scaled up, so
    that a message's labels are those of a text that exists.
    """
    person, month = at
    n = len(person)
    other = rng.random(n) < people.second[person]
    language = people.languages[person, other.astype(np.int64)]
    topics = facet("topic").ids
    yearly = np.array([spec.trend.get(topics[t], 1.0) for t in written.topic])
    trend = np.power(yearly[None, :], np.arange(spec.months)[:, None] / 12)
    exists: Floats = np.any(written.has, axis=2).astype(np.float64)
    # Messages of one person, month and language share one distribution: compute it once.
    key = (person * spec.months + month) * 2 + other
    new = np.ones(n, dtype=np.bool_)
    order = np.argsort(key, kind="stable")
    new[1:] = key[order][1:] != key[order][:-1]
    group = np.empty(n, dtype=np.int64)
    group[order] = np.cumsum(new) - 1
    at_group = order[new]
    weights = people.kinds[person[at_group]] * trend[month[at_group]] * exists[language[at_group]]
    edges = np.cumsum(weights, axis=1)
    empty = edges[:, -1] <= 0
    if empty.any():  # a mix concentrated on what the language lacks
        edges[empty] = np.cumsum(exists[language[at_group][empty]], axis=1)
    edges /= edges[:, -1:]
    edges[:, -1] = 1.0
    # One search in all distributions laid end to end: the g-th lies in [g, g + 1].
    laid = (edges + np.arange(len(edges))[:, None]).ravel()
    kind = np.searchsorted(laid, group + rng.random(n), side="right") - group * edges.shape[1]
    kind = _existing(np.minimum(kind, edges.shape[1] - 1), language, exists)
    return language, kind, _work(spec, written, (people.occupation[person], language, kind), rng)


def _existing(kind: Ints, language: Ints, exists: Floats) -> Ints:
    """Move a draw that rounding put on an edge to the next kind that the language has."""
    bad = exists[language, kind] == 0
    while bad.any():
        kind = np.where(bad, (kind + 1) % exists.shape[1], kind)
        bad = exists[language, kind] == 0
    return kind


def _work(
    spec: Spec, written: Corpus, of: tuple[Ints, Ints, Ints], rng: np.random.Generator
) -> Ints:
    topics = facet("topic").ids
    by_topic = np.array([spec.work.get(t, spec.work["default"]) for t in topics])
    by_occupation = np.array(list(spec.occupations.values()))
    # (occupations, languages, kinds, 3); where nothing that exists has a weight, any text will do.
    weights = (
        by_occupation[:, None, None, :]
        * by_topic[written.topic][None, None]
        * written.has[None].astype(np.float64)
    )
    shape = weights.shape
    fallback = np.broadcast_to(written.has[None], shape).astype(np.float64)
    weights = np.where(weights.sum(-1, keepdims=True) > 0, weights, fallback)
    weights = np.where(weights.sum(-1, keepdims=True) > 0, weights, 1.0)
    occupation, language, kind = of
    row = (occupation * shape[1] + language) * shape[2] + kind
    return pick(rng, weights.reshape(-1, 3), row)


def _times(
    spec: Spec, people: People, laid: tuple[Ints, NDArray[np.bool_], Ints], rng: np.random.Generator
) -> Ints:
    """Draw a start for each conversation and a gap before each of its later messages."""
    cell, begins, conversation = laid
    starts, length = _months(spec)
    where = cell[begins]
    month = where % spec.months
    offset = np.array([p.utc_offset for p in spec.places.values()])
    hour = pick(rng, np.array([spec.hours]), np.zeros(len(where), dtype=np.int64))
    hour = hour - offset[people.place[where // spec.months]]
    days = length[month] // 86400
    day = np.floor(rng.random(len(where)) * days)
    start = (day * 86400 + (hour % 24) * 3600 + rng.random(len(where)) * 3600).astype(np.int64)
    gap = np.where(begins, 0, 20 + np.floor(280 * rng.random(len(cell))).astype(np.int64))
    passed = np.cumsum(gap)
    passed -= passed[np.flatnonzero(begins)][conversation]
    last = np.append(np.flatnonzero(begins)[1:], len(cell)) - 1
    start = start[np.lexsort((start, where))]
    # A conversation ends in the month it began in.
    start = np.clip(start, 0, np.maximum(length[month] - 1 - passed[last], 0))
    return np.asarray(starts[month][conversation] + start[conversation] + passed)


def _months(spec: Spec) -> tuple[Ints, Ints]:
    calendar = spec.calendar
    year, month = divmod(calendar[-1], 100)
    after = (year + 1) * 100 + 1 if month == 12 else calendar[-1] + 1
    edges = np.array(
        [
            int(datetime(yyyymm // 100, yyyymm % 100, 1, tzinfo=UTC).timestamp())
            for yyyymm in (*calendar, after)
        ]
    )
    return edges[:-1], np.diff(edges)
