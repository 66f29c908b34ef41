import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uptake.label import features
from uptake.label.alphabet import WORD
from uptake.label.tokens import tokenize

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=60)


@given(st.lists(ANY_TEXT, max_size=8))
def test_a_text_has_the_same_features_alone_and_in_a_batch(texts: list[str]) -> None:
    batch = features.extract(texts)
    for index, text in enumerate(texts):
        alone = features.extract([text])
        mine = batch.document == index
        assert (batch.bucket[mine] == alone.bucket).all()
        assert (batch.count[mine] == alone.count).all()
        assert (batch.dense[index] == alone.dense[0]).all()
        assert (batch.letters[[index]] - alone.letters).nnz == 0


@given(st.lists(st.text("аәбвқ ", max_size=20), min_size=1, max_size=6))
def test_tokens_are_what_splitting_at_spaces_gives(texts: list[str]) -> None:
    tokens = tokenize(texts)
    for index, text in enumerate(texts):
        mine = tokens.document == index
        spans = zip(tokens.start[mine].tolist(), tokens.end[mine].tolist(), strict=True)
        words = ["".join(map(chr, tokens.codes[begin:end].tolist())) for begin, end in spans]
        assert words == text.split()


def test_equal_words_hash_alike_wherever_they_stand() -> None:
    tokens = tokenize(["салем дос", "бір екі үш салем", "САЛЕМ"])
    assert tokens.hash[0] == tokens.hash[5] == tokens.hash[6]
    assert len(set(tokens.hash.tolist())) == 5


def test_signs_that_stand_for_an_apostrophe_make_one_word() -> None:
    tokens = tokenize(["oʻzbek", "o'zbek", "o‘zbek", "o`zbek"])
    assert len(set(tokens.hash.tolist())) == 1
    assert (tokens.kind == WORD).all()


def test_capital_letters_and_digits_do_not_matter() -> None:
    upper, lower = features.extract(["İSTANBUL 2024"]), features.extract(["istanbul 1999"])
    assert (upper.bucket == lower.bucket).all()


def test_looks_are_measured() -> None:
    text = "Why?\n```x = 1```\nend:"
    look = dict(zip(features.DENSE, features.extract([text]).dense[0].tolist(), strict=True))
    assert look["question mark"] == look["code fence"] == look["ends with colon"] == 1
    assert look["begins upper"] == 1
    assert look["log line ends"] == pytest.approx(np.log(3))
    assert look["ends with one"] == look["under 4 tokens"] == 0


@pytest.mark.parametrize(
    "text", ["x" * 1_000_000, "😀" * 250_000, "ab " * 300_000, "QUJD" * 250_000, "مرحبا " * 170_000]
)
def test_a_megabyte_passes_in_well_under_a_second(text: str) -> None:
    features.extract([text[:10]])
    begin = time.perf_counter()
    features.extract(features.cut([text]))
    cut = time.perf_counter() - begin
    features.extract([text])
    assert cut < 0.2
    assert time.perf_counter() - begin < 3


def test_cutting_keeps_head_and_tail() -> None:
    text = "h" * 1500 + "m" * 9000 + "t" * 500
    assert features.cut([text, "short"]) == ["h" * 1500 + "\n" + "t" * 500, "short"]


def test_chunks_cover_every_text_once() -> None:
    texts = ["a" * 300_000, "", "b" * 300_000, "c" * 900_000, "d"]
    covered = [index for part in features.chunks(texts) for index in range(len(texts))[part]]
    assert covered == [0, 1, 2, 3, 4]
