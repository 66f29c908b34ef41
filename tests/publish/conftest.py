"""A realistic invented release: six places, many months, withheld cells, hostile strings."""

import itertools
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from uptake.catalog import facet
from uptake.gather.claims import identified
from uptake.gather.knowledge import views
from uptake.model.claim import Attribution, Claim, ClaimTime
from uptake.model.dimensions import ALL
from uptake.model.estimate import Estimate, Estimates, Group, Key
from uptake.model.evidence import Document, Indicator, Observation, Passage, Source
from uptake.model.knowledge import (
    Agreement,
    Contradiction,
    Corroboration,
    Entity,
    Excerpt,
    Knowledge,
    Story,
    TargetPair,
)
from uptake.model.release import Evidence, Place, Quality, Release
from uptake.publish import OUTPUTS, Edition

PLACES = {
    "KAZ": 0.31, "UZB": 0.26, "KGZ": 0.13, "TJK": 0.07, "TKM": 0.05, "AZE": 0.17, "unknown": 0.01,
}  # fmt: skip
AGES = {
    "13-17": 0.03, "18-24": 0.36, "25-34": 0.33, "35-44": 0.14, "45-54": 0.07, "55-64": 0.03,
    "65+": 0.01, "unknown": 0.03,
}  # fmt: skip
GENDERS = {"feminine": 0.45, "masculine": 0.49, "unknown": 0.06}
LANGUAGES = {
    "ru": 0.35, "kk": 0.17, "uz": 0.18, "az": 0.11, "en": 0.07, "ky": 0.05, "tg": 0.03,
    "tk": 0.02, "tr": 0.015, "other": 0.005,
}  # fmt: skip
SPLITS = (
    (), ("place",), ("month",), ("age_band",), ("gender",), ("language",),
    ("place", "month"), ("place", "age_band"), ("place", "gender"), ("place", "language"),
    ("month", "age_band"), ("month", "gender"), ("month", "language"), ("age_band", "gender"),
    ("place", "age_band", "gender"),
)  # fmt: skip
COVERS = "sampling of people (95%); not covered: errors of the labeller (uncorrected)"
HOSTILE = '<script>alert("x")</script>&\'"><img src=x onerror=y>'
FORMULA = "=HYPERLINK(1)"
NAMES = {
    "KAZ": "Kazakhstan", "UZB": "Uzbekistan", "KGZ": "Kyrgyzstan", "TJK": "Tajikistan",
    "TKM": "Turkmenistan", "AZE": "Azerbaijan", "GEO": "Georgia", "ARM": "Armenia",
    "TUR": "Türkiye", "RUS": "Russia", "MNG": "Mongolia", "WLD": "World",
}  # fmt: skip
PEOPLE = 3000


class Inventor:
    """Draws figures that look real; the same seed gives the same figures."""

    def __init__(self, months: int, places: tuple[str, ...], seed: int = 7) -> None:
        self.random = random.Random(seed)  # noqa: S311 (invented figures)
        stamps = [f"{2025 + i // 12}-{i % 12 + 1:02d}" for i in range(months)]
        # A person is active in about a quarter of the months.
        self.weights: dict[str, dict[str, float]] = {
            "place": {p: w for p, w in PLACES.items() if p in places or p == "unknown"},
            "month": {m: 0.2 + 0.012 * i for i, m in enumerate(stamps)},
            "age_band": AGES,
            "gender": GENDERS,
            "language": LANGUAGES,
        }
        self.shares: dict[Key, Estimate | None] = {}
        self.groups: dict[tuple[str, str, str, str, str], Group] = {}

    def facet_shares(self, group: dict[str, str]) -> dict[str, dict[str, float]]:
        tilt = self.random.random
        intent = {"asking": 0.42, "doing": 0.32, "expressing": 0.26}
        work = {"work": 0.37, "study": 0.21, "personal": 0.42}
        topics = {v.id: 8.0 / (4 + i % 9 + i // 3) for i, v in enumerate(facet("topic").values)} | {
            "other_media": 0.0
        }
        out = {"intent": intent, "work": work, "topic": topics}
        out |= {d: w for d, w in self.weights.items() if d not in group and d != "month"}
        mixed = {
            name: {v: w * (0.8 + 0.4 * tilt()) for v, w in weights.items()}
            for name, weights in out.items()
        }
        out = {
            name: {v: w / sum(weights.values()) for v, w in weights.items()}
            for name, weights in mixed.items()
        }
        out["topic_group"] = {
            g.id: sum(out["topic"][v.id] for v in facet("topic").values if v.group == g.id)
            for g in facet("topic").groups
        }
        return out

    def add(self, group: dict[str, str]) -> None:
        people = PEOPLE * (0.9 + 0.2 * self.random.random())
        for name, value in group.items():
            people *= self.weights[name][value]
        n = round(people)
        if n == 0:
            return
        hidden = n < 10 or group.get("age_band") == "13-17"
        where = (
            group.get("place", ALL), group.get("month", ALL), group.get("age_band", ALL),
            group.get("gender", ALL), group.get("language", ALL),
        )  # fmt: skip
        self.groups[where] = Group(None, None, None) if hidden else Group(n, n * 7, n * 20)
        for name, shares in self.facet_shares(group).items():
            for value, share in shares.items():
                small = 0 < share * n < 4 or value == "13-17"
                for measure in ("message_share", "people_share", "reach"):
                    key = Key(name, value, measure, *where)
                    self.shares[key] = None if hidden or small else self.estimate(share, n)

    def estimate(self, share: float, n: int) -> Estimate:
        half = 2.2 * (max(share * (1 - share), 0.001) / n) ** 0.5
        low = 0.0 if share == 0 else max(share - half, share / 9)
        return Estimate(share, low, min(share + half, 1.0), 0.95, n, COVERS)

    def run(self) -> Estimates:
        for split in SPLITS:
            for values in itertools.product(*(self.weights[d] for d in split)):
                self.add(dict(zip(split, values, strict=True)))
        return Estimates(self.shares, self.groups)


def source(id: str, **changes: str) -> Source:
    fields = {
        "id": id,
        "producer": f"Bureau of {id}",
        "title": f"Table of {id}",
        "url": f"https://example.org/{id}",
        "licence": "CC-BY-4.0",
        "citation": f"Bureau of {id} (2026). Table of {id}.",
        "published": "2026-05",
        "accessed": "2026-11-01",
        "note": "Values of some places are imputed by the producer.",
    }
    return Source(**(fields | changes))


def observations() -> list[Observation]:
    rng = random.Random(3)  # noqa: S311 (invented figures)
    out = []
    for name, periods, unit, base in (
        ("ai_user_share", ("2025-H1", "2025-H2", "2026-Q1"), "percent", 14.0),
        ("egdi", ("2024",), "index", 0.7),
        ("gdp_per_head_ppp", ("2023",), "usd_ppp", 18000.0),
        ("working_age_population", ("2024",), "people", 9_000_000.0),
        ("online_service_rank", ("2024",), "rank", 60.0),
    ):
        for place in NAMES:
            level = base * rng.uniform(0.4, 1.6)
            if name == "egdi" and place == "MNG":
                continue
            for step, period in enumerate(periods):
                value = round(min(level * (1 + 0.08 * step), 0.99 if unit == "index" else 1e12), 3)
                value = float(round(value)) if unit in ("people", "rank", "usd_ppp") else value
                out.append(
                    Observation(
                        indicator=name, place=place, period=period, value=value, unit=unit,
                        source=f"src-{name}", original_value=f"{value:g}",
                        comparator=">" if place == "TKM" and name == "egdi" else "=",
                        status="imputed"
                        if place in ("TJK", "TKM") and name == "ai_user_share"
                        else "actual",
                        note="One series shared by three places." if place == "TJK" else "",
                    )
                )  # fmt: skip
    # A second source of the same cell lives beside the first.
    out.append(
        Observation(
            indicator="egdi", place="KAZ", period="2024", value=0.88, unit="index",
            source="src-second", original_value="0.88",
        )
    )  # fmt: skip
    return out


PADDING = " Nothing else of note was said on that day, and the rest is left to the reader." * 9
TEXTS = {
    1: "Kazakhstan's exports of IT services exceeded EUR 400 million in 2024. The state means to "
    "reach USD 1 billion by 2026, and the country ranks 24th in e-government.",
    2: "Денсаулық сақтау министрлігі 2026 жылға қарай сынақты барлық облыста бастайды. "
    "Қазақстанда ауруханалар Дала Лабораториясымен бірге жұмыс істейді." + PADDING,
    3: f"The speaker {HOSTILE} signed the {FORMULA} law in Baku.",
    4: "Exports of IT services were “nearly” EUR 310 million in 2024, the bureau said. The bureau "
    "and Steppe Labs signed a memorandum, and a pilot in schools runs in Almaty." + PADDING,
    5: "Exports of IT services were “nearly” EUR 310 million in 2024, it is said." + PADDING,
    6: "Turkmenistan plans a law on data for 2028. Its ministry talks with Steppe Labs; a centre "
    "may open, - says Orazov." + PADDING,
}


def claim(number: int, type: str, quote: str, countries: tuple[str, ...], **more: Any) -> Claim:
    """Make a claim of one of the texts."""
    start = TEXTS[number].index(quote)
    made = Claim(
        doc=f"{number:016x}", type=type, quote=quote, start=start, end=start + len(quote),  # type: ignore[arg-type]
        countries=countries, extractor="invented 1", **more,
    )  # fmt: skip
    return identified(made)


def invented_claims() -> tuple[Claim, ...]:
    """Make claims of all types, in three languages and with all traps."""
    exports = {"indicator": "it_exports", "name": "exports of IT services", "unit": "currency"}
    in_2024 = ClaimTime(text="in 2024", start="2024")
    bureau = Attribution(kind="reported", organisation="the bureau")
    return (
        claim(1, "indicator", "exports of IT services exceeded EUR 400 million in 2024", ("KAZ",),
              time=in_2024, sectors=("ict",), confidence=0.93, attribution=Attribution(),
              alternatives={"time": ("2024", "2025")},
              fields={**exports, "value": 4e8, "comparator": ">", "currency": "EUR",
                      "kind": "actual"}),
        claim(1, "indicator", "USD 1 billion by 2026", ("KAZ",), modality="planned",
              time=ClaimTime(text="by 2026", start="2026", relation="by"),
              fields={**exports, "value": 1e9, "comparator": "=", "currency": "USD",
                      "kind": "target"}),
        claim(1, "indicator", "ranks 24th in e-government", ("KAZ",),
              fields={"indicator": "online_service_rank", "name": "e-government", "value": 24,
                      "comparator": "=", "unit": "rank", "kind": "actual"}),
        claim(2, "initiative", "2026 жылға қарай сынақты барлық облыста бастайды", ("KAZ",),
              sectors=("health",), modality="planned",
              time=ClaimTime(text="2026 жылға қарай", start="2026", relation="by"),
              fields={"name": None, "what": "сынақ", "stage": "announced", "due": "2026",
                      "actors": ["Денсаулық сақтау министрлігі"]}),
        claim(2, "partnership", "ауруханалар Дала Лабораториясымен бірге жұмыс істейді", ("KAZ",),
              fields={"parties": ["ауруханалар", "Дала Лабораториясы"], "status": "ongoing",
                      "relation": "cooperation"}),
        claim(3, "policy", f"{HOSTILE} signed the {FORMULA} law", ("AZE",),
              fields={"name": FORMULA, "status": HOSTILE, "policy_type": "law"}),
        claim(4, "indicator", "Exports of IT services were “nearly” EUR 310 million in 2024",
              ("KAZ",), time=in_2024, attribution=bureau,
              fields={**exports, "value": 3.1e8, "comparator": "~", "currency": "EUR",
                      "kind": "actual", "subject": "services"}),
        claim(4, "partnership", "The bureau and Steppe Labs signed a memorandum", ("KAZ",),
              fields={"parties": ["The bureau", "Steppe Labs"], "relation": "memorandum"}),
        claim(4, "initiative", "a pilot in schools runs in Almaty", ("KAZ",),
              sectors=("education", "ict"), country_basis="place",
              fields={"name": "a pilot in schools", "stage": "pilot", "place": "Almaty"}),
        claim(5, "indicator", "Exports of IT services were “nearly” EUR 310 million in 2024",
              ("KAZ",), time=in_2024,
              fields={**exports, "value": 3.1e8, "comparator": "~", "currency": "EUR",
                      "kind": "actual"}),
        claim(6, "policy", "Turkmenistan plans a law on data for 2028", ("TKM",),
              modality="planned", time=ClaimTime(text="for 2028", start="2028"),
              fields={"name": "a law on data", "policy_type": "law", "status": "planned"}),
        claim(6, "partnership", "Its ministry talks with Steppe Labs", ("TKM",),
              modality="discussed",
              fields={"parties": ["Its ministry", "Steppe Labs"], "relation": "talks"}),
        claim(6, "person", "- says Orazov", (), fields={"name": "Orazov", "role": None}),
    )  # fmt: skip


def excerpt(number: int, made: Claim) -> Excerpt:
    """Return the sentence around a claim's quote."""
    text = TEXTS[number]
    start = text.rfind(". ", 0, made.start + 1) + 2 if ". " in text[: made.start] else 0
    end = text.find(". ", made.end - 1)
    end = len(text) if end < 0 else end + 1
    return Excerpt(start=start, end=end, text=text[start:end])


def knowledge(documents: tuple[Document, ...]) -> Knowledge:
    """Make what these claims say together."""
    made = invented_claims()
    actual, target, rank, *_, copied = made[:10]
    told = made[6]
    found = Knowledge(
        claims=made,
        status={one.id: "accepted" if n % 3 == 0 else "proposed" for n, one in enumerate(made)},
        threshold=0.45,
        withheld=(7, 2),
        entities=(
            Entity(id="e1", kind="organisation", name="Steppe Labs",
                   names=("Steppe Labs", "Дала Лабораториясы"),
                   claims=(made[4].id, made[7].id, made[11].id),
                   merged=(("Steppe Labs", "Дала Лабораториясы", "judgement"),)),
            Entity(id="e2", kind="person", name="Orazov", names=("Orazov",),
                   claims=(made[12].id,)),
        ),
        stories=(Story(id=f"{4:016x}", documents=(f"{4:016x}", f"{5:016x}"), containment=0.9),),
        agreements=(
            Agreement(indicator="it_exports", place="KAZ", period="2024",
                      claims=(told.id, copied.id), stories=1),
        ),
        contradictions=(
            Contradiction(id="c1", indicator="it_exports", place="KAZ", period="2024",
                          claims=(actual.id, told.id),
                          note="More than EUR 400 million against nearly EUR 310 million."),
        ),
        pairs=(
            TargetPair(target=target.id, actual=actual.id, unit="USD", target_value=1e9,
                       actual_low=4.33e8, actual_high=None, gap_low=None, gap_high=5.67e8,
                       rate="1 EUR = 1.0824 USD, average of 2024, ECB",
                       sentence="More than EUR 400 million of a target of USD 1 billion: "
                                "the gap is at most USD 567 million."),
        ),
        corroborations=(
            Corroboration(claim=rank.id, verdict="confirmed", indicator="online_service_rank",
                          place="KAZ", period="2024", source="src-online_service_rank",
                          value="24", sentence="The table of ranks has 24 for Kazakhstan in 2024."),
        ),
        excerpts={one.id: excerpt(int(one.doc, 16), one) for one in made},
    )  # fmt: skip
    places = (ALL, "KAZ", "TKM", "AZE")
    shown = {p: views(found, documents, "" if p == ALL else p) for p in places}
    return msgspec.structs.replace(found, views=shown)


def document(number: int, **changes: object) -> Document:
    fields: dict[str, object] = {
        "id": f"{number:016x}", "file": f"doc{number}.md", "sha256": f"{number:064x}",
        "text_sha256": f"{number + 1:064x}", "extractor": "plain 1", "title": f"Digest {number}",
        "date": None, "language": "en", "kind": "digest",
        "source": source(f"doc-{number}", title=f"An analysis, number {number}"),
        "places": ("KAZ", "UZB"), "passages": (Passage(0, len(TEXTS.get(number, ""))),),
    }  # fmt: skip
    return Document(**(fields | changes))  # type: ignore[arg-type]


def evidence() -> Evidence:
    rows = observations()
    units = {row.indicator: row.unit for row in rows}
    titles = {
        "ai_user_share": "AI user share",
        "egdi": "E-Government Development Index",
        "gdp_per_head_ppp": "GDP per head",
        "working_age_population": "Working-age population",
        "online_service_rank": "Online services, world rank",
    }
    return Evidence(
        indicators=tuple(
            Indicator(
                id=name, title=titles[name], description=f"What {titles[name]} measures.",
                unit=unit, higher_is="worse" if unit == "rank" else "better",
            )
            for name, unit in units.items()
        ),
        observations=tuple(rows),
        sources=tuple(source(s) for s in sorted({row.source for row in rows})),
        documents=(
            document(1, date="2025-10"),
            document(2, title="Жасанды интеллект: Қазақстан тәжірибесі", language="kk",
                     kind="document", places=("KAZ",)),
            document(3, title=HOSTILE, places=("AZE",),
                     source=source("doc-3", title=FORMULA, url="javascript:alert(1)",
                                   licence="@home", note="")),
            document(4, title="Exports grow", date="2025-11-03", kind="document",
                     places=("KAZ", "TKM")),
            document(5, title="Exports grow, it says", date="2025-12-01", kind="document",
                     places=("KAZ",)),
            document(6, title="Talks", date="2026-02-10", kind="document", places=("TKM",)),
        ),
    )  # fmt: skip


CARD: dict[str, object] = {
    "name": "shipped",
    "version": "1",
    "method": "Linear heads over hashed n-grams",
    "trained_on": "Written messages in nine languages",
    "seed": 2026,
    "validation": {
        "how": "Messages held out.",
        "heads": {
            "intent": {
                "n": 900,
                "kappa": 0.57,
                "accuracy": 0.73,
                "calibration_error": None,
                "values": ["asking", "doing", "expressing"],
                "precision": [0.8, 0.7, 0.6],
                "recall": [0.8, 0.7, 0.5],
                "confusion": [[300, 60, 8], [60, 400, 8], [15, 20, 29]],
            },
            "topic group": {"n": 900, "kappa": 0.49, "accuracy": 0.58},
        },
        "language": {"kk": {"n": 100, "accuracy": 0.99}},
    },
    "limits": ["Not validated on speech.", HOSTILE],
}


def make_release(
    months: int = 18, places: tuple[str, ...] = ("KAZ", "UZB", "KGZ", "TJK", "TKM", "AZE")
) -> Release:
    return Release(
        id="0123456789abcdef",
        title="AI adoption in Central Asia and Azerbaijan",
        region="Central Asia and Azerbaijan",
        places=tuple(Place(p, NAMES[p]) for p in places),
        comparators=tuple(Place(p, NAMES[p]) for p in ("GEO", "ARM", "TUR", "RUS", "MNG")),
        synthetic="synthetic demonstration data",
        mode="internal",
        thresholds=(10, 20),
        messages_cap=30,
        estimates=Inventor(months, places).run(),
        quality=Quality(
            files=(("chatgpt/export.zip!conversations.json", "chatgpt", 21000, 40000, 12),
                   (f"{FORMULA}.jsonl", "wildchat", 5000, 20000, 0)),
            issues=(("read", "invalid-json", 9, "The record is not valid JSON."),
                    ("read", "no-user-turn", 3, "Nobody wrote anything in the record."),
                    ("gather", "no-text", 1, "A document holds no text.")),
            conversations=26000, duplicates=41, messages=60000, people=2950,
            anonymous_conversations=60, capped=812,
            months=("2025-01", f"{2025 + (months - 1) // 12}-{(months - 1) % 12 + 1:02d}"),
            unknown={"place": 0.031, "age_band": 0.03, "gender": 0.06},
            languages={"ru": 21000, "kk": 10200, "uz": 10800, "az": 6600, "en": 4200},
        ),
        evidence=evidence(),
        knowledge=knowledge(evidence().documents),
        labeller=CARD,
        version="0.1.0",
    )  # fmt: skip


def make_tiny() -> Release:
    """Make a release of few figures, for what must run twice."""
    full = make_release(months=2, places=("KAZ",))
    shares = {
        key: found
        for key, found in full.estimates.shares.items()
        if key.facet == "intent" and key.gender == key.age_band == key.language == ALL
    }
    seen = tuple(o for o in full.evidence.observations if o.indicator == "ai_user_share")
    indicators = full.evidence.indicators[:1]
    return replace(
        full,
        estimates=replace(full.estimates, shares=shares),
        evidence=replace(full.evidence, observations=seen, indicators=indicators),
    )


Made = Callable[..., Release]


@pytest.fixture(scope="session")
def make() -> Made:
    """Give the builder itself, for releases that differ."""
    return make_release


@pytest.fixture(scope="session")
def release() -> Release:
    """Give a small release: two places, five months, topics not split by groups; all the traps."""
    full = make_release(months=5, places=("KAZ", "TKM"))
    shares = {
        key: found
        for key, found in full.estimates.shares.items()
        if not key.facet.startswith("topic")
        or key == replace(key, month=ALL, age_band=ALL, gender=ALL, language=ALL)
    }
    return replace(full, estimates=replace(full.estimates, shares=shares))


@pytest.fixture(scope="session")
def tiny() -> Release:
    """Give a release of few figures, for what must run twice."""
    return make_tiny()


@pytest.fixture(scope="session")
def site(release: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a written site."""
    folder = tmp_path_factory.mktemp("site")
    OUTPUTS["site"](Edition(release), folder)
    return folder


@pytest.fixture(scope="session")
def report(bare: Release, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the folder of a written report."""
    folder = tmp_path_factory.mktemp("report")
    OUTPUTS["report"](Edition(bare), folder)
    return folder


@pytest.fixture(scope="session")
def hostile() -> str:
    """Give a text that must stay a text."""
    return HOSTILE


@pytest.fixture(scope="session")
def formula() -> str:
    """Give a text that a spreadsheet would run."""
    return FORMULA


@pytest.fixture(scope="session")
def bare(release: Release) -> Release:
    """Give a release as ``uptake report`` makes it: no region, one split missing, no evidence."""
    shares = {k: e for k, e in release.estimates.shares.items() if k.month == ALL}
    groups = {k: g for k, g in release.estimates.groups.items() if k[1] == ALL and k[3] == ALL}
    return replace(
        release, region="", places=(), comparators=(), synthetic="", evidence=Evidence(),
        knowledge=Knowledge(),
        estimates=Estimates({k: e for k, e in shares.items() if k.gender == ALL}, groups),
        labeller={},
    )  # fmt: skip
