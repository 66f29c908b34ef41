"""A pool of processes behind one function: an ordered map with bounded work in flight."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from typing import Any, Protocol, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


class OrderedMap(Protocol):
    """Apply a function to each item; results come in the order of the items."""

    def __call__(
        self, function: Callable[[Item], Result], items: Iterable[Item]
    ) -> Iterator[Result]:
        """Yield a result an item. At most a few items a process are held at a time."""
        ...


def _here(function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    return map(function, items)


@contextmanager
def pool(jobs: int, start: Callable[..., None], *given: Any) -> Iterator[OrderedMap]:
    """Open a pool of ``jobs`` processes; one job works in this process.

    Args:
        jobs: Processes.
        start: Runs once in each process before its first item, with ``given``.
        given: Arguments of ``start``; they are pickled.
    """
    if jobs <= 1:
        start(*given)
        yield _here
        return
    # spawn: DuckDB and Arrow run threads, and a fork among threads may deadlock.
    with ProcessPoolExecutor(
        jobs, mp_context=get_context("spawn"), initializer=start, initargs=given
    ) as executor:

        def mapped(function: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
            waiting: deque[Future[Result]] = deque()
            for item in items:
                waiting.append(executor.submit(function, item))
                if len(waiting) > 2 * jobs:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

        yield mapped
