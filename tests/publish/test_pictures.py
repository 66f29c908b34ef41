"""A picture is drawn once, whatever the number of threads and of builds, with the same bytes."""

from pathlib import Path

import pytest

from uptake.publish import pictures
from uptake.publish.charts.render import png
from uptake.publish.pictures import write_pictures


def svg(text: str) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30" viewBox="0 0 90 30">'
        f'<text x="4" y="20" font-family="Liberation Sans" font-size="12">{text}</text></svg>'
    )


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    met: list[str] = []

    def draw(text: str) -> bytes:
        met.append(text)
        return png(text)

    monkeypatch.setattr(pictures, "png", draw)
    return met


def test_threads_draw_the_bytes_that_one_alone_draws(tmp_path: Path) -> None:
    wanted = {tmp_path / f"{i}.png": svg(f"drawing {i}") for i in range(5)}
    write_pictures(wanted, None, jobs=3)
    for path, drawing in wanted.items():
        assert path.read_bytes() == png(drawing)


def test_only_what_changed_is_drawn_again(tmp_path: Path, drawn: list[str]) -> None:
    kept = tmp_path / "kept"
    one, two = tmp_path / "one.png", tmp_path / "two.png"
    write_pictures({one: svg("a"), two: svg("b")}, kept)
    assert len(drawn) == 2
    first = one.read_bytes()
    one.unlink()
    write_pictures({one: svg("a"), two: svg("c")}, kept)
    assert drawn[2:] == [svg("c")]
    assert one.read_bytes() == first
    assert two.read_bytes() == png(svg("c"))


def test_what_no_page_shows_any_more_is_not_kept(tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    write_pictures({tmp_path / "one.png": svg("a")}, kept)
    write_pictures({tmp_path / "one.png": svg("b")}, kept)
    assert len(list(kept.iterdir())) == 1


def test_equal_drawings_are_drawn_once(tmp_path: Path, drawn: list[str]) -> None:
    write_pictures({tmp_path / f"{i}.png": svg("same") for i in range(4)}, None, jobs=2)
    assert len(drawn) == 1
    assert len({p.read_bytes() for p in tmp_path.glob("*.png")}) == 1


def test_another_renderer_draws_anew(
    tmp_path: Path, drawn: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    wanted = {tmp_path / "one.png": svg("a")}
    write_pictures(wanted, tmp_path / "kept")
    monkeypatch.setattr(pictures, "renderer", lambda: "a later version")
    write_pictures(wanted, tmp_path / "kept")
    assert len(drawn) == 2
