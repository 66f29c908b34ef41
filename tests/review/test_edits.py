"""What an edit may say: the impossible is refused beside its field; what is kept is accepted."""

import pytest
from tests.review.conftest import Browser, Kept
from tests.review.test_claims import form, judged

from uptake.gather.knowledge.applying import apply


@pytest.mark.parametrize(
    ("words", "field", "said", "complaint"),
    [
        ("14%", "time.start", "2026-02-31", "2026-02-31 is no day of the calendar; write 2026-02"),
        ("pilot", "fields.due", "2026-13", "2026-13 is no date"),
        ("14%", "fields.currency", "QQQ", "is no currency of ISO 4217"),
        ("14%", "fields.currency", "KZT", "money has the unit currency"),
        ("14%", "fields.unit", "bananas", "is no unit that is known"),
        ("14%", "fields.value", "about 14", "a number in figures"),
        ("14%", "fields.value", "1e999", "a number in figures"),
        ("14%", "fields.per", "thousand", "a number in figures"),
        ("14%", "fields.value_text", "15%", "not in the quote"),
        ("14%", "fields.value_max", "3", "the upper end lies below the value"),
    ],
)
def test_the_impossible_is_refused_beside_its_field(
    browser: Browser, kept: Kept, words: str, field: str, said: str, complaint: str
) -> None:
    extra = {"time.text": "2025"} if field.startswith("time") else {}
    sent = form(kept, words, **{field: said, **extra})
    page = browser.post(f"claims/{kept.claim(words).id}/edit", 422, form=sent)
    shown = page.split(f'for="{field}"')[1].split("</div>", maxsplit=1)[0]
    assert complaint in shown
    assert f'value="{said}"' in shown
    assert kept.kinds() == []


def test_an_end_before_its_start_is_refused(browser: Browser, kept: Kept) -> None:
    sent = form(kept, "pilot", **{"fields.start": "2026-05", "fields.due": "2025"})
    page = browser.post(f"claims/{kept.claim('pilot').id}/edit", 422, form=sent)
    assert "2025 lies before the start, 2026-05" in page
    assert kept.kinds() == []


def test_a_quote_moved_off_its_printed_value_is_refused(browser: Browser, kept: Kept) -> None:
    words = "14%"
    id = kept.claim(words).id
    browser.post(f"claims/{id}/edit", form=form(kept, words, **{"fields.value_text": "14%"}))
    start = kept.claim(words).start
    moved = form(kept, words, start=start + 4)
    assert "not in the quote" in browser.post(f"claims/{id}/edit", 422, form=moved)


def test_who_edits_a_claim_has_accepted_it(browser: Browser, kept: Kept) -> None:
    words = "17"
    id = kept.claim(words).id
    assert kept.claim(words).confidence < 0.7
    browser.post(f"claims/{id}/edit", form=form(kept, words, **{"fields.value": "17.5"}))
    claims = [claim for case in kept.cases for claim in case.claims]
    texts = {case.document.id: case.text for case in kept.cases}
    result = apply(claims, kept.judgements()[0], texts)
    assert (result.status[id], id in result.edited) == ("accepted", True)
    page = browser.get(f"claims/{id}")
    assert "as edited and confirmed by Ayla" in page
    assert "confidence <" not in page
    assert ">confirmed</span>" in browser.get("claims", state="accepted")


def test_an_edit_that_is_taken_back_leaves_the_claim_to_its_confidence(
    browser: Browser, kept: Kept
) -> None:
    words = "17"
    id = kept.claim(words).id
    browser.post(f"claims/{id}/edit", form=form(kept, words, **{"fields.value": "17.5"}))
    browser.post(f"judgements/{kept.judgements()[0][0].id}/undo")
    assert ": not published" in browser.get(f"claims/{id}")
    assert judged(kept, words).fields["value"] == 17


def test_a_rejection_after_an_edit_stands_and_an_edit_after_a_rejection_too(
    browser: Browser, kept: Kept
) -> None:
    id = kept.claim("14%").id
    sent = form(kept, "14%", **{"fields.value": "14.5"})
    browser.post(f"claims/{id}/edit", form=sent)
    browser.post(f"claims/{id}/reject", why="no")
    assert "by Ayla: not published" in browser.get(f"claims/{id}")
    browser.post(f"claims/{id}/edit", form={**sent, "fields.value": "15"})
    assert "confirmed by Ayla" in browser.get(f"claims/{id}")
