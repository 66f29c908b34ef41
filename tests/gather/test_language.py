"""The main language of a document, held against translations of the same sentences."""

import json
from collections import defaultdict
from pathlib import Path

import pytest

from uptake.gather.language import detect


@pytest.fixture(scope="module")
def sentences(shared: Path) -> dict[str, list[str]]:
    """News sentences by professional translators, in nine languages."""
    out: dict[str, list[str]] = defaultdict(list)
    path = shared / "data" / "languages" / "ntrex_9lang" / "sentences.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        out[row["lang"]].append(row["text"])
    return out


def test_a_document_of_ten_sentences_is_recognised_in_each_language(
    sentences: dict[str, list[str]],
) -> None:
    assert len(sentences) == 9
    for language, texts in sentences.items():
        documents = [" ".join(texts[i : i + 10]) for i in range(0, len(texts) - 9, 10)]
        right = sum(detect(document) == language for document in documents)
        assert right >= 0.99 * len(documents), language


def test_a_short_text_is_never_taken_for_a_distant_language(
    sentences: dict[str, list[str]],
) -> None:
    """One sentence may be too little to tell (``other``), but is seldom told wrong."""
    for language, texts in sentences.items():
        wrong = sum(detect(text) not in (language, "other") for text in texts)
        assert wrong <= 0.03 * len(texts), language


OTHERS = """
Die Regierung will künstliche Intelligenz in Schulen einführen, aber die Lehrer haben noch nicht die
 nötigen Kenntnisse. Das Ministerium teilte mit, dass die ersten Kurse im Herbst beginnen.

Il governo vuole introdurre l'intelligenza artificiale nelle scuole, ma gli insegnanti non hanno
 ancora le conoscenze necessarie. Il ministero ha detto che i primi corsi si terranno in autunno.

El gobierno quiere introducir la inteligencia artificial en las escuelas, pero los profesores
 no tienen los conocimientos necesarios. El ministerio dijo que los cursos empezarán en otoño.

Le gouvernement veut introduire l'intelligence artificielle dans les écoles, mais les professeurs
 n'ont pas encore les connaissances nécessaires pour le faire.

De regering wil kunstmatige intelligentie in scholen invoeren, maar de leraren hebben nog niet de
 nodige kennis. Het ministerie deelde mee dat de eerste cursussen in de herfst beginnen.

Rząd chce wprowadzić sztuczną inteligencję do szkół, ale nauczyciele nie mają jeszcze potrzebnej
 wiedzy. Ministerstwo poinformowało, że pierwsze kursy rozpoczną się jesienią.

Уряд планує запровадити штучний інтелект у школах, але вчителі ще не мають потрібних знань.
 Міністерство освіти повідомило, що перші курси почнуться восени наступного року.

Правителството иска да въведе изкуствен интелект в училищата, но учителите все още нямат нужните
 знания. Министерството съобщи, че първите курсове ще започнат през есента.

Влада жели да уведе вештачку интелигенцију у школе, али наставници још немају потребна знања.

Хөкүмәт мәктәпләрдә ясалма интеллектны кертергә тели, әмма укытучыларның кирәкле белеме юк әле.

Засгийн газар сургуулиудад хиймэл оюун ухааныг нэвтрүүлэхийг хүсч байгаа боловч багш нарт
 шаардлагатай мэдлэг хараахан алга байна.

მთავრობას სურს ხელოვნური ინტელექტის დანერგვა სკოლებში, მაგრამ მასწავლებლებს არ აქვთ ცოდნა.

2025 24 10 — 1.38
""".replace("\n ", " ").strip()


@pytest.mark.parametrize("text", [*OTHERS.split("\n\n"), ""])
def test_other_languages_are_other(text: str) -> None:
    assert detect(text) == "other"
