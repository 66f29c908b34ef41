"""Tables confirm what documents say of their indicators, in any language, and name the row."""

from importlib.resources import files
from pathlib import Path

import msgspec
import pytest
from tests.gather.knowledge.conftest import claim, document

from uptake.gather import gather_document, gather_table
from uptake.gather.claims import document_claims
from uptake.gather.knowledge.comparing import figures
from uptake.gather.knowledge.corroborate import corroborate
from uptake.gather.knowledge.measures import catalogued, measure
from uptake.model.claim import Claim, ClaimTime
from uptake.model.evidence import Observation, Passage
from uptake.model.issue import Issue
from uptake.model.knowledge import Corroboration


def row(
    indicator: str, period: str, value: str, unit: str, place: str = "KAZ", status: str = "actual"
) -> Observation:
    return Observation(
        indicator=indicator,
        place=place,
        period=period,
        value=float(value),
        unit=unit,
        source=f"table_of_{indicator}",
        original_value=value,
        status=status,  # type: ignore[arg-type]
    )


TABLE = [
    row("egdi_rank", "2024", "24", "rank"),
    row("egdi_rank", "2022", "28", "rank"),
    row("online_service_rank", "2024", "10", "rank"),
    row("hdi", "2022", "0.802", "index"),
    row("ai_user_share", "2025-H1", "12.7", "percent"),
    row("ai_user_share", "2025-H2", "13.7", "percent"),
    row("github_developers", "2025-Q3", "368641", "count"),
    row("ai_user_share", "2025-H1", "5.1", "percent", "TJK", "imputed"),
]


def held(made: Claim, date: str | None = "2026-02-01") -> Corroboration | None:
    found = corroborate(figures([made], [document(made.doc, date)]), TABLE)
    return found[0] if found else None


def rank(quote: str, value: int, text: str, **more: object) -> Claim:
    return claim("d", quote, countries=["KAZ"], value=value, value_text=text, unit="rank", **more)


BOTH = "Kazakhstan ranks 24th globally in e-government and 10th in online public services"


@pytest.mark.parametrize(
    ("text", "value", "indicator"), [("24th", 24, "egdi_rank"), ("10th", 10, "online_service_rank")]
)
def test_each_rank_of_a_sentence_is_held_against_its_own_row(
    text: str, value: int, indicator: str
) -> None:
    at = BOTH.index(text)
    made = rank(BOTH, value, text, evidence={"value": [Passage(at, at + len(text))]})
    found = held(made)
    assert found
    assert (found.verdict, found.indicator, found.period) == ("confirmed", indicator, "2024")
    assert f"{indicator} 2024, Kazakhstan: {value} (table_of_{indicator})" in found.sentence


@pytest.mark.parametrize(
    "quote",
    [
        "24-е место по развитию электронного правительства",
        "электрондық емес, электронды үкімет бойынша 24-орын",
        "elektron hukumat boʻyicha 24-oʻrin",
        "электрон ҳукумат бўйича 24-ўрин",
        "elektron hökumət üzrə 24-cü yer",
        "e-devlet sıralamasında 24'üncü",
    ],
)
def test_an_indicator_is_known_by_its_words_in_six_languages(quote: str) -> None:
    found = held(rank(quote, 24, "24"))
    assert found
    assert found.indicator == "egdi_rank"


def test_another_year_is_never_a_contradiction_unless_the_claim_states_it() -> None:
    undated = rank("30th in e-government", 30, "30th")
    assert held(undated) is None
    dated = rank("30th in e-government", 30, "30th", time=("2024", None, "in"))
    found = held(dated)
    assert found
    assert found.verdict == "contradicted"
    earlier = held(rank("28th in e-government", 28, "28th"))
    assert earlier
    assert (earlier.verdict, earlier.period) == ("confirmed", "2022")


def test_rows_later_than_the_document_do_not_speak_for_it() -> None:
    assert held(rank("24th in e-government", 24, "24th"), date="2023-03-01") is None
    assert held(rank("24th in e-government", 24, "24th"), date=None)


def share(value: float, text: str, **more: object) -> Claim:
    quote = f"{text} of the working-age population use AI"
    said = {"value": value, "value_text": text, "unit": "percent", **more}
    return claim("d", quote, countries=["KAZ"], time=("2025-H1", None, "in"), fields=said)


@pytest.mark.parametrize(
    ("value", "text", "comparator", "verdict"),
    [
        (12.7, "12.7%", "=", "confirmed"),
        (13, "13%", "=", "confirmed"),
        (12, "more than 12%", ">", "confirmed"),
        (12.5, "12.5%", "=", "close"),
        (21, "21%", "=", "contradicted"),
        (20, "at least 20%", ">=", "contradicted"),
    ],
)
def test_a_share_is_compared_to_the_digits_that_are_told(
    value: float, text: str, comparator: str, verdict: str
) -> None:
    found = held(share(value, text, comparator=comparator))
    assert found
    assert (found.verdict, found.period, found.value) == (verdict, "2025-H1", "12.7")


def test_a_quarter_does_not_contradict_a_year() -> None:
    made = share(21, "21%")
    assert held(made)
    year = msgspec.structs.replace(made, time=ClaimTime(text="2025", start="2025"))
    assert held(year) is None


def test_a_place_within_a_region_is_no_place_in_the_world() -> None:
    quote = "second in Central Asia by e-government"
    assert held(rank(quote, 2, "second", time=("2024", None, "in"))) is None
    named = rank("24th in e-government", 24, "24th", index="Steppe Digital Index")
    assert held(named) is None


def test_a_rounded_count_is_confirmed() -> None:
    made = claim(
        "d",
        "about 370,000 developers on GitHub",
        countries=["KAZ"],
        value=370_000,
        value_text="370,000",
        unit="count",
        comparator="~",
    )
    found = held(made)
    assert found
    assert found.verdict == "confirmed"


def test_imputed_rows_targets_and_parts_of_a_population_are_not_compared() -> None:
    quote = "5.1% of people use AI"
    imputed = claim("d", quote, countries=["TJK"], value=5.1, value_text="5.1%", unit="percent")
    assert held(imputed) is None
    assert held(share(12.7, "12.7%", kind="target")) is None
    assert held(share(12.7, "12.7%", breakdown={"age": "18-24"})) is None
    assert held(share(12.7, "12.7%", change="growth")) is None


def test_words_of_another_thing_name_no_indicator() -> None:
    made = claim("d", "The airport has 24 gates and aid for the region", value=24, unit="rank")
    assert catalogued(made) is None
    assert measure(claim("d", "x", indicator="airport_gates", value=24)) == "airport gates"
    assert measure(claim("d", "x", value=24)) == ""


def test_the_examples_digest_has_its_ranks_confirmed_by_the_catalogues_table() -> None:
    name = "ankasam-central-asia.md"
    path = Path(str(files("uptake.catalog"))) / "examples/central-asia/documents" / name
    gathered = gather_document(path, name=name)
    assert not isinstance(gathered, Issue)
    found, text = gathered
    _, rows = gather_table("undesa_egdi_2024")
    said = corroborate(figures(document_claims(found, text), [found]), rows)
    assert {(c.indicator, c.period, c.value, c.verdict) for c in said} == {
        ("egdi_rank", "2024", "24", "confirmed"),
        ("online_service_rank", "2024", "10", "confirmed"),
    }
    assert (
        "egdi_rank 2024, Kazakhstan: 24 (undesa_egdi_2024)" in said[0].sentence + said[1].sentence
    )
