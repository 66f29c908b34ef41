"""From JSON lines to a release: uptake against the usual pieces, in one run, on one input.

    python benchmarks/end_to_end.py [--messages 200000] [--jobs 2] [--label-off]
                                    [--scaling 200000,2000000] [--dev FILE] [--no-kappa]

Three ways through the same generated messages (mean 330 characters, nine languages, answers of
the same length between them; what is counted are the messages of people):

(a) ``uptake build``: read, pseudonymise, label, count, protect, estimate, publish;
(b) py3langid for the language, TF-IDF (words 1-2, characters 2-5) with logistic regression for
    intent, work and topic: one process, on a part, as it is far slower;
(c) decoding the file with the faster of orjson and msgspec, and nothing else.

Beside each wall-clock rate stands the processor time that it took: on a machine that does other
work too, only the second can be compared between runs. ``--label-off`` builds without labelling
as well, ``--scaling`` builds at several sizes and compares time and memory, and the agreement of
(a) and (b) with labels that neither was fitted to is measured on a fifth of the packaged
messages, or of the real ones in ``--dev``.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import generator

BASELINE_MESSAGES = 4_000
HEADS = ("intent", "work", "topic")
CONFIG = """
[observatory]
title = "Benchmark"
notice = "synthetic benchmark data"
[region]
name = "Benchmark"
places = {places}
[usage]
labeller = "{labeller}"
"""


@dataclass(frozen=True)
class Run:
    """What a way through the messages took.

    Attributes:
        messages: How many it went through.
        wall: Seconds.
        processor: Seconds of all its processes, in user and system mode.
        peak: Most resident memory of all its processes together, in bytes; what they share
            is counted in each.
    """

    messages: int
    wall: float
    processor: float
    peak: int = 0

    @property
    def rate(self) -> float:
        return self.messages / self.wall

    @property
    def each(self) -> float:
        """Return microseconds of processor time a message."""
        return self.processor / self.messages * 1e6


def tree_memory(root: int) -> int:
    """Return the resident memory of a process and all below it, in bytes."""
    children: dict[int, list[int]] = {}
    sizes: dict[int, int] = {}
    page = os.sysconf("SC_PAGE_SIZE")
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text().rsplit(")", 1)[1].split()
                sizes[int(entry.name)] = int((entry / "statm").read_text().split()[1]) * page
                children.setdefault(int(stat[1]), []).append(int(entry.name))
            except (OSError, IndexError):
                continue
    total, todo = 0, [root]
    while todo:
        process = todo.pop()
        total += sizes.get(process, 0)
        todo += children.get(process, [])
    return total


def command(arguments: Sequence[str], messages: int) -> Run:
    """Run a command of uptake."""
    peak = 0
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "uptake", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"},
    )
    done = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.1):
            peak = max(peak, tree_memory(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    _, errors = process.communicate()
    wall = time.perf_counter() - started
    done.set()
    watcher.join()
    if process.returncode not in {0, 2}:
        raise SystemExit(errors.decode())
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(messages, wall, processor, peak)


def timed(work: Callable[[], object], messages: int) -> Run:
    """Run a function in this process."""
    wall, processor = time.perf_counter(), time.process_time()
    work()
    return Run(messages, time.perf_counter() - wall, time.process_time() - processor)


def decode(log: Path, messages: int) -> tuple[str, Run]:
    """Decode every line with the faster reader; return its name too."""
    import msgspec
    import orjson

    readers: dict[str, Callable[[bytes], Any]] = {
        "msgspec": msgspec.json.Decoder().decode,
        "orjson": orjson.loads,
    }

    def through(reader: Callable[[bytes], Any], most: int) -> None:
        with log.open("rb") as file:
            for number, line in enumerate(file):
                if number >= most:
                    return
                reader(line)

    tried = {n: timed(lambda r=r: through(r, 20_000), 1).processor for n, r in readers.items()}
    name = min(tried, key=lambda n: tried[n])
    return name, timed(lambda: through(readers[name], 1 << 60), messages)


Rows = list[dict[str, Any]]


class Usual:
    """(b): the pieces that one would put together without uptake."""

    def __init__(self, rows: Rows) -> None:
        import py3langid
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.linear_model import LogisticRegression
        from sklearn.pipeline import make_union

        self.language = py3langid.classify
        self.features = make_union(
            TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
            TfidfVectorizer(
                analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, max_features=200_000
            ),
        )
        known = self.features.fit_transform([row["text"] for row in rows])
        self.heads = {
            head: LogisticRegression(C=5, max_iter=60).fit(known, [row[head] for row in rows])
            for head in HEADS
        }
        self.language("warm up")

    def label(self, texts: Sequence[str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {head: [] for head in HEADS}
        for text in texts:
            self.language(text)
        for first in range(0, len(texts), 1000):
            hashed = self.features.transform(texts[first : first + 1000])
            for head, model in self.heads.items():
                best = model.predict_proba(hashed).argmax(axis=1)
                found[head] += model.classes_[best].tolist()
        return found


def held_out(dev: Path | None) -> tuple[Rows, Rows]:
    """Return the rows to learn from, and a fifth by conversation that nothing is learnt from."""
    from uptake.label import train
    from uptake.label.training.examples import conversations, folds, load, written

    own = written()
    if dev is not None:
        kept, held = train.split(load(dev))
        return [*kept, *own], held
    fold = folds(conversations(own), train.FIFTHS, train.SEED)
    kept = [row for row, number in zip(own, fold, strict=True) if number]
    return kept, [row for row, number in zip(own, fold, strict=True) if not number]


def kappas(kept: Rows, held: Rows) -> dict[str, tuple[float, float]]:
    """Return Cohen's kappa of uptake's labeller and of (b), each learnt from the same rows."""
    from sklearn.metrics import cohen_kappa_score

    from uptake.catalog import facet
    from uptake.label import train
    from uptake.label.training.examples import examples
    from uptake.label.training.validate import predict

    ours = predict(train.learn(kept, [], train.SEED), examples(held))
    theirs = Usual(kept).label([row["text"] for row in held])
    group = {value.id: value.group for value in facet("topic").values}
    found = {}
    for head in HEADS:
        truth = [row[head] for row in held]
        mine = [facet(head).ids[index] for index in ours[head].argmax(axis=1).tolist()]
        named = [(head, truth, mine, theirs[head])]
        if head == "topic":
            rough = [[group[value] for value in values] for values in (truth, mine, theirs[head])]
            named.append(("topic group", *rough))
        for name, true, a, b in named:
            found[name] = (cohen_kappa_score(true, a), cohen_kappa_score(true, b))
    return found


def observatory(folder: Path, log: Path, labeller: str) -> None:
    """Make an observatory whose only log is this file."""
    (folder / "logs").mkdir(parents=True)
    settings = CONFIG.format(places=json.dumps(generator.CODES), labeller=labeller)
    (folder / "observatory.toml").write_text(settings, encoding="utf-8")
    (folder / "logs" / "messages.jsonl").hardlink_to(log)


def built(log: Path, messages: int, jobs: int, labeller: str) -> Run:
    with tempfile.TemporaryDirectory(dir=log.parent) as scratch:
        folder = Path(scratch) / "observatory"
        observatory(folder, log, labeller)
        return command(["build", str(folder), "--jobs", str(jobs)], messages)


def verdict(name: str, value: float, limit: float, *, at_least: bool = True) -> None:
    met = value >= limit if at_least else value <= limit
    sign = ">=" if at_least else "<="
    print(f"    {'met   ' if met else 'MISSED'}  {name}: {value:,.3g} {sign} {limit:,.4g}")


def line(name: str, run: Run, more: str = "") -> None:
    peak = f"  peak {run.peak / 1e6:,.0f} MB" if run.peak else ""
    print(
        f"{name:34}{run.rate:10,.0f} messages/s  {run.processor:8,.1f} s of processor "
        f"({run.each:6.1f} us a message){peak}{more}",
        flush=True,
    )


def compare(log: Path, given: argparse.Namespace) -> None:
    """Run (a), (b) and (c) on one file."""
    messages, jobs = given.messages, given.jobs
    name, raw = decode(log, messages)
    line(f"(c) decode only, {name}", raw)
    sample = texts_of(log, BASELINE_MESSAGES)
    usual = Usual(generator.corpus())
    theirs = timed(lambda: usual.label(sample), len(sample))
    line("(b) langid + TF-IDF, one process", theirs)
    ours = built(log, messages, jobs, "shipped")
    line(f"(a) uptake build, {jobs} jobs", ours)
    verdict("(a) against (b), messages a second", ours.rate / theirs.rate, 3)
    verdict("(a) against (b), processor time", theirs.each / ours.each, 1.5)
    verdict("(a) messages a second", ours.rate, 20_000)
    print(
        f"            were {jobs} cores free for it, (a) would be bounded by "
        f"{jobs * 1e6 / ours.each:,.0f} messages/s"
    )
    if given.label_off:
        off = built(log, messages, jobs, "none")
        line(f"(a) without labelling, {jobs} jobs", off)
        verdict("(a) without labelling against (c)", off.rate / raw.rate, 0.2)
        verdict("the same by processor time", jobs * raw.each / off.each, 0.2)


def texts_of(log: Path, most: int) -> list[str]:
    found: list[str] = []
    with log.open(encoding="utf-8") as file:
        for row in file:
            found += [m["content"] for m in json.loads(row)["messages"] if m["role"] == "user"]
            if len(found) >= most:
                break
    return found[:most]


def scale(folder: Path, sizes: Sequence[int], jobs: int, labeller: str) -> None:
    """Build at several sizes; compare time and memory with those of the first."""
    runs = []
    for size in sizes:
        log = folder / f"scale-{size}.jsonl"
        generator.write(log, size)
        runs.append(built(log, size, jobs, labeller))
        log.unlink()
        line(f"(a) {size:,} messages, {labeller}", runs[-1])
    first = runs[0]
    for run in runs[1:]:
        times = run.messages / first.messages
        limit = 1.05 * times
        verdict(f"time of {times:g} times the work", run.wall / first.wall, limit, at_least=False)
        more = run.processor / first.processor
        verdict("the same by processor time", more, limit, at_least=False)
        verdict("peak memory against the first's", run.peak / first.peak, 1.1, at_least=False)
        verdict("peak memory in GB", run.peak / 1e9, 1.5, at_least=False)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--messages", type=int, default=200_000, help="0: skip the comparison")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--label-off", action="store_true", help="build without labelling as well")
    parser.add_argument("--scaling", default="", help="sizes, such as 200000,2000000")
    parser.add_argument("--dev", type=Path, help="labelled real messages, JSON lines")
    parser.add_argument("--no-kappa", action="store_true", help="do not measure agreement")
    parser.add_argument("--scratch", type=Path, help="folder for what is generated")
    given = parser.parse_args()
    sizes = [int(size) for size in given.scaling.split(",") if size]
    with tempfile.TemporaryDirectory(dir=given.scratch) as scratch:
        folder = Path(scratch)
        if given.messages:
            log = folder / "messages.jsonl"
            size = generator.write(log, given.messages)
            print(f"{given.messages:,} messages of people, {size / 1e6:,.0f} MB, {given.jobs} jobs")
            compare(log, given)
            log.unlink()
        if not given.no_kappa:
            kept, held = held_out(given.dev)
            print(f"kappa on {len(held):,} held-out messages: (a), (b)")
            for name, (a, b) in kappas(kept, held).items():
                print(f"    {'met   ' if a >= b else 'MISSED'}  {name}: {a:.3f}, {b:.3f}")
        if sizes:
            scale(folder, sizes, given.jobs, "none" if given.label_off else "shipped")


if __name__ == "__main__":
    main()
