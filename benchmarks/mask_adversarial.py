"""Masking measured on identifiers in disguise: recall and precision by type, language and disguise.

    python benchmarks/mask_adversarial.py [--half open|closed] [--missed]

An identifier counts as found if of what was marked no letter and no digit is left but two, and all
that stands around it is. A placeholder counts as wrong if it stands where nothing is marked.
"""

import argparse
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from uptake.pseudonymise.mask import mask_all

SET = Path(__file__).parents[1] / "tests" / "data" / "masking" / "adversarial.jsonl"
_PLACEHOLDER = re.compile(r"<[A-Z0-9_]+>")


class Case(NamedTuple):
    """A text, its identifier (type, start, end) if it has one, and how it is written."""

    text: str
    kind: str
    start: int
    end: int
    language: str
    disguise: str
    half: str


class Outcome(NamedTuple):
    """Whether an identifier is gone, and which placeholders stand where none is marked."""

    case: Case
    gone: bool
    wrong: tuple[str, ...]


def cases(half: str = "") -> list[Case]:
    found = []
    for line in SET.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        start, end, kind = row["spans"][0] if row["spans"] else (0, 0, "")
        found.append(Case(row["text"], kind, start, end, *(row[k] for k in Case._fields[4:])))
    return [case for case in found if half in ("", case.half)]


def outcomes(given: Iterable[Case]) -> list[Outcome]:
    given = list(given)
    masked = mask_all([case.text for case in given])
    return [_outcome(case, found.text) for case, found in zip(given, masked, strict=True)]


def _outcome(case: Case, masked: str) -> Outcome:
    if not case.kind:
        return Outcome(case, gone=False, wrong=tuple(_PLACEHOLDER.findall(masked)))
    before, after = case.text[: case.start], case.text[case.end :]
    inside = masked.removeprefix(before).removesuffix(after)
    left = re.sub(r"[\W_]", "", _PLACEHOLDER.sub("", inside))
    return Outcome(case, gone=len(left) <= 2, wrong=())


def recall(found: Iterable[Outcome], *by: str) -> dict[str, tuple[int, int]]:
    """Return for each value of some fields how many of how many identifiers are gone."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for outcome in found:
        if outcome.case.kind:
            name = " ".join(getattr(outcome.case, field) for field in by)
            counts[name][0] += outcome.gone
            counts[name][1] += 1
    return {name: (right, of) for name, (right, of) in sorted(counts.items())}


def precision(found: Iterable[Outcome]) -> dict[str, tuple[int, int]]:
    """Return for each type how many of its placeholders stand where something is marked."""
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for outcome in found:
        if outcome.gone:
            right[f"<{outcome.case.kind}>"] += 1
        wrong.update(outcome.wrong)
    return {
        kind.strip("<>"): (right[kind], right[kind] + wrong[kind]) for kind in sorted(right | wrong)
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--half", choices=["open", "closed"], default="")
    parser.add_argument("--missed", action="store_true", help="print what is missed (open half)")
    given = parser.parse_args()
    found = outcomes(cases(given.half))
    for by in (("kind",), ("kind", "language"), ("disguise",), ("half",)):
        print("recall by " + " and ".join(by))
        for name, (right, of) in recall(found, *by).items():
            print(f"  {name:24} {right / of:.3f} of {of}")
    print("precision by type")
    for name, (right, of) in precision(found).items():
        print(f"  {name:24} {right / of:.3f} of {of}")
    if given.missed:
        for case, gone, wrong in found:
            if case.half == "open" and (wrong or (case.kind and not gone)):
                print(f"  {case.disguise:14} {case.text!r} {' '.join(wrong)}")


if __name__ == "__main__":
    main()
