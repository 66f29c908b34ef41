"""A headless Chromium driven over its own pipe: no driver and no port."""

import fcntl
import json
import os
import shutil
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ("chromium", "chromium-browser", "google-chrome")
SECONDS = 30.0


def found() -> str | None:
    """Return where Chromium lies, None if it is not on the path."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


class Chromium:
    """One page of a browser; messages of the DevTools protocol end with a zero byte."""

    def __init__(self, into: int, out: int) -> None:
        self._into, self._out = into, out
        self._number = 0
        self._waiting = b""
        self._session = ""
        self.said: list[dict[str, Any]] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Call a method and wait for its answer; what else is said meanwhile is kept."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._into, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._read()
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                result: dict[str, Any] = answer.get("result", {})
                return result
            self.said.append(answer)

    def _read(self) -> dict[str, Any]:
        while b"\0" not in self._waiting:
            part = os.read(self._out, 65_536)
            if not part:
                raise RuntimeError("the browser is gone")
            self._waiting += part
        line, _, self._waiting = self._waiting.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        return message

    def open(self, url: str) -> None:
        """Open a page and wait until it is there."""
        self.said.clear()
        self.call("Page.navigate", url=url)
        self._loaded()

    def _loaded(self) -> None:
        deadline = time.monotonic() + SECONDS
        while not any(m.get("method") == "Page.loadEventFired" for m in self.said):
            if time.monotonic() > deadline:
                raise TimeoutError("the page did not load")
            self.said.append(self._read())

    def run(self, script: str) -> Any:
        """Return what an expression gives in the page."""
        found = self.call("Runtime.evaluate", expression=script, returnByValue=True)
        if "exceptionDetails" in found:
            raise RuntimeError(str(found["exceptionDetails"]))
        return found["result"].get("value")

    def press(self, key: str, *, loads: bool = False) -> None:
        """Press a key; ``loads`` says that a page follows."""
        self.said.clear()
        text = "\r" if key == "Enter" else key
        code = 13 if key == "Enter" else ord(key.upper())
        for kind in ("keyDown", "keyUp"):
            self.call(
                "Input.dispatchKeyEvent",
                type=kind,
                key=key,
                windowsVirtualKeyCode=code,
                **({"text": text} if kind == "keyDown" else {}),
            )
        if loads:
            self._loaded()

    def click(self, selector: str) -> None:
        """Click what a selector finds and wait for the page that follows."""
        self.said.clear()
        self.run(f"document.querySelector({json.dumps(selector)}).click()")
        self._loaded()

    def type(self, text: str) -> None:
        """Type into what has the focus."""
        self.call("Input.insertText", text=text)

    def without_scripts(self) -> None:
        """Run no script in the pages that follow."""
        self.call("Emulation.setScriptExecutionDisabled", value=True)

    def width(self, pixels: int) -> None:
        """Set how wide the page is."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=pixels,
            height=900,
            deviceScaleFactor=1,
            mobile=pixels < 600,
        )

    def complaints(self) -> list[str]:
        """Return what the browser said against the page: its policy, its scripts."""
        return [
            str(m["params"])
            for m in self.said
            if m.get("method") in {"Log.entryAdded", "Runtime.exceptionThrown"}
        ]


@contextmanager
def chromium(path: str, profile: Path) -> Iterator[Chromium]:
    """Start a browser with a profile of its own and end it again."""
    read_commands, into = os.pipe()
    out, write_answers = os.pipe()
    # The browser looks for its pipe at 3 and 4: ours are first moved out of their way.
    low, high = (fcntl.fcntl(end, fcntl.F_DUPFD, 10) for end in (read_commands, write_answers))
    arguments = [
        path,
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--no-first-run",
        "--remote-debugging-pipe",
        f"--user-data-dir={profile}",
        "about:blank",
    ]
    actions = [
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0),
        (os.POSIX_SPAWN_DUP2, low, 3),
        (os.POSIX_SPAWN_DUP2, high, 4),
    ]
    process = os.posix_spawn(path, arguments, os.environ, file_actions=actions)
    for end in (read_commands, write_answers, low, high):
        os.close(end)
    try:
        yield Chromium(into, out)
    finally:
        os.kill(process, signal.SIGTERM)
        os.waitpid(process, 0)
        os.close(into)
        os.close(out)
