"""The door in internal mode: thresholds, complements, and that only it makes released cells."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uptake.model.cells import SCHEMA
from uptake.model.dimensions import ALL, DIMENSIONS
from uptake.model.errors import ConfigError, ReleaseRefusedError, UnknownNameError
from uptake.model.rawcells import RawCells
from uptake.model.releasedcells import NOISY, ReleasedCells
from uptake.model.releasedcells import SCHEMA as RELEASED
from uptake.protect import Thresholds, protect
from uptake.protect.internal import Settled, of_months, withheld_in


def cell(
    facet: str, value: str, messages: int, people: int, **given_keys: str
) -> dict[str, object]:
    keys = {name: given_keys.get(name, ALL) for name in DIMENSIONS}
    used = [name for name in DIMENSIONS if name in given_keys]
    return {
        "split": "+".join(used),
        **keys,
        "facet": facet,
        "value": value,
        "messages": messages,
        "messages_squared": messages,
        "messages_cross": messages,
        "people": people,
        "conversations": messages,
        "weight": float(people),
        "weight_squared": float(people),
        "messages_low": 0,
        "messages_middle": 0,
        "weight_low": 0.0,
        "weight_middle": 0.0,
        "group_messages": 0,
        "group_messages_squared": 0,
        "group_people": 0,
        "group_conversations": 0,
        "both_messages": 0,
        "both_cross": 0,
        "both_before": 0,
        "group_both": 0,
    }


def raw(rows: list[dict[str, object]]) -> RawCells:
    totals = {tuple(r[d] for d in DIMENSIONS): r for r in rows if r["facet"] == "total"}
    for r in rows:
        total = totals[tuple(r[d] for d in DIMENSIONS)]
        r["group_messages"] = r["group_messages_squared"] = total["messages"]
        r["group_people"], r["group_conversations"] = total["people"], total["conversations"]
    return RawCells(pa.Table.from_pylist(rows, schema=SCHEMA), messages_cap=30)


def released(rows: list[dict[str, object]]) -> dict[tuple[str, ...], str]:
    cells = protect(raw(rows), mode="internal", thresholds=Thresholds())
    return {(r["place"], r["facet"], r["value"]): r["status"] for r in cells.table.to_pylist()}


def group(intent: tuple[int, int, int], **keys: str) -> list[dict[str, object]]:
    """Make a group in which each message is by its own person."""
    total = sum(intent)
    return [
        cell("total", ALL, total, total, **keys),
        *(
            cell("intent", value, n, n, **keys)
            for value, n in zip(("asking", "doing", "expressing"), intent, strict=True)
        ),
    ]


def test_a_cell_under_the_people_floor_is_withheld_and_so_is_one_complement() -> None:
    status = released(group((100, 40, 9)))
    assert status == {
        (ALL, "total", ALL): "published",
        (ALL, "intent", "asking"): "published",
        (ALL, "intent", "doing"): "withheld",  # else 149 - 100 - 40 would tell the third
        (ALL, "intent", "expressing"): "withheld",
    }


def test_a_zero_stays_a_zero() -> None:
    status = released(group((100, 40, 0)))
    assert set(status.values()) == {"published"}


def test_conversations_count_too() -> None:
    rows = group((100, 100, 100))
    rows[3]["conversations"] = 19
    assert released(rows)[ALL, "intent", "expressing"] == "withheld"


def test_a_small_group_is_withheld_whole_and_another_with_it() -> None:
    rows = [
        *group((300, 300, 300)),
        *group((200, 200, 200), place="KAZ"),
        *group((40, 40, 40), place="UZB"),
        *group((5, 5, 5), place="TKM"),
    ]
    status = released(rows)
    assert status["TKM", "total", ALL] == "withheld"
    assert status["UZB", "total", ALL] == "withheld"  # else the total less the others would tell it
    assert status["KAZ", "total", ALL] == "published"
    assert status["UZB", "intent", "asking"] == "withheld"


def test_a_large_complement_is_not_hidden_by_a_small_cell() -> None:
    """285 beside 15 would be known to 5%: the third place is withheld too."""
    rows = [
        *group((300, 300, 300)),
        *group((200, 200, 200), place="KAZ"),
        *group((95, 95, 95), place="UZB"),
        *group((5, 5, 5), place="TKM"),
    ]
    status = released(rows)
    assert {status[place, "total", ALL] for place in ("KAZ", "UZB", "TKM")} == {"withheld"}
    assert status[ALL, "total", ALL] == "published"


def test_the_same_number_is_withheld_in_every_table_that_shows_it() -> None:
    rows = [
        *group((60, 60, 60)),
        cell("gender", "feminine", 100, 100),
        cell("gender", "masculine", 71, 71),
        cell("gender", "unknown", 9, 9),
        *group((33, 33, 34), gender="feminine"),
        *group((23, 24, 24), gender="masculine"),
        *group((3, 3, 3), gender="unknown"),
    ]
    cells = protect(raw(rows), mode="internal", thresholds=Thresholds()).table.to_pylist()
    status = {(c["gender"], c["facet"], c["value"]): c["status"] for c in cells}
    for value in ("feminine", "masculine", "unknown"):
        assert status[ALL, "gender", value] == status[value, "total", ALL]
    assert status[ALL, "gender", "masculine"] == "withheld"


def test_minors_are_withheld_whatever_their_number() -> None:
    rows = [*group((300, 300, 300)), cell("age_band", "13-17", 500, 500)]
    assert released(rows)[ALL, "age_band", "13-17"] == "withheld"


def test_a_withheld_row_holds_no_number() -> None:
    cells = protect(raw(group((100, 40, 9))), mode="internal", thresholds=Thresholds())
    keys = {*SCHEMA.names[:8], "status"}
    assert all(r[name] is None for r in cells.table.to_pylist() for name in NOISY)
    numbers = [name for name in RELEASED.names if name not in keys | set(NOISY)]
    for r in cells.table.to_pylist():
        empty = [r[name] is None for name in numbers]
        assert all(empty) if r["status"] == "withheld" else not any(empty)


intents = st.tuples(*[st.integers(0, 60)] * 3)


@given(
    st.dictionaries(st.sampled_from(["KAZ", "UZB", "KGZ", "TJK", "unknown"]), intents, min_size=1)
)
@settings(max_examples=150)
def test_no_sum_has_a_single_unknown(places: dict[str, tuple[int, int, int]]) -> None:
    whole = tuple(np.sum(list(places.values()), axis=0).tolist())
    rows = group(whole)
    for place, intent in places.items():
        if sum(intent):
            rows += group(intent, place=place)
    status = released(rows)
    number = {(r["place"], r["facet"], r["value"]): int(str(r["messages"])) for r in rows}
    values = ("asking", "doing", "expressing")
    shown = [ALL, *(p for p, i in places.items() if sum(i))]
    sums = [[(p, "total", ALL), *((p, "intent", v) for v in values)] for p in shown]
    sums += [[(p, "intent", v) for p in shown] for v in values]
    sums += [[(p, "total", ALL) for p in shown]]
    for members in sums:
        unknown = [m for m in members if status[m] == "withheld" and number[m] > 0]
        published = [m for m in members if status[m] == "published" and number[m] > 0]
        assert len(unknown) != 1 or not published


def test_a_threshold_under_the_floor_is_refused() -> None:
    with pytest.raises(ConfigError, match="not lowered"):
        Thresholds(conversations=19)


def test_exact_cells_never_leave_in_public_mode() -> None:
    with pytest.raises(ReleaseRefusedError, match="never exact cells"):
        protect(raw(group((1, 1, 1))), mode="public", thresholds=Thresholds())


def test_an_unknown_mode_names_those_that_there_are() -> None:
    with pytest.raises(UnknownNameError, match="internal, own, public"):
        protect(raw(group((1, 1, 1))), mode="open", thresholds=Thresholds())


def test_own_mode_shows_small_cells_of_ones_own() -> None:
    cells = protect(raw(group((5, 3, 0))), mode="own", thresholds=Thresholds())
    assert set(cells.table["status"].to_pylist()) == {"published"}
    assert (cells.mode, cells.min_people) == ("own", 1)


FIRST = {"2025-02": 40, "2025-03": 200, "2025-04": 5}


def by_month(months: dict[str, int]) -> RawCells:
    rows = [cell("total", ALL, n, n, month=month) for month, n in months.items()]
    whole = sum(months.values())
    return raw([cell("total", ALL, whole, whole), *rows])


def hidden(cells: ReleasedCells) -> set[str]:
    return {r["month"] for r in cells.table.to_pylist() if r["status"] == "withheld"}


def test_a_settled_cell_that_hid_another_one_stays_withheld() -> None:
    """Published later, it would tell with the first total the small cell beside it."""
    first = protect(by_month(FIRST), mode="internal", thresholds=Thresholds())
    assert hidden(first) == {"2025-02", "2025-04"}
    later = by_month(FIRST | {"2025-05": 6})
    assert hidden(protect(later, mode="internal", thresholds=Thresholds())) == {
        "2025-04",
        "2025-05",
    }
    settled = Settled(frozenset(FIRST), withheld_in(first, frozenset(FIRST)))
    found = protect(later, mode="internal", thresholds=Thresholds(), settled=settled)
    assert hidden(found) == {"2025-02", "2025-04", "2025-05"}


@given(
    numbers=st.lists(st.integers(0, 60), min_size=6, max_size=6),
    split=st.lists(st.integers(0, 60), min_size=6, max_size=6),
)
@settings(max_examples=40)
def test_the_same_cells_asked_again_are_withheld_alike(
    numbers: list[int], split: list[int]
) -> None:
    """As a build that was killed behind its entry in the ledger asks them again."""
    months = {f"2025-{n:02d}": size for n, size in enumerate(numbers, 1)}
    rows = [cell("total", ALL, n, n, month=month) for month, n in months.items()]
    for (month, n), part in zip(months.items(), split, strict=True):
        for place, size in (("KAZ", min(n, part)), ("UZB", n - min(n, part))):
            rows.append(cell("total", ALL, size, size, month=month, place=place))
    rows.append(cell("total", ALL, sum(numbers), sum(numbers)))
    known = frozenset(months)
    before = Settled(known, pa.array([], pa.string()))
    shy = protect(raw(rows), mode="internal", thresholds=Thresholds(people=20))
    for settled in (before, Settled(known, withheld_in(shy, frozenset({"2025-01", "2025-02"})))):
        once = protect(raw(rows), mode="internal", thresholds=Thresholds(), settled=settled)
        kept = pa.concat_arrays([settled.withheld, withheld_in(once, known)]).unique()
        twice = protect(
            raw(rows), mode="internal", thresholds=Thresholds(), settled=Settled(known, kept)
        )
        assert once.table.equals(twice.table)


def test_names_of_cells_are_told_by_their_month() -> None:
    found = withheld_in(
        protect(by_month(FIRST), mode="internal", thresholds=Thresholds()), frozenset(FIRST)
    )
    assert len(found) == 2
    assert len(of_months(found, frozenset({"2025-04", "2024-01"}))) == 1
