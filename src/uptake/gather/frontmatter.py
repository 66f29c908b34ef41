"""What a document says of itself: a block at its head, or a TOML file beside it."""

import re
import tomllib
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from uptake.gather import dates
from uptake.gather.reasons import NotADocumentError

SIDECAR = ".source.toml"
"""Ending of the file beside ``report.pdf`` that says where it comes from."""


class Origin(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a document comes from; see ``Source``. What is not stated is empty."""

    producer: str = ""
    title: str = ""
    url: str = ""
    licence: str = ""
    citation: str = ""
    published: str | None = None
    accessed: str | None = None
    note: str = ""


class Stated(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is stated of a document.

    Attributes:
        title: As shown.
        date: ISO: year, month or day.
        language: Code, where detection is not to decide.
        kind: ``digest`` for a summary in other words than its source's.
        encoding: Of the file's bytes.
        source: Where it comes from.
    """

    title: str = ""
    date: str | None = None
    language: str = ""
    kind: Literal["document", "digest"] = "document"
    encoding: str = ""
    source: Origin = Origin()


NOTHING = Stated()
_TOML = re.compile(r"\A\+\+\+[ \t]*\n(.*?\n)??\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL)
_DASHES = re.compile(r"\A---[ \t]*\n(.*?\n)??(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_ENTRY = re.compile(r"( *)([A-Za-z_][\w-]*):(?:[ \t]+(.*))?")


def split(text: str) -> tuple[Stated | None, str]:
    r"""Part a text from the block at its head, ``+++`` TOML or ``---`` lines of ``key: value``.

    Dashes without such lines between them are no block. Keys that are not ours are left alone
    in a ``---`` block, which other tools write too.

    >>> stated, body = split("---\ntitle: A plan\nkind: digest\n---\nText.\n")
    >>> stated.title, stated.kind, body
    ('A plan', 'digest', 'Text.\n')

    Raises:
        NotADocumentError: A block says what it may not.
    """
    if match := _TOML.match(text):
        return from_toml(match[1] or "", "the block at its head"), text[match.end() :]
    if (match := _DASHES.match(text)) and (entries := _entries(match[1] or "")) is not None:
        ours = {key: entries[key] for key in Stated.__struct_fields__ if key in entries}
        return _convert(ours, "the block at its head"), text[match.end() :]
    return None, text


def from_toml(text: str, where: str) -> Stated:
    """Read what a TOML text states.

    Raises:
        NotADocumentError: It is no TOML, or says what it may not.
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        raise NotADocumentError("document-source", f"{where} is no TOML") from None
    return _convert(raw, where)


def _convert(raw: Mapping[str, Any], where: str) -> Stated:
    plain = {**raw, "date": _date(raw.get("date"), "date", where)}
    source = raw.get("source")
    if isinstance(source, Mapping):
        days = {key: _date(source.get(key), key, where) for key in ("published", "accessed")}
        plain["source"] = {**source, **days}
    try:
        return msgspec.convert(plain, Stated)
    except msgspec.ValidationError as error:
        # The message names the field and the type, never the text of the field.
        raise NotADocumentError("document-source", f"{where}: {error}") from None


def _date(value: object, key: str, where: str) -> str | None:
    if value is None or value == "":
        return None
    found = dates.iso(value)
    if found is None:
        raise NotADocumentError("document-source", f"{where}: {key} is no date such as 2025-10-03")
    return found


def _entries(block: str) -> dict[str, Any] | None:
    """Return the entries of a ``---`` block, one level deep; None if it is none."""
    found: dict[str, Any] = {}
    group: dict[str, Any] | None = None
    for line in block.split("\n"):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _ENTRY.fullmatch(line.rstrip())
        if match is None:
            if not found or not line.startswith((" ", "-", "\t")):
                return None  # a thematic break and some text
            continue  # a list or a folded text, of which we hold none
        indent, key, value = match.groups()
        if indent:
            if group is not None:
                group[key] = _unquoted(value or "")
        elif value:
            found[key], group = _unquoted(value), None
        else:
            found[key] = group = {}
    return {key: value if value != {} else "" for key, value in found.items()} or None


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value
