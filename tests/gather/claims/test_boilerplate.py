"""What of a document is no text of its own, in texts of our own invention."""

# ruff: noqa: E501 - a sentence stays in one line

import pytest

from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.boilerplate import boilerplate, in_boilerplate


def lines(text: str, language: str) -> list[str]:
    return [text[p.start : p.end] for p in boilerplate(Analysis(text, language))]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "(Reporting by Dana Sarsen; editing by Mark Ellery. Tel. +7 717 255 01 14)"),
        ("en", "Media contact: press@example.org, +44 20 7946 0011"),
        ("en", "Subscribe to our newsletter for weekly news."),
        ("en", "About Steppe Data: founded in 2011, the firm has 640 staff."),
        ("ru", "Пресс-служба: +996 312 90-41-17, press@example.kg"),
        ("ru", "Фото: архив редакции"),
        ("ru", "Подпишитесь на наш канал, чтобы не пропустить новости"),
        ("tr", "Yatırımcı ilişkileri: 0212 555 18 42"),
        ("tr", "Bozkır Veri hakkında: 2011'de kurulan şirket 640 kişi istihdam etmektedir."),
        ("az", "Mətbuat xidməti: (012) 555-18-42"),
        ("uz", "Matbuot xizmati: (71) 200-15-15"),
        ("kk", "Анықтама телефоны: 8 (7172) 55-03-21"),
    ],
)
def test_lines_around_a_text_are_boilerplate(language: str, line: str) -> None:
    assert lines(f"First line of all.\n\nSomething else.\n\n{line}", language) == [line]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "The ministry put 12 480 forms online.\n\nThe photo archive grew: 40 percent are scanned.",
        ),
        ("ru", "Авторы доклада считают, что рост продолжится.\n\nФотографии проверяет система."),
        ("tr", "Telefon kullanımı yüzde 5 arttı.\n\nKaynakların yarısı bitti."),
        ("az", "Telefon satışı 5 faiz artıb."),
        ("uz", "Telefon savdosi 5 foizga oshdi."),
        ("kk", "Телефон саудасы 5 пайызға өсті."),
    ],
)
def test_sentences_of_a_text_are_not(language: str, text: str) -> None:
    assert lines(text, language) == []


def test_a_headline_printed_again_is_boilerplate_once() -> None:
    text = "Schools get a new learning system\n\nSchools get a new learning system\n\nIt works."
    analysis = Analysis(text, "en")
    [again] = boilerplate(analysis)
    assert again.start == text.rindex("Schools")
    assert in_boilerplate(analysis, again.start, again.end)
    assert not in_boilerplate(analysis, 0, 10)


def test_notes_are_boilerplate_with_their_heading() -> None:
    text = "Exports grew.[1]\n\nNotes\n[1] Register of firms. Accessed 12.02.2026.\n[2] Ibid."
    assert lines(text, "en") == [
        "Notes",
        "[1] Register of firms. Accessed 12.02.2026.",
        "[2] Ibid.",
    ]
