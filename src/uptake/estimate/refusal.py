"""A figure that is not given, and why."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refused:
    """Stands where an estimate would: the data at hand do not carry it.

    Attributes:
        reason: What is missing and what would mend it, as one sentence without a full stop.
    """

    reason: str
