"""Whatever the panel, a method gives a whole effect or says what is wrong."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.evaluate.planted import panel

from uptake.evaluate import METHODS
from uptake.model.errors import ConfigError


@pytest.mark.parametrize("name", METHODS)
@settings(max_examples=40)
@given(data=st.data())
def test_a_panel_with_gaps_has_an_effect_or_a_reason(name: str, data: st.DataObject) -> None:
    units = data.draw(st.integers(1, 24))
    periods = data.draw(st.integers(2, 14))
    starts = data.draw(st.lists(st.integers(1, periods - 1), min_size=1, max_size=3))
    p = panel(
        data.draw(st.integers(0, 99)),
        units=units,
        periods=periods,
        starts=starts,
        treated=data.draw(st.integers(1, units)),
    )
    gaps = data.draw(st.sampled_from([0.0, 0.1, 0.5]))
    rng = np.random.default_rng(data.draw(st.integers(0, 99)))
    y = np.where(rng.random(p.y.shape) < gaps, np.nan, p.y)
    size = data.draw(st.integers(1, 3))
    cluster = np.arange(units) // size
    p = replace(p, y=y, cluster=cluster, clusters=tuple(f"c{c}" for c in range(cluster[-1] + 1)))
    try:
        found = METHODS[name](p)
    except ConfigError:
        return
    assert np.isfinite(found.estimate)
    assert found.low <= found.estimate <= found.high
    assert 0 <= found.p <= 1
    assert found.pre_trend_p is None or 0 <= found.pre_trend_p <= 1
    assert (found.low <= 0 <= found.high) == found.verdict.startswith("No effect seen")
