"""Precision and recall of claims on annotated documents, by type, language and tier.

    python benchmarks/claims.py GOLDROOT... [--type indicator] [--aside DOC,DOC] [--only DOC] [-v]

Each text is read as ``uptake claims`` reads it: nothing is told of its title, date or language.
A folder GOLDROOT, or each folder in it, holds ``<doc>.txt``, ``gold.jsonl``, ``negatives.jsonl``
and ``documents.jsonl``. A claim is right if it overlaps an annotated one of its type by half of
the shorter quote and agrees in what its type must have: an indicator in value, currency, kind and
countries; an initiative in stage; a person in name. Recall is told for tiers 1 and 2; what meets a
tier-3 row counts neither way.
"""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from uptake.gather import document_claims, gather_document
from uptake.model.issue import Issue

Row = dict[str, Any]
TYPES = ("indicator", "initiative", "policy", "partnership", "event", "person", "organisation")
AGREE = {
    "indicator": ("value", "currency", "kind"),
    "initiative": ("stage",),
    "person": ("name",),
}
NO_CLAIM = {"indicator", "initiative", "event", "policy"}


def rows(path: Path) -> list[Row]:
    """Read a file of JSON lines, empty where there is none."""
    if not path.exists():
        return []
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def folders(roots: Iterable[Path]) -> list[Path]:
    """Return the folders that hold annotations."""
    found = []
    for root in roots:
        inside = [root, *(d for d in sorted(root.iterdir()) if d.is_dir())]
        found += [d for d in inside if (d / "gold.jsonl").exists()]
    return found


def number(value: object) -> object:
    """Return a number however it is written, anything else as it is."""
    try:
        return float(str(value).replace(" ", "").replace(",", ""))
    except ValueError:
        return value


def overlap(a: Row, b: Row) -> float:
    """Return the overlap of two spans as a share of the shorter one."""
    common: int = min(a["end"], b["end"]) - max(a["start"], b["start"])
    shorter: int = min(a["end"] - a["start"], b["end"] - b["start"])
    return max(0, common) / max(1, shorter)


def agrees(gold: Row, found: Row) -> str:
    """Return the first thing in which a claim differs from an annotated one, empty if none."""
    alternatives = gold.get("alternatives") or {}
    if (
        gold.get("countries")
        and sorted(found["countries"]) != sorted(gold["countries"])
        and list(found["countries"]) not in alternatives.get("countries", [])
    ):
        return "countries"
    for key in AGREE.get(gold["type"], ()):
        accepted = [gold["fields"].get(key), *alternatives.get(key, [])]
        if number(found["fields"].get(key)) not in [number(a) for a in accepted]:
            return key
    return ""


def matched(gold: Sequence[Row], found: Sequence[Row]) -> dict[int, int]:
    """Return which claim meets which annotated one, the best overlaps first, each once."""
    candidates = []
    for i, g in enumerate(gold):
        for j, p in enumerate(found):
            share = max(overlap(a, p) for a in (g, *g.get("also_at", ())))
            if p["type"] == g["type"] and share >= 0.5 and not agrees(g, p):
                candidates.append((-share, i, j))
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(candidates):
        if i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return pairs


def as_row(claim: Any) -> Row:
    """Return a claim as a row of plain values."""
    return {
        "type": claim.type,
        "start": claim.start,
        "end": claim.end,
        "quote": claim.quote,
        "countries": list(claim.countries),
        "fields": claim.fields,
    }


def tell(doc: str, gold: Sequence[Row], found: Sequence[Row], pairs: dict[int, int]) -> None:
    """Print what was missed and what should not have been found."""
    for i, g in enumerate(gold):
        if i not in pairs and g["tier"] < 3:
            near = [p for p in found if p["type"] == g["type"] and overlap(g, p) >= 0.5]
            same = [
                f"{agrees(g, p)}: {p['fields'].get('value')} {p['countries']}"
                for p in near
                if number(p["fields"].get("value")) == number(g["fields"].get("value"))
            ]
            print(f"  MISS {doc} T{g['tier']} {g['type']} {g['quote'][:100]!r}", end=" ")
            print(g["fields"].get("value"), g["countries"], g["fields"].get("kind"), same)
    for j, p in enumerate(found):
        if j not in pairs.values():
            print(f"  EXTRA {doc} {p['type']} {p['quote'][:100]!r} {p['countries']}", end=" ")
            keys = ("value", "unit", "currency", "kind", "stage", "name")
            print({k: p["fields"][k] for k in keys if p["fields"].get(k) is not None})


def score(
    folder: Path, options: argparse.Namespace, counts: dict[tuple[str, str], dict[str, int]]
) -> tuple[int, int, int]:
    """Add one folder's documents to the counts; return documents, broken quotes and bad hits."""
    gold, negatives = rows(folder / "gold.jsonl"), rows(folder / "negatives.jsonl")
    documents = broken = hits = 0
    for described in rows(folder / "documents.jsonl"):
        doc = described["doc"]
        path = folder / f"{doc}.txt"
        if not path.exists() or doc in options.aside or (options.only and doc not in options.only):
            continue
        gathered = gather_document(path, name=path.name)
        if isinstance(gathered, Issue):
            print(f"  {path.name}: {gathered.code}")
            continue
        document, text = gathered
        language = document.language
        found = [as_row(c) for c in document_claims(document, text)]
        found = [p for p in found if not options.type or p["type"] == options.type]
        mine = [g for g in gold if g["doc"] == doc and options.type in ("", g["type"])]
        mine = [g for g in mine if g["type"] != "indicator" or not g["fields"].get("qualitative")]
        documents += 1
        broken += sum(text[p["start"] : p["end"]] != p["quote"] for p in found)
        for n in (n for n in negatives if n["doc"] == doc):
            bad = [
                p
                for p in found
                if p["type"] in NO_CLAIM and n["start"] <= p["start"] and p["end"] <= n["end"]
            ]
            hits += len(bad)
            if bad and options.verbose:
                print(f"  NEGATIVE {doc} {n['quote']!r}")
        pairs = matched(mine, found)
        add(counts, language, mine, found, pairs)
        if options.verbose:
            tell(doc, mine, found, pairs)
    return documents, broken, hits


def add(
    counts: dict[tuple[str, str], dict[str, int]],
    language: str,
    gold: Sequence[Row],
    found: Sequence[Row],
    pairs: dict[int, int],
) -> None:
    """Count what was annotated, found and right by type, for a language and for all."""
    of = {j: gold[i]["tier"] for i, j in pairs.items()}
    for key in (language, "all"):
        for i, g in enumerate(gold):
            counts[g["type"], key][f"gold{g['tier']}"] += 1
            counts[g["type"], key][f"right{g['tier']}"] += i in pairs
        for j, p in enumerate(found):
            counts[p["type"], key]["found"] += of.get(j) != 3
            counts[p["type"], key]["correct"] += of.get(j) in (1, 2)


def share(part: int, whole: int) -> str:
    """Return a share with its numbers, a dash of nothing."""
    return f"{part / whole:5.2f} ({part:3d}/{whole:3d})" if whole else "    - (  0/  0)"


def main(arguments: Sequence[str]) -> int:
    """Score all documents of the folders and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("roots", nargs="+", type=Path)
    parser.add_argument("--type", default="", choices=("", *TYPES))
    parser.add_argument("--aside", default="", type=lambda s: set(s.split(",")) - {""})
    parser.add_argument("--only", default="", type=lambda s: set(s.split(",")) - {""})
    parser.add_argument("-v", "--verbose", action="store_true")
    options = parser.parse_args(arguments)
    counts: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    totals = [0, 0, 0]
    for folder in folders(options.roots):
        totals = [a + b for a, b in zip(totals, score(folder, options, counts), strict=True)]
    print(f"{'type':<14}{'lang':<6}{'precision':>16}{'recall tier 1':>18}{'recall tier 2':>18}")
    for (kind, language), n in sorted(counts.items(), key=lambda c: (c[0][0], c[0][1] == "all", c)):
        print(
            f"{kind:<14}{language:<6}{share(n['correct'], n['found']):>16}",
            f"{share(n['right1'], n['gold1']):>17}{share(n['right2'], n['gold2']):>18}",
        )
    print(f"{totals[0]} documents; quotes not verbatim: {totals[1]}; in negatives: {totals[2]}")
    return 1 if totals[1] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
