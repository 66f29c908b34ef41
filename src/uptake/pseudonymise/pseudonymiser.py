"""Raw conversations to a batch of pseudonymous messages, in columns."""

import hashlib
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NoReturn

import numpy as np

from uptake.catalog.gazetteer import fold, place_names
from uptake.model.conversation import Conversation, Person, Turn
from uptake.model.messages import NO_MONTH, UNKNOWN, Messages
from uptake.pseudonymise.ages import age_band
from uptake.pseudonymise.months import month_of
from uptake.pseudonymise.names import gender_of

BUCKETS = 16
"""Partitions of people."""

LONGEST_TEXT = 20_000
"""Characters of a text that enter a batch; the labeller reads fewer."""

SIZE = 16
"""Bytes of a pseudonym."""


@lru_cache(maxsize=4_096)
def place_of(stated: str | None) -> str:
    """Return the ISO 3166-1 alpha-3 code of a country as stated; what is not known is unknown.

    >>> place_of("KZ"), place_of("Казахстан"), place_of("XX"), place_of("na")
    ('KAZ', 'KAZ', 'unknown', 'NAM')
    """
    return place_names().get(fold(stated), UNKNOWN) if stated else UNKNOWN


class Pseudonymiser:
    """Makes pseudonyms with one key; two with different keys give unlinkable ones."""

    __slots__ = ("_key",)

    def __init__(self, key: bytes) -> None:
        """Take the key: 16 to 64 bytes that are never written.

        Raises:
            ValueError: The key is too short to be one.
        """
        if not 16 <= len(key) <= 64:
            raise ValueError("a pseudonym key has 16 to 64 bytes")
        self._key = key

    def __repr__(self) -> str:
        """Show nothing of the key."""
        return "Pseudonymiser()"

    def __reduce__(self) -> NoReturn:
        """Refuse to be pickled: the key would be in the bytes."""
        raise TypeError("a Pseudonymiser can not be pickled")

    def batch(self, conversations: Sequence[Conversation]) -> Messages:
        """Return the conversations' turns as columns; see ``Messages``."""
        texts: list[str] = []
        parents: list[int] = []
        is_user: list[bool] = []
        columns = _Columns()
        for conversation in conversations:
            first = len(texts)
            for turn in conversation.turns:
                texts.append(turn.text[:LONGEST_TEXT])
                parents.append(first + turn.parent if turn.parent >= 0 else -1)
                is_user.append(turn.role == "user")
            self._conversation(conversation, columns)
        return Messages(
            texts=texts,
            parents=np.asarray(parents, dtype=np.int32),
            is_user=np.asarray(is_user, dtype=np.bool_),
            user=np.asarray(columns.user, dtype=f"S{SIZE}"),
            user_known=np.asarray(columns.user_known, dtype=np.bool_),
            conversation=np.asarray(columns.conversation, dtype=f"S{SIZE}"),
            message=np.asarray(columns.message, dtype=f"S{SIZE}"),
            bucket=np.asarray(columns.bucket, dtype=np.uint8),
            time=np.asarray(columns.time, dtype=np.int64),
            month=np.asarray(columns.month, dtype=np.int32),
            place=columns.place,
            age_band=columns.age_band,
            gender=columns.gender,
        )

    def _conversation(self, conversation: Conversation, columns: "_Columns") -> None:
        person = conversation.person
        mine = [turn for turn in conversation.turns if turn.role == "user"]
        name = unicodedata.normalize("NFC", person.id.strip()) if person.id else ""
        key = self._conversation_key(conversation, name, mine)
        user = self._hash(b"user", name) if name else key
        place, gender = place_of(person.country), _gender(person)
        for position, turn in enumerate(mine):
            time = turn.time if turn.time is not None else conversation.time
            month = month_of(time)
            columns.user.append(user)
            columns.user_known.append(bool(name))
            columns.conversation.append(key)
            columns.message.append(self._message_key(key, turn, position))
            columns.bucket.append(user[0] % BUCKETS)
            columns.time.append(int(time) if time is not None and month else -1)
            columns.month.append(month)
            columns.place.append(place)
            year = month // 100 if month != NO_MONTH else None
            columns.age_band.append(age_band(person.birth_year, person.age, year))
            columns.gender.append(gender)

    def _conversation_key(
        self, conversation: Conversation, name: str, mine: Sequence[Turn]
    ) -> bytes:
        """Return the conversation's pseudonym.

        Ids are unique to a person's export at best, so the person is part of it; without one the
        first message is, lest "1" in two files be one conversation; without an id all turns are.
        """
        if conversation.id is None:
            said = (f"{turn.role}\0{turn.text}" for turn in conversation.turns)
            return self._hash(b"turns", name, *said)
        if name:
            return self._hash(b"conversation", name, conversation.id)
        return self._hash(b"unowned", conversation.id, mine[0].text if mine else "")

    def _message_key(self, conversation: bytes, turn: Turn, position: int) -> bytes:
        if turn.id:
            return self._hash(b"message", turn.id, start=conversation)
        return self._hash(b"position", str(position), turn.text, start=conversation)

    def _hash(self, domain: bytes, *parts: str, start: bytes = b"") -> bytes:
        """Hash the parts under the key; ``domain`` keeps kinds of pseudonyms apart.

        Parts are joined by a byte that UTF-8 never holds, so that ("ab", "c") is not ("a", "bc").
        NumPy drops zero bytes at the end of a fixed-size string, so the last byte is made odd.
        """
        data = b"\xff".join([start, *(part.encode("utf-8", "surrogatepass") for part in parts)])
        digest = hashlib.blake2b(data, digest_size=SIZE, key=self._key, person=domain).digest()
        return digest[:-1] + bytes([digest[-1] | 1])


def _gender(person: Person) -> str:
    return gender_of(person.gender, person.given_name, person.family_name)


class _Columns:
    """Columns under construction, one entry a message."""

    __slots__ = (
        "age_band", "bucket", "conversation", "gender", "message", "month", "place", "time",
        "user", "user_known",
    )  # fmt: skip

    def __init__(self) -> None:
        self.user: list[bytes] = []
        self.user_known: list[bool] = []
        self.conversation: list[bytes] = []
        self.message: list[bytes] = []
        self.bucket: list[int] = []
        self.time: list[int] = []
        self.month: list[int] = []
        self.place: list[str] = []
        self.age_band: list[str] = []
        self.gender: list[str] = []
