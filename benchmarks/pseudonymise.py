"""Messages a second through pseudonymise, one core: the room's own work, without reading.

    python benchmarks/pseudonymise.py [--conversations 20000]

Three loads, each also with the two hashes a message can not do without (BLAKE2b of the message, and
of the person by HMAC-SHA256 as many pipelines do it), which nothing that pseudonymises can beat:

ids       messages have identifiers, a person has five conversations
no ids    messages are known by place and text
strangers every conversation is a new person with a new name
"""

import argparse
import hashlib
import hmac
import random
import resource
import time
from collections.abc import Callable, Iterator

from uptake.model.conversation import Conversation, Person, Turn
from uptake.pseudonymise import Pseudonymiser

KEY = b"0123456789abcdef0123456789abcdef"
BATCH = 1_000
START = 1_735_689_600.0


def conversations(count: int, *, ids: bool, strangers: bool, seed: int = 7) -> list[Conversation]:
    draw = random.Random(seed)
    return [_conversation(n, draw, n if strangers else n // 5, ids) for n in range(count)]


def _conversation(number: int, draw: random.Random, person: int, ids: bool) -> Conversation:
    turns = []
    for turn in range(draw.choice([1, 2, 3, 5, 8])):
        time_ = START + number * 60 + turn * 40
        for role, size in (("user", 330), ("assistant", 1_200)):
            name = f"{number:08x}-{turn:04x}-{role}" if ids else ""
            turns.append(
                Turn(role, f"{number} {turn} ".ljust(size, "x"), time_, len(turns) - 1, name)
            )
    who = Person(
        id=f"person-{person}@example.org",
        country=draw.choice(["KZ", "Uzbekistan", "Кыргызстан", "TJK", "Türkmenistan", None]),
        birth_year=1950 + person % 60,
        given_name=draw.choice(["Aigerim", "Рустам", "Dilnoza", "Айбек"]),
        family_name=f"Akhmetov{'a' * (person % 2)}{chr(97 + person % 26)}{person}",
    )
    return Conversation(f"c{number}", who, tuple(turns), START + number * 60)


def best(work: Callable[[], object], repeats: int = 3) -> float:
    taken = []
    for _ in range(repeats):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return min(taken)


def pseudonymised(load: list[Conversation]) -> int:
    maker = Pseudonymiser(KEY)
    return sum(len(maker.batch(load[at : at + BATCH])) for at in range(0, len(load), BATCH))


def hashed(load: list[Conversation]) -> int:
    return sum(1 for _ in _hashes(load))


def _hashes(load: list[Conversation]) -> Iterator[tuple[bytes, bytes]]:
    for record in load:
        for turn in record.turns:
            if turn.role == "user":
                text = (turn.id or turn.text).encode()
                yield (
                    hmac.digest(KEY, (record.person.id or "").encode(), "sha256"),
                    hashlib.blake2b(text, digest_size=16, key=KEY).digest(),
                )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--conversations", type=int, default=20_000)
    count = parser.parse_args().conversations
    for title, ids, strangers in (
        ("ids", True, False),
        ("no ids", False, False),
        ("strangers", True, True),
    ):
        load = conversations(count, ids=ids, strangers=strangers)
        messages = pseudonymised(load)
        rate = messages / best(lambda load=load: pseudonymised(load))
        plain = messages / best(lambda load=load: hashed(load))
        print(
            f"{title:10} {messages:8,} messages {rate:10,.0f}/s   two bare hashes {plain:10,.0f}/s"
        )
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MiB")


if __name__ == "__main__":
    main()
