"""A batch of pseudonymous messages: who is a keyed hash, what is still text, in memory only."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

UNKNOWN = "unknown"
"""The value of any attribute that a record does not state."""

PARTITIONS = 16
"""Into how many partitions people are routed: each count of people is complete within one."""

NO_MONTH = 0
"""The month of a message without a time."""


def month_name(month: int) -> str:
    """Write a month as cells and commands do.

    >>> month_name(202503), month_name(NO_MONTH)
    ('2025-03', 'unknown')
    """
    return UNKNOWN if month == NO_MONTH else f"{month // 100:04d}-{month % 100:02d}"


@dataclass(frozen=True, slots=True)
class Messages:
    """Turns of some conversations as columns. Only ``uptake.pseudonymise`` makes it.

    All turns (T of them, a conversation's turns side by side):

    Attributes:
        texts: T texts, by the person and by the assistant.
        parents: (T,) int32; index in ``texts`` of the turn before, -1 for none, ``parents[i] < i``.
        is_user: (T,) bool; True for what the person wrote.

    The person's turns only (M = is_user.sum(), in the order of ``texts``):

    Attributes:
        user: (M,) ``S16`` keyed pseudonym of the person. Without a user id in the record it is
            that of the conversation and ``user_known`` is False.
        user_known: (M,) bool.
        conversation: (M,) ``S16`` keyed pseudonym of the conversation.
        message: (M,) ``S16`` keyed pseudonym of the message: equal means the same message.
        bucket: (M,) uint8 partition of the person, a hash of ``user``.
        time: (M,) int64 seconds since 1970 in UTC; -1 if unknown.
        month: (M,) int32 as yyyymm in UTC; ``NO_MONTH`` if unknown.
        place: (M,) ISO 3166-1 alpha-3 or ``unknown``.
        age_band: (M,) ``13-17`` ... ``65+``, ``under-13`` or ``unknown``.
        gender: (M,) ``feminine``, ``masculine`` or ``unknown``: an association by name, or stated.
    """

    texts: list[str]
    parents: NDArray[np.int32]
    is_user: NDArray[np.bool_]
    user: NDArray[np.bytes_]
    user_known: NDArray[np.bool_]
    conversation: NDArray[np.bytes_]
    message: NDArray[np.bytes_]
    bucket: NDArray[np.uint8]
    time: NDArray[np.int64]
    month: NDArray[np.int32]
    place: list[str]
    age_band: list[str]
    gender: list[str]

    def __len__(self) -> int:
        """Return how many messages the people wrote (M)."""
        return len(self.user)
