"""Text -> Masked -> labels by a language model: the only way on which text leaves the process."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from uptake import label
from uptake.engine.asking.pace import Pace
from uptake.label import Labeller, labeller
from uptake.label.llm import labeller as labelling
from uptake.label.llm.forecast import Forecast
from uptake.label.llm.labeller import Labelled, LanguageModelLabeller
from uptake.model.conversation import Conversation
from uptake.model.endpoint import Endpoint
from uptake.model.errors import ConfigError, UptakeError
from uptake.model.issue import Issue, Severity
from uptake.model.labels import LANGUAGES, Labels
from uptake.model.mapping import ColumnMapping
from uptake.model.messages import Messages
from uptake.pseudonymise import Pseudonymiser
from uptake.pseudonymise.mask import mask_all
from uptake.read import read_file

NAME = "llm"
"""What the settings call it; not in ``label.LABELLERS``, as it takes masked text and no other."""

CONVERSATIONS = 500
"""So many are looked at together for an estimate."""

Confirm = Callable[[str], bool]
"""Shown what a run will cost; says whether it may start."""


class Turns(NamedTuple):
    """Turns of conversations as ``label.Labeller`` takes them, and which messages are wanted."""

    texts: Sequence[str]
    parents: NDArray[np.int32]
    is_user: NDArray[np.bool_]
    wanted: NDArray[np.bool_] | None = None

    def masked(self) -> labelling.Turns:
        """Take the identifiers out of all texts."""
        return labelling.Turns(mask_all(self.texts), *self[1:])


def card(name: str, endpoint: Endpoint | None) -> dict[str, Any]:
    """Return the card of the chosen labeller.

    Raises:
        ConfigError: It is a language model, and none is set.
    """
    if name != NAME:
        return label.card(name)
    return {**labelling.card(_set(endpoint)), "shipped_labeller": label.card("shipped")["version"]}


def _set(endpoint: Endpoint | None) -> Endpoint:
    if endpoint is None:
        raise ConfigError(
            'labeller = "llm" needs a section [usage.llm] with url and model '
            "(on the command line: --endpoint and --model)"
        )
    return endpoint


def endpoint(**settings: Any) -> Endpoint:
    """Make an endpoint of settings.

    Raises:
        ConfigError: One is missing or out of range.
    """
    try:
        return msgspec.convert({k: v for k, v in settings.items() if v is not None}, Endpoint)
    except msgspec.ValidationError as error:
        raise ConfigError(f"language model: {error}") from None


class LanguageModel:
    """A language model, the shipped labeller beside it, and the masking before it."""

    def __init__(
        self, endpoint: Endpoint, cache: Path, *, secret: bytes = b"", pace: Pace | None = None
    ) -> None:
        """Make ready; nothing is sent yet.

        Raises:
            ConfigError: The endpoint is not permitted, or its key is not set.
            MissingExtraError: The extra is not installed.
        """
        self.endpoint = endpoint
        self._model = LanguageModelLabeller(endpoint, cache, secret=secret, pace=pace)
        self._shipped: Labeller = labeller("shipped")

    def close(self) -> None:
        """Close connections and cache."""
        self._model.close()

    def label(self, turns: Turns) -> Labelled:
        """Label a batch.

        Returns:
            Probabilities as ``label.Labeller`` gives them, language by the shipped labeller. A
            message that the model did not label has the shipped labeller's, or rows of zeros in
            intent, work and topic if the settings want no fallback.
        """
        shipped = self._shipped(*turns[:3])
        labelled = self._model(turns.masked())
        probabilities = {"language": shipped["language"], **labelled.probabilities}
        if self.endpoint.fallback == "shipped":
            for index in labelled.failures:
                for name, rows in labelled.probabilities.items():
                    rows[index] = shipped[name][index]
        return Labelled(probabilities, labelled.failures)

    def labels(self, messages: Messages) -> tuple[Labels, list[Issue]]:
        """Label messages for the store; those without a label are left out, and an issue each."""
        found = self.label(_turns(messages))
        severity: Severity = "error" if self.endpoint.fallback == "none" else "warning"
        issues = [
            Issue("label", "", -1, code, severity=severity) for code in found.failures.values()
        ]
        labels = label.label(messages, lambda *_: found.probabilities)
        return label.kept(labels, found.probabilities["topic"].max(axis=1) > 0), issues

    def forecast(self, batches: Iterable[Turns]) -> Forecast:
        """Look at all that is to be labelled and say what it will take."""
        found = Forecast()
        for turns in batches:
            best = self._shipped(*turns[:3])["language"].argmax(axis=1).tolist()
            self._model.look(found, turns.masked(), [LANGUAGES[i] for i in best])
        return found

    def start(self, batches: Iterable[Turns], confirm: Confirm) -> None:
        """Say what a run will take and ask whether to start it; nothing to ask needs no word.

        Raises:
            UptakeError: It may not start.
        """
        found = self.forecast(batches)
        if found.asked and not confirm(found.said(self.endpoint)):
            raise UptakeError("not started: confirm the estimate with --yes")


@contextmanager
def opened(endpoint: Endpoint | None, cache: Path, secret: bytes) -> Iterator[LanguageModel]:
    """Give the language model of the settings for the length of a block.

    Raises:
        ConfigError: None is set, or it is not permitted.
    """
    it = LanguageModel(_set(endpoint), cache, secret=secret)
    try:
        yield it
    finally:
        it.close()


def turns_of(
    files: Iterable[tuple[Path, str]], mappings: tuple[ColumnMapping, ...], secret: bytes
) -> Iterator[Turns]:
    """Read the turns of log files (path, name), some conversations at a time."""
    pseudonymiser = Pseudonymiser(secret)
    for path, name in files:
        waiting: list[Conversation] = []
        for item in read_file(path, name=name, mappings=mappings):
            if not isinstance(item, Issue):
                waiting.append(item)
            if len(waiting) == CONVERSATIONS:
                yield _turns(pseudonymiser.batch(waiting))
                waiting = []
        if waiting:
            yield _turns(pseudonymiser.batch(waiting))


def _turns(messages: Messages) -> Turns:
    return Turns(messages.texts, messages.parents, messages.is_user)


def secret() -> bytes:
    """Return the owner's key for hashes that are not of a build, empty if there is none."""
    return os.environ.get("UPTAKE_KEY", "").encode()
