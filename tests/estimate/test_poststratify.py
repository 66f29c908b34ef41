"""Post-stratified shares: worked examples, closed forms, peers, and what is refused."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.weightstats import DescrStatsW

from uptake.catalog.strata import population
from uptake.estimate.poststratify import (
    Stratum,
    Sums,
    Weighted,
    collapse,
    estimates,
    poststratify,
)
from uptake.estimate.refusal import Refused

W, M = ("18-24", "feminine"), ("18-24", "masculine")


def sums(*own: float) -> Sums:
    values = np.array(own)
    return Sums(len(own), np.array([values.sum()]), np.array([(values**2).sum()]))


def yes_of(people: int, yes: int) -> Sums:
    return Sums(people, np.array([float(yes)]), np.array([float(yes)]))


def weighted(sample: dict[Stratum, Sums | None], lived: dict[Stratum, float]) -> Weighted:
    found = poststratify(sample, lived)
    assert isinstance(found, Weighted), found
    return found


def test_lohrs_college_example() -> None:
    # Lohr, Sampling: Design and Analysis, sec. 4.4: 400 of 4,000 students drawn, 240 women of whom
    # 84 plan to teach and 160 men of whom 40 do; 2,700 women and 1,300 men: 1,270 plan to teach
    found = weighted({W: yes_of(240, 84), M: yes_of(160, 40)}, {W: 2_700.0, M: 1_300.0})
    assert 4_000 * found.share[0] == pytest.approx(1_270)
    by_hand = 0.675**2 * 0.35 * 0.65 / 239 + 0.325**2 * 0.25 * 0.75 / 159
    assert found.variance[0] == pytest.approx(by_hand)


def test_in_proportion_nothing_changes_and_no_person_is_lost() -> None:
    found = weighted({W: yes_of(60, 30), M: yes_of(40, 10)}, {W: 6.0, M: 4.0})
    assert found.share[0] == pytest.approx(0.4)
    assert found.effective_people == pytest.approx(100)
    assert found.design_effect == pytest.approx(1)


def test_kishs_design_effect_is_one_plus_the_weights_squared_variation() -> None:
    found = weighted({W: yes_of(80, 30), M: yes_of(20, 10)}, {W: 50.0, M: 50.0})
    weights = np.repeat([0.5 / 80, 0.5 / 20], [80, 20])
    assert found.design_effect == pytest.approx(1 + weights.var() / weights.mean() ** 2)
    assert found.effective_people == pytest.approx(weights.sum() ** 2 / (weights**2).sum())


@given(
    st.lists(st.floats(0, 1), min_size=2, max_size=30),
    st.lists(st.floats(0, 1), min_size=2, max_size=30),
    st.floats(0.05, 0.95),
)
def test_means_and_variances_are_those_of_statsmodels(
    women: list[float], men: list[float], share: float
) -> None:
    found = weighted({W: sums(*women), M: sums(*men)}, {W: share, M: 1 - share})
    theirs = DescrStatsW(
        np.array(women + men),
        weights=np.repeat([share / len(women), (1 - share) / len(men)], [len(women), len(men)]),
    )
    assert found.share[0] == pytest.approx(theirs.mean, abs=1e-12)
    each = [DescrStatsW(np.array(group)).std_mean for group in (women, men)]
    expected = share**2 * each[0] ** 2 + (1 - share) ** 2 * each[1] ** 2
    assert found.variance[0] == pytest.approx(expected, abs=1e-12)
    (shown,) = estimates(found)
    assert 0 <= shown.low <= shown.value <= shown.high <= 1
    assert found.effective_people <= found.people + 1e-9


def test_values_that_make_up_a_whole_still_do() -> None:
    rng = np.random.default_rng(1)
    own = rng.dirichlet([1, 2, 3], size=50)
    strata: dict[Stratum, Sums | None] = {
        key: Sums(25, part.sum(axis=0), (part**2).sum(axis=0))
        for key, part in ((W, own[:25]), (M, own[25:]))
    }
    assert weighted(strata, {W: 9.0, M: 1.0}).share.sum() == pytest.approx(1)


def test_people_in_no_stratum_are_counted_and_minors_are_dropped() -> None:
    plain: dict[Stratum, Sums | None] = {W: yes_of(60, 30), M: yes_of(40, 10)}
    more = plain | {
        ("18-24", "unknown"): yes_of(7, 7),
        ("unknown", "feminine"): yes_of(5, 5),
        ("13-17", "feminine"): yes_of(50, 50),
    }
    lived: dict[Stratum, float] = {W: 5.0, M: 5.0, ("13-17", "feminine"): 90.0}
    found = weighted(more, lived)
    assert found.left_out == 12
    assert found.people == 100
    assert found.share == weighted(plain, lived).share


@pytest.mark.parametrize(
    ("sample", "lived", "reason"),
    [
        ({W: yes_of(60, 30)}, {W: 5.0, M: 5.0}, "18-24 masculine"),
        ({W: yes_of(60, 30), M: yes_of(0, 0)}, {W: 5.0, M: 5.0}, "nobody in the sample"),
        ({W: yes_of(60, 30), M: yes_of(1, 0)}, {W: 5.0, M: 5.0}, "fewer than 2"),
        ({W: yes_of(60, 30), M: None}, {W: 5.0, M: 5.0}, "withheld"),
        (
            {W: yes_of(60, 30), M: Sums(9, np.array([np.nan]), np.array([1.0]))},
            {W: 5.0, M: 5.0},
            "withheld",
        ),
        ({W: yes_of(60, 30)}, {W: 0.0}, "no population"),
        ({W: yes_of(60, 30)}, {}, "no population"),
        ({W: yes_of(60, 30)}, {("13-17", "feminine"): 9.0}, "no population"),
        ({W: yes_of(60, 30)}, {W: 5.0, M: -1.0}, "negative"),
    ],
)
def test_what_can_not_be_weighted_is_refused_with_its_reason(
    sample: dict[Stratum, Sums | None], lived: dict[Stratum, float], reason: str
) -> None:
    found = poststratify(sample, lived)
    assert isinstance(found, Refused)
    assert reason in found.reason


def test_the_floor_of_a_release_holds_for_each_stratum() -> None:
    sample: dict[Stratum, Sums | None] = {W: yes_of(60, 30), M: yes_of(9, 3)}
    found = poststratify(sample, {W: 1.0, M: 1.0}, floor=10)
    assert isinstance(found, Refused)
    assert "fewer than 10" in found.reason


def test_a_stratum_that_nobody_lives_in_is_not_asked_for() -> None:
    found = weighted({W: yes_of(60, 30), M: yes_of(4, 1)}, {W: 5.0, M: 0.0})
    assert found.share[0] == 0.5
    assert found.left_out == 4


def test_a_population_is_collapsed_by_dimension_and_by_band() -> None:
    lived = population("KAZ").people
    by_age = collapse(lived, by="age_band")
    assert sum(by_age.values()) == sum(lived.values())
    assert set(by_age) == {(band, "all") for band, _ in lived}
    merged = collapse(lived, {"65+": "55-64"})
    assert merged["55-64", "feminine"] == lived["55-64", "feminine"] + lived["65+", "feminine"]
    assert len(collapse(lived, by="gender")) == 2
    assert collapse({("13-17", "feminine"): 5}) == {}
