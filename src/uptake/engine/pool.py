"""A pool of processes behind one function: an ordered map with bounded work in flight."""

import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
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


def _begin(start: Callable[..., None], given: tuple[Any, ...]) -> None:
    """Make a process ready, and have it end with the one that it works for, however that ends.

    A killed build would otherwise leave processes behind that wait for ever, with text in memory.
    """
    parent = parent_process()
    if parent is not None:
        sentinel = parent.sentinel

        def watch() -> None:
            wait([sentinel])
            os._exit(1)

        threading.Thread(target=watch, daemon=True).start()
    start(*given)


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
        jobs, mp_context=get_context("spawn"), initializer=_begin, initargs=(start, given)
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
