"""From claims, documents, tables and judgements to what is published of them."""

import sys

import msgspec
import pytest
from tests.gather.knowledge.conftest import claim, document

from uptake.gather.knowledge import anchor, currencies, judgement, knowledge, spelling
from uptake.model.claim import Claim, ClaimTime
from uptake.model.errors import MissingExtraError
from uptake.model.evidence import Passage
from uptake.model.knowledge import Judgement, Knowledge

TEXT = "AI day in Osh. The AI day in Osh draws 420 people."
DOCS = [document("d", "2026-03-01")]
WHEN = "2026-05-04T09:30:00.{:06d}+00:00"


def event(start: int, confidence: float = 0.9, **more: object) -> Claim:
    quote = TEXT[start : start + 6]
    return claim(
        "d",
        quote,
        "event",
        fields={"name": "AI day", **more},
        start=start,
        end=start + 6,
        confidence=confidence,
        countries=["KGZ"],
    )


def decide(kind: str, made: Claim, number: int, **more: object) -> Judgement:
    when = WHEN.format(number)
    data = {**anchor(made), **more}
    return judgement(kind, made.id, "Ayla", when, "as read", data)  # type: ignore[arg-type]


def known(claims: list[Claim], made: list[Judgement], threshold: float = 0.5) -> Knowledge:
    return knowledge(DOCS, {"d": TEXT}, claims, [], made, threshold)


FIRST, AGAIN = event(0), event(TEXT.index("AI day", 5))


def test_a_claim_printed_twice_is_one_with_both_places() -> None:
    (found,) = known([AGAIN, FIRST], []).claims
    assert found.id == FIRST.id
    assert found.also_at == (Passage(AGAIN.start, AGAIN.end),)


def test_claims_that_differ_in_a_figure_only_are_two() -> None:
    one, two = event(0, place="Phase 1"), event(AGAIN.start, place="Phase 2")
    assert len(known([one, two], []).claims) == 2


def test_a_headline_takes_its_time_from_the_text_below() -> None:
    dated = msgspec.structs.replace(AGAIN, time=ClaimTime(text="2026", start="2026"))
    (found,) = known([FIRST, dated], []).claims
    assert found.time
    assert found.also_at == (Passage(FIRST.start, FIRST.end),)
    other = msgspec.structs.replace(
        AGAIN, id="z", start=40, end=46, time=ClaimTime(text="2027", start="2027")
    )
    assert len(known([FIRST, dated, other], []).claims) == 3


def test_of_two_printings_the_accepted_one_stays() -> None:
    result = known([FIRST, AGAIN], [decide("accept", AGAIN, 0)])
    assert [c.id for c in result.claims] == [AGAIN.id]
    assert result.status == {AGAIN.id: "accepted"}
    assert result.claims[0].also_at == (Passage(FIRST.start, FIRST.end),)


def test_the_same_claim_of_two_documents_stays_two() -> None:
    other = claim("e", "AI day", "event", name="AI day", countries=["KGZ"])
    docs = [*DOCS, document("e")]
    assert len(knowledge(docs, {"d": TEXT, "e": "AI day"}, [FIRST, other], [], [], 0).claims) == 2


def test_acceptance_publishes_and_rejection_hides_whatever_the_confidence() -> None:
    doubtful, sure = event(0, 0.1), event(AGAIN.start, 0.95, place="Osh")
    assert known([doubtful, sure], []).withheld == (1, 0)
    made = [decide("accept", doubtful, 0), decide("reject", sure, 1)]
    result = known([doubtful, sure], made)
    assert result.status == {doubtful.id: "accepted"}
    assert result.withheld == (0, 1)


def test_an_undone_judgement_leaves_no_trace_in_what_is_published() -> None:
    no = decide("reject", FIRST, 0)
    undo = judgement("undo", no.id, "Ayla", WHEN.format(1))
    assert known([FIRST], [no, undo]) == known([FIRST], [])


def test_an_edit_is_published_with_a_quote_read_from_the_text() -> None:
    made = [decide("edit", FIRST, 0, fields={"place": "Osh"}, end=len("AI day in Osh"))]
    (found,) = known([FIRST], made).claims
    assert found.quote == "AI day in Osh" == TEXT[found.start : found.end]
    assert found.fields == {"name": "AI day", "place": "Osh"}


def test_a_judgement_whose_claim_is_gone_is_named() -> None:
    gone = claim("d", "420 people", start=TEXT.index("420"), end=TEXT.index("420") + 10, value=420)
    yes = decide("accept", gone, 0)
    assert known([FIRST], [yes]).unplaced == (yes.id,)


@pytest.mark.parametrize("library", ["anyascii", "datasketch", "currency_converter"])
def test_a_missing_library_is_named_by_its_extra(
    library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    spelling._anyascii.cache_clear()
    spelling.romanise.cache_clear()
    for found in (currencies._converter, currencies._per_euro, currencies._ecb):
        found.cache_clear()
    money = {"name": "IT exports", "unit": "currency", "value": 1.0}
    claims = [
        claim("d", "OpenAI", "organisation", name=f"The {library} group"),
        claim("d", "x", fields={**money, "kind": "actual", "currency": "EUR"}, countries=["KAZ"]),
        claim("d", "y", fields={**money, "kind": "target", "currency": "USD"}, countries=["KAZ"]),
    ]
    with pytest.raises(MissingExtraError, match="evidence"):
        known(claims, [])


def test_a_figure_of_one_of_two_years_has_both_as_its_readings() -> None:
    text = "For 2024 and 2025 it puts exports of IT at EUR 400 million"
    made = claim("d", text, time=("2025", None, "in"), value=4e8, currency="EUR", unit="currency")
    (shown,) = knowledge([document("d")], {"d": text}, [made], [], [], 0.0).claims
    assert (shown.id, shown.alternatives) == (made.id, {"time": ("2024", "2025")})
