"""One sentence of news is enough, short or long; of a language that is not read it is other."""

import pytest

from uptake.gather.language import detect

NEWS = {
    "en": """Exports rose 12%.
Kazakhstan opens data centre.
Parliament passed the AI law.
Azerbaijan adopts AI strategy until 2028.
Turkcell unveils Turkish language model.
Tax officials deploy chatbots.
A new data centre near Almaty will cost $2 billion.
More than 40 hospitals have adopted AI-based X-ray screening.
Only 14 percent of small firms reported using machine learning.
Koç Holding cut energy use by 8% thanks to machine learning.""",
    "ru": """Экспорт вырос на 12%.
Казахстан открыл дата-центр.
Парламент принял закон об ИИ.
Фермеры юга опрыскивают хлопок дронами.
Налоговики внедряют чат-ботов.
Женщины составляют 30 процентов ИТ-специалистов.
Новый дата-центр под Алматы обойдётся в 2 млрд долларов.
Более 40 больниц внедрили ИИ для анализа рентгеновских снимков.
Школьники завоевали три медали на олимпиаде по искусственному интеллекту.""",
    "tr": """İhracat yüzde 12 arttı.
Kazakistan veri merkezi açtı.
Meclis yapay zekâ yasasını kabul etti.
Kullanıcı sayısı ikiye katlandı.
Bakanlık 400 projeyi destekledi.
Vergi dairesi sohbet robotu kullanıyor.
Almatı yakınındaki yeni veri merkezi 2 milyar dolara mal olacak.
Öğrenciler yapay zekâ olimpiyatında üç madalya kazandı.""",
    "kk": """Экспорт 12%-ға өсті.
Банк зертхана ашты.
Қазақстан дата-орталық ашты.
Парламент ЖИ туралы заң қабылдады.
Жұмыссыздық 4,6%-ға төмендеді.
Алматы маңындағы жаңа дата-орталық 2 млрд долларға түседі.
Оқушылар жасанды интеллект олимпиадасында үш медаль жеңіп алды.""",
    "uz": """Eksport 12 foizga oshdi.
Prezident farmonni imzoladi.
Ishsizlik 4,6 foizga tushdi.
Shifokorlarga planshet berildi.
Foydalanuvchilar soni ikki barobar oshdi.
Rasmiylar dushanba kuni Nvidia bilan memorandum imzoladi.
Turkiya Markaziy banki mijozlar uchun chat-bot ishga tushirdi.
Prezident fan va ta'limni rivojlantirish markazini ochdi.""",
    "az": """İxrac 12 faiz artdı.
Qazaxıstan data mərkəzi açdı.
Parlament süni intellekt qanununu qəbul etdi.
İstifadəçilərin sayı iki dəfə artdı.
Nazirlik 400 layihəni dəstəkləyib.
Rəsmilər bazar ertəsi Nvidia ilə memorandum imzalayıb.
Şagirdlər süni intellekt olimpiadasında üç medal qazanıb.""",
}
UNREAD = """Die Zentralbank führt einen digitalen Euro ein
Schulen erhalten neue Computer
Neue Regeln für Banken und Versicherungen
Les écoles reçoivent de nouveaux ordinateurs
Une nouvelle banque digitale
La banca centrale lancia una piattaforma
Studenti osvojili tri medalje
Bank Indonesia membuka laboratorium
Opiskelijat voittivat kolme mitalia
A bank laboratóriumot nyitott
Banka hapi laborator
Bankê laboratuwar vekir
Benki yafungua maabara
Школярі вибороли три медалі
Банката отвори лаборатория
Ученици освојили три медаље
Банк лаборатория нээв
Укучылар өч медаль яулады
Уҡыусылар өс миҙал яуланы
Дарыгерлер планшет алышты
Духтурон планшет гирифтанд
Talyplar üç medal gazandy
银行开设了新的实验室
Sberbank ChatGPT Nvidia OpenAI"""


@pytest.mark.parametrize(
    ("language", "text"),
    [(language, text) for language, texts in NEWS.items() for text in texts.split("\n")],
)
def test_one_sentence_is_told(language: str, text: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize("text", UNREAD.split("\n"))
def test_one_sentence_of_a_language_without_claims_is_not_taken_for_one_with(text: str) -> None:
    assert detect(text) in {"other", "ky", "tg", "tk"}
