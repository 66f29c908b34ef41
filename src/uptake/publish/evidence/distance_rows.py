"""How far places are from targets, as rows of a table."""

from uptake.model.distance import Distance
from uptake.publish.columns import Column, Row, numbers, strings

_SIDE = "`{}` bound of {}; empty where it is open."
_COLUMNS = strings(
    target="Id of the claim of the target.",
    also="Ids of other claims of the same target, joined by a space.",
    place="ISO 3166-1 alpha-3 code; several joined by a comma.",
    parts="Cities and regions that it names, joined by `; `.",
    goal="As said, `at least 70%`.",
    due="By when, as stated; empty where it is not.",
    due_day="Last day of that, ISO.",
    actual="Id of the claim of the value held against it; empty for none, and for a table's row.",
    actual_said="The value as said; empty without one.",
    actual_period="As stated; of a claim without one the day of its document.",
    actual_indicator="Indicator of its row; empty for a claim.",
    actual_source="Source of its row.",
    before_said="The earlier value from which the pace is taken, as said.",
    before_period="As stated.",
    unit="Of the numbers; ISO 4217 for money.",
)
_NUMBERS = numbers(
    goal_low="What is to be reached.",
    goal_high="The same but for `about`.",
    **{
        f"{name}_{side}": _SIDE.format(word, of)
        for name, of in (
            ("actual", "the actual value"),
            ("left", "the distance left"),
            ("needed", "what it takes a year from the actual value on"),
            ("pace", "what the years before brought a year"),
        )
        for side, word in (("low", "Lower"), ("high", "Upper"))
    },
)
COLUMNS: tuple[Column, ...] = (
    *_COLUMNS,
    *_NUMBERS,
    *strings(
        verdict="`met`, `not_met`, `unknown`, `reached`, `on_pace`, `behind`, `open`, `undated`, "
        "`no_actual` or `not_compared`: see docs/reference/claims.md.",
        sentence="The verdict and why, in words.",
        rate="Exchange rate used, with its date and source; empty if none.",
    ),
)


def row(one: Distance) -> Row:
    """Return a target's row of the table."""
    actual, before = one.actual, one.before
    return (
        one.target, " ".join(one.also), one.place, "; ".join(one.parts), one.goal, one.due,
        one.due_day,
        *((actual.claim, actual.text, actual.period, actual.indicator, actual.source)
          if actual else (None,) * 5),
        *((before.text, before.period) if before else (None, None)),
        one.unit, one.goal_low, one.goal_high,
        *((actual.low, actual.high) if actual else (None, None)),
        one.left_low, one.left_high, one.needed_low, one.needed_high, one.pace_low, one.pace_high,
        one.verdict, one.sentence, one.rate,
    )  # fmt: skip
