"""The tables of claims: each row with the sources that it rests on and their licences."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from uptake.model.claim import Claim
from uptake.model.dimensions import ALL
from uptake.model.release import Release
from uptake.model.views import Views
from uptake.publish.columns import Column, Row, Table, arrays, integers, numbers, objects, strings
from uptake.publish.evidence.archive import Archive
from uptake.publish.evidence.distance_rows import COLUMNS, row

RESTS_ON = strings(
    sources="Ids of the documents' sources, joined by a space: see the table sources.",
    licences="Licences of the documents, joined by `; `.",
)

CLAIM_COLUMNS = (
    *strings(
        claim="Id: a hash of document, type, place of the quote and fields.",
        document="Id of the document: see the table documents.",
        type="`indicator`, `initiative`, `policy`, `partnership`, `event`, `person`, "
        "`organisation` or `source_ref`.",
        quote="The exact words. A CSV file puts an apostrophe before one that a spreadsheet would "
        "run as a formula: it is then longer than `end` less `start`.",
    ),
    *integers(
        start="First code point of the quote in the stored text.",
        end="Code point after its last one.",
    ),
    *strings(
        countries="ISO 3166-1 alpha-3 codes of what it is about, joined by a space.",
        country_basis="`explicit` (named in the quote), `context` or `place` (through a city).",
        sectors="Ids, joined by a space.",
        time_text="Time as printed; empty if the document states none.",
        time_start="ISO to the precision stated.",
        time_end="The same for the end; empty for a point or an open period.",
        time_granularity="`day`, `month`, `quarter`, `half-year`, `year` or `school-year`.",
        time_relation="`in`, `by`, `as_of`, `since`, `after`, `between` or `during`.",
        modality="`asserted`, `planned`, `discussed`, `expected`, `possible` or `recommended`.",
        attribution="`author`, `reported` or `direct_quote`; empty for persons, organisations and "
        "references.",
        speaker="Who is reported or quoted.",
        speaker_role="Their role.",
        speaker_organisation="Their organisation.",
        source_ref="Mark of the endnote that carries it.",
    ),
    *objects(
        fields="What is claimed, by type: see docs/reference/claims.md.",
        evidence="Spans of the stored text by role, each `{start, end}`.",
        alternatives="Other honest readings, by field.",
    ),
    *arrays(also_at="Other spans of the same document where it is printed again."),
    *numbers(
        confidence="0 to 1: how often claims made by the same rule were right; empty for one "
        "that an analyst accepted.",
    ),
    *strings(
        status="`accepted` by an analyst, or `proposed`: published by its confidence alone.",
        extractor="Name and version of what made it.",
        story="Id of the story that its document tells; copies of one text share it.",
        repeats="Id of the claim of the same story that it repeats; empty for one that counts.",
        source="Id of the document's source.",
        licence="Licence of the document.",
    ),
)


def evidence_tables(release: Release) -> list[Table]:
    """Return the tables of claims and of what they say together, in a fixed order."""
    archive = Archive(release)
    return [
        make(archive)
        for make in (
            _claims, _entities, _stories, _agreements, _contradictions, _pairs, _distances,
            _corroborations,
            _stages, _attention, _promises,
        )
    ]  # fmt: skip


def _claims(archive: Archive) -> Table:
    rows = [_claim(archive, claim) for claim in archive.claims.values()]
    return Table("claims", "Claims of documents", CLAIM_COLUMNS, ("claim",), rows, usage=False)


def _claim(archive: Archive, claim: Claim) -> Row:
    document = archive.documents.get(claim.doc)
    time, said = claim.time, claim.attribution
    status = archive.release.knowledge.status.get(claim.id, "proposed")
    return (
        claim.id, claim.doc, claim.type, claim.quote, claim.start, claim.end,
        " ".join(claim.countries), claim.country_basis, " ".join(claim.sectors),
        *((time.text, time.start, time.end, time.granularity, time.relation) if time
          else (None,) * 5),
        claim.modality,
        *((said.kind, said.speaker, said.role, said.organisation) if said else (None,) * 4),
        claim.source_ref, _json(claim.fields), _json(claim.evidence), _json(claim.alternatives),
        _json(claim.also_at),
        None if status == "accepted" else claim.confidence, status, claim.extractor,
        archive.story.get(claim.doc, claim.doc), archive.release.knowledge.copies.get(claim.id),
        document.source.id if document else None,
        document.source.licence if document else None,
    )  # fmt: skip


def _json(value: Any) -> str:
    return msgspec.json.encode(value, order="sorted").decode()


def _rests_on(archive: Archive, ids: Iterable[str]) -> tuple[str, str]:
    """Return sources and licences of claims or documents."""
    docs = [archive.claims[id].doc if id in archive.claims else id for id in ids]
    found = [archive.documents[doc].source for doc in docs if doc in archive.documents]
    return (
        " ".join(dict.fromkeys(source.id for source in found)),
        "; ".join(dict.fromkeys(source.licence for source in found if source.licence)),
    )


def _table(
    name: str, title: str, columns: Sequence[Column], key: tuple[str, ...], rows: list[Row]
) -> Table:
    return Table(name, title, tuple(columns), key, rows, usage=False)


def _entities(archive: Archive) -> Table:
    columns = (
        *strings(entity="Id: a hash of its names.", kind="`person` or `organisation`.",
                 name="As shown."),
        *arrays(names="All spellings.", merged="Why names are held to be one: two names, and the "
                "score or `judgement`."),
        *strings(claims="Ids of the claims that name it, joined by a space."),
        *RESTS_ON,
    )  # fmt: skip
    rows: list[Row] = [
        (e.id, e.kind, e.name, _json(e.names), _json(e.merged), " ".join(e.claims),
         *_rests_on(archive, e.claims))
        for e in archive.release.knowledge.entities
    ]  # fmt: skip
    return _table("entities", "People and organisations", columns, ("entity",), rows)


def _stories(archive: Archive) -> Table:
    columns = (
        *strings(story="Id of its first document.",
                 documents="Ids of the documents that tell it, the earliest first."),
        *numbers(containment="Smallest share of a copy's word triples that stand in the first."),
        *RESTS_ON,
    )  # fmt: skip
    rows: list[Row] = [
        (s.id, " ".join(s.documents), s.containment, *_rests_on(archive, s.documents))
        for s in archive.release.knowledge.stories
    ]
    return _table("stories", "Stories, each told by several documents", columns, ("story",), rows)


_CELL = strings(
    indicator="Id of what the claims are about.",
    place="ISO 3166-1 alpha-3 code.",
    period="As stated.",
)


def _agreements(archive: Archive) -> Table:
    columns = (
        *_CELL,
        *integers(stories="Stories that tell it; copies count once."),
        *strings(claims="Ids of the claims, joined by a space.",
                 match="`value`; `bound` if some tell a bound that holds the others' value."),
        *RESTS_ON,
    )  # fmt: skip
    rows: list[Row] = [
        (a.indicator, a.place, a.period, a.stories, " ".join(a.claims),
         "bound" if a.bounded else "value",
         *_rests_on(archive, a.claims))
        for a in archive.release.knowledge.agreements
    ]  # fmt: skip
    return _table("agreements", "Figures told alike by several documents", columns, (), rows)


def _contradictions(archive: Archive) -> Table:
    columns = (
        *strings(contradiction="Id: a hash of the claims."),
        *_CELL,
        *strings(
            claims="Ids of the claims, joined by a space.",
            note="What differs, in words.",
            resolved="Id of the claim that an analyst found to hold; `none` if there is no "
            "contradiction; empty if nobody has looked.",
        ),
        *RESTS_ON,
    )
    rows: list[Row] = [
        (c.id, c.indicator, c.place, c.period, " ".join(c.claims), c.note, c.resolved,
         *_rests_on(archive, c.claims))
        for c in archive.release.knowledge.contradictions
    ]  # fmt: skip
    return _table("contradictions", "Contradictions", columns, ("contradiction",), rows)


def _pairs(archive: Archive) -> Table:
    columns = (
        *strings(target="Id of the claim of a target.", actual="Id of the claim of what is.",
                 unit="Of the figures; ISO 4217 for money, that of the target."),
        *numbers(target_value="In the unit.",
                 actual_low="Lower bound of the actual value; empty where it is open.",
                 actual_high="Upper bound; empty where it is open, as after `more than`.",
                 gap_low="Lower bound of target less actual; empty where it is open.",
                 gap_high="Upper bound; empty where it is open."),
        *strings(rate="Exchange rate used, with its date and source; empty if none.",
                 sentence="The comparison in words: a bound is said to be one.",
                 place="Place codes of both sides, joined by a comma; empty if none.",
                 parts="Cities and regions that they name, joined by a semicolon.",
                 target_time="Period of the target, `by 2030`; empty if none is stated.",
                 actual_time="Period of the actual value; empty if none is stated."),
        *RESTS_ON,
    )  # fmt: skip
    rows: list[Row] = [
        (p.target, p.actual, p.unit, p.target_value, p.actual_low, p.actual_high, p.gap_low,
         p.gap_high, p.rate, p.sentence, p.place, "; ".join(p.parts), p.target_time, p.actual_time,
         *_rests_on(archive, (p.target, p.actual)))
        for p in archive.release.knowledge.pairs
    ]  # fmt: skip
    title = "Targets beside what was reached"
    return _table("target-pairs", title, columns, ("target", "actual"), rows)


def _distances(archive: Archive) -> Table:
    rows: list[Row] = [
        (*row(one), *_rests_on(archive, (one.target, *([one.actual.claim] if one.actual and
                                                       one.actual.claim else []))))
        for one in archive.release.knowledge.distances
    ]  # fmt: skip
    title = "How far places are from their targets"
    return _table("target-distances", title, (*COLUMNS, *RESTS_ON), ("target",), rows)


def _corroborations(archive: Archive) -> Table:
    columns = (
        *strings(claim="Id of the claim.", verdict="`confirmed`, `close` or `contradicted`.",
                 indicator="Of the table's row.", place="Of the table's row.",
                 period="Of the table's row.", value="The table's, as printed there.",
                 sentence="In words, naming the row.",
                 table_source="Id of the table's source.",
                 table_licence="Licence of the table."),
        *RESTS_ON,
    )  # fmt: skip
    licences = {source.id: source.licence for source in archive.release.evidence.sources}
    rows: list[Row] = [
        (c.claim, c.verdict, c.indicator, c.place, c.period, c.value, c.sentence, c.source,
         licences.get(c.source), *_rests_on(archive, (c.claim,)))
        for c in archive.release.knowledge.corroborations
    ]  # fmt: skip
    return _table("corroborations", "Claims held against indicator tables", columns, (), rows)


def _stages(archive: Archive) -> Table:
    columns = (
        *strings(place="ISO 3166-1 alpha-3 code; empty if none is told.",
                 sector="Id; empty if no word tells it.",
                 stage="`announced`, `pilot`, `in_use`, `scaled`, `cancelled`; empty if untold."),
        *integers(stories="Stories that tell the initiatives; copies count once."),
        *strings(claims="Ids of the claims, joined by a space."),
        *RESTS_ON,
    )  # fmt: skip
    views = archive.release.knowledge.views.get(ALL, Views())
    rows: list[Row] = [
        (cell.place, cell.sector, cell.stage, cell.stories, " ".join(cell.claims),
         *_rests_on(archive, cell.claims))
        for cell in views.stages
    ]  # fmt: skip
    title = "Initiatives by place, sector and stage"
    return _table("initiative-stages", title, columns, (), rows)


def _attention(archive: Archive) -> Table:
    columns = (
        *strings(place="ISO 3166-1 alpha-3 code, or `all`.",
                 month="`2026-04`; empty for documents that state no month."),
        *integers(stories="Stories first told in it: this is attention.",
                  articles="Documents of it, each copy counted that is not the same to the byte.",
                  claims="Claims in them."),
    )  # fmt: skip
    rows: list[Row] = [
        (place, one.month, one.stories, one.articles, len(one.claims))
        for place, views in archive.release.knowledge.views.items()
        for one in views.attention
    ]
    return _table("attention", "Stories by month", columns, (), rows)


def _promises(archive: Archive) -> Table:
    columns = (
        *strings(date="ISO to the precision stated, after the newest document.",
                 claim="Id of the claim.",
                 places="ISO 3166-1 alpha-3 codes, joined by a space."),
        *RESTS_ON,
    )  # fmt: skip
    views = archive.release.knowledge.views.get(ALL, Views())
    rows: list[Row] = [
        (p.date, p.claim, " ".join(p.places), *_rests_on(archive, (p.claim,)))
        for p in views.promises
    ]
    return _table("promises", "What is promised next", columns, ("claim",), rows)
