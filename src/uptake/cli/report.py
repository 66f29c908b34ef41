"""uptake report."""

import os
from pathlib import Path

import click

from uptake.cli import shown


@click.command()
@click.argument(
    "files",
    metavar="FILE...",
    nargs=-1,
    required=True,
    type=click.Path(exists=True, path_type=Path),
)
@click.option(
    "--out",
    "-o",
    metavar="OUT",
    default="uptake-report",
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for index.html and report.json.",
)
@click.option("--own", is_flag=True, help="These are your own logs: show small figures too.")
@click.option("--jobs", "-j", type=click.IntRange(min=1), help="Processes [default: all cores].")
def report(files: tuple[Path, ...], out: Path, own: bool, jobs: int | None) -> int:
    """Report on exports of assistants, without any configuration."""
    from uptake.flow.report import report as run

    done = run(files, out, jobs=jobs or os.cpu_count() or 1, progress=shown.progress(), own=own)
    quality = done.release.quality
    people = "unknown" if quality.people is None else f"{quality.people:,}"
    click.echo(
        f"people: {people}; conversations: {quality.conversations:,}; "
        f"messages: {quality.messages:,}"
    )
    click.echo(shown.headline(done.release)[0])
    click.echo(f"open {done.page}")
    return shown.end(done.warnings)
