"""All judgements, the latest first, and taking one back."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from uptake.review.forms import Desk, Sender, Who, Why
from uptake.review.rendering import address, page
from uptake.review.room import reason
from uptake.review.standing import taken_back

router = APIRouter()

PAGE = 100


@router.get("/judgements", response_class=HTMLResponse)
def listed(
    request: Request, desk: Desk, who: Who, at: Annotated[int, Query(ge=0, le=10_000_000)] = 0
) -> Response:
    """Show the judgements."""
    view = desk.view()
    latest = view.judgements[::-1]
    at = min(at, max(0, len(latest) - 1)) // PAGE * PAGE
    return page(
        request,
        "judgements.html",
        who=who,
        tab="judgements",
        judgements=latest[at : at + PAGE],
        total=len(latest),
        at=at,
        size=PAGE,
        undone=taken_back(view.judgements),
        stale=view.unplaced,
        issues=view.issues,
        placed=view.placed,
        known=view.known,
    )


@router.post("/judgements/{id}/undo", response_class=RedirectResponse, status_code=303)
def undo(desk: Desk, id: str, who: Sender, why: Why = "") -> Response:
    """Take a judgement back; the undoing is a judgement too, and can itself be taken back."""
    view = desk.view()
    judgement = view.judged(id)
    if judgement is None:
        raise HTTPException(404, "There is no such judgement.")
    if id in taken_back(view.judgements):
        raise HTTPException(409, "Somebody has taken this judgement back already.")
    made = desk.record("undo", id, who, reason(why))
    claim = view.placed.get(judgement.target, judgement.target)
    if claim in view.known:
        query = {"who": who, "state": "all", "done": made.id}
        return RedirectResponse(address(desk, f"claims/{claim}", query), 303)
    return RedirectResponse(address(desk, "judgements", {"who": who}), 303)
