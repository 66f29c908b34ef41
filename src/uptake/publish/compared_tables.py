"""Indices and programmes -> the tables of a release."""

from uptake.model.effect import Effect
from uptake.model.release import Release
from uptake.publish.columns import Column, Field, Row, Table, integers, numbers, strings

_INDEX = (
    *strings(index="Its name.", place="ISO 3166-1 alpha-3 code.", name="Part of the index."),
    *integers(level="Of the part: the index has the highest."),
    *numbers(score="Empty where too few indicators exist."),
    *integers(
        rank="From 1, the best; equals share a rank.",
        rank_low="The better end of the rank interval.",
        rank_high="The worse end.",
    ),
    Column("interval_level", "number", "Of the rank interval."),
)
_PROGRAMMES = (
    *strings(
        programme="Its name.",
        title="As shown.",
        places="ISO 3166-1 alpha-3 codes.",
        status="`planned` or `measured`.",
        method="Of the evaluation.",
        outcome="What is measured.",
    ),
    *numbers(
        estimate="Mean effect on the treated, in units of the outcome; empty while planned.",
        se="Standard error, where the method has one.",
        low="Lower end of the interval; empty if unbounded.",
        high="Upper end.",
        level="Nominal coverage of the interval.",
        p="Of no effect.",
        pre_trend_p="Of equal trends before the start.",
    ),
    *integers(n_units="Units.", n_periods="Periods.", n_treated="Treated units."),
    *strings(
        verdict="In plain words.",
        registration="SHA-256 of the registration.",
        as_registered="`yes`, or `no` if the programme differs from its registration.",
        programme_notice="What the programme says of its data; empty for real data.",
    ),
)


def index_table(release: Release) -> Table:
    """Return the standing of each place in each part of each index."""
    rows: list[Row] = [
        (ranking.slug, one.place, one.name, one.level, one.score, one.rank, one.rank_low,
         one.rank_high, ranking.found.level)
        for ranking in release.indices
        for one in ranking.found.standings
    ]  # fmt: skip
    key = ("index", "place", "name", "level")
    usage = any(ranking.found.usage for ranking in release.indices)
    return Table("index-results", "Composite indices", _INDEX, key, rows, usage=usage)


def programme_table(release: Release) -> Table:
    """Return what is known of the effect of each programme."""
    rows: list[Row] = [
        (one.slug, one.name, " ".join(one.places), one.status, one.method, one.outcome,
         *_effect(one.effect), one.said, one.digest, "no" if one.changed else "yes", one.notice)
        for one in release.programmes
    ]  # fmt: skip
    return Table("programmes", "Programmes and what they did", _PROGRAMMES, ("programme",), rows)


def _effect(found: Effect | None) -> tuple[Field, ...]:
    if found is None:
        return (None,) * 10
    low, high = (x if abs(x) < float("inf") else None for x in (found.low, found.high))
    ends = (found.estimate, found.se, low, high, found.level, found.p, found.pre_trend_p)
    return (*ends, found.n_units, found.n_periods, found.n_treated)
