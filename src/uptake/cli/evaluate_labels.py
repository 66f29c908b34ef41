"""uptake evaluate-labels."""

from pathlib import Path

import click

from uptake.cli import shown


@click.command()
@click.argument("source", metavar="GOLD.jsonl", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--out",
    "-o",
    metavar="DIR",
    default="uptake-evaluation",
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for index.html, evaluation.json and evaluation.csv.",
)
@click.option("--labeller", default="shipped", show_default=True, help="Name of the labeller.")
@click.option("--level", default=0.95, show_default=True, help="Of the intervals.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True)
def evaluate_labels(source: Path, out: Path, labeller: str, level: float, seed: int) -> int:
    """Measure a labeller against the labels of GOLD.jsonl; no text is written."""
    from uptake.flow.evaluate_labels import evaluate_labels as run

    found, warnings = run(
        source, out, name=labeller, level=level, seed=seed, progress=shown.progress()
    )
    for line in shown.evaluation(found):
        click.echo(line)
    click.echo(f"open {out / 'index.html'}")
    return shown.end(warnings)
