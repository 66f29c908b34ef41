"""An analyst judges claims: accepts, rejects, edits, moves quotes, takes back."""

import re
from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest
from tests.review.conftest import CSRF, Browser, Kept

from uptake.gather.claims import identified
from uptake.gather.knowledge.applying import apply
from uptake.model.claim import Attribution, Claim, ClaimTime


def seen(page: str) -> str:
    found = re.search(r'name="seen" value="([^"]*)"', page)
    assert found
    return found[1]


def judged(kept: Kept, words: str) -> Claim:
    """The claim as a build would publish it."""
    texts = {case.document.id: case.text for case in kept.cases}
    claims = [c for case in kept.cases for c in case.claims]
    wanted = kept.claim(words).id
    return next(c for c in apply(claims, kept.judgements()[0], texts).claims if c.id == wanted)


def form(kept: Kept, words: str, **changed: object) -> dict[str, object]:
    claim = kept.claim(words)
    return {"start": claim.start, "end": claim.end, **changed}


def test_the_queue_shows_quotes_and_filters_them(browser: Browser, kept: Kept) -> None:
    whole = browser.get("claims")
    assert "14% of trains use it" in whole
    assert "Пойыздардың 17 пайызы" in whole
    assert "14%" not in browser.get("claims", doc="kk-rail")
    assert "14%" not in browser.get("claims", type="initiative")
    assert "14%" not in browser.get("claims", country="UZB")
    assert "14%" not in browser.get("claims", low="0.85")
    assert "14%" in browser.get("claims", low="0.75", high="0.85")
    assert "14%" not in browser.get("claims", state="accepted")
    browser.post(f"claims/{kept.claim('14%').id}/accept")
    assert "14%" in browser.get("claims", state="accepted")
    assert "14%" not in browser.get("claims")


def test_a_claim_stands_beside_its_document_with_the_quote_marked(
    browser: Browser, kept: Kept
) -> None:
    page = browser.get(f"claims/{kept.claim('14%').id}")
    marked = re.findall(r"<mark[^>]*>([^<]*)</mark>", page)
    assert "".join(marked) == "14% of trains use it"
    assert 'title="value">14%</mark>' in page
    assert "By 2030 the share should reach 60%." in page


def test_what_is_published_without_a_judgement_is_said(browser: Browser, kept: Kept) -> None:
    assert "published by its confidence" in browser.get(f"claims/{kept.claim('14%').id}")
    assert ": not published" in browser.get(f"claims/{kept.claim('17').id}")
    browser.post(f"claims/{kept.claim('17').id}/accept")
    assert ": not published" not in browser.get(f"claims/{kept.claim('17').id}")


def test_accepting_goes_on_to_the_next_claim_and_is_signed(browser: Browser, kept: Kept) -> None:
    goal = browser.post(f"claims/{kept.claim('pilot').id}/accept?state=proposed")
    assert goal.startswith(f"claims/{kept.claim('14%').id}?")
    (judgement,) = kept.judgements()[0]
    assert (judgement.kind, judgement.who) == ("accept", "Ayla")
    assert judgement.when.startswith("2026-05-04T09:30")
    assert "signed Ayla" in browser.follow(goal)


def test_a_rejection_needs_a_reason(browser: Browser, kept: Kept) -> None:
    id = kept.claim("14%").id
    assert "why the claim is rejected" in browser.post(f"claims/{id}/reject", 422, why="  ")
    assert kept.kinds() == []
    browser.post(f"claims/{id}/reject", why="Not a figure of the ministry")
    assert kept.judgements()[0][0].why == "Not a figure of the ministry"


def test_an_edit_sets_only_what_was_changed(browser: Browser, kept: Kept) -> None:
    words = "14%"
    id = kept.claim(words).id
    changed = {"fields.value": "14.5", "fields.comparator": "~", "fields.name": "trains "}
    browser.post(f"claims/{id}/edit", form=form(kept, words, **changed))
    assert kept.judgements()[0][0].data["fields"] == {"value": 14.5, "comparator": "~"}
    assert judged(kept, words).fields["value"] == 14.5
    assert judged(kept, words).fields["unit"] == "percent"
    assert 'value="14.5"' in browser.get(f"claims/{id}")


def test_an_emptied_field_is_taken_out(browser: Browser, kept: Kept) -> None:
    browser.post(
        f"claims/{kept.claim('14%').id}/edit", form=form(kept, "14%", **{"fields.unit": ""})
    )
    assert "unit" not in judged(kept, "14%").fields


def test_lists_have_an_item_a_line(browser: Browser, kept: Kept) -> None:
    id = kept.claim("pilot").id
    changed = {"fields.actors": "Rail Ministry\r\n\r\nOpen Rails ", "countries": "UZB\nKAZ"}
    browser.post(f"claims/{id}/edit", form=form(kept, "pilot", **changed))
    assert judged(kept, "pilot").fields["actors"] == ["Rail Ministry", "Open Rails"]
    assert judged(kept, "pilot").countries == ("KAZ", "UZB")


def test_who_said_it_and_when_are_edited(browser: Browser, kept: Kept) -> None:
    id = kept.claim("14%").id
    changed = {
        "attribution.kind": "reported",
        "attribution.organisation": "Ministry of Rails",
        "time.text": "in 2025",
        "time.start": "2025",
    }
    browser.post(f"claims/{id}/edit", form=form(kept, "14%", **changed))
    claim = judged(kept, "14%")
    assert claim.attribution == Attribution(kind="reported", organisation="Ministry of Rails")
    assert claim.time == ClaimTime(text="in 2025", start="2025")
    emptied = dict.fromkeys(changed, "")
    browser.post(f"claims/{id}/edit", form=form(kept, "14%", **emptied))
    assert judged(kept, "14%").time is None
    assert judged(kept, "14%").attribution is None


def test_many_at_once_lose_no_judgement(browser: Browser, kept: Kept) -> None:
    id = kept.claim("14%").id
    with ThreadPoolExecutor(8) as people:
        asked = [
            people.submit(Browser(browser.client, kept, f"P{n}").post, f"claims/{id}/accept")
            for n in range(24)
        ]
    assert all(one.result() for one in asked)
    assert sorted(j.who for j in kept.judgements()[0]) == sorted(f"P{n}" for n in range(24))


@pytest.mark.parametrize(
    ("field", "said", "complaint"),
    [
        ("fields.value", "fourteen", "a number in figures"),
        ("fields.value", "nan", "a number in figures"),
        ("fields.value", "1e400", "a number in figures"),
        ("fields.comparator", "roughly", "choose one of"),
        ("fields.currency", "dollars", "not of its form"),
        ("countries", "Kazakhstan", "is not known"),
        ("sectors", "magic", "is not known"),
        ("fields.name", "a\0b", "control character"),
        ("fields.breakdown", "women", "one a line"),
        ("modality", "", "choose one"),
        ("time.text", "in 1999", "not in the document"),
        ("time.start", "next year", "not of its form"),
        ("attribution.speaker", "The minister", "needed where the others are given"),
        ("time.start", "2025", "needed where the others are given"),
    ],
)
def test_a_wrong_field_is_named_and_what_was_typed_stays(
    browser: Browser, kept: Kept, field: str, said: str, complaint: str
) -> None:
    id = kept.claim("14%").id
    sent = form(kept, "14%", **{field: said, "fields.subject": "trains of all kinds"})
    page = browser.post(f"claims/{id}/edit", 422, form=sent)
    assert complaint in page
    assert 'value="trains of all kinds"' in page
    assert kept.kinds() == []


def test_saving_an_edit_accepts_it_with_one_judgement(browser: Browser, kept: Kept) -> None:
    changed = form(kept, "14%", accepting="yes", **{"fields.value": "15"})
    browser.post(f"claims/{kept.claim('14%').id}/edit", form=changed)
    assert kept.kinds() == ["edit"]


def test_saving_nothing_records_nothing(browser: Browser, kept: Kept) -> None:
    id = kept.claim("14%").id
    assert "Nothing was changed" in browser.post(f"claims/{id}/edit", 422, form=form(kept, "14%"))
    assert kept.kinds() == []


def test_a_quote_is_moved_by_words_and_recorded_by_saving(browser: Browser, kept: Kept) -> None:
    claim = kept.claim("14%")
    page = browser.post(
        f"claims/{claim.id}/edit",
        200,
        form(kept, "14%", move="start-left", **{"fields.scope": "national"}),
    )
    assert "that 14% of trains use it" in page
    assert 'value="national"' in page
    assert kept.kinds() == []
    start = claim.start - len("that ")
    browser.post(f"claims/{claim.id}/edit", start=start, end=claim.end)
    assert judged(kept, "14%").quote == "that 14% of trains use it"
    assert kept.judgements()[0][0].data["start"] == start


def test_a_quote_goes_to_the_next_and_the_previous_sentence(browser: Browser, kept: Kept) -> None:
    claim = kept.claim("14%")
    sent = form(kept, "14%", move="next")
    page = browser.post(f"claims/{claim.id}/edit", 200, sent)
    assert '<blockquote class="quote">By 2030 the share should reach 60%.</blockquote>' in page
    sent = form(kept, "14%", move="previous")
    page = browser.post(f"claims/{claim.id}/edit", 200, sent)
    assert "opened a rail pilot in 2025.</blockquote>" in page


@pytest.mark.parametrize(("start", "end"), [(-1, 4), (0, 0), (3, 9), (0, 10_000), (17, 18)])
def test_a_quote_that_is_not_whole_words_is_refused(
    browser: Browser, kept: Kept, start: int, end: int
) -> None:
    browser.post(f"claims/{kept.claim('14%').id}/edit", 422, start=start, end=end)
    assert kept.kinds() == []


def test_a_judgement_can_be_taken_back_and_the_undoing_too(browser: Browser, kept: Kept) -> None:
    id = kept.claim("14%").id
    browser.post(f"claims/{id}/accept")
    (accepted,) = kept.judgements()[0]
    browser.post(f"judgements/{accepted.id}/undo")
    assert "14%" in browser.get("claims", state="proposed")
    assert "already" in browser.post(f"judgements/{accepted.id}/undo", 409)
    undo = kept.judgements()[0][1]
    browser.post(f"judgements/{undo.id}/undo")
    assert "14%" in browser.get("claims", state="accepted")
    assert kept.kinds() == ["accept", "undo", "undo"]


def test_two_people_at_one_desk_lose_nothing_and_are_told(browser: Browser, kept: Kept) -> None:
    id = kept.claim("14%").id
    first = seen(browser.get(f"claims/{id}"))
    other = Browser(browser.client, kept, "Boris")
    second = seen(other.get(f"claims/{id}"))
    browser.post(f"claims/{id}/accept", seen=first)
    goal = other.post(f"claims/{id}/reject", seen=second, why="No")
    assert [(j.who, j.kind) for j in kept.judgements()[0]] == [
        ("Ayla", "accept"),
        ("Boris", "reject"),
    ]
    assert "Ayla judged this in the meantime" in other.follow(goal)
    assert "14%" in browser.get("claims", state="rejected")


def test_nobody_is_told_of_their_own_judgement(browser: Browser, kept: Kept) -> None:
    id = kept.claim("14%").id
    browser.post(f"claims/{id}/accept", seen="")
    goal = browser.post(f"claims/{id}/reject", seen=seen(browser.get(f"claims/{id}")), why="No")
    assert "in the meantime" not in browser.follow(goal)


def rebuilt(kept: Kept, words: str, **changed: object) -> None:
    """Let the extractor find a claim otherwise than before, or not at all."""
    case = next(c for c in kept.cases if kept.claim(words) in c.claims)
    claims = tuple(
        identified(msgspec.structs.replace(c, **changed)) if words in c.quote else c
        for c in case.claims
        if changed or words not in c.quote
    )
    new = msgspec.structs.replace(case, claims=claims)
    kept.cases = tuple(new if c is case else c for c in kept.cases)


def test_a_claim_that_came_out_otherwise_is_shown_as_it_was_judged(
    browser: Browser, kept: Kept
) -> None:
    old = kept.claim("14%")
    browser.post(f"claims/{old.id}/edit", form=form(kept, "14%", **{"fields.value": "15"}))
    rebuilt(kept, "14%", fields={"value": 14000, "unit": "count"})
    new = kept.claim("14%")
    assert new.id != old.id
    page = browser.get(f"claims/{new.id}")
    assert "came out otherwise" in page
    assert 'value="15"' in page
    assert "came out otherwise" in browser.get(f"claims/{old.id}")
    browser.post(f"claims/{new.id}/accept")
    assert judged(kept, "14%").fields["value"] == 15


def test_a_judgement_of_a_claim_that_is_gone_is_kept_and_said(browser: Browser, kept: Kept) -> None:
    id = kept.claim("14%").id
    browser.post(f"claims/{id}/accept")
    rebuilt(kept, "14%")
    assert "1 judgement is about" in browser.get("claims")
    assert "stale" in browser.get("judgements")
    assert "14% of trains use it" in browser.get("judgements")
    answer = browser.client.get(f"/t/key-of-the-desk/claims/{id}", params={"who": "Ayla"})
    assert answer.status_code == 410
    assert "read anew" in answer.text
    data = {"csrf": CSRF, "who": "Ayla"}
    answer = browser.client.post(f"/t/key-of-the-desk/claims/{id}/accept", data=data)
    assert answer.status_code == 410
    assert len(kept.judgements()[0]) == 1


def test_a_damaged_line_of_the_judgements_is_said_and_the_rest_holds(
    browser: Browser, kept: Kept
) -> None:
    browser.post(f"claims/{kept.claim('14%').id}/accept")
    with kept.path.open("ab") as file:
        file.write(b'{"id": "half')
    assert "line 2" in browser.get("judgements")
    browser.post(f"claims/{kept.claim('pilot').id}/accept")
    assert kept.kinds() == ["accept", "accept"]


def test_markup_of_a_document_is_text(browser: Browser, kept: Kept) -> None:
    id = kept.claim("<script>").id
    for page in (
        browser.get("claims"),
        browser.get(f"claims/{id}"),
        browser.get(f"claims/{kept.claim('14%').id}"),
    ):
        assert "<script>alert" not in page
        assert "<b>Rails" not in page
        assert "&lt;script&gt;" in page
    assert "Rails &lt;observatory&gt;" in browser.get("claims")


def test_a_claim_can_be_judged_after_the_last_of_the_queue(browser: Browser, kept: Kept) -> None:
    goal = browser.post(f"claims/{kept.claim('17').id}/accept?state=proposed")
    assert "Queue" in browser.follow(goal)


def test_names_of_markup_and_quotes_stay_text(kept: Kept, browser: Browser) -> None:
    other = Browser(browser.client, kept, '"><script>x</script>')
    assert "<script>x" not in other.get("claims")
    other.post(f"claims/{kept.claim('14%').id}/accept")
    assert "<script>x" not in other.get("judgements")
