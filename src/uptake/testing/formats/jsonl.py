"""OpenAI-style JSON lines, as a gateway logs them."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from uptake.testing.accounts import Account
from uptake.testing.formats.monthly import MonthlyLines
from uptake.testing.spec import NOTICE
from uptake.testing.texts import Said, Talk


class Jsonl:
    """Writes ``{"id", "user", "created_at", "messages", "metadata"}`` rows by month.

    What gateways differ in differs by person: times as ISO with ``Z``, with the local offset or
    as epoch seconds; contents as strings or as lists of parts; messages with and without ids.
    """

    def __init__(self, folder: Path) -> None:
        """Write below the folder."""
        self._lines = MonthlyLines(folder)

    def add(self, account: Account, talk: Talk, month: int) -> None:
        """Write one conversation as one line."""
        id_ = f"conv-{account.number:06d}-{talk.number:07d}"
        record = {
            "id": id_,
            "user": account.id,
            "created_at": _time(talk.turns[0].time, account),
            "messages": [
                _message(turn, f"{id_}-{i}", account) for i, turn in enumerate(talk.turns)
            ],
            "metadata": _metadata(account),
        }
        self._lines.write(month, record)

    def close(self) -> None:
        """Close all files."""
        self._lines.close()


def _message(turn: Said, id_: str, account: Account) -> dict[str, object]:
    parts = account.style % 8 == 3
    content = [{"type": "text", "text": turn.text}] if parts else turn.text
    message: dict[str, object] = {"role": turn.role, "content": content}
    if account.style % 2:
        message["id"] = id_
    if account.style % 5:
        message["created_at"] = _time(turn.time, account)
    return message


def _time(seconds: int, account: Account) -> str | int:
    way = account.style % 3
    if way == 0:
        return seconds
    if way == 1:
        return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    clock = timezone(timedelta(hours=account.clock))
    return datetime.fromtimestamp(seconds, clock).isoformat()


def _metadata(account: Account) -> dict[str, object]:
    known: dict[str, object] = {
        "country": account.country,
        "birth_year": account.birth_year,
        "given_name": account.given_name,
        "family_name": account.family_name,
        "gender": account.gender,
    }
    # Some gateways write null for what they do not know, others leave the key out.
    kept = {key: value for key, value in known.items() if value is not None or account.style % 2}
    return kept | {"notice": NOTICE}
