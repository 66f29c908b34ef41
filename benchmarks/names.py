"""How well names are matched: F1 on labelled pairs, with the bound chosen on other groups of pairs.

    python benchmarks/names.py shared/data/documents/name-bench/contrib/name_bench/cases.csv

The table is that of OpenSanctions' nomenklatura (name_bench, MIT). Each group of cases is judged by
the bound that does best on all other groups, so no pair helps to judge itself; what the setting in
the code gives on all pairs is printed beside it.
"""

import argparse
import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from uptake.gather.knowledge.matching import SAME, similarity

BOUNDS = [round(0.40 + 0.01 * step, 2) for step in range(56)]


@dataclass(frozen=True)
class Pair:
    group: str
    kind: str
    matches: bool
    score: float


def read(path: Path) -> list[Pair]:
    with path.open(encoding="utf-8", newline="") as file:
        return [_pair(row) for row in csv.DictReader(file)]


def _pair(row: dict[str, str]) -> Pair:
    kind = "person" if row["schema"] == "Person" else "organisation"
    score = similarity(row["name1"], row["name2"], kind)
    return Pair(row["case_group"], kind, row["is_match"] == "true", score)


def f1(pairs: Sequence[Pair], said: Sequence[bool]) -> float:
    right = sum(p.matches and s for p, s in zip(pairs, said, strict=True))
    return 2 * right / max(1, sum(p.matches for p in pairs) + sum(said))


def best_bound(pairs: Sequence[Pair]) -> float:
    return max(BOUNDS, key=lambda bound: f1(pairs, [p.score >= bound for p in pairs]))


def out_of_fold(pairs: Sequence[Pair]) -> tuple[list[bool], dict[str, float]]:
    """Return what is said of each pair by the bound of the other groups, and these bounds."""
    groups = sorted({p.group for p in pairs})
    bounds = {g: best_bound([p for p in pairs if p.group != g]) for g in groups}
    return [p.score >= bounds[p.group] for p in pairs], bounds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", type=Path)
    pairs = read(parser.parse_args().cases)
    said, bounds = out_of_fold(pairs)
    fixed = [p.score >= SAME for p in pairs]
    print(f"{len(pairs)} pairs, {sum(p.matches for p in pairs)} of them the same")
    print(f"F1 out of fold {f1(pairs, said):.3f}; at {SAME} {f1(pairs, fixed):.3f}")
    for group in bounds:
        own = [n for n, p in enumerate(pairs) if p.group == group]
        part = f1([pairs[n] for n in own], [said[n] for n in own])
        print(f"  {group:20} {len(own):4} pairs  bound {bounds[group]:.2f}  F1 {part:.3f}")


if __name__ == "__main__":
    main()
