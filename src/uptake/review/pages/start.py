"""The first page, which asks for a name, and the files that every page needs."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response
from starlette.exceptions import HTTPException

from uptake.review.forms import SHORT, Desk
from uptake.review.rendering import STATIC, page, static
from uptake.review.room import named

router = APIRouter()


@router.get("/", response_class=HTMLResponse)
def start(
    request: Request, desk: Desk, who: Annotated[str, Query(max_length=SHORT)] = ""
) -> Response:
    """Ask who is at the desk, or say what there is to do."""
    name = named(who)
    view = desk.view()
    states = [standing.state for standing in view.known.values()]
    counts = {state: states.count(state) for state in ("proposed", "accepted", "rejected")}
    return page(
        request, "start.html", who=name, counts=counts, documents=len(view.cases), tab="start"
    )


@router.get("/site.css", response_class=Response)
def site_css(desk: Desk) -> Response:
    """Return the site's style sheet."""
    return Response(desk.sources.style, media_type="text/css; charset=utf-8")


@router.get("/static/{name}", response_class=Response)
def own_file(name: str) -> Response:
    """Return a file of the desk's own."""
    if name not in STATIC:
        raise HTTPException(404, "There is no such page.")
    return Response(static(name), media_type=STATIC[name])
