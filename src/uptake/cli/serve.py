"""uptake serve."""

from pathlib import Path

import click


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(exists=True, path_type=Path))
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
def serve(folder: Path, port: int) -> int:
    """Serve the built site and the JSON files of DIR on this machine only."""
    from uptake.publish.server import server

    with server(folder / "build", port) as httpd:
        click.echo(f"http://127.0.0.1:{httpd.server_port}/ (stop with Ctrl-C)")
        try:
            httpd.serve_forever()
        except KeyboardInterrupt:
            click.echo("stopped")
    return 0
