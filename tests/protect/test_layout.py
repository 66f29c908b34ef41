"""Margins of noisy joint vectors are what a plain count gives, up to the noise that they state."""

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.tally.test_joint import KEYS, MONTHS, SECRET
from tests.tally.test_tally import row, table

from uptake.catalog import facet
from uptake.estimate import estimate
from uptake.model.estimate import Key
from uptake.model.joint import Bounds, Ints, JointCells, KeySpace
from uptake.model.releasedcells import WITHHELD, ReleasedCells
from uptake.protect import public
from uptake.protect.layout import cells, stacked, summed
from uptake.protect.noisy import Noisy, Parameters, from_bytes, to_bytes
from uptake.tally import Plan, split, tally_table
from uptake.tally.joint import joint_table

SPLITS = ((), ("place",), ("month",), ("place", "month"), ("age_band",), ("gender",))
PARAMETERS = Parameters(
    cells=1_000,
    messages=1_000,
    people_sigma=1e-6,
    messages_sigma=1e-6,
    margins_sigma=1e-6,
    totals_sigma=1e-6,
    volumes_sigma=1e-6,
    heads_sigma=1e-6,
    moments_sigma=1e-6,
)


def people(number: int, seed: int = 3) -> list[dict[str, object]]:
    draw = np.random.default_rng(seed)
    rows = []
    for user in range(1, number + 1):
        place = ("KAZ", "UZB")[user % 2]
        age, gender = ("18-24", "25-34")[user % 3 == 0], ("feminine", "masculine")[user % 5 == 0]
        rows += [
            row(
                user=user,
                message=user * 100 + n,
                conversation=n,
                time=n,
                month=202501 + int(draw.integers(0, 2)),
                place=place,
                age_band=age,
                gender=gender,
                intent=str(draw.choice(facet("intent").ids, p=[0.5, 0.3, 0.2])),
                topic=str(draw.choice(facet("topic").ids[:4])),
                band=int(draw.integers(0, 3)),
            )
            for n in range(int(draw.integers(1, 6)))
        ]
    return rows


def exact(found: JointCells) -> Noisy:
    return Noisy(found.tables)


def released(rows: list[dict[str, object]], parameters: Parameters) -> ReleasedCells:
    found = joint_table(table(rows), KEYS, parameters.bounds, SECRET, MONTHS)
    shape = stacked({month: exact(v) for month, v in found.items()}, KEYS)
    return ReleasedCells(cells(shape, KEYS, parameters, SPLITS, 10), "public", 10, 0, 1_000)


def test_without_noise_margins_are_the_cells_of_a_plain_count() -> None:
    rows = people(400)
    plan = Plan(10**6, ("KAZ", "UZB"), tuple(split("+".join(s)) for s in SPLITS))
    plain, _ = tally_table(table(rows), plan)
    names = ("split", "place", "month", "age_band", "gender", "language", "facet", "value")
    sums = ("messages", "group_messages")
    sure = ("messages_low", "messages_middle")  # told of the whole region alone

    def keyed(cells_table: object) -> dict[tuple[str, ...], tuple[int, ...]]:
        listed = cells_table.to_pylist()  # type: ignore[attr-defined]
        return {
            tuple(r[n] for n in names): tuple(
                r[s] for s in (sums if r["split"] else (*sums, *sure))
            )
            for r in listed
            if r["messages"]
        }

    ours, theirs = keyed(released(rows, PARAMETERS).table), keyed(plain.table)
    compared = [k for k in ours if k in theirs and ours[k][0] is not None]
    assert len(compared) > 100
    for key in compared:
        assert ours[key] == theirs[key], key


def test_people_of_one_month_are_the_people_of_a_plain_count() -> None:
    rows = [r for r in people(300) if r["month"] == 202501]
    plan = Plan(10**6, ("KAZ", "UZB"), tuple(split("+".join(s)) for s in SPLITS))
    plain, _ = tally_table(table(rows), plan)
    theirs = {
        (r["split"], r["place"], r["facet"], r["value"]): (r["people"], r["group_people"])
        for r in plain.table.to_pylist()
    }
    seen = 0
    for r in released(rows, PARAMETERS).table.to_pylist():
        key = (r["split"], r["place"], r["facet"], r["value"])
        if r["status"] == "published" and r["month"] == "2025-01":
            assert r["group_people"] == theirs[key][1], key
            if r["facet"] in {"total", "place", "age_band", "gender"}:
                assert r["people"] == theirs[key][0], key
            else:  # bounding leaves cells of people out: these would be too low
                assert r["people"] is None, key
            seen += 1
    assert seen > 20


def test_periods_are_the_sums_of_their_months() -> None:
    """Without noise a period's cells are those of the same messages in one month."""
    rows = people(400)
    four = [{**r, "month": 202501 + n % 4} for n, r in enumerate(rows)]
    asked = ("2025-01", "2025-02", "2025-03", "2025-04")

    def keyed(given: list[dict[str, object]], months: tuple[str, ...], periods: bool) -> object:
        found = joint_table(table(given), KEYS, PARAMETERS.bounds, SECRET, months)
        noisy = {month: exact(v) for month, v in found.items()}
        both = (asked[:2], asked[2:]) if periods else None
        told = public.lay_out(noisy, KEYS, PARAMETERS, SPLITS, 10, both).table.to_pylist()
        return {
            (r["split"], r["place"], r["month"][:7], r["facet"], r["value"]): (
                r["messages"],
                r["messages_low"],
                r["group_messages"],
            )
            for r in told
            if ("/" in r["month"] if periods else r["split"] in {"month", "place+month"})
            and r["facet"] in {"total", "intent", "topic", "topic_group"}
        }

    merged = [{**r, "month": 202501 if int(str(r["month"])) < 202503 else 202503} for r in four]
    assert keyed(four, asked, True) == keyed(merged, ("2025-01", "2025-03"), False)


def test_periods_that_share_a_month_are_refused() -> None:
    found = joint_table(table(people(9)), KEYS, PARAMETERS.bounds, SECRET, MONTHS)
    noisy = {month: exact(v) for month, v in found.items()}
    with pytest.raises(ValueError, match="none of them in common"):
        summed(noisy, KEYS, (MONTHS[:1], MONTHS[:1]))
    with pytest.raises(ValueError, match="equally many"):
        summed(noisy, KEYS, (MONTHS[:1], ()))


def test_what_is_withheld_keeps_noisy_sums_for_estimates_and_shows_none() -> None:
    told = released(people(60), PARAMETERS).table.to_pylist()
    hidden = [r for r in told if r["status"] == WITHHELD]
    assert len(hidden) > 20
    for r in hidden:
        assert all(r[name] is not None for name in ("noisy_messages", "messages_noise"))
        assert all(r[name] is None for name in ("messages", "people", "group_messages"))
    by_group: dict[tuple[str, ...], float] = {}
    whole: dict[tuple[str, ...], float] = {}
    for r in told:
        key = tuple(str(r[n]) for n in ("split", "place", "month", "age_band", "gender", "facet"))
        by_group[key] = by_group.get(key, 0.0) + r["noisy_messages"]
        whole[key] = r["noisy_group_messages"]
    assert by_group == pytest.approx(whole, abs=1e-6)


@pytest.mark.statistics
def test_intervals_hold_the_truth_under_sampling_and_noise() -> None:
    """95% intervals of shares of messages: 93 to 98 of 100 hold the expected share."""
    pytest.importorskip("opendp")
    from uptake.protect.noisy import add_noise

    parameters = Parameters(
        cells=12, messages=10, people_sigma=3.0, messages_sigma=6.0, margins_sigma=8.0,
        totals_sigma=12.0, volumes_sigma=6.0, moments_sigma=200.0,
    )  # fmt: skip
    keys = KeySpace(
        ("KAZ", "UZB"), ("18-24", "25-34"), ("feminine", "masculine"),
        {"intent": facet("intent").ids},
    )  # fmt: skip
    held: list[bool] = []
    for seed in range(110):
        found = joint_table(table(people(400, seed)), keys, parameters.bounds, SECRET, MONTHS)
        shape = stacked({m: add_noise(v, parameters) for m, v in found.items()}, keys)
        told = cells(shape, keys, parameters, (("month",),), 10)
        shares = estimate(ReleasedCells(told, "public", 10, 0, 10))
        for value, truth in zip(facet("intent").ids, (0.5, 0.3, 0.2), strict=True):
            it = shares.get(Key("intent", value, "message_share", month="2025-01"))
            if it is not None:
                held.append(it.low <= truth <= it.high)
        assert {key.measure for key in shares.shares} == {"message_share"}
    assert len(held) > 300
    assert 0.925 <= np.mean(held) <= 0.985, np.mean(held)


def test_a_cell_is_published_by_the_table_of_people_alone() -> None:
    """What is published changes with that table's noise, and with nobody else's."""
    found = joint_table(table(people(300)), KEYS, PARAMETERS.bounds, SECRET, MONTHS)
    loud = Parameters(1_000, 1_000, people_sigma=4.0, messages_sigma=4.0, margins_sigma=4.0,
                      totals_sigma=4.0, volumes_sigma=4.0, moments_sigma=4.0)  # fmt: skip
    draw = np.random.default_rng(4)

    def statuses(*moved: str) -> list[str]:
        noisy = {}
        for month, cells_of in found.items():
            parts = dict(cells_of.tables)
            for name, values in cells_of.tables.items():
                if name.startswith(moved):
                    parts[name] = values + draw.integers(-9, 10, values.shape)
            noisy[month] = Noisy(parts)
        told = cells(stacked(noisy, KEYS), KEYS, loud, SPLITS, 10)
        for r in told.to_pylist():
            if r["status"] == WITHHELD:
                assert r["messages"] is None
                assert r["people"] is None
        return [str(status) for status in told["status"].to_pylist()]

    as_counted = statuses()
    assert {"published", "withheld"} == set(as_counted)
    assert statuses("messages", "volumes", "heads") == as_counted
    assert statuses("people") != as_counted


GRADED = KeySpace(
    tuple(f"place {n}" for n in range(24)),
    ("18-24", "unknown"),
    ("unknown",),
    {"intent": ("often", "seldom")},
)


def graded() -> JointCells:
    """Return a month of places of 10, 20, 30 and more people, half of whom tell their age.

    Each person sends three messages.
    """
    number = 5 * (1 + np.arange(len(GRADED.places), dtype=np.int64))
    people_of = np.repeat(number, 2 * 3).reshape(-1, 2, 3)
    messages = np.zeros((len(number), 2, 6), dtype=np.int64)
    messages[..., 2], messages[..., 5] = 2 * number[:, None], number[:, None]
    n = 2 * int(number.sum())
    moments = np.array([9 * n, 4 * n, n, 3 * n, 2 * n, n])
    return JointCells(GRADED, Bounds(3, 3), people_of.reshape(-1), messages.reshape(-1), moments)


def test_cells_at_the_edge_of_publication_read_neither_high_nor_low() -> None:
    """Mean errors over those of many releases, of seeded noise, in which a cell is published."""
    given = Parameters(3, 3, people_sigma=9.0, messages_sigma=9.0, margins_sigma=15.0,
                       totals_sigma=300.0, volumes_sigma=12.0, heads_sigma=9.0,
                       moments_sigma=90.0)  # fmt: skip
    splits, draw = ((), ("place",)), np.random.default_rng(11)

    def told(noisy: Noisy, least: int = 10) -> dict[str, NDArray[np.float64]]:
        table_of = cells(stacked({"2025-01": noisy}, GRADED), GRADED, given, splits, least)
        return {name: table_of[name].to_numpy().astype(np.float64) for name in COUNTED}

    def noised(values: Ints, sigma: float) -> Ints:
        return values + np.rint(draw.normal(0, sigma, values.shape)).astype(np.int64)

    counted, scales = graded().tables, given.scales
    drawn = [
        told(Noisy({name: noised(values, scales[name]) for name, values in counted.items()}))
        for _ in range(RELEASES)
    ]
    true = told(Noisy(counted), least=-(10**9))
    for name in COUNTED:
        values = np.stack([one[name] for one in drawn])
        times = np.isfinite(values).sum(axis=0)
        edge = np.isfinite(true[name]) & (times > RELEASES / 20) & (times < 19 * RELEASES / 20)
        assert edge.sum() >= 4, name
        errors = (values - true[name])[:, edge]
        standard = np.nanstd(errors, axis=0) / np.sqrt(times[edge])
        z = np.nanmean(errors, axis=0) / standard
        assert np.abs(z).max() < 4, (name, z)


RELEASES = 400
COUNTED = ("messages", "group_messages", "people", "group_people")


def test_bytes_are_read_back_and_another_key_space_is_refused() -> None:
    found = joint_table(table(people(30)), KEYS, PARAMETERS.bounds, SECRET, MONTHS)["2025-01"]
    noisy = exact(found)
    again = from_bytes(to_bytes(noisy), KEYS)
    for name, values in noisy.tables.items():
        assert (again.tables[name] == values).all(), name
    with pytest.raises(ValueError, match="key space"):
        from_bytes(
            to_bytes(noisy), type(KEYS)(("KAZ",), ("18-24",), ("unknown",), {"intent": ("a",)})
        )


def test_the_loss_of_a_month_is_the_sum_of_its_vectors() -> None:
    given = Parameters(8, 5, people_sigma=12, messages_sigma=100, margins_sigma=50,
                       totals_sigma=200, volumes_sigma=10, heads_sigma=9,
                       moments_sigma=500)  # fmt: skip
    people_of = 5 * 8 / 288
    messages = 100 / 20_000 + 3 * 100 / 5_000 + 100 / 80_000
    moments = (25 * 25 + 25) * 5 / 500_000
    assert given.rho(4) == pytest.approx(people_of + messages + 25 / 200 + 1 / 162 + moments)
