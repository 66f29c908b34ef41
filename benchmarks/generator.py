"""Generated logs as a gateway writes them: many people, a few of them busy, in nine languages.

Deterministic, and fast enough for millions: each language has a pool of texts, put together from
the packaged messages to an exponential spread of lengths and encoded once; a message is one of
them with a number of its own behind it, so that no two are the same.
"""

import json
import random
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

LANGUAGES = ("en", "ru", "kk", "uz", "ky", "tg", "tk", "az", "tr")
POOL = 3_000
MEAN = 330
"""Characters of a message, on average; answers of the assistant are as long."""

FIRST_DAY, DAYS, DAY = 1_735_689_600, 540, 86_400

PLACES = {
    "KZ": (("kk", "ru"), ("Aigerim", "Нурлан", "Дана"), ("Ахметова", "Sadykov")),
    "UZ": (("uz", "ru"), ("Dilnoza", "Rustam", "Jasur"), ("Karimov", "Yusupova")),
    "KG": (("ky", "ru"), ("Айбек", "Gulnara"), ("Асанов", "Toktogulova")),
    "TJ": (("tg", "ru"), ("Фирӯз", "Zarina"), ("Раҳмонов", "Nazarova")),
    "TM": (("tk", "ru"), ("Maral", "Döwlet"), ("Ataýewa", "Annayev")),
    "AZ": (("az", "tr"), ("Leyla", "Elçin"), ("Məmmədov", "Aliyeva")),
}
CODES = ("KAZ", "UZB", "KGZ", "TJK", "TKM", "AZE")


def corpus() -> list[dict[str, str]]:
    """Return the packaged messages, written for this project, with their labels."""
    rows = []
    for language in LANGUAGES:
        text = (files("uptake.catalog") / "written" / f"{language}.jsonl").read_text("utf-8")
        rows += [json.loads(line) for line in text.splitlines()]
    return rows


def write(path: Path, messages: int, seed: int = 7) -> int:
    """Write JSON lines of so many messages of people; return the bytes written."""
    written = 0
    with path.open("wb") as file:
        for line in _lines(messages, random.Random(seed)):
            written += file.write(line)
    return written


def _lines(messages: int, draw: random.Random) -> Iterator[bytes]:
    pools = _pools(draw)
    names = list(PLACES)
    people = max(200, messages // 25)
    number = conversation = 0
    while number < messages:
        conversation += 1
        person = min(int(draw.paretovariate(0.9) * people / 20), 50 * people) % people
        place = names[(person * 7) % len(names)]
        spoken, given, family = PLACES[place]
        choice = draw.random()
        language = "en" if choice < 0.1 else spoken[choice < 0.35]
        start = FIRST_DAY + int(draw.random() * DAYS * DAY)
        turns = []
        for turn in range(min(1 + int(draw.expovariate(0.5)), messages - number)):
            texts = pools[language]
            said, answer = texts[int(draw.random() * POOL)], texts[int(draw.random() * POOL)]
            turns.append(
                f'{{"role":"user","content":"{said} {number}","created_at":{start + 70 * turn}}},'
                f'{{"role":"assistant","content":"{answer}","created_at":{start + 70 * turn + 9}}}'
            )
            number += 1
        facts = f'{{"country":"{place}","birth_year":{1958 + person % 51}'
        if person % 3:
            facts += (
                f',"given_name":"{given[person % len(given)]}"'
                f',"family_name":"{family[person % len(family)]}"'
            )
        yield (
            f'{{"id":"c{conversation}","user":"user-{person}@example.org","created_at":{start},'
            f'"messages":[{",".join(turns)}],"metadata":{facts}}}}}\n'
        ).encode()


def _pools(draw: random.Random) -> dict[str, list[str]]:
    """Put texts together, escaped as JSON wants them."""
    rows = corpus()
    pools = {}
    for language in LANGUAGES:
        texts = [row["text"] for row in rows if row["lang"] == language]
        pools[language] = [_text(texts, draw) for _ in range(POOL)]
    return pools


def _text(texts: list[str], draw: random.Random) -> str:
    wanted = 12 + draw.expovariate(1 / (MEAN - 54))
    text = draw.choice(texts)
    while len(text) < wanted:
        text += f" {draw.choice(texts)}"
    text = text[: int(wanted)] if len(text) > 1.5 * wanted else text
    return json.dumps(text[:8_000], ensure_ascii=False)[1:-1]
