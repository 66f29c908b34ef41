"""Charts are the same each time, follow the page's colours and are sound files."""

import re
import struct
import subprocess
import sys
import zlib
from itertools import pairwise
from pathlib import Path

import pytest

from uptake.model.errors import MissingExtraError
from uptake.model.estimate import Estimate
from uptake.model.release import Release
from uptake.publish import OUTPUTS, Edition
from uptake.publish.charts import dots, lines, maps, theme
from uptake.publish.charts.render import Sheet, png, sheet_svg
from uptake.publish.rendering import style
from uptake.publish.slices import Mark


def estimate(value: float, half: float = 0.05) -> Estimate:
    return Estimate(value, max(value - half, 0), min(value + half, 1), 0.95, 90, "sampling")


ROWS = [
    dots.Row("Asking", estimate(0.42), estimate(0.5)),
    dots.Row('<b>& "Қазақша" əğı oʻ</b>', estimate(0.3)),
    dots.Row("Expressing", Mark.WITHHELD),
    dots.Row("Absent", Mark.NOT_PUBLISHED),
]


def texts(svg: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", svg)


def test_rows_say_their_value_or_why_there_is_none() -> None:
    said = texts(dots.draw(ROWS, dots.Look("Title", 0.6, 120)).inner)
    assert "Title" in said
    assert {"42%", "30%", "withheld", "not published"} <= set(said)


def test_a_label_with_markup_stays_text() -> None:
    inner = dots.draw(ROWS, dots.Look("<i>x</i>", 0.6, 140)).inner
    assert "<b>" not in inner
    assert "<i>" not in inner
    assert "&lt;b&gt;" in inner


def test_equal_labels_stay_two_rows() -> None:
    rows = [dots.Row("Same", estimate(0.1)), dots.Row("Same", estimate(0.4))]
    said = texts(dots.draw(rows, dots.Look("", 0.6, 80)).inner)
    assert sum(text.strip("\N{NO-BREAK SPACE}") == "Same" for text in said) == 2


def test_a_withheld_month_leaves_a_gap_and_a_cross() -> None:
    months = [f"2025-{m:02d}" for m in range(1, 8)]
    cells = [(m, Mark.WITHHELD if m == "2025-04" else estimate(0.3)) for m in months]
    inner = lines.draw(lines.Curve("Asking", cells, [], 0.6)).inner
    (line,) = re.findall(
        rf'<path[^>]* d="([^"]*)"[^>]*stroke="{theme.ACCENT}"[^>]*stroke-width', inner
    )
    assert line.count("M") == 2
    assert f'fill="{theme.MUTED}"' in inner


def test_a_hidden_value_is_on_no_map() -> None:
    shown = {"KAZ": maps.Shown(0.1234, "12%"), "UZB": maps.Shown(Mark.WITHHELD, "[c]")}
    panel = maps.draw(["KAZ", "UZB"], shown, [])
    assert panel is not None
    assert {"KAZ", "12%", "UZB", "[c]"} <= set(texts(panel.inner))


def test_hatching_stays_inside() -> None:
    square = [[(0.0, 0.0), (50.0, 0.0), (50.0, 50.0), (0.0, 50.0)]]
    hole = [(20.0, 20.0), (30.0, 20.0), (30.0, 30.0), (20.0, 30.0)]
    segments = maps.hatch([*square, hole])
    assert len(segments) > 10
    for x, y, x2, y2 in segments:
        mx, my = (x + x2) / 2, (y + y2) / 2
        assert 0 <= mx <= 50
        assert 0 <= my <= 50
        assert not (20 < mx < 30 and 20 < my < 30)


@pytest.mark.parametrize("colour", theme.PALETTE)
def test_each_colour_of_the_theme_follows_the_page(colour: str) -> None:
    assert f'="{colour}"]' in style()


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def variables(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


def test_text_has_the_contrast_of_wcag_in_light_and_in_dark() -> None:
    light, dark = re.findall(r":root \{(.*?)\}", style(), flags=re.S)[:2]
    for values in (variables(light), {**variables(light), **variables(dark)}):
        for text, ground in (
            ("ink", "paper"), ("muted", "paper"), ("accent", "paper"), ("muted", "surface"),
            ("ink", "surface"), ("on-top", "top"), ("on-top-soft", "top"), ("warn-ink", "warn"),
            ("on-step", "step5"), ("ink", "step1"), ("ink", "step2"), ("ink", "land"),
        ):  # fmt: skip
            assert contrast(values[text], values[ground]) >= 4.5, (text, ground)
        for graphic in ("accent", "other", "bar"):
            assert contrast(values[graphic], values["paper"]) >= (1.8 if graphic == "bar" else 3)


def test_the_steps_of_a_map_are_told_apart_without_colour() -> None:
    grey = [luminance(colour) for colour in theme.STEPS]
    assert grey == sorted(grey, reverse=True)
    assert all(a / b > 1.3 for a, b in pairwise(grey))


def test_a_png_is_sound_and_says_its_notice() -> None:
    panel = dots.draw(ROWS, dots.Look("Title", 0.6, 120))
    svg = sheet_svg([panel, panel], Sheet("A <title>", "Sub", "Source: x", "Synthetic data."))
    assert "Synthetic data." in texts(svg)
    assert "A &lt;title&gt;" in texts(svg)
    drawn = png(svg)
    assert drawn[:8] == b"\x89PNG\r\n\x1a\n"
    at, pixels, size = 8, b"", (0, 0)
    while at < len(drawn):
        (length,) = struct.unpack_from(">I", drawn, at)
        kind, body = drawn[at + 4 : at + 8], drawn[at + 8 : at + 8 + length]
        assert struct.unpack_from(">I", drawn, at + 8 + length)[0] == zlib.crc32(kind + body)
        size = struct.unpack_from(">II", body) if kind == b"IHDR" else size
        pixels += body if kind == b"IDAT" else b""
        at += length + 12
    assert len(zlib.decompress(pixels)) == size[1] * (size[0] * 4 + 1)


def test_ids_of_panels_on_one_sheet_differ() -> None:
    panel = lines.draw(lines.Curve("a", [("2025-01", estimate(0.3))], [], 0.6))
    ids = re.findall(r'id="([^"]+)"', sheet_svg([panel, panel], Sheet("t", "s", "x", "")))
    assert len(ids) == len(set(ids))


def test_without_the_extra_the_site_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, bare: Release, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "altair", None)
    for output in ("site", "report"):
        with pytest.raises(MissingExtraError, match=r"uptake\[site\]"):
            OUTPUTS[output](Edition(bare), tmp_path)
    assert not list(tmp_path.iterdir())


def test_another_process_draws_the_same_bytes(tmp_path: Path, tiny: Release) -> None:
    OUTPUTS["site"](Edition(tiny), tmp_path / "here")
    code = (  # a package elsewhere has the name "tests"
        "import sys, types; from pathlib import Path; tests = types.ModuleType('tests');"
        "tests.__path__ = [sys.argv[1]]; sys.modules['tests'] = tests;"
        "from tests.publish import conftest;"
        "conftest.OUTPUTS['site'](conftest.Edition(conftest.make_tiny()), Path(sys.argv[2]))"
    )
    subprocess.run(
        [sys.executable, "-c", code, str(Path(__file__).parents[1]), str(tmp_path / "there")],
        check=True,
        env={"PYTHONHASHSEED": "7", "PATH": ""},
    )
    here, there = tmp_path / "here", tmp_path / "there"
    names = sorted(p.relative_to(here) for p in here.rglob("*") if p.is_file())
    assert names == sorted(p.relative_to(there) for p in there.rglob("*") if p.is_file())
    assert any(name.suffix == ".png" for name in names)
    for name in names:
        assert (here / name).read_bytes() == (there / name).read_bytes(), name
