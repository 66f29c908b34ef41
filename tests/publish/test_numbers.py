"""Printed numbers never claim more than they know."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uptake.model.estimate import Estimate
from uptake.model.evidence import Observation
from uptake.publish import numbers


def estimate(value: float, low: float, high: float) -> Estimate:
    return Estimate(value, low, high, 0.95, 100, "sampling")


@pytest.mark.parametrize(
    ("value", "low", "high", "shown"),
    [
        (0.421, 0.391, 0.449, "42% (39–45)"),
        (0.0, 0.0, 0.038, "0% (0–4)"),
        (0.003, 0.0004, 0.03, "<1% (<1–3)"),
        (0.4213, 0.4193, 0.4233, "42.1% (41.9–42.3)"),
        (0.999, 0.98, 1.0, ">99% (98–100)"),
        (1.0, 0.96, 1.0, "100% (96–100)"),
        (0.0002, 0.0001, 0.0004, "<0.1% (<0.1–<0.1)"),
    ],
)
def test_a_share_is_printed_with_its_interval(
    value: float, low: float, high: float, shown: str
) -> None:
    assert numbers.share(estimate(value, low, high)) == shown


@given(st.floats(0, 1), st.sampled_from([0, 1]))
def test_zero_is_printed_for_nobody_only_and_all_for_everybody(share: float, digits: int) -> None:
    shown = numbers.percent(share, digits)
    assert (shown == "0") == (share == 0)
    assert (shown == "100") == (share == 1)
    if shown[0] not in "<>":
        assert abs(float(shown) - 100 * share) <= 0.5 * 10**-digits + 1e-9


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 1))
def test_whole_percent_unless_the_interval_is_narrow(a: float, b: float, c: float) -> None:
    low, value, high = sorted((a, b, c))
    shown = numbers.value(estimate(value, low, high))
    assert "." not in shown or high - low < 0.01


def observation(**changes: object) -> Observation:
    fields: dict[str, object] = {
        "indicator": "i", "place": "KAZ", "period": "2024", "value": 1.0, "unit": "index",
        "source": "s", "original_value": "1",
    }  # fmt: skip
    return Observation(**(fields | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "shown"),
    [
        ({"value": 0.9009, "original_value": "0.9009"}, "0.9009"),
        ({"value": 0.68, "original_value": "0.68"}, "0.68"),
        ({"value": 13.72, "unit": "percent", "original_value": "13.72"}, "13.7%"),
        ({"value": 38514.81, "unit": "usd_ppp", "original_value": "38514.81"}, "38,515"),
        ({"value": 24.0, "unit": "rank", "original_value": "24"}, "24"),
        ({"value": 400.0, "unit": "count", "original_value": "400", "comparator": ">"}, "> 400"),
        ({"value": 0.004, "unit": "percent", "original_value": "0.004"}, "0.004%"),
    ],
)
def test_an_indicator_keeps_its_source_s_digits_and_comparator(
    changes: dict[str, object], shown: str
) -> None:
    assert numbers.observed(observation(**changes)) == shown
