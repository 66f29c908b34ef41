"""uptake index."""

from pathlib import Path

import click

from uptake.cli import shown


@click.command()
@click.argument("spec", metavar="SPEC.toml|NAME", type=click.Path(dir_okay=False, path_type=Path))
@click.option(
    "--out",
    "-o",
    metavar="DIR",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for results.csv, sensitivity.csv, index.html and steps/.",
)
def index(spec: Path, out: Path) -> int:
    """Compute a composite index: scores, ranks with intervals, and what they hang on.

    SPEC.toml describes it; NAME is one of the catalogue.
    """
    from uptake.flow.index import write_index

    known = spec if spec.exists() or spec.suffix else str(spec)
    done = write_index(known, out, progress=shown.progress())
    for line in done.best:
        click.echo(line)
    click.echo(done.said)
    click.echo(f"open {out / 'index.html'}")
    return shown.end(done.warnings)
