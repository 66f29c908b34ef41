"""uptake label."""

from pathlib import Path

import click

from uptake.cli import shown


@click.command()
@click.argument("source", metavar="IN", type=click.Path(exists=True, path_type=Path))
@click.option("--text-field", default="text", show_default=True, help="Field of the message.")
@click.option(
    "--out",
    "-o",
    metavar="OUT.jsonl",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
)
def label(source: Path, text_field: str, out: Path) -> int:
    """Label the messages of IN (JSON lines); the text itself is not written."""
    from uptake.flow.labels import label_file

    done, issues = label_file(source, out, text_field=text_field, progress=shown.progress())
    click.echo(f"{done:,} messages labelled; wrote {out}")
    first = [f"{issue.file}, line {issue.offset}: {issue.code}" for issue in issues[:10]]
    more = [f"{len(issues) - 10} more lines"] if len(issues) > 10 else []
    return shown.end([*first, *more])
