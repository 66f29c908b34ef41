"""An analyst says who is who, and which side of a contradiction holds."""

from tests.review.conftest import Browser, Kept

NAMES = ("Қазақстан темір жолы", "Qazaqstan temir joly")


def test_two_names_are_merged_and_parted_again(browser: Browser, kept: Kept) -> None:
    assert "Also:" not in browser.get("entities")
    browser.post("entities/merge", one=NAMES[1], other=NAMES[0], why="One railway")
    (merge,) = kept.judgements()[0]
    assert (merge.kind, merge.target) == ("merge", "|".join(sorted(NAMES)))
    assert f"Also: {NAMES[1]}" in browser.get("entities")
    browser.post("entities/split", one=NAMES[0], other=NAMES[1])
    assert kept.kinds() == ["merge", "split"]
    browser.post(f"judgements/{merge.id}/undo")
    assert "Also:" not in browser.get("entities")


def test_what_became_of_a_merge_is_said_and_can_be_taken_back_there(
    browser: Browser, kept: Kept
) -> None:
    goal = browser.post("entities/merge", one=NAMES[0], other=NAMES[1])
    (merge,) = kept.judgements()[0]
    page = browser.follow(goal)
    assert f"“{NAMES[1]}” and “{NAMES[0]}” are one now." in page
    assert f"judgements/{merge.id}/undo" in page
    # the names stand apart from the target, which a bar in a name would part elsewhere
    assert merge.data["names"] == [[NAMES[1]], [NAMES[0]]]
    goal = browser.post("entities/split", one=NAMES[0], other=NAMES[1])
    assert "are still one: another judgement joins them" in browser.follow(goal)


def test_names_are_found_by_a_part_of_them(browser: Browser) -> None:
    page = browser.get("entities", find="QAZAQ")
    assert NAMES[1] in page
    assert "A. Rail" not in page


def test_only_two_different_known_names_of_one_kind_are_merged(
    browser: Browser, kept: Kept
) -> None:
    for one, other in ((NAMES[0], NAMES[0]), (NAMES[0], "Nobody"), (NAMES[0], "A. Rail")):
        browser.post("entities/merge", 422, one=one, other=other)
    assert kept.kinds() == []


def test_a_contradiction_shows_both_quotes_and_is_resolved(browser: Browser, kept: Kept) -> None:
    page = browser.get("contradictions")
    assert "14% of trains use it" in page
    assert "17 пайызы" in page
    holds = kept.claim("14%").id
    browser.post("contradictions/c1", holds=holds, why="The ministry counted")
    (judgement,) = kept.judgements()[0]
    assert judgement.data["holds"] == holds
    assert "the marked claim holds" in browser.get("contradictions")
    browser.post("contradictions/c1", holds="none")
    assert "no contradiction" in browser.get("contradictions")


def test_only_a_side_of_the_contradiction_may_hold(browser: Browser, kept: Kept) -> None:
    browser.post("contradictions/c1", 422, holds=kept.claim("pilot").id)
    browser.post("contradictions/c2", 410, holds="none")
    assert kept.kinds() == []
