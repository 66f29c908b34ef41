"""Ask an endpoint over HTTP: limits on time and size, tries again, no word of a text in errors."""

import logging
from typing import NamedTuple
from urllib.parse import urlsplit

from uptake.engine.asking.pace import Pace
from uptake.model.endpoint import Endpoint
from uptake.model.errors import MissingExtraError, UptakeError

LARGEST = 1 << 20
"""Bytes of a response; a longer one is not read to its end."""

BAD_REQUEST = frozenset({400, 413, 415, 422})
_FATAL = {
    401: "the key is refused; check the variable that the settings name",
    402: "payment is required",
    403: "the key may not use this model",
    404: "there is no such address or model; give the URL up to /v1 and the model's exact name",
    405: "it does not take requests here; give the URL up to /v1",
}


class EndpointError(UptakeError):
    """The endpoint can not be used; what it answered so far is in the cache."""


class Reply(NamedTuple):
    """What came back.

    Attributes:
        status: Of HTTP; 0 if nothing came back in time.
        body: Bytes of the response.
        retry_after: Its header, empty if it has none.
    """

    status: int
    body: bytes = b""
    retry_after: str = ""


class Client:
    """One endpoint; threads may share it."""

    def __init__(self, endpoint: Endpoint, pace: Pace) -> None:
        """Open connections as they are needed.

        Raises:
            ConfigError: The endpoint is another machine and that is not allowed, or the variable
                of the key is not set.
            MissingExtraError: httpx is not installed.
        """
        endpoint.permitted()
        try:
            import httpx
        except ImportError:
            raise MissingExtraError("asking a language model", "llm") from None
        # Below warnings the HTTP library logs headers, in which an endpoint may echo what it got.
        for name in ("httpcore", "httpx"):
            logging.getLogger(name).setLevel(logging.WARNING)
        key = endpoint.key()
        self._host = urlsplit(endpoint.url).hostname or ""
        self._endpoint, self._pace = endpoint, pace
        self._http = httpx.Client(
            # No proxy, no .netrc, no redirect: text goes where the settings say and nowhere else.
            trust_env=False,
            follow_redirects=False,
            timeout=endpoint.timeout,
            limits=httpx.Limits(max_connections=endpoint.concurrency),
            headers={
                "content-type": "application/json",
                **({"authorization": f"Bearer {key}"} if key else {}),
            },
        )
        self._failures = (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError)
        self._url = endpoint.url.rstrip("/") + "/chat/completions"

    def close(self) -> None:
        """Close the connections."""
        self._http.close()

    def ask(self, body: bytes) -> Reply:
        """Send one request until it is answered.

        Returns:
            A reply of status 200, one that says that the request is bad (``BAD_REQUEST``), or
            status 0 when all attempts are used up.

        Raises:
            EndpointError: No other request would fare better.
        """
        for attempt in range(self._endpoint.attempts):
            self._pace.wait()
            if self._pace.ended:
                break
            reply = self._once(body)
            if reply.status == 200 or reply.status in BAD_REQUEST:
                return reply
            if reply.status in _FATAL or 300 <= reply.status < 400:
                self._pace.end()  # for all threads, at once
                reason = _FATAL.get(reply.status, "it points elsewhere, which is not followed")
                raise EndpointError(f"{self._host} answers {reply.status}: {reason}")
            if attempt + 1 < self._endpoint.attempts:
                self._wait(reply, attempt)
        return Reply(0)

    def _wait(self, reply: Reply, attempt: int) -> None:
        pause = self._pace.backoff(attempt)
        if reply.retry_after:
            pause = max(pause, self._pace.stated(reply.retry_after))
        if reply.status in (429, 503):
            self._pace.hold(pause)
        else:
            self._pace.pause(pause)

    def _once(self, body: bytes) -> Reply:
        """Send it once; whatever goes wrong on the way is status 0, and its error is dropped.

        An error of the HTTP library holds the request and with it the text.
        """
        try:
            return self._read(body)
        except self._failures:
            return Reply(0)

    def _read(self, body: bytes) -> Reply:
        give_up = self._pace.clock() + self._endpoint.timeout
        with self._http.stream("POST", self._url, content=body) as response:
            parts, size = [], 0
            for part in response.iter_bytes():
                parts.append(part)
                size += len(part)
                if size > LARGEST or self._pace.clock() > give_up:
                    return Reply(0)
            after = response.headers.get("retry-after", "")
            return Reply(response.status_code, b"".join(parts), after)
