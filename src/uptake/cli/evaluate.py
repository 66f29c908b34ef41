"""uptake evaluate."""

from pathlib import Path

import click

from uptake.cli import shown


@click.command()
@click.argument(
    "source",
    metavar="PROGRAMME.toml",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
)
@click.option(
    "--out",
    "-o",
    metavar="DIR",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for index.html, effect.json and the registration.",
)
@click.option("--plan", is_flag=True, help="Say what the design can see; the outcome is not read.")
def evaluate(source: Path, out: Path, plan: bool) -> int:
    """Say what a programme did to an outcome, with its interval and the assumptions behind it."""
    from uptake.flow.evaluate import evaluate_programme, plan_programme

    if plan:
        click.echo(plan_programme(source, out).words)
        warnings: tuple[str, ...] = ()
    else:
        found, warnings = evaluate_programme(source, out)
        click.echo(found.verdict)
        for one in found.assumptions:
            click.echo(f"  {one.light:<6} {one.name}: {one.found}")
    click.echo(f"open {out / 'index.html'}")
    return shown.end(warnings)
