"""Which figures sentences give, as journalists, ministries and statisticians write them."""

import json
from pathlib import Path
from typing import TypedDict

import pytest

from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.indicator import indicators
from uptake.model.claim import Claim

DATE = "2026-05-15"


class Sentence(TypedDict):
    """One invented sentence; rows are value with its sign, unit or currency, kind, countries."""

    language: str
    text: str
    expected: list[list[str]]


SENTENCES: list[Sentence] = [
    json.loads(line)
    for line in Path(__file__).with_name("figures.jsonl").read_text(encoding="utf-8").splitlines()
]


def _row(claim: Claim) -> list[str]:
    fields = claim.fields
    high = f"..{fields['value_max']}" if "value_max" in fields else ""
    sign = "" if fields["comparator"] in {"=", "range"} else fields["comparator"]
    unit = fields["currency"] or fields["unit"]
    return [f"{sign}{fields['value']}{high}", unit, fields["kind"], " ".join(claim.countries)]


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda s: f"{s['language']} {s['text'][:40]}")
def test_a_sentence_gives_its_figures_and_nothing_else(sentence: Sentence) -> None:
    claims = indicators(Analysis(sentence["text"], sentence["language"], DATE))
    assert sorted(map(_row, claims)) == sentence["expected"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Coverage of schools must rise by 2030 to 80 percent, the plan says."),
        ("kk", "2030 жылға қарай 80 пайызға жеткізу көзделуде."),
        ("uz", "2030 yilga borib 80 foizga yetkaziladi."),
        ("az", "2030-cu ilədək 80 faizə çatdırılması nəzərdə tutulur."),
        ("tr", "Bu tutar 890 milyon dolar civarındaydı."),
        ("ru", "Объём составил 890 млн долларов и продолжил расти."),
    ],
)
def test_a_figure_is_not_named_by_a_verb_or_a_scrap(language: str, text: str) -> None:
    [claim] = indicators(Analysis(text, language, DATE))
    name = claim.fields["name"] or ""
    assert not set(name.split()) & set(text.lower().rstrip(".").split()[-4:])


def test_a_figure_without_a_name_is_less_sure() -> None:
    named, nameless = (
        next(iter(indicators(Analysis(text, "uz", DATE))))
        for text in ("Maktablarning 80 foizi ulandi.", "Natija 80 foizga yetdi.")
    )
    assert named.fields["name"]
    assert nameless.fields["name"] is None
    assert nameless.confidence < named.confidence


JOINT_YEARS = [
    ("en", "In 2024 and 2025 exports exceeded EUR 400 million in Kazakhstan."),
    ("ru", "В 2024 и 2025 годах экспорт Казахстана превысил 400 млн евро."),
    ("tr", "2024 ve 2025'te Kazakistan'ın ihracatı 400 milyon avroyu aştı."),
]


@pytest.mark.parametrize(("language", "text"), JOINT_YEARS)
def test_a_figure_of_one_of_two_years_keeps_all_readings(language: str, text: str) -> None:
    [claim] = indicators(Analysis(text, language, DATE))
    assert claim.alternatives["time"] == ("2024", "2025", "2024/2025")
    assert claim.time is not None
    assert (claim.time.start, claim.time.end) == ("2024", "2025")


def test_years_said_respectively_belong_to_figures_in_order() -> None:
    text = "In 2024 and 2025 Georgia spent $4 million and $7 million, respectively."
    claims = sorted(indicators(Analysis(text, "en", DATE)), key=lambda c: c.fields["value"])
    assert [c.time.start for c in claims if c.time] == ["2024", "2025"]
    assert not any("time" in c.alternatives for c in claims)


def test_a_target_said_in_other_words_has_the_id_of_its_actual() -> None:
    text = (
        "Kazakhstan has set itself the goal of selling information technology worth USD 1 billion "
        "abroad by 2027. Exports of information technology reached USD 700 million in 2025."
    )
    found = {c.fields["kind"]: c.fields["indicator"] for c in indicators(Analysis(text, "en"))}
    assert found == {"target": "ict_exports", "actual": "ict_exports"}


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("en", "Kazakhstan\t120\t450", [120, 450]),
        ("en", "Georgia exports | 120 | 450", [120, 450]),
        ("ru", "Казахстан, школ:  120   450", [120, 450]),
        ("ru", "Компания – выручка, млн долл.", []),
        ("en", "Revenue, million dollars", []),
    ],
)
def test_no_number_is_read_across_the_gap_of_a_table(
    language: str, text: str, values: list[int]
) -> None:
    found = [c.fields["value"] for c in indicators(Analysis(text, language, DATE))]
    assert sorted(found) == values
