"""What the site shows: every cell, node and month lists the claims behind it."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.gather.knowledge.conftest import Constructed, claim, document

from uptake.gather.knowledge import knowledge, views
from uptake.gather.knowledge.entities import entities
from uptake.gather.knowledge.views import attention, network, policies, promises, stages
from uptake.model.claim import Claim
from uptake.model.knowledge import Story

PILOT = claim("a", "a pilot", "initiative", countries=["KGZ"], sectors=["energy"], stage="pilot")
COPY = claim("b", "a pilot", "initiative", countries=["KGZ"], sectors=["energy"], stage="pilot")
PLAN = claim("c", "a plan", "initiative", countries=["KGZ", "UZB"], sectors=["energy", "health"])
STORY = {"a": "a", "b": "a", "c": "c"}


def test_a_copied_initiative_is_two_claims_of_one_story() -> None:
    (cell,) = stages([PILOT, COPY], STORY)
    assert (cell.place, cell.sector, cell.stage) == ("KGZ", "energy", "pilot")
    assert cell.claims == (PILOT.id, COPY.id)
    assert cell.stories == 1


def test_an_initiative_of_two_places_and_sectors_stands_in_all_their_cells() -> None:
    cells = stages([PLAN], STORY)
    assert {(c.place, c.sector, c.stage) for c in cells} == {
        ("KGZ", "energy", ""),
        ("KGZ", "health", ""),
        ("UZB", "energy", ""),
        ("UZB", "health", ""),
    }
    assert {c.place for c in stages([PLAN], STORY, "UZB")} == {"UZB"}


def test_partners_are_entities_and_places_and_ties_count_stories() -> None:
    signed = [
        claim("a", "x", "partnership", parties=["Сана Лаб", "OpenAI", "Kazakhstan"]),
        claim("b", "y", "partnership", parties=["Sana Lab", "OpenAI"]),
    ]
    found = network(signed, entities(signed), {})
    assert {(p.name, p.kind) for p in found.partners} == {
        ("Sana Lab", "organisation"),
        ("OpenAI", "organisation"),
        ("Kazakhstan", "place"),
    } or {p.name for p in found.partners} == {"Сана Лаб", "OpenAI", "Kazakhstan"}
    counts = sorted((len(tie.claims), tie.stories) for tie in found.ties)
    assert counts == [(1, 1), (1, 1), (2, 2)]
    nodes = {p.id for p in found.partners}
    assert all(tie.a < tie.b and {tie.a, tie.b} <= nodes for tie in found.ties)


def test_one_party_under_two_names_is_not_tied_to_itself() -> None:
    signed = [claim("a", "x", "partnership", parties=["Сана Лаб", "Sana Lab"])]
    found = network(signed, entities(signed), {})
    assert (len(found.partners), found.ties) == (1, ())


def law(doc: str, status: str, when: str | None, name: str = "Law on AI") -> Claim:
    time = (when, None, "in") if when else None
    return claim(doc, name, "policy", countries=["KAZ"], time=time, name=name, status=status)


def test_policies_come_in_the_order_of_their_dates_and_undated_ones_last() -> None:
    listed = [
        law("a", "planned", None),
        law("b", "in_force", "2026-01-18"),
        law("c", "adopted", "2025-11"),
        law("d", "adopted", "2025-11", name="LAW ON AI"),
        law("e", "discussed", "2024"),
    ]
    found = policies(listed, {})
    assert [(p.date, p.status, len(p.claims)) for p in found] == [
        ("2024", "discussed", 1),
        ("2025-11", "adopted", 2),
        ("2026-01-18", "in_force", 1),
        ("", "planned", 1),
    ]


def test_attention_counts_stories_beside_articles_and_claims() -> None:
    docs = [
        document("a", "2026-04-14"),
        document("b", "2026-05-01"),
        document("c", "2026-04-20"),
        document("d"),
        document("e", "2026"),
    ]
    told = [
        Story(id="a", documents=("a", "b")),
        *(Story(id=name, documents=(name,)) for name in "cde"),
    ]
    found = attention([PILOT, COPY, PLAN], docs, told)
    assert [(m.month, m.stories, m.articles, len(m.claims)) for m in found] == [
        ("2026-04", 2, 2, 2),
        ("2026-05", 0, 1, 1),
        ("", 2, 2, 0),
    ]
    assert sum(m.stories for m in found) == len(told)


def test_a_promise_lies_behind_the_newest_document_not_behind_the_clock() -> None:
    due = claim("a", "x", "initiative", due="2028", start=0, countries=["AZE"])
    ahead = claim("b", "70%", value=70, kind="target", time=("2028-06", None, "by"))
    past = claim("c", "y", value=1, kind="target", time=("2025", None, "by"))
    reached = claim("d", "z", value=1, kind="actual", time=("2028", None, "in"))
    found = promises([due, ahead, past, reached], date(2026, 6, 11))
    assert [(p.date, p.claim) for p in found] == [("2028-06", ahead.id), ("2028", due.id)]
    assert promises([due, ahead], date(2028, 12, 31)) == ()


def test_all_views_of_the_constructed_documents_name_known_claims(constructed: Constructed) -> None:
    made = knowledge(
        constructed.documents, constructed.texts, list(constructed.claims.values()), [], [], 0.0
    )
    shown = views(made, constructed.documents)
    known = {c.id for c in made.claims}
    cells = [
        *(cell.claims for cell in shown.stages),
        *(partner.claims for partner in shown.network.partners),
        *(tie.claims for tie in shown.network.ties),
        *(step.claims for step in shown.policies),
    ]
    assert shown.newest == "2026-06-11"
    assert cells
    assert all(claims and set(claims) <= known for claims in cells)
    assert {p.claim for p in shown.promises} <= known
    assert sum(m.articles for m in shown.attention) == len(constructed.documents)
    uzbek = views(made, constructed.documents, "UZB")
    assert {cell.place for cell in uzbek.stages} == {"UZB"}
    names = {p.id: p.name for p in shown.network.partners}
    pairs = {frozenset((names[t.a], names[t.b])) for t in shown.network.ties}
    assert any({"Qazaq GridLab", "Saryarqa Technical University"} == pair for pair in pairs)
    grid = next(t for t in shown.network.ties if "Qazaq GridLab" in (names[t.a], names[t.b]))
    assert (len(grid.claims), grid.stories) == (2, 1)


@settings(max_examples=25)
@given(st.permutations([PILOT, COPY, PLAN, law("c", "adopted", "2025-11")]))
def test_the_order_of_claims_does_not_matter(claims: list[Claim]) -> None:
    docs = [document(name, "2026-01-01") for name in "abc"]
    texts = {"a": "one two three four", "b": "one two three four five", "c": "quite another text"}
    assert knowledge(docs[::-1], texts, claims, [], [], 0.0) == knowledge(
        docs, texts, sorted(claims, key=lambda c: c.id), [], [], 0.0
    )


@pytest.mark.parametrize("threshold", [0.0, 0.5, 1.0])
def test_the_threshold_withholds_and_counts_what_nobody_judged(threshold: float) -> None:
    listed = [
        claim("a", f"claim {n}", "event", name=f"event {n}", confidence=n / 10) for n in range(11)
    ]
    found = knowledge([document("a")], {"a": ""}, listed, [], [], threshold)
    assert all(c.confidence >= threshold for c in found.claims)
    assert len(found.claims) + sum(found.withheld) == len(listed)


def test_promises_come_by_the_day_on_which_they_are_due() -> None:
    stated = ["2027", "2026-12-10", "2026-09-22", "2026", "2026-Q4", "2026-10"]
    made = [claim("a", f"x{when}", "initiative", due=when) for when in stated]
    found = [promise.date for promise in promises(made, date(2026, 8, 5))]
    assert found == ["2026-09-22", "2026-10", "2026-12-10", "2026", "2026-Q4", "2027"]
