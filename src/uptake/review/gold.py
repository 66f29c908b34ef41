"""A gold sample of messages: how it was drawn, who labelled what, how far two people agree."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Literal

import msgspec
import numpy as np

from uptake.catalog import Facet
from uptake.model.masked import Masked

Method = Literal["simple", "stratified"]

METHODS: Final[dict[Method, str]] = {
    "simple": "Simple random: each counted message has the same chance",
    "stratified": "Stratified by country, in proportion to its counted messages",
}
"""Both give each message the same chance, so that shares of the sample need no weights."""


class Frame(msgspec.Struct, frozen=True):
    """What a sample is drawn from: the counted messages of people, by pseudonym.

    Attributes:
        messages: (N,) ids, 32 hex digits, sorted.
        strata: (N,) country of each, or ``unknown``.
    """

    messages: tuple[str, ...]
    strata: tuple[str, ...]


class Design(msgspec.Struct, frozen=True, kw_only=True):
    """How a sample was drawn, so that anybody with the same logs and key can draw it again.

    Attributes:
        id: Hash of the rest.
        method: ``simple`` or ``stratified``.
        seed: Of NumPy's default generator.
        frame_size: Messages that it was drawn from.
        frame_sha256: Of their sorted ids, a line each.
        strata: (name, messages of the frame, messages drawn); one row for a simple sample.
        drawn: When, ISO with zone.
        by: Who drew it.
        both: So many of the first messages are labelled by everybody, for the agreement.
        messages: Ids in the order in which they are labelled, which is random.
    """

    id: str = ""
    method: Method
    seed: int
    frame_size: int
    frame_sha256: str
    strata: tuple[tuple[str, int, int], ...]
    drawn: str
    by: str
    both: int
    messages: tuple[str, ...]


class GoldLabel(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one person said of one message; a later one by the same person takes its place.

    Attributes:
        message: Its pseudonym, 32 hex digits.
        sample: Id of the design.
        annotator: Who.
        when: ISO with zone.
        intent, work, topic, language: Words of the codebook, None where the person was not sure.
        settles: Said after talking about a disagreement: it stands for all.
    """

    message: str
    sample: str
    annotator: str
    when: str
    intent: str | None = None
    work: str | None = None
    topic: str | None = None
    language: str | None = None
    settles: bool = False

    def said(self) -> dict[str, str]:
        """Return its labels by facet."""
        found = {name: getattr(self, name) for name in FACETS}
        return {name: value for name, value in found.items() if value}


FACETS: Final = ("intent", "work", "topic", "language")


@dataclass(frozen=True, slots=True)
class ToLabel:
    """A message as an annotator sees it: masked, in memory only.

    Attributes:
        id: Its pseudonym.
        said: (who speaks, what), the earliest first; the last is the message to label.
    """

    id: str
    said: tuple[tuple[str, Masked], ...]


@dataclass(frozen=True, slots=True)
class GoldSources:
    """What the second tab is given.

    Attributes:
        frame: Find all counted messages.
        messages: Read messages again from the logs and mask them; one whose log is gone is missing.
        designs: Read all designs, the oldest first; the last one is in force.
        keep: Append a design.
        labels: Read all labels, the oldest first.
        append: Append a label.
        facets: The codebook, with the languages as its last.
        kappa: Cohen's kappa of two equally long lists of labels; NaN where it is not defined.
        setting: What to write into the settings so that a build uses the labels.
    """

    frame: Callable[[], Frame]
    messages: Callable[[Sequence[str]], Mapping[str, ToLabel]]
    designs: Callable[[], Sequence[Design]]
    keep: Callable[[Design], None]
    labels: Callable[[], Sequence[GoldLabel]]
    append: Callable[[GoldLabel], None]
    facets: tuple[Facet, ...]
    kappa: Callable[[Sequence[str], Sequence[str]], float]
    setting: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to draw: how many messages, how, from which seed, how many of them for everybody."""

    n: int
    method: Method
    seed: int
    both: int


def draw(frame: Frame, wanted: Wanted, *, by: str, drawn: str) -> Design:
    """Draw a sample without replacement; all of the frame if it is no larger.

    >>> frame = Frame(tuple(f"{i:032x}" for i in range(9)), ("KAZ",) * 6 + ("UZB",) * 3)
    >>> draw(frame, Wanted(6, "stratified", 1, 2), by="A", drawn="").strata
    (('KAZ', 6, 4), ('UZB', 3, 2))
    """
    rng = np.random.default_rng(wanted.seed)
    strata = frame.strata if wanted.method == "stratified" else ("all",) * len(frame.messages)
    members: dict[str, list[str]] = defaultdict(list)
    for message, stratum in sorted(zip(frame.messages, strata, strict=True)):
        members[stratum].append(message)
    n = min(wanted.n, len(frame.messages))
    shares = _in_proportion({name: len(ids) for name, ids in members.items()}, n)
    chosen = [
        message
        for name in sorted(members)
        for message in rng.choice(members[name], size=shares[name], replace=False).tolist()
    ]
    order = rng.permutation(len(chosen))
    design = Design(
        method=wanted.method,
        seed=wanted.seed,
        frame_size=len(frame.messages),
        frame_sha256=hashlib.sha256("\n".join(sorted(frame.messages)).encode()).hexdigest(),
        strata=tuple((name, len(members[name]), shares[name]) for name in sorted(members)),
        drawn=drawn,
        by=by,
        both=min(wanted.both, n),
        messages=tuple(chosen[i] for i in order),
    )
    digest = hashlib.sha256(msgspec.json.encode(design)).hexdigest()
    return msgspec.structs.replace(design, id=digest[:16])


def _in_proportion(sizes: Mapping[str, int], n: int) -> dict[str, int]:
    """Share n out by size, by largest remainders; ties go to the first name."""
    total = sum(sizes.values())
    if not total:
        return dict.fromkeys(sizes, 0)
    shares = {name: n * size // total for name, size in sizes.items()}
    left = n - sum(shares.values())
    for name in sorted(sizes, key=lambda s: (-(n * sizes[s] % total), s))[:left]:
        shares[name] += 1
    return shares


def by_annotator(labels: Iterable[GoldLabel], design: Design) -> dict[str, dict[str, GoldLabel]]:
    """Return each annotator's last label of each message of a design, by message."""
    wanted = set(design.messages)
    found: dict[str, dict[str, GoldLabel]] = {}
    for label in labels:
        if label.message in wanted and not label.settles:
            found.setdefault(label.annotator, {})[label.message] = label
    return found


def settled(labels: Sequence[GoldLabel], design: Design) -> dict[str, GoldLabel]:
    """Return one label for each labelled message of a design, by message.

    What people settled on after a talk stands; else what the person said who labelled it first.
    Messages on which people differ stay in: without them the sample would be of easy ones only.
    """
    wanted = set(design.messages)
    last: dict[tuple[str, str], GoldLabel] = {}
    final: dict[str, GoldLabel] = {}
    for label in labels:
        if label.message not in wanted:
            continue
        if label.settles:
            final[label.message] = label
        else:
            last[label.message, label.annotator] = label
    for (message, _), label in last.items():  # in the order in which people first labelled
        final.setdefault(message, label)
    return final


def waiting(labels: Sequence[GoldLabel], design: Design, annotator: str) -> list[str]:
    """Return what an annotator has yet to label, in order.

    The first ``both`` messages are everybody's; of the rest, those that nobody has labelled.
    """
    done = by_annotator(labels, design)
    own = done.get(annotator, {})
    anybody = {message for theirs in done.values() for message in theirs}
    first, rest = design.messages[: design.both], design.messages[design.both :]
    return [*(m for m in first if m not in own), *(m for m in rest if m not in anybody)]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two people agree on one facet.

    Attributes:
        facet: Id.
        people: The two.
        n: Messages that both gave a label of it.
        same: How many of them the same one.
        kappa: Cohen's (1960); None where it is not defined.
    """

    facet: str
    people: tuple[str, str]
    n: int
    same: int
    kappa: float | None


def agreements(
    labels: Sequence[GoldLabel],
    design: Design,
    kappa: Callable[[Sequence[str], Sequence[str]], float],
) -> list[Agreement]:
    """Compare each two annotators on each facet, on what both have labelled."""
    done = by_annotator(labels, design)
    found = []
    for people in combinations(sorted(done), 2):
        one, other = (done[name] for name in people)
        for facet in FACETS:
            pairs = [
                (one[m].said()[facet], other[m].said()[facet])
                for m in design.messages
                if m in one and m in other
                if facet in one[m].said() and facet in other[m].said()
            ]
            if pairs:
                value = kappa([a for a, _ in pairs], [b for _, b in pairs])
                same = sum(a == b for a, b in pairs)
                shown = None if np.isnan(value) else float(value)
                found.append(Agreement(facet, (people[0], people[1]), len(pairs), same, shown))
    return found


def disagreements(labels: Sequence[GoldLabel], design: Design) -> list[str]:
    """Return the messages on which two people differ and that nobody has settled."""
    done = by_annotator(labels, design)
    closed = {label.message for label in labels if label.settles}
    found = []
    for message in design.messages:
        said = [theirs[message].said() for theirs in done.values() if message in theirs]
        differ = any(len({s[f] for s in said if f in s}) > 1 for f in FACETS)
        if differ and message not in closed:
            found.append(message)
    return found


def progress(labels: Sequence[GoldLabel], design: Design) -> list[tuple[str, int]]:
    """Return how many messages each annotator has labelled."""
    counts = Counter({who: len(theirs) for who, theirs in by_annotator(labels, design).items()})
    return sorted(counts.items())
