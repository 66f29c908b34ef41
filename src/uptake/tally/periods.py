"""Two periods of the logs side by side, and what people who are in both have in each.

The difference of two shares is known better than either where the same people stand behind both:
its variance needs the sums of products over people, which no table by month can give.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from uptake.model.dimensions import TOTAL
from uptake.model.messages import NO_MONTH, month_name
from uptake.tally.rows import Ints
from uptake.tally.splits import Split
from uptake.tally.sums import Bounded, Cells, Counted, Groups

LONGEST = 3
"""Months of a period at most."""

NEGLIGIBLE = 0.005
"""A month at either end with a smaller share of the messages is taken for a mistake of clocks."""

CROSSED = ("both_messages", "both_cross", "both_before")
"""Columns of a cell's sums over people in both periods; with Y and N of this period and Yb and Nb
of the one before: sum Y Yb, sum Y Nb and sum N Yb."""


@dataclass(frozen=True, slots=True)
class Periods:
    """An earlier and a later period of equally many months.

    Attributes:
        earlier: Months as yyyymm, ascending.
        later: Likewise.
    """

    earlier: tuple[int, ...]
    later: tuple[int, ...]

    @property
    def names(self) -> tuple[str, str]:
        """Return the two as ISO 8601 intervals of months.

        >>> Periods((202501, 202502), (202601, 202602)).names
        ('2025-01/2025-02', '2026-01/2026-02')
        """
        first, second = (
            f"{month_name(p[0])}/{month_name(p[-1])}" for p in (self.earlier, self.later)
        )
        return first, second


def periods(messages: Mapping[int, int]) -> Periods | None:
    """Choose the periods to compare: the last months, and the same ones a year before.

    Where the logs do not reach back a year, the months just before. Seasons then do not cancel.

    Args:
        messages: Messages by month, yyyymm.

    Returns:
        None if there are not two months.

    >>> periods({202501: 9, 202502: 9, 202503: 9, 202504: 9}).names
    ('2025-01/2025-02', '2025-03/2025-04')
    """
    known = {month: n for month, n in messages.items() if month != NO_MONTH}
    floor = NEGLIGIBLE * sum(known.values())
    kept = [month for month in sorted(known) if known[month] > floor]
    if not kept:
        return None
    every = _calendar(kept[0], kept[-1])
    size = min(LONGEST, len(every) // 2)
    if size == 0:
        return None
    begin = len(every) - (12 if len(every) >= 12 + size else size) - size
    return Periods(tuple(every[begin : begin + size]), tuple(every[-size:]))


def _calendar(first: int, last: int) -> list[int]:
    numbers = range(first // 100 * 12 + first % 100 - 1, last // 100 * 12 + last % 100)
    return [n // 12 * 100 + n % 12 + 1 for n in numbers]


def within(bounded: Bounded, chosen: Periods) -> Bounded:
    """Return only what was written in the two periods, the period in the place of the month."""
    code = np.full(len(bounded.vocabulary.months), -1, dtype=np.int64)
    for at, months in enumerate((chosen.earlier, chosen.later)):
        code[np.isin(bounded.vocabulary.months, months)] = at
    period = code[bounded.groups.codes["month"]]
    kept = np.flatnonzero(period >= 0)
    number = np.full(len(period), -1, dtype=np.int64)
    number[kept] = np.arange(len(kept))
    groups = Groups(
        bounded.groups.person[kept],
        bounded.groups.conversation[kept],
        {**{n: c[kept] for n, c in bounded.groups.codes.items()}, "month": period[kept]},
        bounded.groups.messages[kept],
    )
    return replace(
        bounded,
        vocabulary=replace(bounded.vocabulary, periods=chosen.names),
        groups=groups,
        facets={name: _only(counted, number) for name, counted in bounded.facets.items()},
    )


def _only(counted: Counted, number: Ints) -> Counted:
    group = number[counted.group]
    kept = group >= 0
    unsure = None if counted.unsure is None else counted.unsure[:, kept]
    return Counted(group[kept], counted.value[kept], counted.messages[kept], unsure)


def crossed(periods: Bounded, split: Split, facet: str) -> Cells:
    """Sum the products of what each person has in the two periods.

    Args:
        periods: As ``within`` gives it.
        split: With ``month`` among its dimensions.
        facet: One of its facets.

    Returns:
        Cells of the later period, their sums by ``CROSSED``.
    """
    groups, counted = periods.groups, periods.facets[facet]
    cell = np.zeros(len(groups.person), dtype=np.int64)
    wide = 0
    for name in split.dimensions:
        # The later period's code is 1: people of both meet in its cells.
        part = np.ones_like(cell) if name == "month" else groups.codes[name]
        cell = (cell << periods.bits(name)) | part
        wide += periods.bits(name)
    later = groups.codes["month"]
    people, who = np.unique((groups.person << wide) | cell, return_inverse=True)
    sent = np.zeros((len(people), 2), dtype=np.int64)
    np.add.at(sent, (who, later), groups.messages)
    width = periods.bits(facet)
    pairs, which = np.unique((who[counted.group] << width) | counted.value, return_inverse=True)
    mine = np.zeros((len(pairs), 2), dtype=np.int64)
    np.add.at(mine, (which, later[counted.group]), counted.messages)
    owner = pairs >> width
    of_owner = people & ((1 << wide) - 1)
    code, place = np.unique(
        (of_owner[owner] << width) | (pairs & ((1 << width) - 1)), return_inverse=True
    )
    products = np.column_stack(
        [mine[:, 1] * mine[:, 0], mine[:, 1] * sent[owner, 0], sent[owner, 1] * mine[:, 0]]
    )
    sums = np.zeros((len(code), len(CROSSED)), dtype=np.int64)
    np.add.at(sums, place, products)
    return Cells(code, sums)


def compared(split: Split) -> bool:
    """Return whether a split's cells are compared between periods."""
    return split.dimensions in {("month",), ("place", "month")}


def facets_compared(known: tuple[str, ...]) -> tuple[str, ...]:
    """Return which facets of a split are: those that the labeller answers."""
    return tuple(n for n in known if n in {TOTAL, "intent", "work", "topic_group", "topic"})
