"""Who is who, and which side of a contradiction holds."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from uptake.model.knowledge import Entity, Judgement
from uptake.review.forms import SHORT, Desk, Seen, Sender, Who, Why
from uptake.review.rendering import address, page
from uptake.review.room import reason
from uptake.review.sources import Kind

router = APIRouter()

LONGEST_ENTITY = 300
MOST = 300
"""Entities on one page."""

NONE = "none"
"""What a contradiction is resolved as if it is none."""


@router.get("/entities", response_class=HTMLResponse)
def entities(
    request: Request,
    desk: Desk,
    who: Who,
    find: Annotated[str, Query(max_length=SHORT)] = "",
    done: Annotated[str, Query(max_length=SHORT)] = "",
) -> Response:
    """Show persons and organisations with all their names."""
    sought = find.strip().casefold()
    known = desk.sources.knowledge().entities
    found = [e for e in known if any(sought in name.casefold() for name in e.names)]
    made = desk.view().judged(done) if done else None
    return page(
        request,
        "entities.html",
        who=who,
        tab="entities",
        entities=found[:MOST],
        total=len(found),
        find=find.strip(),
        done=made,
        outcome=_outcome(made, known) if made else "",
    )


def _outcome(made: Judgement, known: Sequence[Entity]) -> str:
    """Say what became of a merge or a split; another judgement may stand against it."""
    names = [name for side in made.data.get("names", ()) for name in side]
    if made.kind not in ("merge", "split") or len(names) != 2:
        return ""
    one = any(set(names) <= set(entity.names) for entity in known)
    said = f"“{names[0]}” and “{names[1]}”"
    if one == (made.kind == "merge"):
        return f"{said} are {'one' if one else 'two'} now."
    other = (
        "keeps some of their names apart" if made.kind == "merge" else "joins them by a third name"
    )
    return f"{said} are still {'one' if one else 'two'}: another judgement {other}. See Judgements."


@router.post("/entities/merge", response_class=RedirectResponse, status_code=303)
def merge(
    desk: Desk,
    who: Sender,
    one: Annotated[str, Form(max_length=LONGEST_ENTITY)],
    other: Annotated[str, Form(max_length=LONGEST_ENTITY)],
    why: Why = "",
) -> Response:
    """Say that two names are of one person or organisation."""
    kinds = {e.kind for e in desk.sources.knowledge().entities if {one, other} & set(e.names)}
    if len(kinds) > 1:
        raise HTTPException(422, "A person and an organisation are never the same.")
    return _said(desk, "merge", (one, other), who, why)


@router.post("/entities/split", response_class=RedirectResponse, status_code=303)
def split(
    desk: Desk,
    who: Sender,
    one: Annotated[str, Form(max_length=LONGEST_ENTITY)],
    other: Annotated[str, Form(max_length=LONGEST_ENTITY)],
    why: Why = "",
) -> Response:
    """Say that two names are not of one person or organisation."""
    return _said(desk, "split", (one, other), who, why)


def _said(desk: Desk, kind: Kind, names: tuple[str, str], who: str, why: str) -> Response:
    known = {name for entity in desk.sources.knowledge().entities for name in entity.names}
    if names[0] == names[1] or not set(names) <= known:
        raise HTTPException(422, "Choose two different names from the list.")
    # the names stand in the data: a target is parted at its first bar, and names may have one
    sides = {"names": [[name] for name in sorted(names)]}
    made = desk.record(kind, "|".join(sorted(names)), who, reason(why), data=sides)
    return RedirectResponse(address(desk, "entities", {"who": who, "done": made.id}), 303)


@router.get("/contradictions", response_class=HTMLResponse)
def contradictions(
    request: Request,
    desk: Desk,
    who: Who,
    meanwhile: Annotated[str, Query(max_length=SHORT)] = "",
) -> Response:
    """Show contradictions with the quotes of both sides."""
    view = desk.view()
    found = desk.sources.knowledge().contradictions
    return page(
        request,
        "contradictions.html",
        who=who,
        tab="contradictions",
        contradictions=sorted(found, key=lambda c: (bool(c.resolved), c.id)),
        claims={id: standing.claim for id, standing in view.known.items()},
        titles=view.titles,
        seen={c.id: view.last(c.id) for c in found},
        meanwhile=view.judged(meanwhile),
        none=NONE,
    )


@router.post("/contradictions/{id}", response_class=RedirectResponse, status_code=303)
def resolve(
    desk: Desk,
    id: str,
    who: Sender,
    holds: Annotated[str, Form(max_length=SHORT)],
    why: Why = "",
    seen: Seen = "",
) -> Response:
    """Say which side holds, or that both may."""
    found = next((c for c in desk.sources.knowledge().contradictions if c.id == id), None)
    if found is None:
        raise HTTPException(
            410, "This contradiction is gone: its claims were judged or read anew since."
        )
    if holds not in {*found.claims, NONE}:
        raise HTTPException(422, "Choose the claim that holds, or that it is no contradiction.")
    last = desk.view().last(id)
    data = {"holds": holds, "claims": list(found.claims)}
    desk.record("resolve", id, who, reason(why), data=data)
    query = {"who": who, "meanwhile": last if last != seen else ""}
    return RedirectResponse(address(desk, "contradictions", query), 303)
