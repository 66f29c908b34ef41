"""uptake ledger."""

from pathlib import Path

import click


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
def ledger(folder: Path) -> None:
    """Say what was released from DIR and what it cost, once its chain is verified."""
    from uptake.flow.explain import ledger_lines

    for line in ledger_lines(folder):
        click.echo(line)
