"""Compose the adversarial set: `python -m benchmarks.adversarial.compose OUT`."""

import json
import random
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.adversarial.disguise import ADDRESSES, CODES, NUMBERS, Disguise, Words
from benchmarks.adversarial.draw import DRAW, digits

HERE = Path(__file__).parent
ADDRESS_TYPES = {"EMAIL", "HANDLE", "URL"}
CODE_TYPES = {"IBAN", "PASSPORT", "AZ_FIN"}
ROUNDS = {"NUMBERS": 2, "ADDRESSES": 3, "CODES": 3}
HARD_ROUNDS = 3


def _disguises(kind: str) -> list[tuple[str, Disguise]]:
    if kind in ADDRESS_TYPES:
        return list(ADDRESSES.items()) * ROUNDS["ADDRESSES"]
    if kind in CODE_TYPES:
        return list(CODES.items()) * ROUNDS["CODES"]
    return list(NUMBERS.items()) * ROUNDS["NUMBERS"]


def _words(rng: random.Random, words: dict[str, Words], language: str, disguise: str) -> Words:
    """Choose among a language's alphabets where only digits are said."""
    tables = [t for t in words if t.split("_")[0] == language and disguise == "spoken"]
    return words[rng.choice(tables or [language])]


def _hard(rng: random.Random, line: str) -> str:
    draw: dict[str, Callable[[], str]] = {
        "y": lambda: str(rng.randint(1890, 2031)),
        "p": lambda: f"{rng.randint(1, 999)}{rng.choice([' ', '', ',', '.'])}{digits(rng, 3)}",
        "d": lambda: digits(rng, 1, "123456789"),
        "n": lambda: digits(rng, 3, "123456789"),
        "m": lambda: digits(rng, 6, "123456789"),
        "b": lambda: digits(rng, rng.randint(9, 12), "123456789"),
        "h": lambda: f"{rng.getrandbits(128):032x}",
    }
    for sign, value in draw.items():
        while "{" + sign + "}" in line:
            line = line.replace("{" + sign + "}", value(), 1)
    return line.replace("{{", "{").replace("}}", "}")


def compose(seed: int) -> Iterator[dict[str, Any]]:
    """Give each text, its spans `[start, end, type]` in characters, and its disguise."""
    rng = random.Random(seed)
    frames = tomllib.loads((HERE / "frames.toml").read_text(encoding="utf-8"))
    words = tomllib.loads((HERE / "words.toml").read_text(encoding="utf-8"))
    for language, frame in frames.items():
        for kind, intros in frame.get("intro", {}).items():
            for name, disguise in _disguises(kind):
                said = disguise(rng, DRAW[kind](rng), _words(rng, words, language, name)).strip()
                before, after = rng.choice(intros).split("{x}")
                before = rng.choice(frame["openers"]) + before
                yield {
                    "text": before + said + after + rng.choice(frame["closers"]),
                    "spans": [[len(before), len(before) + len(said), kind]],
                    "language": language,
                    "disguise": name,
                }
        hard = [_hard(rng, line) for line in frame["hard"]["lines"] * HARD_ROUNDS]
        for text in dict.fromkeys(hard):
            yield {"text": text, "spans": [], "language": language, "disguise": "hard negative"}


def main() -> None:
    """Write the set; a text of the closed half is never read, only counted."""
    halves = random.Random(5)
    with Path(sys.argv[1]).open("w", encoding="utf-8") as out:
        for number, case in enumerate(compose(20261130)):
            half = halves.choice(["open", "closed"])
            out.write(json.dumps({"id": number, "half": half, **case}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
