"""Conversations and accounts to files of a log format: one module a format, streaming.

A new format is one module with a class that has ``add`` and ``close``, and a line in ``FORMATS``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from uptake.testing.accounts import Account
from uptake.testing.closed import ATTRIBUTES
from uptake.testing.formats.chatgpt import ChatGPT
from uptake.testing.formats.jsonl import Jsonl
from uptake.testing.formats.wildchat import WildChat
from uptake.testing.texts import Talk


class Writer(Protocol):
    """Takes conversations, a person's side by side, and writes them below a folder."""

    def add(self, account: Account, talk: Talk, month: int) -> None:
        """Write one conversation, held in the month yyyymm."""

    def close(self) -> None:
        """Write what is still held."""


@dataclass(frozen=True, slots=True)
class Format:
    """A log format.

    Attributes:
        writer: Makes its writer, for a folder that exists.
        states: What its records say of a person, of place, age band and gender.
    """

    writer: Callable[[Path], Writer]
    states: tuple[str, ...]


FORMATS: dict[str, Format] = {
    "chatgpt": Format(ChatGPT, ("age_band",)),
    "jsonl": Format(Jsonl, ATTRIBUTES),
    "wildchat": Format(WildChat, ("place",)),
}
"""The formats that can be simulated, by the name under which the command line knows them."""
