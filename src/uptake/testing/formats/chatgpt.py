"""ChatGPT data exports: one zip an account, in the layout that accounts are sent."""

import zipfile
from hashlib import blake2b
from pathlib import Path
from uuid import UUID

import msgspec

from uptake.testing.accounts import Account
from uptake.testing.spec import NOTICE
from uptake.testing.texts import Said, Talk

_DATE = (2026, 7, 1, 0, 0, 0)
_ENCODE = msgspec.json.Encoder().encode


class ChatGPT:
    """Writes ``account-<number>.zip`` as soon as the next account begins."""

    def __init__(self, folder: Path) -> None:
        """Write below the folder."""
        self._folder = folder
        self._account: Account | None = None
        self._held: list[dict[str, object]] = []

    def add(self, account: Account, talk: Talk, month: int) -> None:
        """Hold one conversation of an account."""
        if self._account is not None and self._account.number != account.number:
            self.close()
        self._account = account
        self._held.append(_conversation(account, talk))

    def close(self) -> None:
        """Write the account that is held."""
        if self._account is None:
            return
        account = self._account
        user = {
            "id": account.id,
            "email": account.email,
            "chatgpt_plus_user": account.style % 7 == 0,
            "phone_number": None,
        }
        if account.birth_year is not None:
            user["birth_year"] = account.birth_year
        self._held.reverse()  # the newest first, as in a real export
        members = {
            "user.json": _ENCODE(user),
            "conversations.json": _ENCODE(self._held),
            "message_feedback.json": b"[]",
            "shared_conversations.json": b"[]",
            "chat.html": f"<html><body><p>{NOTICE}</p></body></html>\n".encode(),
        }
        path = self._folder / f"account-{account.number:06d}.zip"
        with zipfile.ZipFile(path, "x", zipfile.ZIP_DEFLATED) as archive:
            archive.comment = NOTICE.encode()
            for name, content in members.items():
                entry = zipfile.ZipInfo(name, _DATE)
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, content)
        self._account, self._held = None, []


def _conversation(account: Account, talk: Talk) -> dict[str, object]:
    tree = _Tree(f"{account.number} {talk.number}")
    above = tree.add(tree.add(None), _message("system", "", None))
    fork = above
    for i, turn in enumerate(talk.turns):
        if turn.role == "user":
            # Every eighth prompt that could stand elsewhere is an edit of the one before it.
            above = fork if turn.retry and turn.time % 8 == 0 else above
            fork = above
        above = tree.add(above, _message(turn.role, turn.text, _created(turn, i)))
    return {
        "title": NOTICE,
        "create_time": float(talk.turns[0].time),
        "update_time": float(talk.turns[-1].time),
        "mapping": tree.nodes,
        "moderation_results": [],
        "current_node": above,
        "conversation_id": tree.id,
        "is_archived": False,
        "default_model_slug": "simulated",
        "id": tree.id,
    }


def _created(turn: Said, index: int) -> float | None:
    # Real exports leave some times out; the conversation's own is in the same month.
    return None if turn.time % 50 == 7 and index else turn.time + turn.time % 997 / 1000


def _message(role: str, text: str, created: float | None) -> dict[str, object]:
    hidden = role == "system"
    return {
        "author": {"role": role, "name": None, "metadata": {}},
        "create_time": created,
        "update_time": None,
        "content": {"content_type": "text", "parts": [text]},
        "status": "finished_successfully",
        "end_turn": None if role == "user" else True,
        "weight": 0.0 if hidden else 1.0,
        "metadata": {"is_visually_hidden_from_conversation": True} if hidden else {},
        "recipient": "all",
    }


class _Tree:
    """The nodes of ``mapping``; ids are a hash of the conversation and the place in it."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self.id = self._hash("")
        self.nodes: dict[str, dict[str, object]] = {}
        self._children: dict[str, list[str]] = {}

    def add(self, parent: str | None, message: dict[str, object] | None = None) -> str:
        """Hang a node below another and return its id."""
        id_ = self._hash(str(len(self.nodes)))
        named = None if message is None else {"id": id_} | message
        children: list[str] = []
        self._children[id_] = children
        self.nodes[id_] = {"id": id_, "message": named, "parent": parent, "children": children}
        if parent is not None:
            self._children[parent].append(id_)
        return id_

    def _hash(self, place: str) -> str:
        digest = blake2b(f"{self._seed} {place}".encode(), digest_size=16).digest()
        return str(UUID(bytes=digest, version=4))
