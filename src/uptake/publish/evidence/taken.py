"""What claims say together, of one place or of the region, ready for a page."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from uptake.catalog.gazetteer import fold
from uptake.model.claim import Claim
from uptake.model.dimensions import ALL
from uptake.model.knowledge import Agreement, Contradiction, Corroboration, TargetPair
from uptake.model.views import Views
from uptake.publish.edition import Edition
from uptake.publish.evidence import wording
from uptake.publish.evidence.archive import Archive, Counts
from uptake.publish.evidence.matrix import Matrix, matrix
from uptake.publish.evidence.quotes import Quoted, all_quoted, in_turn, quoted

UNRESOLVED, NONE = "", "none"


@dataclass(frozen=True, slots=True)
class Group:
    """Claims under one heading.

    Attributes:
        id: For its anchor.
        title: In our words.
        quotes: In the order of documents.
        note: What is said of them together.
        own: Whether ``title`` is in the words of the first quote's document.
    """

    id: str
    title: str
    quotes: tuple[Quoted, ...]
    note: str = ""
    own: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """A target beside the actual value of the same thing.

    Attributes:
        basis: Of which place and which times both are.
    """

    sentence: str
    target: Quoted
    actual: Quoted
    rate: str
    basis: str


@dataclass(frozen=True, slots=True)
class Sides:
    """Values that can not all hold, each with its quote.

    ``holds`` is the id of the claim that an analyst found to hold, ``none`` if they found no
    contradiction, empty if nobody has looked at it.
    """

    title: str
    note: str
    holds: str
    quotes: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """A claim held against a row of the indicator tables.

    Attributes:
        verdict: In words; ``kind`` is its id.
        row: Indicator, place and period of the row, and its value.
        source: Who published the table.
        quote: The claim.
    """

    kind: str
    verdict: str
    row: str
    source: str
    quote: Quoted


@dataclass(frozen=True, slots=True)
class Dated:
    """Something at a time, as its documents state it."""

    date: str
    place: str
    title: str
    says: str
    quotes: tuple[Quoted, ...]
    counted: str


@dataclass(frozen=True, slots=True)
class Taken:
    """All of it; each part is empty where there is none."""

    counts: Counts
    types: tuple[Group, ...]
    matrix: Matrix | None
    pairs: tuple[Pair, ...]
    sides: tuple[Sides, ...]
    checks: tuple[Check, ...]
    agreements: tuple[Group, ...]
    promises: tuple[Dated, ...]
    policies: tuple[Dated, ...]
    ties: tuple[Group, ...]
    newest: str


def taken(edition: Edition, place: str = ALL) -> Taken:
    """Gather what claims say together of a place; ``all`` is the region."""
    archive = edition.archive
    claims = list(archive.claims.values()) if place == ALL else archive.by_place.get(place, [])
    views = edition.release.knowledge.views.get(place, Views())
    mine = {claim.id for claim in claims}
    return Taken(
        counts=archive.counts(claims),
        types=by_type(archive, claims),
        matrix=matrix(edition, views, place),
        pairs=_pairs(edition, mine),
        sides=_sides(edition, mine),
        checks=_checks(edition, mine),
        agreements=_agreements(edition, mine),
        promises=_promises(edition, views),
        policies=_policies(edition, views),
        ties=ties(archive, views),
        newest=views.newest,
    )


def by_type(archive: Archive, claims: Sequence[Claim]) -> tuple[Group, ...]:
    """Return claims by their type, in the order of pages."""
    groups = []
    for type in wording.types():
        found = [claim for claim in claims if claim.type == type]
        if found:
            quotes = tuple(in_turn(archive, found))
            groups.append(Group(type.replace("_", "-"), wording.type_title(type), quotes))
    return tuple(groups)


def _pairs(edition: Edition, mine: set[str]) -> tuple[Pair, ...]:
    archive = edition.archive
    out = []
    for pair in edition.release.knowledge.pairs:
        sides = archive.given((pair.target, pair.actual))
        if len(sides) == 2 and mine & {pair.target, pair.actual}:
            target, actual = all_quoted(archive, sides)
            rate = pair.rate if pair.rate not in pair.sentence else ""
            out.append(Pair(pair.sentence, target, actual, rate, _basis(edition, pair)))
    return tuple(out)


def _basis(edition: Edition, pair: TargetPair) -> str:
    """Say of which place and times the two sides of a pair are, as far as they state any."""
    countries = (edition.titles.place(code) for code in pair.place.split(",") if code)
    where = ", ".join((*pair.parts, *countries))
    return "; ".join(
        (
            f"Place: {where or 'none stated'}",
            f"target: {pair.target_time or 'no time stated'}",
            f"actual: {pair.actual_time or 'no time stated'}",
        )
    )


def _sides(edition: Edition, mine: set[str]) -> tuple[Sides, ...]:
    archive = edition.archive
    return tuple(
        Sides(
            _named(edition, found),
            found.note,
            edition.release.knowledge.copies.get(found.resolved, found.resolved),
            tuple(all_quoted(archive, archive.given(found.claims))),
        )
        for found in edition.release.knowledge.contradictions
        if mine & set(found.claims)
    )


def _checks(edition: Edition, mine: set[str]) -> tuple[Check, ...]:
    sources = {source.id: source for source in edition.release.evidence.sources}
    out = []
    held = [c for c in edition.release.knowledge.corroborations if c.claim in mine]
    once = {c.id for c in edition.archive.once(edition.archive.given(c.claim for c in held))}
    for found in held:
        if found.claim not in once:
            continue
        source = sources.get(found.source)
        named = f"{source.producer}: {source.title}" if source else found.source
        quote = quoted(edition.archive, edition.archive.claims[found.claim])
        verdict = str(wording.words()["verdicts"].get(found.verdict, found.verdict))
        out.append(Check(found.verdict, verdict, _row(edition, found), named, quote))
    return tuple(out)


def _row(edition: Edition, found: Corroboration) -> str:
    titles = {i.id: i.title for i in edition.release.evidence.indicators}
    named = (
        titles.get(found.indicator) or wording.spoken(found.indicator),
        edition.titles.place(found.place),
        found.period,
    )
    return f"{', '.join(part for part in named if part)}: {found.value}"


def _agreements(edition: Edition, mine: set[str]) -> tuple[Group, ...]:
    archive = edition.archive
    return tuple(
        Group(
            "",
            _named(edition, found),
            tuple(all_quoted(archive, archive.given(found.claims))),
            _strength(found),
        )
        for found in edition.release.knowledge.agreements
        if mine & set(found.claims)
    )


def _strength(found: Agreement) -> str:
    """Say how many stories agree; a value within a bound is no value that both tell."""
    stories = stories_text(found.stories)
    return (
        f"Consistent in {stories}: a value within a bound"
        if found.bounded
        else f"Told by {stories}"
    )


def _named(edition: Edition, found: Agreement | Contradiction) -> str:
    """Say what values are of: by the indicator's title, else as the first claim calls it."""
    titles = {i.id: i.title for i in edition.release.evidence.indicators}
    first = edition.archive.given(found.claims)[:1]
    called = wording.subject(first[0]) if first else ""
    named = titles.get(found.indicator) or called or wording.spoken(found.indicator)
    where = edition.titles.place(found.place) if found.place else ""
    return ", ".join(part for part in (named, where, found.period) if part)


def _promises(edition: Edition, views: Views) -> tuple[Dated, ...]:
    """Return what is to come, in order; what several documents promise alike is one entry."""
    found: dict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for promise in views.promises:
        places = ", ".join(edition.titles.place(place) for place in promise.places)
        for claim in edition.archive.given((promise.claim,)):
            quote = quoted(edition.archive, claim)
            # two that go without a name are two things
            name = fold(quote.subject) or claim.id
            found[promise.date, places, claim.type, name, quote.says].append(claim)
    out = []
    for (date, places, *_), claims in found.items():
        quotes = tuple(all_quoted(edition.archive, claims))
        stories = edition.archive.counts(claims).stories
        counted = stories_text(stories) if stories > 1 else ""
        out.append(Dated(date, places, quotes[0].subject, quotes[0].says, quotes, counted))
    return tuple(out)


def _policies(edition: Edition, views: Views) -> tuple[Dated, ...]:
    archive = edition.archive
    out = []
    for step in views.policies:
        quotes = tuple(all_quoted(archive, archive.given(step.claims)))
        if quotes:
            place = edition.titles.place(step.place) if step.place else ""
            counted = stories_text(step.stories)
            status = wording.spoken(step.status) if step.name else quotes[0].says
            out.append(Dated(step.date, place, step.name, status, quotes, counted))
    return tuple(out)


def ties(archive: Archive, views: Views) -> tuple[Group, ...]:
    """Return who works with whom, what is told by most stories first."""
    names = {partner.id: partner.name for partner in views.network.partners}
    found = sorted(
        views.network.ties,
        key=lambda tie: (-tie.stories, names.get(tie.a, tie.a), names.get(tie.b, tie.b)),
    )
    return tuple(
        Group(
            "",
            f"{names.get(tie.a, tie.a)} – {names.get(tie.b, tie.b)}",
            tuple(all_quoted(archive, archive.given(tie.claims))),
            stories_text(tie.stories),
            own=True,
        )
        for tie in found
    )


def stories_text(number: int) -> str:
    """Write how many stories tell something.

    >>> stories_text(1), stories_text(3)
    ('1 story', '3 stories')
    """
    return f"{number:,} {'story' if number == 1 else 'stories'}"
