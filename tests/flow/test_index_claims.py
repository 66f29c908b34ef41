"""What documents claim becomes columns of an index: stories counted, bounds kept, gaps said."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uptake.flow.index import computed, load, write_index
from uptake.flow.index_claims import cells, count
from uptake.flow.told import told_of
from uptake.index.chain import build
from uptake.index.spec import Counted, IndexInputError
from uptake.index.uncertainty import simulate
from uptake.model.claim import Claim, ClaimTime, ClaimType
from uptake.model.errors import ConfigError
from uptake.model.told import Told
from uptake.publish.composite import shown, standing
from uptake.publish.rendering import fill

RUNNING = Counted(type="initiative", stages=("in_use", "scaled"))
EXPORTS = Counted(type="indicator", measure="ict_exports", currency="USD")
HEAD = "iso3,schooling,servers,people\n"
SPEC = """
title = "Readiness"
[table]
file = "t.csv"
place = "iso3"
[[indicators]]
code = "schooling"
parent = "base"
[[indicators]]
code = "servers"
parent = "base"
[[indicators]]
code = "running"
parent = "institutions"
weight = 0.6
claims = { type = "initiative", stages = ["in_use", "scaled"] }
[[indicators]]
code = "rules"
parent = "institutions"
weight = 0.4
claims = { type = "policy" }
[[indicators]]
code = "exports"
parent = "economy"
denominator = "people"
claims = { type = "indicator", measure = "ict_exports", currency = "USD" }
[[indicators]]
code = "usage"
parent = "usage_pillar"
released = "usage_index"
[[aggregates]]
code = "base"
parent = "index"
[[aggregates]]
code = "institutions"
parent = "index"
[[aggregates]]
code = "economy"
parent = "index"
[[aggregates]]
code = "usage_pillar"
parent = "index"
[[aggregates]]
code = "index"
[steps]
impute = "em"
[uncertainty]
runs = 300
sobol = 16
"""
PLACES = ("KAZ", "UZB", "KGZ", "AZE")


def claim(doc: str, place: str, type: ClaimType = "initiative", **more: Any) -> Claim:
    fields = {"stage": "in_use", "status": "adopted"} | more.pop("fields", {})
    given: dict[str, Any] = {"confidence": 0.8, "quote": "x", "start": 0, "end": 1} | more
    id = f"{doc}-{place}-{type}"
    return Claim(id=id, doc=doc, type=type, countries=(place,), fields=fields, **given)


def money(
    doc: str, place: str, value: float, comparator: str = "=", year: str = "2025", **more: Any
) -> Claim:
    fields = {
        "indicator": "ict_exports", "name": "IT exports", "value": value, "comparator": comparator,
        "unit": "currency", "currency": "USD", "kind": "actual", "value_text": f"${value:.0f}",
    } | more  # fmt: skip
    quote = f"IT exports were ${value:.0f}"
    time = ClaimTime(text=year, start=year)
    return claim(doc, place, "indicator", quote=quote, end=len(quote), fields=fields, time=time)


def observatory() -> Told:
    """Twelve documents: three places named often, Azerbaijan never."""
    named = {f"{p}{n}": (p,) for p in PLACES[:3] for n in range(4)}
    claims = [
        *(claim(f"KAZ{n}", "KAZ") for n in range(4)),
        claim("UZB0", "UZB"),
        *(claim(f"KAZ{n}", "KAZ", "policy") for n in range(2)),
        *(claim(f"UZB{n}", "UZB", "policy") for n in range(3)),
        money("KAZ0", "KAZ", 400e6, ">"),
        money("UZB0", "UZB", 900e6),
        money("KGZ0", "KGZ", 90e6, "<"),
        money("KGZ1", "KGZ", 500e6, kind="target", year="2030"),
    ]
    heads = {"KAZ": (1.3, 1.2, 1.4), "UZB": (0.8, 0.7, 0.9), "KGZ": (1.0, 0.6, 1.5)}
    return Told("r1", tuple(claims), named=named, per_head=heads, notice="synthetic")


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    rows = [
        "KAZ,12,50,10000000",
        "UZB,11,20,20000000",
        "KGZ,11.5,30,4000000",
        "AZE,10.5,45,7000000",
    ]
    (tmp_path / "t.csv").write_text(HEAD + "\n".join(rows) + "\n", encoding="utf-8")
    path = tmp_path / "spec.toml"
    path.write_text(SPEC, encoding="utf-8")
    return path


def quiet(what: str, done: int, total: int) -> None:
    pass


def test_ten_copies_of_one_text_count_once() -> None:
    copies = [f"d{n}" for n in range(10)]
    told = Told(
        claims=tuple(claim(doc, "KAZ") for doc in copies),
        stories=dict.fromkeys(copies, "d0"),
        named=dict.fromkeys(copies, ("KAZ",)),
    )
    assert count(told, RUNNING, "KAZ", 0.95)[0] == 1
    alone = Told(claims=told.claims, named=told.named)
    assert count(alone, RUNNING, "KAZ", 0.95)[0] == 10


def test_none_told_is_a_count_and_nothing_read_is_a_gap() -> None:
    told = observatory()
    value, low, high = count(told, RUNNING, "KGZ", 0.95)
    assert (value, low) == (0, 0)
    assert high == pytest.approx(2.51, abs=0.01)  # Jeffreys: half of the chi2(1) quantile of .975
    assert np.isnan(count(told, RUNNING, "AZE", 0.95)).all()
    often = Counted(type="initiative", fewest=5)
    assert np.isnan(count(told, often, "KAZ", 0.95)).all()


def test_stages_that_are_not_asked_for_do_not_count() -> None:
    told = observatory()
    announced = Counted(type="initiative", stages=("announced",))
    assert count(told, announced, "KAZ", 0.95)[0] == 0
    assert count(told, Counted(type="policy", stages=("adopted",)), "UZB", 0.95)[0] == 3


def test_what_an_analyst_accepted_raises_the_lower_end() -> None:
    told = observatory()
    sure = Told(claims=told.claims, named=told.named, accepted=frozenset(c.id for c in told.claims))
    proposed, accepted = (count(one, RUNNING, "KAZ", 0.95) for one in (told, sure))
    assert proposed[0] == accepted[0] == 4
    assert proposed[1] < accepted[1] < 4
    assert proposed[2] == accepted[2]


@given(number=st.integers(0, 30), confidence=st.floats(0.01, 1))
def test_an_interval_holds_its_count(number: int, confidence: float) -> None:
    docs = [f"d{n}" for n in range(number)]
    told = Told(
        claims=tuple(claim(doc, "KAZ", confidence=confidence) for doc in docs),
        named=dict.fromkeys([*docs, "other"], ("KAZ",)),
    )
    value, low, high = count(told, RUNNING, "KAZ", 0.95)
    assert value == number
    assert 0 <= low <= value < high


def test_a_bound_stays_a_bound() -> None:
    found = cells(observatory(), EXPORTS, PLACES, 0.95)
    assert found[0].tolist() == [450e6, 400e6, 500e6]  # more than 400
    assert found[1, 1] < 900e6 < found[1, 2]  # rounded to two digits
    assert found[2].tolist() == [85e6, 80e6, 90e6]  # less than 90; the target does not count
    assert np.isnan(found[3]).all()


def test_the_latest_time_counts_and_sources_of_one_time_are_taken_together() -> None:
    claims = (
        money("a", "KAZ", 100e6, year="2023"),
        money("b", "KAZ", 510e6, year="2025"),
        money("c", "KAZ", 550e6, year="2025"),
    )
    value, low, high = cells(Told(claims=claims), EXPORTS, ["KAZ"], 0.95)[0]
    assert low < 510e6 < value < 550e6 < high


def test_an_index_counts_what_a_release_tells(spec: Path) -> None:
    found = load(spec, observatory())
    codes = found.framework.codes[: found.framework.indicators]
    assert codes == ("schooling", "servers", "running", "rules", "exports", "usage")
    values = dict(zip(codes, found.numbers.values.T.tolist(), strict=True))
    assert values["running"][:3] == [4, 1, 0]
    assert values["rules"][:3] == [2, 3, 0]
    assert values["usage"][:3] == [1.3, 0.8, 1.0]
    assert found.denominated()[0, 4] == 45
    assert (found.numbers.low[2, 5], found.numbers.high[2, 5]) == (0.6, 1.5)
    assert found.numbers.notes == ("usage: from a release that says of its usage: synthetic.",)
    simulated = simulate(found)
    assert simulated is not None
    assert set(simulated.varied) == {"inputs", "imputed"}


def test_a_place_under_the_share_of_its_indicators_is_not_ranked(spec: Path) -> None:
    spec.write_text(
        SPEC.replace('impute = "em"', 'impute = "em"\navailable = 0.6'), encoding="utf-8"
    )
    built = build(load(spec, observatory()))
    assert built.available[3] == pytest.approx(2 / 6)
    assert built.scored.tolist() == [True, True, True, False]
    assert np.isnan(built.ranks[3, -1])
    page, _ = computed(load(spec, observatory()), quiet)
    assert page.fewest == 0.6
    assert any(said.endswith("less than 60% of them.") for said in page.warnings)
    assert "60% are needed" in standing(page, page.places[-1].id)
    words = fill("composite.html", **shown(page))
    assert "A place with a dash is not ranked: less than 60% of the indicators exist" in words


def test_without_an_observatory_its_indicators_are_left_out_and_said(
    spec: Path, tmp_path: Path
) -> None:
    done = write_index(spec, tmp_path / "out", progress=quiet)
    assert any(
        said == "Left out, as they are counted from an observatory and none was named: "
        "running, rules, exports, usage."
        for said in done.warnings
    )
    page = (tmp_path / "out" / "index.html").read_text(encoding="utf-8")
    assert "none was named: running" in page
    assert "of the index shown here" in page


def test_an_indicator_told_of_hardly_any_place_is_left_out_with_its_weight(spec: Path) -> None:
    told = observatory()
    kept = tuple(c for c in told.claims if c.type not in {"indicator", "policy"})
    found = load(spec, Told(claims=kept, named={"KAZ0": ("KAZ",), **told.named}))
    codes = found.framework.codes
    assert "exports" not in codes
    assert "economy" not in codes
    assert "rules" not in codes  # none of any place
    at = codes.index("running")
    assert found.framework.weights[at] == pytest.approx(1.0)
    gone = next(n for n in found.numbers.notes if n.endswith("of the index shown here."))
    assert gone.startswith("So economy")
    assert any("institutions rests on 1 of 2 indicators" in n for n in found.numbers.notes)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('{ type = "policy" }', '{ type = "rumour" }', "Invalid enum value 'rumour'"),
        (
            '{ type = "policy" }',
            '{ type = "indicator" }',
            "rules: does not say what to take of claims",
        ),
        ('{ type = "policy" }', '{ type = "policy", fewest = 0 }', "fewest"),
        ('released = "usage_index"', 'released = "usage"', "Invalid enum value 'usage'"),
        (
            'code = "servers"',
            'code = "servers"\nlow = "a"\nhigh = "b"\nevents = "n"',
            "two intervals",
        ),
        (
            'released = "usage_index"',
            'released = "usage_index"\nclaims = { type = "policy" }',
            "two origins",
        ),
    ],
)
def test_a_wrong_origin_is_named(spec: Path, old: str, new: str, said: str) -> None:
    spec.write_text(SPEC.replace(old, new), encoding="utf-8")
    with pytest.raises(IndexInputError, match=said):
        load(spec)


def test_a_folder_without_a_release_is_refused_with_what_makes_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="holds no release; make one with: uptake build"):
        told_of(tmp_path)


def test_a_count_behind_a_rate_gives_its_interval() -> None:
    found = load("ai_readiness_central_asia")
    at = found.framework.codes.index("anthropic_usage_index")
    row = found.numbers.places.index("TJK")  # 98 conversations
    value, low, high = (
        x[row, at] for x in (found.numbers.values, found.numbers.low, found.numbers.high)
    )
    assert low / value == pytest.approx(0.815, abs=0.005)
    assert high / value == pytest.approx(1.214, abs=0.005)
