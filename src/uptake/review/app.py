"""Put the desk together: pages, clear errors, and the guard around them."""

from collections.abc import Callable

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException

from uptake.model.errors import UptakeError
from uptake.review.forms import NobodyError
from uptake.review.gold import GoldSources
from uptake.review.guard import Access, Guard
from uptake.review.pages import ROUTERS
from uptake.review.rendering import page
from uptake.review.room import Room, named
from uptake.review.sources import Sources


def pages(room: Room) -> FastAPI:
    """Return the pages without their guard; the schema of its forms is ``openapi()``."""
    app = FastAPI(title="uptake desk", docs_url=None, redoc_url=None, openapi_url=None, version="1")
    app.state.room = room
    for router in ROUTERS:
        app.include_router(router)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _incomplete)
    app.add_exception_handler(NobodyError, _nobody)
    app.add_exception_handler(UptakeError, _impossible)
    app.add_exception_handler(Exception, _failed)
    return app


def desk(
    sources: Sources, access: Access, now: Callable[[], str], gold: GoldSources | None = None
) -> Guard:
    """Return the whole desk as an ASGI application."""
    return Guard(pages(Room(sources, access, now, gold)), access)


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 (that is what it is registered for)
    said = "There is no such page." if error.detail == "Not Found" else str(error.detail)
    answer = page(
        request, "error.html", who=_who(request), status=error.status_code, said=said, tab=""
    )
    answer.headers.update(error.headers or {})
    return answer


def _incomplete(request: Request, error: Exception) -> Response:
    """Name the fields; what was sent is not sent back."""
    assert isinstance(error, RequestValidationError)  # noqa: S101
    names = sorted({str(e["loc"][-1]) for e in error.errors() if e["loc"][0] != "body"})
    names += sorted({str(e["loc"][-1]) for e in error.errors() if e["loc"][0] == "body"})
    said = f"This form or address is not complete: {', '.join(names)[:200]}. Nothing was recorded."
    return page(request, "error.html", who=_who(request), status=422, said=said, tab="")


def _nobody(request: Request, error: Exception) -> Response:
    del error
    room: Room = request.app.state.room
    return RedirectResponse(f"{room.access.root}/", 303)


def _impossible(request: Request, error: Exception) -> Response:
    """Show an error on purpose: its message says where, what, and what to do."""
    return page(request, "error.html", who=_who(request), status=409, said=str(error), tab="")


def _failed(request: Request, error: Exception) -> Response:
    """Tell nothing of the reason: it is for the terminal, where the guard writes it."""
    del error
    said = "This page failed, and nothing was recorded. The reason stands in the terminal."
    return page(request, "error.html", who=_who(request), status=500, said=said, tab="")


def _who(request: Request) -> str:
    return named(request.query_params.get("who", ""))
