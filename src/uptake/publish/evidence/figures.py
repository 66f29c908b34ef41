"""Figures on claims: who works with whom, and how much is told month by month."""

from uptake.model.dimensions import ALL
from uptake.model.months import months_between
from uptake.model.views import AttentionMonth, Views
from uptake.publish.charts import arcs, bars
from uptake.publish.columns import integers, strings
from uptake.publish.edition import Edition
from uptake.publish.evidence.taken import stories_text
from uptake.publish.figure import Drawing, Figure
from uptake.publish.grid import Grid, Printed
from uptake.publish.titles import month_title

MOST_NAMES = 24
"""A drawing of more names is no help; the table holds all ties."""

MOST_MONTHS = 36

TIE_COLUMNS = (
    *strings(a="One party, as shown.", b="The other."),
    *integers(stories="Stories that tell it; copies of one text count once."),
    *strings(claims="Ids of the claims, joined by a space."),
)
MONTH_COLUMNS = (
    *strings(month="Month of the documents; empty for those that state none."),
    *integers(
        stories="Stories first told in it; copies of one text count once.",
        articles="Documents of it, each copy counted that is not the same to the byte.",
        claims="Claims in them.",
    ),
)


def source_line(edition: Edition) -> str:
    """Return where figures on claims come from."""
    counts = edition.archive.counts(list(edition.archive.claims.values()))
    release = edition.release
    return (
        f"Source: documents, release {release.id}; n = {counts.claims:,} claims in "
        f"{counts.articles:,} documents, {stories_text(counts.stories)}."
    )


def cooperation(edition: Edition, id: str) -> Figure | None:
    """Draw who works with whom in the region; None where no partnership names two parties."""
    views = edition.release.knowledge.views.get(ALL, Views())
    names = {partner.id: partner.name for partner in views.network.partners}
    found = sorted(
        views.network.ties,
        key=lambda t: (-t.stories, -len(t.claims), names.get(t.a, t.a), names.get(t.b, t.b)),
    )
    if not found:
        return None
    labels = _labels(names)
    shown: dict[tuple[str, str], int] = {}
    for tie in found:
        pair = (labels.get(tie.a, tie.a), labels.get(tie.b, tie.b))
        if len({name for known in (*shown, pair) for name in known}) <= MOST_NAMES:
            shown[pair] = tie.stories
    left = len(found) - len(shown)
    note = "An arc ties two parties that a document names together in a partnership; the thicker, "
    note += "the more stories tell it."
    if left:
        note += f" {left:,} more ties stand in the table alone."
    grid = Grid(
        "Who works with whom",
        ("Parties", "Stories", "Claims"),
        tuple(
            (
                f"{names.get(tie.a, tie.a)} – {names.get(tie.b, tie.b)}",
                (Printed(f"{tie.stories:,}"), Printed(f"{_told(edition, tie.claims):,}")),
            )
            for tie in found
        ),
    )
    said = "; ".join(f"{a} and {b}" for a, b in list(shown)[:5])
    return Figure(
        id,
        "Who works with whom, as documents tell",
        "Parties that are named together in partnerships",
        (Drawing(arcs.draw(arcs.order(shown), shown), f"Ties told most often: {said}."),),
        grid,
        source_line(edition),
        note,
        note,
        TIE_COLUMNS,
        tuple(
            (names.get(tie.a, tie.a), names.get(tie.b, tie.b), tie.stories, " ".join(tie.claims))
            for tie in found
        ),
        1,
        usage=False,
    )


def _told(edition: Edition, ids: tuple[str, ...]) -> int:
    """Return how many claims there are, those that copies of a text repeat counted once."""
    return len(edition.archive.once(edition.archive.given(ids)))


def _labels(names: dict[str, str]) -> dict[str, str]:
    """Return a label for each id; two parties of one name stay two."""
    from uptake.publish.charts.theme import distinct

    return dict(zip(names, distinct(list(names.values())), strict=True))


def _nothing(month: str) -> AttentionMonth:
    return AttentionMonth(month=month, stories=0, articles=0, claims=())


def attention(edition: Edition, id: str) -> Figure | None:
    """Draw stories by month; None where no document states its month."""
    views = edition.release.knowledge.views.get(ALL, Views())
    dated = [one for one in views.attention if one.month]
    if not dated:
        return None
    held = {one.month: one for one in dated}
    months = months_between(min(held), max(held))[-MOST_MONTHS:]
    drawn = [
        bars.Month(one.month, one.stories, one.articles)
        for one in (held.get(month, _nothing(month)) for month in months)
    ]
    undated = sum(one.articles for one in views.attention if not one.month)
    note = "Bars are stories: texts told once, however often they were reprinted. A line above a "
    note += "bar marks the articles, reprints counted."
    if undated:
        note += f" {undated:,} documents state no month and are not drawn."
    if min(held) < months[0]:
        note += f" Months before {month_title(months[0])} stand in the table."
    grid = Grid(
        "Stories, articles and claims by month",
        ("Month", "Stories", "Articles", "Claims"),
        tuple(
            (
                month_title(one.month) if one.month else "No month stated",
                tuple(Printed(f"{n:,}") for n in (one.stories, one.articles, len(one.claims))),
            )
            for one in views.attention
        ),
    )
    peak = max(dated, key=lambda one: one.stories)
    said = (
        f"Stories by month from {month_title(min(held))} to {month_title(max(held))}; most in "
        f"{month_title(peak.month)}: {peak.stories:,}."
    )
    return Figure(
        id,
        "Attention by month",
        "Stories first told in each month",
        (Drawing(bars.draw(drawn), said),),
        grid,
        source_line(edition),
        note,
        note,
        MONTH_COLUMNS,
        tuple((m.month, m.stories, m.articles, len(m.claims)) for m in views.attention),
        1,
        usage=False,
    )
