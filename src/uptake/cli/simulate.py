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
def simulate(out: Path, users: int, seed: int, fmt: str) -> int:
    """Write synthetic logs with known truth (OUT/truth.json)."""
    from uptake.testing import simulate as run

    run(out, people=users, seed=seed, fmt=fmt)
    click.echo(f"synthetic demonstration data in {out}; the truth is in {out / 'truth.json'}")
    return 0
