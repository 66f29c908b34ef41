"""uptake explain."""

from pathlib import Path

import click


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("table", metavar="[TABLE]", default="")
def explain(folder: Path, table: str) -> None:
    """Explain DIR's release: what was bounded, added and withheld, and how to cite it."""
    from uptake.flow.explain import explained

    for line in explained(folder, table):
        click.echo(line)
