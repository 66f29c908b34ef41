"""Log probabilities, waits and forecasts, each by hand-made cases."""

import json
import math
from email.utils import formatdate
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.label.llm.conftest import Clock, Make, Server, alone, completion

from uptake.catalog import facet, names
from uptake.label.llm import answers, logprobs
from uptake.label.llm.forecast import ANSWER, Forecast, characters_per_token
from uptake.model.endpoint import Endpoint

CONTENT = '{"intent": "doing", "work": "study", "topic": "other_media"}'
VALUES = {"intent": "doing", "work": "study", "topic": "other_media"}


def token(text: str, **top: float) -> dict[str, Any]:
    """Return one token; the likeliest ones by their probability, its own among them."""
    likely = top or {text: 1.0}
    pairs = [{"token": t, "logprob": math.log(p) if p else -9999.0} for t, p in likely.items()]
    return {"token": text, "logprob": math.log(likely.get(text, 1.0)), "top_logprobs": pairs}


def spelt(*tokens: dict[str, Any]) -> dict[str, Any]:
    return {"content": list(tokens)}


TOKENS = spelt(
    token('{"intent": "'),
    token("do", do=0.7, ask=0.2, express=0.1),
    token("ing"),
    token('", "work": "'),
    token("study", study=0.5, personal=0.25, unknown=0.25),
    token('", "topic": "'),
    token("other", other=0.8, te=0.2),
    token("_media", **{"_media": 0.75, '"': 0.25}),
    token('"}'),
)


def test_probabilities_follow_the_tokens_that_spell_the_values() -> None:
    found = logprobs.probabilities(TOKENS, CONTENT, VALUES)
    assert found is not None
    intent, work, topic = (np.asarray(p) for p in found)
    assert intent == pytest.approx([0.2, 0.7, 0.1], abs=2e-3)
    # A quarter of the mass led nowhere in the list: it is spread evenly.
    assert work == pytest.approx([0.25 / 3, 0.5 + 0.25 / 3, 0.25 + 0.25 / 3], abs=2e-3)
    by_id = dict(zip(facet("topic").ids, topic, strict=True))
    assert by_id["other_media"] == pytest.approx(0.6, abs=2e-3)
    assert by_id["other"] == pytest.approx(0.2, abs=2e-3)
    assert by_id["teach"] == pytest.approx(0.2, abs=2e-3)
    for p in found:
        assert sum(p) == pytest.approx(1, abs=1e-4)
        assert min(p) > 0


def test_a_token_that_begins_before_the_value_counts_as_well() -> None:
    tokens = spelt(
        token('{"intent":'),
        token(' "doing', **{' "doing': 0.9, ' "asking': 0.1, "x": 0.0}),
        token('", "work": "study", "topic": "other_media"}'),
    )
    found = logprobs.probabilities(tokens, CONTENT, VALUES)
    assert found is not None
    assert found[0] == pytest.approx((0.1, 0.9, 0.0), abs=2e-3)


@pytest.mark.parametrize(
    "amiss",
    [
        None,
        {},
        {"content": None},
        {"content": [{"token": 3}]},
        spelt(token("another text")),
        {"content": TOKENS["content"][:-1]},
    ],
)
def test_log_probabilities_that_do_not_fit_are_not_used(amiss: object) -> None:
    assert logprobs.probabilities(amiss, CONTENT, VALUES) is None


@given(
    st.lists(
        st.tuples(
            st.text('doingask"_xyz', min_size=1, max_size=6),
            st.floats() | st.integers(-5, 5) | st.none(),
        ),
        max_size=6,
    )
)
def test_whatever_an_endpoint_says_probabilities_sum_to_one(top: list[tuple[str, Any]]) -> None:
    tokens = spelt(
        token('{"intent": "'),
        {"token": "doing", "top_logprobs": [{"token": t, "logprob": p} for t, p in top]},
        token('", "work": "study", "topic": "other_media"}'),
    )
    found = logprobs.probabilities(tokens, CONTENT, VALUES)
    assert found is not None
    for p in found:
        assert sum(p) == pytest.approx(1, abs=1e-3)
        assert all(0 < x < 1 for x in p)


def test_probabilities_of_the_endpoint_are_used_and_kept(make: Make, server: Server) -> None:
    server.answer = lambda body: completion(CONTENT, logprobs=TOKENS)
    first = make()(alone("hello")).probabilities
    again = make()(alone("hello")).probabilities
    assert len(server.bodies) == 1
    for name in first:
        assert first[name].tolist() == again[name].tolist()
    assert first["intent"][0] == pytest.approx([0.2, 0.7, 0.1], abs=2e-3)


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda t: t.encode()))
def test_no_body_is_an_error(body: bytes) -> None:
    assert answers.read(body) is None
    wrapped = {"choices": [{"message": {"content": body.decode("latin-1")}}]}
    assert answers.read(json.dumps(wrapped).encode()) is None


def test_waits_grow_up_to_a_limit_with_some_chance(clock: Clock) -> None:
    pace = clock.pace()
    assert [pace.backoff(n) for n in range(9)] == [0.5, 1, 2, 4, 8, 16, 32, 60, 60]
    pace.draw = lambda: 0.0
    assert pace.backoff(3) == 2


def test_a_stated_wait_is_read_as_seconds_or_as_a_date(clock: Clock) -> None:
    pace = clock.pace()
    assert pace.stated("12") == 12
    assert pace.stated(" 1.5 ") == 1.5
    assert pace.stated(formatdate(90, usegmt=True)) == 90
    assert pace.stated("-4") == 0
    assert pace.stated("soon") == 0
    assert pace.stated("nan") == 0
    assert pace.stated("1e9") == 600


def test_a_forecast_counts_what_is_not_labelled_yet(make: Make, server: Server) -> None:
    it = make()
    it(alone("one"))
    forecast = Forecast()
    turns = alone("one", "two" * 100, "three", "three")
    it.look(forecast, turns, ["en", "ru", "kk", "kk"])
    assert (forecast.messages, forecast.cached, forecast.asked) == (4, 2, 2)
    assert set(forecast.characters) == {"ru", "kk"}
    assert forecast.characters["ru"] > 300
    read, written = forecast.tokens()
    assert written == 2 * ANSWER
    endpoint = Endpoint(url=server.url, model="m", price_in=2.0, price_out=10.0, concurrency=2)
    assert forecast.cost(endpoint) == pytest.approx((2 * read + 10 * written) / 1e6)
    assert forecast.seconds(endpoint) == 1.5
    said = forecast.said(endpoint)
    assert "2 of 4 messages" in said
    assert "USD" in said
    assert "this machine" in said
    assert len(server.bodies) == 1


def test_each_language_of_the_catalogue_has_a_rough_size_of_tokens() -> None:
    for language in names("languages"):
        assert 1 < characters_per_token(language) < 6
    assert characters_per_token("xx") == 2.5


def test_an_answer_of_other_sizes_is_not_valid() -> None:
    assert answers.Answer("doing", "study", "teach").is_valid()
    assert not answers.Answer("doing", "study", "teach", ((1.0,), (1.0,), (1.0,))).is_valid()
    assert not answers.Answer("x", "study", "teach").is_valid()
