"""Indices and programmes -> the files beside their pages."""

from pathlib import Path

from uptake.publish.composite import write_files as write_index
from uptake.publish.edition import Edition
from uptake.publish.pages.compared import (
    drawn_of,
    index_path,
    programme_path,
    shown_of,
)
from uptake.publish.programme import write_files as write_programme


def write_compared(edition: Edition, folder: Path) -> None:
    """Write the figures of each index and programme beside its page in the site ``folder``."""
    release = edition.release
    for index in release.indices:
        beside = (folder / index_path(index)).parent
        beside.mkdir(parents=True, exist_ok=True)
        write_index(index.found, {name: (head, rows) for name, head, rows in index.steps}, beside)
    for one in release.programmes:
        beside = (folder / programme_path(one)).parent
        beside.mkdir(parents=True, exist_ok=True)
        shown = shown_of(one, release.version)
        write_programme(one.effect, one.plan, shown, drawn_of(one), beside)
        name = "preregistration.json"
        (beside / name).write_text(one.registration, encoding="utf-8", newline="")
