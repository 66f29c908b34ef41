"""What went wrong, as data: an issue is counted and published, never its record's content."""

from typing import Literal

import msgspec

Severity = Literal["warning", "error"]


class Issue(msgspec.Struct, frozen=True, gc=False):
    """One thing that went wrong at one place of one input.

    Attributes:
        stage: The package that met it (``read``, ``gather`` ...).
        file: The input's name relative to its folder, members of archives after ``!``.
        offset: Byte offset, line or row number of the record in the (unpacked) file; -1 if none.
        code: A word of a closed list, in kebab case (``invalid-json``): issues are counted by it.
        detail: What a person needs to mend it, from our own words and numbers only.
        length: Bytes of the rejected record, 0 if not known.
        sha256: Hex digest of the rejected record's bytes, empty if not known.
        severity: ``error``: a record was lost to the figures; ``warning``: a field of it was.
    """

    stage: str
    file: str
    offset: int
    code: str
    detail: str = ""
    length: int = 0
    sha256: str = ""
    severity: Severity = "error"
