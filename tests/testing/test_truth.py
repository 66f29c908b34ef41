"""Expected shares against a second draw, closed forms, and the calibration of the example."""

import math
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest

from uptake.model.dimensions import KEYS
from uptake.testing import Expectation, Rows, example_spec, expect, simulate, stream
from uptake.testing.closed import ATTRIBUTES, Composition
from uptake.testing.sums import SPLITS
from uptake.testing.truth import capped, words

MEASURES = ("message_share", "people_share", "reach")
Table = dict[tuple[str, ...], dict[str, float]]


@pytest.fixture(scope="module")
def drawn() -> Table:
    """The expected shares, all of them by a draw: closed forms are left out."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Composition, "share", lambda *_: None)
        return expect(example_spec(), Expectation(16_000), stream(1, 0)).by_key()


@pytest.fixture(scope="module")
def expected() -> Table:
    return expect(example_spec(), Expectation(40_000), stream(2, 0)).by_key()


def _whole(table: Table, facet: str, value: str, measure: str, place: str = "KAZ") -> float:
    return table["place", place, "all", "all", "all", "all", facet, value][measure]


def _scores(left: Table, right: Table, split: str) -> list[float]:
    """Differences of two independent draws in their standard errors, where these are normal."""
    scores = []
    for key in sorted(left.keys() & right.keys()):
        for measure in MEASURES:
            error = math.hypot(left[key][f"{measure}_error"], right[key][f"{measure}_error"])
            if key[0] == split and 0.1 < left[key][measure] < 0.9 and error > 0:
                scores.append((left[key][measure] - right[key][measure]) / error)
    return scores


@pytest.mark.parametrize("split", ["", "place", "month", "language", "place+gender"])
def test_a_second_draw_lies_within_the_stated_errors(
    drawn: Table, expected: Table, split: str
) -> None:
    scores = np.array(_scores(drawn, expected, split))
    assert len(scores) > 40
    assert np.abs(scores).max() < 5
    assert (np.abs(scores) < 1.96).mean() > 0.85  # scores of one split hang together


def test_all_scores_together_have_the_spread_of_a_normal(drawn: Table, expected: Table) -> None:
    scores = [s for split in SPLITS for s in _scores(drawn, expected, "+".join(split))]
    assert len(scores) > 5_000
    assert 0.9 < float(np.std(scores)) < 1.1


def test_the_closed_forms_are_what_a_draw_comes_to(drawn: Table) -> None:
    spec = example_spec()
    closed, scores = Composition(spec, ATTRIBUTES, words(spec)), []
    for key, row in drawn.items():
        exact = closed.share(dict(zip(KEYS, key, strict=True)))
        if exact is None or not 0.1 < exact < 0.9 or "+" in key[0]:
            continue
        measures = MEASURES if key[6] in ATTRIBUTES else MEASURES[:2]
        scores += [(row[m] - exact) / row[f"{m}_error"] for m in measures]
    assert len(scores) > 400
    assert np.abs(scores).max() < 5
    assert 0.8 < float(np.std(scores)) < 1.2


@pytest.mark.parametrize("stated", [(), ("place",), ("age_band",)])
def test_what_records_do_not_state_is_unknown_in_the_expectation(stated: tuple[str, ...]) -> None:
    table = expect(example_spec(), Expectation(2_000, stated=stated), stream(3, 0)).by_key()
    for name, position in (("place", 1), ("age_band", 3), ("gender", 4)):
        found = {key[position] for key in table if name in key[0].split("+")}
        assert (found == {"unknown"}) == (name not in stated)


def test_shares_of_a_group_add_up_to_one(expected: Table) -> None:
    whole: dict[tuple[str, ...], list[float]] = defaultdict(lambda: [0.0, 0.0])
    for key, row in expected.items():
        for i, measure in enumerate(MEASURES[:2]):
            whole[key[:7]][i] += row[measure]
    assert len(whole) > 1_000
    assert np.allclose(list(whole.values()), 1, atol=1e-5)


def test_minors_are_in_no_expected_share(expected: Table) -> None:
    assert not [key for key in expected if "13-17" in key]


def test_the_cap_leaves_the_stated_number_evenly_spread() -> None:
    person, month = np.repeat([0, 0, 1], [100, 7, 31]), np.repeat([0, 1, 1], [100, 7, 31])
    kept = capped(person, month, 30)
    assert [int(k.sum()) for k in np.split(kept, [100, 107])] == [30, 7, 30]
    assert set(np.diff(np.flatnonzero(kept[:100]))) == {3, 4}


def test_kazakhstan_is_calibrated_to_the_headline(expected: Table) -> None:
    for value, share in (("asking", 0.42), ("doing", 0.32), ("expressing", 0.26)):
        assert _whole(expected, "intent", value, "message_share") == pytest.approx(share, abs=0.01)
    for band, share in (("18-24", 0.362), ("25-34", 0.358)):
        found = _whole(expected, "age_band", band, "message_share")
        assert found == pytest.approx(share, abs=0.001)
    women, men = (_whole(expected, "gender", g, "message_share") for g in ("feminine", "masculine"))
    assert abs(women - men) < 0.02


def test_the_other_places_differ(expected: Table) -> None:
    places = list(example_spec().places)
    asking = [_whole(expected, "intent", "asking", "message_share", place) for place in places]
    assert max(asking) - min(asking) > 0.08


def test_the_examples_own_draw_shows_the_headline(tmp_path: Path) -> None:
    truth = simulate(tmp_path, expected_people=0)
    assert truth.totals["people"] == 12_000
    assert 235_000 < truth.totals["messages"] < 255_000
    table = truth.realised.by_key()
    whole = _whole(table, "total", "all", "messages")
    for value, share in (("asking", 0.42), ("doing", 0.32), ("expressing", 0.26)):
        found = _whole(table, "intent", value, "messages") / whole
        assert found == pytest.approx(share, abs=0.02)
    adult = whole - _whole(table, "age_band", "13-17", "messages")
    for band, share in (("18-24", 0.362), ("25-34", 0.358)):
        found = _whole(table, "age_band", band, "messages") / adult
        assert found == pytest.approx(share, abs=0.03)
    for place in example_spec().places:
        assert _whole(table, "total", "all", "people", place) >= 600
    spoken = {
        key[7]: row["messages"]
        for key, row in table.items()
        if key[0] == "" and key[6] == "language"
    }
    assert set(spoken) == {"en", "ru", "kk", "uz", "ky", "tg", "tk", "az", "tr"}
    assert min(spoken.values()) > 1_000
    assert len(list((tmp_path / "logs").iterdir())) == 18


def test_rows_are_looked_up_by_key() -> None:
    rows = Rows((*KEYS, "reach"), [("", *["all"] * 5, "intent", "asking", 0.5)])
    assert rows.by_key() == {("", *["all"] * 5, "intent", "asking"): {"reach": 0.5}}
