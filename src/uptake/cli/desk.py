"""uptake desk."""

import ipaddress
import os
import socket
from pathlib import Path

import click

from uptake.model.errors import ConfigError, MissingExtraError

LOOPBACK = ("127.0.0.1", "localhost", "::1")


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, path_type=Path))
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="[default: a free one]")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--allow-remote", is_flag=True, help="Other machines may reach the desk.")
@click.option("--jobs", "-j", type=click.IntRange(min=1), help="Processes [default: all cores].")
def desk(folder: Path, port: int, host: str, allow_remote: bool, jobs: int | None) -> int:
    """Open the analyst's desk over DIR: judge claims, label a gold sample."""
    _check(host, allow_remote=allow_remote)
    try:
        import uvicorn

        from uptake.flow.desk import opened
    except ImportError as error:
        if error.name not in {"fastapi", "starlette", "uvicorn", "python_multipart", "multipart"}:
            raise
        raise MissingExtraError("the desk", "desk") from None
    room = opened(
        folder,
        hosts={*LOOPBACK, host},
        jobs=jobs or os.cpu_count() or 1,
        messages=not allow_remote,
    )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as listening:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listening.bind((host, port))
            listening.listen()
        except OSError as error:
            raise ConfigError(f"{host}:{port}: {error.strerror}; name another --port") from None
        shown = f"[{host}]" if ":" in host else host
        address = f"http://{shown}:{listening.getsockname()[1]}{room.path}"
        click.echo(f"{address}\nOnly who has this address may judge. Stop with Ctrl-C.")
        settings = uvicorn.Config(
            room.app, log_level="warning", access_log=False, server_header=False, lifespan="off"
        )
        try:
            uvicorn.Server(settings).run(sockets=[listening])
        except KeyboardInterrupt:
            click.echo("stopped")
    return 0


def _check(host: str, *, allow_remote: bool) -> None:
    """Refuse an address that other machines reach, unless that is wanted.

    Raises:
        ConfigError: It is one, or it is no single address.
    """
    try:
        address = ipaddress.ip_address("127.0.0.1" if host == "localhost" else host)
    except ValueError:
        raise ConfigError(f"--host {host}: give an IP address of this machine") from None
    if address.is_unspecified:
        raise ConfigError(f"--host {host}: means every address; give one address of this machine")
    if not address.is_loopback and not allow_remote:
        raise ConfigError(
            f"--host {host}: other machines could reach the desk, and nothing on the way is "
            "encrypted; add --allow-remote if that is wanted"
        )
