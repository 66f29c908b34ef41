"""Thin commands, one function each, no logic; how a command ends is its exit state."""

import sys

import click

from uptake.model.errors import Exit, UptakeError

COMMANDS = (
    "build",
    "claims",
    "demo",
    "desk",
    "evaluate",
    "evaluate-labels",
    "explain",
    "index",
    "label",
    "ledger",
    "new",
    "report",
    "serve",
    "simulate",
)


class _Lazy(click.Group):
    """A group whose commands are imported when they are called, so that each starts quickly."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        from importlib import import_module

        name = cmd_name.replace("-", "_")
        command = getattr(import_module(f"uptake.cli.{name}"), name)
        return command if isinstance(command, click.Command) else None


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="uptake")
def cli() -> None:
    """Measure how a country adopts artificial intelligence."""


def main() -> None:
    """Run the command line; an error on purpose ends with its message and its exit state."""
    try:
        state = cli.main(standalone_mode=False)
    except click.exceptions.Abort:
        state = Exit.BUG
        click.echo("interrupted; what is on disk is whole, and the next build goes on", err=True)
    except click.ClickException as error:
        error.show()
        state = Exit.REFUSED
    except UptakeError as error:
        click.echo(f"uptake: {error}", err=True)
        state = error.exit
    except OSError as error:
        # The name and the reason are the operating system's; no record's content is in them.
        where = f"{error.filename}: " if error.filename else ""
        click.echo(f"uptake: {where}{error.strerror or type(error).__name__}", err=True)
        state = Exit.REFUSED
    sys.exit(state if isinstance(state, int) else Exit.FINE)
