"""Quantities keep their value, unit, currency and bound, in each language and script."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from uptake.gather.grammar.quantities import quantities
from uptake.gather.grammar.spans import Quantity


def only(text: str, language: str, *countries: str) -> Quantity:
    found = quantities(text, language, countries)
    assert len(found) == 1, [text[q.start : q.end] for q in found]
    return found[0]


@pytest.mark.parametrize(
    ("language", "text", "value", "unit", "comparator"),
    [
        ("en", "The plant gives 12.5 MW.", 12.5, "megawatt", "="),
        ("en", "It covers at least 1,250 hectares.", 1250, "hectare", ">="),
        ("en", "Nearly two million people use it.", 2_000_000, "count", "~"),
        ("en", "Up to 3 percentage points were lost.", 3, "percentage_point", "<="),
        ("en", "Some 7 per cent stayed.", 7, "percent", "~"),
        ("en", "Fewer than twenty-five schools took part.", 25, "count", "<"),
        ("en", "Two thirds of the banks answered.", 2 / 3, "share", "="),
        ("en", "2 million 300 thousand visits were counted.", 2_300_000, "count", "="),
        ("ru", "Доля выросла на 3,4 процентного пункта.", 3.4, "percentage_point", "="),
        ("ru", "Работают не менее двадцати пяти школ.", 25, "count", ">="),
        ("ru", "Каждая третья компания ответила.", 1 / 3, "share", "="),
        ("ru", "Обучено около 12,4 тыс. человек.", 12_400, "count", "~"),
        ("ru", "Мощность превысила 40 МВт.", 40, "megawatt", ">"),
        ("tr", "Oran %78,5'e ulaştı.", 78.5, "percent", "="),
        ("tr", "Oran yüzde 34,5 oldu.", 34.5, "percent", "="),
        ("tr", "Yüz elliden fazla okul katıldı.", 150, "count", ">"),
        ("tr", "En az 40 dakika sürdü.", 40, "minute", ">="),
        ("kk", "Үш жүз елу мектеп қатысты.", 350, "count", "="),
        ("kk", "Үлесі 15 пайыздан астам болды.", 15, "percent", ">"),
        ("kk", "Қуаты 40 МВт-қа дейін болады.", 40, "megawatt", "<="),
        ("kk", "Ülesı 15 paiyz boldy.", 15, "percent", "="),
        ("kk", "Жартысынан көбі келісті.", 0.5, "share", ">"),
        ("uz", "Yigirma beshta maktab qatnashdi.", 25, "count", "="),
        ("uz", "Ulushi 22 foizdan ortiq bo‘ldi.", 22, "percent", ">"),
        ("uz", "Улуши қарийб 22 фоиз бўлди.", 22, "percent", "~"),
        ("uz", "Ходимларнинг ярмидан кўпи рози.", 0.5, "share", ">"),
        ("az", "İyirmi beş məktəb qatıldı.", 25, "count", "="),
        ("az", "Payı 3,4 %-ə qədər ola bilər.", 3.4, "percent", "<="),
        ("az", "Gücü az azı 8 MVt olacaq.", 8, "megawatt", ">="),
        ("ky", "Үлүшү 40 пайыздан ашык болду.", 40, "percent", ">"),
        ("ky", "Жыйырма беш мектеп катышты.", 25, "count", "="),
        ("az", "Üçdə biri razıdır.", 1 / 3, "share", "="),
    ],
)
def test_a_number_has_its_unit_and_bound(
    language: str, text: str, value: float, unit: str, comparator: str
) -> None:
    found = only(text, language)
    assert found.value == pytest.approx(value)
    assert (found.unit, found.comparator) == (unit, comparator)


@pytest.mark.parametrize(
    ("language", "text", "value", "currency"),
    [
        ("en", "worth $96.5 million", 96_500_000, "USD"),
        ("en", "worth US$300m", 300_000_000, "USD"),
        ("en", "worth EUR 400 million", 400_000_000, "EUR"),
        ("en", "worth 11.4 billion tenge", 11_400_000_000, "KZT"),
        ("en", "worth £2bn", 2_000_000_000, "GBP"),
        ("en", "worth 3 dollars and 50 cents", 3.5, "USD"),
        ("ru", "стоит 12,4 млрд тенге", 12_400_000_000, "KZT"),
        ("ru", "стоит 5 млн долл. США", 5_000_000, "USD"),
        ("ru", "стоит 62,3 млн рублей", 62_300_000, "RUB"),
        ("tr", "tutarı 1,2 milyar TL'dir", 1_200_000_000, "TRY"),
        ("tr", "tutarı 300 milyon ABD dolarıdır", 300_000_000, "USD"),
        ("kk", "құны 4,6 млрд теңге", 4_600_000_000, "KZT"),
        ("kk", "құны 12 млн АҚШ долларына", 12_000_000, "USD"),
        ("kk", "құны 1,5 млрд. теңгеге", 1_500_000_000, "KZT"),
        ("uz", "narxi 1,5 trln soʻm", 1_500_000_000_000, "UZS"),
        ("uz", "нархи 80 млрд сўм", 80_000_000_000, "UZS"),
        ("az", "dəyəri 22,5 milyon manat", 22_500_000, "AZN"),
        ("ky", "баасы 184,5 млн сом", 184_500_000, "KGS"),
    ],
)
def test_money_has_its_currency(language: str, text: str, value: float, currency: str) -> None:
    found = only(text, language)
    assert (found.value, found.unit, found.currency) == (value, "currency", currency)


def test_a_word_of_several_currencies_is_settled_by_the_country() -> None:
    text = "22 million manat"
    assert only(text, "en").currencies == ("TMT",)
    found = only(text, "en", "TKM")
    assert (found.currency, found.currencies) == ("TMT", ("AZN",))
    assert only("5 million som", "en", "UZB").currency == "UZS"
    assert only("5 million som", "en", "KGZ").currency == "KGS"
    assert only("5 million dollars", "en", "KAZ").currency == "USD"


@pytest.mark.parametrize(
    ("language", "text", "low", "high", "unit"),
    [
        ("en", "between 1,200 and 1,500 people", 1200, 1500, "count"),
        ("en", "5–7 % of them", 5, 7, "percent"),
        ("en", "$5-7 million", 5_000_000, 7_000_000, "currency"),
        ("ru", "от 3 до 5 процентов", 3, 5, "percent"),
        ("kk", "15–20 пайызға", 15, 20, "percent"),
        ("uz", "10-15 daqiqa", 10, 15, "minute"),
        ("tr", "10 ila 15 dakika", 10, 15, "minute"),
        ("az", "10–15 dəqiqə", 10, 15, "minute"),
    ],
)
def test_a_range_has_both_ends(
    language: str, text: str, low: float, high: float, unit: str
) -> None:
    found = only(text, language)
    assert (found.value, found.value_max, found.unit) == (low, high, unit)
    assert found.comparator == "range"


def test_a_change_is_two_quantities_that_share_a_unit() -> None:
    first, last = quantities("It fell from 94 to 37 minutes.", "en")
    assert [(q.value, q.unit, q.comparator) for q in (first, last)] == [
        (94, "minute", "="),
        (37, "minute", "="),
    ]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("ru", "Доля выросла до 45,7%.", 45.7),
        ("kk", "Үлесі 45,7 %-ға дейін өсті.", 45.7),
        ("uz", "Ulushi 45,7 foizgacha oshdi.", 45.7),
        ("az", "Payı 45,7 faizə qədər artıb.", 45.7),
        ("tr", "Payı yüzde 45,7'ye kadar yükseldi.", 45.7),
    ],
)
def test_what_a_verb_says_is_reached_is_no_bound(language: str, text: str, value: float) -> None:
    found = only(text, language)
    assert (found.value, found.comparator) == (value, "=")


def test_a_verb_of_excess_needs_its_case() -> None:
    assert only("Mablag‘ 310 mlrd so‘mdan oshdi.", "uz").comparator == ">"
    assert only("Ulushi 2,5 foiz punktga oshdi.", "uz").comparator == "="


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("kk", "5-тен 7 пайызға дейін"),
        ("uz", "5 dan 7 foizgacha"),
        ("az", "5 faizdən 7 faizə qədər"),
    ],
)
def test_cases_make_a_range(language: str, text: str) -> None:
    found = only(text, language)
    assert (found.value, found.value_max, found.unit) == (5, 7, "percent")


def test_a_verb_bounds_both_parts_of_a_coordination() -> None:
    text = "Funding exceeded €400 million in Kazakhstan and €850 million in Uzbekistan."
    assert [(q.value, q.comparator) for q in quantities(text, "en")] == [(4e8, ">"), (8.5e8, ">")]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "It ranked 24th globally.", 24),
        ("ru", "Страна заняла 10-е место.", 10),
        ("kk", "Ел 40-орынға көтерілді.", 40),
        ("uz", "Mamlakat 7-oʻrinni egalladi.", 7),
        ("uz", "Мамлакат 7-ўринни эгаллади.", 7),
        ("tr", "Ülke 12. sırada yer aldı.", 12),
        ("az", "Ölkə 12-ci yerdədir.", 12),
    ],
)
def test_a_rank_is_one(language: str, text: str, value: float) -> None:
    found = only(text, language)
    assert (found.value, found.unit, found.ordinal) == (value, "rank", True)


def test_ranks_of_a_coordination_are_both_ranks() -> None:
    text = "It ranks 24th in e-government and 10th in online services."
    assert [(q.value, q.unit) for q in quantities(text, "en")] == [(24, "rank"), (10, "rank")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("kk", "Оған 350 мектеп қатысты."),
        ("uz", "Unda 350 maktab qatnashdi."),
        ("az", "Orada 350 məktəb iştirak etdi."),
        ("ky", "Ага 350 мектеп катышты."),
    ],
)
def test_schools_are_counted_though_each_has_a_number(language: str, text: str) -> None:
    assert only(text, language).value == 350


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("en", "It has 3.4 processors per 100,000 inhabitants.", [3.4]),
        ("ru", "Их 3,4 на 100 тысяч жителей.", [3.4]),
        ("uz", "Har 1000 nafar aholiga 1 290 ta xizmat to‘g‘ri keladi.", [1290]),
        ("az", "Adambaşına düşən sərmayə 6,8 manat təşkil edib.", [6.8]),
    ],
)
def test_a_figure_per_head_is_one_quantity(language: str, text: str, values: list[float]) -> None:
    found = quantities(text, language)
    assert [q.value for q in found] == values
    assert {q.unit for q in found} == {"per_capita"}


def test_ages_are_marked_as_such() -> None:
    text = "Users aged 18 to 24 sent 36.2 percent, those between the ages of 25 and 34 less."
    assert [q.unit for q in quantities(text, "en")] == ["age", "percent", "age", "age"]
    assert [q.unit for q in quantities("18 yaşındaki 40 kişi", "tr")] == ["age", "count"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "It uses GPT-4 and 5G since COVID-19 began."),
        ("en", "See Article 5, pp. 22–25 and Resolution No. 358-bis."),
        ("en", "As noted [1], call +7 717 255 01 14 at 10:30."),
        ("en", "Look at https://example.org/docs/7158604 for more."),
        ("en", "It is one of the first; a few hundred came in the first reading."),
        ("en", "On 5 February 2026 and in 2027 it grew in the third quarter."),
        ("ru", "Согласно статье 5 и приказу № 41 от 12 мая 2025 года, тел. +996 312 90-41-17."),
        ("kk", "№ 1147 қаулысы 2025 жылғы 26 желтоқсанда шықты."),
        ("kk", "2.1. Оның мәтіні оны түсіндіреді."),
        ("uz", "5-moddaga ko‘ra 2025-yil 14-iyulda, (71) 200-15-15."),
        ("tr", "Onun altında birlik var; 5. madde 2025'te çıktı, 0212 555 18 42."),
        ("az", "Onun altında 5-ci maddə, 26 sentyabr 2025-ci il."),
        ("kk", "Бұл үшін алтын керек, бірнеше рет айтылды."),
        ("uz", "Bu voqea kecha yuz berdi, millionlab odam oltin ko‘rdi."),
        ("ky", "Ал үчүн алтын керек, бир аз күтүү керек."),
        ("az", "Minlərlə adam bir çox yerdə gözlədi."),
        ("ru", "Тысячи людей пришли в третий раз на сорок пятой минуте."),
    ],
)
def test_what_only_looks_like_a_quantity_is_none(language: str, text: str) -> None:
    assert [text[q.start : q.end] for q in quantities(text, language)] == []


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "1.740 points", 1.74),
        ("ru", "1.740 человек", 1740),
        ("ru", "индекс 0,853", 0.853),
        ("tr", "1.740 kişi", 1740),
        ("kk", "1 286 құрылым", 1286),
        ("kk", "1\u202f286 құрылым", 1286),
        ("en", "1'250 sites", 1250),
        ("uz", "57,0 ball", 57.0),
    ],
)
def test_points_and_commas_are_read_as_the_language_does(
    language: str, text: str, value: float
) -> None:
    assert only(text, language).value == pytest.approx(value)


def test_letters_in_two_parts_and_soft_hyphens_do_not_matter() -> None:
    text = "O\u2018quvchilar 3\u00a0ming so\u02bbm va yuz\u00ad den 25 f\u00adoiz"
    spans = [text[q.start : q.end] for q in quantities(text, "uz")]
    assert "3\u00a0ming so\u02bbm" in spans
    assert "25 f\u00adoiz" in spans


@given(st.text(alphabet="0123456789.,%- $€млнkтbinyüzş'\u00ad\u0301\n", max_size=60))
def test_spans_lie_in_the_text_in_order(text: str) -> None:
    for language in ("en", "ru", "tr", "kk"):
        last = 0
        for q in quantities(text, language):
            assert 0 <= q.start <= q.number[0] < q.number[1] <= q.end <= len(text)
            assert q.start <= q.stated[0] < q.stated[1] <= q.end
            assert q.number[0] >= last
            last = q.number[1]


@given(st.integers(0, 10**12), st.sampled_from(["en", "ru", "tr", "kk", "uz", "az"]))
def test_grouped_digits_are_read_back(number: int, language: str) -> None:
    sign = "," if language == "en" else "\u00a0"
    printed = f"{number:,}".replace(",", sign)
    [found] = quantities(f"({printed} %)", language)
    assert found.value == number


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "около 2000 человек"),
        ("tr", "yaklaşık 2000 kişi"),
        ("uz", "2000 nafar"),
        ("en", "2000 dollars"),
    ],
)
def test_a_number_that_could_be_a_year_is_none_beside_what_it_counts(
    language: str, text: str
) -> None:
    assert only(text, language).value == 2000


def test_a_language_without_data_has_digits_and_signs() -> None:
    found = only("Il a coûté €5,5.", "fr")
    assert (found.value, found.currency) == (5.5, "EUR")


@pytest.mark.parametrize(
    ("language", "label", "stated"),
    [
        ("en", "Exports, USD million", "It has exports of 3 million USD."),
        ("en", "Exports (million USD)", "They gave a million dollars."),
        ("ru", "Экспорт, млн тенге", "Экспорт составил миллион тенге."),
        ("ru", "Занятые, тыс. человек", "Занято 3 тыс. человек."),
        ("kk", "Экспорт, млрд теңге", "Экспорт 3 млрд теңге болды."),
        ("uz", "Eksport, mln soʻm", "Eksport 3 mln soʻm boʻldi."),
        ("az", "İxrac, mln manat", "İxrac 3 mln manat oldu."),
        ("tr", "İhracat, milyon dolar", "Toplantıya bin kişi katıldı."),
    ],
)
def test_the_unit_in_a_head_is_no_number(language: str, label: str, stated: str) -> None:
    assert quantities(label, language) == ()
    assert len(quantities(stated, language)) == 1


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "3.2 Where we stand\n\nThe agency told more.\n\n4.1.2 What is to be done"),
        ("ru", "2.3 Где мы находимся\n\nАгентство рассказало больше."),
        ("tr", "3.2 Bulunduğumuz yer\n\nKurum anlattı."),
        ("kk", "3.2 Қазіргі жағдай\n\nАгенттік айтты."),
        ("uz", "3.2 Hozirgi holat\n\nAgentlik aytdi."),
        ("az", "3.2 Hazırkı vəziyyət\n\nAgentlik dedi."),
        ("en", "The laboratory holds an ISO 9001 certificate."),
        ("ru", "Лаборатория получила сертификат ISO 9001."),
        ("uz", "Laboratoriya ISO 9001 sertifikatini oldi."),
    ],
)
def test_numbers_of_sections_and_standards_are_no_quantities(language: str, text: str) -> None:
    assert not quantities(text, language, ())


def test_a_decimal_that_begins_a_sentence_is_one() -> None:
    assert only("3.2 percent of schools use it.", "en").value == 3.2
    assert only("3.2 million people use it", "en").value == 3_200_000
