"""uptake claims."""

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
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option(
    "--out",
    "-o",
    metavar="CLAIMS.jsonl",
    required=True,
    type=click.Path(dir_okay=False, allow_dash=True, path_type=Path),
    help="File for the claims; - for standard output.",
)
@click.option(
    "--text-out",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for the texts that the quotes stand in.",
)
@click.option("--jobs", "-j", type=click.IntRange(min=1), help="Processes [default: all cores].")
def claims(files: tuple[Path, ...], out: Path, text_out: Path | None, jobs: int | None) -> int:
    """Find what documents claim: figures, initiatives, policies and more, each with its quote."""
    from uptake.flow.claims import write_claims

    piped = str(out) == "-"
    done = write_claims(
        files,
        None if piped else out,
        texts=text_out,
        jobs=jobs or os.cpu_count() or 1,
        progress=shown.progress(),
    )
    found = ", ".join(f"{number:,} {name}" for name, number in done.claims.items()) or "no claims"
    click.echo(f"{done.documents:,} documents; {found}; wrote {out}", err=piped)
    return shown.end([f"{issue.file}: {issue.detail or issue.code}" for issue in done.issues])
