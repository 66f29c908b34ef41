"""Bytes -> text, in the encoding that they are in, or refused: never text that nobody wrote."""

import codecs
import re

from uptake.gather.reasons import NotADocumentError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x80-\x84\x86-\x9f]")
_LATIN = re.compile("[À-ÖØ-öø-ÿ]")
_LETTERS = re.compile(r"[^\W\d_]")
_SWAPPED = re.compile(r"(?<![^\W\d_])[а-яё][А-ЯЁ]{2}")
_CAPITALISED = re.compile(r"(?<![^\W\d_])[А-ЯЁ][а-яё]{2}")
_SAMPLE = 100_000


def decode(data: bytes, declared: str = "") -> str:
    r"""Return the text of a file with its line ends, and a mark of UTF-8 at its head, as they are.

    A byte order mark counts first, then UTF-8, for text in another encoding is hardly ever valid
    UTF-8, then what is declared. Nothing is guessed from statistics.

    Args:
        data: The file.
        declared: Encoding that the file or the file beside it names; empty if none.

    Raises:
        NotADocumentError: It is in none of them, or holds NUL.

    >>> decode("İş".encode("cp1254"), "cp1254"), decode("Баку".encode(), "cp1251")
    ('İş', 'Баку')
    """
    text = _decoded(data, declared)
    sample = text[:_SAMPLE]
    if "\x00" in sample:
        raise NotADocumentError("document-format", "holds NUL: this is no text file")
    return text


def lines(text: str) -> str:
    r"""Return a text with its line ends as ``\n`` and no mark at its head.

    >>> lines("\ufeffa\r\nb\rc")
    'a\nb\nc'
    """
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes, declared: str) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            try:
                return data.decode(name)
            except UnicodeDecodeError as error:
                raise _at(error.start, name.upper()) from None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if not declared:
            raise _at(error.start, "UTF-8") from None
    try:
        return data.decode(declared)
    except LookupError:
        raise NotADocumentError(
            "document-encoding", f"declares {declared[:20]!r}, which is no encoding"
        ) from None
    except UnicodeDecodeError as error:
        raise _at(error.start, declared[:20]) from None


def _at(offset: int, name: str) -> NotADocumentError:
    return NotADocumentError(
        "document-encoding",
        f"byte {offset} is not {name}; save the file as UTF-8, or state its encoding beside it",
    )


def refuse_misread(text: str) -> None:
    """Refuse text that only bytes read in a wrong encoding give.

    Raises:
        NotADocumentError: Most letters are of the upper half of Latin-1, as those of Cyrillic
            misread; small letters stand before capitals; or there are control signs.

    >>> refuse_misread("Казахстан планирует".encode("cp1251").decode("latin-1"))
    Traceback (most recent call last):
    uptake.gather.reasons.NotADocumentError: document-encoding
    """
    text = text[:_SAMPLE]
    letters = len(_LETTERS.findall(text))
    controls = len(_CONTROLS.findall(text))
    latin = len(_LATIN.findall(text))
    swapped, capitalised = len(_SWAPPED.findall(text)), len(_CAPITALISED.findall(text))
    if controls > 0.001 * len(text) or latin > 0.5 * letters or swapped > capitalised:
        raise NotADocumentError(
            "document-encoding", "is not in the encoding it declares; save it as UTF-8"
        )
