"""What copies of a text repeat is one claim: all sources stay listed, and it counts once."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.gather.knowledge.conftest import Constructed, claim, document

from uptake.gather.knowledge import knowledge, views
from uptake.gather.knowledge.comparing import figures
from uptake.gather.knowledge.copies import copies
from uptake.gather.knowledge.targets import pairs
from uptake.model.claim import Claim
from uptake.model.knowledge import Story

STORY = (Story(id="a", documents=("a", "b", "c")), Story(id="d", documents=("d",)))


def pilot(doc: str, quote: str, **more: Any) -> Claim:
    said = {"countries": ["KGZ"], "sectors": ["energy"], "stage": "pilot", "start": 5, **more}
    return claim(doc, quote, "initiative", **{**said, "end": said["start"] + len(quote)})


def test_a_copy_repeats_the_claim_of_the_first_document() -> None:
    first = pilot("a", "The grid operator of Kyrgyzstan tries load forecasting in Osh")
    copy = pilot("b", "In Osh the grid operator of Kyrgyzstan tries load forecasting", start=90)
    other = pilot("d", "The grid operator of Kyrgyzstan tries load forecasting in Osh")
    assert copies([copy, other, first], STORY, {}) == {copy.id: first.id}


def test_an_accepted_claim_stands_for_its_copies() -> None:
    first, copy = pilot("a", "a pilot in Osh"), pilot("b", "a pilot in Osh")
    assert copies([first, copy], STORY, {copy.id: "accepted"}) == {first.id: copy.id}


@pytest.mark.parametrize(
    "more", [{"stage": "in_use"}, {"countries": ["UZB"]}, {"type": "event"}, {"quote": "a school"}]
)
def test_what_differs_in_the_copy_is_a_claim_of_its_own(more: dict[str, Any]) -> None:
    said = {"quote": "a pilot of smart meters in Osh", "type": "initiative", "stage": "pilot"}
    first = claim("a", said["quote"], said["type"], countries=["KGZ"], stage="pilot")
    changed = {**said, "countries": ["KGZ"], **more}
    copy = claim("b", changed.pop("quote"), changed.pop("type"), **changed)
    assert copies([first, copy], STORY, {}) == {}


def test_two_figures_of_one_text_stay_two_beside_their_copies() -> None:
    said = {"unit": "percent", "kind": "actual"}
    told = [
        claim(doc, f"{value}% of plants use it", value=value, start=at, end=at + 20, **said)
        for doc in "abc"
        for at, value in ((0, 40), (30, 70))
    ]
    found = copies(told, STORY, {})
    assert len(found) == 4
    assert set(found.values()) == {told[0].id, told[1].id}


@given(st.permutations(range(6)))
def test_the_order_of_claims_does_not_matter(order: list[int]) -> None:
    told = [pilot(doc, quote) for doc in "abc" for quote in ("a pilot in Osh", "a pilot in Naryn")]
    assert copies([told[i] for i in order], STORY, {}) == copies(told, STORY, {})


def test_a_promise_that_a_copy_repeats_is_made_once() -> None:
    text = "By 2031 the ministry of Kyrgyzstan will equip every school of Osh with a tutor. " * 3
    documents = [document(doc, "2026-01-01", places=("KGZ",)) for doc in "ab"]
    made = [pilot(doc, text[:78], due="2031", start=0) for doc in "ab"]
    known = knowledge(documents, dict.fromkeys("ab", text), made, [], [], 0.0)
    shown = views(known, documents)
    assert [promise.claim for promise in shown.promises] == [made[0].id]
    assert [(cell.claims, cell.stories) for cell in shown.stages] == [
        (tuple(one.id for one in made), 1)
    ]
    assert known.copies == {made[1].id: made[0].id}
    assert [len(month.claims) for month in shown.attention] == [1]


def test_most_gold_claims_of_a_lightly_edited_copy_repeat_one(constructed: Constructed) -> None:
    """en-03 is a syndicated copy of en-01: a third of its words cut, figures written otherwise."""
    known = knowledge(
        constructed.documents, constructed.texts, list(constructed.claims.values()), [], [], 0.0
    )
    named = {found.id: gold for gold, found in constructed.claims.items()}
    assert {(named[a][:5], named[b][:5]) for a, b in known.copies.items()} == {("en-03", "en-01")}
    same = constructed.related("same_claim")
    told = {frozenset((named[a], named[b])) for a, b in known.copies.items()}
    within = {pair for pair in same if {name[:5] for name in pair} == {"en-01", "en-03"}}
    assert len(told & within) >= 0.9 * len(within)


def test_a_target_that_a_copy_repeats_is_paired_once(constructed: Constructed) -> None:
    claims = list(constructed.claims.values())
    known = knowledge(constructed.documents, constructed.texts, claims, [], [], 0.0)
    all_pairs = pairs(figures(claims, constructed.documents))
    assert len(all_pairs) - len(known.pairs) == 1


def test_a_copied_target_is_paired_once_though_its_actual_value_was_read_otherwise() -> None:
    said = {"countries": ["KAZ"], "unit": "percent"}
    told = []
    for doc, actual in (("a", "up from 18 in 2025"), ("b", "against 18 it has")):
        target = "wants 70 of plants to use it by 2028"
        told += [
            claim(doc, target, name="plants", value=70, value_text="70", kind="target", **said),
            claim(doc, actual, name=actual, value=18, value_text="18", kind="actual",
                  start=37, end=37 + len(actual), **said),
        ]  # fmt: skip
    found = copies(told, STORY, {})
    assert found == {told[2].id: told[0].id}
    assert len(pairs(figures(told, []))) == 2
    assert len(pairs(figures(told, []), found)) == 1
