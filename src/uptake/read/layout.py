"""How the records lie in a file: JSON lines, an array, objects, CSV; told by its first bytes."""

from dataclasses import dataclass
from typing import Final, Literal

import msgspec

from uptake.read import streams
from uptake.read.csvrows import delimiter_of
from uptake.read.limits import Limits

Name = Literal["lines", "array", "values", "csv", "empty", "unknown"]

_HEAD: Final = 64 * 1024
_LOOKED_AT: Final = 50
_LONGEST_HEADER: Final = 16 * 1024
_SPACE: Final = b" \t\r\n"


@dataclass(frozen=True, slots=True)
class Layout:
    """What a file is.

    Attributes:
        name: How its records lie.
        seen: What was seen, for a person who has to mend it; never content.
    """

    name: Name
    seen: str


def layout_of(stream: streams.Stream, limits: Limits) -> Layout:
    """Tell a layout by the beginning of a stream of UTF-8, which stays unread."""
    head = stream.peek(_HEAD)
    kind = streams.kind_of(head)
    text = head.strip(_SPACE)
    if kind:
        return Layout("unknown", f"{kind} data")
    if not text:
        return Layout("empty", "an empty file")
    if head.count(0) > len(head) // 10:
        return Layout("unknown", "binary data, or UTF-16 without a byte order mark")
    if text.startswith(b"["):
        return _lines_or_array(text)
    if text.startswith(b"{"):
        return _lines_or_values(stream, limits)
    return _text(head, text)


def _lines_or_array(text: bytes) -> Layout:
    """Tell an array from one odd line among good ones."""
    first, _, rest = text.partition(b"\n")
    if rest.lstrip(_SPACE).startswith(b"{") and _is_json(first):
        return Layout("lines", "JSON lines")
    return Layout("array", "a JSON array")


def _lines_or_values(stream: streams.Stream, limits: Limits) -> Layout:
    """Tell JSON lines from objects that spread over several lines."""
    size = _HEAD
    while True:
        head = stream.peek(size).lstrip(_SPACE)
        line, newline, _ = head.partition(b"\n")
        if newline or len(head) < size - 4 or size > limits.line_bytes:
            break
        size *= 4
    line = line.rstrip(_SPACE)
    if not newline and size > limits.line_bytes:
        return Layout("values", "JSON objects")
    if line.endswith((b"{", b"[", b",")) and not _is_json(line):
        return Layout("values", "JSON objects")
    return Layout("lines", "JSON lines")


def _text(head: bytes, text: bytes) -> Layout:
    """Tell JSON lines that begin badly from CSV and from anything else."""
    lines = head.split(b"\n")
    if len(head) >= _HEAD:
        lines.pop()  # is cut off
    if any(line.lstrip(_SPACE).startswith(b"{") and _is_json(line) for line in lines[:_LOOKED_AT]):
        return Layout("lines", "JSON lines")
    if text.startswith(b"<"):
        return Layout("unknown", "HTML or XML")
    header = text.partition(b"\n")[0].rstrip(_SPACE)
    columns = header.split(delimiter_of(header).encode())
    if len(header) > _LONGEST_HEADER or b"\x00" in header or len(set(columns)) < len(columns):
        return Layout("unknown", "text that is neither JSON nor CSV")
    return Layout("csv", f"text or CSV of {len(columns)} column{'s'[: len(columns) > 1]}")


def _is_json(line: bytes) -> bool:
    try:
        msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return False
    return True
