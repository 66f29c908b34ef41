"""Records of every format, as their products write them, with made-up people and texts."""

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from uptake.model.conversation import Conversation
from uptake.model.issue import Issue
from uptake.model.mapping import ColumnMapping
from uptake.read import Limits, Reading, read_file

Record = dict[str, Any]
Readout = tuple[list[Conversation], list[Issue], Reading]
T0 = 1_740_000_000.0  # 2025-02-19 21:20 UTC


def node(key: str, parent: str | None, role: str | None = None, **more: Any) -> Record:
    """One node of a ChatGPT mapping; ``more`` may replace any field of the message."""
    if role is None:
        return {"id": key, "message": None, "parent": parent, "children": []}
    message: Record = {
        "id": key,
        "author": {"role": role, "name": None, "metadata": {}},
        "create_time": more.pop("create_time", T0),
        "update_time": None,
        "content": {
            "content_type": more.pop("content_type", "text"),
            "parts": more.pop("parts", [f"text of {key}"]),
        },
        "status": "finished_successfully",
        "end_turn": True,
        "weight": 1.0,
        "metadata": more.pop("metadata", {}),
        "recipient": more.pop("recipient", "all"),
        "channel": None,
    }
    return {"id": key, "message": {**message, **more}, "parent": parent, "children": []}


def chatgpt(key: str, *nodes: Record, text: str = "hello") -> Record:
    """One conversation of a ChatGPT export."""
    nodes = nodes or (
        node("root", None),
        node("sys", "root", "system", parts=[""]),
        node("u1", "sys", "user", parts=[text]),
        node("a1", "u1", "assistant", create_time=T0 + 5),
    )
    return {
        "title": "a title",
        "create_time": T0,
        "update_time": T0 + 60,
        "mapping": {entry["id"]: entry for entry in nodes},
        "moderation_results": [],
        "current_node": nodes[-1]["id"],
        "plugin_ids": None,
        "conversation_id": key,
        "id": key,
    }


def claude(key: str, text: str = "hello") -> Record:
    return {
        "uuid": key,
        "name": "a name",
        "created_at": "2025-02-19T21:20:00.123456Z",
        "updated_at": "2025-02-19T21:21:00Z",
        "account": {"uuid": "acc-1"},
        "chat_messages": [
            {
                "uuid": f"{key}-1",
                "text": "",
                "content": [{"type": "text", "text": text}],
                "sender": "human",
                "created_at": "2025-02-19T21:20:00Z",
                "attachments": [{"file_name": "a.txt", "extracted_content": "not said"}],
                "files": [],
            },
            {
                "uuid": f"{key}-2",
                "text": "an answer",
                "content": [
                    {"type": "thinking", "thinking": "not said"},
                    {"type": "text", "text": "an answer"},
                    {"type": "tool_use", "name": "search", "input": {}},
                ],
                "sender": "assistant",
                "created_at": "2025-02-19T21:20:05Z",
                "attachments": [],
                "files": [],
            },
        ],
    }


def openwebui(key: str, text: str = "hello") -> Record:
    messages: dict[str, Record] = {
        "m1": {
            "id": "m1",
            "parentId": None,
            "childrenIds": ["m2"],
            "role": "user",
            "content": text,
            "timestamp": 1_740_000_000,
        },
        "m2": {
            "id": "m2",
            "parentId": "m1",
            "childrenIds": [],
            "role": "assistant",
            "content": "an answer",
            "timestamp": 1_740_000_005,
        },
    }
    return {
        "id": key,
        "user_id": "w-7",
        "title": "a title",
        "chat": {
            "models": ["m"],
            "messages": list(messages.values()),
            "history": {"messages": messages, "currentId": "m2"},
        },
        "created_at": 1_740_000_000,
        "updated_at": 1_740_000_060,
    }


def wildchat(key: str, text: str = "hello") -> Record:
    def said(role: str, content: str) -> Record:
        return {
            "role": role,
            "content": content,
            "language": "Kazakh",
            "hashed_ip": "a" * 64,
            "country": "Kazakhstan",
            "state": "Almaty",
            "timestamp": "2025-02-19T21:20:00+00:00" if role == "assistant" else None,
            "turn_identifier": 10,
            "toxic": False,
        }

    return {
        "conversation_hash": key,
        "model": "m",
        "timestamp": "2025-02-19T21:20:00+00:00",
        "conversation": [said("user", text), said("assistant", "an answer")],
        "turn": 1,
        "language": "Kazakh",
        "country": "Kazakhstan",
        "hashed_ip": "a" * 64,
    }


def lmsys(key: str, text: str = "hello") -> Record:
    return {
        "conversation_id": key,
        "model": "m",
        "conversation": [
            {"role": "user", "content": text},
            {"role": "assistant", "content": "an answer"},
        ],
        "turn": 1,
        "language": "Uzbek",
    }


def sharegpt(key: str, text: str = "hello") -> Record:
    return {
        "id": key,
        "conversations": [
            {"from": "system", "value": "be kind"},
            {"from": "human", "value": text},
            {"from": "gpt", "value": "an answer"},
        ],
    }


def oasst(key: str, text: str = "hello") -> Record:
    return {
        "message_id": key,
        "parent_id": None,
        "message_tree_id": key,
        "user_id": "o-1",
        "created_date": "2025-02-19T21:20:00+00:00",
        "role": "prompter",
        "text": text,
        "lang": "en",
    }


def openai(key: str, text: str = "hello") -> Record:
    return {
        "id": key,
        "user": "u-3",
        "messages": [
            {"role": "system", "content": "be kind"},
            {"role": "user", "content": [{"type": "text", "text": text}]},
            {"role": "assistant", "content": "an answer"},
        ],
        "created_at": 1_740_000_000,
        "metadata": {
            "country": "KAZ",
            "birth_year": 1990,
            "given_name": "Aigerim",
            "family_name": "Akhmetova",
            "gender": "female",
        },
    }


def prompts(key: str, text: str = "hello") -> Record:
    return {"id": key, "prompt": text, "Country": "UZB", "user_id": "p-1", "timestamp": T0}


RECORDS: dict[str, Callable[[str, str], Record]] = {
    "chatgpt": lambda key, text: chatgpt(key, text=text),
    "claude": claude,
    "openwebui": openwebui,
    "wildchat": wildchat,
    "lmsys": lmsys,
    "sharegpt": sharegpt,
    "oasst": oasst,
    "openai": openai,
    "prompts": prompts,
}


class Desk:
    """Writes inputs into a folder and reads them."""

    records = RECORDS
    node = staticmethod(node)
    chatgpt = staticmethod(chatgpt)

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, name: str, data: bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        return path

    def lines(self, records: list[Record], name: str = "a.jsonl") -> Path:
        return self.write(name, b"".join(json.dumps(r).encode() + b"\n" for r in records))

    def array(self, records: list[Record], name: str = "a.json") -> Path:
        return self.write(name, json.dumps(records).encode())

    def zip(self, members: dict[str, Any], name: str = "a.zip") -> Path:
        path = self.folder / name
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, content in members.items():
                data = content if isinstance(content, bytes) else json.dumps(content).encode()
                archive.writestr(member, data)
        return path

    def read(self, path: Path, *mappings: ColumnMapping, limits: Limits | None = None) -> Readout:
        """Return the conversations, the issues and the reading."""
        reading = read_file(path, name=path.name, mappings=mappings, limits=limits)
        items = list(reading)
        return (
            [item for item in items if isinstance(item, Conversation)],
            [item for item in items if isinstance(item, Issue)],
            reading,
        )

    def data(self, data: bytes, *mappings: ColumnMapping, limits: Limits | None = None) -> Readout:
        return self.read(self.write("input", data), *mappings, limits=limits)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


@pytest.fixture(scope="session")
def records() -> dict[str, Callable[[str, str], Record]]:
    return RECORDS
