"""The tables of a release: their columns, what these mean, and their rows.

CSV, Parquet, the data package and the JSON files are all written from here, so they can not differ.
Each table ends with a column ``notice``: what the release says of itself on every page.
"""

from collections.abc import Callable, Iterator

from uptake.catalog import facet
from uptake.model.dimensions import DIMENSIONS
from uptake.model.estimate import Estimate, Key
from uptake.model.evidence import Source
from uptake.model.release import Release
from uptake.publish.columns import (
    PUBLISHED,
    WITHHELD,
    Column,
    Field,
    Row,
    Table,
    integers,
    numbers,
    rounded,
    strings,
)
from uptake.publish.compared_tables import index_table, programme_table
from uptake.publish.demography_tables import gender_table, weighted_table
from uptake.publish.evidence.tables import evidence_tables
from uptake.publish.slices import split_of
from uptake.publish.titles import Titles, words


def notice_of(release: Release, *, usage: bool) -> str:
    """Return the notice of a table; one of published statistics says that these are not invented.

    Empty for real data.
    """
    if not release.synthetic or usage:
        return release.synthetic
    return f"{release.synthetic} (usage figures only; this is as its source states)"


_GROUP = strings(
    place="ISO 3166-1 alpha-3 code, `unknown`, or `all` if not split by place.",
    month="Month in UTC, `2025-09`; first and last month of a period, `2025-04/2025-06`; `unknown` "
    "or `all`.",
    age_band="Age band, `unknown` or `all`.",
    gender="`feminine`, `masculine`, `unknown` or `all`: as stated, or associated by name.",
    language="Code of the message's detected language, `other` or `all`.",
)
SHARE_COLUMNS = (
    *_GROUP,
    *strings(
        facet="What was asked of each message: see the table values.",
        value="The answer that the share is of.",
        measure="`message_share`, `people_share` (each person counts once) or `reach` (people "
        "with at least one such message).",
        status="`published` or `withheld`. A row that is missing was not computed.",
    ),
    Column("share", "number", "Point estimate, between 0 and 1; empty if withheld."),
    Column("low", "number", "Lower end of the interval."),
    Column("high", "number", "Upper end of the interval."),
    Column("level", "number", "Nominal coverage of the interval."),
    *integers(people="People behind the group."),
    *strings(
        correction="How the labeller's errors were taken out: `none`, `calibration` (counts of its "
        "errors on other messages) or `gold` (the owner's labelled sample).",
    ),
    Column("counted", "number", "The share as labelled, where it was corrected."),
    *strings(interval="Which errors the interval covers: see the table intervals."),
)
_KEY = (*DIMENSIONS, "facet", "value", "measure")


def covers(release: Release) -> dict[str, str]:
    """Return an id for each text on what intervals cover, in order of appearance."""
    texts = dict.fromkeys(e.covers for e in release.estimates.shares.values() if e is not None)
    rows = (row for heads in release.per_head for row in heads.rows)
    texts |= dict.fromkeys(row.index.covers for row in rows if row.index is not None)
    texts |= dict.fromkeys(found.covers for found in release.demography.estimates())
    return {text: f"i{number}" for number, text in enumerate(texts, 1)}


def share_row(key: Key, found: Estimate | None, intervals: dict[str, str]) -> Row:
    """Return one share as a row of ``SHARE_COLUMNS``."""
    group = (key.place, key.month, key.age_band, key.gender, key.language)
    name = (*group, key.facet, key.value, key.measure)
    if found is None:
        return (*name, WITHHELD, None, None, None, None, None, None, None, None)
    value, low, high = rounded(found.value), rounded(found.low), rounded(found.high)
    counted = None if found.counted is None else rounded(found.counted)
    interval = intervals.get(found.covers, "")
    ends = (value, low, high, found.level, found.n)
    return (*name, PUBLISHED, *ends, found.correction, counted, interval)


def _share_tables(release: Release) -> Iterator[Table]:
    intervals = covers(release)
    met: dict[str, list[Row]] = {}
    for key, found in release.estimates.rows():
        met.setdefault(split_of(key), []).append(share_row(key, found, intervals))
    for split, rows in met.items():
        named = split.replace("+", "-").replace("_", "-")
        name = f"shares-by-{named}" if split else "shares"
        by = ", ".join(words()["dimensions"][d].lower() for d in split.split("+") if d)
        title = f"Shares of messages and people by {by}" if by else "Shares of messages and people"
        yield Table(name, title, SHARE_COLUMNS, _KEY, rows)


def _groups(release: Release) -> Table:
    columns = (
        *_GROUP,
        *strings(status="`published` or `withheld`."),
        *integers(
            people="Distinct people; empty if withheld.",
            conversations="Distinct conversations; empty if withheld or not published.",
            messages="Messages counted, at most the cap per person and month; empty if withheld.",
        ),
        *numbers(
            people_error="Standard deviation of the noise in the people; 0 without noise.",
            messages_error="The same of the number of messages.",
        ),
    )
    rows: list[Row] = []
    for where, group in release.estimates.groups.items():
        sizes = (group.people, group.conversations, group.messages)
        errors = (rounded(group.people_error), rounded(group.messages_error))
        hidden: Row = (WITHHELD, *[None] * 5)
        shown: Row = hidden if group.people is None else (PUBLISHED, *sizes, *errors)
        rows.append((*where, *shown))
    return Table("groups", "How much stands behind each group", columns, DIMENSIONS, rows)


_HEADS = (
    *strings(
        denominator="`located`: shares are of usage with a place; `all`: of all usage. Never join "
        "the two levels.",
        place="ISO 3166-1 alpha-3 code, or `unknown` for usage without a place.",
        status="`published`, or `withheld` below the floor.",
    ),
    *numbers(
        share="Share of messages; empty for usage without a place where it is left out.",
        share_low="Lower end of the share's interval.",
        share_high="Upper end of the share's interval.",
        index="Share of messages over share of the working-age population; 1 is the average.",
        index_low="Lower end of the index's interval.",
        index_high="Upper end of the index's interval.",
    ),
    *integers(
        population="People aged 15 to 64.",
        people="People behind the row.",
        conversations="Conversations behind the row.",
    ),
    *strings(
        period="Year of the population figures.",
        source="Id of their source.",
        interval="Which errors the interval covers: see the table intervals.",
    ),
)


def per_head_table(release: Release) -> Table:
    """Return the usage index of each place, under both treatments of un-located usage."""
    intervals = covers(release)
    rows: list[Row] = []
    for heads in release.per_head:
        for row in heads.rows:
            status = PUBLISHED if row.index else WITHHELD
            if not row.population:
                status = PUBLISHED
            said = row.index.covers if row.index else ""
            rows.append(
                (heads.denominator, row.place, status, *_ends(row.share), *_ends(row.index),
                 row.population or None, row.people, row.conversations, heads.period,
                 heads.source, intervals.get(said, ""))
            )  # fmt: skip
    key = ("denominator", "place")
    return Table("usage-per-head", "Usage per head of working age", _HEADS, key, rows)


def _ends(found: Estimate | None) -> tuple[Field, Field, Field]:
    if found is None:
        return (None, None, None)
    return (rounded(found.value), rounded(found.low), rounded(found.high))


_CHANGES = (
    *strings(
        place="ISO 3166-1 alpha-3 code, or `all`.",
        facet="What was asked of each message.",
        value="The answer that the share is of.",
        earlier="First and last month of the earlier period.",
        later="First and last month of the later period.",
    ),
    *numbers(
        before="Share of messages in the earlier period.",
        after="Share of messages in the later period.",
        difference="After less before.",
        low="Lower end of the difference's interval.",
        high="Upper end of the difference's interval.",
        p="Of no change, adjusted for the facet's values in the place looked at together.",
    ),
    *strings(verdict="`grew`, `shrank` or `no change seen`, at a false discovery rate of 5%."),
    *strings(correction="As in the tables of shares."),
)


def _changes(release: Release) -> Table:
    rows: list[Row] = [
        (c.place, c.facet, c.value, c.earlier, c.later, rounded(c.before.value),
         rounded(c.after.value), *_ends(c.difference), rounded(c.p), c.verdict,
         c.difference.correction)
        for c in release.changes
    ]  # fmt: skip
    key = ("place", "facet", "value")
    return Table("changes", "What changed between two periods", _CHANGES, key, rows)


def _places(release: Release) -> Table:
    columns = strings(
        place="ISO 3166-1 alpha-3 code.", name="As shown.", role="`region` or `comparator`."
    )
    rows: list[Row] = [(p.iso3, p.name, "region") for p in release.places]
    rows += [(p.iso3, p.name, "comparator") for p in release.comparators]
    return Table("places", "Places", columns, ("place",), rows, usage=False)


def _values(release: Release) -> Table:
    columns = strings(
        facet="The question.", value="As in the tables of shares.", title="As shown.",
        definition="What is counted here.", group="Topic group that a topic belongs to.",
    )  # fmt: skip
    rows: list[Row] = []
    for name in ("intent", "work", "topic"):
        rows += [(name, v.id, v.title, v.definition, v.group) for v in facet(name).values]
    rows += [("topic_group", g.id, g.title, g.definition, "") for g in facet("topic").groups]
    titles = Titles(release)
    seen = dict.fromkeys((k.facet, k.value) for k in release.estimates.shares)
    known = {(row[0], row[1]) for row in rows}
    rows += [(f, v, titles.value(f, v), "", "") for f, v in seen if (f, v) not in known]
    return Table("values", "Values of each facet", columns, ("facet", "value"), rows)


def _intervals(release: Release) -> Table:
    columns = strings(interval="Id.", covers="Which errors the interval covers, and which not.")
    rows = [(id, text) for text, id in covers(release).items()]
    return Table("intervals", "What the intervals cover", columns, ("interval",), rows)


def _indicators(release: Release) -> Table:
    columns = strings(
        indicator="Id.", title="As shown.", description="What it measures.",
        unit="Unit of its observations.", higher_is="`better`, `worse` or `neither`.",
    )  # fmt: skip
    rows = [
        (i.id, i.title, i.description, i.unit, i.higher_is) for i in release.evidence.indicators
    ]
    return Table("indicators", "Indicators", columns, ("indicator",), rows, usage=False)


OBSERVATION_COLUMNS = (
    *strings(
        indicator="Id of the indicator.",
        place="ISO 3166-1 alpha-3 code, or `WLD` for the world.",
        period="As stated by the source.",
        comparator="`=`, or `>`, `<`, `~` where the source states a bound.",
    ),
    Column("value", "number", "In the unit."),
    *strings(
        unit="Unit.",
        original_value="As printed in the source.",
        status="`actual`, `target`, or `imputed` by the publisher.",
        source="Id of the source.",
        note="What a reader must know of this value.",
    ),
)


def _observations(release: Release) -> Table:
    rows: list[Row] = [
        (o.indicator, o.place, o.period, o.comparator, o.value, o.unit, o.original_value,
         o.status, o.source, o.note)
        for o in release.evidence.observations
    ]  # fmt: skip
    key = ("indicator", "place", "period", "source", "status")
    return Table("observations", "Indicator values", OBSERVATION_COLUMNS, key, rows, usage=False)


def all_sources(release: Release) -> list[Source]:
    """Return the sources of tables and documents, each once."""
    known = {s.id: s for s in (*release.evidence.sources, *release.demography.sources)}
    for document in release.evidence.documents:
        known.setdefault(document.source.id, document.source)
    return list(known.values())


def linkable(url: str) -> bool:
    """Return whether a source's address may become a link: a web address and no script.

    >>> linkable("https://example.org"), linkable("javascript:alert(1)")
    (True, False)
    """
    return url.startswith(("http://", "https://"))


def _sources(release: Release) -> Table:
    names = (
        "id", "producer", "title", "url", "licence", "citation", "published", "accessed",
        "sha256", "note",
    )  # fmt: skip
    text = "As stated by the producer; empty if not stated."
    columns = (Column("id", "string", "Id."), *(Column(n, "string", text) for n in names[1:]))
    rows: list[Row] = [tuple(getattr(s, n) for n in names) for s in all_sources(release)]
    title = "Sources of indicators and documents"
    return Table("sources", title, columns, ("id",), rows, usage=False)


def _documents(release: Release) -> Table:
    columns = (
        *strings(
            id="First 16 hex digits of the sha256.", title="As stated.",
            kind="`document`, or `digest` for a summary in other words than its source's.",
            date="As stated; empty if the document states none.", language="Code.",
            places="ISO 3166-1 alpha-3 codes of the places that it names, joined by a space.",
            source="Id of the source.", extractor="What turned bytes into text.",
            sha256="Of the original bytes.", text_sha256="Of the stored text.",
        ),
        *integers(passages="Number of paragraphs."),
    )  # fmt: skip
    rows: list[Row] = [
        (d.id, d.title, d.kind, d.date, d.language, " ".join(d.places), d.source.id, d.extractor,
         d.sha256, d.text_sha256, len(d.passages))
        for d in release.evidence.documents
    ]  # fmt: skip
    return Table("documents", "Documents", columns, ("id",), rows, usage=False)


def _files(release: Release) -> Table:
    columns = (
        *strings(
            file="Name of the log file.",
            format="As recognised by its content.",
            conversations="Conversations read, as an order of magnitude.",
            messages="Messages by people, as an order of magnitude: who is in no figure is in it.",
        ),
        *integers(rejected="Records that could not be read."),
    )
    return Table("log-files", "What was read", columns, (), list(release.quality.files))


def _issues(release: Release) -> Table:
    columns = (
        *strings(stage="Where it was met.", code="What it was."),
        *integers(number="How often."),
        *strings(meaning="In one sentence."),
    )
    rows = list(release.quality.issues)
    return Table("issues", "What went wrong", columns, ("stage", "code"), rows)


def tables(release: Release) -> list[Table]:
    """Return all tables of a release, in a fixed order; an empty one is left out."""
    makers: tuple[Callable[[Release], Table], ...] = (
        _groups, per_head_table, _changes, _places, _values, _intervals, _indicators,
        _observations, _sources, _documents, _files, _issues,
    )  # fmt: skip
    made = [*_share_tables(release), *(maker(release) for maker in makers)]
    intervals = covers(release)
    made += [maker(release.demography, intervals) for maker in (gender_table, weighted_table)]
    made += [index_table(release), programme_table(release)]
    made += evidence_tables(release)
    return [table for table in made if table.rows]
