"""Persons with a role, in sentences of our own invention; all persons and bodies are made up."""

# ruff: noqa: E501 - a sentence stays in one line

import pytest

from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.person import person

CASES = [
    # English
    (
        "en",
        "The project was presented by Kazakhstan's Minister of Digital Development Askar Beketov on Monday.",
        ["Askar Beketov"],
    ),
    (
        "en",
        "Dinara Seitova, deputy head of the National Statistics Bureau, welcomed the result.",
        ["Dinara Seitova"],
    ),
    (
        "en",
        "“We trained 300 teachers,” said Timur Olzhasov, rector of Saryarqa Technical University.",
        ["Timur Olzhasov"],
    ),
    (
        "en",
        "According to Peter Holm, a senior economist at the World Bank, growth will slow.",
        ["Peter Holm"],
    ),
    (
        "en",
        "UNDP Resident Representative Maria Lindqvist opened the training in Tashkent.",
        ["Maria Lindqvist"],
    ),
    (
        "en",
        "The agreement was signed by Health Minister Akmal Nurmatov and Jane Whitfield, the bank's country manager.",
        ["Akmal Nurmatov", "Jane Whitfield"],
    ),
    ("en", "President Kairat Temirov chaired the session of the council.", ["Kairat Temirov"]),
    (
        "en",
        "Leyla Orucova, who leads the AI laboratory of the Caspian University, disagrees.",
        ["Leyla Orucova"],
    ),
    (
        "en",
        "Ministry spokesperson Rustam Yuldashev told the agency that tests go on.",
        ["Rustam Yuldashev"],
    ),
    (
        "en",
        "Sana Ibraheem, CEO and co-founder of the start-up Nomad Vision, plans to hire.",
        ["Sana Ibraheem"],
    ),
    ("en", "Analysts at the Steppe Institute expect more. Data centres use water.", []),
    (
        "en",
        "The head of the department said that the Kazakh Ministry of Energy will publish data in April.",
        [],
    ),
    (
        "en",
        "The EU's ambassador to Uzbekistan, Hans-Peter Krull, visited Samarkand.",
        ["Hans-Peter Krull"],
    ),
    (
        "en",
        "Dr. Elena Voss, Director of Research at Oxford Insights, wrote the report.",
        ["Elena Voss"],
    ),
    # Russian
    ("ru", "Об этом сообщил министр энергетики Казахстана Ерлан Абишев.", ["Ерлан Абишев"]),
    (
        "ru",
        "Проект представила заместитель министра здравоохранения Нигора Каримова.",
        ["Нигора Каримова"],
    ),
    (
        "ru",
        "Глава государства встретился с президентом Всемирного банка Джоном Ридом.",
        ["Джон Рид"],
    ),
    (
        "ru",
        "По словам директора Центра цифровых технологий Айбека Сыдыкова, курсы начнутся осенью.",
        ["Айбек Сыдыков"],
    ),
    (
        "ru",
        "Соглашение подписали ректор университета Марат Оспанов и генеральный директор компании «Степь Софт» Анна Ли.",
        ["Марат Оспанов", "Анна Ли"],
    ),
    (
        "ru",
        "Первый заместитель председателя Национального банка Бахтиёр Холматов рассказал о планах.",
        ["Бахтиёр Холматов"],
    ),
    ("ru", "Мария Литвинова, руководитель отдела аналитики, считает иначе.", ["Мария Литвинова"]),
    ("ru", "Это подтвердила пресс-секретарь ведомства Жанна Орозбекова.", ["Жанна Орозбекова"]),
    ("ru", "Министр Ж. Ахметова отметила рост.", ["Ж. Ахметова"]),
    ("ru", "Вице-премьеру Серику Жумангалиеву доложили о результатах.", ["Серик Жумангалиев"]),
    ("ru", "Эксперт Института экономики Олег Гринько назвал оценку завышенной.", ["Олег Гринько"]),
    ("ru", "Министр заявил, что система заработает в Астане. Директор не ответил на вопросы.", []),
    (
        "ru",
        "На совещании у акима города Нурсултана Касымова обсудили дороги.",
        ["Нурсултан Касымов"],
    ),
    # Turkish
    ("tr", "Sanayi ve Teknoloji Bakanı Kemal Arslanoğlu, merkezi açtı.", ["Kemal Arslanoğlu"]),
    (
        "tr",
        "Kazakistan Dijital Kalkınma Bakan Yardımcısı Daniyar Esenov konuştu.",
        ["Daniyar Esenov"],
    ),
    (
        "tr",
        "Rapor, Dünya Bankası Kıdemli Ekonomisti Ayşe Demirel tarafından hazırlandı.",
        ["Ayşe Demirel"],
    ),
    (
        "tr",
        "Anadolu Yapay Zekâ Enstitüsü Direktörü Prof. Dr. Murat Yalçın'a göre açık büyüyor.",
        ["Murat Yalçın"],
    ),
    ("tr", "Şirketin CEO'su Elif Korkmaz yatırımı duyurdu.", ["Elif Korkmaz"]),
    (
        "tr",
        "TÜBİTAK Başkanı Orhan Bilgiç'in açıklamasına göre çağrı mayısta açılacak.",
        ["Orhan Bilgiç"],
    ),
    ("tr", 'Rektör Hasan Uysal, "Öğrenciler hazır" dedi.', ["Hasan Uysal"]),
    ("tr", "Bakanlık yetkilileri sayı vermedi. Müdürlük açıklama yapmadı.", []),
    (
        "tr",
        "Kurucu ortak Zeynep Aksoy ile teknoloji direktörü Can Öztürk projeyi anlattı.",
        ["Zeynep Aksoy", "Can Öztürk"],
    ),
    # Azerbaijani
    (
        "az",
        "Rəqəmsal İnkişaf və Nəqliyyat naziri Elşən Quliyev layihəni təqdim edib.",
        ["Elşən Quliyev"],
    ),
    ("az", "Bunu Dünya Bankının regional direktoru Mark Hansen deyib.", ["Mark Hansen"]),
    (
        "az",
        "Mərkəzi Bankın sədri Aygün Rəhimovanın sözlərinə görə, sistem işləyir.",
        ["Aygün Rəhimova"],
    ),
    (
        "az",
        "Bakı Ali Texnologiya Universitetinin rektoru, professor Tural Mikayılov çıxış edib.",
        ["Tural Mikayılov"],
    ),
    (
        "az",
        "Nazirliyin mətbuat katibi Sevda Nəzərli bildirib ki, sınaqlar davam edir.",
        ["Sevda Nəzərli"],
    ),
    ("az", "Nazirlik rəqəm açıqlamayıb. Şirkətin direktoru suallara cavab verməyib.", []),
    ("az", "Sədr müavini Orxan Sultanovla görüş keçirilib.", ["Orxan Sultanov"]),
    ("az", "Ekspert Nigar Vəliyeva hesab edir ki, tələb artacaq.", ["Nigar Vəliyeva"]),
    # Uzbek
    (
        "uz",
        "Raqamli texnologiyalar vaziri Otabek Ergashev yangi tizimni taqdim etdi.",
        ["Otabek Ergashev"],
    ),
    (
        "uz",
        "Bu haqda Jahon bankining mintaqaviy direktori Mark Hansen maʼlum qildi.",
        ["Mark Hansen"],
    ),
    (
        "uz",
        "Markaziy bank raisi oʻrinbosari Dilnoza Qodirovaning aytishicha, loyiha kechikmoqda.",
        ["Dilnoza Qodirova"],
    ),
    (
        "uz",
        "Toshkent axborot texnologiyalari universiteti rektori Bahodir Soliyev memorandum imzoladi.",
        ["Bahodir Soliyev"],
    ),
    (
        "uz",
        "Соғлиқни сақлаш вазирининг ўринбосари Шаҳноза Тўраева маълумот берди.",
        ["Шаҳноза Тўраева"],
    ),
    (
        "uz",
        "Рақамли технологиялар вазири Отабек Эргашев янги тизимни тақдим этди.",
        ["Отабек Эргашев"],
    ),
    ("uz", "Vazirlik raqamlarni eʼlon qilmadi. Direktor savollarga javob bermadi.", []),
    (
        "uz",
        "«Zarkent Data» kompaniyasi direktori Sardor Aliyevga sertifikat topshirildi.",
        ["Sardor Aliyev"],
    ),
    # Kazakh
    ("kk", "Цифрлық даму министрі Асхат Бекенов жаңа жүйені таныстырды.", ["Асхат Бекенов"]),
    (
        "kk",
        "Бұл туралы Денсаулық сақтау министрінің орынбасары Гүлнәр Сейітова хабарлады.",
        ["Гүлнәр Сейітова"],
    ),
    ("kk", "Ұлттық банк төрағасы Нұрлан Оспановтың айтуынша, баға тұрақты.", ["Нұрлан Оспанов"]),
    (
        "kk",
        "Сарыарқа техникалық университетінің ректоры Ләззат Қуанышқызы меморандумға қол қойды.",
        ["Ләззат Қуанышқызы"],
    ),
    (
        "kk",
        "«Дала Софт» компаниясының директоры Ерлан Жұмабаевпен келісім жасалды.",
        ["Ерлан Жұмабаев"],
    ),
    ("kk", "Министрлік нақты сан айтпады. Директор сұраққа жауап бермеді.", []),
    ("kk", "Сарапшы Мәдина Тоқтарова болжамға күмән келтірді.", ["Мәдина Тоқтарова"]),
    ("kk", "Qūryltai ministrı Ashat Bekenov jaña jüienı tanystyrdy.", ["Ashat Bekenov"]),
]


@pytest.mark.parametrize(("language", "text", "wanted"), CASES, ids=[c[1][:40] for c in CASES])
def test_persons_with_a_role_are_found_in_the_nominative(
    language: str, text: str, wanted: list[str]
) -> None:
    found = list(person(Analysis(text, language)))
    assert [c.fields["name"] for c in found] == wanted
    for claim in found:
        assert claim.fields["role"]
        assert text[claim.start : claim.end] == claim.quote


def test_one_person_in_two_scripts_is_one_claim() -> None:
    pytest.importorskip("anyascii")
    text = (
        "Bılım ministrı Gülnar Qoişybaeva mektepterdı aralady.\n\n"
        "Білім министрі Гүлнар Қойшыбаева мектептерді аралады. Қойшыбаеваның айтуынша, бәрі дайын."
    )
    [claim] = person(Analysis(text, "kk"))
    assert claim.fields["name"] == "Gülnar Qoişybaeva"
    assert claim.alternatives["name"] == ("Гүлнар Қойшыбаева",)


def test_a_role_said_with_the_family_name_belongs_to_the_full_name() -> None:
    text = (
        "The meeting brought Askar Beketov and investors together. "
        "Deputy Prime Minister Beketov noted that exports grow."
    )
    [claim] = person(Analysis(text, "en"))
    assert claim.fields["name"] == "Askar Beketov"
    assert claim.quote == "Deputy Prime Minister Beketov"


def test_a_past_office_is_said_to_be_one() -> None:
    text = "Şirketin başına eski ulaştırma bakan yardımcılarından Elçin Sarvanlı getirildi."
    [claim] = person(Analysis(text, "tr"))
    assert claim.fields["role"].startswith("eski")


def test_credits_are_no_persons_with_a_role() -> None:
    text = "Exports grew by 5 percent.\n\n(Reporting by Dana Sarsen; editing by editor Mark Ellery)"
    assert list(person(Analysis(text, "en"))) == []


@pytest.mark.parametrize(
    ("language", "text", "organisation"),
    [
        ("en", "Deputy Energy Minister Arman Bekov spoke.", "Ministry of Energy"),
        ("en", "Alibaba founder Jack Marlow spoke.", "Alibaba"),
        ("ru", "Министр энергетики Ерлан Абишев выступил.", "Министерство энергетики"),
        (
            "tr",
            "Sanayi ve Teknoloji Bakanı Kemal Arslanoğlu konuştu.",
            "Sanayi ve Teknoloji Bakanlığı",
        ),
        ("az", "Təhsil nazirinin müavini Elşən Quliyev çıxış edib.", "Təhsil Nazirliyi"),
        (
            "uz",
            "Raqamli texnologiyalar vaziri Otabek Ergashev keldi.",
            "Raqamli texnologiyalar vazirligi",
        ),
        ("uz", "Молия вазири Отабек Эргашев келди.", "Молия вазирлиги"),
        ("kk", "Ауыл шаруашылығы вице-министрі Асан Үсенов келді.", "Ауыл шаруашылығы министрлігі"),
    ],
)
def test_a_role_tells_its_organisation(language: str, text: str, organisation: str) -> None:
    [claim] = person(Analysis(text, language))
    assert claim.fields["organisation"] == organisation
