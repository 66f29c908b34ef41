"""Rows of one message each -> conversations, one for each person's thread in a tree."""

from collections import OrderedDict
from collections.abc import Iterator, Sequence

import msgspec

from uptake.model.conversation import Conversation, Person, Turn
from uptake.read.record import NOBODY, Cursor, MessageRow
from uptake.read.tree import Node, grown, pruned


class Window:
    """Rows held until their conversation is complete, within a bound on their text.

    Rows of one conversation usually stand together, but a shuffled file gives the same
    conversations as long as it fits into the window. Beyond it the conversation that was begun
    first is closed, so that memory stays constant; its late rows form a further conversation of
    the same id: no message is lost, only context.
    """

    def __init__(self, limit: int) -> None:
        """Hold at most ``limit`` characters of text."""
        self._limit = limit
        self._held = 0
        self._groups: OrderedDict[str, list[MessageRow]] = OrderedDict()

    def add(self, row: MessageRow) -> Iterator[list[MessageRow]]:
        """Take a row; yield the groups that had to be closed to make room."""
        self._groups.setdefault(row.conversation, []).append(row)
        self._held += _size(row)
        while self._held > self._limit and self._groups:
            _, group = self._groups.popitem(last=False)
            self._held -= sum(map(_size, group))
            yield group

    def rest(self) -> Iterator[list[MessageRow]]:
        """Yield all that is still held."""
        groups, self._groups, self._held = self._groups, OrderedDict(), 0
        yield from groups.values()


def _size(row: MessageRow) -> int:
    return len(row.text) + 256  # the object itself, roughly


def threads(rows: Sequence[MessageRow], cursor: Cursor) -> Iterator[Conversation]:
    """Cut the rows of one tree into one conversation for each person who prompts in it.

    A turn of another person can not stand in a person's conversation, where it would count as
    theirs: it is passed through, so that the assistant's turns above it remain as context.
    Rows without parents follow each other by time, or as they stand if one has no time.
    """
    cursor.offset = min(row.offset for row in rows)
    rows = _ordered(rows)
    nodes = _linked(rows)
    people: dict[str | None, Person] = {}
    for row in rows:
        if row.role == "user":
            people[row.person.id] = _joined(people.get(row.person.id, NOBODY), row.person)
    if not people:
        cursor.warn("no-user-message")
    shared = len(people) > 1
    for person in people.values():
        turns = grown(nodes if not shared else _of(person.id, rows, nodes), cursor)
        yield from _conversation(rows, person, pruned(turns) if shared else turns, cursor)


def _conversation(
    rows: Sequence[MessageRow], person: Person, turns: tuple[Turn, ...], cursor: Cursor
) -> tuple[Conversation, ...]:
    key = rows[0].conversation
    mine = [row for row in rows if row.role == "user" and row.person.id == person.id]
    own = not all(row.person.id == person.id for row in rows if row.role == "user")
    language = next((row.language for row in mine if row.language), None)
    starts = [row.time for row in mine if row.time is not None]
    return cursor.conversation(
        f"{key} {person.id or ''}" if own else key,
        person,
        turns,
        min(starts) if starts else None,
        language,
    )


def _ordered(rows: Sequence[MessageRow]) -> list[MessageRow]:
    """Return the rows by time where all have one, so that a shuffled file gives the same."""
    ordered = list(rows)
    if all(row.time is not None for row in rows):
        ordered.sort(key=lambda row: row.time or 0.0)
    return ordered


def _name(row: MessageRow) -> str:
    return row.id or f"row {row.offset}"


def _linked(rows: Sequence[MessageRow]) -> list[Node]:
    """Return the rows as nodes; rows of a table without parents follow each other."""
    parents = [row.parent for row in rows]
    if not any(parents):
        parents = [None, *(_name(row) for row in rows[:-1])]
    return [
        Node(_name(row), parent, row.role, row.text, row.time, bool(row.id))
        for row, parent in zip(rows, parents, strict=True)
    ]


def _of(id_: str | None, rows: Sequence[MessageRow], nodes: list[Node]) -> list[Node]:
    """Return the nodes with the prompts of everybody else passed through."""
    others = {_name(row) for row in rows if row.role == "user" and row.person.id != id_}
    return [Node(node.id, node.parent) if node.id in others else node for node in nodes]


def _joined(known: Person, more: Person) -> Person:
    """Add what a further row states of the same person; what came first stays."""
    if known is NOBODY or known == more:
        return more
    gaps = {
        field: value
        for field, value in msgspec.structs.asdict(more).items()
        if getattr(known, field) is None
    }
    return msgspec.structs.replace(known, **gaps)
