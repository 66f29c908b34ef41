"""Raw conversations to a batch of pseudonymous messages, in columns."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import chain, repeat
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray

from uptake.model.conversation import Conversation, Turn
from uptake.model.messages import NO_MONTH, PARTITIONS, UNKNOWN, Messages
from uptake.pseudonymise.ages import age_band
from uptake.pseudonymise.gender import gender_of
from uptake.pseudonymise.hashing import SIZE, Hashing, normal
from uptake.pseudonymise.months import months_of, plausible
from uptake.pseudonymise.places import place_of

LONGEST_TEXT = 20_000
"""Characters of a text that enter a batch; the labeller reads fewer."""

_CACHED = 65_536


class Pseudonymiser:
    """Makes pseudonyms under one key; those of two keys can not be linked.

    A class as it holds the key and what was met (names and identifiers, bounded, in memory only).
    It refuses to be pickled: give a worker the key when it starts, and let it make its own.
    """

    __slots__ = ("_gender", "_hashing", "_user")

    def __init__(self, key: bytes) -> None:
        """Take the key: 16 to 64 bytes that are never written.

        Raises:
            ConfigError: The key is too short or too long.
        """
        self._hashing = Hashing(key)
        self._user = lru_cache(maxsize=_CACHED)(self._hashing.user)
        self._gender = lru_cache(maxsize=_CACHED)(gender_of)

    def __repr__(self) -> str:
        """Show nothing of the key."""
        return "Pseudonymiser()"

    def __reduce__(self) -> NoReturn:
        """Refuse: the key would be in the bytes."""
        raise TypeError("a Pseudonymiser is not pickled; give the worker the key as it starts")

    def batch(self, conversations: Sequence[Conversation]) -> Messages:
        """Return the conversations' turns as columns; see ``Messages``.

        A turn without text stays, as it may be an image.
        """
        turns = [turn for record in conversations for turn in record.turns]
        sizes = np.array([len(record.turns) for record in conversations], np.int64)
        mine = [[t for t in record.turns if t.role == "user"] for record in conversations]
        counts = np.array([len(messages) for messages in mine], np.int64)
        keys = [self._keys(record) for record in conversations]
        times = _times(conversations, mine, counts)
        months = months_of(times)
        user = np.repeat(_digests(user for user, _ in keys), counts)
        places = [place_of(record.person.country) for record in conversations]
        return Messages(
            texts=[turn.text[:LONGEST_TEXT] for turn in turns],
            parents=_parents(turns, sizes),
            is_user=np.array([turn.role == "user" for turn in turns], np.bool_),
            user=user,
            user_known=np.repeat(
                np.array([user is not key for user, key in keys], np.bool_), counts
            ),
            conversation=np.repeat(_digests(key for _, key in keys), counts),
            message=_digests(
                chain.from_iterable(
                    self._hashing.messages(key, messages)
                    for (_, key), messages in zip(keys, mine, strict=True)
                )
            ),
            bucket=user.view(np.uint8).reshape(-1, SIZE)[:, 0] % PARTITIONS,
            time=np.where(months != NO_MONTH, times, -1).astype(np.int64),
            month=months,
            place=_spread(places, counts),
            age_band=_bands(conversations, counts.tolist(), months.tolist()),
            gender=_spread(map(self._gender_of, conversations, places), counts),
        )

    def _keys(self, record: Conversation) -> tuple[bytes, bytes]:
        """Return the pseudonyms of person and conversation: one object where nobody is named."""
        identifier = normal(record.person.id)
        user = self._user(identifier) if identifier else None
        key = self._hashing.conversation(record, user)
        return user or key, key

    def _gender_of(self, record: Conversation, place: str) -> str:
        person = record.person
        return self._gender(person.gender, person.given_name, person.family_name, place)


def _digests(values: Iterable[bytes]) -> NDArray[np.bytes_]:
    """Stack hashes; the last byte is made odd, as NumPy drops zero bytes at the end of a value."""
    digests = np.frombuffer(b"".join(values), np.uint8).reshape(-1, SIZE).copy()
    digests[:, -1] |= 1
    return digests.reshape(-1).view(f"S{SIZE}")


def _times(
    conversations: Sequence[Conversation],
    mine: Sequence[Sequence[Turn]],
    counts: NDArray[np.int64],
) -> NDArray[np.float64]:
    """Return each message's time, or that of its conversation where it has none of use."""
    own = np.array([turn.time for messages in mine for turn in messages], np.float64)
    start = np.array([record.time for record in conversations], np.float64)
    return np.where(plausible(own), own, np.repeat(start, counts))


def _parents(turns: Sequence[Turn], sizes: NDArray[np.int64]) -> NDArray[np.int32]:
    """Turn places within a conversation into places within the batch."""
    within = np.array([turn.parent for turn in turns], np.int64)
    first = np.repeat(np.cumsum(sizes) - sizes, sizes)
    if (within >= np.arange(len(turns)) - first).any():
        raise ValueError("a turn follows itself or a later one: its reader is at fault")
    return np.where(within >= 0, within + first, -1).astype(np.int32)


def _bands(
    conversations: Sequence[Conversation], counts: Sequence[int], months: Sequence[int]
) -> list[str]:
    bands: list[str] = []
    for record, count in zip(conversations, counts, strict=True):
        birth_year, age = record.person.birth_year, record.person.age
        if birth_year is None and age is None:
            bands += [UNKNOWN] * count
        else:
            at = len(bands)
            bands += [age_band(birth_year, age, month) for month in months[at : at + count]]
    return bands


def _spread(values: Iterable[str], counts: NDArray[np.int64]) -> list[str]:
    """Repeat a conversation's value for each of its messages."""
    return [
        value
        for value, n in zip(values, counts.tolist(), strict=True)
        for value in repeat(value, n)
    ]
