"""uptake simulate."""

from pathlib import Path

import click


@click.command()
@click.argument("out", metavar="OUT", type=click.Path(file_okay=False, path_type=Path))
@click.option("--users", type=click.IntRange(min=1), required=True, help="How many people.")
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True)
@click.option(
    "--format",
    "fmt",
    type=click.Choice(["chatgpt", "wildchat", "jsonl"]),
    default="jsonl",
    show_default=True,
)
@click.option(
    "--gold",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help="Messages of a labelled sample, OUT/gold.jsonl.",
)
def simulate(out: Path, users: int, seed: int, fmt: str, gold: int) -> int:
    """Write synthetic logs with known truth (OUT/truth.json)."""
    from uptake.testing import simulate as run

    run(out, people=users, seed=seed, fmt=fmt, gold=gold)
    click.echo(f"synthetic demonstration data in {out}; the truth is in {out / 'truth.json'}")
    return 0
