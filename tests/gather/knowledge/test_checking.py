"""What an analyst types is refused where it can not be, with the field named and the mend."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.gather.knowledge.conftest import claim

from uptake.gather.knowledge.checking import impossible, known_currencies, known_units
from uptake.model.claim import Claim, ClaimTime

FIGURE = claim(
    "d",
    "exports exceeded EUR 400 million in 2024",
    value=4e8,
    value_text="EUR 400 million",
    unit="currency",
    currency="EUR",
    comparator=">",
)
RANK = claim("d", "ranks 24th", value=24, unit="rank", comparator="=")
EVENT = claim("d", "AI day", "event", name="AI day")


def edited(one: Claim, time: ClaimTime | None = None, **fields: Any) -> dict[str, str]:
    changed = msgspec.structs.replace(one, fields={**one.fields, **fields}, time=time or one.time)
    return impossible(one, changed)


@pytest.mark.parametrize("said", ["2026-02-31", "2025-02-29", "2026-13", "2026-00-10", "2025/x"])
def test_a_date_that_the_calendar_lacks_is_refused(said: str) -> None:
    for name in ("start", "end"):
        assert said in edited(EVENT, None, **{name: said})[f"fields.{name}"]
    assert said in edited(EVENT, ClaimTime(text="then", start=said))["time.start"]


@pytest.mark.parametrize(
    "said", ["2024-02-29", "2026-Q3", "2026-H1", "2025/2026", "2026", "2026-09"]
)
def test_a_date_to_any_precision_is_kept(said: str) -> None:
    assert edited(EVENT, ClaimTime(text="then", start=said), start=said) == {}


def test_an_end_before_its_start_is_refused() -> None:
    assert list(edited(EVENT, start="2026-05-04", end="2026-05-03")) == ["fields.end"]
    assert edited(EVENT, start="2026-05-04", end="2026-05") == {}
    made = claim("d", "a pilot", "initiative")
    assert "before the start" in edited(made, start="2027", due="2026-12")["fields.due"]
    time = ClaimTime(text="2025 to 2024", start="2025", end="2024")
    assert list(edited(EVENT, time)) == ["time.end"]


@pytest.mark.parametrize(
    ("fields", "name", "mend"),
    [
        ({"currency": "TENGE"}, "fields.currency", "no currency of ISO 4217"),
        ({"currency": "EUK"}, "fields.currency", "EUR"),
        ({"currency": None}, "fields.currency", "needs its currency"),
        ({"unit": "percent"}, "fields.currency", "clear the currency"),
        ({"unit": "furlong", "currency": None}, "fields.unit", "choose one"),
        ({"unit": "megawat", "currency": None}, "fields.unit", "megawatt"),
        ({"value": "many"}, "fields.value", "figures only"),
        ({"value": True}, "fields.value", "figures only"),
        ({"value": float("inf")}, "fields.value", "figures only"),
        ({"value_max": 3e8, "comparator": "range"}, "fields.value_max", "exchange them"),
        ({"value_max": 5e8}, "fields.value_max", "choose it, or clear this"),
        ({"comparator": "range"}, "fields.value_max", "has an upper end"),
        ({"value_text": "EUR 500 million"}, "fields.value_text", "not in the quote"),
        ({"value_text": "EUR 400 million in May"}, "fields.value_text", "move the quote"),
    ],
)
def test_a_figure_that_can_not_be_names_the_field_and_the_mend(
    fields: dict[str, Any], name: str, mend: str
) -> None:
    wrong = edited(FIGURE, **fields)
    if "comparator" in fields and name == "fields.value_max" and "value_max" not in fields:
        wrong = edited(FIGURE, **fields, value_max=None)
    assert mend in wrong[name]


@pytest.mark.parametrize("value", [0, -3, 2.5])
def test_a_rank_is_a_whole_number_from_one_on(value: float) -> None:
    assert "whole number" in edited(RANK, value=value)["fields.value"]


def test_a_quote_moved_off_the_printed_value_is_refused() -> None:
    moved = msgspec.structs.replace(FIGURE, quote="in 2024", start=33, end=40)
    assert list(impossible(FIGURE, moved)) == ["fields.value_text"]


def test_what_a_rule_left_wrong_does_not_keep_an_analyst_from_mending_something_else() -> None:
    odd = msgspec.structs.replace(FIGURE, fields={**FIGURE.fields, "unit": "furlong"})
    assert edited(odd, subject="IT services") == {}
    assert list(edited(odd, currency="XXQ")) == ["fields.unit", "fields.currency"]


def test_units_and_currencies_of_the_region_are_known() -> None:
    assert {"KZT", "UZS", "KGS", "TJS", "TMT", "AZN", "EUR"} <= set(known_currencies())
    assert {"percent", "rank", "count", "currency", "per_capita", "megawatt"} <= set(known_units())


@given(
    st.dictionaries(
        st.sampled_from(["value", "unit", "currency", "start", "end", "due", "value_text", "per"]),
        st.none() | st.text() | st.integers() | st.floats() | st.booleans() | st.lists(st.text()),
    )
)
def test_whatever_fields_hold_a_claim_that_did_not_change_is_not_blamed(
    fields: dict[str, Any],
) -> None:
    same = msgspec.structs.replace(FIGURE, fields=fields)
    assert impossible(same, same) == {}
    assert isinstance(edited(FIGURE, **fields), dict)
