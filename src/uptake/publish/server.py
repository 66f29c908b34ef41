"""Serve a built site and its releases on loopback: files only, nothing of the store."""

from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from uptake.model.errors import UptakeError

LOOPBACK = "127.0.0.1"
POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class _Handler(SimpleHTTPRequestHandler):
    """Answers GET and HEAD for files below ``site`` (at /) and ``release`` (at /release/)."""

    server_version = "uptake"
    sys_version = ""

    def __init__(self, *args: Any, build: Path, **rest: Any) -> None:
        self.build = build
        super().__init__(*args, **rest)

    def translate_path(self, path: str) -> str:
        """Return the file that a path names; one outside of both folders names none."""
        parts = [part for part in unquote(urlsplit(path).path).split("/") if part]
        root = self.build / "site"
        if parts[:1] == ["release"]:
            root, parts = self.build / "release", parts[1:]
        found = root.joinpath(*parts).resolve()
        return str(found) if found.is_relative_to(root.resolve()) else str(root / "none")

    def send_head(self) -> Any:
        """Refuse a request that another site's page made in the reader's browser."""
        host = self.headers.get("Host", "").rsplit(":", 1)[0]
        if host not in {LOOPBACK, "localhost"}:
            self.send_error(HTTPStatus.FORBIDDEN, "only for this machine")
            return None
        return super().send_head()

    def list_directory(self, path: Any) -> None:
        """List nothing."""
        self.send_error(HTTPStatus.NOT_FOUND, "no such page")

    def end_headers(self) -> None:
        """Add the headers that keep a page to itself."""
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("X-Content-Type-Options", "nosniff")
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Log nothing: who reads which page is nobody's business."""


def server(build: Path, port: int) -> ThreadingHTTPServer:
    """Open a server on loopback; port 0 takes a free one.

    Raises:
        UptakeError: There is no built site, or the port is taken.
    """
    if not (build / "site" / "index.html").is_file():
        raise UptakeError(f"{build}: holds no built site; make one with: uptake build")
    try:
        return ThreadingHTTPServer((LOOPBACK, port), partial(_Handler, build=build))
    except OSError as error:
        raise UptakeError(f"port {port}: {error.strerror}; name another with --port") from None
