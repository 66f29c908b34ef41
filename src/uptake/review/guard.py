"""What stands before every page: host, token, size and headers; no answer tells of the inside."""

import hmac
import logging
import re
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any, Final

logger = logging.getLogger(__name__)

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

MOST_BYTES: Final = 262_144
"""Of a request's body; a form of ours has a few thousand."""

LONGEST_URL: Final = 8_192

POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS: Final = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (b"cache-control", b"no-store"),
)


@dataclass(frozen=True, slots=True, repr=False)
class Access:
    """Who may come in.

    Attributes:
        token: In every address; whoever has it may judge.
        csrf: In every form.
        hosts: Names and addresses under which the desk may be asked for.
    """

    token: str
    csrf: str
    hosts: frozenset[str]

    @property
    def root(self) -> str:
        """Return what every address begins with."""
        return f"/t/{self.token}"


def same(given: str, kept: str) -> bool:
    """Compare in a time that tells nothing of where they differ."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), kept.encode())


@dataclass(frozen=True, slots=True)
class Guard:
    """The outermost application: passes on what may come in, with a body of bounded size."""

    app: App
    access: Access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        refusal = self._refusal(scope)
        if refusal:
            await _refuse(send, *refusal)
            return
        body = await _body(receive)
        if body is None:
            await _refuse(send, 413, "This request is too large.")
            return
        path = scope["path"].removeprefix(self.access.root)
        inner = {**scope, "path": path, "raw_path": path.encode(), "root_path": ""}
        await _guarded(self.app, inner, _given(body), send)

    def _refusal(self, scope: Scope) -> tuple[int, str] | None:
        headers = {name.lower(): value for name, value in scope["headers"]}
        if _host(headers.get(b"host", b"")) not in self.access.hosts:
            return 421, "The desk does not answer under this name."
        if len(scope.get("raw_path") or b"") + len(scope["query_string"]) > LONGEST_URL:
            return 414, "This address is too long."
        found = re.fullmatch(r"/t/([^/]*)(?:/.*)?", scope["path"], re.DOTALL)
        if not found or not same(found[1], self.access.token):
            return 403, "Open the address that uptake desk printed: it holds the key of this desk."
        if scope["path"] == self.access.root:
            return 404, "This address lacks a slash at its end."
        if scope["method"] not in {"GET", "HEAD"} and _is_foreign(headers):
            return 403, "Another site's page asked for this."
        return None


def _is_foreign(headers: dict[bytes, bytes]) -> bool:
    """Return whether a browser says that another site's page, or another port's, sent a form."""
    if headers.get(b"sec-fetch-site", b"none") not in {b"same-origin", b"none"}:
        return True
    # Under our referrer policy browsers say "null" of our own forms too.
    origin = headers.get(b"origin", b"null").lower()
    host = headers.get(b"host", b"").lower()
    return origin not in {b"null", b"http://" + host, b"https://" + host}


def _host(header: bytes) -> str:
    r"""Return the name of a Host header without its port, empty if it is none.

    >>> _host(b"LocalHost:8001"), _host(b"[::1]:80"), _host(b"a b"), _host(b"127.0.0.1@x")
    ('localhost', '::1', '', '')
    """
    text = header.decode("latin-1").lower()
    found = re.fullmatch(r"(?:\[([0-9a-f:.]+)\]|([0-9a-z.\-]+))(?::\d{1,5})?", text)
    return (found[1] or found[2]) if found else ""


async def _body(receive: Receive) -> bytes | None:
    """Read the whole body; None if it is larger than allowed."""
    body = bytearray()
    while True:
        message = await receive()
        body += message.get("body", b"")
        if len(body) > MOST_BYTES:
            return None
        if message["type"] == "http.disconnect" or not message.get("more_body"):
            return bytes(body)


def _given(body: bytes) -> Receive:
    """Give a body that was read already, once."""
    waiting = [body]

    async def receive() -> MutableMapping[str, Any]:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return {"type": "http.disconnect"}

    return receive


async def _guarded(app: App, scope: Scope, receive: Receive, send: Send) -> None:
    """Add the headers to every answer, and answer for an application that fails."""
    begun = False

    async def sending(message: MutableMapping[str, Any]) -> None:
        nonlocal begun
        if message["type"] == "http.response.start":
            begun = True
            ours = {name for name, _ in HEADERS}
            kept = [(n, v) for n, v in message["headers"] if n.lower() not in ours]
            message = {**message, "headers": [*kept, *HEADERS]}
        await send(message)

    try:
        await app(scope, receive, sending)
    except Exception:
        # The reason is for the terminal of whoever runs the desk, never for the browser.
        logger.exception("a page of the desk failed")
        if not begun:
            await _refuse(send, 500, "This page failed; nothing was recorded. See the terminal.")


async def _refuse(send: Send, status: int, reason: str) -> None:
    page = (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Not here</title></head><body><h1>{status}</h1><p>{reason}</p></body></html>\n"
    )
    headers = [(b"content-type", b"text/html; charset=utf-8"), *HEADERS]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": page.encode()})
