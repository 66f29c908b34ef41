"""Changes between two periods: what grew is found, what did not is left alone."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from scipy.stats import false_discovery_control

from uptake.catalog import facet
from uptake.estimate import changes
from uptake.estimate.change import _adjusted, _newcombe
from uptake.estimate.change_correction import together
from uptake.estimate.prior_shift import Observed
from uptake.model.calibration import Calibration, FacetErrors
from uptake.model.change import Change
from uptake.protect import Thresholds, protect
from uptake.tally import Plan, split, tally_table
from uptake.testing import draw_labels, example_spec

INTENTS = facet("intent").ids


@pytest.fixture(scope="module")
def labels() -> pa.Table:
    return draw_labels(example_spec(), 2_500, np.random.default_rng(12))


def found(table: pa.Table, known: Calibration | None = None) -> dict[tuple[str, ...], Change]:
    plan = Plan(splits=tuple(split(s) for s in ("", "month", "place", "place+month")))
    cells, _ = tally_table(table, plan)
    made = changes(protect(cells, mode="internal", thresholds=Thresholds()), known)
    return {(c.place, c.facet, c.value): c for c in made}


def test_the_last_months_are_set_beside_those_of_the_year_before(labels: pa.Table) -> None:
    made = found(labels)
    assert {(c.earlier, c.later) for c in made.values()} == {("2025-04/2025-06", "2026-04/2026-06")}
    assert ("all", "intent", "asking") in made
    assert ("KAZ", "topic", "programming") in made
    for change in made.values():
        assert change.difference.value == pytest.approx(change.after.value - change.before.value)
        assert 0 <= change.p <= 1


def test_what_was_made_to_grow_is_found_to_grow(labels: pa.Table) -> None:
    late = np.array(labels["month"]) >= 202604
    intent = np.array(labels["intent"].to_pylist(), dtype=object)
    rng = np.random.default_rng(0)
    intent[late & (rng.random(len(intent)) < 0.15)] = "expressing"
    column = pa.array(intent.tolist(), pa.string()).dictionary_encode()
    moved = labels.set_column(labels.schema.get_field_index("intent"), "intent", column)
    made = found(moved)
    assert made["all", "intent", "expressing"].verdict == "grew"
    assert made["all", "intent", "asking"].verdict == "shrank"


def test_a_correction_moves_the_shares_and_widens_their_difference(labels: pa.Table) -> None:
    counts = np.kron([[350, 100, 50], [75, 400, 25], [100, 200, 200]], [[0, 0, 1]])
    known = Calibration("shipped", 1_500, {"intent": FacetErrors(INTENTS, counts)})
    plain, corrected = found(labels), found(labels, known)
    for value in INTENTS:
        before, after = plain["all", "intent", value], corrected["all", "intent", value]
        assert after.difference.correction == "calibration"
        assert after.difference.counted == pytest.approx(before.difference.value, abs=1e-9)
        width = [c.difference.high - c.difference.low for c in (before, after)]
        assert width[1] > width[0]
    assert corrected["all", "topic", "teach"].difference.correction == "none"


def test_one_month_has_nothing_to_be_compared_with(labels: pa.Table) -> None:
    assert found(labels.filter(pa.array(np.array(labels["month"]) == 202601))) == {}


def test_p_values_are_adjusted_as_scipy_does() -> None:
    difference, error = np.array([0.05, 0.01, -0.03, 0.0]), np.array([0.01, 0.01, 0.012, 0.01])
    from scipy.stats import norm

    plain = 2 * norm.sf(np.abs(difference) / error)
    assert _adjusted(difference, error) == pytest.approx(false_discovery_control(plain))


@pytest.mark.parametrize("correlation", [0.0, 0.4, 0.8])
def test_drawn_shares_go_together_as_asked(correlation: float) -> None:
    share = np.array([[0.4, 0.35, 0.25]] * 2)
    nothing = np.zeros((2, 3), dtype=np.bool_)
    seen = Observed(share, nothing, np.full((2, 3), 400.0), np.full(2, 400.0))
    drawn = together(seen, correlation, 20_000, np.random.default_rng(1)).share
    met = np.corrcoef(drawn[:, 0, 0], drawn[:, 1, 0])[0, 1]
    assert met == pytest.approx(correlation, abs=0.03)
    spread = np.sqrt(share[0] * (1 - share[0]) / 400)
    assert drawn[:, 0].std(axis=0) == pytest.approx(spread, rel=0.03)


def test_shares_that_go_against_each_other_differ_more() -> None:
    share = np.array([[0.4, 0.35, 0.25]] * 2)
    nothing = np.zeros((2, 3), dtype=np.bool_)
    seen = Observed(share, nothing, np.full((2, 3), 400.0), np.full(2, 400.0))
    rng = np.random.default_rng(1)
    apart = [np.diff(together(seen, c, 20_000, rng).share, axis=1).std() for c in (0.0, -0.5)]
    assert apart[1] == pytest.approx(apart[0] * 1.5**0.5, rel=0.03)


@pytest.mark.parametrize(("k", "n", "m"), [(0, 30, 400), (3, 40, 300), (20, 250, 250)])
def test_a_difference_is_newcombe_s_where_nothing_is_corrected(k: int, n: int, m: int) -> None:
    from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

    def wilson(count: int, of: int) -> tuple[float, float, float]:
        low, high = proportion_confint(count, of, method="wilson")
        return count / of, float(low), float(high)

    found = _newcombe(wilson(k, n), wilson(m // 10, m), 0.0)
    peer = confint_proportions_2indep(m // 10, m, k, n, compare="diff", method="newcomb")
    assert found[1:] == pytest.approx(peer, abs=1e-9)


def test_few_people_in_either_period_give_no_verdict(labels: pa.Table) -> None:
    people = labels["user"].unique().slice(0, 300)
    few = labels.filter(pc.is_in(labels["user"], value_set=people))
    assert {place for place, *_ in found(few)} <= {"all"}
