"""Complementary suppression: no withheld cell follows from published sums, nor nearly.

In each sum (``sums``), the other withheld members together must be a tenth of the largest one at
least: else who has the published ones knows that one to a tenth. Where it is not so another member
is withheld that is large enough; of several the one that asks for the fewest further ones in its
own other sums, and of these the smallest: the hypercube idea (Willenborg and de Waal, Elements of
Statistical Disclosure Control, 2001, ch. 6) with a look ahead. Then all sums are attacked together
(``attack``), and where they leave no doubt of a cell, more is withheld beside it: of one that is
withheld for its own sake, and, if the owner asks for it, of any.
"""

from collections import defaultdict, deque
from collections.abc import Iterable

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from uptake.protect.attack import DOUBT, known_cells, system
from uptake.protect.sums import Linked, linked
from uptake.protect.thresholds import Attacked

Flags = NDArray[np.bool_]

ROUNDS = 8
"""Most attacks that are answered; what is still known then has nothing left that would hide it."""

_MARGIN = 1.01
"""A cell is hidden by a little more than it takes, so that rounding does not matter."""


def withhold_complements(table: pa.Table, withheld: Flags, attacked: Attacked = "small") -> Flags:
    """Return which cells to withhold: the given ones and their complements.

    Args:
        table: Cells by ``cells.SCHEMA``.
        withheld: (rows,) bool; withheld for their own sake.
        attacked: Which cells the attack of all sums together is answered for: those that are
            withheld for their own sake, or all that are withheld.

    Returns:
        (rows,) bool.
    """
    cells = linked(table)
    cover = Cover(cells)
    small = np.unique(cells.row[withheld])
    cover.withhold(small.tolist())
    asked = np.zeros(len(cells.messages), dtype=bool)
    asked[small if attacked == "small" else slice(None)] = True
    for _ in range(ROUNDS):
        hidden = cover.flags()
        told = system(cells.sums, cells.messages, hidden)
        exposed = known_cells(told, asked[told.cells], cells.split[told.cells])
        if not cover.hide(exposed.tolist()):
            break
        # more withheld cells leave more doubt: what is in doubt stays so
        asked = cover.flags() & ~hidden & (attacked == "all")
        asked[exposed] = True
    return cover.flags()[cells.row]


class Cover:
    """What is withheld so far; a class as each cell changes what its sums still hide.

    After each call every sum hides its largest withheld member, or nothing in it is left to do so.
    """

    def __init__(self, cells: Linked) -> None:
        """Begin with nothing withheld."""
        self._messages: list[int] = cells.messages.tolist()
        self._group: list[int] = cells.group.tolist()
        self._sums = cells.sums
        self._of_cell: list[list[int]] = [[] for _ in self._messages]
        for number, members in enumerate(cells.sums):
            for cell in members:
                self._of_cell[cell].append(number)
        self._in_group: defaultdict[int, list[int]] = defaultdict(list)
        for cell, group in enumerate(self._group):
            self._in_group[group].append(cell)
        self._hidden = [False] * len(self._messages)
        self._mass = [0] * len(cells.sums)  # messages of the withheld members of each sum
        self._waiting: deque[int] = deque()

    def flags(self) -> Flags:
        """Return (N,) which numbers are withheld."""
        return np.array(self._hidden, dtype=bool)

    def withhold(self, cells: Iterable[int]) -> None:
        """Withhold cells, and what hides them in each of their sums."""
        for cell in cells:
            self._withhold(cell)
        while self._waiting:
            number = self._waiting.popleft()
            while (lack := self._lack(number)) > 0 and self._add(number, lack):
                pass

    def hide(self, exposed: Iterable[int]) -> bool:
        """Withhold one cell more beside each that is known; return whether any was left.

        It goes into the sum whose other withheld members are the fewest messages. More at once
        would be faster, and would hide what the first one makes unnecessary.
        """
        found = False
        for cell in exposed:
            for number in sorted(self._of_cell[cell], key=lambda s: (self._mass[s], s)):
                if self._add(number, DOUBT * self._messages[cell]):
                    found = True
                    break
        self.withhold(())
        return found

    def _withhold(self, cell: int) -> None:
        todo = [cell]
        while todo:
            one = todo.pop()
            if self._hidden[one]:
                continue
            self._hidden[one] = True
            for number in self._of_cell[one]:
                self._mass[number] += self._messages[one]
                if self._messages[one]:
                    self._waiting.append(number)
            if self._group[one] == one:  # a cell's row names its group's size
                todo += self._in_group[one]

    def _lack(self, number: int) -> float:
        """Return how many messages a sum needs beside its largest withheld member; 0 if none."""
        largest = max((self._messages[c] for c in self._sums[number] if self._hidden[c]), default=0)
        return max(0.0, _MARGIN * DOUBT * largest - (self._mass[number] - largest))

    def _add(self, number: int, lack: float) -> bool:
        """Withhold another member of a sum, of ``lack`` messages if there is one."""
        # a withheld zero hides nothing: who knows or guesses it has the other one
        left = [c for c in self._sums[number] if not self._hidden[c] and self._messages[c] > 0]
        if not left:
            return False
        large = [c for c in left if self._messages[c] >= lack]
        large = large or [max(left, key=lambda c: (self._messages[c], c))]
        self._withhold(min(large, key=lambda c: (self._price(c), self._messages[c], c)))
        return True

    def _price(self, cell: int) -> int:
        """Return about how many more cells are withheld if this one is."""
        least = _MARGIN * DOUBT * self._messages[cell]
        bare = sum(self._mass[number] < least for number in self._of_cell[cell])
        if self._group[cell] != cell:
            return bare
        return bare + sum(
            not self._hidden[c] and self._messages[c] > 0 for c in self._in_group[cell]
        )
