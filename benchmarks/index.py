"""The index on a published one: its scores, its files, and what 1,000 runs cost.

    python benchmarks/index.py --asem DIR

DIR holds the ASEM tables of the package COINr (ASEM_iData.csv, ASEM_iMeta.csv), which are not in
the project. The spec is written from them; `uptake index` computes it as anybody would.
"""

import argparse
import csv
import json
import shutil
import tempfile
import time
from pathlib import Path

from uptake.flow.index import write_index

EXPECTED = {"CHE": (1, 68.38), "KAZ": (47, 39.03)}
"""Rank and score as published."""

LIMIT = 10.0
"""Seconds on two cores: the target."""

TAIL = """
[steps]
impute = "group_mean"
treat = "winsorise"
[uncertainty]
runs = 1000
weight_noise = 0.25
imputed = true
[uncertainty.choices]
impute = ["mean"]
winmax = [1]
normalise = ["z", "rank"]
weights = ["equal", "pca"]
"""


def spec_of(folder: Path) -> str:
    """Return the spec that the table of indicators describes."""
    with (folder / "ASEM_iMeta.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    lines = [
        'title = "Sustainable connectivity"',
        '[table]\nfile = "ASEM_iData.csv"\nplace = "uCode"\nname = "uName"',
        'group = "EurAsia_group"',
    ]
    for row in rows:
        if row["Type"] not in ("Indicator", "Aggregate"):
            continue
        table = "indicators" if row["Type"] == "Indicator" else "aggregates"
        lines.append(f"[[{table}]]\ncode = {json.dumps(row['iCode'])}")
        lines.append(f"name = {json.dumps(row['iName'])}")
        if row["Parent"]:
            lines.append(f"parent = {json.dumps(row['Parent'])}")
        if table == "indicators":
            lines.append(f"direction = {1 if float(row['Direction']) > 0 else -1}")
            lines.append(f"weight = {float(row['Weight'])}\ntarget = {float(row['Target'])}")
            if row["Denominator"]:
                lines.append(f"denominator = {json.dumps(row['Denominator'])}")
    return "\n".join(lines) + TAIL


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--asem", type=Path, required=True, metavar="DIR")
    folder: Path = parser.parse_args().asem
    with tempfile.TemporaryDirectory() as scratch:
        place = Path(scratch)
        shutil.copy(folder / "ASEM_iData.csv", place)
        (place / "asem.toml").write_text(spec_of(folder), encoding="utf-8")
        began, used = time.perf_counter(), time.process_time()
        done = write_index(place / "asem.toml", place / "out", progress=lambda *_: None)
        wall, processor = time.perf_counter() - began, time.process_time() - used
        with (place / "out" / "results.csv").open(encoding="utf-8", newline="") as file:
            top = list(csv.DictReader(file))
        print(done.said)
        files = sorted(p.relative_to(place / "out") for p in (place / "out").rglob("*.*"))
        print("wrote", ", ".join(map(str, files)))
        index = top[0]["name"]
        for code, (rank, score) in EXPECTED.items():
            row = next(r for r in top if (r["place"], r["name"]) == (code, index))
            found = int(row["rank"]), round(float(row["score"]), 2)
            ends = f"rank interval {row['rank_low']} to {row['rank_high']}"
            verdict = "as published" if found == (rank, score) else f"PUBLISHED {rank}, {score}"
            print(f"{code}: rank {found[0]}, score {found[1]:.2f} ({ends}): {verdict}")
        met = "met" if wall < LIMIT else "MISSED"
        print(f"{wall:.1f} s, {processor:.1f} s of processor time; target {LIMIT:.0f} s: {met}")


if __name__ == "__main__":
    main()
