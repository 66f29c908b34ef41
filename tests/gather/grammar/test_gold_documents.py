"""The values and times of annotated documents are found; some documents are kept aside."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from uptake.gather.grammar.quantities import quantities
from uptake.gather.grammar.times import times

ASIDE = {"en-03", "ru-02", "tr-02", "kk-02", "uz-02", "002_fd732f619eb84973"}
"""Documents that nothing may be fitted to."""
COUNTRIES = {"kk": "KAZ", "ru": "KGZ", "uz": "UZB", "az": "AZE", "tr": "TUR"}
FLOOR = 0.95


def rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def overlaps(start: int, end: int, evidence: dict[str, Any]) -> bool:
    return bool(start < evidence["end"] and evidence["start"] < end)


@pytest.fixture(scope="module")
def found(shared: Path) -> dict[str, Counter[str]]:
    """Counts of what was asked for and found, by kind and language."""
    counts: dict[str, Counter[str]] = {"asked": Counter(), "found": Counter()}
    for folder in (shared / "data/documents/constructed", shared / "data/documents/real"):
        if not folder.is_dir():
            pytest.skip("needs ../shared/data/documents, which is not here")
        for document in rows(folder / "documents.jsonl"):
            if document["doc"] in ASIDE or not (folder / f"{document['doc']}.txt").is_file():
                continue
            gold = [r for r in rows(folder / "gold.jsonl") if r["doc"] == document["doc"]]
            count(folder / f"{document['doc']}.txt", document, gold, counts)
    return counts


def count(
    path: Path,
    document: dict[str, Any],
    gold: list[dict[str, Any]],
    counts: dict[str, Counter[str]],
) -> None:
    text, language = path.read_bytes().decode(), document.get("language", "en")
    near = tuple(c for c in [COUNTRIES.get(language)] if c)
    values = quantities(text, language, near)
    stated = times(text, language, document.get("published"))
    for row in gold:
        fields, time = row["fields"], row.get("time")
        if fields.get("value") is not None and row["evidence"].get("value"):
            counts["asked"][f"values {language}"] += 1
            counts["found"][f"values {language}"] += any(
                overlaps(q.start, q.end, row["evidence"]["value"][0])
                and (q.value, q.comparator) == (fields["value"], fields["comparator"])
                and (q.unit, q.currency) == (fields["unit"], fields.get("currency"))
                and q.value_max == fields.get("value_max")
                for q in values
            )
        if time and time.get("start") and row["evidence"].get("time"):
            counts["asked"][f"times {language}"] += 1
            counts["found"][f"times {language}"] += any(
                overlaps(t.start, t.end, row["evidence"]["time"][0])
                and t.first == time["start"]
                and time["end"] in {t.last or t.first, None if t.relation == "since" else t.first}
                and (t.relation, t.granularity) == (time["relation"], time["granularity"])
                for t in stated
            )


@pytest.mark.parametrize("kind", ["values", "times"])
def test_annotated_values_and_times_are_found(found: dict[str, Counter[str]], kind: str) -> None:
    asked = sum(n for name, n in found["asked"].items() if name.startswith(kind))
    reached = sum(n for name, n in found["found"].items() if name.startswith(kind))
    assert asked > 50
    assert reached >= FLOOR * asked


def test_no_language_falls_behind(found: dict[str, Counter[str]]) -> None:
    shares = {name: found["found"][name] / n for name, n in found["asked"].items()}
    assert min(shares.values()) >= 0.85, shares
