"""Initiatives with their stage; all texts are invented."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.initiative import initiatives
from uptake.model.claim import Claim

KEYS = {"name", "actors", "what", "stage", "stage_text", "start", "due", "place"}


def _claims(text: str, language: str = "en", date: str | None = None) -> list[Claim]:
    found = list(initiatives(Analysis(text, language, date)))
    for claim in found:
        assert text[claim.start : claim.end] == claim.quote
        assert set(claim.fields) == KEYS
        for spans in claim.evidence.values():
            assert all(text[s.start : s.end] for s in spans)
    return found


def _told(text: str, language: str = "en", date: str | None = None) -> list[tuple[object, ...]]:
    return [
        (c.fields["stage"], c.fields["name"], c.countries) for c in _claims(text, language, date)
    ]


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        (
            "en",
            "Kazakhstan's tax chatbot, called Salyq Helper, is now used in all regions.",
            ("scaled", "Salyq Helper", ("KAZ",)),
        ),
        (
            "ru",
            "В Казахстане ИИ-система «Егин-AI» проходит испытания в двух хозяйствах.",
            ("pilot", "Егин-AI", ("KAZ",)),
        ),
        (
            "tr",
            "Türkiye'de \"Sera Gözü\" adlı yapay zekâ uygulaması 2024'ten beri kullanılıyor.",
            ("in_use", "Sera Gözü", ("TUR",)),
        ),
        (
            "kk",
            "Қазақстанда «Тілмаш» аударма платформасы биыл іске қосылады.",
            ("announced", "Тілмаш", ("KAZ",)),
        ),
        (
            "uz",
            "O‘zbekistonda «Shifokor-AI» tizimi barcha viloyat shifoxonalarida ishlamoqda.",
            ("scaled", "Shifokor-AI", ("UZB",)),
        ),
        (
            "uz",
            "Ўзбекистонда «Шифокор-AI» тизими синов режимида ишлаяпти.",
            ("pilot", "Шифокор-AI", ("UZB",)),
        ),
        (
            "az",
            "Azərbaycanda “Yol Gözü” layihəsi şikayətlərdən sonra ləğv edilib.",
            ("cancelled", "Yol Gözü", ("AZE",)),
        ),
    ],
)
def test_a_named_thing_has_its_stage_and_country(
    language: str, text: str, told: tuple[object, ...]
) -> None:
    assert _told("AI\n\n" + text, language) == [told]


def test_a_clause_is_quoted_and_not_the_whole_sentence() -> None:
    text = "The AI tutor app is used in Baku schools; a voice assistant is still being tested."
    assert [c.quote for c in _claims(text)] == [
        "The AI tutor app is used in Baku schools",
        "a voice assistant is still being tested.",
    ]


def test_two_things_in_one_sentence_have_each_their_stage() -> None:
    text = "The ministry launched an AI chatbot and plans to build a national data centre."
    assert [c.fields["stage"] for c in _claims(text)] == ["in_use", "announced"]


def test_what_is_said_again_is_one_claim() -> None:
    text = (
        "Kazakhstan launches a farm robot\n\n"
        "A farm robot was launched in Kazakhstan on Monday. The robot works in ten fields."
    )
    [claim] = _claims(text, date="2026-03-02")
    assert len(claim.also_at) >= 1


def test_a_name_told_in_the_next_sentence_belongs_to_the_thing_before() -> None:
    text = (
        "Uzbekistan put into full operation an AI system that reads water meters. "
        "The system, called SuvKo'z, now works in every district."
    )
    [claim] = _claims(text)
    assert (claim.fields["name"], claim.fields["stage"]) == ("SuvKo'z", "scaled")


def test_an_extension_of_what_is_in_use_is_announced_beside_it() -> None:
    text = (
        "The court assistant «Адал-AI» is used in Astana. "
        "The assistant will be introduced in Bishkek, Kyrgyzstan, in 2027."
    )
    assert [c.fields["stage"] for c in _claims(text)] == ["in_use", "announced"]


def test_a_project_begun_but_due_later_is_announced_with_its_date() -> None:
    text = "Tajikistan launched a data centre project in 2024, scheduled for completion in 2026."
    [claim] = _claims(text)
    assert (claim.fields["stage"], claim.fields["due"]) == ("announced", "2026")
    assert claim.modality == "planned"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The company Kedra began to build a data centre in 2024; it is due in 2026."),
        ("ru", "Компания «Кедра» начала строительство ЦОД в 2024 году; его сдадут в 2026 году."),
        ("tr", "Kedra şirketinin veri merkezinin 2024'te inşaatı başladı; 2026'da tamamlanacak."),
        ("kk", "2024 жылы деректер орталығының құрылысы басталды; ол 2026 жылы ашылады."),
        ("uz", "2024 yilda data-markaz qurilishi boshlandi; u 2026 yilda ochiladi."),
        ("az", "2024-cü ildə data mərkəzinin tikintisi başladı; 2026-cı ildə açılacaq."),
    ],
)  # fmt: skip
def test_when_building_began_is_not_when_it_is_due(language: str, text: str) -> None:
    [claim, *_] = _claims(text, language)
    assert claim.fields["start"] == "2024"
    assert claim.fields["due"] in {"2026", None}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "Систему начали применять в Душанбе. Её разработало ООО «Сайрам Лаб»."),
        ("kk", "Жергілікті «Дерек Қала» серіктестігімен келісімшарт былтыр жасалған."),
        ("uz", "Dasturiy ta'minotni mahalliy «Shifo Raqam» MChJ ishlab chiqqan."),
    ],
)
def test_who_made_a_system_is_no_system(language: str, text: str) -> None:
    names = {claim.fields["name"] for claim in _claims(text, language)}
    assert names <= {None}


def test_what_begins_after_the_documents_date_is_announced_whatever_its_tense() -> None:
    text = "2026 жылғы 1 қыркүйектен бастап мектептерде «AI негіздері» курсы оқытылады."
    [claim] = _claims(text, "kk", date="2026-03-01")
    assert (claim.fields["stage"], claim.modality) == ("announced", "planned")


def test_a_law_on_things_is_no_thing() -> None:
    assert _claims("The ministry will present a strategy for data centres.") == []


def test_who_uses_artificial_intelligence_is_told_without_a_system() -> None:
    [claim] = _claims("Banks in Georgia use artificial intelligence for credit decisions.")
    assert (claim.fields["stage"], claim.countries) == ("in_use", ("GEO",))
    assert _claims("Citizens in Georgia are using AI for fun.") == []


def test_no_date_is_made_where_none_is_stated() -> None:
    [claim] = _claims("Georgia will open an AI laboratory.")
    assert claim.time is None
    assert claim.fields["due"] is None
    assert claim.fields["start"] is None


def test_a_trial_that_is_still_to_begin_has_a_start_and_no_due_date() -> None:
    text = "The bank will begin a pilot of an AI assistant in Tbilisi in May 2027."
    [claim] = _claims(text, date="2026-01-10")
    assert (claim.fields["stage"], claim.fields["start"], claim.fields["due"]) == (
        "announced",
        "2027-05",
        None,
    )


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "We are no longer testing anything. AI is changing the world."),
        ("en", "Scaling AI applications remains the main task for all countries."),
        ("en", "The city opened a new shopping centre and a park."),
        ("en", "People use technology every day."),
        ("ru", "Торговый центр открыт в субботу. Школа работает до шести вечера."),
        ("tr", "Okullarda yüz tanıma sistemi kullanılmıyor. Yeni hastane açıldı."),
        ("kk", "Жаңа сауда орталығы ашылды. Мектептер жұмыс істейді."),
        ("uz", "Yangi savdo markazi ochildi. Maktablar ishlamoqda."),
        ("az", "Yeni ticarət mərkəzi açılıb. Məktəblər işləyir."),
    ],
)
def test_what_is_not_digital_or_denied_yields_nothing(language: str, text: str) -> None:
    assert _claims(text, language) == []


def test_a_memorandum_on_something_joint_is_no_initiative() -> None:
    text = "The two ministries signed a memorandum on a joint AI research centre."
    assert _claims(text) == []


def test_a_heading_tells_an_initiative_only_where_the_text_does_not() -> None:
    assert len(_claims("Armenia launches a national AI portal")) == 1


@given(
    st.lists(
        st.sampled_from(
            [
                "The AI system",
                "«Дән-AI» жүйесі",
                "works",
                "will be launched",
                ",",
                ";",
                " and ",
                "\n\n",
                "in all regions",
                "the chatbot",
                "“",
                "”",
                "сынақ режимінде",
                "2026",
                ".",
                "(",
                ")",
            ]
        ),
        max_size=30,
    ),
    st.sampled_from(["en", "ru", "tr", "kk", "uz", "az", "ky"]),
)
def test_quotes_are_verbatim_whatever_the_text(parts: list[str], language: str) -> None:
    for claim in _claims(" ".join(parts), language):
        assert msgspec.json.encode(claim)
