"""Every file of the catalogue can be read, whatever part of the program asks for it."""

import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

ROOT = Path(str(files("uptake.catalog")))


@pytest.mark.parametrize(
    "path", sorted(ROOT.rglob("*.toml")), ids=lambda p: p.relative_to(ROOT).as_posix()
)
def test_a_file_is_toml(path: Path) -> None:
    assert tomllib.loads(path.read_text(encoding="utf-8"))
