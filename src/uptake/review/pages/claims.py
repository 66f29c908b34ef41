"""The queue of claims, one claim beside its document, and what an analyst decides about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, get_args

import msgspec
from fastapi import APIRouter, Depends, Form, Query
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from uptake.model.claim import Claim, ClaimType
from uptake.model.knowledge import Judgement
from uptake.review import fields as form_fields
from uptake.review import forms, passages, queue, quote
from uptake.review.forms import SHORT, Asked, Asking, Fields, Seen, Sending, Why
from uptake.review.rendering import address, page
from uptake.review.room import View, reason
from uptake.review.sources import Kind
from uptake.review.standing import STATES, Standing

router = APIRouter()


@router.get("/claims", response_class=HTMLResponse)
def listed(asked: Asking, at: Annotated[int, Query(ge=0, le=10_000_000)] = 0) -> Response:
    """Show the queue."""
    view = asked.desk.view()
    found = queue.shown(view.known, asked.chosen)
    at = min(at, max(0, len(found) - 1)) // queue.PAGE * queue.PAGE
    return page(
        asked.request,
        "claims.html",
        who=asked.who,
        tab="claims",
        standings=found[at : at + queue.PAGE],
        total=len(found),
        at=at,
        size=queue.PAGE,
        chosen=asked.chosen,
        q=forms.query(asked.chosen),
        documents=view.documents,
        titles=view.titles,
        countries=queue.countries(view.known.values()),
        types=get_args(ClaimType),
        states=STATES,
        threshold=asked.desk.sources.threshold,
        stale=len(view.unplaced),
    )


@dataclass(frozen=True, slots=True)
class Shown:
    """How a claim's page is shown.

    Attributes:
        claim: As a form holds it, with its quote moved; None for what is recorded.
        said: What the form holds that is not recorded yet.
        wrong: What is wrong with it, by field.
        whole: Whether all of a long document is shown.
        done: The judgement that led here.
        meanwhile: What somebody else decided while that one was made.
    """

    claim: Claim | None = None
    said: Mapping[str, str] | None = None
    wrong: Mapping[str, str] = field(default_factory=dict)
    whole: bool = False
    done: Judgement | None = None
    meanwhile: Judgement | None = None


@router.get("/claims/{id}", response_class=HTMLResponse)
def one(
    asked: Asking,
    id: str,
    whole: Annotated[bool, Query()] = False,
    done: Annotated[str, Query(max_length=SHORT)] = "",
    meanwhile: Annotated[str, Query(max_length=SHORT)] = "",
) -> Response:
    """Show a claim beside its document."""
    view = asked.desk.view()
    how = Shown(whole=whole, done=view.judged(done), meanwhile=view.judged(meanwhile))
    return _page(asked, view, _known(view, id), how)


def _page(asked: Asked, view: View, standing: Standing, how: Shown) -> Response:
    claim = how.claim or standing.claim
    case = view.cases[claim.doc]
    before, after = queue.beside(view.known, asked.chosen, claim.id)
    values = {**form_fields.texts(standing.claim), **(how.said or {})}
    return page(
        asked.request,
        "claim.html",
        who=asked.who,
        status=422 if how.wrong else 200,
        tab="claims",
        standing=standing,
        claim=claim,
        document=case.document,
        shown=passages.shown(case, claim, whole=how.whole),
        fields=form_fields.of(claim),
        values=values,
        filled=[name for name, value in values.items() if value],
        others=form_fields.others(claim),
        wrong=how.wrong,
        drafted=how.said is not None,
        moves=quote.MOVES,
        before=before,
        after=after,
        seen=view.last(claim.id),
        q=forms.query(asked.chosen),
        threshold=asked.desk.sources.threshold,
        done=how.done,
        meanwhile=how.meanwhile,
    )


def _known(view: View, id: str) -> Standing:
    found = view.known.get(view.placed.get(id, id))
    if found is not None:
        return found
    if any(judgement.target == id for judgement in view.judgements):
        raise HTTPException(
            410,
            "This claim was judged, and the documents were read anew since: it is not proposed "
            "any more. The judgement is kept; see Judgements.",
        )
    raise HTTPException(404, "There is no such claim; the documents may have been read anew.")


Decision = tuple[Kind, Mapping[str, Any], Claim]
"""What is decided, what it sets, and the claim as the analyst saw it then."""


@router.post("/claims/{id}/accept", response_class=RedirectResponse, status_code=303)
def accept(asked: Sending, id: str, why: Why = "", seen: Seen = "") -> Response:
    """Accept a claim as it stands."""
    view = asked.desk.view()
    standing = _known(view, id)
    return _record(asked, view, standing, (why, seen), [("accept", {}, standing.claim)])


@router.post("/claims/{id}/reject", response_class=RedirectResponse, status_code=303)
def reject(asked: Sending, id: str, why: Why = "", seen: Seen = "") -> Response:
    """Reject a claim; a reason is needed."""
    view = asked.desk.view()
    standing = _known(view, id)
    if not reason(why):
        raise HTTPException(422, "Say why the claim is rejected: go back and write a reason.")
    return _record(asked, view, standing, (why, seen), [("reject", {}, standing.claim)])


def _record(
    asked: Asked,
    view: View,
    standing: Standing,
    said: tuple[str, str],
    decisions: Sequence[Decision],
) -> Response:
    """Append judgements and go on to the next claim; say what others did in the meantime.

    A claim that came out otherwise after it was judged is judged by its old id, under which its
    edits are: the judgement then finds it as the ones before did.

    Args:
        asked: Who, and of which desk.
        view: The moment on which the decisions rest.
        standing: Of the claim.
        said: Why, and the last judgement that the page showed.
        decisions: In order, one at least.
    """
    id = standing.proposed.id
    target = standing.history[-1].target if standing.moved else id
    made = [
        asked.desk.record(kind, target, asked.who, reason(said[0]), data=data, claim=claim)
        for kind, data, claim in decisions
    ][-1]
    _, after = queue.beside(view.known, asked.chosen, id)
    last = view.last(id)
    query = {
        "who": asked.who,
        **forms.query(asked.chosen),
        "done": made.id,
        "meanwhile": last if last != said[1] else "",
    }
    goal = id if made.kind == "edit" or not after else after
    return RedirectResponse(address(asked.desk, f"claims/{goal}", query), 303)


@dataclass(frozen=True, slots=True)
class Edit:
    """What a form says of the quote, and which button sent it.

    Attributes:
        start, end: Where the quote lies now.
        move: How it is to be moved, a key of ``quote.MOVES``; empty to record.
        accepting: Whether the claim is accepted, too.
        why: Reason.
        seen: The last judgement about it that the page showed.
    """

    start: int
    end: int
    move: str
    accepting: bool
    why: str
    seen: str


def edit_of(
    start: Annotated[int, Form(ge=0, le=2**53)],
    end: Annotated[int, Form(ge=0, le=2**53)],
    move: Annotated[str, Form(max_length=SHORT)] = "",
    accepting: Annotated[str, Form(max_length=SHORT)] = "",
    why: Why = "",
    seen: Seen = "",
) -> Edit:
    """Read the parts of the form that every type of claim has."""
    return Edit(start, end, move, bool(accepting), why, seen)


@router.post("/claims/{id}/edit", response_class=HTMLResponse)
def edit(
    asked: Sending, id: str, form: Fields, sent: Annotated[Edit, Depends(edit_of)]
) -> Response:
    """Move the quote (nothing is recorded yet), or record an edit of fields and quote."""
    view = asked.desk.view()
    standing = _known(view, id)
    case = view.cases[standing.claim.doc]
    if not quote.allowed(case.text, sent.start, sent.end):
        raise HTTPException(422, "The quote must lie on words of the document.")
    if sent.move:
        span = quote.moved(case.text, (sent.start, sent.end), sent.move, case.sentences)
        moved = _at(standing.claim, case.text, span)
        return _page(asked, view, standing, Shown(claim=moved, said=form))
    data, wrong = form_fields.changes(standing.claim, form)
    wrong |= _stated(data, case.text)
    if (sent.start, sent.end) != (standing.claim.start, standing.claim.end):
        data |= {"start": sent.start, "end": sent.end}
    rules = asked.desk.sources.rules
    claim = standing.claim
    if data and not wrong:
        edited = rules.edit(claim, data, {case.document.id: case.text})
        wrong |= rules.impossible(claim, edited)
    if wrong:
        moved = _at(claim, case.text, (sent.start, sent.end))
        return _page(asked, view, standing, Shown(claim=moved, said=form, wrong=wrong))
    if not data and not sent.accepting:
        raise HTTPException(422, "Nothing was changed, so nothing was recorded.")
    # an edit confirms the claim as it then stands, so it needs no judgement beside it
    decisions: list[Decision] = [("edit", data, claim) if data else ("accept", {}, claim)]
    return _record(asked, view, standing, (sent.why, sent.seen), decisions)


def _at(claim: Claim, text: str, span: tuple[int, int]) -> Claim:
    start, end = span
    return msgspec.structs.replace(claim, start=start, end=end, quote=text[start:end])


def _stated(data: Mapping[str, Any], text: str) -> dict[str, str]:
    """Check that a time's words stand in the document: no date is invented."""
    time = data.get("time")
    if time and " ".join((time.get("text") or "").split()) not in " ".join(text.split()):
        return {"time.text": "these words are not in the document; write them as they stand there"}
    return {}
