"""A file that people have labelled: rows of one message each, with its context and its labels.

JSON lines: ``text``, ``context`` (a list of ``{"role", "text"}``: what came before, by both
sides), any of ``intent``, ``work`` and ``topic``, and what is known of the person and the time in
the same words as in logs: ``user``, ``conversation``, ``id``, ``time``, ``country``,
``birth_year``, ``age``, ``gender``, ``given_name``, ``family_name``. A row becomes a
``Conversation`` that ends with the labelled message, so that all that follows treats it exactly
as the message of a log.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, NamedTuple

from uptake.model.conversation import Conversation
from uptake.model.errors import QuarantineError, UnreadableInputError
from uptake.model.issue import Issue
from uptake.read.goldlabels import FACETS, UnknownLabelError, contradicts, truth_of
from uptake.read.issues import CODES
from uptake.read.limits import Limits
from uptake.read.objects import numbered_objects
from uptake.read.people import FIELDS, identifier, stated
from uptake.read.record import Cursor
from uptake.read.texts import role_of
from uptake.read.turns import Said, in_a_row

FEWEST: Final = 50
"""Usable rows under which nothing is computed: half of a share's interval would be 14 points."""

CONTEXT: Final = 10
"""Earlier messages that the codebook lets a label see."""

_ERRORS: Final = {
    "gold-without-text": "The row has no text.",
    "gold-without-label": "The row has none of intent, work and topic.",
    "gold-contradiction": "The row's topic is not in the row's topic group.",
    "gold-labelled-twice": "The same message is labelled twice, differently; the first was kept.",
}
_WARNINGS: Final = {
    "gold-row-twice": "The same message with the same labels is there twice; it counts once.",
}
GOLD_CODES: Final = {**_ERRORS, **_WARNINGS}
"""What can be wrong with a labelled row, beside what can be wrong with any record."""

_USERS: Final = ("user", "user_id")
_CONVERSATIONS: Final = ("conversation", "conversation_id")
_IDS: Final = ("message", "message_id", "id")
_TIMES: Final = ("time", "created_at", "timestamp")


class GoldRow(NamedTuple):
    """One labelled message: the last turn of ``conversation``, and its labels by facet."""

    line: int
    conversation: Conversation
    truth: dict[str, str]


@dataclass(slots=True)
class GoldFile:
    """A labelled file as read; texts are in memory only.

    Attributes:
        name: What messages call it.
        rows: The usable rows.
        issues: What was wrong; ``offset`` is a line number, from 1.
        lines: Lines that hold anything.
    """

    name: str
    rows: list[GoldRow] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    lines: int = 0

    @property
    def set_aside(self) -> dict[str, int]:
        """Return how often each thing was wrong."""
        return dict(sorted(Counter(issue.code for issue in self.issues).items()))

    @property
    def rejected(self) -> int:
        """Return how many rows were lost."""
        return sum(issue.severity == "error" for issue in self.issues)


def read_gold(path: Path, *, name: str, limits: Limits | None = None) -> GoldFile:
    """Read a labelled file.

    Raises:
        UnreadableInputError: It can not be opened, is empty, or holds a label that the codebook
            does not have: a misspelt label is an error of the file, not of a row.
    """
    file = GoldFile(name)
    cursor = Cursor(name, limits or Limits())
    met: dict[tuple[object, ...], dict[str, str]] = {}
    unknown: list[tuple[int, str]] = []
    for found in numbered_objects(path, name=name, limits=cursor.limits):
        file.lines += 1
        if isinstance(found, Issue):
            file.issues.append(found)
            continue
        cursor.offset, record = found
        try:
            row = _row(record, cursor)
        except UnknownLabelError as error:
            unknown.append((cursor.offset, str(error)))
            continue
        file.issues += cursor.warnings()
        code = row if isinstance(row, str) else _again(row, record, met)
        if code:
            severity = "warning" if code in _WARNINGS else "error"
            file.issues.append(
                Issue("gold", name, cursor.offset, code, severity=severity)  # type: ignore[arg-type]
            )
        elif isinstance(row, GoldRow):
            file.rows.append(row)
    _refuse_unknown(name, unknown)
    if not file.lines:
        raise UnreadableInputError(name, "is empty", "give JSON lines, one labelled message each")
    return file


def require_usable(file: GoldFile, limit: float) -> None:
    """Refuse a labelled file on which nothing can rest.

    Args:
        file: As read.
        limit: Above this share of lost rows it is refused.

    Raises:
        QuarantineError: Too many rows were lost.
        UnreadableInputError: No row has a label, or fewer than ``FEWEST`` rows are usable.
    """
    lost = [issue for issue in file.issues if issue.severity == "error"]
    if not file.rows and {issue.code for issue in lost} == {"gold-without-label"}:
        raise UnreadableInputError(
            file.name, "no row has a label", f"give at least one of {', '.join(FACETS[:3])}"
        )
    share = len(lost) / max(1, len(lost) + len(file.rows))
    if share > limit:
        (code, n), *_ = Counter(issue.code for issue in lost).most_common(1)
        first = next(issue.offset for issue in lost if issue.code == code)
        raise QuarantineError(
            f"{file.name}: {len(lost)} of {len(lost) + len(file.rows)} rows are unusable, more "
            f"than {limit:.0%}; {n} of them like line {first}: {meaning(code)} Mend or remove them"
        )
    if len(file.rows) < FEWEST:
        raise UnreadableInputError(
            file.name,
            f"has {len(file.rows)} usable rows, fewer than {FEWEST}, on which an interval of a "
            "share is wider than 28 points",
            "label more messages",
        )


def meaning(code: str) -> str:
    """Return one sentence on what a code means."""
    return {**CODES, **GOLD_CODES}.get(code, code)


def _refuse_unknown(name: str, unknown: Sequence[tuple[int, str]]) -> None:
    if not unknown:
        return
    (line, said), *more = unknown
    others = [f"line {n}" for n, _ in more[:9]] + (["..."] if len(more) > 9 else [])
    rest = f"; so with {len(more)} more: {', '.join(others)}" if more else ""
    raise UnreadableInputError(f"{name}, line {line}", said + rest, "write the codebook's word")


def _row(record: dict[str, Any], cursor: Cursor) -> GoldRow | str:
    """Make a row, or return the code of what is wrong with it."""
    truth = truth_of(record)
    text = record.get("text")
    if not isinstance(text, str) or not text.strip():
        return "gold-without-text"
    if not any(name in truth for name in FACETS):
        return "gold-without-label"
    if contradicts(truth):
        return "gold-contradiction"
    context = record.get("context")
    if context is not None and not isinstance(context, list):
        return "wrong-shape"
    time = cursor.time(_first(record, _TIMES))
    said: list[Said] = list(_before(context or []))[-CONTEXT:]
    said.append(("user", text, time, identifier(_first(record, _IDS)) or ""))
    person = stated(
        {name: record.get(name) for name in FIELDS if name != "language"},
        identifier(_first(record, _USERS)),
        cursor,
    )
    (conversation,) = cursor.conversation(
        identifier(_first(record, _CONVERSATIONS)), person, in_a_row(said, cursor), time
    )
    return GoldRow(cursor.offset, conversation, truth)


def _before(context: list[Any]) -> Iterator[Said]:
    for said in context:
        if isinstance(said, dict) and role_of(said.get("role")):
            yield said["role"], said.get("text", said.get("content")), None, ""


def _first(record: dict[str, Any], keys: tuple[str, ...]) -> Any:
    return next((record[key] for key in keys if record.get(key) is not None), None)


def _again(
    row: GoldRow, record: dict[str, Any], met: dict[tuple[object, ...], dict[str, str]]
) -> str:
    """Return a code if the same message was there before; equal words of two people are not it."""
    said = row.conversation
    key = (
        said.person.id,
        said.id,
        identifier(_first(record, _IDS)),
        said.time,
        *((turn.role, turn.text) for turn in said.turns),
    )
    before = met.setdefault(key, row.truth)
    if before is row.truth:
        return ""
    return "gold-row-twice" if before == row.truth else "gold-labelled-twice"


def clusters(rows: Sequence[GoldRow]) -> list[str]:
    """Return what each row is clustered by: the person, else the conversation, else the row."""
    out = []
    for row in rows:
        said = row.conversation
        if said.person.id:
            out.append(f"u{said.person.id}")
        else:
            out.append(f"c{said.id}" if said.id else f"r{row.line}")
    return out
