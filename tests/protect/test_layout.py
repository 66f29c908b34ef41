"""Margins of noisy joint vectors are what a plain count gives, up to the noise that they state."""

import math

import numpy as np
import pytest
from tests.tally.test_joint import KEYS, MONTHS, SECRET
from tests.tally.test_tally import row, table

from uptake.catalog import facet
from uptake.estimate import estimate
from uptake.model.estimate import Key
from uptake.model.joint import JointCells
from uptake.model.releasedcells import ReleasedCells
from uptake.protect.layout import SAFE, cells, stacked
from uptake.protect.noisy import Noisy, Parameters, from_bytes, to_bytes
from uptake.tally import Plan, split, tally_table
from uptake.tally.joint import joint_table

SPLITS = ((), ("place",), ("month",), ("place", "month"), ("age_band",), ("gender",))
PARAMETERS = Parameters(
    cells=1_000, messages=1_000, people_sigma=1e-6, messages_sigma=1e-6, moments_sigma=1e-6
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
    blocks = found.keys.blocks
    return Noisy(
        found.people.reshape(blocks, -1), found.messages.reshape(blocks, -1), found.moments
    )


def released(rows: list[dict[str, object]], parameters: Parameters) -> ReleasedCells:
    found = joint_table(table(rows), KEYS, parameters.bounds, SECRET, MONTHS)
    shape = stacked({month: exact(v) for month, v in found.items()}, KEYS)
    return ReleasedCells(cells(shape, KEYS, parameters, SPLITS, 10), "public", 10, 0, 1_000)


def test_without_noise_margins_are_the_cells_of_a_plain_count() -> None:
    rows = people(400)
    plan = Plan(10**6, ("KAZ", "UZB"), tuple(split("+".join(s)) for s in SPLITS))
    plain, _ = tally_table(table(rows), plan)
    names = ("split", "place", "month", "age_band", "gender", "language", "facet", "value")
    sums = ("messages", "messages_low", "messages_middle", "group_messages")

    def keyed(cells_table: object) -> dict[tuple[str, ...], tuple[int, ...]]:
        listed = cells_table.to_pylist()  # type: ignore[attr-defined]
        return {
            tuple(r[n] for n in names): tuple(r[s] for s in sums) for r in listed if r["messages"]
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
            assert (r["people"], r["group_people"]) == theirs[key], key
            seen += 1
    assert seen > 20


@pytest.mark.statistics
def test_intervals_hold_the_truth_under_sampling_and_noise() -> None:
    """95% intervals of shares of messages: 93 to 98 of 100 hold the expected share."""
    pytest.importorskip("opendp")
    from uptake.protect.noisy import add_noise

    parameters = Parameters(
        cells=12, messages=10, people_sigma=3.0, messages_sigma=6.0, moments_sigma=200.0
    )
    held: list[bool] = []
    for seed in range(150):
        found = joint_table(table(people(800, seed)), KEYS, parameters.bounds, SECRET, MONTHS)
        shape = stacked({m: add_noise(v, parameters) for m, v in found.items()}, KEYS)
        told = ReleasedCells(cells(shape, KEYS, parameters, SPLITS, 10), "public", 10, 0, 10)
        shares = estimate(told)
        for value, truth in zip(facet("intent").ids, (0.5, 0.3, 0.2), strict=True):
            it = shares.get(Key("intent", value, "message_share", month="2025-01"))
            if it is not None:
                held.append(it.low <= truth <= it.high)
        assert {key.measure for key in shares.shares} == {"message_share"}
    assert len(held) > 400
    assert 0.925 <= np.mean(held) <= 0.985, np.mean(held)


def test_a_cell_is_published_by_its_noisy_count_alone() -> None:
    rows = people(300)
    loud = Parameters(1_000, 1_000, people_sigma=50.0, messages_sigma=1.0, moments_sigma=1.0)
    for r in released(rows, loud).table.to_pylist():
        if r["status"] == "published":
            assert r["people"] >= 10 + SAFE * math.sqrt(r["people_noise"]) - 1
        else:
            assert r["messages"] is None
            assert r["people"] is None


def test_bytes_are_read_back_and_another_key_space_is_refused() -> None:
    found = joint_table(table(people(30)), KEYS, PARAMETERS.bounds, SECRET, MONTHS)["2025-01"]
    noisy = exact(found)
    again = from_bytes(to_bytes(noisy), KEYS)
    assert (again.people == noisy.people).all()
    assert (again.messages == noisy.messages).all()
    with pytest.raises(ValueError, match="key space"):
        from_bytes(
            to_bytes(noisy), type(KEYS)(("KAZ",), ("18-24",), ("unknown",), {"intent": ("a",)})
        )


def test_the_loss_of_a_month_is_the_sum_of_its_vectors() -> None:
    given = Parameters(cells=8, messages=5, people_sigma=12, messages_sigma=100, moments_sigma=500)
    assert given.rho(4) == pytest.approx(8 / 288 + 100 / 20_000 + 25 * 25 * 5 / 500_000)
