"""Labels on disk by the hash of what was asked; no text."""

import hashlib
import hmac
from pathlib import Path

import msgspec

from uptake.engine.asking.kept import Kept
from uptake.label.llm import prompt
from uptake.label.llm.answers import Answer
from uptake.model.endpoint import Endpoint


def key(endpoint: Endpoint, framed: str, secret: bytes) -> bytes:
    """Return 32 bytes that stand for one question: text, context, model and prompt.

    Args:
        endpoint: Its model counts, its address does not: the same model may move.
        framed: Message and context as they are shown, see ``prompt.framed``.
        secret: The owner's key; whoever lacks it can not try out texts against the cache.
    """
    said = msgspec.json.encode((endpoint.model, prompt.version(), framed))
    return hmac.new(secret, said, hashlib.sha256).digest()


class Cache(Kept[Answer]):
    """Labels of messages, by their questions."""

    def __init__(self, path: Path) -> None:
        """Open the file, or make it."""
        super().__init__(path, _decoded)


def _decoded(labels: bytes) -> Answer | None:
    try:
        answer = msgspec.json.decode(labels, type=Answer)
    except msgspec.DecodeError:
        return None
    return answer if answer.is_valid() else None
