"""The messages that figures count, as a list to draw a sample from: pseudonyms and places only."""

import numpy as np

from uptake.tally.bounding import bounded, distinct, settle
from uptake.tally.cells import PASS_MESSAGES, Plan
from uptake.tally.rows import Rows, Source
from uptake.tally.selection import Parts, opened, settled
from uptake.tally.splits import FACETS


def counted_messages(parts: Parts, plan: Plan) -> list[tuple[str, str]]:
    """Return each counted message, as the tally counts them: its pseudonym and its place.

    Args:
        parts: Parquet files of labels, or a selection of them.
        plan: As of the tally of the same files.

    Returns:
        (32 hex digits, ISO 3166-1 alpha-3 or ``unknown``) of each distinct message under the cap,
        from the region or from nowhere known, of people not known to be minors nor in
        a place that is withheld; sorted.
    """
    source = Source(opened(parts), FACETS if plan.labelled else (), settled(parts))
    found: list[tuple[str, str]] = []
    for first, last in source.passes(PASS_MESSAGES):
        found += _counted(source, first, last, plan)
    return sorted(found)


def _counted(source: Source, first: int, last: int, plan: Plan) -> list[tuple[str, str]]:
    """Return those of some partitions; a person is in one partition only."""

    def wide() -> Rows:
        return source.read(first, last, vectors=True)

    rows = source.read(first, last)
    one = distinct(rows, wide, source.precedence)
    found = settle(
        rows if one is None else rows.take(one), source.vocabulary, plan.places, plan.protected
    )
    kept = bounded(found, plan.cap, lambda: wide() if one is None else wide().take(one))
    which = np.flatnonzero(kept & ~found.minor)
    places = source.vocabulary.of("place")
    of_place = found.rows.codes["place"][which].tolist()
    ids = found.rows.ids["message"][which].astype(">u8").tobytes().hex()
    return [(ids[32 * i : 32 * i + 32], places[code]) for i, code in enumerate(of_place)]
