"""The queue of claims, one claim beside its document, and what an analyst decides about it."""

from collections.abc import Mapping
from typing import Annotated, Any, get_args

import msgspec
from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from uptake.model.claim import Claim, ClaimType
from uptake.review import fields as form_fields
from uptake.review import forms, judging, passages, quote, queue
from uptake.review.forms import SHORT, Chosen, Desk, Fields, Seen, Sender, Who, Why
from uptake.review.rendering import address, page
from uptake.review.room import Room, View
from uptake.review.standing import STATES, Standing, edited, stale

router = APIRouter()


@router.get("/claims", response_class=HTMLResponse)
def listed(
    request: Request,
    desk: Desk,
    who: Who,
    chosen: Chosen,
    at: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> Response:
    """Show the queue."""
    view = desk.view()
    found = queue.shown(view.known, chosen)
    at = min(at, max(0, len(found) - 1)) // queue.PAGE * queue.PAGE
    return page(
        request,
        "claims.html",
        who=who,
        tab="claims",
        standings=found[at : at + queue.PAGE],
        total=len(found),
        at=at,
        size=queue.PAGE,
        chosen=chosen,
        q=forms.query(chosen),
        documents=view.documents,
        titles={d.id: d.title or d.file for d in view.documents},
        countries=queue.countries(view.known.values()),
        types=get_args(ClaimType),
        states=STATES,
        stale=len(stale(view.judgements, view.known)),
    )


@router.get("/claims/{id}", response_class=HTMLResponse)
def one(
    request: Request,
    desk: Desk,
    id: str,
    who: Who,
    chosen: Chosen,
    whole: Annotated[bool, Query()] = False,
    done: Annotated[str, Query(max_length=SHORT)] = "",
    meanwhile: Annotated[str, Query(max_length=SHORT)] = "",
) -> Response:
    """Show a claim beside its document."""
    view = desk.view()
    standing = _known(view, id)
    notice = (view.judged(done), view.judged(meanwhile))
    return _shown(request, view, standing, who, chosen, whole=whole, notice=notice)


def _shown(  # noqa: PLR0913 (a page has as many parts)
    request: Request,
    view: View,
    standing: Standing,
    who: str,
    chosen: queue.Filter,
    *,
    claim: Claim | None = None,
    said: Mapping[str, str] | None = None,
    wrong: Mapping[str, str] | None = None,
    whole: bool = False,
    notice: tuple[Any, Any] = (None, None),
) -> Response:
    """Return the page of a claim; ``said`` is what a form holds that is not recorded yet."""
    claim = claim or standing.claim
    case = view.cases[claim.doc]
    before, after = queue.beside(view.known, chosen, claim.id)
    return page(
        request,
        "claim.html",
        who=who,
        status=422 if wrong else 200,
        tab="claims",
        standing=standing,
        claim=claim,
        document=case.document,
        shown=passages.shown(case, claim, whole=whole),
        fields=form_fields.of(claim),
        values={**form_fields.texts(claim), **(said or {})},
        others=form_fields.others(claim),
        wrong=wrong or {},
        drafted=said is not None,
        moves=quote.MOVES,
        before=before,
        after=after,
        seen=view.last(claim.id),
        q=forms.query(chosen),
        done=notice[0],
        meanwhile=notice[1],
    )


def _known(view: View, id: str) -> Standing:
    if id in view.known:
        return view.known[id]
    if any(judgement.target == id for judgement in view.judgements):
        raise HTTPException(
            410,
            "This claim was judged, and the documents were read anew since: it is not proposed "
            "any more. The judgement is kept; see Judgements.",
        )
    raise HTTPException(404, "There is no such claim; the documents may have been read anew.")


@router.post("/claims/{id}/accept", response_class=RedirectResponse, status_code=303)
def accept(
    desk: Desk, id: str, who: Sender, chosen: Chosen, why: Why = "", seen: Seen = ""
) -> Response:
    """Accept a claim as it stands."""
    view = desk.view()
    _known(view, id)
    return _record(desk, view, chosen, seen, ("accept", id, who, why, {}))


@router.post("/claims/{id}/reject", response_class=RedirectResponse, status_code=303)
def reject(
    desk: Desk, id: str, who: Sender, chosen: Chosen, why: Why = "", seen: Seen = ""
) -> Response:
    """Reject a claim; a reason is needed."""
    view = desk.view()
    _known(view, id)
    if not judging.reason(why):
        raise HTTPException(422, "Say why the claim is rejected: go back and write a reason.")
    return _record(desk, view, chosen, seen, ("reject", id, who, why, {}))


def _record(
    desk: Room,
    view: View,
    chosen: queue.Filter,
    seen: str,
    decision: tuple[judging.Kind, str, str, str, dict[str, Any]],
    *,
    stay: bool = False,
) -> Response:
    """Append a judgement and go on to the next claim; say what others did in the meantime.

    ``decision`` is kind, target, who, why and data.
    """
    kind, id, who, why, data = decision
    standing = view.known[id]
    last = view.last(id)
    data = {**data, **judging.snapshot(standing.proposed)}
    made = desk.record(kind, id, who, judging.reason(why), data)
    _, after = queue.beside(view.known, chosen, id)
    query = {"who": who, **forms.query(chosen), "done": made.id}
    if last != seen:
        query["meanwhile"] = last
    goal = id if stay or not after else after
    return RedirectResponse(address(desk, f"claims/{goal}", query), 303)


@router.post("/claims/{id}/edit", response_class=HTMLResponse)
def edit(  # noqa: PLR0913 (each is a part of the form)
    request: Request,
    desk: Desk,
    id: str,
    who: Sender,
    chosen: Chosen,
    form: Fields,
    start: Annotated[int, Form(ge=0)],
    end: Annotated[int, Form(ge=0)],
    move: Annotated[str, Form(max_length=SHORT)] = "",
    accepting: Annotated[str, Form(max_length=SHORT)] = "",
    why: Why = "",
    seen: Seen = "",
) -> Response:
    """Move the quote (nothing is recorded yet), or record an edit of fields and quote."""
    view = desk.view()
    standing = _known(view, id)
    case = view.cases[standing.claim.doc]
    if not quote.allowed(case.text, start, end):
        raise HTTPException(422, "The quote must lie on words of the document.")
    if move:
        span = quote.moved(case.text, (start, end), move, desk.sources.sentences(case))
        claim = _at(standing.claim, case.text, span)
        return _shown(request, view, standing, who, chosen, claim=claim, said=form)
    claim = _at(standing.claim, case.text, (start, end))
    data, wrong = form_fields.changes(standing.claim, form)
    wrong |= _stated(data, case.text)
    if wrong:
        return _shown(
            request, view, standing, who, chosen, claim=claim, said=form, wrong=wrong
        )
    if (start, end) != (standing.claim.start, standing.claim.end):
        data |= {"start": start, "end": end}
    if not data and not accepting:
        raise HTTPException(422, "Nothing was changed, so nothing was recorded.")
    if data:
        edited(standing.claim, case.text, data)
        answer = _record(
            desk, view, chosen, seen, ("edit", id, who, why, data), stay=not accepting
        )
    else:
        answer = None
    if accepting:
        answer = _record(desk, view, chosen, seen, ("accept", id, who, why, {}))
    assert answer is not None  # noqa: S101 (one of the two was recorded)
    return answer


def _at(claim: Claim, text: str, span: tuple[int, int]) -> Claim:
    start, end = span
    return msgspec.structs.replace(claim, start=start, end=end, quote=text[start:end])


def _stated(data: Mapping[str, Any], text: str) -> dict[str, str]:
    """Check that a time's words stand in the document: no date is invented."""
    time = data.get("time")
    if time and time.get("text") and time["text"] not in " ".join(text.split()):
        return {"time.text": "these words are not in the document; write them as they stand there"}
    return {}
