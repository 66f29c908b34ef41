"""Label a file of messages for the owner of the data: ids and probabilities out, no text."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from uptake.catalog import facet
from uptake.engine import store
from uptake.flow import llm
from uptake.flow.llm import Confirm, Turns
from uptake.flow.logs import Progress
from uptake.label import labeller
from uptake.label.llm.labeller import Labelled
from uptake.model.endpoint import Endpoint
from uptake.model.errors import ConfigError, UnreadableInputError
from uptake.model.issue import Issue
from uptake.model.labels import LANGUAGES
from uptake.read.objects import numbered_objects

BATCH = 2_048
CONTEXT = 10
"""Earlier messages that the codebook lets a label see."""

VALUES = {
    "language": LANGUAGES,
    "intent": facet("intent").ids,
    "work": facet("work").ids,
    "topic": facet("topic").ids,
}


class Row(msgspec.Struct, frozen=True):
    """One message with what came before it."""

    id: object
    number: int
    text: str
    context: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """How a language model labels a file.

    Attributes:
        endpoint: Where and how.
        cache: File of its answers.
        confirm: Asked before it starts.
    """

    endpoint: Endpoint
    cache: Path
    confirm: Confirm


def label_file(
    source: Path,
    out: Path,
    *,
    text_field: str = "text",
    progress: Progress,
    asked: Asked | None = None,
) -> tuple[int, list[Issue]]:
    """Write one line a message of ``source`` (JSON lines, plain or compressed) to ``out``.

    A line holds ``id`` and for each facet the most probable value and its probability, null where
    there is none. A message without an ``id`` gets its line number.

    Args:
        source: Messages.
        out: Labels; the file appears whole or not at all.
        text_field: Field of the message.
        progress: Told how many are done.
        asked: The language model that labels; without one the shipped labeller does.

    Returns:
        How many messages were labelled, and the lines that could not be.

    Raises:
        ConfigError: ``out`` is ``source``.
        UnreadableInputError: No line holds a message.
        UptakeError: The language model may not start, or can not be used.
    """
    if out.exists() and out.samefile(source):
        raise ConfigError(f"{out}: is the file to be labelled; give --out another name")
    if asked is None:
        return _labelled(source, out, text_field, progress, _by_shipped)
    with llm.opened(asked.endpoint, asked.cache, llm.secret()) as model:
        batches = _batches(_rows(source, text_field, []))
        model.start(map(_turns, batches), asked.confirm)
        return _labelled(source, out, text_field, progress, model.label)


def _by_shipped(turns: Turns) -> Labelled:
    return Labelled(labeller("shipped")(*turns[:3]), {})


def _labelled(
    source: Path, out: Path, text_field: str, progress: Progress, it: Callable[[Turns], Labelled]
) -> tuple[int, list[Issue]]:
    issues: list[Issue] = []
    done = 0
    with store.file_aside(out) as file:
        for batch in _batches(_rows(source, text_field, issues)):
            rows = _label(batch, it, source.name, issues)
            file.write(b"".join(msgspec.json.encode(row) + b"\n" for row in rows))
            done += len(batch)
            progress("labelling", done, 0)
        if not done:
            raise UnreadableInputError(
                str(source),
                f"no line holds a message in the field {text_field!r}",
                "give JSON lines, or name the field with --text-field",
            )
    return done, issues


def _rows(source: Path, text_field: str, issues: list[Issue]) -> Iterator[Row]:
    number = 0
    for found in numbered_objects(source, name=source.name):
        if isinstance(found, Issue):
            issues.append(found)
            continue
        number += 1
        offset, item = found
        row = _row(item, text_field, number)
        if row is None:
            issues.append(Issue("label", source.name, offset, "no-text-field"))
        else:
            yield row


def _row(item: dict[str, Any], text_field: str, number: int) -> Row | None:
    text = item.get(text_field)
    if not isinstance(text, str):
        return None
    context = item.get("context")
    turns = context if isinstance(context, list) else []
    earlier = tuple(
        (turn["role"], turn["text"])
        for turn in turns[-CONTEXT:]
        if isinstance(turn, dict)
        and isinstance(turn.get("text"), str)
        and turn.get("role") in {"user", "assistant"}
    )
    return Row(item.get("id", number), number, text, earlier)


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _turns(batch: Sequence[Row]) -> Turns:
    """Lay out the turns of a batch; of each row only its last, the message, is wanted."""
    texts: list[str] = []
    parents: list[int] = []
    users: list[bool] = []
    wanted: list[bool] = []
    for row in batch:
        previous = -1
        for role, text in (*row.context, ("user", row.text)):
            texts.append(text)
            parents.append(previous)
            users.append(role == "user")
            wanted.append(False)
            previous = len(texts) - 1
        wanted[-1] = True
    is_user = np.asarray(users, dtype=np.bool_)
    kept = np.asarray(wanted, dtype=np.bool_)[is_user]
    return Turns(texts, np.asarray(parents, dtype=np.int32), is_user, kept)


def _label(
    batch: Sequence[Row], it: Callable[[Turns], Labelled], name: str, issues: list[Issue]
) -> Iterator[dict[str, object]]:
    turns = _turns(batch)
    given, failures = it(turns)
    kept = np.ones(len(batch), dtype=np.bool_) if turns.wanted is None else turns.wanted
    best = {name: given[name][kept].argmax(axis=1).tolist() for name in VALUES}
    top = {name: given[name][kept].max(axis=1).tolist() for name in VALUES}
    places = np.flatnonzero(kept).tolist()
    for index, row in enumerate(batch):
        labels = {
            name: {"value": values[best[name][index]], "p": round(top[name][index], 4)}
            if top[name][index]
            else None
            for name, values in VALUES.items()
        }
        if code := failures.get(places[index]):
            issues.append(Issue("label", name, row.number, code))
        yield {"id": row.id, **labels}
