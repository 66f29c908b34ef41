"""Documents to read: pages, and PDF files written sign by sign."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from uptake.gather import gather_document
from uptake.model.evidence import Document
from uptake.model.issue import Issue

MakePdf = Callable[..., bytes]
Gather = Callable[..., tuple[Document, str]]
Refuse = Callable[..., Issue]


def _text(lines: Sequence[tuple[float, float, str]], codes: dict[str, int], size: int) -> bytes:
    shown = b"".join(
        b"1 0 0 1 %.1f %.1f Tm <%s> Tj\n"
        % (x, y, "".join(f"{codes[sign]:02x}" for sign in line).encode())
        for x, y, line in lines
    )
    return b"BT /F1 %d Tf\n%sET" % (size, shown)


def _to_unicode(codes: dict[str, int]) -> bytes:
    pairs = b"".join(b"<%02x> <%04x>\n" % (code, ord(sign)) for sign, code in codes.items())
    return (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
        b"/CMapName /C def /CMapType 2 def\n"
        b"1 begincodespacerange <00> <ff> endcodespacerange\n"
        b"%d beginbfchar\n%sendbfchar\nendcmap end end" % (len(codes), pairs)
    )


Placed = str | tuple[float, float, str]
"""A line under the one before it, or one at a place of its own, in points."""


def build_pdf(
    *pages: Sequence[Placed],
    title: str = "",
    created: str = "",
    trailer: bytes = b"",
    pitch: int = 14,
) -> bytes:
    """Write a PDF of some pages of lines; an empty line is a gap of half a line."""
    printed = [line if isinstance(line, str) else line[2] for page in pages for line in page]
    signs = sorted({sign for line in printed for sign in line})
    codes = {sign: number for number, sign in enumerate(signs, 33)}
    assert len(codes) < 220
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>"
        % (b" ".join(b"%d 0 R" % (6 + 2 * n) for n in range(len(pages))), len(pages)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 4 0 R >>",
        _stream(_to_unicode(codes)),
        b"<< /Title <%s> /CreationDate (%s) >>"
        % (("\ufeff" + title).encode("utf-16-be").hex().encode(), created.encode()),
    ]
    for number, page in enumerate(pages):
        y, placed = 740.0, []
        for line in page:
            if not isinstance(line, str):
                placed.append(line)
                continue
            y -= pitch if line else pitch / 2
            if line:
                placed.append((72.0, y, line))
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (7 + 2 * number),
            _stream(_text(placed, codes, 11)),
        ]
    return _file(objects, trailer)


def _stream(data: bytes) -> bytes:
    return b"<< /Length %d >>\nstream\n%s\nendstream" % (len(data), data)


def _file(objects: Sequence[bytes], trailer: bytes) -> bytes:
    out, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R /Info 5 0 R %s >>\n"
        b"startxref\n%d\n%%%%EOF\n" % (len(objects) + 1, table, len(objects) + 1, trailer, len(out))
    )


@pytest.fixture(scope="session")
def make_pdf() -> MakePdf:
    """Give the writer of PDF files."""
    return build_pdf


@pytest.fixture
def gather(tmp_path: Path) -> Gather:
    """Give a function that gathers a document from bytes (and a sidecar), and refuses issues."""

    def run(name: str, data: bytes | str, beside: str = "") -> tuple[Document, str]:
        found = _gathered(tmp_path, name, data, beside)
        assert not isinstance(found, Issue), found
        return found

    return run


@pytest.fixture
def refuse(tmp_path: Path) -> Refuse:
    """Give a function that gathers a document and expects an issue."""

    def run(name: str, data: bytes | str, beside: str = "") -> Issue:
        found = _gathered(tmp_path, name, data, beside)
        assert isinstance(found, Issue), found
        return found

    return run


def _gathered(
    folder: Path, name: str, data: bytes | str, beside: str
) -> tuple[Document, str] | Issue:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    if beside:
        (folder / f"{name}.source.toml").write_text(beside, encoding="utf-8")
    return gather_document(path, name=name)
