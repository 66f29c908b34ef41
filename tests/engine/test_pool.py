"""The pool: order kept, bounded, the same answer whatever the number of processes."""

from collections.abc import Iterator

import pytest

from uptake.engine.pool import pool

_offset: list[int] = []


def start(offset: int) -> None:
    _offset[:] = [offset]


def add(number: int) -> int:
    return number + _offset[0]


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_items(jobs: int) -> None:
    with pool(jobs, start, 100) as mapped:
        assert list(mapped(add, range(50))) == list(range(100, 150))


def test_items_are_drawn_only_as_fast_as_results_are_taken() -> None:
    drawn = 0

    def items() -> Iterator[int]:
        nonlocal drawn
        for number in range(1000):
            drawn += 1
            yield number

    with pool(2, start, 0) as mapped:
        results = mapped(add, items())
        next(iter(results))
        assert drawn <= 10
