"""Claims held against indicator tables: confirmed, close or contradicted, with the row's name."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from uptake.catalog.gazetteer import place_name
from uptake.gather.knowledge.comparing import Figure
from uptake.gather.knowledge.measures import catalogued, regional
from uptake.gather.knowledge.periods import Period, days_of, overlapping, same
from uptake.gather.knowledge.said import text
from uptake.gather.knowledge.values import Bounds, rounded, step
from uptake.gather.knowledge.values import value as value_of
from uptake.model.evidence import Observation
from uptake.model.knowledge import Corroboration

CLOSE = 0.02
"""How far a value may lie from the table's, as a share of it, to be close; no rank is."""

_ORDER = {"confirmed": 0, "close": 1, "contradicted": 2}
_RANK = "rank"

Table = Mapping[tuple[str, str], Sequence[Observation]]


def corroborate(
    figures: Sequence[Figure], observations: Sequence[Observation]
) -> tuple[Corroboration, ...]:
    """Return what tables say of claims on their indicators; one verdict a claim.

    Only actual values of one place are held against a table, no rank within a region, and imputed
    rows never speak. A claim is held against the rows whose period overlaps its own, one without
    a period against those not later than its document. A row of quite the same period may
    contradict it; any other can only confirm it, since another quarter or year may be meant.
    """
    table: dict[tuple[str, str], list[Observation]] = defaultdict(list)
    for row in observations:
        if row.status == "actual":
            table[row.indicator, row.place].append(row)
    found = (_held(figure, table) for figure in figures)
    return tuple(sorted((c for c in found if c is not None), key=lambda c: c.claim))


def _held(figure: Figure, table: Table) -> Corroboration | None:
    known = catalogued(figure.claim)
    fields = figure.claim.fields
    if known is None or not known.indicator or figure.kind != "actual":
        return None
    if len(figure.claim.countries) != 1 or fields.get("breakdown") or fields.get("change"):
        return None
    if text(figure.claim, "unit") == _RANK and regional(figure.claim):
        return None
    rows = [r for r in table.get((known.indicator, figure.place), ()) if _of_time(figure, r)]
    said = [(verdict, row) for row in rows if (verdict := _verdict(figure, row))]
    said = [(v, row) for v, row in said if v != "contradicted" or _of_same_time(figure, row)]
    if not said:
        return None
    latest = max(row.period for _, row in said)
    verdict, row = min(
        said, key=lambda one: (_ORDER[one[0]], one[1].period != latest, one[1].source)
    )
    return Corroboration(
        claim=figure.claim.id,
        verdict=verdict,  # type: ignore[arg-type]  # the three words of _ORDER
        indicator=row.indicator,
        place=row.place,
        period=row.period,
        source=row.source,
        value=row.original_value,
        sentence=_sentence(figure, verdict, row),
    )


def _of_time(figure: Figure, row: Observation) -> bool:
    days = days_of(row.period)
    if days is None:
        return False
    if figure.period is not None:
        return overlapping(figure.period, Period(*days))
    written = days_of(figure.date) if figure.date else None
    return written is None or days[0] <= written[1]


def _of_same_time(figure: Figure, row: Observation) -> bool:
    days = days_of(row.period)
    return days is not None and same(figure.period, Period(*days))


def _verdict(figure: Figure, row: Observation) -> str:
    """Return the verdict of one row; empty if a bound of the table leaves it open."""
    said, stated = rounded(figure.claim), value_of(figure.claim)
    if said is None or stated is None or row.comparator not in ("=", "~"):
        return ""
    if row.unit == _RANK:
        exact = figure.exact
        return (
            "confirmed"
            if exact is not None and exact.low <= row.value <= exact.high
            else "contradicted"
        )
    half = step(row.value, row.original_value) / 2
    table = Bounds(row.value - half, row.value + half)
    if said.low <= row.value <= said.high or table.low <= stated <= table.high:
        return "confirmed"
    off = abs(row.value) * CLOSE
    return "close" if said.meets(Bounds(row.value - off, row.value + off)) else "contradicted"


def _sentence(figure: Figure, verdict: str, row: Observation) -> str:
    stated = text(figure.claim, "value_text") or figure.claim.fields.get("value")
    kept = f"{row.indicator} {row.period}, {place_name(row.place)}: {row.original_value}"
    words = {
        "confirmed": "confirmed by",
        "close": "close to",
        "contradicted": "contradicted by",
    }[verdict]
    return f"“{stated}” is {words} {kept} ({row.source})."
