"""Start an observatory: a commented configuration and the folders it names."""

from importlib.resources import files
from pathlib import Path

from uptake.config import FILE
from uptake.engine.store import write_bytes
from uptake.model.errors import ConfigError

FOLDERS = ("logs", "documents", "tables", "programmes")


def new(folder: Path) -> Path:
    """Write ``observatory.toml`` and empty folders; nothing that exists is touched.

    Raises:
        ConfigError: The folder has a configuration already.
    """
    path = folder / FILE
    if path.exists():
        raise ConfigError(f"{path}: is there already; edit it, or name another folder")
    for name in FOLDERS:
        (folder / name).mkdir(parents=True, exist_ok=True)
    write_bytes(path, (files("uptake.catalog") / "examples" / "new.toml").read_bytes())
    return path
