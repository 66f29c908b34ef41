"""Judgements of analysts: made with an id, appended one a line, read back, taken back."""

import hashlib
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec

from uptake.model.claim import Claim
from uptake.model.errors import UptakeError
from uptake.model.issue import Issue
from uptake.model.knowledge import Judgement

Kind = Literal["accept", "reject", "edit", "merge", "split", "resolve", "undo"]

DAMAGED = "judgement-damaged"
FORGED = "judgement-changed"
CODES = {
    DAMAGED: "A line of the judgements is no judgement; the decision on it is not applied.",
    FORGED: "A judgement was changed after it was written; it is not applied.",
}
"""Codes of the issues of reading judgements, each with one sentence."""

_FORGED = "its id is not that of its content; restore the line from a copy, or decide again"


def judgement(
    kind: Kind, target: str, who: str, when: str, why: str = "", data: dict[str, Any] | None = None
) -> Judgement:
    """Return a judgement with its id: a hash of all that it says.

    Args:
        kind: What is decided.
        target: Id of a claim, of two entities or two names (``a|b``), of a contradiction, or of a
            judgement.
        who: Name as given.
        when: ISO time with zone, to the microsecond: the same decision twice in one instant is
            one judgement.
        why: Reason.
        data: What is set; for a claim with ``anchor(claim)`` in it, by which a rebuild finds the
            claim again.

    >>> judgement("accept", "4be1", "Ayla", "2026-05-04T09:30:00.000000+00:00").id
    '48d33df8c99fdbe8'
    """
    made = Judgement(
        id="", kind=kind, target=target, who=who, when=when, why=why, data=dict(data or {})
    )
    return msgspec.structs.replace(made, id=_digest(made))


def _digest(one: Judgement) -> str:
    content = [one.kind, one.target, one.who, one.when, one.why, one.data]
    return hashlib.sha256(msgspec.json.encode(content, order="sorted")).hexdigest()[:16]


def anchor(claim: Claim) -> dict[str, Any]:
    """Return what finds a claim again after its id changed, as a part of a judgement's data.

    >>> claim = Claim(id="1", doc="d", type="event", quote="AI day", start=4, end=10)
    >>> anchor(claim)["claim"]["quote"]
    'AI day'
    """
    return {
        "claim": {
            "doc": claim.doc,
            "type": claim.type,
            "start": claim.start,
            "end": claim.end,
            "quote": claim.quote,
            "countries": list(claim.countries),
            "fields": dict(claim.fields),
        }
    }


def append(path: Path, one: Judgement) -> None:
    """Write a judgement behind those of a file, and wait until it is on the disk.

    A line that an interrupted write left unfinished is closed first, so that it spoils no other.

    Raises:
        UptakeError: The file can not be written; nothing was recorded.
    """
    try:
        _append(path, msgspec.json.encode(one) + b"\n")
    except OSError as error:
        raise UptakeError(
            f"{path.name} can not be written ({error.strerror}), so nothing was recorded: see that "
            "it is a file that you may write, on a disk that is not full"
        ) from error


def _append(path: Path, line: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    if _unfinished(path):
        line = b"\n" + line
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        written = os.write(handle, line)
        while written < len(line):
            written += os.write(handle, line[written:])
        os.fsync(handle)
    finally:
        os.close(handle)
    _sync_folder(path.parent)


def _unfinished(path: Path) -> bool:
    if not path.is_file() or not path.stat().st_size:
        return False
    with path.open("rb") as file:
        file.seek(-1, os.SEEK_END)
        return file.read(1) != b"\n"


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # no handles on folders there
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def load(path: Path) -> tuple[tuple[Judgement, ...], tuple[Issue, ...]]:
    """Read the judgements of a file in the order in which they were made, each once.

    What is no judgement becomes an issue with its line number; a file that is not there holds
    none.

    Raises:
        UptakeError: It is there and can not be read: without it, what was decided would be lost.
    """
    if not path.exists():
        return (), ()
    found: dict[str, Judgement] = {}
    issues: list[Issue] = []
    try:
        lines = path.read_bytes().split(b"\n")
    except OSError as error:
        raise UptakeError(
            f"{path.name} can not be read ({error.strerror}): see that it is a file of yours"
        ) from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        last = number == len(lines)
        try:
            one = msgspec.json.decode(line, type=Judgement)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            issues.append(_issue(path, number, DAMAGED, _damage(last=last)))
            continue
        if one.id == _digest(one):
            found.setdefault(one.id, one)
        else:
            issues.append(_issue(path, number, FORGED, _FORGED))
    return tuple(found.values()), tuple(issues)


def _damage(*, last: bool) -> str:
    if last:
        return (
            "the last line ends within a judgement: the writing was interrupted; "
            "decide again, and the next line is written behind it"
        )
    return "the line is no judgement; restore it from a copy, or delete it and decide again"


def _issue(path: Path, number: int, code: str, detail: str) -> Issue:
    return Issue("gather", path.name, number, code, detail)


def active(judgements: Sequence[Judgement]) -> tuple[Judgement, ...]:
    """Return the judgements that hold, in order: neither undone nor an ``undo`` themselves.

    An undone ``undo`` restores what it took back.

    >>> when = "2026-05-04T09:30:00.000000+00:00"
    >>> first = judgement("reject", "4be1", "Ayla", when)
    >>> undo = judgement("undo", first.id, "Ayla", when)
    >>> active([first, undo]), len(active([first, undo, judgement("undo", undo.id, "B", when)]))
    ((), 1)
    """
    undone: set[str] = set()
    held: list[Judgement] = []
    for one in reversed(judgements):
        if one.id in undone:
            continue
        if one.kind == "undo":
            undone.add(one.target)
        else:
            held.append(one)
    return tuple(reversed(held))


def pairs(judgements: Iterable[Judgement], kind: Kind) -> tuple[tuple[str, str], ...]:
    """Return the two sides of each judgement of a kind whose target is ``a|b``."""
    sides = (one.target.partition("|") for one in judgements if one.kind == kind)
    return tuple((a, b) for a, bar, b in sides if bar and a and b)
