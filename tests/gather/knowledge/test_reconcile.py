"""What agrees strengthens, what can not both hold is shown, and false tensions are not reported."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.gather.knowledge.conftest import Constructed, claim, document

from uptake.gather.knowledge.comparing import figures
from uptake.gather.knowledge.counting import story_of
from uptake.gather.knowledge.judgements import judgement
from uptake.gather.knowledge.reconcile import reconcile
from uptake.gather.knowledge.stories import stories
from uptake.gather.knowledge.values import bounds, rounded, step
from uptake.model.claim import Claim
from uptake.model.knowledge import Agreement, Contradiction


def said(doc: str, value: float, text: str = "", **more: object) -> Claim:
    fields = {
        "name": "farms that use AI",
        "value": value,
        "value_text": text or f"{value:g}",
        "unit": "count",
        "kind": "actual",
        **more,
    }
    time = fields.pop("time", ("2025", None, "in"))
    places = fields.pop("countries", ["KAZ"])
    return claim(doc, f"{text or value} farms", countries=places, time=time, fields=fields)


def reconciled(
    *claims: Claim, story: dict[str, str] | None = None
) -> tuple[tuple[Agreement, ...], tuple[Contradiction, ...]]:
    docs = {c.doc: document(c.doc, "2026-01-10") for c in claims}
    return reconcile(figures(claims, docs.values()), story or {})


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (said("a", 400, comparator=">="), said("b", 420)),
        (
            said("a", 42, "42%", unit="percent"),
            said("b", 42, "42%", unit="percent", comparator=">"),
        ),
        (said("a", 11.4e9, "11.4 billion"), said("b", 11_385_000_000, "11,385 million")),
        (said("a", 72, "nearly 72", comparator="~"), said("b", 71.4, "71.4")),
        (said("a", 1200, comparator="range", value_max=1500), said("b", 1340)),
        (said("a", 5000, "5,000"), said("b", 5012, "5 012")),
        (
            said("a", 2025, time=("2025-12-31", None, "as_of")),
            said("b", 2025, time=("2026-01-01", None, "as_of")),
        ),
    ],
)
def test_values_agree_after_comparators_and_rounding(a: Claim, b: Claim) -> None:
    (found,), contradictions = reconciled(a, b)
    assert set(found.claims) == {a.id, b.id}
    assert found.stories == 2
    assert contradictions == ()


@pytest.mark.parametrize(
    ("a", "b"),
    [
        (said("a", 178), said("b", 214)),
        (said("a", 400, comparator=">="), said("b", 350)),
        (said("a", 36.2, "36.2", unit="percent"), said("b", 35.8, "35.8", unit="percent")),
        (said("a", 40, kind="target"), said("b", 50, kind="target")),
    ],
)
def test_values_that_can_not_both_hold_contradict(a: Claim, b: Claim) -> None:
    agreements, (found,) = reconciled(a, b)
    assert agreements == ()
    assert set(found.claims) == {a.id, b.id}
    assert " against " in found.note


@pytest.mark.parametrize(
    "other",
    [
        said("b", 214, time=("2024", None, "in")),
        said("b", 214, time=None),
        said("b", 214, time=("2025-06-30", None, "as_of")),
        said("b", 214, countries=["UZB"]),
        said("b", 214, unit="percent"),
        said("b", 214, kind="target"),
        said("b", 214, breakdown={"size": "large"}),
        said("b", 214, change="growth"),
        said("b", 214, name="schools that use AI"),
        said("b", 214, subject="Agro Nigoh"),
        said("a", 214),
    ],
)
def test_figures_on_two_things_are_no_contradiction(other: Claim) -> None:
    assert reconciled(said("a", 178), other)[1] == ()


def test_what_is_told_a_day_and_a_year_is_no_contradiction() -> None:
    assert reconciled(said("a", 178, period="day"), said("b", 214, period="year"))[1] == ()
    assert len(reconciled(said("a", 178, period="day"), said("b", 214))[1]) == 1


def test_a_copy_strengthens_nothing() -> None:
    a, b = said("a", 178), said("b", 178)
    assert reconciled(a, b, story={"a": "a", "b": "a"}) == ((), ())
    third = said("c", 178)
    (found,), _ = reconciled(a, b, third, story={"a": "a", "b": "a"})
    assert (len(found.claims), found.stories) == (3, 2)


def test_a_bound_agrees_with_both_sides_of_a_contradiction() -> None:
    low, high, bound = said("a", 178), said("b", 214), said("c", 100, comparator=">")
    agreements, (found,) = reconciled(low, high, bound)
    assert {frozenset(a.claims) for a in agreements} == {
        frozenset({low.id, bound.id}),
        frozenset({high.id, bound.id}),
    }
    assert set(found.claims) == {low.id, high.id}


def test_money_is_compared_at_the_rate_of_its_year() -> None:
    euro = said("a", 100e6, "EUR 100m", unit="currency", currency="EUR", time=("2024", None, "in"))
    near = said("b", 108e6, "$108m", unit="currency", currency="USD", time=("2024", None, "in"))
    far = said("b", 150e6, "$150m", unit="currency", currency="USD", time=("2024", None, "in"))
    assert len(reconciled(euro, near)[0]) == 1
    assert len(reconciled(euro, far)[1]) == 1
    tenge = said("b", 1e9, unit="currency", currency="KZT", time=("2031", None, "in"))
    assert reconciled(said("a", 1e6, currency="USD", time=("2031", None, "in")), tenge) == ((), ())


def test_a_contradiction_keeps_its_judgement_when_another_source_agrees() -> None:
    a, b, c = said("a", 178), said("b", 214), said("c", 214)
    (before,) = reconciled(a, b)[1]
    when = "2026-05-04T09:30:00.000000+00:00"
    made = judgement("resolve", before.id, "Ayla", when, "the register counts", {"holds": b.id})
    docs = [document(x) for x in "abc"]
    (after,) = reconcile(figures([a, b, c], docs), {}, [made])[1]
    assert after.resolved == b.id
    assert len(after.claims) == 3
    gone = judgement("resolve", before.id, "Ayla", when, "", {"holds": "0123456789abcdef"})
    (again,) = reconcile(figures([a, b, c], docs), {}, [made, gone])[1]
    assert again.resolved == "", "a side that is no longer there can not hold"


def test_the_constructed_documents_hold_one_contradiction(constructed: Constructed) -> None:
    told = story_of(stories(constructed.documents, constructed.texts))
    agreements, contradictions = reconcile(
        figures(constructed.claims.values(), constructed.documents), told
    )
    found = {frozenset(map(constructed.gold, c.claims)) for c in contradictions}
    assert found == constructed.related("contradiction")
    assert "178" in contradictions[0].note
    assert "214" in contradictions[0].note
    shared = {frozenset(map(constructed.gold, a.claims)) for a in agreements}
    assert frozenset({"tr-01-N05", "az-01-N01"}) in shared
    copies = {frozenset({f"en-01-N{n:02}", f"en-03-N{n:02}"}) for n in range(1, 11)}
    assert not shared & copies


@settings(max_examples=60)
@given(
    st.lists(
        st.tuples(
            st.sampled_from("abcd"),
            st.sampled_from([100, 178, 214, 420]),
            st.sampled_from(["=", ">", "<=", "~"]),
        ),
        max_size=7,
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_claims_does_not_matter(
    rows: list[tuple[str, int, str]], random: object
) -> None:
    claims = [said(doc, value, comparator=sign) for doc, value, sign in dict.fromkeys(rows)]
    mixed = list(claims)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert reconciled(*mixed) == reconciled(*claims)


NUMBERS = st.floats(1e-3, 1e13).map(lambda x: float(f"{x:.4g}"))


@given(NUMBERS)
def test_a_value_lies_within_what_it_is_a_rounding_of(value: float) -> None:
    made = claim("d", "x", fields={"value": value})
    exact, near = bounds(made), rounded(made)
    assert exact
    assert near
    assert near.low < exact.low <= exact.high < near.high
    assert near.high - near.low <= max(1.0, 0.11 * value)


@pytest.mark.parametrize(
    ("value", "text", "expected"),
    [
        (1740, "1.740", 10),
        (12480, "12 480", 10),
        (57.0, "57,0", 0.1),
        (22.6e6, "22,6 млн", 1e5),
        (9.4e9, "9,4 milyar tenge", 1e8),
        (5, "пять", 1),
        (400e6, "EUR 400 million", 10e6),
        (1.5e12, "1,5 trln soʻm", 1e11),
    ],
)
def test_the_last_digit_is_read_in_any_notation(value: float, text: str, expected: float) -> None:
    assert math.isclose(step(value, text), expected)


@pytest.mark.parametrize("value", [None, True, "42", math.inf, math.nan])
def test_what_is_no_number_has_no_bounds(value: object) -> None:
    assert bounds(claim("d", "x", fields={"value": value})) is None
