"""The country report: what a place's people use assistants for, who they are, how much per head.

A sentence a subject, each figure with its interval, in the form in which such figures are quoted:
"42% asking (39-45), 32% doing (29-35), 26% expressing (23-29)."
"""

from collections.abc import Callable, Iterator

from uptake.model.estimate import Estimate
from uptake.model.perhead import HeadRow, PerHead
from uptake.publish import changes, numbers
from uptake.publish.edition import Edition
from uptake.publish.grid import Grid, Printed, marked, printed
from uptake.publish.slices import Mark, Where
from uptake.publish.titles import listed
from uptake.publish.women_and_men import mix_of

Sentence = tuple[str, str]
"""What a sentence is on, and the sentence."""

UNPLACED = ("all", "unknown")


def sentences(edition: Edition, where: Where) -> list[Sentence]:
    """Return the sentences on one group; a subject of which nothing was computed has none."""
    made: list[tuple[str, Callable[[Edition, Where], str]]] = [
        ("What messages want", _intent),
        ("What they are about", _topics),
        ("Age of who sends them", _ages),
        ("Gender of who sends them", _genders),
        ("Usage per head", _heads),
        ("What changed", _changes),
    ]
    found = [(title, write(edition, where)) for title, write in made]
    return [(title, sentence) for title, sentence in found if sentence]


def of_places(edition: Edition) -> Iterator[tuple[str, list[Sentence]]]:
    """Yield each located place of which anything is published, with its sentences."""
    for place in edition.slices.values("place"):
        shown = edition.slices.cells("intent", Where(place))
        if place in UNPLACED or all(isinstance(cell, Mark) for _, cell in shown):
            continue
        found = sentences(edition, Where(place))
        if found:
            yield place, found


def grids(edition: Edition) -> list[tuple[str, Grid]]:
    """Return each place's name and its sentences."""
    return [
        (edition.titles.place(place), made)
        for place, _ in of_places(edition)
        if (made := place_grid(edition, Where(place)))
    ]


def population_note(edition: Edition) -> str:
    """Say which population figures usage is set in relation to."""
    heads = shown_heads(edition)
    if heads is None:
        return ""
    titles = {source.id: source.producer for source in edition.release.evidence.sources}
    usage = "usage whose place is known" if heads.denominator == "located" else "all usage"
    return f"{titles.get(heads.source, heads.source)}, {heads.period}; shares are of {usage}"


def place_grid(edition: Edition, where: Where) -> Grid | None:
    """Lay the sentences of one place out, a row a subject."""
    found = sentences(edition, where)
    if not found:
        return None
    rows = tuple((title, (Printed(sentence),)) for title, sentence in found)
    return Grid(f"Country report, {edition.group_title(where)}", ("Subject", "In words"), rows)


def _shares(edition: Edition, facet: str, where: Where, most: int) -> list[str]:
    """Write the shares of a facet, the largest first where not all are written."""
    cells = edition.slices.cells(facet, where)
    known = [(value, cell) for value, cell in cells if cell is not Mark.NOT_PUBLISHED]
    if len(known) > most:
        shown = [(v, c) for v, c in known if isinstance(c, Estimate)]
        known = list(sorted(shown, key=lambda pair: -pair[1].value)[:most])
    return [f"{_share(c)} {edition.titles.value(facet, v).lower()}" for v, c in known]


def _share(cell: Estimate | Mark) -> str:
    return marked(cell).meaning if isinstance(cell, Mark) else numbers.share(cell)


def _intent(edition: Edition, where: Where) -> str:
    parts = _shares(edition, "intent", where, 9)
    return f"{', '.join(parts)}." if parts else ""


def _topics(edition: Edition, where: Where) -> str:
    parts = _shares(edition, "topic_group", where, 3)
    return f"Most of all {listed(parts)}." if parts else ""


def _ages(edition: Edition, where: Where) -> str:
    cells = edition.slices.cells("age_band", where)
    found = [(v, c) for v, c in cells if isinstance(c, Estimate) and v not in {"unknown"}]
    top = sorted(found, key=lambda pair: -pair[1].value)[:2]
    if not top:
        return ""
    (band, first), *others = top
    told = f"{numbers.share(first)} of messages come from people aged {_band(edition, band)}"
    rest = [f"{numbers.share(c)} from those aged {_band(edition, v)}" for v, c in others]
    return ", ".join([told, *rest]) + "."


def _band(edition: Edition, value: str) -> str:
    return edition.titles.value("age_band", value).lower()


def _genders(edition: Edition, where: Where) -> str:
    mix = mix_of(edition, where.place)
    if mix is None or mix.women is None or mix.unknown is None:
        return _uncorrected(edition, where, mix.reason if mix else "")
    return (
        f"Of people whose name tells, {numbers.share(mix.women)} are women, corrected for names "
        f"that mislead; {numbers.share(mix.unknown)} of people have a name that does not tell."
    )


def _uncorrected(edition: Edition, where: Where, reason: str) -> str:
    """Return what was counted, said to be uncorrected where a correction was refused."""
    cells = dict(edition.slices.cells("gender", where))
    found = {v: c for v, c in cells.items() if isinstance(c, Estimate)}
    if not {"feminine", "masculine"} <= set(found):
        return f"Not given: {reason}." if reason else ""
    women, men = found["feminine"], found["masculine"]
    told = (
        f"{numbers.share(women)} of messages come from people whose stated gender or name is "
        f"feminine, {numbers.share(men)} from masculine ones"
    )
    told += "" if not reason else f", not corrected for names that mislead ({reason})"
    unknown = found.get("unknown")
    return f"{told}; {numbers.share(unknown)} tell neither." if unknown else f"{told}."


def heads_grid(edition: Edition) -> Grid | None:
    """Lay usage per head out, a row a place, and usage without a place."""
    heads = shown_heads(edition)
    if heads is None or not heads.rows:
        return None
    rows = tuple(
        (
            edition.titles.value("place", row.place),
            (
                _printed(row.share),
                Printed(numbers.count(row.population)) if row.population else Printed("–"),
                Printed("–") if not row.population
                else Printed(times(row.index)) if row.index else marked(Mark.WITHHELD),
                *(
                    marked(Mark.WITHHELD) if n is None else Printed(numbers.count(n))
                    for n in (row.people, row.conversations)
                ),
            ),
        )
        for row in heads.rows
    )  # fmt: skip
    head = ("Place", "Share of messages", "People aged 15 to 64", "Per head",
            f"People{edition.monthly}", "Conversations")  # fmt: skip
    return Grid("Usage per head; 1 is the places' average", head, rows)


def _printed(share: Estimate | None) -> Printed:
    return Printed("–") if share is None else printed(share)


def _changes(edition: Edition, where: Where) -> str:
    return changes.sentence(edition, where.place)


def shown_heads(edition: Edition) -> PerHead | None:
    """Return the index under the treatment that pages show: the release's first."""
    return next(iter(edition.release.per_head), None)


def head_row(edition: Edition, place: str) -> HeadRow | None:
    """Return a place's row of it."""
    heads = shown_heads(edition)
    return next((row for row in heads.rows if row.place == place), None) if heads else None


def times(ratio: Estimate) -> str:
    """Write how many times as much, ``1.46 (1.30-1.63)``.

    >>> times(Estimate(1.463, 1.302, 1.634, 0.95, 900, "sampling"))
    '1.46 (1.30–1.63)'
    """
    return f"{ratio.value:.2f} ({ratio.low:.2f}–{ratio.high:.2f})"


def _heads(edition: Edition, where: Where) -> str:
    heads, row = shown_heads(edition), head_row(edition, where.place)
    if heads is None or row is None or len(heads.rows) < 2:
        return ""
    if row.index is None:
        conversations, people = heads.floor
        return (
            f"Not computed: an index needs {conversations} conversations and {people} people."
            if row.population
            else ""
        )
    told = f"Per person of working age {times(row.index)} times the places' average"
    others = [
        f"{times(ratio)} times {edition.titles.place(other)}"
        for one, other, ratio in heads.ratios
        if one == where.place
    ]
    return f"{told}; {', '.join(others)}." if others else f"{told}."
