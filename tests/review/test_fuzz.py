"""Whatever is sent to the desk is answered with a page: nothing fails, nothing is lost."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from tests.review.conftest import CSRF, HOST, TOKEN, Client, Kept, clock

from uptake.flow.gold_sample import kappa_of
from uptake.gather.knowledge import judgements
from uptake.gather.knowledge.applying import apply
from uptake.model.knowledge import Judgement
from uptake.pseudonymise.mask import mask
from uptake.review.app import desk, pages
from uptake.review.fields import of
from uptake.review.gold import GoldSources, ToLabel, Wanted, draw
from uptake.review.guard import Access
from uptake.review.room import Room
from uptake.review.sources import Sources

ACCESS = Access(TOKEN, CSRF, frozenset({HOST}))
EXAMPLES = 25


def parts(kept: Kept) -> tuple[Sources, GoldSources]:
    kept.messages = {m: ToLabel(m, (("user", mask("Why?")),)) for m in kept.frame.messages}
    kept.designs.append(draw(kept.frame, Wanted(9, "simple", 1, 4), by="A", drawn="2026"))
    return kept.sources(), kept.gold(kappa_of)


def first(kept: Kept) -> Judgement:
    return judgements.judgement("accept", kept.claim("14%").id, "Ayla", "2026-05-04")


def schema() -> dict[str, Any]:
    """The schema of the pages, with ids that there are and keys that open, so that many get in."""
    kept = Kept(Path("nowhere"))
    found: dict[str, Any] = pages(Room(parts(kept)[0], ACCESS, clock(), parts(kept)[1])).openapi()
    claims = [claim for case in kept.cases for claim in case.claims]
    ids = {
        "/claims/{id}": [claim.id for claim in claims],
        "/judgements/{id}": [first(kept).id],
        "/contradictions/{id}": ["c1"],
        "/gold/{id}": list(kept.designs[0].messages),
        "/static/{name}": ["desk.css", "desk.js"],
    }
    names = [name for entity in kept.knowledge().entities for name in entity.names]
    known: dict[str, list[Any]] = {
        "csrf": [CSRF, "wrong"],
        "who": ["Ayla", "Боря", "<b>"],
        "start": [claim.start for claim in claims],
        "end": [claim.end for claim in claims],
        "move": ["", "next", "previous", "start-left", "end-left", "none"],
        "one": names,
        "other": names,
        "holds": [*(claim.id for claim in claims), "none"],
    }
    for path, item in found["paths"].items():
        inside = next((v for k, v in ids.items() if path.startswith(k)), [])
        for operation in item.values():
            for parameter in operation.get("parameters", ()):
                if parameter["in"] == "path":
                    parameter["schema"] = {"type": "string", "enum": [*inside, "none"]}
                elif parameter["name"] == "who":
                    parameter |= {"schema": {"enum": known["who"]}, "required": True}
    fields = sorted({f.name for claim in claims for f in of(claim)})
    for name, body in found["components"]["schemas"].items():
        inner = body.get("properties", {})
        inner |= {key: {"enum": values} for key, values in known.items() if key in inner}
        if "edit" in name:
            inner |= {field: {"type": "string", "maxLength": 20} for field in fields}
    return found


SCHEMA = schemathesis.openapi.from_dict(schema())


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Client, Kept]]:
    kept = Kept(tmp_path_factory.mktemp("fuzz") / "judgements.jsonl")
    sources, gold = parts(kept)
    judgements.append(kept.path, first(kept))
    yield Client(desk(sources, ACCESS, clock(), gold)), kept
    made, issues = kept.judgements()
    assert not issues
    assert made, "a process may have only some of the pages, but the first judgement stays"
    texts = {case.document.id: case.text for case in kept.cases}
    claims = [claim for case in kept.cases for claim in case.claims]
    for claim in apply(claims, made, texts).claims:
        assert texts[claim.doc][claim.start : claim.end] == claim.quote


def sent(client: Client, case: "schemathesis.Case[Any]") -> httpx.Response:
    path = f"/t/{TOKEN}{case.formatted_path}"
    query = {key: str(value) for key, value in (case.query or {}).items()}
    rest: dict[str, Any] = {}
    if isinstance(case.body, dict):
        rest["data"] = {key: str(value) for key, value in case.body.items()}
    elif isinstance(case.body, str | bytes):
        rest["content"] = case.body
        rest["headers"] = {"Content-Type": case.media_type or "text/plain"}
    return client.request(case.method, path, params=query, **rest)


@SCHEMA.parametrize()
@settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_whatever_is_sent_is_answered(
    case: "schemathesis.Case[Any]", opened: tuple[Client, Kept]
) -> None:
    client, _ = opened
    answer = sent(client, case)
    assert answer.status_code in {200, 303, 403, 404, 405, 409, 410, 413, 414, 422}
    assert answer.headers["x-frame-options"] == "DENY"
    assert "Traceback" not in answer.text
    if answer.status_code == 303:
        assert answer.headers["location"].startswith(f"/t/{TOKEN}/")
    elif case.method == "GET" and answer.status_code == 200 and ".css" not in case.path:
        assert answer.text
