"""Partnerships in sentences of our own invention; all bodies and agreements are made up."""

# ruff: noqa: E501 - a sentence stays in one line

import pytest

from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.partnership import partnership

CASES = [
    (
        "en",
        "The Ministry of Labour and the Asian Development Bank signed a loan agreement on 4 May 2026.",
        "signed",
        ["Ministry of Labour", "Asian Development Bank"],
    ),
    (
        "en",
        "Chorsu Bank has partnered with Nvidia to train engineers.",
        "ongoing",
        ["Chorsu Bank", "NVIDIA"],
    ),
    (
        "en",
        "Kazakhstan and Mongolia signed a memorandum on joint testing of drones.",
        "signed",
        ["Kazakhstan", "Mongolia"],
    ),
    (
        "en",
        "Saryarqa Technical University plans to sign a memorandum of understanding with UNESCO.",
        "announced",
        ["Saryarqa Technical University", "UNESCO"],
    ),
    (
        "en",
        "The minister discussed cooperation in healthcare between the Steppe Fund and the World Bank.",
        "discussed",
        ["Steppe Fund", "World Bank"],
    ),
    (
        "en",
        "Microsoft and the Ministry of Education launched a joint programme for teachers.",
        "ongoing",
        ["Microsoft", "Ministry of Education"],
    ),
    (
        "ru",
        "Министерство энергетики и Всемирный банк подписали меморандум о взаимопонимании.",
        "signed",
        ["Министерство энергетики", "Всемирный банк"],
    ),
    (
        "ru",
        "Компания «Степь Софт» заключила соглашение о сотрудничестве с Технологическим университетом Алматы.",
        "signed",
        ["Степь Софт", "Технологический университет Алматы"],
    ),
    (
        "ru",
        "Казахстан и Узбекистан подпишут соглашение о совместных исследованиях.",
        "announced",
        ["Казахстан", "Узбекистан"],
    ),
    (
        "ru",
        "ЮНЕСКО совместно с Министерством просвещения реализует программу подготовки учителей.",
        "ongoing",
        ["ЮНЕСКО", "Министерство просвещения"],
    ),
    (
        "tr",
        "Anadolu Bankası ile Ege Üniversitesi arasında iş birliği protokolü imzalandı.",
        "signed",
        ["Anadolu Bankası", "Ege Üniversitesi"],
    ),
    (
        "tr",
        "Sanayi ve Teknoloji Bakanlığı, OpenAI ile mutabakat zaptı imzalayacak.",
        "announced",
        ["Sanayi ve Teknoloji Bakanlığı", "OpenAI"],
    ),
    (
        "tr",
        "Türkiye ve Kazakistan yapay zekâ alanında ortak proje yürütüyor.",
        "ongoing",
        ["Türkiye", "Kazakistan"],
    ),
    (
        "az",
        "Rəqəmsal İnkişaf Nazirliyi ilə Dünya Bankı arasında anlaşma memorandumu imzalanıb.",
        "signed",
        ["Rəqəmsal İnkişaf Nazirliyi", "Dünya Bankı"],
    ),
    (
        "az",
        "“Xəzər Data” şirkəti Bakı Texnologiya Universiteti ilə əməkdaşlıq müqaviləsi bağlayıb.",
        "signed",
        ["Xəzər Data", "Bakı Texnologiya Universiteti"],
    ),
    (
        "az",
        "Tərəflər Elm və Təhsil Nazirliyi ilə YUNESKO arasında əməkdaşlığı müzakirə ediblər.",
        "discussed",
        ["Elm və Təhsil Nazirliyi", "YUNESKO"],
    ),
    (
        "uz",
        "Sogʻliqni saqlash vazirligi Jahon sogʻliqni saqlash tashkiloti bilan kelishuv imzoladi.",
        "signed",
        ["Sogʻliqni saqlash vazirligi", "Jahon sogʻliqni saqlash tashkiloti"],
    ),
    (
        "uz",
        "«Zarkent Data» kompaniyasi va Toshkent axborot texnologiyalari universiteti qoʻshma laboratoriyani ishga tushirdi.",
        "ongoing",
        ["Zarkent Data", "Toshkent axborot texnologiyalari universiteti"],
    ),
    ("uz", "Ўзбекистон ва Тожикистон меморандум имзолади.", "signed", ["Ўзбекистон", "Тожикистон"]),
    (
        "kk",
        "Білім министрлігі мен ЮНИСЕФ өзара түсіністік туралы меморандумға қол қойды.",
        "signed",
        ["Білім министрлігі", "ЮНИСЕФ"],
    ),
    (
        "kk",
        "«Дала Софт» компаниясы Сарыарқа техникалық университетімен келісімшарт жасасты.",
        "signed",
        ["Дала Софт", "Сарыарқа техникалық университеті"],
    ),
    (
        "kk",
        "Қазақстан мен Өзбекстан ынтымақтастық туралы келісімге қол қоймақ.",
        "announced",
        ["Қазақстан", "Өзбекстан"],
    ),
]


@pytest.mark.parametrize(
    ("language", "text", "status", "parties"), CASES, ids=[c[1][:40] for c in CASES]
)
def test_parties_and_state_of_a_partnership_are_told(
    language: str, text: str, status: str, parties: list[str]
) -> None:
    [claim] = partnership(Analysis(text, language))
    assert sorted(claim.fields["parties"]) == sorted(parties)
    assert claim.fields["status"] == status
    assert text[claim.start : claim.end] == claim.quote
    assert claim.time is None or claim.time.start == "2026-05-04"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The Ministry of Energy did not sign an agreement with the World Bank."),
        ("en", "Under the agreement, prices will fall by 5 percent."),
        ("en", "The EBRD and the World Bank expect growth of 5 percent."),
        ("en", "Chorsu Bank signed up 400 clients."),
        ("ru", "По соглашению цены снизятся на 5 процентов."),
        ("ru", "Министерство энергетики и Всемирный банк не подписали соглашение."),
        ("tr", "Anlaşmaya göre fiyatlar düşecek. Dünya Bankası ve OECD rapor yayımladı."),
        ("az", "Sənədə əsasən, mərkəz yaradılacaq. Dünya Bankı hesabat dərc edib."),
        ("uz", "Kelishuvga koʻra, narxlar pasayadi."),
        ("kk", "Келісім бойынша баға төмендейді."),
    ],
)
def test_an_agreement_that_is_only_mentioned_or_denied_is_no_partnership(
    language: str, text: str
) -> None:
    assert list(partnership(Analysis(text, language))) == []


def test_the_two_governments_are_those_named_before() -> None:
    text = "Uzbekistan and Azerbaijan build data centres. The two governments signed a memorandum in May 2026."
    [claim] = partnership(Analysis(text, "en"))
    assert sorted(claim.fields["parties"]) == ["Azerbaijan", "Uzbekistan"]
    assert claim.countries == ("AZE", "UZB")
    assert claim.time is not None
    assert claim.time.start == "2026-05"


def test_no_date_is_taken_from_elsewhere() -> None:
    text = "In 2024 trade grew. Chorsu Bank signed a contract with Nvidia."
    [claim] = partnership(Analysis(text, "en", "2026-01-01"))
    assert claim.time is None
