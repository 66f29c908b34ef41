"""Distance to targets: bounds stay bounds, times are respected, unlike things are not compared."""

import math
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.gather.knowledge.conftest import claim, document

from uptake.gather.knowledge import pace
from uptake.gather.knowledge.comparing import figures
from uptake.gather.knowledge.distances import distances, newest
from uptake.gather.knowledge.values import Bounds
from uptake.model.claim import Claim
from uptake.model.distance import Distance
from uptake.model.evidence import Observation

ON = date(2026, 3, 31)


def users(doc: str, value: float, time: Any, kind: str = "actual", **more: Any) -> Claim:
    fields = {"name": "Internet users", "indicator": "internet_users", "unit": "percent",
              "comparator": "=", **more}  # fmt: skip
    countries = fields.pop("countries", ["KAZ"])
    quote = fields.pop("quote", f"{value} percent of people use the Internet")
    return claim(doc, quote, countries=countries, time=time, value=value,
                 value_text=f"{value}%", kind=kind, **fields)  # fmt: skip


def exports(value: float, time: Any, kind: str = "actual", **more: Any) -> Claim:
    fields = {"unit": "currency", "currency": "USD", "comparator": "=", **more}
    return claim("digest", f"exports of IT services of {value:.0f}", countries=["KAZ"], time=time,
                 name="Exports of IT services", indicator="ict_exports", value=value, kind=kind,
                 **fields)  # fmt: skip


def row(period: str, value: float, **more: Any) -> Observation:
    return Observation(indicator=more.pop("indicator", "internet_users"), place="KAZ",
                       period=period, value=value, unit=more.pop("unit", "percent"), source="bank",
                       original_value=str(value), **more)  # fmt: skip


def told(
    *claims: Claim, rows: tuple[Observation, ...] = (), on: date | None = ON
) -> tuple[Distance, ...]:
    return distances(figures(claims, [document(c.doc, None) for c in claims]), rows, on=on)


GOAL = users("plan", 95, ("2030", None, "by"), "target", comparator=">=")


def test_a_target_without_any_value_says_so() -> None:
    (one,) = told(GOAL)
    assert (one.verdict, one.actual) == ("no_actual", None)
    assert one.sentence == "No actual value is known."
    assert (one.goal, one.due, one.due_day) == ("at least 95%", "by 2030", "2030-12-31")


def test_the_latest_row_counts_and_its_pace_is_that_of_its_table() -> None:
    rows = (row("2020", 80), row("2022", 84), row("2024", 88), row("2009", 3))
    (one,) = told(GOAL, rows=rows)
    assert one.actual
    assert one.before
    assert (one.actual.period, one.actual.source, one.before.period) == ("2024", "bank", "2020")
    assert (one.left_low, one.left_high) == (7, 7)
    assert one.needed_high == pytest.approx(7 / 6, rel=0.01)
    assert one.pace_low == pytest.approx(2, rel=0.01)
    assert one.verdict == "on_pace"
    assert "7 points left" in one.sentence


def test_a_slow_pace_is_behind_and_one_value_has_none() -> None:
    (one,) = told(GOAL, rows=(row("2020", 80), row("2024", 81)))
    assert one.verdict == "behind"
    (one,) = told(GOAL, rows=(row("2024", 81),))
    assert (one.verdict, one.before, one.pace_low) == ("open", None, None)


def test_imputed_rows_targets_and_other_units_are_no_values() -> None:
    rows = (row("2024", 99, status="imputed"), row("2030", 97, status="target"),
            row("2024", 99, unit="people"))  # fmt: skip
    (one,) = told(GOAL, rows=rows)
    assert one.verdict == "no_actual"


def test_a_claim_later_than_the_table_stands() -> None:
    later = users("news", 91, ("2025", None, "in"))
    (one,) = told(GOAL, later, rows=(row("2020", 80), row("2024", 88)))
    assert one.actual
    assert (one.actual.claim, one.actual.period) == (later.id, "2025")
    assert one.before is None, "a claim is not compared with a row of a table"


@pytest.mark.parametrize(
    ("value", "comparator", "verdict"),
    [
        (96, "=", "met"),
        (95, "=", "met"),
        (94, "=", "not_met"),
        (95, ">", "met"),
        (90, ">", "unknown"),
        (90, "<", "not_met"),
        (99, "<", "unknown"),
    ],
)
def test_a_time_that_is_over_is_judged_by_a_value_of_it(
    value: float, comparator: str, verdict: str
) -> None:
    goal = users("plan", 95, ("2025", None, "by"), "target", comparator=">=")
    (one,) = told(goal, users("news", value, ("2025", None, "in"), comparator=comparator))
    assert one.verdict == verdict
    assert one.needed_low is one.needed_high is None


def test_an_older_or_later_value_does_not_judge_a_time_that_is_over() -> None:
    goal = users("plan", 95, ("2023", None, "by"), "target", comparator=">=")
    (one,) = told(goal, rows=(row("2020", 80),))
    assert one.verdict == "unknown"
    assert "older than its time" in one.sentence
    (one,) = told(goal, rows=(row("2024", 99),))
    assert one.verdict == "unknown"
    assert "a later one" in one.sentence
    (one,) = told(goal, rows=(row("2021", 96), row("2024", 90)))
    assert one.verdict == "met", "it was reached before the time was over"


def test_what_time_is_over_depends_on_the_newest_document_alone() -> None:
    goal = users("plan", 95, ("2025", None, "by"), "target", comparator=">=")
    value = users("news", 80, ("2024", None, "in"))
    assert told(goal, value, on=date(2024, 12, 31))[0].verdict == "open"
    assert told(goal, value, on=None)[0].verdict == "open"
    assert told(goal, value)[0].verdict == "unknown"
    documents = [document("a", "2024-05"), document("b", None)]
    assert newest(documents, [row("2023", 1), row("2030", 1, status="target")]) == date(2024, 5, 31)
    assert newest([], []) is None


def test_a_rank_falls_to_its_target() -> None:
    def rank(value: float, time: Any, kind: str) -> Claim:
        return claim("plan", f"rank {value} in e-government", countries=["KAZ"], time=time,
                     name="E-government", indicator="egdi_rank", value=value, unit="rank",
                     comparator="=", kind=kind, value_text=str(value))  # fmt: skip

    goal = rank(20, ("2028", None, "by"), "target")
    rows = tuple(row(year, value, indicator="egdi_rank", unit="rank")
                 for year, value in (("2022", 28), ("2024", 24)))  # fmt: skip
    (one,) = told(goal, rows=rows)
    assert one.falls
    assert (one.left_low, one.left_high) == (4, 4)
    assert one.pace_low == pytest.approx(2, rel=0.01)
    assert one.verdict == "on_pace"
    assert "4 places left" in one.sentence
    (one,) = told(goal, rows=(*rows[:1], row("2024", 19, indicator="egdi_rank", unit="rank")))
    assert one.verdict == "reached"


def test_a_lower_bound_leaves_the_distance_open_below() -> None:
    goal = exports(1e9, ("2025", None, "by"), "target")
    (one,) = told(goal, exports(4e8, ("2025", None, "in"), comparator=">"))
    assert (one.left_low, one.left_high) == (None, 6e8)
    assert one.verdict == "unknown"
    assert "at most USD 600 million left" in one.sentence


def test_money_is_converted_at_a_stated_rate_or_not_compared() -> None:
    goal = exports(1e9, ("2030", None, "by"), "target")
    (one,) = told(goal, exports(5e8, ("2024", None, "in"), currency="EUR"))
    assert one.actual
    assert one.actual.low == pytest.approx(5e8 * 1.0824, rel=1e-4)
    assert "ECB" in one.rate
    (one,) = told(goal, exports(5e8, ("1985", None, "in"), currency="KZT"))
    assert one.verdict == "not_compared"
    assert "exchange rate" in one.sentence


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"unit": "count"}, "another unit (a number, not percent)"),
        ({"breakdown": {"age": "18-24"}}, "other people"),
        ({"change": "growth"}, "the other is a change"),
        ({"scope": "rural areas"}, "another scope"),
    ],
)
def test_unlike_values_are_not_compared_and_the_reason_is_told(
    more: dict[str, Any], why: str
) -> None:
    named = {"scope": "urban areas", "name": "robots", "indicator": "robots", "quote": "Robots"}
    goal = users("plan", 95, ("2030", None, "by"), "target", **named)
    value = users("plan", 80, ("2024", None, "in"), **{**named, **more})
    (one,) = told(goal, value)
    assert (one.verdict, one.actual, one.left_high) == ("not_compared", None, None)
    assert why in one.sentence


def test_another_place_is_another_thing() -> None:
    (one,) = told(GOAL, users("news", 99, ("2024", None, "in"), countries=["UZB"]))
    assert one.verdict == "no_actual"


def test_sums_of_periods_of_other_lengths_give_no_pace() -> None:
    goal = exports(9e8, ("2030", None, "by"), "target")
    whole, half = exports(2e8, ("2023", None, "in")), exports(1e8, ("2023-H1", None, "in"))
    now = exports(3e8, ("2025", None, "in"))
    (one,) = told(goal, half, now)
    assert (one.before, one.verdict) == (None, "open")
    (one,) = told(goal, whole, now)
    assert one.before
    assert one.pace_low == pytest.approx(5e7, rel=0.01)
    assert one.verdict == "behind"


def test_nothing_is_said_of_a_value_above_a_target_that_may_be_meant_either_way() -> None:
    goal = users(
        "plan", 40, ("2025", None, "by"), "target", name="x", indicator="x", quote="Robots"
    )
    now = users("plan", 55, ("2025", None, "in"), name="x", indicator="x", quote="Robots")
    (one,) = told(goal, now)
    assert (one.falls, one.verdict) == (None, "unknown")
    assert "rise or fall" in one.sentence


def test_one_target_told_twice_is_one() -> None:
    again = users("paper", 95, ("2030", None, "by"), "target", comparator=">=")
    (one,) = told(GOAL, again)
    assert {one.target, *one.also} == {GOAL.id, again.id}


NUMBERS = st.floats(-1e6, 1e6).map(lambda x: round(x, 3))


WIDE = st.tuples(NUMBERS, NUMBERS).map(lambda ends: Bounds(min(ends), max(ends)))


@given(WIDE, WIDE, st.floats(0, 1), st.floats(0, 1), st.booleans())
def test_a_verdict_holds_wherever_in_their_bounds_the_true_values_lie(
    now: Bounds, bar: Bounds, at: float, to: float, falls: bool
) -> None:
    left = pace.towards(now, bar, falls=falls)
    true = now.low + at * (now.high - now.low)
    aim = bar.low + to * (bar.high - bar.low)
    there = pace.reached(left)
    short = true > aim if falls else true < aim
    if there is not None and not math.isclose(true, aim, abs_tol=1e-6):
        assert there != short


@given(NUMBERS, NUMBERS, st.integers(181, 3000), st.integers(1, 5000), st.booleans())
def test_a_pace_that_is_enough_arrives_in_time(
    start: float, step: float, days: int, ahead: int, falls: bool
) -> None:
    """On a straight line: closed form."""
    sign = -1 if falls else 1
    now = start + sign * step
    goal = now + sign * 10.0
    so_far = pace.yearly(pace.towards(Bounds(start, start), Bounds(now, now), falls=falls), days)
    needed = pace.yearly(pace.towards(Bounds(now, now), Bounds(goal, goal), falls=falls), ahead)
    arrives = step / days * ahead
    if not math.isclose(arrives, 10.0, rel_tol=1e-6):
        assert pace.enough(so_far, needed) == (arrives > 10.0)
