"""What can be wrong with an input: a closed list of codes, and no content of a record ever."""

import hashlib
from typing import Final, Literal

from uptake.model.issue import Issue

Severity = Literal["warning", "error"]

ERRORS: Final[dict[str, str]] = {
    "invalid-json": "The record is not valid JSON.",
    "invalid-utf8": "A text in the record is not UTF-8.",
    "truncated-record": "The file ends in the middle of the record.",
    "too-long": "The record is longer than the limit and was passed over unread.",
    "too-deep": "The record nests deeper than any export does.",
    "not-an-object": "The record is a bare value, not an object.",
    "other-schema": "The record has the fields of no known format.",
    "wrong-shape": "The record looks like its format, but a field holds another type.",
    "duplicate-key": "The record states who or which conversation it is more than once.",
    "wrong-columns": "The row has more or fewer columns than the header.",
    "unclosed-quote": "The row opens a quote that nothing closes.",
    "trailing-data": "After the end of the data there is something else.",
    "truncated-file": "The file ends before its end; what came before was read.",
    "damaged-file": "The packed data are damaged; what came before was read.",
    "too-large": "The unpacked file is larger than the limit; what came before was read.",
    "read-failed": "The system could not read on; what came before was read.",
    "undecodable-row": "The row of the Parquet file could not be decoded.",
    "parquet-stopped": "Decoding the Parquet file ended early; what came before was read.",
    "encrypted-member": "The member of the archive is encrypted.",
    "unsafe-name": "The member's name points outside of the archive.",
    "symlink-member": "The member is a link, not a file.",
    "nested-archive": "The member is itself packed; unpack it first.",
    "duplicate-member": "The archive holds two members of the same name; the first was read.",
    "overlapping-members": "Members share bytes, as in a decompression bomb.",
    "unsupported-packing": "The member is packed in a way that is not supported.",
}
"""Each of these means that a record, or the rest of a file, is lost to the figures."""

WARNINGS: Final[dict[str, str]] = {
    "no-user-message": "The conversation holds no message by a person and was skipped.",
    "empty-message": "A message has neither text nor attachment and was left out.",
    "bad-time": "A time could not be understood and is unknown.",
    "time-out-of-range": "A time lies before 2000 or in the far future and is unknown.",
    "bad-value": "A stated age, birth year or name has no sensible value and is unknown.",
    "text-cut": "A message is longer than the limit; its end was cut off.",
    "lone-surrogate": "Half a character (a lone surrogate) was replaced.",
    "not-a-number": "NaN or Infinity, which JSON does not know, was read as missing.",
    "broken-tree": "A message follows itself or one that is missing; it starts anew.",
    "duplicate-message": "Two messages of a conversation have the same identifier.",
    "high-ratio": "The file is packed unusually tightly.",
    "transcoded": "The file is not UTF-8 but UTF-16 or UTF-32 and was transcoded.",
    "trailing-bytes": "After the end of the packed data there are other bytes.",
    "unrecognised-member": "The member holds data, but no records of a known format.",
    "empty-file": "The file holds no records.",
}
"""Each of these means that a field is lost, or that something deserves a look."""

CODES: Final[dict[str, str]] = {**ERRORS, **WARNINGS}
"""All codes of this stage with one sentence each."""


class BadRecordError(Exception):
    """A record can not be used; holds a code and nothing of the record."""

    def __init__(self, code: str) -> None:
        """Keep the code."""
        super().__init__(code)
        self.code = code


def issue(code: str, file: str, offset: int = -1, detail: str = "") -> Issue:
    """Make an issue of this stage; the code decides how severe it is.

    Raises:
        KeyError: The code is not in ``CODES``.

    >>> issue("empty-file", "logs/a.jsonl").severity
    'warning'
    """
    severity: Severity = "warning" if code in WARNINGS else "error"
    if code not in CODES:
        raise KeyError(code)
    return Issue("read", file, offset, code, detail, severity=severity)


def rejected(code: str, file: str, offset: int, raw: bytes) -> Issue:
    """Make an issue of a rejected record: where it was, how long and its hash, never its bytes."""
    digest = hashlib.sha256(raw).hexdigest()
    return Issue("read", file, offset, code, "", len(raw), digest)
