"""Organisations in sentences of our own invention; most of them are made up."""

import pytest

from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.organisation import organisation

CASES = [
    ("en", "The Almaty-based firm Qazaq Vision built it.", "Qazaq Vision", "company", None),
    (
        "en",
        "The European Bank for Reconstruction and Development (EBRD) lends.",
        "European Bank for Reconstruction and Development",
        "international_organisation",
        "EBRD",
    ),
    (
        "en",
        "The Ministry of Labour, Employment and Social Protection opened it.",
        "Ministry of Labour, Employment and Social Protection",
        "government",
        None,
    ),
    ("en", "It was bought by Steppe Foods LLP.", "Steppe Foods LLP", "company", None),
    (
        "ru",
        "Государственной таможенной службой (ГТС) запущена система.",
        "Государственная таможенная служба",
        "government",
        "ГТС",
    ),
    ("ru", "Разработчиком стало ТОО «Степь Софт».", "Степь Софт", "company", None),
    ("ru", "Об этом сообщили в ЮНИСЕФ.", "ЮНИСЕФ", "international_organisation", None),
    ("tr", "Anadolu Veri A.Ş.'nin merkezi açıldı.", "Anadolu Veri A.Ş.", "company", None),
    (
        "tr",
        "Ankara Bilim Üniversitesi'nde ders başladı.",
        "Ankara Bilim Üniversitesi",
        "university",
        None,
    ),
    (
        "az",
        "İqtisadi İnnovasiyalar Nazirliyinin (İİN) layihəsi başlayıb.",
        "İqtisadi İnnovasiyalar Nazirliyi",
        "government",
        "İİN",
    ),
    ("az", "“Xəzər Data” MMC-nin sistemi işləyir.", "Xəzər Data", "company", None),
    (
        "uz",
        "Raqamli xizmatlar vazirligining portali ochildi.",
        "Raqamli xizmatlar vazirligi",
        "government",
        None,
    ),
    ("uz", "«Зарафшон Дата» МЧЖ марказ қурди.", "Зарафшон Дата", "company", None),
    (
        "kk",
        "Ауыл шаруашылығы министрлігінің жүйесі іске қосылды.",
        "Ауыл шаруашылығы министрлігі",
        "government",
        None,
    ),
    (
        "kk",
        "Азия даму банкімен (АДБ) жоба басталды.",
        "Азия даму банкі",
        "international_organisation",
        "АДБ",
    ),
]


@pytest.mark.parametrize(
    ("language", "text", "name", "kind", "abbreviation"), CASES, ids=[c[1][:40] for c in CASES]
)
def test_an_organisation_stands_in_the_nominative_with_its_type(
    language: str, text: str, name: str, kind: str, abbreviation: str | None
) -> None:
    [claim] = organisation(Analysis(text, language))
    assert claim.fields["name"] == name
    assert claim.fields["org_type"] == kind
    assert abbreviation is None or claim.fields["abbreviation"] == abbreviation
    assert text[claim.start : claim.end] == claim.quote


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Ministries and banks buy data centres. Young People Like Ice Cream And Service"),
        ("ru", "Система «Акыл-Бажы» работает. Министерства и банки покупают серверы."),
        ("tr", "Bakanlıklar ve bankalar sunucu alıyor."),
        ("az", "“Ağıllı Yoxlama” sistemi işləyir. Banklar server alır."),
        ("uz", "«Yordamchi» chat-boti ishlamoqda. Banklar server oladi."),
        ("kk", "«Дән-AI» жүйесі жұмыс істейді. Банктер сервер алады."),
    ],
)
def test_systems_and_bodies_in_general_are_none(language: str, text: str) -> None:
    assert list(organisation(Analysis(text, language))) == []


def test_a_later_abbreviation_is_the_same_organisation() -> None:
    text = "Евразийский банк развития (ЕАБР) дал кредит. ЕАБР ждёт отчёт."
    [claim] = organisation(Analysis(text, "ru"))
    assert [text[p.start : p.end] for p in claim.also_at] == ["ЕАБР"]
