"""A claim in words says no more than its document, and keeps what it hedged."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uptake.model.claim import Attribution, Claim, ClaimTime
from uptake.publish.evidence import wording
from uptake.publish.evidence.wording import amount, facts, number, plain, says, subject, types


def claim(type: str, **fields: object) -> Claim:
    return Claim(type=type, quote="q", start=0, end=1, fields=fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("fields", "written"),
    [
        ({"value": 4e8, "comparator": ">", "currency": "EUR"}, "more than EUR 400 million"),
        ({"value": 8.5e8, "comparator": ">=", "currency": "EUR"}, "at least EUR 850 million"),
        ({"value": 42, "comparator": "<", "unit": "percent"}, "less than 42%"),
        ({"value": 42, "comparator": "<=", "unit": "percent"}, "at most 42%"),
        ({"value": 4000, "comparator": "~", "unit": "count"}, "about 4,000"),
        ({"value": 1.5e12, "comparator": "=", "currency": "UZS"}, "UZS 1.5 trillion"),
        ({"value": 24, "comparator": "=", "unit": "rank"}, "rank 24"),
        ({"value": 120, "unit": "megawatt"}, "120 MW"),
        ({"value": 7, "unit": "new_unit"}, "7 new unit"),
        ({"value": 3, "value_max": 5, "comparator": "range", "unit": "percent"}, "3 to 5%"),
        ({"value": None, "comparator": ">"}, ""),
        ({"value": "many"}, ""),
        ({"value": True}, ""),
        ({}, ""),
    ],
)
def test_a_figure_keeps_its_comparator_unit_and_currency(
    fields: dict[str, object], written: str
) -> None:
    assert amount(fields) == written


def test_a_target_is_said_to_be_one() -> None:
    assert says(claim("indicator", value=1e9, currency="USD", kind="target")).endswith("(target)")
    assert "target" not in says(claim("indicator", value=1e9, currency="USD", kind="actual"))


def test_a_figure_without_a_number_is_told_as_printed() -> None:
    made = claim("indicator", name="adoption", value=None, value_text="a high level")
    assert says(made) == ""
    assert ("In words", "a high level") in [(fact.label, fact.text) for fact in facts(made)]


def test_what_is_only_discussed_is_said_to_be() -> None:
    made = Claim(type="initiative", quote="q", start=0, end=1, modality="discussed",
                 fields={"name": "tools", "stage": "announced"})  # fmt: skip
    assert says(made) == "announced, only discussed"


def test_an_ambiguous_reading_is_told() -> None:
    made = Claim(type="event", quote="q", start=0, end=1,
                 alternatives={"time": ("2024", "2025", None)})  # fmt: skip
    assert "2024 or 2025 or none stated" in facts(made)[-1].text


@pytest.mark.parametrize(
    ("attribution", "said"),
    [
        (Attribution(organisation="A paper"), "The author (A paper)"),
        (
            Attribution(kind="reported", speaker="A. B.", role="minister"),
            "A. B., minister (reported by the author)",
        ),
        (
            Attribution(kind="direct_quote", speaker="A. B."),
            "A. B. (in quotation marks)",
        ),
    ],
)
def test_who_says_so_is_told(attribution: Attribution, said: str) -> None:
    made = Claim(type="event", quote="q", start=0, end=1, attribution=attribution)
    assert facts(made)[-1].text == said


def test_that_an_unnamed_author_says_what_they_write_is_not_told() -> None:
    made = Claim(type="event", quote="q", start=0, end=1, attribution=Attribution())
    assert facts(made) == ()


def test_a_time_is_told_as_printed_and_as_understood() -> None:
    time = ClaimTime(text="2026–2030-cu illər", start="2026", end="2030", relation="between")
    assert wording.time_text(time) == "“2026–2030-cu illər”: between 2026 and 2030"
    assert wording.time_text(ClaimTime(text="In 2024", start="2024")) == "“In 2024”"
    assert wording.time_text(ClaimTime(text="recently", start=None)) == "“recently”"


def test_parties_of_a_partnership_are_its_subject() -> None:
    assert subject(claim("partnership", parties=["A", "B"])) == "A – B"


VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
KEYS = st.sampled_from(
    ["name", "value", "value_max", "unit", "currency", "comparator", "parties", "stage", "kind",
     "what", "actors", "breakdown", "status", "title", "marker"]
)  # fmt: skip


@given(st.sampled_from(types()), st.dictionaries(KEYS, VALUES, max_size=6))
def test_any_fields_can_be_shown(type: str, fields: dict[str, object]) -> None:
    made = claim(type, **fields)
    for text in (subject(made), says(made), *(fact.text for fact in facts(made))):
        assert isinstance(text, str)


@given(st.integers(-(10**14), 10**14))
def test_a_number_loses_no_digit(value: int) -> None:
    text, _, scale = number(float(value)).partition(" ")
    factor = {"": 1, "million": 10**6, "billion": 10**9, "trillion": 10**12}[scale]
    assert round(float(text.replace(",", "")) * factor) == pytest.approx(value, rel=1e-11)


@given(st.text())
def test_a_long_field_is_cut_and_a_short_one_is_not(text: str) -> None:
    flat = " ".join(text.split())
    assert plain(text) == flat or (plain(text).endswith("…") and len(flat) > wording.LONGEST)


def test_a_date_that_is_the_claims_time_is_told_once() -> None:
    day = ClaimTime(text="on 3 October 2025", start="2025-10-03", granularity="day")

    def labels(end: str) -> list[str]:
        made = claim("event", name="Forum", start="2025-10-03", end=end)
        return [fact.label for fact in facts(msgspec.structs.replace(made, time=day))]

    assert labels("2025-10-03") == ["Time"]
    assert labels("2025-10-05") == ["Start", "End", "Time"]


def test_money_per_head_says_so_and_of_how_many_people() -> None:
    per_head = {"value": 12, "unit": "per_capita", "currency": "USD", "per": 1}
    assert amount(per_head) == "USD 12 per head"
    assert amount({**per_head, "per": 1000}) == "USD 12 per 1,000 people"
