"""Every error the package raises on purpose, and the exit state each one means."""

from enum import IntEnum


class Exit(IntEnum):
    """How a command ends, for whoever calls it from a script."""

    FINE = 0
    BUG = 1
    FINE_WITH_WARNING = 2
    REFUSED = 3


class UptakeError(Exception):
    """Root of them all: the command line prints the message, without a traceback.

    A message says where, what is wrong there and how to mend it; never content of a record.
    """

    exit: Exit = Exit.REFUSED


class ConfigError(UptakeError):
    """A setting is missing, unknown or out of range."""


class UnreadableInputError(UptakeError):
    """A whole input can not be read (as opposed to one record of it)."""

    def __init__(self, place: str, reason: str, mend: str) -> None:
        """Name the place, the reason and the mend."""
        super().__init__(f"{place}: {reason}; {mend}")
        self.place = place
        self.reason = reason
        self._mend = mend

    def __reduce__(self) -> tuple[type, tuple[str, str, str]]:
        """Let the error pass from a process of a pool to the one that waits for it."""
        return type(self), (self.place, self.reason, self._mend)


class QuarantineError(UptakeError):
    """More records were unreadable than the configuration allows."""


class ReleaseRefusedError(UptakeError):
    """The door stays shut: a release would break its promise."""


class MissingExtraError(UptakeError):
    """An optional dependency is not installed."""

    def __init__(self, purpose: str, extra: str) -> None:
        """Say which extra brings it."""
        super().__init__(f"{purpose} needs the extra {extra!r}: pip install 'uptake[{extra}]'")


class UnknownNameError(UptakeError):
    """A name that no registry holds."""

    def __init__(self, kind: str, name: str, known: tuple[str, ...]) -> None:
        """List what there is, so that the message is the mend.

        >>> raise UnknownNameError("reader", "docx", ("csv", "jsonl"))
        Traceback (most recent call last):
        uptake.model.errors.UnknownNameError: unknown reader 'docx'; there is: csv, jsonl
        """
        super().__init__(f"unknown {kind} {name!r}; there is: {', '.join(known)}")
