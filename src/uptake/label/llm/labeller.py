"""Label masked messages by a language model: look into the cache, ask for the rest, keep it."""

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from uptake.catalog import facet
from uptake.engine.asking.client import BAD_REQUEST, Client, EndpointError
from uptake.engine.asking.pace import Pace
from uptake.label.llm import answers, cache, prompt
from uptake.label.llm.answers import Answer
from uptake.label.llm.forecast import Forecast
from uptake.label.llm.prompt import FACETS, Turn
from uptake.model.endpoint import Endpoint
from uptake.model.masked import Masked

MOST_UNANSWERED = 20
"""So many requests in a row without any answer, and the run ends: the endpoint is down."""

PLAIN = 2
"""How an answer is asked for: 0 by schema with log probabilities, 1 by schema, 2 in words only."""


class Turns(NamedTuple):
    """Masked turns of conversations, T of them, M by people.

    Attributes:
        texts: T turns, by the person and by the assistant.
        parents: (T,) index of the turn before, -1 for none, always smaller than its own.
        is_user: (T,) True for what the person wrote.
        wanted: (M,) which of the person's messages to label; None for all. The others are context.
    """

    texts: Sequence[Masked]
    parents: NDArray[np.int32]
    is_user: NDArray[np.bool_]
    wanted: NDArray[np.bool_] | None = None


class Labelled(NamedTuple):
    """The labels of a batch of M messages.

    Attributes:
        probabilities: ``intent``, ``work`` and ``topic``: (M, values); a row of zeros where the
            model gave no label.
        failures: For each message without a label its number and why, by ``llm.CODES``.
    """

    probabilities: dict[str, NDArray[np.float32]]
    failures: dict[int, str]


@dataclass(frozen=True, slots=True)
class Question:
    """One message as it is asked about.

    Attributes:
        key: Of the cache.
        framed: What is shown.
    """

    key: bytes
    framed: str

    def __repr__(self) -> str:
        """Show the hash only."""
        return f"Question({self.key.hex()[:12]})"


class LanguageModelLabeller:
    """Asks one endpoint; close it at the end. After an error it asks nothing any more."""

    def __init__(
        self, endpoint: Endpoint, path: Path, *, secret: bytes = b"", pace: Pace | None = None
    ) -> None:
        """Open the cache at ``path`` and make ready to ask; nothing is sent yet.

        Args:
            endpoint: Where and how.
            path: File of the cache.
            secret: Key of its hashes.
            pace: Clock and waits.

        Raises:
            ConfigError: The endpoint is not permitted, or its key is not set.
            MissingExtraError: httpx is not installed.
        """
        self._endpoint, self._secret = endpoint, secret
        self._pace = pace or Pace()
        self._client = Client(endpoint, self._pace)
        self._cache = cache.Cache(path)
        self._form = 0
        self._form_works = False
        self._lock = Lock()
        self._unanswered = 0

    def close(self) -> None:
        """Close connections and cache."""
        self._client.close()
        self._cache.close()

    def __call__(self, turns: Turns) -> Labelled:
        """Label the person's messages, each with the turns before it.

        Raises:
            TypeError: A text is not masked.
            EndpointError: The endpoint can not be used; what it answered is kept.
        """
        asked = dict(self._questions(turns))
        found = self._cache.find(question.key for question in asked.values())
        failures: dict[bytes, str] = {}
        missing = {q.key: q for q in asked.values() if q.key not in found}
        for key, outcome in self._ask_all(list(missing.values())):
            if isinstance(outcome, Answer):
                found[key] = outcome
            else:
                failures[key] = outcome
        return Labelled(
            self._probabilities(
                int(turns.is_user.sum()), {i: found.get(q.key) for i, q in asked.items()}
            ),
            {i: failures[q.key] for i, q in asked.items() if q.key in failures},
        )

    def look(self, forecast: Forecast, turns: Turns, languages: Sequence[str]) -> None:
        """Add what a batch would cost to a forecast; ``languages`` of its M messages."""
        asked = dict(self._questions(turns))
        known = set(self._cache.find(question.key for question in asked.values()))
        for index, question in asked.items():
            forecast.add(
                question.key, question.key in known, len(question.framed), languages[index]
            )

    def _questions(self, turns: Turns) -> Iterator[tuple[int, Question]]:
        """Yield the number among the M messages and the question of each that is wanted."""
        by_person, before = turns.is_user.tolist(), turns.parents.tolist()
        people = np.flatnonzero(turns.is_user)
        for number, index in enumerate(people.tolist()):
            if turns.wanted is not None and not turns.wanted[number]:
                continue
            earlier: list[Turn] = []
            above = before[index]
            while above >= 0 and len(earlier) < prompt.TURNS:
                earlier.append(Turn(by_person[above], turns.texts[above]))
                above = before[above]
            framed = prompt.framed(turns.texts[index], earlier[::-1])
            yield number, Question(cache.key(self._endpoint, framed, self._secret), framed)

    def _ask_all(self, questions: list[Question]) -> Iterator[tuple[bytes, Answer | str]]:
        """Ask with bounded concurrency; each answer is kept at once."""
        if not questions:
            return
        with ThreadPoolExecutor(min(self._endpoint.concurrency, len(questions))) as threads:
            waiting: dict[Future[Answer | str], bytes] = {
                threads.submit(self._ask, question): question.key for question in questions
            }
            try:
                for done in as_completed(waiting):
                    outcome = done.result()
                    if isinstance(outcome, Answer):
                        self._cache.keep(waiting[done], outcome)
                    self._count(outcome)
                    yield waiting[done], outcome
            except BaseException:
                self._pace.end()
                threads.shutdown(cancel_futures=True)
                self._keep_the_rest(waiting)
                raise

    def _keep_the_rest(self, waiting: Mapping[Future[Answer | str], bytes]) -> None:
        """Keep the answers that came while the run was ending: they are paid for."""
        for done, key in waiting.items():
            if not done.cancelled() and done.exception() is None:
                outcome = done.result()
                if isinstance(outcome, Answer):
                    self._cache.keep(key, outcome)

    def _count(self, outcome: Answer | str) -> None:
        self._unanswered = self._unanswered + 1 if outcome == "llm-no-answer" else 0
        if self._unanswered >= MOST_UNANSWERED:
            raise EndpointError(
                f"the endpoint left {self._unanswered} requests in a row without an answer; what "
                "it answered before is kept; start again when it is back: only the rest is asked"
            )

    def _ask(self, question: Question) -> Answer | str:
        """Ask about one message, once more if the answer is no label."""
        form = self._form
        for again in (False, True):
            reply = self._client.ask(self._body(question.framed, form, again=again))
            while reply.status in BAD_REQUEST and (simpler := self._simpler(form)):
                form = simpler
                reply = self._client.ask(self._body(question.framed, form, again=again))
            if reply.status != 200:
                return "llm-refused-message" if reply.status else "llm-no-answer"
            answer = answers.read(reply.body)
            if answer is not None:
                self._form_works = True
                return answer
        return "llm-invalid-answer"

    def _simpler(self, used: int) -> int:
        """Give up one more wish that an endpoint may not know, unless it has granted it before.

        If no form will do it is the message that is refused, and the next one may wish again.

        Returns:
            The form to try after ``used``; 0 for none.
        """
        with self._lock:
            if self._form > used:
                return self._form
            if self._form_works or used >= PLAIN:
                self._form = self._form if self._form_works else 0
                return 0
            self._form = used + 1
            return self._form

    def _body(self, framed: str, form: int, *, again: bool) -> bytes:
        body: dict[str, Any] = {
            "model": self._endpoint.model,
            "messages": [
                {"role": "system", "content": prompt.system()},
                {"role": "user", "content": framed},
            ],
            "temperature": 0,
            "max_tokens": prompt.ANSWER_TOKENS,
        }
        if again:
            body["messages"].append({"role": "user", "content": prompt.AGAIN})
        if form < PLAIN:
            labels = {"name": "labels", "strict": True, "schema": prompt.schema()}
            body["response_format"] = {"type": "json_schema", "json_schema": labels}
        if form == 0:
            body |= {"logprobs": True, "top_logprobs": 10}
        return msgspec.json.encode(body)

    def _probabilities(
        self, count: int, found: Mapping[int, Answer | None]
    ) -> dict[str, NDArray[np.float32]]:
        out = {}
        for place, name in enumerate(FACETS):
            ids = facet(name).ids
            rows = np.zeros((count, len(ids)), dtype=np.float32)
            for index, answer in found.items():
                if answer is None:
                    continue
                if answer.p is not None:
                    rows[index] = np.asarray(answer.p[place]) / sum(answer.p[place])
                else:
                    rows[index] = (1 - self._endpoint.confidence) / (len(ids) - 1)
                    rows[index, ids.index(getattr(answer, name))] = self._endpoint.confidence
            out[name] = rows
        return out


def card(endpoint: Endpoint) -> dict[str, Any]:
    """Return what is known of the labeller: nothing that was measured on these messages."""
    return {
        "name": "llm",
        "version": f"{endpoint.model}, prompt {prompt.version()}",
        "summary": (
            "A language model reads each message, with identifiers masked, and up to "
            f"{prompt.TURNS} turns before it. Language is detected by the shipped labeller."
        ),
        "model": endpoint.model,
        "prompt": prompt.version(),
        "probabilities": (
            "From the log probabilities of the answer's tokens where the endpoint gives them; "
            f"else {endpoint.confidence:g} for the answer and the rest spread evenly, which is a "
            "setting and no measurement."
        ),
        "correction": "None: estimates are uncorrected for the errors of the model.",
        "fallback": (
            "Messages without a valid answer are labelled by the shipped labeller."
            if endpoint.fallback == "shipped"
            else "Messages without a valid answer are in no figure."
        ),
        "fallback_labeller": endpoint.fallback,
        "confidence": endpoint.confidence,
    }
