"""Masking measured: recall by type, what is masked without being marked, texts and MB a second.

    python benchmarks/mask.py PERSONAL_DATA [CONVERSATIONS.jsonl ...]

PERSONAL_DATA is a folder with ``synthetic-central-asia/gold.jsonl`` (``text``, ``spans``) and
``presidio-research/*.json`` (``full_text``, ``spans``); conversations are JSON lines, of which
every string in a field such as ``content``, ``text``, ``prompt`` or ``value`` is a message.
An identifier counts as found if neither it nor a piece of it with three or more digits, or five or
more letters, is left. No text is printed. Time is the processor's, so that other work on the
machine matters little.
"""

import argparse
import json
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from uptake.model.masked import Masked
from uptake.pseudonymise.mask import mask_all

FOREIGN = {
    "CREDIT_CARD": "CARD",
    "EMAIL_ADDRESS": "EMAIL",
    "IBAN_CODE": "IBAN",
    "IP_ADDRESS": "IP",
    "PHONE_NUMBER": "PHONE",
    "DOMAIN_NAME": "URL",
}
YARDSTICK = re.compile(r"@|[0-9]{7}")
BATCH = 8_000
FIELDS = {"content", "instruction", "prompt", "text", "user_turns", "value"}


class Marked(NamedTuple):
    """A text and where which identifiers stand in it."""

    text: str
    spans: tuple[tuple[int, int, str], ...]
    alone: bool = False


def synthetic(folder: Path) -> list[Marked]:
    path = folder / "synthetic-central-asia" / "gold.jsonl"
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [
        Marked(row["text"], tuple((a, b, kind) for a, b, kind in row["spans"]), not row["ctx"])
        for row in rows
    ]


def presidio(folder: Path) -> list[Marked]:
    found = []
    for path in sorted((folder / "presidio-research").glob("*.json")):
        for row in json.loads(path.read_text(encoding="utf-8")):
            spans = (
                (s["start_position"], s["end_position"], FOREIGN[s["entity_type"]])
                for s in row["spans"]
                if s["entity_type"] in FOREIGN
            )
            found.append(Marked(row["full_text"], tuple(spans)))
    return found


def messages(path: Path) -> list[str]:
    def walk(item: Any, field: str = "") -> Iterator[str]:
        if isinstance(item, dict):
            for name, value in item.items():
                yield from walk(value, name)
        elif isinstance(item, list):
            for value in item:
                yield from walk(value, field)
        elif isinstance(item, str) and field in FIELDS:
            yield item

    lines = path.read_text(encoding="utf-8").split("\n")
    return [text for line in lines if line for text in walk(json.loads(line))]


def is_gone(marked: Marked, span: tuple[int, int, str], masked: Masked) -> bool:
    """Return whether nothing telling of an identifier is left that is not elsewhere in the text."""
    start, end, _ = span
    rest = marked.text[:start] + " " + marked.text[end:]
    whole = marked.text[start:end]
    pieces = [whole, *re.findall(r"\d{3,}|[^\W\d]{5,}", whole)]
    return not any(p in masked.text for p in pieces if p not in rest and p not in {"https", "mail"})


def recall(rows: list[Marked]) -> dict[str, tuple[int, int]]:
    """Return for each type how many were found of how many."""
    found: Counter[str] = Counter()
    all_of: Counter[str] = Counter()
    for row, masked in zip(rows, mask_all([row.text for row in rows]), strict=True):
        for span in row.spans:
            name = span[2] + (", alone" if row.alone and span[2] == "AZ_FIN" else "")
            all_of[name] += 1
            found[name] += is_gone(row, span, masked)
    return {name: (found[name], n) for name, n in sorted(all_of.items())}


class Speed(NamedTuple):
    """Texts and bytes (UTF-8) masked in a second of one core's processor time.

    Attributes:
        texts: Texts.
        megabytes: Millions of bytes.
        yardsticks: Time that masking takes, as a multiple of that of ``YARDSTICK``.
    """

    texts: float
    megabytes: float
    yardsticks: float

    def __str__(self) -> str:
        return (
            f"{self.texts:,.0f} texts/s, {self.megabytes:,.1f} MB/s a core, "
            f"{self.yardsticks:.1f} times the yardstick"
        )


def rate(texts: list[str], repeats: int = 5) -> Speed:
    """Return how fast many texts are masked; the best of some repeats, in processor time.

    The yardstick, a plain regular expression (an at-sign or seven digits), runs over the same texts
    in turn with the masking: the ratio says on any machine, and on a busy one, what masking costs.
    """
    many = (texts * (BATCH // len(texts) + 1))[: max(BATCH, len(texts))]
    size = sum(len(text.encode("utf-8", "surrogatepass")) for text in many)
    taken, yard = [], []
    for _ in range(repeats):
        begun = time.process_time()
        mask_all(many)
        between = time.process_time()
        for text in many:
            YARDSTICK.search(text)
        taken.append(between - begun)
        yard.append(time.process_time() - between)
    least = min(taken)
    return Speed(len(many) / least, size / least / 1e6, least / min(yard))


def per_ten_thousand(texts: list[str]) -> dict[str, float]:
    counts: Counter[str] = Counter()
    for masked in mask_all(texts):
        counts.update(dict(masked.counts))
    return {name: round(1e4 * n / max(1, len(texts)), 1) for name, n in sorted(counts.items())}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("personal_data", type=Path)
    parser.add_argument("conversations", type=Path, nargs="*")
    given = parser.parse_args()
    for title, rows in (
        ("synthetic-central-asia", synthetic(given.personal_data)),
        ("presidio-research", presidio(given.personal_data)),
    ):
        print(f"{title}: {len(rows):,} texts")
        for name, (found, n) in recall(rows).items():
            print(f"  {name:20} {found / n:.3f} of {n:,}")
        clean = [row.text for row in rows if not row.spans]
        print(f"  without a marked identifier, per 10,000: {per_ten_thousand(clean)}")
        print(f"  {rate([row.text for row in rows])}")
    for path in given.conversations:
        texts = messages(path)
        sizes = sorted(map(len, texts))
        mean, middle = sum(sizes) / max(1, len(sizes)), sizes[len(sizes) // 2]
        print(f"{path.parent.name}: {len(texts):,} messages")
        print(f"  characters: mean {mean:,.0f}, median {middle:,}")
        print(f"  masked per 10,000: {per_ten_thousand(texts)}")
        print(f"  {rate(texts)}")


if __name__ == "__main__":
    main()
