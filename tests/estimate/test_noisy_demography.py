"""Who asks, under noise: strata merge where they drown, and what drowns altogether is refused."""

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.statistics.test_noisy_demography import GIVEN, KEYS, PLACES, SPLITS, drawn

from uptake.catalog.strata import population
from uptake.estimate import demography, estimate
from uptake.estimate.noisy_strata import merge
from uptake.model.demography import Demography
from uptake.protect import public
from uptake.protect.noisy import Noisy, Parameters

BANDS = ["18-24", "25-34", "35-44", "45-54", "55-64", "65+"]


def found(noisy: Noisy, given_: Parameters, splits: tuple[tuple[str, ...], ...]) -> Demography:
    cells = public.lay_out({"2025-04": noisy}, KEYS, given_, splits, 10)
    return demography(cells, estimate(cells), {place: population(place) for place in PLACES})


@pytest.fixture(scope="module")
def noisy() -> Noisy:
    return drawn(np.random.default_rng(3))


def test_quiet_tables_carry_strata_and_both_genders(noisy: Noisy) -> None:
    made = found(noisy, GIVEN, SPLITS)
    assert {w.place for w in made.weightings} == {*PLACES}
    for weighting in made.weightings:
        assert weighting.reason == ""
        assert weighting.measure == "message_share"
        assert 1 <= weighting.effective_people <= weighting.people
        # half of the 16,000 people, less a tenth whose name does not tell, and noise
        assert weighting.people == pytest.approx(7_200, abs=400)
        assert weighting.left_out == pytest.approx(800, abs=300)
        for share in weighting.shares:
            assert share.share is not None
            assert share.share.low <= share.share.value <= share.share.high
            assert "noise of the release" in share.share.covers
    assert {a.place for a in made.answers if a.women} == {"all", *PLACES}
    assert all(mix.women is not None for mix in made.mixes)


def test_without_strata_by_gender_weights_are_of_age_alone(noisy: Noisy) -> None:
    splits = tuple(s for s in SPLITS if s != ("place", "age_band", "gender"))
    for weighting in found(noisy, GIVEN, splits).weightings:
        assert weighting.by == "age band"
        assert weighting.note.startswith("not by gender too")
        assert weighting.shares


def test_what_drowns_is_refused_in_words(noisy: Noisy) -> None:
    """Larger stated scales over the same numbers: more is taken for noise."""
    loud = msgspec.structs.replace(
        GIVEN, messages_sigma=4_000.0, margins_sigma=250.0, volumes_sigma=4_000.0, heads_sigma=900.0
    )
    made = found(noisy, loud, SPLITS)
    assert made.weightings
    for weighting in made.weightings:
        assert weighting.shares == ()
        assert "too few people for the noise" in weighting.reason
    assert all(mix.women is None and "noise" in mix.reason for mix in made.mixes)
    of_places = [answer for answer in made.answers if answer.place != "all"]
    assert of_places
    assert all(answer.women is None and "noise" in answer.reason for answer in of_places)


@given(st.sets(st.sampled_from(BANDS)))
def test_merged_bands_are_all_bands_in_order_and_each_set_stands_out(strong: set[str]) -> None:
    sets = merge(BANDS, lambda some: bool(strong & {*some}))
    assert [band for some in sets for band in some] == (BANDS if strong else [])
    assert all(strong & {*some} for some in sets)
    assert len(sets) == len(strong)
