"""Women and men of a place, for a page: who they are, and what both want."""

from dataclasses import dataclass

from uptake.model.demography import GenderAnswer, GenderMix
from uptake.publish import numbers
from uptake.publish.edition import Edition
from uptake.publish.grid import Grid, Printed, printed
from uptake.publish.titles import facet_title


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page that is words and tables.

    Attributes:
        title: Its heading.
        lead: Sentences before the tables.
        grids: The tables.
        notes: Sentences behind them.
    """

    title: str
    lead: tuple[str, ...] = ()
    grids: tuple[Grid, ...] = ()
    notes: tuple[str, ...] = ()


_WHAT = (
    "Most logs state nobody's gender. A person counts as a woman or a man by what the record says, "
    "or else by what the name is associated with; how often such lists of names mislead has been "
    "measured, and is taken out of the shares (counted: the share before that). {unit}"
)
_UNITS = {
    "people_share": "Each person counts once.",
    "message_share": "Who they are counts each person once; what they want counts messages, as the "
    "noise that protects people leaves no shares of people.",
}
_HOW = (
    "How names are associated, how often they mislead and what the shares must not be used for is "
    "in the documentation, under gender association."
)


FACETS = ("intent", "work", "topic_group")


def mix_of(edition: Edition, place: str) -> GenderMix | None:
    """Return a place's composition by gender; None where it was not computed."""
    return next((m for m in edition.release.demography.mixes if m.place == place), None)


def in_order(edition: Edition, facet: str, value: str) -> tuple[int, int]:
    """Return where an answer stands among all, in the order of pages."""
    known = edition.slices.answers(facet)
    return FACETS.index(facet), known.index(value) if value in known else len(known)


def section(edition: Edition, place: str) -> Section | None:
    """Lay out what is known of a place's women and men."""
    mix = mix_of(edition, place)
    if mix is None:
        return None
    answers = [a for a in edition.release.demography.answers if a.place == place]
    answers.sort(key=lambda a: in_order(edition, a.facet, a.value))
    grids = [made for made in (_mix(edition, mix), *_answers(edition, place, answers)) if made]
    notes = dict.fromkeys(
        [
            *([f"Who they are is not given: {mix.reason}."] if mix.reason else []),
            *(
                f"{facet_title(a.facet)} by gender is not given: {a.reason}."
                for a in answers
                if a.reason
            ),
            _HOW,
        ]
    )
    what = _WHAT.format(unit=_UNITS[answers[0].measure if answers else "people_share"])
    return Section("Women and men", (what,), tuple(grids), tuple(notes))


def _mix(edition: Edition, mix: GenderMix) -> Grid | None:
    if mix.women is None or mix.unknown is None or mix.observed is None:
        return None
    told = Printed(numbers.percent(mix.observed) + "%")
    rows = (
        ("Women among those whose name tells", printed(mix.women), told, mix.women.n),
        ("People whose name does not tell", printed(mix.unknown), Printed("–"), mix.unknown.n),
    )
    name = edition.titles.place(mix.place)
    return Grid(
        f"People by gender, {name}",
        ("", "Share", "Counted", "People"),
        tuple((label, (s, before, Printed(numbers.count(n)))) for label, s, before, n in rows),
    )


def _answers(edition: Edition, place: str, found: list[GenderAnswer]) -> list[Grid]:
    grids = []
    for facet in dict.fromkeys(answer.facet for answer in found):
        rows = [
            (edition.titles.value(facet, a.value), (printed(a.women), printed(a.men)))
            for a in found
            if a.facet == facet and a.women and a.men
        ]
        if rows:
            title = f"{facet_title(facet)} by gender, {edition.titles.place(place)}"
            unit = "Each person counting once" if found[0].measure == "people_share" else "Messages"
            grids.append(Grid(title, (unit, "Women", "Men"), tuple(rows)))
    return grids
