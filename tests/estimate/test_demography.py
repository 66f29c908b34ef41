"""Figures on women and men and weighted shares recover a simulated population's truth."""

from collections.abc import Callable

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from uptake.catalog import facet
from uptake.catalog.strata import Population
from uptake.estimate import demography, estimate, women_and_men
from uptake.estimate.association import Errors
from uptake.model.calibration import SIZE, Calibration, FacetErrors
from uptake.model.demography import Demography
from uptake.model.estimate import Estimate
from uptake.model.evidence import Source
from uptake.model.releasedcells import WITHHELD, ReleasedCells
from uptake.protect import Thresholds, protect
from uptake.tally import Plan, split, tally_table
from uptake.testing import Expectation, Spec, draw_labels, example_spec, expect

PEOPLE = 6_000
SEED = 20261130
PLACE = "KAZ"
AGES = {"18-24": 20.0, "25-34": 20.0, "35-44": 20.0, "45-54": 15.0, "55-64": 15.0, "65+": 10.0}
SPLITS = ("", "place", "gender", "place+gender", "place+age_band", "place+age_band+gender")
MISLEADING = np.array([[1700.0, 300.0, 0.0], [100.0, 1900.0, 0.0]])
"""Women and men associated as feminine and masculine, by a list that is far worse than ours."""

CONFUSED = np.array([[0.8, 0.15, 0.05], [0.2, 0.75, 0.05], [0.1, 0.1, 0.8]])
"""True intents (rows) by what a labeller makes of them."""

Truths = dict[tuple[str, str, str, str], float]
"""Expected people share by age band, gender, facet and value."""


@pytest.fixture(scope="module")
def spec() -> Spec:
    """Give one place with people of all ages and many unknown ones: no stratum is withheld.

    Few people of whom neither age nor gender, or no place, is known would be withheld, and
    others with them.
    """
    known = example_spec()
    place = msgspec.structs.replace(known.places[PLACE], ages=AGES)
    missing = msgspec.structs.replace(known.missing, country=0.0, birth_year=0.2, name=0.2)
    return msgspec.structs.replace(known, places={PLACE: place}, missing=missing)


@pytest.fixture(scope="module")
def lived() -> Population:
    """Give a population that is much older than the users, and has more women."""
    weights = zip(AGES, (1, 2, 3, 4, 5, 6), strict=True)
    people = {
        (band, gender): 1000 * weight * share
        for band, weight in weights
        for gender, share in (("feminine", 3), ("masculine", 2))
    }
    source = Source(
        id="census",
        producer="A bureau",
        title="A census",
        url="",
        licence="CC0",
        citation="A bureau.",
    )
    return Population(PLACE, "2025", False, people, source)


@pytest.fixture(scope="module")
def labels(spec: Spec) -> pa.Table:
    return draw_labels(spec, PEOPLE, np.random.default_rng(SEED))


@pytest.fixture(scope="module")
def cells(labels: pa.Table) -> ReleasedCells:
    return released(labels)


@pytest.fixture(scope="module")
def truths(spec: Spec) -> Truths:
    rows = expect(spec, Expectation(people=40_000), np.random.default_rng(7))
    at = {name: index for index, name in enumerate(rows.columns)}
    found: Truths = {}
    for row in rows.rows:
        if row[at["place"]] == PLACE and row[at["month"]] == row[at["language"]] == "all":
            band, gender, facet, value = (
                str(row[at[name]]) for name in ("age_band", "gender", "facet", "value")
            )
            found[band, gender, facet, value] = float(row[at["people_share"]])
    return found


def released(labels: pa.Table) -> ReleasedCells:
    raw, _ = tally_table(labels, Plan(splits=tuple(split(name) for name in SPLITS)))
    return protect(raw, mode="internal", thresholds=Thresholds())


def found(
    cells: ReleasedCells, lived: Population, calibration: Calibration | None = None
) -> Demography:
    return demography(cells, estimate(cells, calibration), {PLACE: lived}, calibration)


def column(table: pa.Table, name: str, changed: Callable[[list[str]], list[str]]) -> pa.Table:
    at = table.column_names.index(name)
    field = table.schema.field(name)
    values = changed([str(value) for value in table[name].to_pylist()])
    made = pa.array([*values], pa.string()).dictionary_encode()
    return table.set_column(at, field, made.cast(field.type))


def misled(labels: pa.Table, rng: np.random.Generator) -> pa.Table:
    """Associate people wrongly as often as ``MISLEADING`` says, each person always alike."""
    users = labels["user"].to_pylist()
    drawn = {user: rng.random() for user in dict.fromkeys(users)}
    wrong = {"feminine": 0.15, "masculine": 0.05, "unknown": 0.0}
    other = {"feminine": "masculine", "masculine": "feminine"}

    def changed(genders: list[str]) -> list[str]:
        pairs = zip(genders, users, strict=True)
        return [other[g] if drawn[user] < wrong[g] else g for g, user in pairs]

    return column(labels, "gender", changed)


def holds(shown: Estimate | None, truth: float) -> bool:
    return shown is not None and shown.low <= truth <= shown.high


def weighted_truth(truths: Truths, lived: Population, facet: str, value: str) -> float:
    return sum(
        count / lived.total * truths[band, gender, facet, value]
        for (band, gender), count in lived.people.items()
    )


def test_the_share_of_women_is_recovered_from_names_that_mislead(
    labels: pa.Table, spec: Spec, lived: Population, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(women_and_men, "errors_of", lambda _: Errors(MISLEADING, np.zeros((2, 3))))
    made = found(released(misled(labels, np.random.default_rng(3))), lived)
    truth = spec.places[PLACE].feminine
    assert [mix.place for mix in made.mixes] == ["all", PLACE]
    for mix in made.mixes:
        assert holds(mix.women, truth)
        assert mix.women is not None
        assert mix.observed is not None
        assert mix.observed < mix.women.low
        assert holds(mix.unknown, spec.missing.name * (1 - spec.missing.stated_gender))


def test_what_women_and_men_want_is_recovered(
    cells: ReleasedCells, lived: Population, truths: Truths
) -> None:
    answers = [a for a in found(cells, lived).answers if a.place == PLACE]
    assert {a.facet for a in answers} == {"intent", "work"}
    held = [
        holds(shown, truths["all", gender, a.facet, a.value])
        for a in answers
        for gender, shown in (("feminine", a.women), ("masculine", a.men))
    ]
    assert sum(held) >= len(held) - 1


def test_weighted_shares_recover_the_population_where_plain_ones_do_not(
    cells: ReleasedCells, lived: Population, truths: Truths
) -> None:
    (one,) = found(cells, lived).weightings
    assert (one.by, one.note, one.reason) == ("age band and gender", "", "")
    assert one.source == "census"
    assert one.population == lived.total
    assert one.effective_people < one.people <= PEOPLE
    assert one.left_out is not None
    assert 0.25 * PEOPLE < one.left_out < 0.4 * PEOPLE
    given = [s for s in one.shares if s.share is not None]
    assert len(given) >= 10
    held = [holds(s.share, weighted_truth(truths, lived, s.facet, s.value)) for s in given]
    assert np.mean(held) >= 0.9
    (study,) = [s for s in given if s.value == "study"]  # the young study, the population is old
    assert study.plain is not None
    assert study.share is not None
    assert study.plain > study.share.high


def test_a_labeller_that_confuses_values_is_corrected_in_weighted_shares_too(
    labels: pa.Table, lived: Population, truths: Truths
) -> None:
    rng = np.random.default_rng(5)
    values = facet("intent").ids
    codes = np.array([values.index(v) for v in labels["intent"].to_pylist()])
    said = (rng.random(len(codes))[:, None] > CONFUSED[codes].cumsum(axis=1)).sum(axis=1)
    counts = np.zeros((3, 3 * SIZE), dtype=np.int64)
    counts[:, SIZE - 1 :: SIZE] = np.round(2_000 * CONFUSED)
    known = Calibration("shipped", 6_000, {"intent": FacetErrors(values, counts)})
    cells = released(column(labels, "intent", lambda _: [values[code] for code in said]))
    (one,) = found(cells, lived, known).weightings
    shares = [s.share for s in one.shares if s.facet == "intent" and s.share is not None]
    assert len(shares) == 3
    for value, shown in zip(sorted(values), shares, strict=True):
        truth = weighted_truth(truths, lived, "intent", value)
        assert shown.correction == "calibration"
        assert holds(shown, truth)
        assert shown.counted is not None
        assert abs(shown.counted - truth) > abs(shown.value - truth)
    assert all(
        s.share is None or "uncorrected" in s.share.covers for s in one.shares if s.facet == "work"
    )


def test_a_facet_with_a_refused_value_stays_as_labelled(
    cells: ReleasedCells, lived: Population
) -> None:
    counts = np.zeros((3, 3 * SIZE), dtype=np.int64)
    counts[:, SIZE - 1 :: SIZE] = np.round(2_000 * CONFUSED)
    known = Calibration("shipped", 6_000, {"intent": FacetErrors(facet("intent").ids, counts)})
    hidden = withheld(cells, split="place+age_band+gender", value="doing", age_band="65+")
    (one,) = found(hidden, lived, known).weightings
    shown = {s.value: s for s in one.shares if s.facet == "intent"}
    assert shown["doing"].share is None
    for value in ("asking", "expressing"):
        share = shown[value].share
        assert share is not None
        assert share.correction == "none"
        assert "uncorrected" in share.covers


def withheld(cells: ReleasedCells, **where: str) -> ReleasedCells:
    """Return the cells with some withheld."""
    table = cells.table
    chosen = np.ones(table.num_rows, dtype=bool)
    for name, value in where.items():
        equal = pc.equal(table[name], pa.scalar(value))
        chosen &= equal.to_numpy(zero_copy_only=False)
    columns = []
    for field in table.schema:
        values = table[field.name].to_pylist()
        if field.name == "status":
            values = [WITHHELD if c else v for c, v in zip(chosen, values, strict=True)]
        elif not pa.types.is_string(field.type):
            values = [None if c else v for c, v in zip(chosen, values, strict=True)]
        columns.append(pa.array(values, field.type))
    made = pa.table(columns, schema=table.schema)
    return ReleasedCells(made, cells.mode, cells.min_people, cells.min_conversations, 30)


def test_a_withheld_gender_refuses_all_that_would_tell_it(
    cells: ReleasedCells, lived: Population
) -> None:
    hidden = withheld(cells, split="place", facet="gender", value="feminine")
    made = found(hidden, lived)
    (mix,) = [m for m in made.mixes if m.place == PLACE]
    assert mix.women is mix.unknown is None
    assert "withheld" in mix.reason
    answers = [a for a in made.answers if a.place == PLACE]
    assert answers
    assert all(a.women is None and a.men is None and a.reason for a in answers)


def test_withheld_strata_fall_back_to_age_alone_and_say_so(
    cells: ReleasedCells, lived: Population
) -> None:
    group = {"age_band": "65+", "gender": "masculine"}
    hidden = withheld(cells, split="place+age_band+gender", **group)
    (one,) = found(hidden, lived).weightings
    assert one.by == "age band"
    assert "65+ masculine are withheld" in one.note
    assert any(s.share for s in one.shares)
    (none,) = found(withheld(hidden, split="place+age_band", age_band="65+"), lived).weightings
    assert none.shares == ()
    assert none.people == 0
    assert none.reason.startswith("the sums of 65+ are withheld")


def test_one_withheld_value_of_a_stratum_refuses_that_value_alone(
    cells: ReleasedCells, lived: Population
) -> None:
    hidden = withheld(cells, split="place+age_band+gender", value="study", age_band="65+")
    (one,) = found(hidden, lived).weightings
    shown = {s.value: s for s in one.shares if s.facet == "work"}
    assert shown["study"].share is None
    assert "withheld" in shown["study"].reason
    assert shown["work"].share is not None


def test_names_that_tell_nobody_leave_age_and_no_composition(
    labels: pa.Table, lived: Population
) -> None:
    cells = released(column(labels, "gender", lambda known: ["unknown"] * len(known)))
    made = found(cells, lived)
    assert made.mixes == ()
    assert made.answers == ()
    (one,) = made.weightings
    assert one.by == "age band"
    assert "no known gender" in one.note


def test_a_place_that_no_table_holds_is_refused(cells: ReleasedCells) -> None:
    (one,) = demography(cells, estimate(cells), {}).weightings
    assert one.reason.startswith("no table")
    assert one.shares == ()


def test_figures_of_one_persons_own_logs_are_not_made(
    cells: ReleasedCells, lived: Population
) -> None:
    own = ReleasedCells(cells.table, "own", 1, 1, 30)
    assert found(own, lived) == Demography()


def test_no_figure_rests_on_fewer_people_than_the_floor(spec: Spec, lived: Population) -> None:
    for people in (40, 90, 250):
        labels = draw_labels(spec, people, np.random.default_rng(people))
        made = found(released(labels), lived)
        assert all(shown.n >= Thresholds().people for shown in made.estimates())
        assert all(w.people == 0 for w in made.weightings if w.reason)
