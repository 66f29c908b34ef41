"""Which record format a record is of: by its content, record by record."""

from collections.abc import Sequence
from typing import Any

import msgspec

from uptake.read.decode import check_identity, loosely
from uptake.read.issues import BadRecordError
from uptake.read.record import Cursor, Format

Raw = bytes | dict[str, str]
"""A record before it is understood: bytes of JSON, or a row of CSV."""


class Dispatcher:
    """Decodes records, straight into the shape of the format that the last one had.

    A file of one format is decoded once, by its schema. A record that does not fit is decoded
    without one, and the formats are asked in their order, so that mixed files are read too and
    the order of the records does not matter.

    Attributes:
        fields: Which fields of known names the records had that no format took.
    """

    def __init__(self, formats: Sequence[Format]) -> None:
        """Know the formats in the order in which they are asked."""
        self._formats = tuple(formats)
        self._known = frozenset(name.lower() for form in formats for name in form.columns)
        self.fields: set[str] = set()
        self._decoders: dict[str, msgspec.json.Decoder[Any]] = {}
        self._format: Format | None = None
        self._decoder: msgspec.json.Decoder[Any] = msgspec.json.Decoder()

    def knows(self, columns: Sequence[str]) -> bool:
        """Return whether any of these columns is one that some format reads."""
        return any(name.lower() in self._known for name in columns)

    def take(self, raw: Raw, cursor: Cursor) -> tuple[Format, Any]:
        """Return a record's format and the record in its shape.

        Raises:
            BadRecordError: No format takes it.
        """
        form = self._format
        if form is not None and isinstance(raw, bytes):
            try:
                record = self._decoder.decode(raw)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                pass
            else:
                if form.holds is None or form.holds(record):
                    if form.identity:
                        check_identity(raw, form.identity, form.each)
                    return form, record
        return self._find(raw, cursor)

    def _find(self, raw: Raw, cursor: Cursor) -> tuple[Format, Any]:
        repairs: tuple[str, ...] = ()
        if isinstance(raw, dict):
            value: Any = raw
            data = b""
        else:
            loose = loosely(raw)
            value, data = loose.value, loose.raw
            repairs = loose.repairs
        if not isinstance(value, dict):
            raise BadRecordError("not-an-object")
        form = next((form for form in self._formats if form.fits(value)), None)
        if form is None:
            self.fields |= self._known & {key.lower() for key in value}
            raise BadRecordError("other-schema")
        record = _converted(value, form) if isinstance(raw, dict) else self._decoded(data, form)
        if data:
            check_identity(data, form.identity, form.each)
        for code in repairs:
            cursor.warn(code)
        return form, record

    def _decoded(self, data: bytes, form: Format) -> Any:
        self._format = form
        self._decoder = self._decoders.setdefault(form.title, msgspec.json.Decoder(form.shape))
        try:
            return self._decoder.decode(data)
        except msgspec.ValidationError:
            raise BadRecordError("wrong-shape") from None
        except UnicodeDecodeError:
            raise BadRecordError("invalid-utf8") from None
        except RecursionError:
            raise BadRecordError("too-deep") from None
        except msgspec.DecodeError:
            raise BadRecordError("invalid-json") from None


def _converted(row: dict[str, str], form: Format) -> Any:
    """Return a row of CSV in a format's shape; an empty cell is missing."""
    filled = {key: value for key, value in row.items() if value != ""}
    try:
        return msgspec.convert(filled, form.shape, strict=False)
    except msgspec.ValidationError:
        raise BadRecordError("wrong-shape") from None
