"""Draw and label a gold sample: text is read again from the logs, masked, and never written.

``gold/samples.jsonl`` holds how samples were drawn and ``gold/labels.jsonl`` what people said, both
append-only and with pseudonyms of messages only; a build reads the latter as ``usage.gold``.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

import msgspec
import numpy as np

from uptake import catalog
from uptake.catalog import Facet, Value
from uptake.config import Config
from uptake.engine import store
from uptake.flow import freeze, frozen, inputs, secret
from uptake.flow.gold_labels import LABELS, SAMPLES, read_lines
from uptake.flow.usage import plan_of
from uptake.label.agreement import kappa
from uptake.model.conversation import Conversation
from uptake.model.errors import ConfigError, UnreadableInputError
from uptake.model.issue import Issue
from uptake.model.labels import LANGUAGES
from uptake.model.masked import Masked
from uptake.model.messages import Messages
from uptake.protect import ledger
from uptake.pseudonymise import Pseudonymiser
from uptake.pseudonymise.mask import mask
from uptake.read import read_file
from uptake.read.gold import CONTEXT
from uptake.review.gold import Design, Frame, GoldLabel, GoldSources, ToLabel
from uptake.tally.frame import counted_messages
from uptake.tally.selection import Selection

FOLDER = "gold"
BATCH = 500
"""Conversations that are in memory at a time."""


def gold_sources(folder: Path, settings: Config) -> GoldSources | None:
    """Return what the second tab needs; None if no log was ever built."""
    if not any((folder / "build" / "store" / "labels").glob("*/part-*.parquet")):
        return None
    where = folder / FOLDER
    texts = Texts(folder, settings)
    return GoldSources(
        frame=lambda: frame(folder, settings),
        messages=texts.of,
        designs=lambda: read_lines(where / SAMPLES, Design),
        keep=lambda design: store.append_line(where / SAMPLES, msgspec.json.encode(design)),
        labels=lambda: read_lines(where / LABELS, GoldLabel),
        append=lambda label: store.append_line(where / LABELS, msgspec.json.encode(label)),
        facets=codebook(),
        kappa=kappa_of,
        setting=f"{FOLDER}/{LABELS}",
    )


def codebook() -> tuple[Facet, ...]:
    """Return what a message is labelled with: the facets, and its language as the last."""
    return (*(catalog.facet(name) for name in ("intent", "work", "topic")), _languages())


def _languages() -> Facet:
    known = catalog.names("languages")
    return Facet(
        id="language",
        title="Language",
        question="",
        values=tuple(
            Value(
                code,
                str(catalog.entry("languages", code)["name"]) if code in known else code.title(),
                "",
            )
            for code in LANGUAGES
        ),
    )


def kappa_of(first: Sequence[str], second: Sequence[str]) -> float:
    """Return Cohen's kappa of two equally long lists of labels; NaN where it is not defined."""
    number = {value: i for i, value in enumerate(sorted({*first, *second}))}
    return kappa(*(np.array([number[v] for v in labels]) for labels in (first, second)))


def frame(folder: Path, settings: Config) -> Frame:
    """Return the messages that the figures of the last build count."""
    found = counted_messages(_counted(folder / "build"), plan_of(settings))
    return Frame(tuple(message for message, _ in found), tuple(place for _, place in found))


def _counted(target: Path) -> Selection:
    """Return the labels that the last build counted."""
    place = target / "store"
    manifest = inputs.read_manifest(place / "manifest.json")
    labels = place / "labels"
    keys = {part.parent.name for part in labels.glob("*/part-*.parquet")} - {*manifest.kept}
    record = frozen.Record()
    if manifest.frozen:
        record = frozen.read(place, ledger.read(target / "ledger.jsonl"), "uptake build")
    return freeze.selection(labels, keys, record)


@dataclass(slots=True, repr=False)
class Texts:
    """Masked texts of the messages of one sample, in memory only.

    A class as it holds what was read: the logs are read once a sample.
    """

    folder: Path
    settings: Config
    _wanted: frozenset[str] = frozenset()
    _found: dict[str, ToLabel] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def of(self, wanted: Sequence[str]) -> Mapping[str, ToLabel]:
        """Return the messages that are still in the logs, by their pseudonym."""
        with self._lock:
            if frozenset(wanted) != self._wanted:
                self._found = dict(self._read(frozenset(wanted)))
                self._wanted = frozenset(wanted)
            return self._found

    def _read(self, wanted: frozenset[str]) -> Iterator[tuple[str, ToLabel]]:
        logs = inputs.files_below(self.folder / self.settings.logs.folder)
        pseudonymiser = Pseudonymiser(_key(self.folder, logs))
        for path in logs:
            try:
                reading = read_file(
                    path,
                    name=inputs.shown(path.relative_to(self.folder)),
                    mappings=self.settings.logs.columns,
                )
                for batch in _batches(item for item in reading if not isinstance(item, Issue)):
                    yield from wanted_of(pseudonymiser.batch(batch), wanted)
            except UnreadableInputError:
                continue  # the build has said so


def _batches(conversations: Iterator[Conversation]) -> Iterator[list[Conversation]]:
    waiting: list[Conversation] = []
    for conversation in conversations:
        waiting.append(conversation)
        if len(waiting) == BATCH:
            yield waiting
            waiting = []
    if waiting:
        yield waiting


def wanted_of(messages: Messages, wanted: frozenset[str]) -> Iterator[tuple[str, ToLabel]]:
    """Yield the wanted messages of a batch, masked, each with what came before it."""
    mine = np.flatnonzero(messages.is_user)
    for place, raw in zip(mine.tolist(), messages.message.tolist(), strict=True):
        id = raw.hex()
        if id in wanted:
            yield id, ToLabel(id, tuple(_said(messages, place)))


def _said(messages: Messages, place: int) -> list[tuple[str, Masked]]:
    """Return a message and up to ten before it on its branch, the earliest first."""
    said: list[tuple[str, Masked]] = []
    while place >= 0 and len(said) <= CONTEXT:
        speaker = "user" if messages.is_user[place] else "assistant"
        said.append((speaker, mask(messages.texts[place])))
        place = int(messages.parents[place])
    return said[::-1]


def _key(folder: Path, logs: Sequence[Path]) -> bytes:
    """Return the key of the pseudonyms that the last build used.

    Raises:
        ConfigError: It can not be had again.
    """
    owners = os.environ.get("UPTAKE_KEY")
    if owners:
        return secret.given(owners).key
    manifest = inputs.read_manifest(folder / "build" / "store" / "manifest.json")
    seen = inputs.look(logs, folder, manifest.files)
    files = [(path, seen[inputs.shown(path.relative_to(folder))].sha256) for path in logs]
    if anchor := secret.find_anchor(files, manifest.anchor, manifest.anchor_size):
        return secret.anchored(anchor).key
    raise ConfigError(
        f"{folder}: the logs are not those of the last build, so that its pseudonyms can not be "
        "made again; run uptake build, and set UPTAKE_KEY if the build had one"
    )
