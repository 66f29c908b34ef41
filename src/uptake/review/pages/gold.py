"""The second tab: draw a sample of messages, label it, see how far two people agree."""

from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from uptake.review import gold
from uptake.review.forms import SHORT, Desk, Fields, Sender, Who
from uptake.review.gold import Design, GoldLabel, GoldSources, ToLabel
from uptake.review.rendering import address, page
from uptake.review.room import Room

router = APIRouter()

MOST = 20_000
"""Messages of one sample."""

SEED = 2**32 - 1


def _open(desk: Room) -> GoldSources:
    if desk.gold is None:
        raise HTTPException(
            404, "There are no labelled logs here: put logs in and run uptake build first."
        )
    return desk.gold


def _design(sources: GoldSources) -> Design:
    found = sources.designs()
    if not found:
        raise HTTPException(404, "No sample was drawn yet: draw one first.")
    return found[-1]


@router.get("/gold", response_class=HTMLResponse)
def overview(request: Request, desk: Desk, who: Who) -> Response:
    """Show the sample's design, what is done, and the agreement."""
    sources = _open(desk)
    designs = sources.designs()
    design = designs[-1] if designs else None
    labels = sources.labels()
    return page(
        request,
        "gold.html",
        who=who,
        tab="gold",
        design=design,
        earlier=len(designs) - 1,
        methods=gold.METHODS,
        waiting=len(gold.waiting(labels, design, who)) if design else 0,
        progress=gold.progress(labels, design) if design else [],
        done=len(gold.settled(labels, design)) if design else 0,
        agreements=gold.agreements(labels, design, sources.kappa) if design else [],
        disagreements=gold.disagreements(labels, design) if design else [],
        facets={facet.id: facet.title for facet in sources.facets},
        setting=sources.setting,
    )


@router.post("/gold/draw", response_class=RedirectResponse, status_code=303)
def draw(
    desk: Desk,
    who: Sender,
    n: Annotated[int, Form(ge=1, le=MOST)],
    method: Annotated[gold.Method, Form()],
    seed: Annotated[int, Form(ge=0, le=SEED)],
    both: Annotated[int, Form(ge=0, le=MOST)] = 0,
) -> Response:
    """Draw a sample; the one before stays recorded."""
    sources = _open(desk)
    frame = sources.frame()
    if not frame.messages:
        raise HTTPException(409, "The logs hold no counted message to draw from.")
    sources.keep(gold.draw(frame, gold.Wanted(n, method, seed, both), by=who, drawn=desk.now()))
    return RedirectResponse(address(desk, "gold", {"who": who}), 303)


@router.get("/gold/next", response_class=RedirectResponse, status_code=303)
def following(desk: Desk, who: Who) -> Response:
    """Go to the next message that this annotator has yet to label."""
    sources = _open(desk)
    left = gold.waiting(sources.labels(), _design(sources), who)
    path = f"gold/{left[0]}" if left else "gold"
    return RedirectResponse(address(desk, path, {"who": who}), 303)


@router.get("/gold/{id}", response_class=HTMLResponse)
def one(
    request: Request,
    desk: Desk,
    id: str,
    who: Who,
    settle: Annotated[bool, Query()] = False,
) -> Response:
    """Show a masked message; what others said of it only where it is to be settled."""
    sources = _open(desk)
    design = _design(sources)
    labels = sources.labels()
    done = gold.by_annotator(labels, design)
    own = done.get(who, {}).get(id)
    if settle and own is None and not gold.settled(labels, design).get(id):
        settle = False
    return page(
        request,
        "label.html",
        who=who,
        tab="gold",
        message=_message(sources, design, id),
        facets=sources.facets,
        own=own.said() if own else {},
        others={name: theirs[id].said() for name, theirs in done.items() if id in theirs}
        if settle
        else {},
        settle=settle,
        left=len(gold.waiting(labels, design, who)),
    )


def _message(sources: GoldSources, design: Design, id: str) -> ToLabel:
    if id not in design.messages:
        raise HTTPException(404, "This message is not in the sample.")
    found = sources.messages(design.messages).get(id)
    if found is None:
        raise HTTPException(
            410, "The log that held this message is gone or was changed, so it can not be read."
        )
    return found


@router.post("/gold/{id}", response_class=RedirectResponse, status_code=303)
def label(
    desk: Desk,
    id: str,
    who: Sender,
    form: Fields,
    settles: Annotated[str, Form(max_length=SHORT)] = "",
) -> Response:
    """Record what the annotator said; a facet left open is no label."""
    sources = _open(desk)
    design = _design(sources)
    if id not in design.messages:
        raise HTTPException(404, "This message is not in the sample.")
    said = {}
    for facet in sources.facets:
        value = form.get(facet.id, "")
        if value and value not in facet.ids:
            raise HTTPException(422, f"{facet.title}: choose one of the list.")
        said[facet.id] = value or None
    sources.append(
        GoldLabel(
            message=id,
            sample=design.id,
            annotator=who,
            when=desk.now(),
            settles=bool(settles),
            **said,
        )
    )
    path = "gold" if settles else "gold/next"
    return RedirectResponse(address(desk, path, {"who": who}), 303)
