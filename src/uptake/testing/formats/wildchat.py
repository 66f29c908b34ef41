"""Rows of the layout of WildChat: an address stands for the person, the country is named."""

from datetime import UTC, datetime
from hashlib import blake2b
from pathlib import Path

from uptake.model.labels import LANGUAGES
from uptake.testing.accounts import Account
from uptake.testing.formats.monthly import MonthlyLines
from uptake.testing.spec import NOTICE
from uptake.testing.texts import Talk

_NAMES = {
    "en": "English",
    "ru": "Russian",
    "kk": "Kazakh",
    "uz": "Uzbek",
    "ky": "Kyrgyz",
    "tg": "Tajik",
    "tk": "Turkmen",
    "az": "Azerbaijani",
    "tr": "Turkish",
    "other": "Unknown",
}


class WildChat:
    """Writes one row a conversation, by month."""

    def __init__(self, folder: Path) -> None:
        """Write below the folder."""
        self._lines = MonthlyLines(folder)

    def add(self, account: Account, talk: Talk, month: int) -> None:
        """Write one conversation as one row."""
        key = blake2b(f"{account.address} {talk.number}".encode(), digest_size=16)
        number = int.from_bytes(key.digest()[:6])
        language = _NAMES[LANGUAGES[talk.turns[0].language]]
        turns: list[dict[str, object]] = []
        for i, turn in enumerate(talk.turns):
            row: dict[str, object] = {
                "content": turn.text,
                "language": _NAMES[LANGUAGES[turn.language]],
                "redacted": False,
                "role": turn.role,
                # As in the original, only the assistant's turns have a time.
                "timestamp": _time(turn.time) if turn.role == "assistant" else None,
                "toxic": False,
                "turn_identifier": number * 1000 + i,
            }
            if turn.role == "user":
                row |= {"country": account.country_name, "hashed_ip": account.address}
            turns.append(row)
        self._lines.write(
            month,
            {
                "conversation_hash": key.hexdigest(),
                "model": "simulated",
                "timestamp": _time(talk.turns[-1].time),
                "conversation": turns,
                "turn": sum(turn.role == "user" for turn in talk.turns),
                "language": language,
                "country": account.country_name,
                "state": None,
                "hashed_ip": account.address,
                "notice": NOTICE,
            },
        )

    def close(self) -> None:
        """Close all files."""
        self._lines.close()


def _time(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
