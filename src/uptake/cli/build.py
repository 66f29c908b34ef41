"""uptake build."""

import os
from pathlib import Path

import click

from uptake.cli import shown


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--jobs", "-j", type=click.IntRange(min=1), help="Processes [default: all cores].")
@click.option("--yes", is_flag=True, help="Start a language model without asking.")
@click.option("--mode", type=click.Choice(["internal", "public"]), help="Overrides the setting.")
@click.option(
    "--reopen",
    multiple=True,
    metavar="MONTH",
    help="Count a frozen month (2025-03, unknown, all) anew; may be given more than once.",
)
def build(
    folder: Path, jobs: int | None, mode: str | None, yes: bool, reopen: tuple[str, ...]
) -> int:
    """Build the observatory in DIR: releases, profiles and a site under DIR/build."""
    from uptake.flow.build import Options
    from uptake.flow.build import build as run

    options = Options(
        jobs or os.cpu_count() or 1,
        mode,
        os.environ.get("UPTAKE_KEY"),
        shown.confirm(yes),
        reopen,
    )
    built = run(folder, options, shown.progress())
    if built.release is None:
        click.echo(f"nothing has changed; the site is {built.site}")
    else:
        for line in shown.headline(built.release):
            click.echo(line)
        click.echo(f"{built.new_files} log files read; release {built.release.id}")
        click.echo(f"open {built.site}")
    return shown.end(built.warnings)
