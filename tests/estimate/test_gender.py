"""Correction for wrong associations: closed forms, properties, and what is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uptake.estimate import shares
from uptake.estimate.association import Rates, errors_of, known_rates, rates
from uptake.estimate.gender import (
    Answers,
    Composition,
    Told,
    by_gender,
    composition,
    corrected,
    separated,
)
from uptake.estimate.refusal import Refused

FLOOR = 10
CERTAIN = known_rates(np.array([1.0, 1.0]))
UNSURE = known_rates(np.array([0.9, 0.8]))

counts = st.integers(min_value=FLOOR, max_value=5_000)
right = st.tuples(st.floats(0.75, 1.0), st.floats(0.75, 1.0)).map(np.array)
share = st.floats(0.0, 1.0)


def answers(values: list[float], people: float, variance: float = 1e-4) -> Answers:
    return Answers(np.array(values), np.full(len(values), variance), people)


def composed(told: Told, known: Rates = UNSURE) -> Composition:
    found = composition(told, known, FLOOR)
    assert isinstance(found, Composition), found
    return found


def test_a_correction_is_that_of_rogan_and_gladen() -> None:
    # their formula with apparent prevalence .35, sensitivity .9, specificity .8
    assert corrected(0.35, np.array([0.9, 0.8])) == pytest.approx(0.15 / 0.7)


def test_the_corrected_share_gives_the_observed_one_back() -> None:
    women, (r_f, r_m) = 0.37, (0.93, 0.88)
    observed = women * r_f + (1 - women) * (1 - r_m)
    assert corrected(observed, np.array([r_f, r_m])) == pytest.approx(women)


def test_without_errors_shares_stay_and_the_interval_is_that_of_sampling() -> None:
    found = composed(Told(40, 60, 25), CERTAIN)
    assert found.feminine.value == found.observed == 0.4
    low, high = shares.interval(np.array([0.4]), np.array([0.4 * 0.6 / 99]), np.array([100.0]))
    assert (found.feminine.low, found.feminine.high) == pytest.approx((low[0], high[0]))
    assert found.unknown.value == 0.2
    assert found.unknown.n == 125


def test_the_known_variance_of_the_corrected_share_stands_behind_the_interval() -> None:
    # Rogan and Gladen: var(p) = s (1 - s) / n / (r_f + r_m - 1)^2 with known rates
    found = composed(Told(400, 600, 0))
    value = (0.4 - 0.2) / 0.7
    low, high = shares.interval(
        np.array([value]), np.array([0.24 / 999 / 0.49]), np.array([1000.0])
    )
    assert found.feminine.value == pytest.approx(value)
    assert (found.feminine.low, found.feminine.high) == pytest.approx((low[0], high[0]))


def test_unknown_is_never_shared_out() -> None:
    few, many = composed(Told(40, 60, 0)), composed(Told(40, 60, 900))
    assert few.feminine == many.feminine
    assert (few.unknown.value, many.unknown.value) == (0.0, 0.9)


def test_both_genders_are_solved_from_both_groups() -> None:
    women, x, y = 0.45, 0.6, 0.4
    r_f, r_m = 0.9, 0.8
    feminine = women * r_f + (1 - women) * (1 - r_m)
    a = women * r_f / feminine
    b = women * (1 - r_f) / (1 - feminine)
    told = Told(1000 * feminine, 1000 * (1 - feminine), 0)
    found = by_gender(
        told,
        answers([a * x + (1 - a) * y], 1000 * feminine),
        answers([b * x + (1 - b) * y], 1000 * (1 - feminine)),
        UNSURE,
        FLOOR,
    )
    assert not isinstance(found, Refused)
    assert found[0][0].value == pytest.approx(x)
    assert found[1][0].value == pytest.approx(y)
    assert separated(feminine, np.array([r_f, r_m])) == pytest.approx((a, b))


def test_without_errors_the_groups_answers_are_the_genders() -> None:
    found = by_gender(
        Told(200, 300, 0), answers([0.2, 0.8], 200), answers([0.5, 0.5], 300), CERTAIN, FLOOR
    )
    assert not isinstance(found, Refused)
    assert [e.value for e in found[0]] == pytest.approx([0.2, 0.8])
    assert [e.value for e in found[1]] == pytest.approx([0.5, 0.5])
    assert (found[0][0].n, found[1][0].n) == (200, 300)


def test_uncertain_rates_widen_every_interval() -> None:
    measured = errors_of("KAZ")
    assert measured
    drawn = rates({"KAZ": measured}, {"KAZ": 1.0})
    fixed = known_rates(drawn.right)
    told = Told(5_000, 5_000, 1_000)
    groups = answers([0.5], 5_000, 1e-5), answers([0.3], 5_000, 1e-5)
    wide, narrow = composed(told, drawn).feminine, composed(told, fixed).feminine
    assert wide.high - wide.low > narrow.high - narrow.low
    by_drawn = by_gender(told, *groups, drawn, FLOOR)
    by_fixed = by_gender(told, *groups, fixed, FLOOR)
    assert not isinstance(by_drawn, Refused)
    assert not isinstance(by_fixed, Refused)
    for uncertain, certain in zip(by_drawn, by_fixed, strict=True):
        assert uncertain[0].high - uncertain[0].low > certain[0].high - certain[0].low


@given(counts, counts, st.integers(0, 5_000), right)
def test_a_share_lies_in_its_interval_and_both_in_0_to_1(
    feminine: int, masculine: int, unknown: int, rights: np.ndarray
) -> None:
    found = composition(Told(feminine, masculine, unknown), known_rates(rights), FLOOR)
    if isinstance(found, Composition):
        for shown in (found.feminine, found.unknown):
            assert 0 <= shown.low <= shown.value <= shown.high <= 1


@given(counts, counts, right, share, share)
def test_shares_of_women_and_men_lie_in_their_intervals(
    feminine: int, masculine: int, rights: np.ndarray, theirs: float, others: float
) -> None:
    found = by_gender(
        Told(feminine, masculine, 0),
        answers([theirs], feminine, theirs * (1 - theirs) / feminine),
        answers([others], masculine, others * (1 - others) / masculine),
        known_rates(rights),
        FLOOR,
    )
    if not isinstance(found, Refused):
        for (shown,) in found:
            assert 0 <= shown.low <= shown.value <= shown.high <= 1


@given(share, right)
def test_a_group_is_never_surer_than_its_lists(observed: float, rights: np.ndarray) -> None:
    a, b = separated(observed, rights)
    if np.isfinite([a, b]).all():
        assert -1e-9 <= b <= a + 1e-9 <= 1 + 1e-6


@pytest.mark.parametrize(
    ("told", "known", "reason"),
    [
        (Told(None, 60, 5), UNSURE, "withheld"),
        (Told(40, 60, None), UNSURE, "withheld"),
        (Told(9, 60, 0), UNSURE, "fewer than 10"),
        (Told(40, 60, 9), UNSURE, "fewer than 10"),
        (Told(0, 0, 500), UNSURE, "name that tells"),
        (Told(40, 60, 0), known_rates(np.array([0.6, 0.55])), "too little"),
        (Told(24, 76, 0), known_rates(np.array([1.0, 0.8])), "after correction"),
    ],
)
def test_a_composition_is_refused_with_its_reason(told: Told, known: Rates, reason: str) -> None:
    found = composition(told, known, FLOOR)
    assert isinstance(found, Refused)
    assert reason in found.reason


@pytest.mark.parametrize(
    ("told", "theirs", "others", "known", "reason"),
    [
        (Told(40, None, 0), answers([0.5], 40), answers([0.5], 60), UNSURE, "withheld"),
        (Told(40, 60, 0), answers([0.5], 9), answers([0.5], 60), UNSURE, "fewer than 10"),
        (Told(40, 60, 0), answers([np.nan], 40), answers([0.5], 60), UNSURE, "withheld"),
        (Told(0, 60, 0), answers([0.5], 40), answers([0.5], 60), UNSURE, "fewer than 10"),
        (
            Told(24, 76, 0),
            answers([0.5], 24),
            answers([0.5], 76),
            known_rates(np.array([1.0, 0.8])),
            "after correction",
        ),
        (
            Told(105, 895, 0),
            answers([0.5], 105),
            answers([0.5], 895),
            known_rates(np.array([1.0, 0.91])),
            "too little",
        ),
    ],
)
def test_shares_by_gender_are_refused_with_their_reason(
    told: Told, theirs: Answers, others: Answers, known: Rates, reason: str
) -> None:
    found = by_gender(told, theirs, others, known, FLOOR)
    assert isinstance(found, Refused)
    assert reason in found.reason
