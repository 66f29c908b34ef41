"""A document in two languages has that of its longer part, and each part is read in its own."""

from itertools import permutations
from pathlib import Path

import pytest

from uptake.flow.documents import File, read
from uptake.gather.language import detect

TOLD = {
    "en": """The Ministry of Health said that the system has processed 1.2 million scans since 2025.
According to a survey, half of the respondents use the service at work at least once a week.
The country will allocate 45 billion tenge to a computer that is to be switched on in 2026.""",
    "ru": """Минздрав сообщил, что система обработала 1,2 миллиона снимков с 2025 года.
Согласно опросу, половина респондентов пользуется сервисом на работе хотя бы раз в неделю.
Страна выделит 45 миллиардов тенге на компьютер, который планируется запустить в 2026 году.""",
    "tr": """Sağlık Bakanlığı, sistemin 2025'ten bu yana 1,2 milyon görüntü işlediğini açıkladı.
Ankete göre katılımcıların yarısı hizmeti haftada en az bir kez işte kullanıyor.
Ülke, 2026 yılında devreye girmesi beklenen bilgisayar için 45 milyar tenge ayıracak.""",
    "kk": """Денсаулық сақтау министрлігі жүйе 2025 жылдан бері 1,2 миллион суретті өңдегенін айтты.
Сауалнамаға сәйкес, респонденттердің жартысы қызметті жұмыста аптасына бір рет пайдаланады.
Ел 2026 жылы іске қосылады деп күтілетін компьютерге 45 миллиард теңге бөледі.""",
    "uz": """Sog'liqni saqlash vazirligi tizim 2025-yildan beri 1,2 million tasvirni qayta ishlagan.
So'rovga ko'ra, respondentlarning yarmi xizmatdan ishda haftasiga kamida bir marta foydalanadi.
Mamlakat 2026-yilda ishga tushishi kutilayotgan kompyuter uchun 45 milliard tenge ajratadi.""",
    "az": """Səhiyyə Nazirliyi onun 2025-ci ildən bəri 1,2 milyon təsviri emal etdiyini açıqlayıb.
Sorğuya görə, respondentlərin yarısı xidmətdən işdə həftədə ən azı bir dəfə istifadə edir.
Ölkə 2026-cı ildə işə düşəcəyi gözlənilən kompüter üçün 45 milyard tenge ayıracaq.""",
}
GERMAN = """Das Gesundheitsministerium teilte mit, dass das System 1,2 Millionen Bilder prüfte.
Nach einer Umfrage nutzt die Hälfte der Befragten den Dienst mindestens einmal in der Woche.
Das Land stellt 45 Milliarden für einen Rechner bereit, der im Jahr 2026 starten soll."""


@pytest.mark.parametrize(("long", "short"), list(permutations(TOLD, 2)))
@pytest.mark.parametrize("join", ["\n\n", " "])
def test_a_mixed_document_has_the_language_of_its_longer_part(
    long: str, short: str, join: str
) -> None:
    part = TOLD[short].split("\n")[:2]
    lines = TOLD[long].split("\n")
    assert detect(join.join([*lines, *part])) == long
    assert detect(join.join([*part, *lines])) == long


@pytest.mark.parametrize("short", TOLD)
def test_a_document_mostly_in_a_language_that_is_not_read_is_other(short: str) -> None:
    part = TOLD[short].split("\n")[0]
    assert detect(f"{GERMAN}\n\n{part}") == detect(f"{part}\n\n{GERMAN}") == "other"


def test_both_halves_give_their_claims(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(f"{TOLD['en']}\n\n{TOLD['ru']}\n")
    found = read(File(path, "a.txt"))
    assert found.issue is None
    assert {language for _, _, language in found.sentences} == {"en", "ru"}
    half = len(TOLD["en"])
    figures = [c for c in found.claims if c.type == "indicator"]
    assert {c.start > half for c in figures} == {True, False}
