"""Keyed hashes: pseudonyms of people, conversations and messages.

BLAKE2b (RFC 7693) with a secret key, 16 bytes, and a personalisation per kind: without the key a
pseudonym can neither be made from an id nor be linked to another key's.
"""

import unicodedata
from collections.abc import Sequence
from hashlib import blake2b

from uptake.model.conversation import Conversation, Turn
from uptake.model.errors import ConfigError

SIZE = 16
"""Bytes of a pseudonym."""

SHORTEST_KEY, LONGEST_KEY = 16, 64

_POSITION = 8


class Hashing:
    """The key, and the few hashes that are made with it."""

    __slots__ = ("_conversation", "_message", "_user")

    def __init__(self, key: bytes) -> None:
        """Take the key, which is never written or shown.

        Raises:
            ConfigError: It is too short to be secret, or too long.
        """
        if not SHORTEST_KEY <= len(key) <= LONGEST_KEY:
            raise ConfigError(
                f"pseudonym key: has {len(key)} bytes, not {SHORTEST_KEY} to {LONGEST_KEY}; "
                "let the build draw one, or store 32 random bytes"
            )
        # A hash that has read its key is copied for each value: half the time of a new one.
        self._user, self._conversation, self._message = (
            blake2b(digest_size=SIZE, key=key, person=kind)
            for kind in (b"uptake user", b"uptake convers", b"uptake message")
        )

    def user(self, identifier: str) -> bytes:
        """Return the pseudonym of a person's normalised identifier."""
        state = self._user.copy()
        state.update(_bytes(identifier))
        return state.digest()

    def conversation(self, record: Conversation, user: bytes | None) -> bytes:
        """Return the pseudonym of a conversation.

        Identifiers are unique within a person's export at best, so the person is part of it.
        Without a person the first message is, lest "1" in two files be one conversation; without
        an identifier all that was said is, so that only exact copies are one.

        Args:
            record: The conversation.
            user: The person's pseudonym, None if the record names nobody.
        """
        identifier = normal(record.id)
        state = self._conversation.copy()
        if identifier and user:
            state.update(b"\x01" + user + _bytes(identifier))
        elif identifier:
            said = next((turn.text for turn in record.turns if turn.role == "user"), "")
            state.update(_framed(b"\x02", identifier))
            state.update(_bytes(said))
        else:
            state.update(_framed(b"\x03", "") + (user or b""))
            for turn in record.turns:
                state.update(_framed(turn.role.encode(), turn.text))
        return state.digest()

    def messages(self, conversation: bytes, turns: Sequence[Turn]) -> list[bytes]:
        """Return the pseudonyms of a person's messages: equal means the same message.

        Where the export has no identifier of a message, its place among the person's messages in
        the conversation and its text stand for one.

        Args:
            conversation: Pseudonym of their conversation.
            turns: The messages, in their order.
        """
        named, placed = conversation + b"\x01", conversation + b"\x02"
        copy = self._message.copy
        digests = []
        for position, turn in enumerate(turns):
            state = copy()
            if turn.id:
                state.update(named + turn.id.encode("utf-8", "surrogatepass"))
            else:
                place = placed + position.to_bytes(_POSITION, "big")
                state.update(place + turn.text.encode("utf-8", "surrogatepass"))
            digests.append(state.digest())
        return digests


def normal(identifier: str | None) -> str:
    """Strip an identifier and compose its letters, as one is often typed in two ways.

    >>> normal(" Zoe\u0308 "), normal(None)
    ('Zoë', '')
    """
    return unicodedata.normalize("NFC", identifier.strip()) if identifier else ""


def _framed(mark: bytes, text: str) -> bytes:
    """Encode a text behind its length, so that no two lists of texts give the same bytes."""
    data = _bytes(text)
    return mark + len(data).to_bytes(_POSITION, "big") + data


def _bytes(text: str) -> bytes:
    """Encode any string, lone surrogates too: an encoding error would carry the string along."""
    return text.encode("utf-8", "surrogatepass")
