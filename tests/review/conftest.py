"""A desk over documents of our own invention, in memory or in a folder."""

import asyncio
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from uptake.gather.claims import identified
from uptake.gather.knowledge import judgements
from uptake.gather.knowledge.applying import apply, edit
from uptake.gather.knowledge.checking import impossible
from uptake.gather.passages import split
from uptake.model.claim import Claim, ClaimTime
from uptake.model.evidence import Document, Passage, Source
from uptake.model.issue import Issue
from uptake.model.knowledge import Contradiction, Entity, Judgement, Knowledge
from uptake.publish.rendering import style
from uptake.review.app import desk
from uptake.review.gold import Design, Frame, GoldLabel, GoldSources, ToLabel
from uptake.review.guard import Access, Guard
from uptake.review.sources import Case, Rules, Sources

TOKEN = "key-of-the-desk"  # noqa: S105 (of a test)
CSRF = "key-of-the-forms"
HOST = "127.0.0.1"

ENGLISH = (
    "Rail pilot opens\n\n"
    "Kazakhstan opened a rail pilot in 2025. The Ministry of Rails says that 14% of trains "
    "use it. By 2030 the share should reach 60%.\n\n"
    "<script>alert('x')</script> & other markup is only text here."
)
KAZAKH = (
    "Қостанайда 2025 жылғы 26 қыркүйекте пилот басталды. Пойыздардың 17 пайызы оны пайдаланады."
)


def document(id: str, text: str, language: str) -> Document:
    return Document(
        id=id,
        file=f"{id}.txt",
        sha256="0" * 64,
        text_sha256="1" * 64,
        extractor="text 1",
        title=text.split("\n", maxsplit=1)[0][:40],
        date="2026-01-05",
        language=language,
        kind="document",
        source=Source(id=id, producer="Rail News", title=id, url="", licence="", citation=""),
        places=("KAZ",),
        passages=split(text),
    )


def claim(doc: str, text: str, quote: str, **rest: object) -> Claim:
    start = text.index(quote)
    made = Claim(
        doc=doc,
        quote=quote,
        start=start,
        end=start + len(quote),
        countries=("KAZ",),
        extractor="rules 1",
        **rest,  # type: ignore[arg-type]
    )
    return identified(made)


def cases() -> tuple[Case, ...]:
    share = "14% of trains use it"
    pilot = "Kazakhstan opened a rail pilot in 2025"
    return (
        Case(
            document("en-rail", ENGLISH, "en"),
            ENGLISH,
            (
                claim(
                    "en-rail",
                    ENGLISH,
                    pilot,
                    type="initiative",
                    fields={"name": None, "what": "rail pilot", "stage": "pilot", "actors": []},
                    time=ClaimTime(text="2025", start="2025"),
                    confidence=0.9,
                ),
                claim(
                    "en-rail",
                    ENGLISH,
                    share,
                    type="indicator",
                    fields={
                        "indicator": "train_share",
                        "name": "trains",
                        "value": 14,
                        "comparator": "=",
                        "unit": "percent",
                        "kind": "actual",
                    },
                    evidence={"value": (Passage(ENGLISH.index("14%"), ENGLISH.index("14%") + 3),)},
                    confidence=0.8,
                ),
                claim(
                    "en-rail",
                    ENGLISH,
                    "<script>alert('x')</script> & other markup",
                    type="organisation",
                    fields={"name": "<b>Rails</b>", "org_type": None},
                    confidence=0.2,
                ),
            ),
            sentences(ENGLISH),
        ),
        Case(
            document("kk-rail", KAZAKH, "kk"),
            KAZAKH,
            (
                claim(
                    "kk-rail",
                    KAZAKH,
                    "Пойыздардың 17 пайызы оны пайдаланады",
                    type="indicator",
                    fields={"indicator": "train_share", "value": 17, "unit": "percent"},
                    confidence=0.6,
                ),
            ),
            sentences(KAZAKH),
        ),
    )


@dataclass
class Kept:
    """What a desk under test reads and keeps."""

    path: Path
    cases: tuple[Case, ...] = field(default_factory=cases)
    designs: list[Design] = field(default_factory=list)
    labels: list[GoldLabel] = field(default_factory=list)
    frame: Frame = field(
        default_factory=lambda: Frame(
            tuple(f"{i:032x}" for i in range(40)), ("KAZ",) * 30 + ("UZB",) * 10
        )
    )
    messages: Mapping[str, ToLabel] = field(default_factory=dict)

    def judgements(self) -> tuple[Sequence[Judgement], Sequence[Issue]]:
        return judgements.load(self.path)

    def kinds(self) -> list[str]:
        return [j.kind for j in self.judgements()[0]]

    def claim(self, words: str) -> Claim:
        return next(c for case in self.cases for c in case.claims if words in c.quote)

    def knowledge(self) -> Knowledge:
        english, kazakh = self.claim("14%"), self.claim("17")
        sides = (english.id, kazakh.id)
        decided = judgements.active(self.judgements()[0])
        resolved = [j.data["holds"] for j in decided if j.kind == "resolve"]
        merged = judgements.pairs(decided, "merge")
        names = ("Қазақстан темір жолы", "Qazaqstan temir joly")
        one = Entity(
            id="e1",
            kind="organisation",
            name=names[0],
            names=names if merged else names[:1],
            claims=(kazakh.id,),
            merged=tuple((a, b, "judgement") for a, b in merged),
        )
        two = Entity(id="e2", kind="organisation", name=names[1], names=names[1:], claims=())
        person = Entity(id="e3", kind="person", name="A. Rail", names=("A. Rail",), claims=())
        return Knowledge(
            entities=(one, person) if merged else (one, two, person),
            contradictions=(
                Contradiction(
                    id="c1",
                    indicator="train_share",
                    place="KAZ",
                    period="2025",
                    claims=sides,
                    note="14 against 17 percent",
                    resolved=resolved[-1] if resolved else "",
                ),
            ),
        )

    def sources(self) -> Sources:
        return Sources(
            title="Rails <observatory>",
            cases=lambda: self.cases,
            judgements=self.judgements,
            append=lambda one: judgements.append(self.path, one),
            rules=Rules(judgements.judgement, judgements.anchor, apply, edit, impossible),
            knowledge=self.knowledge,
            threshold=0.7,
            style=style(),
        )

    def gold(self, kappa: Callable[[Sequence[str], Sequence[str]], float]) -> GoldSources:
        from uptake.flow.gold_sample import codebook

        return GoldSources(
            frame=lambda: self.frame,
            messages=lambda wanted: {m: self.messages[m] for m in wanted if m in self.messages},
            designs=lambda: self.designs,
            keep=self.designs.append,
            labels=lambda: self.labels,
            append=self.labels.append,
            facets=codebook(),
            kappa=kappa,
            setting="gold/labels.jsonl",
        )


def sentences(text: str) -> tuple[Passage, ...]:
    """Full stops are enough for our texts."""
    return tuple(Passage(m.start(), m.end()) for m in re.finditer(r"[^\s.][^.\n]*\.?", text))


def clock() -> Callable[[], str]:
    ticks = count()
    return lambda: f"2026-05-04T09:30:{next(ticks):02d}.000000+00:00"


@dataclass
class Client:
    """Sends requests to an application in this process, one at a time."""

    app: Guard

    def request(self, method: str, url: str, **rest: Any) -> httpx.Response:
        async def ask() -> httpx.Response:
            transport = httpx.ASGITransport(self.app)
            async with httpx.AsyncClient(transport=transport, base_url=f"http://{HOST}") as client:
                return await client.request(method, url, **rest)

        return asyncio.run(ask())

    def get(self, url: str, **rest: Any) -> httpx.Response:
        return self.request("GET", url, **rest)

    def post(self, url: str, **rest: Any) -> httpx.Response:
        return self.request("POST", url, **rest)


@dataclass
class Browser:
    """Asks a desk for pages as a browser does that was given its address."""

    client: Client
    kept: Kept
    who: str = "Ayla"

    def get(self, path: str, **query: str) -> str:
        answer = self.client.get(f"/t/{TOKEN}/{path}", params={"who": self.who, **query})
        assert answer.status_code == 200, answer.text
        return answer.text

    def post(
        self, path: str, status: int = 303, form: Mapping[str, object] | None = None, **more: object
    ) -> str:
        """Return the page, or where it sends: below the key, with its query."""
        answer = self.client.post(
            f"/t/{TOKEN}/{path}",
            data={"csrf": CSRF, "who": self.who, **(form or {}), **more},
        )
        assert answer.status_code == status, answer.text
        if status != 303:
            return answer.text
        goal = urlsplit(answer.headers["location"])
        return f"{goal.path.removeprefix(f'/t/{TOKEN}/')}?{goal.query}"

    def follow(self, goal: str) -> str:
        answer = self.client.get(f"/t/{TOKEN}/{goal}")
        assert answer.status_code == 200, answer.text
        return answer.text


@pytest.fixture
def kept(tmp_path: Path) -> Kept:
    return Kept(tmp_path / "judgements.jsonl")


@pytest.fixture
def access() -> Access:
    return Access(TOKEN, CSRF, frozenset({HOST, "localhost"}))


@pytest.fixture
def browser(kept: Kept, access: Access) -> Browser:
    from uptake.flow.gold_sample import kappa_of

    app = desk(kept.sources(), access, clock(), kept.gold(kappa_of))
    return Browser(Client(app), kept)
