"""From JSON lines to released shares: uptake against the usual pieces, in one run, on one input.

    python benchmarks/end_to_end.py [--messages 200000] [--jobs 2]

Three ways through the same generated messages (mean about 330 characters, nine languages):

(a) ``uptake build``: read, pseudonymise, label, count, protect, estimate, publish;
(b) py3langid for the language, TF-IDF (words 1-2, characters 2-5) with logistic regression for
    intent, work and topic: rate on a part, as it is far slower;
(c) decoding the file with msgspec and nothing else: what no pipeline can beat.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from importlib.resources import files
from pathlib import Path

import msgspec

LANGUAGES = ("en", "ru", "kk", "uz", "ky", "tg", "tk", "az", "tr")
BASELINE_MESSAGES = 4_000


def corpus() -> list[dict[str, str]]:
    rows = []
    for language in LANGUAGES:
        text = (files("uptake.catalog") / "written" / f"{language}.jsonl").read_text("utf-8")
        rows += [json.loads(line) for line in text.splitlines()]
    return rows


def generate(path: Path, messages: int, rows: list[dict[str, str]], seed: int = 7) -> int:
    """Write conversations of one to nine messages; return the bytes written."""
    random.seed(seed)
    by_language = {lang: [r["text"] for r in rows if r["lang"] == lang] for lang in LANGUAGES}
    written = number = 0
    with path.open("w", encoding="utf-8") as file:
        while number < messages:
            person = int(random.paretovariate(1.2) * 1000) % max(50, messages // 20)
            texts = by_language[LANGUAGES[person % len(LANGUAGES)]]
            start = 1_735_689_600 + random.randrange(540) * 86_400 + random.randrange(86_400)
            turns = []
            for turn in range(min(random.randint(1, 9), messages - number)):
                length = random.expovariate(1 / 215)
                text = random.choice(texts)
                while len(text) < length:
                    text += " " + random.choice(texts)
                text = f"{text[:4000]} {number}"
                turns.append({"role": "user", "content": text, "created_at": start + 60 * turn})
                turns.append({"role": "assistant", "content": "ok"})
                number += 1
            row = {
                "id": f"c{number}",
                "user": f"user-{person}@example.org",
                "created_at": start,
                "messages": turns,
                "metadata": {
                    "country": ("KZ", "UZ", "AZ")[person % 3],
                    "birth_year": 1960 + person % 48,
                },
            }
            written += file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return written


def tree_rss(root: int) -> int:
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


def timed(command: list[str]) -> tuple[float, int]:
    """Run a command; return its seconds and the peak memory of its processes."""
    peak = 0
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    done = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.1):
            peak = max(peak, tree_rss(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    _, errors = process.communicate()
    seconds = time.perf_counter() - started
    done.set()
    watcher.join()
    if process.returncode not in {0, 2}:
        raise SystemExit(errors.decode())
    return seconds, peak


def texts_of(path: Path, most: int) -> list[str]:
    found: list[str] = []
    with path.open(encoding="utf-8") as file:
        for line in file:
            found += [m["content"] for m in json.loads(line)["messages"] if m["role"] == "user"]
            if len(found) >= most:
                break
    return found[:most]


def baseline(rows: list[dict[str, str]], texts: list[str]) -> float:
    """Return messages a second of py3langid and three TF-IDF heads on these texts."""
    import py3langid
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import SGDClassifier
    from sklearn.pipeline import make_union

    features = make_union(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True),
        TfidfVectorizer(
            analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, max_features=200_000
        ),
    )
    known = features.fit_transform([r["text"] for r in rows])
    heads = [
        SGDClassifier(loss="log_loss", max_iter=5, tol=None, random_state=0).fit(
            known, [r[facet] for r in rows]
        )
        for facet in ("intent", "work", "topic")
    ]
    py3langid.classify("warm up")
    started = time.perf_counter()
    for text in texts:
        py3langid.classify(text)
    for first in range(0, len(texts), 1000):
        hashed = features.transform(texts[first : first + 1000])
        for head in heads:
            head.predict_proba(hashed)
    return len(texts) / (time.perf_counter() - started)


def decode(path: Path) -> float:
    """Return seconds to decode every line."""
    decoder = msgspec.json.Decoder()
    started = time.perf_counter()
    with path.open("rb") as file:
        for line in file:
            decoder.decode(line)
    return time.perf_counter() - started


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--messages", type=int, default=200_000)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    given = parser.parse_args()
    rows = corpus()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "observatory"
        uptake = [sys.executable, "-m", "uptake"]
        subprocess.run([*uptake, "new", str(folder)], check=True, capture_output=True)
        log = folder / "logs" / "messages.jsonl"
        size = generate(log, given.messages, rows)
        sample = texts_of(log, BASELINE_MESSAGES)
        print(
            f"{given.messages:,} messages, {size / 1e6:,.0f} MB, "
            f"mean {sum(map(len, sample)) / len(sample):.0f} characters, {given.jobs} jobs"
        )
        seconds, peak = timed([*uptake, "build", str(folder), "--jobs", str(given.jobs)])
        ours = given.messages / seconds
        theirs = baseline(rows, sample)
        raw = given.messages / decode(log)
    print(f"(a) uptake build        {ours:10,.0f} messages/s   peak {peak / 1e6:,.0f} MB")
    print(f"(b) langid + TF-IDF     {theirs:10,.0f} messages/s   (a)/(b) = {ours / theirs:.1f}")
    print(f"(c) decode only         {raw:10,.0f} messages/s   (a)/(c) = {ours / raw:.3f}")


if __name__ == "__main__":
    main()
