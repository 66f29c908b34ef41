"""SVG -> PNG files: each drawing once, several at a time, kept from one build to the next."""

import hashlib
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from uptake.engine import store
from uptake.publish.charts.render import png, renderer


def write_pictures(drawings: Mapping[Path, str], kept: Path | None, jobs: int = 1) -> None:
    """Draw SVGs as PNG files.

    The renderer lets other threads run, so that each processor may draw its own. A drawing is known
    by its content and by what draws it: one that did not change is copied from ``kept``, and one
    that no longer occurs is removed from there.

    Args:
        drawings: The SVG of each file to write.
        kept: Folder of drawings made before; None: draw all.
        jobs: Drawings under way at a time.
    """
    made = {path: _name(svg) for path, svg in drawings.items()}
    unique = {made[path]: svg for path, svg in drawings.items()}
    with ThreadPoolExecutor(jobs) as pool:
        found = pool.map(lambda name: _drawn(unique[name], name, kept), unique)
        drawn = dict(zip(unique, found, strict=True))
    for path, name in made.items():
        path.write_bytes(drawn[name])
    for old in kept.glob("*.png") if kept else ():
        if old.stem not in unique:
            old.unlink(missing_ok=True)


def _name(svg: str) -> str:
    return hashlib.sha256(f"{renderer()}\n{svg}".encode()).hexdigest()[:32]


def _drawn(svg: str, name: str, kept: Path | None) -> bytes:
    path = kept / f"{name}.png" if kept else None
    if path and path.is_file():
        return path.read_bytes()
    drawn = png(svg)
    if path:
        store.write_bytes(path, drawn)
    return drawn
