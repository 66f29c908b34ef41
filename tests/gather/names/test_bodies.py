"""Where the name of an organisation begins and ends, in sentences of our own invention."""

# ruff: noqa: E501 - a sentence stays in one line

import pytest

from uptake.gather.claims.analysis import Analysis
from uptake.gather.claims.organisation import organisation

CASES = [
    # Russian: what a head governs, and what not
    ("ru", "Министерство цифрового развития сообщило о пуске.", ["Министерство цифрового развития"]),
    ("ru", "В рамках программы Министерства просвещения школы получили планшеты.", ["Министерство просвещения"]),
    ("ru", "При поддержке Министерства образования учителя прошли курсы.", ["Министерство образования"]),
    ("ru", "Министерство энергетики, компании и вузы подписали соглашение.", ["Министерство энергетики"]),
    ("ru", "Министерство энергетики и компании отрасли обсудили цены.", ["Министерство энергетики"]),
    ("ru", "Сотрудники Министерства внутренних дел Узбекистана обучены.", ["Министерство внутренних дел Узбекистана"]),
    ("ru", "Комитет по правам человека рассмотрел жалобу.", ["Комитет по правам человека"]),
    ("ru", "Агентство по защите и развитию конкуренции провело проверку.", ["Агентство по защите и развитию конкуренции"]),
    ("ru", "Совет по искусственному интеллекту и большим данным собрался.", ["Совет по искусственному интеллекту и большим данным"]),
    ("ru", "Центр компетенций по искусственному интеллекту появится летом.", ["Центр компетенций по искусственному интеллекту"]),
    ("ru", "Институт истории и этнологии имени Ч. Ч. Валиханова открыл архив.", ["Институт истории и этнологии имени Ч. Ч. Валиханова"]),
    ("ru", "Ташкентский университет связи и Ташкентский аграрный университет спорят.", ["Ташкентский университет связи", "Ташкентский аграрный университет"]),
    ("ru", "Минздрав комментариев не дал, МВД Казахстана обещает ответ.", ["Минздрав", "МВД Казахстана"]),
    ("ru", "Компания Nomadix купила долю в стартапе Qoldau.", ["Nomadix", "Qoldau"]),
    # English
    ("en", "Rules come from the Digital Government Agency.", ["Digital Government Agency"]),
    ("en", "The School of Data Science at Zarkent University of Technologies opened.", ["School of Data Science", "Zarkent University of Technologies"]),
    ("en", "The Chamber of Commerce and Industry of Uzbekistan agrees.", ["Chamber of Commerce and Industry of Uzbekistan"]),
    ("en", "Officials of the Kazakh energy ministry disagree.", ["energy ministry"]),
    # Turkish
    ("tr", "Sağlık Bakanlığı ve Hazine ve Maliye Bakanlığı ortak çalıştı.", ["Sağlık Bakanlığı", "Hazine ve Maliye Bakanlığı"]),
    ("tr", "Türkiye Bilişim Derneği (TBD) raporu yorumladı.", ["Türkiye Bilişim Derneği"]),
    ("tr", "Bozkır Savunma Sanayi ve Ticaret A.Ş. protokol imzaladı.", ["Bozkır Savunma Sanayi ve Ticaret A.Ş."]),
    ("tr", "Yazılım firması Kod Ustası büyüyor.", ["Kod Ustası"]),
    ("tr", "Dijital Platformu'nu Tarım Bakanlığı açtı.", ["Tarım Bakanlığı"]),
    ("tr", "Trans-Hazar Lojistik Zirvesi Bakü'de yapıldı.", []),
    # Azerbaijani
    ("az", "Maliyyə Nazirliyi və Kənd Təsərrüfatı Nazirliyi komissiya yaradıb.", ["Maliyyə Nazirliyi", "Kənd Təsərrüfatı Nazirliyi"]),
    ("az", "Milli Məclisin Elm və təhsil komitəsi layihəni bəyənib.", ["Milli Məclis", "Elm və təhsil komitəsi"]),
    ("az", "Strategiya Nazirlər Kabinetinin iclasında bəyənilib.", ["Nazirlər Kabineti"]),
    ("az", "“Kod Evi” tədris mərkəzi kurs açıb.", ["Kod Evi"]),
    ("az", "Vüsal Rəsulov Rabitə Nazirliyinin işçisidir.", ["Rabitə Nazirliyi"]),
    # Uzbek
    ("uz", "Mirzo Ulug‘bek nomidagi Zarkent milliy universiteti konkurs e’lon qildi.", ["Mirzo Ulug‘bek nomidagi Zarkent milliy universiteti"]),
    ("uz", "Adliya vazirligi hamda Davlat soliq qo‘mitasi qaror qabul qildi.", ["Adliya vazirligi", "Davlat soliq qo‘mitasi"]),
    ("uz", "Марказий банк ва Соғлиқни сақлаш вазирлиги келишди.", ["Марказий банк", "Соғлиқни сақлаш вазирлиги"]),
    # Kazakh
    ("kk", "Әл-Фараби атындағы Қазақ ұлттық университеті (ҚазҰУ) зертхана ашты.", ["Әл-Фараби атындағы Қазақ ұлттық университеті"]),
    ("kk", "Бас прокуратура мен Ішкі істер министрлігі бұйрық шығарды.", ["Бас прокуратура", "Ішкі істер министрлігі"]),
    ("kk", "«Дала Ата» ұлттық әл-ауқат қоры меморандумға қол қойды.", ["Дала Ата"]),
    ("kk", "Өзбекстанмен ортақ терминдер қоры жасалады.", []),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "names"), CASES, ids=[c[1][:40] for c in CASES])
def test_an_organisation_has_its_own_words_only(language: str, text: str, names: list[str]) -> None:
    assert [c.fields["name"] for c in organisation(Analysis(text, language))] == names


def test_the_place_of_another_body_is_not_where_one_is() -> None:
    text = (
        "Bakıda yeni mərhələ başlayıb. Azərbaycan hazırdır.\n\n"
        "Ədliyyə Nazirliyi və Estoniyanın Hüquq Akademiyası memorandum imzalayacaq."
    )
    found = {c.fields["name"]: c.countries for c in organisation(Analysis(text, "az"))}
    assert found["Ədliyyə Nazirliyi"] == ("AZE",)
    assert found["Hüquq Akademiyası"] == ("EST",)
