"""Whatever a claim's fields hold, what claims say together is said without a crash."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.gather.knowledge.conftest import document

from uptake.gather.claims import identified
from uptake.gather.knowledge import knowledge, views
from uptake.model.claim import Attribution, Claim, ClaimTime, ClaimType
from uptake.model.evidence import Observation, Passage

WORDS = st.sampled_from(["AI start-ups", "IT exports", "24th", "e-government", "OpenAI", "№ 5", ""])
LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | WORDS | st.text(max_size=8)
JSON = st.recursive(
    LEAVES,
    lambda some: (
        st.lists(some, max_size=3) | st.dictionaries(st.text(max_size=3), some, max_size=2)
    ),
    max_leaves=4,
)
KEYS = [
    "indicator",
    "name",
    "value",
    "value_max",
    "comparator",
    "unit",
    "currency",
    "kind",
    "value_text",
    "breakdown",
    "subject",
    "scope",
    "per",
    "period",
    "change",
    "change_from",
    "role",
    "index",
    "stage",
    "actors",
    "start",
    "due",
    "status",
    "parties",
    "organisation",
    "abbreviation",
    "actor",
    "org_type",
]
FIELDS = st.dictionaries(st.sampled_from(KEYS), JSON, max_size=8) | st.fixed_dictionaries(
    {
        "name": st.just("AI start-ups"),
        "value": st.integers() | st.floats(),
        "value_text": st.text("0123456789., ", max_size=30),
        "comparator": st.sampled_from(["=", ">", "<=", "~", "range"]),
        "unit": st.sampled_from(["count", "currency", "rank", "per_capita"]),
        "currency": st.sampled_from([None, "USD", "KZT", "XXX"]),
        "kind": st.sampled_from(["actual", "target"]),
    },
    optional={"value_max": JSON, "change_from": JSON, "per": JSON},
)
STATED = st.none() | st.sampled_from(["2024", "2026-Q1", "2026-13", "0000", "9999", "2025/26", "x"])
TYPES: st.SearchStrategy[ClaimType] = st.sampled_from(
    ["indicator", "initiative", "policy", "partnership", "event", "person", "organisation"]
)
TIMES = st.none() | st.builds(
    ClaimTime,
    text=st.just("then"),
    start=STATED,
    end=STATED,
    relation=st.sampled_from(["in", "by", "as_of", "since"]),
)


@st.composite
def claims(draw: st.DrawFn) -> Claim:
    return identified(
        Claim(
            doc=draw(st.sampled_from(["a", "b", "gone"])),
            type=draw(TYPES),
            quote="24th in e-government",
            start=0,
            end=20,
            countries=draw(st.sampled_from([(), ("KAZ",), ("KAZ", "UZB")])),
            time=draw(TIMES),
            attribution=draw(st.none() | st.just(Attribution(organisation="EBRD"))),
            fields=draw(FIELDS),
            evidence={"value": (Passage(0, 4),)},
        )
    )


ROWS = [
    Observation(
        indicator=indicator,
        place="KAZ",
        period=period,
        value=24.0,
        unit="rank",
        source="s",
        original_value="24",
    )
    for indicator, period in (("egdi_rank", "2024"), ("egdi_rank", "once"))
]


@settings(max_examples=120)
@given(st.lists(claims(), max_size=6), st.sampled_from([None, "2026", "2026-13-40", "9999"]))
def test_no_fields_make_it_fail(made: list[Claim], date: str | None) -> None:
    docs = [document("a", date), document("b", "2026-04-14")]
    found = knowledge(docs, {"a": "one two three", "b": ""}, made, ROWS, [], 0.0)
    shown = views(found, docs)
    known = {claim.id for claim in found.claims}
    assert {p.claim for p in shown.promises} <= known
    assert all({pair.target, pair.actual} <= known for pair in found.pairs)
    assert all("nan" not in pair.sentence and "inf" not in pair.sentence for pair in found.pairs)
