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


def test_a_sentence_is_mostly_enough(sentences: dict[str, list[str]]) -> None:
    least = {"en": 0.97, "ru": 0.94, "tr": 0.76, "kk": 0.87, "uz": 0.86, "az": 0.85}
    for language, share in least.items():
        texts = sentences[language]
        right = sum(detect(text) == language for text in texts)
        assert right >= share * len(texts), (language, right / len(texts))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Internet users in Kazakhstan reached 93 percent."),
        ("en", "Ministry launches digital platform. Users: 12,400."),
        ("en", "Uzbekistan plans 5 data centres by 2030."),
        ("ru", "Министерство запустило цифровую платформу. Пользователей 12 400."),
        ("ru", "Узбекистан построит 5 центров обработки данных."),
        ("tr", "Bakanlık dijital platformu hizmete açtı. Kullanıcı sayısı 12.400."),
        ("tr", "Türkiye 2030'a kadar 5 veri merkezi kuracak."),
        ("kk", "Министрлік цифрлық платформаны іске қосты. Пайдаланушылар саны 12 400."),
        ("kk", "Қазақстан 2030 жылға дейін 5 орталық салады."),
        ("uz", "Vazirlik raqamli platformani ishga tushirdi. Foydalanuvchilar soni 12 400."),
        ("uz", "Ўзбекистон 2030 йилга қадар 5 та марказ қуради."),
        ("az", "Nazirlik rəqəmsal platformanı işə saldı. İstifadəçilərin sayı 12 400."),
        ("az", "Azərbaycan 2030-cu ilə qədər 5 mərkəz tikəcək."),
    ],
)
def test_a_short_news_is_recognised(language: str, text: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "Das Ministerium hat 5 Millionen Euro für die Digitalisierung der Schulen ausgegeben.",
        "Die Regierung plant ein Zentrum für künstliche Intelligenz in Berlin.",
        "Der Minister sagte, dass 2025 mehr als 400 Projekte gestartet werden.",
        "Information und Kommunikation: Die Zahl der Internetnutzer stieg auf 93 Prozent.",
        "Le ministère a dépensé 5 millions d'euros pour la transformation digitale.",
        "La production d'information et de communication a augmenté de 5 pour cent.",
        "Le gouvernement annonce un centre national d'intelligence artificielle.",
        "Il ministero ha speso 5 milioni di euro per la digitalizzazione delle scuole.",
        "Il governo ha annunciato un nuovo centro nazionale.",
        "El ministerio gastó 5 millones de euros en la digitalización de las escuelas.",
        "Plan nacional de inteligencia artificial: 400 proyectos en 2025.",
        "O ministério gastou 5 milhões de euros na digitalização das escolas.",
        "Het ministerie gaf 5 miljoen euro uit aan de digitalisering van scholen.",
        "De minister opent een nieuw centrum in Amsterdam.",
        "Regeringen planerar ett center för artificiell intelligens i Stockholm.",
        "Ministerstwo wydało 5 milionów euro na cyfryzację szkół.",
        "Rząd planuje centrum sztucznej inteligencji w Warszawie.",
        "Ministerul a cheltuit 5 milioane de euro pentru digitalizarea școlilor.",
        "Міністерство витратило 5 мільйонів євро на цифровізацію шкіл.",
        "Уряд планує центр штучного інтелекту в Києві.",
        "Министерството похарчи 5 милиона евро за цифровизация на училищата.",
        "Правителството планира национален център за изкуствен интелект.",
        "Министарство је потрошило 5 милиона евра на дигитализацију школа.",
        "Влада планира национални центар.",
        "Міністэрства выдаткавала 5 мільёнаў еўра на лічбавізацыю школ.",
        "Засгийн газар хиймэл оюун ухааны төв байгуулахаар төлөвлөж байна.",
        "Яам 5 сая доллар зарцуулсан.",
        "Хөкүмәт ясалма интеллект үзәген ачарга җыена.",
        "Hallitus suunnittelee tekoälykeskusta Helsinkiin ja käyttää 5 miljoonaa euroa.",
        "A kormány mesterséges intelligencia központot tervez Budapesten, 5 millió euróért.",
        "Pemerintah berencana membangun pusat data di Jakarta.",
        "Menteri mengatakan program digital akan dimulai 2025.",
        "Valitsus kavandab tehisintellekti keskust Tallinnas.",
        "Qeveria planifikon një qendër të inteligjencës artificiale në Tiranë.",
    ],
)
def test_a_sentence_of_another_language_is_other(text: str) -> None:
    assert detect(text) == "other"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ky", "Өкмөт Бишкекте жасалма интеллект борборун ачат."),
        ("ky", "Кыргыз Республикасынын Президенти жарлыкка кол койду."),
        ("tg", "Ҳукумат дар Душанбе маркази зеҳни сунъӣ таъсис медиҳад."),
        ("tk", "Hökümet Aşgabatda emeli aň merkezini açýar."),
    ],
)
def test_a_neighbour_is_not_taken_for_a_language_with_claims(language: str, text: str) -> None:
    assert detect(text) in (language, "other")
