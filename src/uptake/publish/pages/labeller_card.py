"""A labeller's card as texts, lists and tables, whatever it holds.

Nothing of one labeller's card is known here but one habit of such cards: a mapping with a list
``values`` may hold further lists of the same length, a figure for each value, and square lists of
lists, how often a true value was taken for another.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from uptake.publish import numbers
from uptake.publish.grid import Grid, Printed

MOST_COLUMNS = 8
"""A matrix of more values is left to the data: nobody reads it on a page."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One part of a card: a text, a list or a table under a heading."""

    title: str
    text: str = ""
    items: tuple[str, ...] = ()
    grid: Grid | None = None


def card(labeller: Mapping[str, Any]) -> list[Entry]:
    """Return the parts of a card, texts before what needs a heading of its own."""
    entries = [entry for name, value in labeller.items() for entry in _entries(_title(name), value)]
    return sorted(entries, key=lambda entry: not entry.text)


def _entries(title: str, value: Any) -> Iterator[Entry]:
    if isinstance(value, Mapping):
        yield from _mapping(title, value)
    elif isinstance(value, list | tuple):
        if value:
            yield Entry(title, items=tuple(map(said, value)))
    elif said(value):
        yield Entry(title, text=said(value))


def _mapping(title: str, value: Mapping[str, Any]) -> Iterator[Entry]:
    inner = [part for part in value.values() if isinstance(part, Mapping)]
    if inner and len(inner) == len(value):
        yield from _table(title, value)
        for name, part in value.items():
            yield from _by_value(f"{title}: {_title(name)}", part)
        return
    if inner:
        for name, part in value.items():
            joined = _title(name) if isinstance(part, Mapping) else f"{title}: {_title(name)}"
            yield from _entries(joined, part)
        return
    rows = [(_title(n), (Printed(said(v)),)) for n, v in value.items() if not isinstance(v, list)]
    if rows:
        yield Entry(title, grid=Grid(title, ("", "Value"), tuple(rows)))
    yield from _by_value(title, value)


def _table(title: str, value: Mapping[str, Mapping[str, Any]]) -> Iterator[Entry]:
    """Lay mappings out, a row each, with what is one figure as columns."""
    scalars = [
        name
        for name in dict.fromkeys(name for part in value.values() for name in part)
        if all(not isinstance(part.get(name), list | Mapping) for part in value.values())
    ]
    if not scalars:
        return
    rows = tuple(
        (_title(row), tuple(Printed(said(part.get(name))) for name in scalars))
        for row, part in value.items()
    )
    yield Entry(title, grid=Grid(title, ("", *map(_title, scalars)), rows))


def _by_value(title: str, part: Mapping[str, Any]) -> Iterator[Entry]:
    values = part.get("values")
    if not isinstance(values, list) or not values:
        return
    rest = {
        name: column
        for name, column in part.items()
        if name != "values" and isinstance(column, list) and len(column) == len(values)
    }
    plain = {n: c for n, c in rest.items() if not any(isinstance(x, list) for x in c)}
    if plain:
        rows = tuple(
            (_title(value), tuple(Printed(said(column[i])) for column in plain.values()))
            for i, value in enumerate(values)
        )
        caption = f"{title}, by value"
        yield Entry(caption, grid=Grid(caption, ("", *map(_title, plain)), rows))
    for name, column in rest.items():
        if name not in plain and len(values) <= MOST_COLUMNS:
            yield _matrix(f"{title}, {_title(name).lower()}", values, column)


def _matrix(title: str, values: Sequence[str], rows: Sequence[Sequence[Any]]) -> Entry:
    head = ("True value, and what it was taken for", *map(_title, values))
    laid = tuple(
        (_title(value), tuple(Printed(said(cell)) for cell in row))
        for value, row in zip(values, rows, strict=True)
    )
    return Entry(title, grid=Grid(title, head, laid))


def _title(name: object) -> str:
    text = str(name).replace("_", " ")
    return text[:1].upper() + text[1:]


def said(value: Any) -> str:
    """Write one value of a card.

    >>> said(0.654), said(986), said(True), said(["a", 1]), said(None)
    ('0.654', '986', 'yes', 'a, 1', '')
    """
    if isinstance(value, Mapping):
        return "; ".join(f"{_title(name)}: {said(inner)}" for name, inner in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(map(said, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.3g}" if abs(value) < 1000 else f"{value:,.0f}"
    if isinstance(value, int):
        # A seed or a year is no count.
        return numbers.count(value) if value >= 10_000 else str(value)
    return "" if value is None else str(value)
