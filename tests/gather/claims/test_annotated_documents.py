"""Claims of documents written for this project, against their annotations: floors by type."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from uptake.gather import document_claims, gather_document
from uptake.model.issue import Issue

FOLDER = Path(__file__).parents[2] / "data" / "documents"
SIDES = ("indicator", "initiative", "policy", "partnership", "event", "person")
FLOORS = {
    "indicator": (0.88, 0.86),
    "initiative": (0.72, 0.70),
    "policy": (0.80, 0.88),
    "partnership": (0.80, 0.85),
    "event": (0.85, 0.85),
    "person": (0.84, 0.86),
}
"""Recall of tier 1 and precision that must hold on all documents together."""

Row = dict[str, Any]


def rows(name: str) -> list[Row]:
    return [json.loads(line) for line in (FOLDER / name).read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def found() -> list[Row]:
    out: list[Row] = []
    for path in sorted(FOLDER.glob("*.txt")):
        gathered = gather_document(path, name=path.name)
        assert not isinstance(gathered, Issue)
        document, text = gathered
        for claim in document_claims(document, text):
            assert text[claim.start : claim.end] == claim.quote
            out.append(
                {
                    "doc": path.stem,
                    "type": claim.type,
                    "start": claim.start,
                    "end": claim.end,
                    "countries": list(claim.countries),
                    "fields": claim.fields,
                }
            )
    return out


def number(value: object) -> object:
    text = str(value).replace(" ", "").replace(",", "")
    try:
        return float(text)
    except ValueError:
        return value


def overlap(one: Row, other: Row) -> float:
    shared = min(one["end"], other["end"]) - max(one["start"], other["start"])
    shorter: int = min(x["end"] - x["start"] for x in (one, other))
    return max(0, int(shared)) / max(1, shorter)


def agrees(gold: Row, claim: Row) -> bool:
    """Whether a claim says what an annotation says, or one of its other readings."""
    told: Row = gold.get("alternatives") or {}

    def same(key: str) -> bool:
        stated = claim["fields"].get(key)
        honest = [gold["fields"].get(key), *told.get(key, [])]
        return any(number(stated) == number(one) for one in honest)

    places = [gold.get("countries") or [], *told.get("countries", [])]
    if gold.get("countries") and sorted(claim["countries"]) not in [sorted(p) for p in places]:
        return False
    keys = {
        "indicator": ("value", "currency", "kind"),
        "initiative": ("stage",),
        "person": ("name",),
    }
    return all(same(key) for key in keys.get(gold["type"], ()))


def matched(gold: list[Row], claims: list[Row]) -> tuple[dict[int, int], dict[int, int]]:
    """Pair annotations and claims, the largest overlaps first; each at most once."""
    pairs: list[tuple[float, int, int]] = []
    for i, g in enumerate(gold):
        places: Iterable[Row] = [g, *g.get("also_at", [])]
        for j, c in enumerate(claims):
            if g["doc"] == c["doc"] and g["type"] == c["type"]:
                shared = max(overlap(place, c) for place in places)
                if shared >= 0.5 and agrees(g, c):
                    pairs.append((shared, i, j))
    of_gold: dict[int, int] = {}
    of_claim: dict[int, int] = {}
    for _, i, j in sorted(pairs, reverse=True):
        if i not in of_gold and j not in of_claim:
            of_gold[i], of_claim[j] = j, i
    return of_gold, of_claim


def test_claims_reach_the_floors_of_recall_and_precision(found: list[Row]) -> None:
    gold = rows("gold.jsonl")
    of_gold, of_claim = matched(gold, found)
    wanted: Counter[str] = Counter()
    got: Counter[str] = Counter()
    for i, g in enumerate(gold):
        if g["tier"] == 1:
            wanted[g["type"]] += 1
            got[g["type"]] += i in of_gold
    made: defaultdict[str, list[bool]] = defaultdict(list)
    for j, c in enumerate(found):
        tier = gold[of_claim[j]]["tier"] if j in of_claim else 0
        if tier != 3:
            made[c["type"]].append(tier > 0)
    for name, (recall, precision) in FLOORS.items():
        assert got[name] / wanted[name] >= recall, name
        assert sum(made[name]) / len(made[name]) >= precision, name


def test_what_must_give_no_claim_gives_hardly_any(found: list[Row]) -> None:
    """Numbers of pages, phones, laws, ages, vague and denied things."""
    negatives = rows("negatives.jsonl")
    hit = [
        (n["doc"], n["quote"])
        for c in found
        if c["type"] in ("indicator", "initiative", "event", "policy")
        for n in negatives
        if n["doc"] == c["doc"] and n["start"] <= c["start"] and c["end"] <= n["end"]
    ]
    assert len(hit) <= 0.01 * len(negatives), hit


def test_annotations_quote_their_documents() -> None:
    texts = {p.stem: p.read_text(encoding="utf-8") for p in FOLDER.glob("*.txt")}
    for row in [*rows("gold.jsonl"), *rows("negatives.jsonl")]:
        assert texts[row["doc"]][row["start"] : row["end"]] == row["quote"]
