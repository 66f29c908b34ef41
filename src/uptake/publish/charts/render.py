"""Altair chart -> SVG panel; panels -> one sheet as SVG and PNG: no network, clock or chance."""

import json
import re
import struct
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from typing import Any

from uptake.model.errors import MissingExtraError
from uptake.publish.charts.theme import INK, MUTED, PAPER, config, face, lines_of

_ROOT = re.compile(r"<svg [^>]*>")
_SIZE = re.compile(r'width="([\d.]+)" height="([\d.]+)"')
_IDS = re.compile(r'(id="|url\(#|href="#)((?:clip|gradient)_?\d+)')
_EMPTY = re.compile(r'<path class="(?:background|foreground)" aria-hidden="true" d=""[^>]*/>')
_NOISE = re.compile(
    r' (?:class="[^"]*"|aria-hidden="true"|role="[^"]*"|aria-roledescription="[^"]*"'
    r'|stroke-miterlimit="10"|pointer-events="none"|opacity="1")'
)
PNG_SCALE = 1.3
DEFLATE = 6
MARGIN = 24


@dataclass(frozen=True, slots=True)
class Panel:
    """One drawing: SVG without its root element, and its size in pixels."""

    inner: str
    width: float
    height: float

    def svg(self, prefix: str, name: str) -> str:
        """Return the SVG for a page.

        Args:
            prefix: Goes before each id, as ids of all drawings share one page.
            name: What the drawing says, for who does not see it.
        """
        inner = _IDS.sub(rf"\g<1>{prefix}-\2", self.inner)
        size = f'viewBox="0 0 {self.width:g} {self.height:g}" width="{self.width:g}"'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" '
            f'aria-label="{escape(name)}" {size} height="{self.height:g}">{inner}</svg>'
        )


def altair() -> Any:
    """Import Altair and its renderer.

    Raises:
        MissingExtraError: The extra ``site`` is not installed.
    """
    try:
        import altair as alt
        import vl_convert  # noqa: F401
    except ImportError:
        raise MissingExtraError("drawing charts", "site") from None
    return alt


class Board:
    """Holds the data of one chart aside: Altair copies what stands in a chart many times over."""

    def __init__(self) -> None:
        self.alt = altair()
        self.datasets: dict[str, list[Any]] = {}

    def chart(self, values: Sequence[Any]) -> Any:
        """Return a chart of these rows."""
        name = f"d{len(self.datasets)}"
        self.datasets[name] = list(values)
        return self.alt.Chart(self.alt.NamedData(name=name))

    def panel(self, layers: Sequence[Any], **properties: Any) -> Panel:
        """Lay charts over each other, compile and draw them.

        Args:
            layers: From the lowest to the highest.
            properties: Of the whole, in Vega-Lite's own words.
        """
        # Altair's own layering copies every layer several times over.
        parts = [_bare(layer.to_dict(validate=False)) for layer in layers]
        return _drawn({"layer": parts, "datasets": self.datasets, **properties})


def _bare(spec: dict[str, Any]) -> dict[str, Any]:
    return {name: part for name, part in spec.items() if name not in ("$schema", "config")}


def _drawn(spec: dict[str, Any]) -> Panel:
    import vl_convert as vlc

    spec["config"] = config(face(json.dumps(spec, ensure_ascii=False)))
    vega = vlc.vegalite_to_vega(spec)
    text = vlc.vega_to_svg(vega, allowed_base_urls=[])
    root = _ROOT.search(text)
    size = _SIZE.search(root.group()) if root else None
    if root is None or size is None:
        raise ValueError("the renderer gave no SVG")
    inner = text[root.end() : text.rindex("</svg>")]
    inner = _renumbered(_NOISE.sub("", _EMPTY.sub("", inner)))
    return Panel(inner, float(size[1]), float(size[2]))


def _renumbered(inner: str) -> str:
    """Number ids in their order: the renderer counts on from whatever was drawn before."""
    met: dict[str, str] = {}
    return _IDS.sub(lambda found: f"{found[1]}{met.setdefault(found[2], f'clip{len(met)}')}", inner)


@contextmanager
def unchecked() -> Iterator[None]:
    """Draw without checking each part against the Vega-Lite schema: the tests do, pages need not.

    It saves a seventh of a site's time.
    """
    altair()
    from altair.utils.schemapi import debug_mode

    with debug_mode(False):
        yield


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands around the panels of a download, so that it can travel alone."""

    title: str
    subtitle: str
    source: str
    notice: str
    columns: int = 3


def sheet_svg(panels: Sequence[Panel], sheet: Sheet) -> str:
    """Put panels on white paper under a title, over a source line."""
    columns = min(sheet.columns, len(panels))
    rows = [panels[i : i + columns] for i in range(0, len(panels), columns)]
    width = max(560.0, max(sum(p.width for p in row) for row in rows) + 2 * MARGIN)
    parts: list[str] = []
    y = float(MARGIN)
    head = [(sheet.title, 18.0, INK, 700), (sheet.subtitle, 13.0, MUTED, 400)]
    if sheet.notice:
        head.append((_sentence(sheet.notice), 13.0, INK, 700))
    for text, size, colour, weight in head:
        y = _write(parts, lines_of(text, width - 2 * MARGIN, size), y, (size, colour, weight))
    y += 14
    for row in rows:
        x = float(MARGIN)
        for item in row:
            inner = _IDS.sub(rf"\g<1>p{len(parts)}-\2", item.inner)
            parts.append(f'<g transform="translate({x:g},{y:g})">{inner}</g>')
            x += item.width
        y += max(item.height for item in row) + 14
    y = _write(parts, lines_of(sheet.source, width - 2 * MARGIN, 11.5), y + 4, (11.5, MUTED, 400))
    height = round(y + MARGIN / 2)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height}" '
        f'viewBox="0 0 {width:g} {height}" role="img">'
        f"<title>{escape(sheet.title)}</title>"
        f'<rect width="{width:g}" height="{height}" fill="{PAPER}"/>{"".join(parts)}</svg>\n'
    )


def _write(
    parts: list[str], lines: Sequence[str], y: float, style: tuple[float, str, int]
) -> float:
    size, colour, weight = style
    for line in lines:
        y += size * 1.32
        parts.append(
            f'<text x="{MARGIN}" y="{y:g}" font-family="{face(line)}" font-size="{size:g}" '
            f'font-weight="{weight}" fill="{colour}">{escape(line)}</text>'
        )
    return y


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def renderer() -> str:
    """Return what a PNG depends on but its SVG: the renderer's version, the scale, the packing."""
    from importlib.metadata import version

    return f"vl-convert {version('vl-convert-python')}, scale {PNG_SCALE:g}, deflate {DEFLATE}"


def png(svg: str) -> bytes:
    """Draw an SVG as PNG, compressed well: the renderer's own files are four times as large."""
    import vl_convert as vlc

    drawn = bytes(vlc.svg_to_png(svg, scale=PNG_SCALE))
    chunks = list(_chunks(drawn))
    pixels = zlib.decompress(b"".join(body for kind, body in chunks if kind == b"IDAT"))
    header = next(body for kind, body in chunks if kind == b"IHDR")
    packed = [(b"IHDR", header), (b"IDAT", zlib.compress(pixels, DEFLATE)), (b"IEND", b"")]
    return drawn[:8] + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in packed
    )


def _chunks(drawn: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 8
    while at < len(drawn):
        (length,) = struct.unpack_from(">I", drawn, at)
        yield drawn[at + 4 : at + 8], drawn[at + 8 : at + 8 + length]
        at += length + 12
