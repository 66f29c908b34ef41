"""Policies with their status; all texts are invented."""

import pytest

from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.policy import policies
from uptake.model.claim import Claim

KEYS = {"name", "policy_type", "status", "actor", "aim"}


def _claims(text: str, language: str = "en", date: str | None = None) -> list[Claim]:
    found = list(policies(Analysis(text, language, date)))
    for claim in found:
        assert text[claim.start : claim.end] == claim.quote
        assert set(claim.fields) == KEYS
    return found


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        (
            "en",
            "Armenia's government approved an AI strategy in March 2026.",
            ("strategy", "adopted", ("ARM",)),
        ),
        (
            "ru",
            "В Казахстане закон об искусственном интеллекте вступил в силу в январе.",
            ("law", "in_force", ("KAZ",)),
        ),
        (
            "tr",
            "Türkiye'de yapay zekâ eylem planı kabul edildi.",
            ("action plan", "adopted", ("TUR",)),
        ),
        (
            "kk",
            "Қазақстанда «Жасанды интеллект туралы» заң жобасы екінші оқылымда қаралуда.",
            ("law", "draft", ("KAZ",)),
        ),
        (
            "uz",
            "O‘zbekistonda sun’iy intellekt strategiyasi Prezident qarori bilan tasdiqlandi.",
            ("strategy", "adopted", ("UZB",)),
        ),
        (
            "az",
            "Azərbaycanda süni intellekt konsepsiyası ilin sonunadək təsdiq ediləcək.",
            ("concept", "planned", ("AZE",)),
        ),
    ],
)
def test_a_policy_has_its_kind_status_and_country(
    language: str, text: str, told: tuple[str, str, tuple[str, ...]]
) -> None:
    [claim] = _claims(text, language)
    assert (claim.fields["policy_type"], claim.fields["status"], claim.countries) == told


def test_a_decree_that_approves_a_programme_is_not_the_policy() -> None:
    text = "Prezident farmoni bilan «Aqlli shahar – 2030» dasturi tasdiqlangan."
    [claim] = _claims("Raqamli davlat\n\n" + text, "uz")
    assert (claim.fields["policy_type"], claim.fields["name"]) == (
        "programme",
        "Aqlli shahar – 2030",
    )


def test_no_law_in_force_is_no_policy_but_its_draft_is() -> None:
    assert _claims("Georgia has no AI law in force.") == []
    [claim] = _claims("Georgia has no AI law in force; a draft is expected in autumn.")
    assert claim.fields["status"] == "draft"


def test_two_policies_in_one_sentence_have_each_their_status() -> None:
    text = "The cabinet approved a roadmap for AI, and a bill on data is before parliament."
    assert [(c.fields["policy_type"], c.fields["status"]) for c in _claims(text)] == [
        ("roadmap", "adopted"),
        ("law", "draft"),
    ]


def test_the_time_is_what_the_document_states() -> None:
    [claim] = _claims("Kazakhstan adopted its AI law in November 2025.")
    assert claim.time is not None
    assert claim.time.start == "2025-11"
    [undated] = _claims("Kazakhstan adopted its AI law.")
    assert undated.time is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The dress code was approved. Law enforcement signed in."),
        ("en", "The health law was adopted in May."),
        ("ru", "Парламент принял закон о рыболовстве."),
        ("tr", "Orman kanunu kabul edildi."),
        ("kk", "Су кодексі қабылданды."),
        ("uz", "Suv kodeksi qabul qilindi."),
        ("az", "Su məcəlləsi qəbul edilib."),
    ],
)
def test_laws_on_other_matters_yield_nothing(language: str, text: str) -> None:
    assert _claims(text, language) == []
