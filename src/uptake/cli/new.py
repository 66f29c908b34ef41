"""uptake new."""

from pathlib import Path

import click


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def new(folder: Path) -> int:
    """Start an observatory in DIR: a commented observatory.toml and empty folders."""
    from uptake.flow.new import new as run

    path = run(folder)
    click.echo(f"edit {path}, put logs into {folder / 'logs'}, then: uptake build {folder}")
    return 0
