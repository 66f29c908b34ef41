"""Trees of messages (edits, retries, other people's alternatives) -> turns with parents."""

from collections.abc import Sequence

import msgspec

from uptake.model.conversation import Role, Turn
from uptake.read.record import Cursor


class Node(msgspec.Struct, frozen=True, gc=False):
    """One node of a tree of messages.

    Attributes:
        id: Identifier within the tree.
        parent: Identifier of the node above, None for a root.
        role: Who speaks; None for a node that is passed through (root, system, tool, hidden).
        text: What was said.
        time: Seconds since 1970 in UTC.
        is_named: Whether ``id`` is the export's own and becomes that of the turn: a number that
            we gave would change with the rows before it, and hide a message read twice.
    """

    id: str
    parent: str | None
    role: Role | None = None
    text: str = ""
    time: float | None = None
    is_named: bool = True


def grown(nodes: Sequence[Node], cursor: Cursor) -> tuple[Turn, ...]:
    """Lay a tree out in the order of its record, parents before children.

    Each branch keeps its own context through ``Turn.parent``. A node whose parent is missing, or
    that follows itself, begins anew and is counted. Takes time linear in the nodes.
    """
    by_id: dict[str, Node] = {}
    for node in nodes:
        if node.id in by_id:
            cursor.warn("duplicate-message")
        else:
            by_id[node.id] = node
    turns: list[Turn] = []
    placed: dict[str, int] = {}  # node -> index of its turn, or of the nearest turn above it
    for node in by_id.values():
        if node.parent is None or node.parent in placed:
            chain = [] if node.id in placed else [node]
        else:
            chain = _unplaced_above(node, by_id, placed, cursor)
        for step in reversed(chain):
            index = placed.get(step.parent, -1) if step.parent is not None else -1
            if step.role is not None:
                name = step.id if step.is_named else ""
                turns.append(Turn(step.role, step.text, step.time, index, name))
                index = len(turns) - 1
            placed[step.id] = index
    return tuple(turns)


def _unplaced_above(
    node: Node, by_id: dict[str, Node], placed: dict[str, int], cursor: Cursor
) -> list[Node]:
    """Return the node and those above it that have no place yet, the node first."""
    chain: list[Node] = []
    seen: set[str] = set()
    while node.id not in placed:
        if node.id in seen:
            cursor.warn("broken-tree")
            break
        seen.add(node.id)
        chain.append(node)
        if node.parent is None:
            break
        above = by_id.get(node.parent)
        if above is None:
            cursor.warn("broken-tree")
            break
        node = above
    return chain


def pruned(turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
    """Leave out what nobody answered: turns of the assistant with no person's turn below them.

    >>> a, b = Turn("user", "a"), Turn("assistant", "b", parent=0)
    >>> c, d = Turn("assistant", "c", parent=0), Turn("user", "d", parent=2)
    >>> [(turn.text, turn.parent) for turn in pruned((a, b, c, d))]
    [('a', -1), ('c', 0), ('d', 1)]
    """
    kept = [turn.role == "user" for turn in turns]
    for index in range(len(turns) - 1, -1, -1):  # parents stand before children
        if kept[index] and turns[index].parent >= 0:
            kept[turns[index].parent] = True
    moved: dict[int, int] = {-1: -1}
    left: list[Turn] = []
    for index, turn in enumerate(turns):
        if kept[index]:
            moved[index] = len(left)
            left.append(Turn(turn.role, turn.text, turn.time, moved[turn.parent], turn.id))
    return tuple(left)
