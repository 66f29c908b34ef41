"""Where a language model answers, how it may be asked and what that costs, as settings state it."""

import os
import re
from ipaddress import ip_address
from typing import Literal
from urllib.parse import urlsplit

import msgspec

from uptake.model.errors import ConfigError


class Endpoint(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An endpoint that speaks the chat-completions protocol.

    Attributes:
        url: Up to the version, such as ``http://127.0.0.1:8000/v1``.
        model: Name of the model there.
        allow_remote: Whether masked text may go to another machine than this one.
        key_variable: Name of the environment variable that holds the key; empty for no key.
        concurrency: Most requests under way at a time.
        timeout: Seconds until a request is given up.
        attempts: Most tries of a request.
        confidence: Probability of the answer where the endpoint gives none; the rest is spread
            evenly over the other values.
        fallback: Whose label a message gets that the model gives no valid one: the shipped
            labeller's, or none, and then it is in no figure.
        price_in: Per million tokens read.
        price_out: Per million tokens written.
        currency: Of the prices.
        seconds_per_message: For the estimate of the time.
    """

    url: str
    model: str
    allow_remote: bool = False
    key_variable: str = ""
    concurrency: int = 8
    timeout: float = 60.0
    attempts: int = 6
    confidence: float = 0.85
    fallback: Literal["shipped", "none"] = "shipped"
    price_in: float = 0.0
    price_out: float = 0.0
    currency: str = "USD"
    seconds_per_message: float = 1.5

    def __post_init__(self) -> None:
        """Refuse what can not be meant.

        >>> Endpoint(url="http://127.0.0.1:8000/v1", model="m", confidence=1.5)
        Traceback (most recent call last):
        ValueError: confidence: 1.5 is not between 0.34 and 0.999
        """
        parts = urlsplit(self.url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            raise ValueError("url: give http:// or https://, a host and the path up to /v1")
        if "@" in parts.netloc or parts.query or parts.fragment:
            raise ValueError("url: give no user, key or query in it; name the key's variable")
        if not self.model:
            raise ValueError("model: name one")
        if self.key_variable and not re.fullmatch(r"[A-Z_][A-Z0-9_]{0,63}", self.key_variable):
            raise ValueError("key_variable: give the name of an environment variable, not the key")
        for name, least, most in _RANGES:
            value = getattr(self, name)
            if not least <= value <= most:
                raise ValueError(f"{name}: {value:g} is not between {least:g} and {most:g}")

    @property
    def is_local(self) -> bool:
        """Return whether the host is this machine by its name or number.

        >>> Endpoint(url="http://[::1]:8000/v1", model="m").is_local
        True
        >>> Endpoint(url="http://127.0.0.1.example.org/v1", model="m").is_local
        False
        """
        host = urlsplit(self.url).hostname or ""
        try:
            return ip_address(host).is_loopback
        except ValueError:
            return host == "localhost"

    def permitted(self) -> None:
        """Refuse another machine unless the settings allow it.

        Raises:
            ConfigError: They do not.
        """
        if not (self.is_local or self.allow_remote):
            raise ConfigError(
                f"{urlsplit(self.url).hostname}: masked text would leave this machine; if that is "
                "meant and allowed, set allow_remote = true (on the command line: --allow-remote)"
            )

    def key(self) -> str:
        """Read the key from its environment variable.

        Raises:
            ConfigError: The variable is not set.
        """
        if not self.key_variable:
            return ""
        key = os.environ.get(self.key_variable, "").strip()
        if not key:
            raise ConfigError(f"the environment variable {self.key_variable} is not set")
        if not (key.isascii() and key.isprintable()):
            raise ConfigError(f"the environment variable {self.key_variable} holds no valid key")
        return key


_RANGES = (
    ("concurrency", 1, 256),
    ("timeout", 0.1, 3600),
    ("attempts", 1, 20),
    ("confidence", 0.34, 0.999),
    ("price_in", 0, 1e6),
    ("price_out", 0, 1e6),
    ("seconds_per_message", 0, 3600),
)
