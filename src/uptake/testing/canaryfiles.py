"""One file a log format, every text field of which is marked."""

import csv
import gzip
import io
import zipfile
from collections.abc import Callable
from typing import Any

import msgspec

_ENCODE = msgspec.json.Encoder().encode
_START, _LATER = "2025-03-03T09:00:00Z", "2025-03-03T09:05:00Z"
_EPOCH = 1740992400

Mark = Callable[[str], str]
"""Returns a new canary for the field that is named."""


def _say(mark: Mark, field: str) -> str:
    return f"Please explain {mark(field)} to me in simple words."


def _chatgpt(mark: Mark) -> bytes:
    def node(id_: str, parent: str | None, role: str, content: dict[str, Any]) -> dict[str, Any]:
        message = {
            "id": id_,
            "author": {"role": role, "name": mark(f"{role} name"), "metadata": {}},
            "create_time": _EPOCH,
            "content": content,
            "metadata": {
                "attachments": [{"name": mark(f"{role} attachment")}],
                "citations": [{"title": mark(f"{role} citation")}],
            },
            "recipient": "all",
        }
        return {"id": id_, "message": message, "parent": parent, "children": []}

    def text(role: str) -> dict[str, Any]:
        return {"content_type": "text", "parts": [_say(mark, f"{role} text")]}

    ids = [mark(f"node {i}") for i in range(6)]
    image = {"content_type": "image_asset_pointer", "asset_pointer": mark("asset pointer")}
    spoken = {"content_type": "audio_transcription", "text": _say(mark, "transcription")}
    mixed = {"content_type": "multimodal_text", "parts": [image, spoken, _say(mark, "part")]}
    code = {"content_type": "code", "language": "python", "text": mark("code")}
    nodes = [
        node(ids[0], None, "system", text("system")),
        node(ids[1], ids[0], "user", text("user")),
        node(ids[2], ids[1], "assistant", text("assistant")),
        node(ids[3], ids[2], "tool", code),
        node(ids[4], ids[2], "user", mixed),
        node(ids[5], ids[4], "assistant", text("second assistant")),
    ]
    chat = {
        "title": mark("title"),
        "create_time": _EPOCH,
        "update_time": _EPOCH,
        "mapping": {n["id"]: n for n in nodes},
        "current_node": ids[5],
        "conversation_id": mark("conversation id"),
        "gizmo_id": mark("gizmo id"),
    }
    user = {"id": mark("user id"), "email": mark("email") + "@example.org", "birth_year": 1990}
    user["phone_number"] = mark("phone number")
    feedback = [{"id": mark("feedback id"), "content": _say(mark, "feedback")}]
    return _zip(
        {
            "conversations.json": _ENCODE([chat]),
            "user.json": _ENCODE(user),
            "message_feedback.json": _ENCODE(feedback),
            "shared_conversations.json": _ENCODE([{"title": mark("shared title")}]),
            "chat.html": f"<html><body>{mark('chat.html')}</body></html>".encode(),
        }
    )


def _claude(mark: Mark) -> bytes:
    def said(sender: str) -> dict[str, Any]:
        text = _say(mark, f"{sender} text")
        return {
            "uuid": mark(f"{sender} uuid"),
            "sender": sender,
            "text": text,
            "content": [
                {"type": "text", "text": text},
                {"type": "thinking", "thinking": mark(f"{sender} thinking")},
                {"type": "tool_use", "name": mark("tool"), "input": {"query": mark("tool input")}},
                {"type": "tool_result", "content": mark(f"{sender} tool result")},
            ],
            "created_at": _START,
            "attachments": [
                {"file_name": mark("file name"), "extracted_content": _say(mark, "extracted")}
            ],
            "files": [{"file_name": mark(f"{sender} file")}],
        }

    chat = {
        "uuid": mark("uuid"),
        "name": mark("name"),
        "summary": mark("summary"),
        "created_at": _START,
        "account": {"uuid": mark("account")},
        "chat_messages": [said("human"), said("assistant"), said("human")],
    }
    user = {"uuid": mark("user"), "full_name": mark("full name"), "email_address": mark("email")}
    project = {"uuid": mark("project"), "name": mark("project name"), "docs": [mark("document")]}
    return _zip(
        {
            "conversations.json": _ENCODE([chat]),
            "users.json": _ENCODE([user]),
            "projects.json": _ENCODE([project]),
        }
    )


def _open_webui(mark: Mark) -> bytes:
    ids = [mark("message id"), mark("reply id")]
    messages = {
        ids[0]: {
            "id": ids[0],
            "parentId": None,
            "childrenIds": [ids[1]],
            "role": "user",
            "content": _say(mark, "user content"),
            "files": [{"name": mark("file name")}],
            "timestamp": _EPOCH,
        },
        ids[1]: {
            "id": ids[1],
            "parentId": ids[0],
            "childrenIds": [],
            "role": "assistant",
            "content": _say(mark, "assistant content"),
            "model": mark("model"),
            "timestamp": _EPOCH + 9,
        },
    }
    chat = {
        "title": mark("chat title"),
        "models": [mark("models")],
        "system": mark("system prompt"),
        "tags": [mark("tag")],
        "history": {"messages": messages, "currentId": ids[1]},
        "messages": list(messages.values()),
    }
    record = {
        "id": mark("id"),
        "user_id": mark("user id"),
        "title": mark("title"),
        "chat": chat,
        "created_at": _EPOCH,
        "updated_at": _EPOCH,
        "meta": {"tags": [mark("meta tag")]},
    }
    return _ENCODE([record])


def _sharegpt(mark: Mark) -> bytes:
    voices = ("system", "human", "gpt", "human")
    turns = [{"from": who, "value": _say(mark, f"{i} {who}")} for i, who in enumerate(voices)]
    return _ENCODE([{"id": mark("id"), "conversations": turns}])


def _openai(mark: Mark) -> bytes:
    def record(way: str) -> dict[str, Any]:
        parts = [
            {"type": "text", "text": _say(mark, f"{way} part")},
            {"type": "image_url", "image_url": {"url": mark(f"{way} image")}},
        ]
        return {
            "id": mark(f"{way} id"),
            "user": mark(f"{way} user"),
            "created_at": _START,
            "messages": [
                {"role": "system", "content": _say(mark, f"{way} system")},
                {"role": "user", "content": _say(mark, f"{way} user text"), "name": mark("name")},
                {"role": "assistant", "content": _say(mark, f"{way} assistant")},
                {"role": "tool", "content": mark(f"{way} tool"), "tool_call_id": mark("call")},
                {"role": "user", "content": parts, "id": mark(f"{way} message id")},
            ],
            "metadata": _person(mark, way) | {"note": mark(f"{way} note")},
        }

    batch = record("batch")
    body = {"custom_id": mark("custom id"), "body": {"model": mark("model")} | batch}
    lines = [_ENCODE(record("plain")), _ENCODE(body)]
    lines.append(b'{"id": "broken", "messages": [{"content": "' + mark("cut off").encode())
    lines.append(_ENCODE({"messages": mark("wrong shape")}))
    lines.append(b'{"user": "\\xff' + mark("no unicode").encode() + b'", "messages": []}')
    return gzip.compress(b"\n".join(lines) + b"\n", mtime=0)


def _person(mark: Mark, way: str) -> dict[str, Any]:
    return {
        "country": mark(f"{way} country"),
        "birth_year": mark(f"{way} birth year"),
        "age": mark(f"{way} age"),
        "given_name": mark(f"{way} given name"),
        "family_name": mark(f"{way} family name"),
        "gender": mark(f"{way} gender"),
        "language": mark(f"{way} language"),
    }


def _wildchat(mark: Mark) -> bytes:
    def said(role: str, number: int) -> dict[str, Any]:
        return {
            "content": _say(mark, f"{number} {role} content"),
            "role": role,
            "language": mark(f"{number} language"),
            "country": mark(f"{number} country"),
            "state": mark(f"{number} state"),
            "hashed_ip": mark(f"{number} hashed_ip"),
            "header": {"user-agent": mark(f"{number} user agent")},
            "timestamp": _START,
            "turn_identifier": number,
        }

    row = {
        "conversation_hash": mark("conversation_hash"),
        "model": mark("model"),
        "timestamp": _START,
        "conversation": [said("user", 1), said("assistant", 2), said("user", 3)],
        "language": mark("language"),
        "country": mark("country"),
        "state": mark("state"),
        "hashed_ip": mark("hashed_ip"),
    }
    broken = _ENCODE(row | {"conversation": mark("wrong shape")})
    return _ENCODE(row) + b"\n" + broken + b"\n"


def _lmsys(mark: Mark) -> bytes:
    roles = ("user", "assistant", "user")
    said = [{"role": who, "content": _say(mark, f"{i} {who}")} for i, who in enumerate(roles)]
    row = {
        "conversation_id": mark("conversation_id"),
        "model": mark("model"),
        "conversation": said,
        "language": mark("language"),
    }
    return _parquet([row])


def _oasst(mark: Mark) -> bytes:
    import zstandard

    def said(role: str, replies: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "message_id": mark(f"{role} message_id"),
            "user_id": mark(f"{role} user_id"),
            "created_date": _START,
            "text": _say(mark, f"{role} text"),
            "role": role,
            "lang": mark(f"{role} lang"),
            "labels": {"name": mark(f"{role} label")},
            "replies": replies,
        }

    again = said("prompter", [])
    tree = {
        "message_tree_id": mark("message_tree_id"),
        "prompt": said("prompter", [said("assistant", [again]), said("assistant", [])]),
    }
    row = said("prompter", [])
    row |= {"parent_id": None, "message_tree_id": mark("row tree"), "replies": []}
    return zstandard.ZstdCompressor().compress(_ENCODE(tree) + b"\n" + _ENCODE(row) + b"\n")


def _row(mark: Mark, way: str, before: str = "") -> dict[str, Any]:
    return _person(mark, way) | {
        "text": before + _say(mark, f"{way} text"),
        "role": "user",
        "user": mark(f"{way} user"),
        "conversation": mark(f"{way} conversation"),
        "message": mark(f"{way} message"),
        "time": _LATER,
        "remark": mark(f"{way} remark"),
    }


def _prompts(mark: Mark) -> bytes:
    said = [
        {"role": "user", "text": _say(mark, "context user")},
        {"role": "assistant", "text": _say(mark, "context assistant")},
    ]
    row = _person(mark, "prompt") | {
        "prompt": _say(mark, "prompt"),
        "response": _say(mark, "response"),
        "context": said,
        "id": mark("id"),
        "user_id": mark("user_id"),
        "created_at": _START,
        "annotator": mark("annotator"),
    }
    return _ENCODE(row) + b"\n"


def _table_jsonl(mark: Mark) -> bytes:
    good, bad = _row(mark, "good"), _row(mark, "bad")
    return _ENCODE(good) + b"\n" + _ENCODE(bad | {"time": mark("time")}) + b"\n"


def _table_csv(mark: Mark) -> bytes:
    rows = [_row(mark, "first"), _row(mark, "second") | {"time": mark("time")}]
    rows.append(_row(mark, "formula", "=1+"))
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode() + mark("short row").encode() + b"\r\n"


def _table_parquet(mark: Mark) -> bytes:
    return _parquet([_row(mark, "first"), _row(mark, "second")])


def _parquet(rows: list[dict[str, Any]]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    buffer = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), buffer, compression="zstd")
    return buffer.getvalue()


def _zip(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2025, 3, 3, 9, 0, 0)), content)
    return buffer.getvalue()


FILES: dict[str, Callable[[Mark], bytes]] = {
    "chatgpt.zip": _chatgpt,
    "claude.zip": _claude,
    "open-webui.json": _open_webui,
    "sharegpt.json": _sharegpt,
    "openai.jsonl.gz": _openai,
    "wildchat.jsonl": _wildchat,
    "lmsys.parquet": _lmsys,
    "oasst.jsonl.zst": _oasst,
    "prompts.jsonl": _prompts,
    "table.jsonl": _table_jsonl,
    "table.csv": _table_csv,
    "table.parquet": _table_parquet,
}
"""What each file is made by. A new format is one function here."""
