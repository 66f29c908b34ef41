"""Labels on public messages, joined with the texts that lie in folders beside the project.

The catalogue's folder ``read`` holds this project's own labels and, for each, a digest of the
message and of what came before it: no text. Whoever has the public conversations gets labelled
messages from the two; whoever has not, gets nothing of what people wrote.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from uptake import catalog
from uptake.label.training.examples import load
from uptake.model.errors import UnknownNameError, UnreadableInputError

CONTEXT = 10
"""Earlier turns that the codebook lets a label see."""

Turn = tuple[str, str]
"""Role (``user`` or ``assistant``) and text."""
Message = tuple[list[Turn], str]
"""Up to ``CONTEXT`` earlier turns, and what the person then wrote."""
Reader = Callable[[Path], Iterator[Message]]


def folder() -> Path:
    """Return the packaged folder of labels, one file a source."""
    return Path(catalog.__file__).parent / "read"


def digest(context: Sequence[Turn], text: str) -> str:
    r"""Return the id of a message: half a SHA-256 over its context and itself.

    Role and text of a turn are joined by ``\x1f``, turns by ``\x1e``; ``\x1d`` stands before the
    message. A lone surrogate is encoded as it is, so that no message lacks an id.

    >>> digest([], "hello")
    'b7f638f147fbb6ca'
    """
    turns = "\x1e".join(f"{role}\x1f{said}" for role, said in context)
    whole = f"{turns}\x1d{text}".encode("utf-8", "surrogatepass")
    return hashlib.sha256(whole).hexdigest()[:16]


def rows(labels_folder: Path, conversations: Path) -> list[dict[str, Any]]:
    """Look up the text of each label.

    Args:
        labels_folder: JSON lines of ``id``, ``source``, ``intent``, ``work`` and ``topic``, a file
            for each source, named after it.
        conversations: One folder for each source, with the file that ``READERS`` names.

    Returns:
        ``id``, ``source``, ``text``, ``context`` [{role, text}], ``intent``, ``work``, ``topic``;
        in the order of the labels, files by name.

    Raises:
        UnknownNameError: There are labels on a source that no reader knows.
        UnreadableInputError: A source is not there, or holds another version of the messages.
    """
    found: list[dict[str, Any]] = []
    for path in sorted(labels_folder.glob("*.jsonl")):
        labels = load(path)
        texts = _texts(conversations, path.stem, {row["id"] for row in labels})
        found += [{**row, **texts[row["id"]]} for row in labels]
    return found


def _texts(conversations: Path, source: str, wanted: set[str]) -> dict[str, dict[str, Any]]:
    if source not in READERS:
        raise UnknownNameError("source of labelled messages", source, tuple(sorted(READERS)))
    name, reader = READERS[source]
    place = conversations / source / name
    if not place.is_file():
        raise UnreadableInputError(str(place), "no such file", "put the public messages there")
    texts: dict[str, dict[str, Any]] = {}
    for context, text in reader(place):
        key = digest(context, text)
        if key in wanted:
            turns = [{"role": role, "text": said} for role, said in context]
            texts[key] = {"text": text, "context": turns}
    missing = len(wanted) - len(texts)
    if missing:
        raise UnreadableInputError(
            str(place),
            f"{missing} of {len(wanted)} labelled messages are not in it",
            "take the version that the README of the labels names",
        )
    return texts


def _along(turns: Sequence[Turn]) -> Iterator[Message]:
    """Yield each of the person's messages of one conversation."""
    for index, (role, text) in enumerate(turns):
        if role == "user":
            yield list(turns[max(0, index - CONTEXT) : index]), text


def _of_messages(path: Path) -> Iterator[Message]:
    """Read whole conversations: ``messages`` of ``role`` and ``content``."""
    for item in load(path):
        yield from _along([(turn["role"], turn["content"]) for turn in item["messages"]])


def _of_user_turns(path: Path) -> Iterator[Message]:
    """Read conversations of which only the person's side is kept: ``user_turns``."""
    for item in load(path):
        yield from _along([("user", text) for text in item["user_turns"]])


def _of_instructions(path: Path) -> Iterator[Message]:
    """Read single messages: ``instruction``."""
    for item in load(path):
        yield [], item["instruction"]


class _Node(msgspec.Struct, frozen=True):
    message_id: str
    parent_id: str | None
    role: str
    text: str


def _of_tree(path: Path) -> Iterator[Message]:
    """Read trees of messages: what came before is the way up to the root.

    A message of which an ancestor is missing has no known context and is passed over.
    """
    nodes = [msgspec.convert(item, _Node) for item in load(path)]
    by_id = {node.message_id: node for node in nodes}
    for node in nodes:
        above: list[Turn] = []
        parent = node.parent_id
        while parent is not None and parent in by_id:
            above.append((by_id[parent].role, by_id[parent].text))
            parent = by_id[parent].parent_id
        if node.role == "user" and parent is None:
            yield above[:CONTEXT][::-1], node.text


READERS: dict[str, tuple[str, Reader]] = {
    "chatbot_arena_convotopo": ("user_turns.jsonl", _of_user_turns),
    "oasst1_en_validation": ("messages.jsonl", _of_tree),
    "sharegpt_sample": ("conversations.jsonl", _of_messages),
    "wildchat_convotopo": ("conversations.jsonl", _of_messages),
    "wildchat_hard_ru": ("prompts.jsonl", _of_instructions),
}
"""For each source: its file, and how to read that."""
