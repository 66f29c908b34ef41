"""What every form and address of the desk carries, checked where it enters."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Final

from fastapi import Depends, Form, Query, Request
from starlette.exceptions import HTTPException

from uptake.review.guard import same
from uptake.review.queue import Filter
from uptake.review.room import LONGEST_NAME, LONGEST_REASON, Room, named

SHORT: Final = LONGEST_NAME


def room_of(request: Request) -> Room:
    """Return the desk that answers."""
    found: Room = request.app.state.room
    return found


class NobodyError(Exception):
    """A page was asked for by nobody: the desk asks for a name first."""


def analyst(who: Annotated[str, Query(max_length=SHORT, description="Your name")] = "") -> str:
    """Return the name in the address.

    Raises:
        NobodyError: There is none.
    """
    name = named(who)
    if not name:
        raise NobodyError
    return name


def filtered(
    doc: Annotated[str, Query(max_length=SHORT)] = "",
    country: Annotated[str, Query(max_length=SHORT)] = "",
    type: Annotated[str, Query(max_length=SHORT)] = "",
    state: Annotated[str, Query(max_length=SHORT)] = "proposed",
    low: Annotated[str, Query(max_length=SHORT)] = "",
    high: Annotated[str, Query(max_length=SHORT)] = "",
) -> Filter:
    """Return the filter in the address; bounds that are no numbers bound nothing."""
    state = "" if state == "all" else state
    return Filter(doc, country, type, state, _share(low, 0.0), _share(high, 1.0))


def _share(said: str, otherwise: float) -> float:
    try:
        share = float(said)
    except ValueError:
        return otherwise
    return share if 0 <= share <= 1 else otherwise


def query(chosen: Filter) -> dict[str, str]:
    """Return a filter as an address carries it."""
    return {
        "doc": chosen.document,
        "country": chosen.country,
        "type": chosen.type,
        "state": chosen.state or "all",
        "low": "" if chosen.low == 0 else f"{chosen.low:g}",
        "high": "" if chosen.high == 1 else f"{chosen.high:g}",
    }


def sent(
    request: Request,
    csrf: Annotated[str, Form(max_length=SHORT)],
    who: Annotated[str, Form(max_length=SHORT)],
) -> str:
    """Return who sent a form.

    Raises:
        HTTPException: The form is not one of this desk's pages, or nobody signed it.
    """
    if not same(csrf, room_of(request).access.csrf):
        raise HTTPException(403, "This form is not of this desk, or of one that was closed since.")
    name = named(who)
    if not name:
        raise HTTPException(422, "Say who you are: every judgement is signed.")
    return name


async def fields(request: Request) -> Mapping[str, str]:
    """Return all text fields of a form; of one sent twice the last."""
    form = await request.form()
    return {key: value for key, value in form.items() if isinstance(value, str)}


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks what of which desk: all that every page of claims needs."""

    request: Request
    who: str
    chosen: Filter

    @property
    def desk(self) -> Room:
        """Return the desk that answers."""
        return room_of(self.request)


def asking(
    request: Request,
    who: Annotated[str, Depends(analyst)],
    chosen: Annotated[Filter, Depends(filtered)],
) -> Asked:
    """Read an address."""
    return Asked(request, who, chosen)


def sending(
    request: Request,
    who: Annotated[str, Depends(sent)],
    chosen: Annotated[Filter, Depends(filtered)],
) -> Asked:
    """Read an address to which a form was sent."""
    return Asked(request, who, chosen)


Asking = Annotated[Asked, Depends(asking)]
Sending = Annotated[Asked, Depends(sending)]
Who = Annotated[str, Depends(analyst)]
Sender = Annotated[str, Depends(sent)]
Desk = Annotated[Room, Depends(room_of)]
Fields = Annotated[Mapping[str, str], Depends(fields)]
Why = Annotated[str, Form(max_length=LONGEST_REASON)]
Seen = Annotated[str, Form(max_length=SHORT)]
"""The last judgement about the same thing that the page showed when it was made."""
