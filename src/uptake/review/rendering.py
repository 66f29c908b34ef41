"""Templates of the desk: every text escaped, every link with the key of the desk and the name."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final
from urllib.parse import quote, urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse

from uptake.review.room import Room

STATIC: Final = {"desk.css": "text/css; charset=utf-8", "desk.js": "text/javascript; charset=utf-8"}


def page(
    request: Request,
    template: str,
    *,
    who: str = "",
    status: int = 200,
    **context: Any,
) -> HTMLResponse:
    """Return a page; ``who`` is the analyst, empty where nobody was named."""
    room: Room = request.app.state.room

    def to(path: str, **query: Any) -> str:
        return address(room, path, {"who": who, **query})

    text = (
        _environment()
        .get_template(template)
        .render(
            title=room.sources.title,
            who=who,
            to=to,
            root=room.access.root,
            csrf=room.access.csrf,
            has_gold=room.gold is not None,
            here=request.url.path,
            **context,
        )
    )
    return HTMLResponse(text, status)


def address(room: Room, path: str, query: Mapping[str, Any]) -> str:
    """Return the address of a page below the desk's key; empty values are left out."""
    said = urlencode({key: value for key, value in query.items() if value not in {"", None}})
    return f"{room.access.root}/{quote(path)}" + (f"?{said}" if said else "")


@cache
def static(name: str) -> str:
    """Return a file of the desk's own."""
    return (files("uptake.review") / "static" / name).read_text(encoding="utf-8")


@cache
def _environment() -> Any:
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("uptake.review", "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["percent"] = lambda share: f"{100 * share:.0f}%"
    environment.filters["clock"] = lambda when: str(when)[:16].replace("T", " ")
    environment.filters["words"] = lambda name: str(name).replace("_", " ")
    return environment
