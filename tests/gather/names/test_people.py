"""Who has which role, and who has none, in sentences of our own invention."""

# ruff: noqa: E501 - a sentence stays in one line

import pytest

from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.person import person

Row = tuple[str, str, list[tuple[str, str]]]
CASES: list[Row] = [
    # English
    ("en", "Sergey Kim, 34, founder of a start-up, raised money.", [("Sergey Kim", "founder")]),
    ("en", "The president dismissed Bakyt Torobaev as deputy chairman.", [("Bakyt Torobaev", "deputy chairman")]),
    ("en", "Rustem Bigariev succeeds Dina Abdrakhmanova as head of the agency.", [("Rustem Bigariev", "head"), ("Dina Abdrakhmanova", "head")]),
    ("en", "Lasha Kiknadze, formerly of a bank, joined as Chief Risk Officer.", [("Lasha Kiknadze", "Chief Risk Officer")]),
    ("en", "Sanjar Djalalov and Peter Hall, both researchers, wrote the brief.", [("Peter Hall", "researcher"), ("Sanjar Djalalov", "researcher")]),
    ("en", "Jordan Smith, chief data officer at Steppe Bank, said it works.", [("Jordan Smith", "chief data officer")]),
    ("en", "Asked about it, economy minister Levan Gelashvili praised the plan.", [("Levan Gelashvili", "economy minister")]),
    ("en", "At a meeting representatives of OpenAI and Zhaslan Madiyev spoke.", []),
    ("en", "Students Nationwide and Teachers Abroad use it. Experts Say Growth Will Slow.", []),
    ("en", "The Heart Institute named after Academician Petrov bid.", []),
    ("en", "The hall on Professor Karimov Street seats 300.", []),
    # Russian
    ("ru", "А. С. Иванов, заместитель министра здравоохранения, подчеркнул это.", [("А. С. Иванов", "заместитель министра здравоохранения")]),
    ("ru", "По словам вице-президента банка Антонеллы Бассани, спрос растёт.", [("Антонелла Бассани", "вице-президент")]),
    ("ru", "Основатели Арман Сейтов и Дана Калиева ищут деньги.", [("Арман Сейтов", "основатель"), ("Дана Калиева", "основатель")]),
    ("ru", "Президент назначил Нурлана Касымова директором агентства.", [("Нурлан Касымов", "директор")]),
    ("ru", "– Мы начали с десяти школ, – говорит завуч школы № 45 Гульнара Ибраева.", [("Гульнара Ибраева", "завуч школы")]),
    ("ru", "Об этом говорит кардиолог Республиканской больницы Саида Холматова.", [("Саида Холматова", "кардиолог")]),
    ("ru", "Учителя Алматы осваивают ИИ, представители Министерства юстиции и Илон Маск спорят.", []),
    ("ru", "Памятник академику Канышу Сатпаеву открыли в 1999 году.", []),
    # Turkish
    ("tr", "Enstitü Başkanı Prof. Dr. Orhan Aydın, çağrıyı açıkladı.", [("Orhan Aydın", "Enstitü Başkanı")]),
    ("tr", "Kararla Ahmet Yıldız Bakan Yardımcılığına atandı.", [("Ahmet Yıldız", "Bakan Yardımcılığına")]),
    ("tr", "Girişimin kurucularından Efe Aydın anlattı.", [("Efe Aydın", "kurucu")]),
    ("tr", "Yazılım firmasının sahibi Burak Şen de törendeydi.", [("Burak Şen", "sahip")]),
    ("tr", "Akademik Sabri Ülgener Caddesi onarıldı.", []),
    # Azerbaijani
    ("az", "Kamran Həsən oğlu Quliyev (idarənin şöbə müdiri) rəqəmləri açıqlayıb.", [("Kamran Həsən oğlu Quliyev", "idarənin şöbə müdiri")]),
    ("az", "Leyla Məmmədova Nazirlər Kabineti Aparatının rəhbəri vəzifəsinə təyin olunub.", [("Leyla Məmmədova", "rəhbər")]),
    ("az", "Startapın təsisçilərindən biri Nərgiz Quliyeva sərmayə axtarır.", [("Nərgiz Quliyeva", "təsisçi")]),
    ("az", "Vüsal Rəsulov Rabitə Nazirliyinin şöbə müdiri təyin edilib.", [("Vüsal Rəsulov", "şöbə müdiri")]),
    ("az", "Akademik Zərifə Əliyeva küçəsində məktəb açılıb.", []),
    # Uzbek
    ("uz", "Startap asoschilari Otabek Mirzayev va Lola Saidova mablag‘ topdi.", [("Otabek Mirzayev", "asoschi"), ("Lola Saidova", "asoschi")]),
    ("uz", "Kompaniya bosh direktori etib Aziza Umarova tayinlandi.", [("Aziza Umarova", "bosh direktor")]),
    ("uz", "Akademik Habib Abdullayev ko‘chasi ta’mirlandi.", []),
    # Kazakh
    ("kk", "Негізін қалаушылар Арман Сейітов және Дана Қалиева келді.", [("Арман Сейітов", "негізін қалаушы"), ("Дана Қалиева", "негізін қалаушы")]),
    ("kk", "Мекеменің басшысы Нұрсұлтан Жарылқасынмен сұхбат болды.", [("Нұрсұлтан Жарылқасын", "басшы")]),
    ("kk", "Комитет төрағасы қызметіне Дәулет Әбенов тағайындалды.", [("Дәулет Әбенов", "төраға")]),
    ("kk", "Академик Қаныш Сәтбаев көшесі жөнделді.", []),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "wanted"), CASES, ids=[c[1][:40] for c in CASES])
def test_who_has_which_role(language: str, text: str, wanted: list[tuple[str, str]]) -> None:
    found = [
        (c.fields["name"], c.fields["role"].casefold()) for c in person(Analysis(text, language))
    ]
    assert sorted(found) == sorted((name, role.casefold()) for name, role in wanted)


def test_a_person_is_where_the_organisation_is_if_nothing_else_tells() -> None:
    text = (
        "Рост отмечен в Грузии и Армении.\n\n"
        "Казахстанская компания «Дала» растёт.\n\n"
        "Это отметил директор компании «Дала» Ерлан Абишев."
    )
    [claim] = person(Analysis(text, "ru"))
    assert claim.countries == ("KAZ",)
