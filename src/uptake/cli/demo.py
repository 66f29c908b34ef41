"""uptake demo."""

import os
from pathlib import Path

import click

from uptake.cli import shown


@click.command()
@click.argument("folder", metavar="[DIR]", default="central-asia", type=click.Path(path_type=Path))
@click.option("--jobs", "-j", type=click.IntRange(min=1), help="Processes [default: all cores].")
def demo(folder: Path, jobs: int | None) -> int:
    """Build the demonstration observatory in DIR (default ./central-asia)."""
    from uptake.flow.build import Options
    from uptake.flow.demo import demo as run

    built = run(folder, Options(jobs or os.cpu_count() or 1), shown.progress())
    if built.release is not None:
        if built.release.synthetic:
            click.echo(f"These figures are {built.release.synthetic}.")
        for line in shown.headline(built.release):
            click.echo(line)
    click.echo(f"open {built.site}")
    return shown.end(built.warnings)
