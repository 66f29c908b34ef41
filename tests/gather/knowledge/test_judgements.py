"""Judgements are kept for ever, can be taken back, and find their claims after a rebuild."""

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uptake.gather.knowledge.applying import EditError, apply, edit
from uptake.gather.knowledge.judgements import active, anchor, append, judgement, load
from uptake.model.claim import Claim
from uptake.model.errors import UptakeError
from uptake.model.knowledge import Judgement

WHEN = "2026-05-04T09:30:00.{:06d}+00:00"
TEXT = "Exports reached 42 million dollars in 2025. The pilot began in Oskemen."
TEXTS = {"d": TEXT}


def claim(identifier: str, quote: str, **more: object) -> Claim:
    start = TEXT.index(quote)
    made = Claim(
        id=identifier, doc="d", type="indicator", quote=quote, start=start, end=start + len(quote)
    )
    return msgspec.structs.replace(made, **more)


EXPORTS = claim("a1", "Exports reached 42 million dollars in 2025", fields={"value": 42e6})


def decide(kind: str, target: str, number: int = 0, **more: object) -> Judgement:
    return judgement(kind, target, "Ayla", WHEN.format(number), **more)  # type: ignore[arg-type]


def test_what_was_appended_is_read_back_in_order(tmp_path: Path) -> None:
    path = tmp_path / "desk" / "judgements.jsonl"
    made = [decide("accept", "a1"), decide("reject", "a2", 1, why="a forecast, not a figure")]
    for one in made:
        append(path, one)
    assert load(path) == (tuple(made), ())


def test_a_file_that_is_not_there_holds_no_judgement(tmp_path: Path) -> None:
    assert load(tmp_path / "none.jsonl") == ((), ())


def test_a_write_cut_short_is_explained_and_spoils_no_other_line(tmp_path: Path) -> None:
    path = tmp_path / "judgements.jsonl"
    first, second = decide("accept", "a1"), decide("accept", "a2", 1)
    append(path, first)
    append(path, second)
    path.write_bytes(path.read_bytes()[:-20])
    found, (issue,) = load(path)
    assert found == (first,)
    assert (issue.code, issue.offset) == ("judgement-damaged", 2)
    assert "interrupted" in issue.detail
    third = decide("accept", "a3", 2)
    append(path, third)
    assert load(path)[0] == (first, third)


def test_a_line_changed_afterwards_is_not_applied(tmp_path: Path) -> None:
    path = tmp_path / "judgements.jsonl"
    append(path, decide("reject", "a1", why="wrong place"))
    path.write_bytes(path.read_bytes().replace(b"reject", b"accept"))
    found, (issue,) = load(path)
    assert found == ()
    assert issue.code == "judgement-changed"


def test_the_same_line_twice_is_one_judgement(tmp_path: Path) -> None:
    path = tmp_path / "judgements.jsonl"
    append(path, decide("accept", "a1"))
    append(path, decide("accept", "a1"))
    assert load(path)[0] == (decide("accept", "a1"),)


def test_the_last_decision_on_a_claim_holds() -> None:
    judged = apply([EXPORTS], [decide("accept", "a1"), decide("reject", "a1", 1, why="old")], TEXTS)
    assert judged.status == {"a1": "rejected"}
    assert judged.reasons == {"a1": "old"}


def test_an_undone_rejection_leaves_what_was_decided_before() -> None:
    no = decide("reject", "a1", 1)
    judged = apply([EXPORTS], [decide("accept", "a1"), no, decide("undo", no.id, 2)], TEXTS)
    assert judged.status == {"a1": "accepted"}
    assert judged.reasons == {}


@given(st.lists(st.sampled_from(["accept", "reject", "edit"]), max_size=6), st.data())
def test_undoing_the_last_judgement_restores_the_state_before(
    kinds: list[str], data: st.DataObject
) -> None:
    made = [
        decide(kind, "a1", n, data={"fields": {"value": n}} if kind == "edit" else {})
        for n, kind in enumerate(kinds)
    ]
    last = decide("edit", "a1", 98, data={"fields": {"unit": "currency"}})
    undo = decide("undo", last.id, 99)
    assert apply([EXPORTS], [*made, last, undo], TEXTS) == apply([EXPORTS], made, TEXTS)
    again = decide("undo", undo.id, 100)
    assert apply([EXPORTS], [*made, last, undo, again], TEXTS) == apply(
        [EXPORTS], [*made, last], TEXTS
    )
    dropped = data.draw(st.sampled_from([*made, last]))
    assert dropped not in active([*made, last, decide("undo", dropped.id, 99)])


def test_an_edit_sets_single_fields_and_takes_out_empty_ones() -> None:
    found = edit(
        msgspec.structs.replace(EXPORTS, fields={"value": 42e6, "subject": "GitHub"}),
        {"fields": {"currency": "USD", "subject": None}, "countries": ["UZB", "KAZ"]},
        TEXTS,
    )
    assert found.fields == {"value": 42e6, "currency": "USD"}
    assert found.countries == ("KAZ", "UZB")
    assert found.id == EXPORTS.id


def test_a_moved_quote_is_read_from_the_document() -> None:
    start = TEXT.index("The pilot")
    found = edit(EXPORTS, {"start": start, "end": len(TEXT)}, TEXTS)
    assert found.quote == "The pilot began in Oskemen."
    assert TEXT[found.start : found.end] == found.quote


@pytest.mark.parametrize(
    "data",
    [
        {"quote": "Exports reached 43 million dollars"},
        {"start": -1},
        {"start": 5, "end": 5},
        {"end": len(TEXT) + 1},
        {"start": "0"},
        {"modality": "certain"},
        {"countries": "KAZ"},
        {"time": {"text": "2025"}},
        {"fields": [1]},
    ],
)
def test_an_edit_that_does_not_fit_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(EditError):
        edit(EXPORTS, data, TEXTS)
    judged = apply([EXPORTS], [decide("edit", "a1", data=data)], TEXTS)
    assert judged.claims == (EXPORTS,)
    assert len(judged.unplaced) == 1


def test_a_decision_finds_its_claim_after_a_rebuild_gave_it_another_id() -> None:
    rebuilt = claim("b7", "reached 42 million dollars in 2025", fields={"value": 42e9})
    other = claim("b8", "The pilot began in Oskemen")
    yes = decide("accept", "a1", data=anchor(EXPORTS))
    judged = apply([other, rebuilt], [yes], TEXTS)
    assert judged.status == {"b8": "proposed", "b7": "accepted"}
    assert judged.claims[1].fields == {"value": 42e6}, "what was accepted is what the analyst saw"
    assert judged.claims[1].quote == EXPORTS.quote


def test_two_claims_of_one_sentence_keep_their_own_decisions() -> None:
    one = claim("a1", "Exports reached 42 million dollars in 2025", fields={"value": 1})
    two = claim("a2", "Exports reached 42 million dollars in 2025", fields={"value": 2})
    made = [
        decide("accept", "a1", data=anchor(one)),
        decide("reject", "a2", 1, data=anchor(two), why="no"),
    ]
    rebuilt = [
        msgspec.structs.replace(two, id="b2", fields={"value": 2, "unit": "count"}),
        msgspec.structs.replace(one, id="b1", fields={"value": 1, "unit": "count"}),
    ]
    assert apply(rebuilt, made, TEXTS).status == {"b1": "accepted", "b2": "rejected"}


def test_a_decision_on_a_claim_that_is_gone_is_reported() -> None:
    yes = decide("accept", "a1", data=anchor(EXPORTS))
    judged = apply([claim("b8", "The pilot began in Oskemen")], [yes], TEXTS)
    assert judged.status == {"b8": "proposed"}
    assert judged.unplaced == (yes.id,)


@given(st.permutations([EXPORTS, claim("b8", "The pilot began"), claim("b9", "in Oskemen")]))
def test_the_order_of_claims_does_not_matter(claims: list[Claim]) -> None:
    gone = msgspec.structs.replace(EXPORTS, id="zz", start=EXPORTS.start + 3)
    made = [decide("accept", "zz", data=anchor(gone)), decide("reject", "b8", 1)]
    judged = apply(claims, made, TEXTS)
    assert judged.status == {"a1": "accepted", "b8": "rejected", "b9": "proposed"}


def test_what_is_no_file_is_named_and_nothing_is_recorded(tmp_path: Path) -> None:
    path = tmp_path / "judgements.jsonl"
    path.mkdir()
    made = judgement("accept", "c", "Ayla", "2026-05-04T09:30:00.000000+00:00")
    with pytest.raises(UptakeError, match="so nothing was recorded"):
        append(path, made)
    with pytest.raises(UptakeError, match="can not be read"):
        load(path)
