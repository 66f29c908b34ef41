"""uptake label."""

from pathlib import Path
from typing import Any

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
@click.option(
    "--labeller", type=click.Choice(["shipped", "llm"]), default="shipped", show_default=True
)
@click.option("--endpoint", "url", metavar="URL", help="Of the language model, up to /v1.")
@click.option("--model", metavar="NAME", help="Of the language model.")
@click.option("--key-variable", metavar="NAME", help="Environment variable with the key.")
@click.option("--allow-remote", is_flag=True, help="Masked text may leave this machine.")
@click.option("--concurrency", type=int, help="Most requests at a time.")
@click.option("--fallback", type=click.Choice(["shipped", "none"]), help="Without a valid answer.")
@click.option("--price-in", type=float, help="Per million tokens read.")
@click.option("--price-out", type=float, help="Per million tokens written.")
@click.option("--cache", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Start a language model without asking.")
def label(source: Path, text_field: str, out: Path, **model: Any) -> int:
    """Label the messages of IN (JSON lines); the text itself is not written.

    The options behind --labeller are of the labeller llm.
    """
    from uptake.flow import llm
    from uptake.flow.labels import Asked, label_file

    chosen, cache, yes = model.pop("labeller"), model.pop("cache"), model.pop("yes")
    asked = None
    if chosen == llm.NAME:
        cache = cache or out.with_name(f"{out.name}.llm.sqlite")
        asked = Asked(llm.endpoint(**model), cache, shown.confirm(yes))
    done, issues = label_file(
        source, out, text_field=text_field, progress=shown.progress(), asked=asked
    )
    click.echo(f"{done:,} messages labelled; wrote {out}")
    first = [f"{issue.file}, line {issue.offset}: {issue.code}" for issue in issues[:10]]
    more = [f"{len(issues) - 10} more lines"] if len(issues) > 10 else []
    return shown.end([*first, *more])
