"""Label a file of messages for the owner of the data: ids and probabilities out, no text."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from uptake.catalog import facet
from uptake.engine import store
from uptake.flow.logs import Progress
from uptake.label import Labeller, labeller
from uptake.model.errors import UnreadableInputError
from uptake.model.issue import Issue
from uptake.model.labels import LANGUAGES
from uptake.read.objects import objects

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
    text: str
    context: tuple[tuple[str, str], ...]


def label_file(
    source: Path, out: Path, *, text_field: str = "text", progress: Progress
) -> tuple[int, list[Issue]]:
    """Write one line a message of ``source`` (JSON lines, plain or compressed) to ``out``.

    A line holds ``id`` and for each facet the most probable value and its probability. A message
    without an ``id`` gets its line number.

    Returns:
        How many messages were labelled, and the lines that could not be.

    Raises:
        UnreadableInputError: No line holds a message.
    """
    it = labeller("shipped")
    issues: list[Issue] = []
    done = 0
    with store.file_aside(out) as file:
        for batch in _batches(_rows(source, text_field, issues)):
            file.write(b"".join(msgspec.json.encode(row) + b"\n" for row in _label(batch, it)))
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
    for found in objects(source, name=source.name):
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
    return Row(item.get("id", number), text, earlier)


def _batches(rows: Iterator[Row]) -> Iterator[list[Row]]:
    batch: list[Row] = []
    for row in rows:
        batch.append(row)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _label(batch: Sequence[Row], it: Labeller) -> Iterator[dict[str, object]]:
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
    given = it(texts, np.asarray(parents, dtype=np.int32), is_user)
    kept = np.asarray(wanted, dtype=np.bool_)[is_user]
    best = {name: given[name][kept].argmax(axis=1).tolist() for name in VALUES}
    top = {name: given[name][kept].max(axis=1).tolist() for name in VALUES}
    for index, row in enumerate(batch):
        labels = {
            name: {"value": values[best[name][index]], "p": round(top[name][index], 4)}
            for name, values in VALUES.items()
        }
        yield {"id": row.id, **labels}
