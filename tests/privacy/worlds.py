"""Logs, neighbours and planted faults that the attacks share."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import numpy as np
from tests.tally.test_joint import logs
from tests.tally.test_tally import row, table

from uptake.catalog import facet
from uptake.model.joint import Bounds, JointCells, KeySpace
from uptake.tally import joint

__all__ = ["logs"]

MONTHS = ("2025-01", "2025-02")
SECRET = b"0123456789abcdef"
Log = list[dict[str, object]]

KEYS = KeySpace(
    places=("KAZ", "UZB", "unknown"),
    age_bands=("18-24", "25-34", "unknown"),
    genders=("feminine", "masculine", "unknown"),
    facets={
        "intent": facet("intent").ids,
        "topic": facet("topic").ids,
        "language": ("kk", "ru", "other"),
    },
)

TINY = KeySpace(
    places=("KAZ", "unknown"),
    age_bands=("18-24", "unknown"),
    genders=("feminine", "unknown"),
    facets={"intent": facet("intent").ids},
)
"""So few cells that a release of them can be drawn some thousand times."""


def count(
    rows: Log, bounds: Bounds, keys: KeySpace = KEYS, module: ModuleType = joint
) -> dict[str, JointCells]:
    """Count logs by the tally, or by a module with a fault planted in it."""
    found: dict[str, JointCells] = module.joint_table(table(rows), keys, bounds, SECRET, MONTHS)
    return found


def without(rows: Log, user: int) -> Log:
    """Return the neighbour: the same logs, had one person never written."""
    return [one for one in rows if one["user"] != user.to_bytes(16, "little")]


def heavy(user: int, messages: int, first: int = 1_000_000) -> Log:
    """Return one person's month that touches as many cells as it can."""
    topics, intents = facet("topic").ids, facet("intent").ids
    return [
        row(
            user=user,
            message=first + n,
            time=n,
            topic=topics[n % len(topics)],
            intent=intents[n % len(intents)],
            language=("kk", "ru")[n % 2],
            band=n % 3,
        )
        for n in range(messages)
    ]


def crowd(people: int, seed: int = 3) -> Log:
    """Return a month of people with one to five messages each."""
    draw = np.random.default_rng(seed)
    topics, intents = facet("topic").ids[:6], facet("intent").ids
    return [
        row(
            user=user,
            message=user * 100 + n,
            time=n,
            place=("KAZ", "UZB")[user % 2],
            gender=("feminine", "masculine")[user % 3 == 0],
            age_band=("18-24", "25-34")[user % 5 == 0],
            intent=str(draw.choice(intents, p=[0.5, 0.3, 0.2])),
            topic=str(draw.choice(topics)),
            band=int(draw.integers(0, 3)),
        )
        for user in range(1, people + 1)
        for n in range(int(draw.integers(1, 6)))
    ]


@contextmanager
def planted(module: ModuleType, *changes: tuple[str, str]) -> Iterator[ModuleType]:
    """Lend a copy of a module in which each text is replaced by another: a planted fault.

    A text that is not there exactly once means that the code has changed and the fault is no
    longer planted: that fails, so that no fault is thought caught that is not there.
    """
    assert module.__file__
    source = Path(module.__file__).read_text(encoding="utf-8")
    for old, new in changes:
        assert source.count(old) == 1, f"{module.__name__}: no single {old!r} to change"
        source = source.replace(old, new)
    copy = ModuleType(f"{module.__name__}_planted")
    copy.__file__ = module.__file__
    sys.modules[copy.__name__] = copy
    try:
        exec(compile(source, copy.__name__, "exec"), vars(copy))  # noqa: S102 (our own source)
        yield copy
    finally:
        del sys.modules[copy.__name__]
