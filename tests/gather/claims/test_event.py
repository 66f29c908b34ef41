"""Events in sentences of our own invention; all names are made up."""

# ruff: noqa: E501 - a sentence stays in one line

import pytest

from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.event import event

CASES = [
    (
        "en",
        "ICT Week was held in Tashkent from 26 to 30 September 2025.",
        "ICT Week",
        "Tashkent",
        "2025-09-26",
        "2025-09-30",
    ),
    (
        "en",
        "The Silk Road Digital Summit will take place in Samarkand on 3–5 June 2026.",
        "Silk Road Digital Summit",
        "Samarkand",
        "2026-06-03",
        "2026-06-05",
    ),
    (
        "en",
        "Baku will host the International Conference on Smart Farming on 12 May 2026.",
        "International Conference on Smart Farming",
        "Baku",
        "2026-05-12",
        "2026-05-12",
    ),
    (
        "en",
        "The results were presented at the Astana AI Week in October 2025.",
        "Astana AI Week",
        None,
        "2025-10",
        "2025-10",
    ),
    (
        "en",
        "The “Code the Steppe” hackathon was held in Almaty.",
        "Code the Steppe",
        "Almaty",
        None,
        None,
    ),
    (
        "ru",
        "В Алматы 12 мая 2026 года пройдёт Международный форум цифровых технологий.",
        "Международный форум цифровых технологий",
        "Алматы",
        "2026-05-12",
        "2026-05-12",
    ),
    (
        "ru",
        "Итоги подведут на конференции «Цифровая степь», которая состоится в Бишкеке в июне 2026 года.",
        "Цифровая степь",
        "Бишкек",
        "2026-06",
        "2026-06",
    ),
    ("ru", "В Ташкенте открылась выставка UzTech Expo.", "UzTech Expo", "Ташкент", None, None),
    (
        "tr",
        "Anadolu Yapay Zekâ Zirvesi 3-4 Haziran 2026 tarihlerinde Ankara'da yapılacak.",
        "Anadolu Yapay Zekâ Zirvesi",
        "Ankara",
        "2026-06-03",
        "2026-06-04",
    ),
    ("tr", '"Akıllı Tarım" konferansı Konya\'da düzenlendi.', "Akıllı Tarım", "Konya", None, None),
    (
        "az",
        "Bakıda 3 iyun 2026-cı ildə “Rəqəmsal Xəzər” forumu keçiriləcək.",
        "Rəqəmsal Xəzər",
        "Bakı",
        "2026-06-03",
        "2026-06-03",
    ),
    (
        "az",
        "Xəzər Süni İntellekt Konfransı oktyabrda Gəncədə baş tutub.",
        "Xəzər Süni İntellekt Konfransı",
        "Gəncə",
        None,
        None,
    ),
    (
        "uz",
        "«Raqamli dehqon» ko‘rgazmasi 2026-yil 3-iyun kuni Toshkentda o‘tkaziladi.",
        "Raqamli dehqon",
        "Toshkent",
        "2026-06-03",
        "2026-06-03",
    ),
    (
        "uz",
        "«Ақлли мактаб» анжумани Самарқандда бўлиб ўтди.",
        "Ақлли мактаб",
        "Самарқанд",
        None,
        None,
    ),
    (
        "kk",
        "«Цифрлық дала» форумы 2026 жылғы 3 маусымда Астанада өтеді.",
        "Цифрлық дала",
        "Астана",
        "2026-06-03",
        "2026-06-03",
    ),
    ("kk", "Алматыда «Ақылды қала» көрмесі ашылды.", "Ақылды қала", "Алматы", None, None),
]


@pytest.mark.parametrize(
    ("language", "text", "name", "place", "start", "end"), CASES, ids=[c[1][:40] for c in CASES]
)
def test_a_named_event_has_its_place_and_its_stated_time(
    language: str, text: str, name: str, place: str | None, start: str | None, end: str | None
) -> None:
    [claim] = event(Analysis(text, language))
    assert claim.fields["name"] == name
    assert (claim.fields["start"], claim.fields["end"]) == (start, end)
    assert claim.fields["place"] == place
    assert text[claim.start : claim.end] == claim.quote


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Lawmakers have yet to set a date for the second reading."),
        ("en", "A forum of this kind costs money. The week was cold."),
        ("ru", "На форуме говорили о ценах. Неделя была холодной."),
        ("tr", "Forumda fiyatlar konuşuldu. Zirve beklentisi sürüyor."),
        ("az", "Forumda qiymətlərdən danışılıb."),
        ("uz", "Forumda narxlar haqida gap ketdi."),
        ("kk", "Форумда баға туралы айтылды."),
    ],
)
def test_an_event_without_a_name_is_none(language: str, text: str) -> None:
    assert list(event(Analysis(text, language))) == []


def test_a_meeting_needs_two_who_meet() -> None:
    text = "Minister Askar Beketov held talks with Peter Holm, director of the World Bank. A meeting with experts followed."
    [claim] = event(Analysis(text, "en"))
    assert claim.fields["event_type"] == "meeting"
    assert claim.fields["participants"] == ["Askar Beketov", "Peter Holm"]
    assert claim.fields["start"] is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The Steppe Data Forum will be held in Almaty on 12 October."),
        ("ru", "Форум «Степные данные» пройдёт 12 октября в Алматы."),
        ("kk", "«Дала деректері» форумы 12 қазанда Алматыда өтеді деп жоспарланған."),
    ],
)
def test_a_day_to_come_is_not_before_the_document(language: str, text: str) -> None:
    [claim] = event(Analysis(text, language, "2026-03-10"))
    assert claim.fields["start"] == "2026-10-12"
