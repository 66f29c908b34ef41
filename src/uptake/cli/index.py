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
@click.option(
    "--observatory",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Observatory whose last release gives indicators from claims and usage.",
)
def index(spec: Path, out: Path, observatory: Path | None) -> int:
    """Compute a composite index: scores, ranks with intervals, and what they hang on.

    SPEC.toml describes it; NAME is one of the catalogue.
    """
    from uptake.flow.index import write_index
    from uptake.flow.told import told_of

    known = spec if spec.exists() or spec.suffix else str(spec)
    told = told_of(observatory) if observatory else None
    done = write_index(known, out, progress=shown.progress(), told=told)
    for line in done.best:
        click.echo(line)
    click.echo(done.said)
    click.echo(f"open {out / 'index.html'}")
    return shown.end(done.warnings)
