"""Cells against a count written a second time, in plain Python, from the definitions."""

from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from uptake.catalog import facet
from uptake.model.dimensions import PERIOD
from uptake.model.errors import ConfigError
from uptake.model.labels import SCHEMA
from uptake.tally import DEFAULT_SPLITS, Plan, split, tally, tally_table
from uptake.tally.rows import dense

TOPIC_GROUP = {value.id: value.group for value in facet("topic").values}


def row(
    *,
    user: int,
    message: int,
    conversation: int = 0,
    time: int = 0,
    month: int = 202501,
    place: str = "KAZ",
    age_band: str = "18-24",
    gender: str = "feminine",
    language: str = "kk",
    intent: str = "asking",
    work: str = "work",
    topic: str = "teach",
    band: int = 2,
) -> dict[str, object]:
    return {
        "bucket": user % 16,
        "user": user.to_bytes(16, "little"),
        "user_known": True,
        "conversation": (user * 1000 + conversation).to_bytes(16, "little"),
        "message": message.to_bytes(16, "little"),
        "time": time,
        "month": month,
        "place": place,
        "age_band": age_band,
        "gender": gender,
        "language": language,
        "language_p": 255,
        "intent": intent,
        "intent_p": [255, 0, 0],
        "intent_band": band,
        "work": work,
        "work_p": [255, 0, 0],
        "work_band": 2,
        "topic": topic,
        "topic_group": TOPIC_GROUP[topic],
        "topic_p": [0] * 24,
        "topic_band": (band + 1) % 3,
    }


def table(rows: list[dict[str, object]]) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=SCHEMA)


rows = st.lists(
    st.builds(
        row,
        user=st.integers(1, 6),
        message=st.integers(1, 10**9),
        conversation=st.integers(0, 3),
        time=st.integers(0, 10**6),
        month=st.sampled_from([0, 202501, 202502]),
        place=st.just("KAZ"),
        age_band=st.sampled_from(["18-24", "13-17"]),
        gender=st.just("unknown"),
        language=st.sampled_from(["kk", "ru"]),
        intent=st.sampled_from(facet("intent").ids),
        work=st.just("work"),
        topic=st.sampled_from(["teach", "how_to", "recipes"]),
        band=st.integers(0, 2),
    ),
    max_size=40,
    unique_by=lambda r: r["message"],
)


def one_age_a_person_month(given_rows: list[dict[str, object]]) -> list[dict[str, object]]:
    """Settle a person's month on its most frequent age band, the last in the alphabet on a tie."""
    votes: defaultdict[tuple[object, object], Counter[str]] = defaultdict(Counter)
    for r in given_rows:
        votes[r["user"], r["month"]][str(r["age_band"])] += 1
    best = {key: max(c, key=lambda v, c=c: (c[v], v)) for key, c in votes.items()}  # type: ignore[misc]
    return [{**r, "age_band": best[r["user"], r["month"]]} for r in given_rows]


@given(rows)
@settings(max_examples=40)
def test_cells_of_intent_by_month_are_what_a_plain_count_gives(
    given_rows: list[dict[str, object]],
) -> None:
    cells, _ = tally_table(table(given_rows), Plan(cap=1000, splits=(split("month"),)))
    adults = [r for r in one_age_a_person_month(given_rows) if r["age_band"] != "13-17"]
    for cell in cells.table.to_pylist():
        if cell["facet"] != "intent" or PERIOD in cell["month"]:
            continue
        inside = [
            r
            for r in adults
            if cell["month"] == ("2025-01" if r["month"] == 202501 else "2025-02")
            or (cell["month"] == "unknown" and r["month"] == 0)
        ]
        inside = [r for r in inside if (r["month"] == 0) == (cell["month"] == "unknown")]
        sent = Counter(r["user"] for r in inside)
        chosen = [r for r in inside if r["intent"] == cell["value"]]
        mine = Counter(r["user"] for r in chosen)
        assert cell["group_messages"] == len(inside)
        assert cell["group_people"] == len(sent)
        assert cell["group_messages_squared"] == sum(n * n for n in sent.values())
        assert cell["messages"] == len(chosen)
        assert cell["people"] == len(mine)
        assert cell["messages_squared"] == sum(n * n for n in mine.values())
        assert cell["messages_cross"] == sum(n * sent[u] for u, n in mine.items())
        assert cell["conversations"] == len({r["conversation"] for r in chosen})
        assert cell["group_conversations"] == len({r["conversation"] for r in inside})
        assert cell["weight"] == pytest.approx(sum(n / sent[u] for u, n in mine.items()), abs=1e-6)
        assert cell["weight_squared"] == pytest.approx(
            sum((n / sent[u]) ** 2 for u, n in mine.items()), abs=1e-6
        )
        for band, name in enumerate(("low", "middle")):
            unsure = Counter(r["user"] for r in chosen if r["intent_band"] == band)
            assert cell[f"messages_{name}"] == sum(unsure.values())
            assert cell[f"weight_{name}"] == pytest.approx(
                sum(n / sent[u] for u, n in unsure.items()), abs=1e-6
            )


@given(rows)
@settings(max_examples=40)
def test_periods_are_what_a_plain_count_of_people_in_both_gives(
    given_rows: list[dict[str, object]],
) -> None:
    cells, _ = tally_table(table(given_rows), Plan(cap=1000, splits=(split("place+month"),)))
    adults = [r for r in one_age_a_person_month(given_rows) if r["age_band"] != "13-17"]
    found = {
        (c["month"], c["value"]): c
        for c in cells.table.to_pylist()
        if c["facet"] == "intent" and PERIOD in c["month"]
    }
    months = {r["month"] for r in given_rows} - {0}
    if len(months) < 2:
        assert not found
        return
    sent = [Counter(r["user"] for r in adults if r["month"] == m) for m in (202501, 202502)]
    for value in facet("intent").ids:
        mine = [
            Counter(r["user"] for r in adults if r["month"] == m and r["intent"] == value)
            for m in (202501, 202502)
        ]
        if not sent[1]:
            continue
        later = found["2025-02/2025-02", value]
        assert later["messages"] == sum(mine[1].values())
        assert later["group_messages_squared"] == sum(n * n for n in sent[1].values())
        assert later["both_messages"] == sum(n * mine[0][u] for u, n in mine[1].items())
        assert later["both_cross"] == sum(n * sent[0][u] for u, n in mine[1].items())
        assert later["both_before"] == sum(n * sent[1][u] for u, n in mine[0].items())
        assert later["group_both"] == sum(n * sent[0][u] for u, n in sent[1].items())


@given(rows, st.integers(1, 5))
@settings(max_examples=30)
def test_nobody_counts_more_than_the_cap_in_a_month(
    given_rows: list[dict[str, object]], cap: int
) -> None:
    cells, counts = tally_table(table(given_rows), Plan(cap=cap, splits=(split(""),)))
    settled = one_age_a_person_month(given_rows)
    expected = Counter((r["user"], r["month"]) for r in settled if r["age_band"] != "13-17")
    total = [c for c in cells.table.to_pylist() if c["facet"] == "total"]
    assert sum(c["messages"] for c in total) == sum(min(n, cap) for n in expected.values())
    assert counts.messages == sum(expected.values()), "of minors nothing is told"


@given(rows, st.randoms(use_true_random=False))
@settings(max_examples=20)
def test_neither_order_nor_pseudonyms_nor_copies_change_a_cell(
    given_rows: list[dict[str, object]], random: object
) -> None:
    plan = Plan(cap=3)
    first, _ = tally_table(table(given_rows), plan)
    renamed = [
        {
            **r,
            "bucket": (int(str(r["bucket"])) + 5) % 16,
            "user": bytes(reversed(r["user"])),  # type: ignore[call-overload]
            "conversation": bytes(reversed(r["conversation"])),  # type: ignore[call-overload]
            "message": bytes(reversed(r["message"])),  # type: ignore[call-overload]
        }
        for r in given_rows + given_rows[:7]
    ]
    random.shuffle(renamed)  # type: ignore[attr-defined]
    second, counts = tally_table(table(renamed), plan)
    # Of messages that tie in all that is counted any one may be kept, and their conversations
    # differ, so conversations are compared only where nothing was left out.
    left_out = counts.capped > 0
    columns = [c for c in first.table.column_names if not (left_out and "conversations" in c)]
    assert first.table.select(columns).equals(second.table.select(columns))


def test_what_nobody_chose_is_a_zero_and_a_topic_group_is_the_sum_of_its_topics() -> None:
    given_rows = [row(user=n, message=n, topic=topic) for n, topic in enumerate(TOPIC_GROUP)]
    cells, _ = tally_table(table(given_rows[:20]), Plan(splits=(split("place"),)))
    topics = Counter[str]()
    groups = {}
    for cell in cells.table.to_pylist():
        if cell["facet"] == "topic":
            topics[TOPIC_GROUP[cell["value"]]] += cell["messages"]
        if cell["facet"] == "topic_group":
            groups[cell["value"]] = cell["messages"]
    assert groups == topics
    assert sum(c["facet"] == "topic" for c in cells.table.to_pylist()) == 24


def test_minors_are_in_no_cell_and_in_no_number_of_what_was_read() -> None:
    minor = row(user=2, message=2, age_band="13-17")
    given_rows = [row(user=1, message=1), row(user=1, message=1), minor, minor]
    cells, counts = tally_table(table(given_rows), Plan(splits=(split(""),)))
    found = {(c["facet"], c["value"]): c["messages"] for c in cells.table.to_pylist()}
    assert found["total", "all"] == 1
    assert ("age_band", "13-17") not in found
    assert found["age_band", "18-24"] == 1
    assert (counts.messages, counts.conversations, counts.people) == (1, 1, 1)
    assert (counts.duplicates, counts.met) == (1, 2)


def test_messages_from_outside_the_region_are_counted_apart() -> None:
    places = ["KAZ", "USA", "unknown"]
    given_rows = [row(user=n, message=n, place=place) for n, place in enumerate(places)]
    cells, counts = tally_table(table(given_rows), Plan(places=("KAZ",), splits=(split("place"),)))
    assert {c["place"] for c in cells.table.to_pylist()} == {"KAZ", "unknown"}
    assert counts.elsewhere == 1


def test_a_stated_attribute_wins_over_unknown_within_a_person_month() -> None:
    given_rows = [
        row(user=1, message=1, place="unknown"),
        row(user=1, message=2, place="unknown"),
        row(user=1, message=3, place="UZB"),
        row(user=1, message=4, month=202502, place="unknown"),
    ]
    cells, _ = tally_table(table(given_rows), Plan(splits=(split("place"),)))
    total = {c["place"]: c["messages"] for c in cells.table.to_pylist() if c["facet"] == "total"}
    assert total == {"UZB": 3, "unknown": 1}


def test_files_give_the_same_cells_as_one_table_whatever_the_passes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given_rows = [
        row(user=n % 23, message=n, time=n, intent=facet("intent").ids[n % 3], conversation=n % 5)
        for n in range(400)
    ]
    whole, counts = tally_table(table(given_rows), Plan(cap=7))
    paths = []
    for index in range(3):
        path = tmp_path / f"it's-{index}.parquet"
        pq.write_table(table(given_rows[index::3]), path)
        paths.append(path)
    monkeypatch.setattr("uptake.tally.cells.PASS_MESSAGES", 30)
    cells, in_passes = tally(paths, Plan(cap=7))
    assert cells.table.equals(whole.table)
    assert in_passes == counts


@given(rows)
@settings(max_examples=15)
def test_long_keys_and_large_tables_are_summed_another_way_to_the_same_cells(
    given_rows: list[dict[str, object]],
) -> None:
    first, counts = tally_table(table(given_rows), Plan(cap=5))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("uptake.tally.sums._MOST_BITS", 0)
        patch.setattr("uptake.tally.sums._DENSE_BITS", 0)
        assert tally_table(table(given_rows), Plan(cap=5)) == (first, counts)


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3)), max_size=30))
def test_pseudonyms_are_told_apart_by_both_their_halves(pairs: list[tuple[int, int]]) -> None:
    numbers, many = dense(np.array(pairs, dtype=np.uint64).reshape(-1, 2))
    assert many == len(set(pairs))
    assert [sorted(set(pairs)).index(pair) for pair in pairs] == numbers.tolist()


def test_copies_that_differ_leave_one_whatever_their_order() -> None:
    copies = [
        {**row(user=1, message=1, topic=topic), "topic_p": [p] + [0] * 23}
        for topic, p in (("teach", 9), ("recipes", 3), ("recipes", 1))
    ]
    results = [
        tally_table(table([copies[i] for i in order]), Plan(splits=(split(""),)))[0].table
        for order in ((0, 1, 2), (2, 1, 0), (1, 2, 0))
    ]
    assert results[0].equals(results[1])
    assert results[0].equals(results[2])
    kept = [c for c in results[0].to_pylist() if c["facet"] == "topic" and c["messages"]]
    assert [(c["value"], c["messages"]) for c in kept] == [("recipes", 1)]


def test_what_was_not_labelled_is_counted_by_who_when_and_where_alone() -> None:
    given_rows = [row(user=n, message=n, place=("KAZ", "UZB")[n % 2]) for n in range(8)]
    bare = [
        {**r, "language": "unknown"}
        | dict.fromkeys(("intent", "work", "topic", "topic_group"))
        | dict.fromkeys(("language_p", "intent_p", "work_p", "topic_p"))
        for r in given_rows
    ]
    plan = Plan(cap=1, splits=(split(""), split("place"), split("language")))
    whole, _ = tally_table(table(given_rows), plan)
    cells, _ = tally_table(table(bare), replace(plan, labelled=False))
    kept = [
        cell
        for cell in whole.table.to_pylist()
        if cell["split"] != "language" and cell["facet"] in {"total", "place", "age_band", "gender"}
    ]
    assert cells.table.to_pylist() == kept


def test_no_labels_give_no_cells() -> None:
    cells, counts = tally([], Plan())
    assert cells.table.num_rows == 0
    assert counts.messages == 0


def test_conversations_may_stand_for_people() -> None:
    given_rows = [row(user=1, message=n, conversation=n % 4) for n in range(12)]
    cells, counts = tally_table(table(given_rows), Plan(splits=(split(""),), unit="conversation"))
    (total,) = (c for c in cells.table.to_pylist() if c["facet"] == "total")
    assert (total["people"], total["messages"]) == (4, 12)
    assert counts.people == 1


def test_a_cap_of_zero_is_refused() -> None:
    with pytest.raises(ConfigError, match="messages_cap is 0"):
        Plan(cap=0)


def test_default_splits_are_distinct() -> None:
    assert len({s.name for s in DEFAULT_SPLITS}) == len(DEFAULT_SPLITS)
