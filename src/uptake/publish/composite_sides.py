"""An index -> tables of places side by side: what is known of each, and who is before whom."""

from uptake.model.composite import Cell, Composite, Side
from uptake.publish.grid import Grid, Printed
from uptake.publish.numbers import percent

SURE = 0.95
"""Share of runs from which an order counts as told apart."""

MOST = 30
"""Of more places the tables are files only: nobody reads a page of so many columns."""

GAP = "no value"


def side_by_side(found: Composite) -> Grid | None:
    """Lay indicators down and places across; a gap is said, with what stands for it."""
    if not found.sides or len(found.places) > MOST:
        return None
    rows = [(_label(one), tuple(map(_cell, one.cells))) for one in found.sides]
    there = tuple(Printed(percent(place.available) + "%") for place in found.places)
    return Grid(
        "Each indicator of each place with its interval where it has one; small: its score on the "
        "common scale",
        ("Indicator", *(place.name for place in found.places)),
        (*rows, ("Indicators that exist", there)),
    )


def _label(one: Side) -> str:
    return f"{one.name}\n{one.part}{f', {one.unit}' if one.unit else ''}"


def _cell(one: Cell) -> Printed:
    if one.value is None:
        note = f"estimated: score {one.score:.0f}" if one.score is not None else ""
        return Printed("–", meaning=GAP, note=note)
    ends = ""
    if one.low is not None and one.high is not None:
        ends = f"{short(one.low)}–{short(one.high)}"
    note = f"score {one.score:.0f}" if one.score is not None else ""
    return Printed(short(one.value), ends, note=note)


def gaps(found: Composite) -> list[tuple[str, str]]:
    """Return the indicators that nobody publishes of each place, places with most gaps first."""
    rows = []
    for at, place in enumerate(found.places):
        missing = [one.name for one in found.sides if one.cells[at].value is None]
        if missing:
            rows.append((len(missing), place.name, "; ".join(missing)))
    return [(name, said) for _, name, said in sorted(rows, key=lambda row: -row[0])]


def short(number: float) -> str:
    """Write a number with three digits that tell something.

    >>> short(15.9), short(0.90093), short(0.0291739), short(93.39), short(368641.0), short(0.0)
    ('15.9', '0.901', '0.0292', '93.4', '369,000', '0')
    """
    if number == 0:
        return "0"
    rounded = float(f"{number:.3g}")
    if abs(rounded) >= 1000:
        return f"{rounded:,.0f}"
    shown = f"{rounded:.6f}".rstrip("0").rstrip(".")
    return shown if float(shown) else f"{rounded:.2g}"


def pairs(found: Composite) -> Grid | None:
    """Lay out how often the place of a row is before that of a column."""
    ranked = [at for at, row in enumerate(found.pairs) if any(one is not None for one in row)]
    if len(ranked) < 2 or len(ranked) > MOST:
        return None
    names = [found.places[at].name for at in ranked]
    rows = tuple(
        (name, tuple(_before(found.pairs[at][other]) for other in ranked))
        for name, at in zip(names, ranked, strict=True)
    )
    return Grid(
        "Of 100 runs, how many put the place of the row before that of the column",
        ("Before", *names),
        rows,
    )


def _before(share: float | None) -> Printed:
    return Printed("·", meaning="itself") if share is None else Printed(percent(share))
