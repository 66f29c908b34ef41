"""What is left of the figures behind the noise of public mode, by the size of the population.

    python benchmarks/private.py [--people 1000,10000,100000] [--cells 12] [--messages 10]
                                 [--people-noise 21] [--messages-noise 130]
    python benchmarks/private.py --speed [--months 18]

A month of labelled messages is drawn (seven places, seven age bands, three genders; numbers of
messages geometric with mean 6; each person has topics and intents of his or her own), bounded,
counted, given noise and laid out as a build does. Against the same table counted exactly it says,
by split: the share of cells published, the median and the 95th percentile of the error of shares
of messages in points, how often the 95% interval holds the exact share, and how many empty cells
are published. Also how long it takes and how much memory.

With ``--speed`` it carries 1,000,000 messages of one month, and then as many spread over several,
from a Parquet file through the whole door (counted, paid for in a ledger, given noise, stored, laid
out, estimated) and says how long that takes, beside reading the file and sorting its people.
"""

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from uptake.catalog import facet
from uptake.estimate import estimate
from uptake.model.estimate import Estimates
from uptake.model.joint import KeySpace
from uptake.model.labels import LANGUAGES, SCHEMA
from uptake.model.releasedcells import ReleasedCells
from uptake.protect import public
from uptake.protect.layout import cells, stacked
from uptake.protect.noisy import Noisy, Parameters, add_noise
from uptake.tally.joint import joint, joint_table

PLACES = ("KAZ", "UZB", "KGZ", "TJK", "TKM", "AZE", "unknown")
AGES = ("18-24", "25-34", "35-44", "45-54", "55-64", "65+", "unknown")
GENDERS = ("feminine", "masculine", "unknown")
SPLITS = ((), ("place",), ("age_band",), ("gender",), ("place", "age_band"), ("place", "gender"))
MEAN_MESSAGES = 6
EXACT = Parameters(10**6, 10**6, *[1e-9] * 7)


def keys() -> KeySpace:
    """Return the key space of the example region."""
    groups = tuple(group.id for group in facet("topic").groups)
    named = {name: facet(name).ids for name in ("intent", "work", "topic")}
    return KeySpace(PLACES, AGES, GENDERS, {**named, "topic_group": groups, "language": LANGUAGES})


def month(people: int, rng: np.random.Generator) -> pa.Table:
    """Draw the labels of one month."""
    sent = rng.geometric(1 / MEAN_MESSAGES, people)
    user = np.repeat(np.arange(people), sent)
    n = len(user)

    def of_person(values: tuple[str, ...], share: list[float]) -> pa.Array:
        drawn = rng.choice(len(values), people, p=np.array(share) / sum(share))
        return coded(drawn[user], values)

    def of_message(values: tuple[str, ...], mean: np.ndarray) -> np.ndarray:
        taste = rng.dirichlet(3 * mean / mean.sum() * len(mean), people)
        edges = taste.cumsum(axis=1)[user]
        return (rng.random(n)[:, None] > edges).sum(axis=1).clip(0, len(values) - 1)

    topics, intents, works = (facet(name) for name in ("topic", "intent", "work"))
    topic = of_message(topics.ids, rng.dirichlet(np.ones(len(topics.ids))))
    groups = tuple(group.id for group in topics.groups)
    group_of = np.array([groups.index(value.group) for value in topics.values])
    columns = {
        "bucket": (user % 16).astype(np.uint8),
        "user": binary(user),
        "user_known": np.ones(n, dtype=bool),
        "conversation": binary(np.arange(n) // 2),
        "message": binary(np.arange(n)),
        "time": np.arange(n),
        "month": np.full(n, 202504, dtype=np.int32),
        "place": of_person(PLACES, [30, 30, 8, 6, 3, 18, 5]),
        "age_band": of_person(AGES, [36, 30, 14, 8, 4, 2, 6]),
        "gender": of_person(GENDERS, [46, 48, 6]),
        "language": of_person(LANGUAGES, [10, 40, 15, 15, 5, 4, 2, 8, 1, 1]),
        "intent": coded(of_message(intents.ids, np.array([45.0, 33, 22])), intents.ids),
        "work": coded(of_message(works.ids, np.array([30.0, 20, 50])), works.ids),
        "topic": coded(topic, topics.ids),
        "topic_group": coded(group_of[topic], groups),
        **{f"{name}_band": rng.integers(0, 3, n).astype(np.uint8)
           for name in ("intent", "work", "topic")},
        "language_p": np.full(n, 255, dtype=np.uint8),
    }  # fmt: skip
    made = []
    for field in SCHEMA:
        if pa.types.is_fixed_size_list(field.type):
            size = n * field.type.list_size
            flat = pa.array(np.zeros(size, dtype=np.uint8))
            made.append(pa.FixedSizeListArray.from_arrays(flat, field.type.list_size))
        else:
            value = columns[field.name]
            made.append(value if isinstance(value, pa.Array) else pa.array(value, field.type))
    return pa.Table.from_arrays(made, schema=SCHEMA)


def coded(index: np.ndarray, values: tuple[str, ...]) -> pa.Array:
    """Return a dictionary column."""
    return pa.DictionaryArray.from_arrays(pa.array(index.astype(np.int32)), pa.array(values))


def binary(number: np.ndarray) -> pa.Array:
    """Return 16-byte ids."""
    raw = np.zeros((len(number), 2), dtype=">u8")
    raw[:, 1] = number
    return pa.FixedSizeBinaryArray.from_buffers(
        pa.binary(16), len(number), [None, pa.py_buffer(raw.tobytes())]
    )


def released(table: pa.Table, parameters: Parameters, *, noise: bool) -> Estimates:
    """Carry a month through the door."""
    found = joint_table(table, keys(), parameters.bounds, os.urandom(32), ("2025-04",))
    months = {
        name: add_noise(exact, parameters) if noise else Noisy(exact.tables)
        for name, exact in found.items()
    }
    least = 10 if noise else -(10**9)
    laid = cells(stacked(months, keys()), keys(), parameters, SPLITS, least)
    return estimate(ReleasedCells(laid, "public", 10, 0, parameters.messages))


@dataclass(slots=True)
class Lost:
    """What one split loses."""

    cells: int = 0
    published: int = 0
    empty: int = 0
    spurious: int = 0
    held: int = 0
    errors: list[float] | None = None


def compared(exact: Estimates, noisy: Estimates) -> dict[str, Lost]:
    """Compare shares of messages by intent, topic and topic group, by split."""
    lost: dict[str, Lost] = {}
    for key, shown in noisy.shares.items():
        if key.measure != "message_share" or key.facet not in ("intent", "topic", "topic_group"):
            continue
        by = [d for d in ("place", "age_band", "gender") if getattr(key, d) != "all"]
        it = lost.setdefault("+".join(by) or "all together", Lost(errors=[]))
        true = exact.shares.get(key)
        it.cells += 1
        it.empty += true is None or true.value == 0
        if shown is None:
            continue
        it.published += 1
        if true is None or true.value == 0:
            it.spurious += 1
            continue
        it.held += shown.low <= true.value <= shown.high
        assert it.errors is not None
        it.errors.append(100 * abs(shown.value - true.value))
    return lost


def speed(months: int) -> None:
    """Print how long a release of a million messages takes."""
    with tempfile.TemporaryDirectory() as folder:
        labels = month(166_000, np.random.default_rng(1))
        for number in (1, months):
            place = labels.schema.get_field_index("month")
            told = pa.array(
                202401
                + np.arange(len(labels)) % number % 12
                + np.arange(len(labels)) % number // 12 * 100,
                pa.int32(),
            )
            parts = Path(folder) / f"{number}.parquet"
            pq.write_table(labels.set_column(place, "month", told), parts, row_group_size=62_500)
            asked = tuple(f"{2024 + n // 12}-{n % 12 + 1:02d}" for n in range(number))

            def door(
                parts: Path = parts, asked: tuple[str, ...] = asked, number: int = number
            ) -> None:
                here = public.Door(
                    Path(folder) / f"{number}.jsonl", Path(folder) / f"noisy {number}", "data",
                    "labels", "2026-04-14T08:00:00+00:00", 1e9,
                )  # fmt: skip
                due = public.due_months(asked, keys(), Parameters(), here)
                found = joint([parts], keys(), Parameters().bounds, os.urandom(32), due)
                noisy = public.released_months(found, keys(), Parameters(), here, asked)
                estimate(public.lay_out(noisy, keys(), Parameters(), (*SPLITS, ("month",)), 10))

            took, wall = timed(door)
            bare, _ = timed(
                lambda parts=parts: np.sort(pq.read_table(parts)["user"].to_numpy(False))
            )
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
            print(
                f"{len(labels):,} messages, {number} months: {took:.1f} s of processor, "
                f"{wall:.1f} s in all, {took / bare:.1f} times reading and sorting; {peak:.2f} GB"
            )


def timed(what: Callable[[], object]) -> tuple[float, float]:
    """Return seconds of processor of all threads, and seconds that passed."""
    own, passed = time.process_time(), time.perf_counter()
    what()
    return time.process_time() - own, time.perf_counter() - passed


def main() -> None:
    """Print a table for each population."""
    parse = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parse.add_argument("--people", default="1000,10000,100000")
    parse.add_argument("--cells", type=int, default=12)
    parse.add_argument("--messages", type=int, default=10)
    parse.add_argument("--people-noise", type=float, default=21.0)
    parse.add_argument("--messages-noise", type=float, default=130.0)
    parse.add_argument("--speed", action="store_true")
    parse.add_argument("--months", type=int, default=18)
    asked = parse.parse_args()
    if asked.speed:
        speed(asked.months)
        return
    given = Parameters(asked.cells, asked.messages, asked.people_noise, asked.messages_noise)
    for people in map(int, asked.people.split(",")):
        table = month(people, np.random.default_rng(people))
        begun = time.process_time()
        noisy = released(table, given, noise=True)
        took = time.process_time() - begun
        exact = released(table, EXACT, noise=False)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        print(
            f"{people:,} people, {len(table):,} messages: {took:.1f} s of processor, {peak:.1f} GB"
        )
        print(f"{'split':20}{'published':>10}{'median':>9}{'95th':>8}{'held':>7}{'spurious':>10}")
        for split, it in compared(exact, noisy).items():
            errors = np.array(it.errors or [np.nan])
            held = it.held / max(1, it.published - it.spurious)
            print(
                f"{split:20}{it.published / it.cells:10.0%}{np.median(errors):9.1f}"
                f"{np.percentile(errors, 95):8.1f}{held:7.0%}{it.spurious / max(1, it.empty):10.1%}"
            )


if __name__ == "__main__":
    main()
