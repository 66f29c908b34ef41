"""A copied text is one source, however it was edited; two reports on one thing are two."""

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.gather.knowledge.conftest import Constructed, document

from uptake.gather.knowledge.counting import story_of
from uptake.gather.knowledge.stories import contained, stories, word_runs

VOCABULARY = ["".join(sounds) for sounds in itertools.product("bdfgklmnprst", "aeiou", "bdklmrst")]


def text(seed: int, length: int = 300) -> str:
    return " ".join(random.Random(seed).choices(VOCABULARY, k=length))  # noqa: S311 - a text, no secret


def test_a_syndicated_copy_is_one_story_with_its_source(constructed: Constructed) -> None:
    story = story_of(stories(constructed.documents, constructed.texts))
    assert story["en-01"] == story["en-03"] == "en-01"
    assert len(set(story.values())) == len(constructed.documents) - 1


def test_two_reports_on_one_signing_are_two_stories(constructed: Constructed) -> None:
    story = story_of(stories(constructed.documents, constructed.texts))
    assert story["tr-01"] != story["az-01"]


def test_a_copy_without_a_third_of_its_text_is_one_story_with_it() -> None:
    whole = text(1)
    cut = " ".join(whole.split()[:200])
    docs = [document("late", "2026-03-02"), document("early", "2026-03-01")]
    (story,) = stories(docs, {"early": whole, "late": cut})
    assert story.id == "early"
    assert story.documents == ("early", "late")
    assert story.containment == 1.0


def test_a_chain_of_edits_joins_no_texts_with_little_in_common() -> None:
    one, two = text(1), text(2)
    half = " ".join([*one.split()[:150], *two.split()[:150]])
    docs = [document("a", "2026-01-01"), document("b", "2026-01-02"), document("c", "2026-01-03")]
    story = story_of(stories(docs, {"a": one, "b": two, "c": half}))
    assert story["a"] != story["b"]


def test_documents_without_words_are_stories_of_their_own() -> None:
    docs = [document("a"), document("b")]
    assert [s.documents for s in stories(docs, {"a": "", "b": " — "})] == [("a",), ("b",)]


@settings(max_examples=20)
@given(st.permutations(range(6)))
def test_the_order_of_documents_does_not_matter(order: list[int]) -> None:
    made = [document(f"d{n}", f"2026-01-0{9 - n}") for n in range(6)]
    texts = {f"d{n}": text(n % 3) + " end" * n for n in range(6)}
    found = stories([made[n] for n in order], texts)
    assert {frozenset(s.documents) for s in found} == {
        frozenset({"d0", "d3"}),
        frozenset({"d1", "d4"}),
        frozenset({"d2", "d5"}),
    }
    assert found == stories(made, texts)


@pytest.mark.parametrize(("kept", "share"), [(300, 1.0), (3, 1.0), (0, 0.0)])
def test_what_stands_in_a_text_is_contained(kept: int, share: float) -> None:
    whole = text(7)
    assert contained(word_runs(" ".join(whole.split()[:kept])), word_runs(whole)) == share
