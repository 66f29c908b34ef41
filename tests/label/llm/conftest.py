"""Labellers of a server on this machine."""

import json
import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.endpoint import Clock, Response, Server, clock, completion
from tests.endpoint import server as serving

from uptake.label.llm.labeller import LanguageModelLabeller, Turns
from uptake.model.endpoint import Endpoint
from uptake.pseudonymise.mask import mask

__all__ = ["Clock", "Response", "Server", "clock", "completion", "serving"]

GOOD = {"intent": "doing", "work": "study", "topic": "translate"}


def good(body: dict[str, Any]) -> Response:
    return completion(json.dumps(GOOD))


@pytest.fixture
def server(serving: Server) -> Server:
    """A server that answers with a label."""
    serving.answer = good
    return serving


Make = Callable[..., LanguageModelLabeller]


@pytest.fixture
def make(server: Server, clock: Clock, tmp_path: Path) -> Iterator[Make]:
    """Make labellers of the server, and close them."""
    made: list[LanguageModelLabeller] = []

    def make_one(cache: str = "cache.sqlite", **settings: Any) -> LanguageModelLabeller:
        given = {"url": server.url, "model": "m", "concurrency": 1, **settings}
        it = LanguageModelLabeller(Endpoint(**given), tmp_path / cache, pace=clock.pace())
        made.append(it)
        return it

    yield make_one
    for it in made:
        it.close()


def alone(*texts: str) -> Turns:
    """Return messages without context."""
    count = len(texts)
    parents = np.full(count, -1, dtype=np.int32)
    return Turns([mask(text) for text in texts], parents, np.ones(count, dtype=np.bool_))


def chain(*texts: str) -> Turns:
    """Return one conversation, the person first; only its last message is wanted."""
    count = len(texts)
    is_user = np.arange(count) % 2 == (count - 1) % 2
    wanted = np.zeros(int(is_user.sum()), dtype=np.bool_)
    wanted[-1] = True
    parents = np.arange(-1, count - 1, dtype=np.int32)
    return Turns([mask(text) for text in texts], parents, is_user, wanted)


@pytest.fixture(autouse=True)
def _loud(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
