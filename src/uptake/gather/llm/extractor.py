"""Ask a language model about the passages of documents; keep its answers, verify every claim."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from uptake.engine.asking.client import BAD_REQUEST, Client
from uptake.engine.asking.kept import Kept
from uptake.engine.asking.pace import Pace
from uptake.gather.claims import analysed, identified
from uptake.gather.llm import prompt
from uptake.gather.llm.verify import Proposed, RefusedError, verified
from uptake.gather.plain import plain
from uptake.model.claim import Claim
from uptake.model.endpoint import Endpoint
from uptake.model.evidence import Document
from uptake.model.issue import Issue

CHARACTERS = 4_000
"""Most characters of one request, unless a single passage is longer."""

MOST_CLAIMS = 100
"""Claims of one answer that are looked at."""

_THOUGHT = "</think>"


class Answer(msgspec.Struct, frozen=True):
    """What a model said of a piece: claims of the right form, and how many had another one."""

    claims: tuple[Proposed, ...] = ()
    malformed: int = 0


class Piece(NamedTuple):
    """Passages that are asked about at once: ``text[start:end]``."""

    start: int
    end: int
    key: bytes
    framed: str


class LanguageModelExtractor:
    """Asks one endpoint; close it at the end."""

    def __init__(self, endpoint: Endpoint, path: Path, *, pace: Pace | None = None) -> None:
        """Open the file of answers at ``path``; nothing is sent yet.

        Raises:
            ConfigError: The endpoint is another machine and that is not allowed.
            MissingExtraError: httpx is not installed.
        """
        self._endpoint = endpoint
        self._pace = pace or Pace()
        self._client = Client(endpoint, self._pace)
        self._kept: Kept[Answer] = Kept(path, _stored)
        self._schema = True

    def close(self) -> None:
        """Close connections and file."""
        self._client.close()
        self._kept.close()

    def missing(self, documents: Iterable[tuple[Document, str]]) -> tuple[int, int]:
        """Return how many requests are to be sent, and their characters."""
        pieces = {p.key: p for document, text in documents for p in self._pieces(document, text)}
        known = self._kept.find(pieces)
        asked = [p for key, p in pieces.items() if key not in known]
        fixed = len(prompt.system())
        return len(asked), sum(fixed + len(p.framed) for p in asked)

    def claims(self, document: Document, text: str) -> tuple[tuple[Claim, ...], list[Issue]]:
        """Return the verified claims of a document, and an issue for each that was dropped.

        Raises:
            EndpointError: The endpoint can not be used; what it answered is kept.
        """
        pieces = list(self._pieces(document, text))
        answers = self._answers(pieces)
        read = analysed(document, text)
        found: dict[str, Claim] = {}
        codes: list[tuple[int, str]] = []
        for piece in pieces:
            answer = answers.get(piece.key)
            if answer is None:
                codes.append((piece.start, "llm-passage-unread"))
                continue
            codes += [(piece.start, "llm-claim-form")] * answer.malformed
            for proposed in answer.claims:
                try:
                    claim = verified(proposed, read, piece.start, piece.end)
                except RefusedError as error:
                    codes.append((piece.start, error.code))
                else:
                    made = self._made(claim, document, text)
                    found.setdefault(made.id, made)
        issues = [
            Issue("gather", document.file, offset, code, severity="warning")
            for offset, code in codes
        ]
        return tuple(found.values()), issues

    def _made(self, claim: Claim, document: Document, text: str) -> Claim:
        return identified(
            msgspec.structs.replace(
                claim,
                doc=document.id,
                quote=text[claim.start : claim.end],
                extractor=f"{self._endpoint.model}, prompt {prompt.version()}",
            )
        )

    def _pieces(self, document: Document, text: str) -> Iterator[Piece]:
        read = plain(text)
        spans = [(p.start, p.end) for p in document.passages]
        start = end = -1
        for first, last in spans:
            if start >= 0 and last - start > CHARACTERS:
                yield self._piece(read, start, end)
                start = -1
            start, end = (first if start < 0 else start), last
        if start >= 0:
            yield self._piece(read, start, end)

    def _piece(self, read: str, start: int, end: int) -> Piece:
        framed = prompt.framed(read[start:end])
        said = msgspec.json.encode((self._endpoint.model, prompt.version(), framed))
        return Piece(start, end, hashlib.sha256(said).digest(), framed)

    def _answers(self, pieces: list[Piece]) -> dict[bytes, Answer]:
        found = self._kept.find(p.key for p in pieces)
        missing = list({p.key: p for p in pieces if p.key not in found}.values())
        if missing:
            with ThreadPoolExecutor(min(self._endpoint.concurrency, len(missing))) as threads:
                for piece, answer in zip(missing, threads.map(self._ask, missing), strict=True):
                    if answer is not None:
                        self._kept.keep(piece.key, answer)
                        found[piece.key] = answer
        return found

    def _ask(self, piece: Piece) -> Answer | None:
        for again in (False, True):
            reply = self._client.ask(self._body(piece.framed, again=again))
            if reply.status in BAD_REQUEST and self._schema:
                self._schema = False  # an endpoint that knows no schemas is asked in words
                reply = self._client.ask(self._body(piece.framed, again=again))
            if reply.status != 200:
                return None
            answer = read_answer(reply.body)
            if answer is not None:
                return answer
        return None

    def _body(self, framed: str, *, again: bool) -> bytes:
        messages = [
            {"role": "system", "content": prompt.system()},
            {"role": "user", "content": framed},
        ]
        if again:
            messages.append({"role": "user", "content": prompt.AGAIN})
        body: dict[str, Any] = {
            "model": self._endpoint.model,
            "messages": messages,
            "temperature": 0,
            "max_tokens": prompt.ANSWER_TOKENS,
        }
        if self._schema:
            form = {"name": "claims", "schema": prompt.schema()}
            body["response_format"] = {"type": "json_schema", "json_schema": form}
        return msgspec.json.encode(body)


def read_answer(body: bytes) -> Answer | None:
    """Read the body of a chat completion; None unless it holds one object with a list of claims.

    Claims of another form are counted, the others kept.
    """
    try:
        found = json.loads(body)
        choice = found["choices"][0]
        content = choice["message"]["content"]
        if choice.get("finish_reason") == "length" or not isinstance(content, str):
            return None
        content = content.rpartition(_THOUGHT)[2]
        item, _ = json.JSONDecoder().raw_decode(content, content.index("{"))
        listed = item["claims"]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError):
        return None
    if not isinstance(listed, list):
        return None
    claims, malformed = [], 0
    for each in listed[:MOST_CLAIMS]:
        try:
            claims.append(msgspec.convert(each, Proposed))
        except (msgspec.ValidationError, RecursionError):
            malformed += 1
    return Answer(tuple(claims), malformed)


def _stored(data: bytes) -> Answer | None:
    try:
        return msgspec.json.decode(data, type=Answer)
    except msgspec.DecodeError:
        return None
