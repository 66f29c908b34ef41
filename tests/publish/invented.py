"""Invented usage figures, tables and documents that look real; the same seed gives the same."""

import itertools
import random

from tests.publish.invented_claims import FORMULA, HOSTILE, TEXTS

from uptake.catalog import facet
from uptake.model.dimensions import ALL
from uptake.model.estimate import Estimate, Estimates, Group, Key
from uptake.model.evidence import Document, Indicator, Observation, Passage, Source
from uptake.model.release import Evidence

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
