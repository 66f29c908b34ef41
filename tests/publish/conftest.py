"""A realistic invented release: six places, many months, withheld cells, hostile strings."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.publish.invented import NAMES, Inventor, evidence
from tests.publish.invented_claims import FORMULA, HOSTILE, knowledge

from uptake.model.dimensions import ALL
from uptake.model.estimate import Estimates
from uptake.model.knowledge import Knowledge
from uptake.model.release import Evidence, Place, Quality, Release
from uptake.publish import OUTPUTS, Edition

TENS = "10,000-99,999"

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
            files=(("chatgpt/export.zip!conversations.json", "chatgpt", TENS, TENS, 12),
                   (f"{FORMULA}.jsonl", "wildchat", "1,000-9,999", TENS, 0)),
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
