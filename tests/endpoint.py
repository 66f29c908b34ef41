"""A server on this machine that speaks the protocol, with the faults that such servers have."""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from uptake.engine.asking.pace import Pace


@dataclass
class Response:
    """What the server sends."""

    status: int = 200
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)
    drop: bool = False


def completion(content: str, **more: Any) -> Response:
    choice = {"index": 0, "message": {"role": "assistant", "content": content}, **more}
    choice.setdefault("finish_reason", "stop")
    return Response(body=json.dumps({"object": "chat.completion", "choices": [choice]}).encode())


Answering = Callable[[dict[str, Any]], Response]


def nothing(body: dict[str, Any]) -> Response:
    return Response(500)


@dataclass
class Server:
    """What it was sent, and how it answers."""

    url: str = ""
    answer: Answering = nothing
    script: list[Response] = field(default_factory=list)
    bodies: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def shown(self) -> list[dict[str, Any]]:
        """Return the data part of each request."""
        return [json.loads(body["messages"][1]["content"]) for body in self.bodies]

    def reply(self, raw: bytes, headers: dict[str, str], path: str) -> Response:
        body = json.loads(raw)
        with self.lock:
            self.bodies.append(body)
            self.headers.append(headers)
            self.paths.append(path)
            if self.script:
                return self.script.pop(0)
        return self.answer(body)


@pytest.fixture
def server() -> Iterator[Server]:
    """Serve on the loopback interface, on a port that is free."""
    state = Server()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            size = int(self.headers["content-length"])
            heads = {k.lower(): v for k, v in self.headers.items()}
            found = state.reply(self.rfile.read(size), heads, self.path)
            if found.drop:
                self.close_connection = True
                return
            self.send_response(found.status)
            for name, value in found.headers.items():
                self.send_header(name, value)
            self.send_header("content-length", str(len(found.body)))
            self.end_headers()
            self.wfile.write(found.body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        state.url = f"http://127.0.0.1:{http.server_address[1]}/v1"
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield state
        http.shutdown()
        thread.join()


@dataclass
class Clock:
    """Time that passes only while somebody sleeps."""

    time: float = 1000.0
    slept: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def sleep(self, seconds: float) -> None:
        with self.lock:
            self.slept.append(seconds)
            self.time += seconds

    def pace(self) -> Pace:
        return Pace(sleep=self.sleep, clock=lambda: self.time, now=lambda: 0.0, draw=lambda: 1.0)


@pytest.fixture
def clock() -> Clock:
    return Clock()
