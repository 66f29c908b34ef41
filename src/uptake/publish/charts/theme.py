"""Colours and type of all charts.

Each colour is written into the SVG as it is for light paper, once per meaning; ``style.css`` maps
the same values to variables, so that dark mode and print change them without another drawing. The
palette is safe for the colour-blind, and nothing is told by colour alone.
"""

import re
from typing import Any

INK = "#1c2431"
MUTED = "#596273"
AXIS = "#a3acb9"
GRID = "#dde2e9"
PAPER = "#fffffe"
ACCENT = "#0b5c8e"
BAND = "#bcd8e9"
BAR = "#8fc0dd"
OTHER = "#a8480f"
LAND = "#e9ebef"
BORDER = "#fefefe"
HATCH = "#c9ced6"
STEPS = ("#e4eff6", "#b6d4e7", "#7eb3d4", "#3d86b6", "#0f598a")
ON_DARK = "#fdfdfd"
"""Text on the two darkest steps."""

PALETTE = (
    INK, MUTED, AXIS, GRID, PAPER, ACCENT, BAND, BAR, OTHER, LAND, BORDER, HATCH, *STEPS, ON_DARK,
)  # fmt: skip

FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
"""Comes with the renderer, so that a PNG is the same on each machine; pages replace it by the
reader's system font."""

WIDE_FONT = "Noto Sans, DejaVu Sans, Segoe UI, Arial, sans-serif"
"""For letters that the former lacks: those of Kazakh, Kyrgyz, Tajik, Azerbaijani, and Uzbek."""

_HELD = re.compile("[\u0020-\u017f\u0391-\u03ce\u0400-\u045f\u2010-\u2026]*")

SIZE = 12.5
PANEL = 360
"""Width of a panel in pixels: fits a phone."""


def face(text: str) -> str:
    """Return the font for a text.

    >>> face("Казахстан") == FONT, face("Қазақстан") == WIDE_FONT, face("Azərbaycan") == WIDE_FONT
    (True, True, True)
    """
    return FONT if _HELD.fullmatch(text) else WIDE_FONT


def config(font: str = FONT) -> dict[str, Any]:
    """Return the Vega-Lite configuration that all charts share."""
    return {
        "background": None,
        "font": font,
        "aria": False,
        "view": {"stroke": None},
        "axis": {
            "labelColor": MUTED,
            "labelFontSize": SIZE,
            "titleColor": MUTED,
            "titleFontSize": SIZE,
            "titleFontWeight": "normal",
            "domainColor": AXIS,
            "tickColor": AXIS,
            "gridColor": GRID,
            "labelPadding": 5,
            # Labels are cut to their width before; measuring them again costs a third of the time.
            "labelLimit": 0,
            "labelOverlap": False,
            "labelFlush": False,
        },
        "title": {
            "color": INK,
            "fontSize": 14,
            "fontWeight": "bold",
            "anchor": "start",
            "frame": "group",
        },
        "text": {"fontSize": SIZE, "color": INK},
    }


def text_width(text: str, size: float = SIZE) -> float:
    """Guess a text's width in pixels, from the mean widths of letters in a wide sans-serif face.

    A page shows it in the reader's system font: better too much room than too little.
    """
    narrow = sum(letter in "iljtfrI.,:;'()|! " for letter in text)
    wide = sum(letter in "mwMW%@—ШЩЖЮМшщжюм" for letter in text)
    return size * (0.59 * (len(text) - narrow - wide) + 0.32 * narrow + 0.92 * wide)


def fitted(text: str, width: float, size: float = SIZE) -> str:
    """Cut a text to a width, with an ellipsis where something is lost.

    >>> fitted("Central Asia", 200), fitted("Central Asia and Azerbaijan", 90)
    ('Central Asia', 'Central Asia…')
    """
    if text_width(text, size) <= width:
        return text
    while text and text_width(text + "…", size) > width:
        text = text[:-1]
    return text.rstrip() + "…"


def lines_of(text: str, width: float, size: float = SIZE, most: int = 99) -> list[str]:
    """Break a text into lines of at most a width, at spaces; the last one takes what is left.

    >>> lines_of("Relationships, reflection", 100, most=2)
    ['Relationships,', 'reflection']
    """
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and (len(lines) == most or text_width(longer, size) <= width):
            lines[-1] = longer
        else:
            lines.append(word)
    return [fitted(line, width, size) for line in lines]


def distinct(labels: list[str]) -> list[str]:
    """Make equal labels differ, invisibly: two rows must not fall into one.

    >>> [len(label) for label in distinct(["a", "b", "a"])]
    [1, 1, 2]
    """
    met: dict[str, int] = {}
    out = []
    for label in labels:
        met[label] = met.get(label, 0) + 1
        out.append(label + "\N{NO-BREAK SPACE}" * (met[label] - 1))
    return out
