"""A gold sample is drawn by a recorded design, labelled by two people, and compared."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import cohen_kappa_score
from tests.review.conftest import Browser, Kept

from uptake.flow.gold_sample import kappa_of
from uptake.pseudonymise.mask import mask
from uptake.review.gold import (
    Design,
    Frame,
    GoldLabel,
    Method,
    ToLabel,
    Wanted,
    agreements,
    disagreements,
    draw,
    settled,
    waiting,
)


def frame(sizes: dict[str, int]) -> Frame:
    strata = tuple(name for name, n in sizes.items() for _ in range(n))
    return Frame(tuple(f"{i:032x}" for i in range(len(strata))), strata)


def drawn(n: int, method: Method = "simple", seed: int = 1, both: int = 0) -> Design:
    return draw(frame({"KAZ": 60, "UZB": 40}), Wanted(n, method, seed, both), by="A", drawn="")


@given(
    sizes=st.dictionaries(st.sampled_from("ABCDE"), st.integers(1, 40), min_size=1),
    n=st.integers(1, 120),
    seed=st.integers(0, 2**32 - 1),
    method=st.sampled_from(["simple", "stratified"]),
)
def test_a_sample_is_distinct_messages_of_the_frame_in_proportion(
    sizes: dict[str, int], n: int, seed: int, method: Method
) -> None:
    whole = frame(sizes)
    design = draw(whole, Wanted(n, method, seed, 5), by="A", drawn="")
    size = min(n, len(whole.messages))
    assert len(set(design.messages)) == len(design.messages) == size
    assert set(design.messages) <= set(whole.messages)
    assert design.frame_size == len(whole.messages)
    of = dict(zip(whole.messages, whole.strata, strict=True))
    counts = Counter(of[m] for m in design.messages)
    if method == "stratified":
        for name, all_of, chosen in design.strata:
            assert counts[name] == chosen
            assert abs(chosen - size * all_of / len(whole.messages)) < 1


def test_the_same_seed_and_frame_give_the_same_sample() -> None:
    assert drawn(30, seed=7) == drawn(30, seed=7)
    assert drawn(30, seed=7).messages != drawn(30, seed=8).messages


def test_each_message_has_the_same_chance() -> None:
    hits = Counter(m for seed in range(2_000) for m in drawn(10, seed=seed).messages)
    counts = np.array([hits[m] for m in frame({"KAZ": 60, "UZB": 40}).messages])
    # 2,000 draws of 10 in 100: each is hit 200 times on average, with deviation 13.4; chi-squared
    # of 99 degrees of freedom is above 168 once in 100,000 such tests. The seeds are fixed.
    assert ((counts - 200) ** 2 / 180).sum() < 168


def said(who: str, design: Design, at: int, *, settles: bool = False, **labels: str) -> GoldLabel:
    return GoldLabel(
        message=design.messages[at],
        sample=design.id,
        annotator=who,
        when="2026",
        settles=settles,
        **labels,
    )


def test_the_first_messages_are_everybodys_and_the_rest_the_first_comers() -> None:
    design = drawn(5, both=2)
    labels = [said("A", design, i, intent="asking") for i in (0, 2)]
    assert waiting(labels, design, "A") == [design.messages[i] for i in (1, 3, 4)]
    assert waiting(labels, design, "B") == [design.messages[i] for i in (0, 1, 3, 4)]


def test_agreement_is_cohens_kappa_over_what_both_labelled() -> None:
    design = drawn(8, both=8)
    one = ["asking", "doing", "doing", "asking", "expressing", "asking"]
    other = ["asking", "doing", "asking", "asking", "expressing", "doing"]
    labels = [said("A", design, i, intent=v) for i, v in enumerate(one)]
    labels += [said("B", design, i, intent=v) for i, v in enumerate(other)]
    labels += [said("B", design, 7, intent="doing"), said("A", design, 6, work="work")]
    (found,) = agreements(labels, design, kappa_of)
    assert (found.facet, found.people, found.n, found.same) == ("intent", ("A", "B"), 6, 4)
    assert found.kappa == pytest.approx(cohen_kappa_score(one, other))


def test_one_label_throughout_has_no_kappa() -> None:
    design = drawn(3, both=3)
    labels = [said(who, design, i, work="work") for who in "AB" for i in range(3)]
    (found,) = agreements(labels, design, kappa_of)
    assert found.kappa is None
    assert found.same == 3


def test_what_is_settled_stands_else_what_was_said_first() -> None:
    design = drawn(3, both=3)
    labels = [
        said("A", design, 0, intent="asking"),
        said("B", design, 0, intent="doing"),
        said("A", design, 1, intent="asking"),
        said("B", design, 1, intent="doing"),
        said("A", design, 0, intent="expressing"),
        said("B", design, 1, settles=True, intent="doing"),
    ]
    final = settled(labels, design)
    assert final[design.messages[0]].intent == "expressing"  # A labelled it first, and again
    assert final[design.messages[1]].intent == "doing"
    assert disagreements(labels, design) == [design.messages[0]]


def test_a_label_left_open_is_no_disagreement() -> None:
    design = drawn(1, both=1)
    labels = [said("A", design, 0, intent="asking"), said("B", design, 0, work="work")]
    assert disagreements(labels, design) == []


@pytest.fixture
def sample(browser: Browser, kept: Kept) -> Design:
    kept.messages = {
        m: ToLabel(
            m,
            (
                ("user", mask("Call me: +7 701 234 56 78")),
                ("assistant", mask("I can not call.")),
                ("user", mask(f"Then write <b>to</b> a{i}@example.kz")),
            ),
        )
        for i, m in enumerate(kept.frame.messages)
    }
    assert "Draw a sample" in browser.get("gold")
    browser.post("gold/draw", n=8, method="stratified", seed=3, both=2)
    return kept.designs[0]


def test_the_design_is_recorded_and_shown(browser: Browser, sample: Design) -> None:
    page = browser.get("gold")
    assert "8 of 40 counted messages" in page
    assert sample.frame_sha256[:16] in page
    assert sample.by == "Ayla"
    assert "UZB 2 of 10" in page
    assert sample.strata == (("KAZ", 30, 6), ("UZB", 10, 2))


def test_a_message_is_shown_masked_and_its_label_goes_to_the_next(
    browser: Browser, kept: Kept, sample: Design
) -> None:
    first = sample.messages[0]
    page = browser.get(f"gold/{first}")
    assert "&lt;PHONE&gt;" in page
    assert "&lt;EMAIL&gt;" in page
    assert "234 56" not in page
    assert "&lt;b&gt;to&lt;/b&gt;" in page
    goal = browser.post(f"gold/{first}", intent="asking", work="work", topic="", language="en")
    assert goal.startswith("gold/next?")
    (label,) = kept.labels
    assert label.said() == {"intent": "asking", "work": "work", "language": "en"}
    assert (label.message, label.sample, label.annotator) == (first, sample.id, "Ayla")
    answer = browser.client.get(f"/t/key-of-the-desk/{goal}")
    assert sample.messages[1] in answer.headers["location"]


def test_an_annotator_does_not_see_what_the_other_said(
    browser: Browser, kept: Kept, sample: Design
) -> None:
    first = sample.messages[0]
    browser.post(f"gold/{first}", intent="doing")
    other = Browser(browser.client, kept, "Boris")
    assert "Ayla" not in other.get(f"gold/{first}")
    assert "checked" in browser.get(f"gold/{first}")
    other.post(f"gold/{first}", intent="asking")
    page = other.get("gold")
    assert "To talk about" in page
    assert "Ayla, Boris" in page
    assert "Ayla" in other.get(f"gold/{first}", settle="true")
    other.post(f"gold/{first}", intent="doing", settles="yes")
    assert "To talk about" not in other.get("gold")


def test_a_word_that_the_codebook_lacks_is_refused(
    browser: Browser, kept: Kept, sample: Design
) -> None:
    browser.post(f"gold/{sample.messages[0]}", 422, intent="wondering")
    browser.post(f"gold/{'0' * 32}x", 404, intent="asking")
    assert kept.labels == []


def test_a_message_whose_log_is_gone_is_said_to_be(
    browser: Browser, kept: Kept, sample: Design
) -> None:
    kept.messages = {}
    answer = browser.client.get(
        f"/t/key-of-the-desk/gold/{sample.messages[0]}", params={"who": "Ayla"}
    )
    assert answer.status_code == 410
    assert "gone or was changed" in answer.text


@pytest.mark.parametrize("wrong", [{"n": 0}, {"n": 10**9}, {"seed": -1}, {"method": "best"}])
def test_an_impossible_design_is_refused(
    browser: Browser, kept: Kept, wrong: dict[str, object]
) -> None:
    browser.post("gold/draw", 422, {"n": 6, "method": "simple", "seed": 1, "both": 0, **wrong})
    assert kept.designs == []
