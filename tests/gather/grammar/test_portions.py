"""Ordinals in words, shares of so many in so many, ranges with two units, gaps of tables."""

import pytest

from uptake.gather.grammar.quantities import quantities


@pytest.mark.parametrize(
    ("language", "text", "share"),
    [
        ("en", "Every third teacher came.", 1 / 3),
        ("en", "Every 12th call was passed on.", 1 / 12),
        ("en", "Out of every ten firms, three export.", 3 / 10),
        ("en", "It is used by 3 in 10 workers.", 3 / 10),
        ("ru", "Каждый двенадцатый звонок передали.", 1 / 12),
        ("ru", "Каждая 5-я школа подключена.", 1 / 5),
        ("ru", "Из каждых десяти фирм три экспортируют.", 3 / 10),
        ("ru", "Двое из трёх жителей согласны.", 2 / 3),
        ("tr", "Her sekiz şirketten biri ihracat yapıyor.", 1 / 8),
        ("tr", "On kişiden üçü geldi.", 3 / 10),
        ("kk", "Әр он оқушының жетеуі келді.", 7 / 10),
        ("kk", "Әрбір бесінші мектеп қосылды.", 1 / 5),
        ("uz", "Har o‘n nafar o‘quvchidan yettitasi keldi.", 7 / 10),
        ("uz", "Ҳар тўрт ўқитувчидан биригина ўтган.", 1 / 4),
        ("az", "Hər on şagirddən yeddisi gəldi.", 7 / 10),
        ("az", "Hər səkkizinci şirkət ixrac edir.", 1 / 8),
    ],
)
def test_some_of_so_many_is_one_share(language: str, text: str, share: float) -> None:
    [found] = quantities(text, language)
    assert found.unit == "share"
    assert found.value == pytest.approx(share)


@pytest.mark.parametrize(
    ("language", "text", "places"),
    [
        ("en", "Georgia ranked twenty-first and Armenia finished third.", [21, 3]),
        ("ru", "Мы заняли двадцать шестое место, они – третье.", [26, 3]),
        ("tr", "Gürcistan yirmi birinci sırada.", [21]),
        (
            "kk",
            "Бішкек он екінші, Душанбе он жетінші, Ташкент жиырма төртінші орында.",
            [12, 17, 24],
        ),
        ("uz", "Gruziya yigirma birinchi o‘rinda.", [21]),
        ("az", "Gürcüstan iyirmi birinci yerdədir.", [21]),
        ("en", "The third stage began in the second quarter.", []),
        ("ru", "Третий этап начался во втором квартале.", []),
        ("tr", "Üçüncü aşama başladı.", []),
        ("kk", "Жиырма бірінші ғасырда үшінші кезең басталды.", []),
        ("uz", "Yigirma birinchi asrda uchinchi bosqich boshlandi.", []),
        ("az", "İyirmi birinci əsrdə üçüncü mərhələ başladı.", []),
    ],
)
def test_an_ordinal_in_words_is_a_rank_only_where_it_is_called_so(
    language: str, text: str, places: list[int]
) -> None:
    found = quantities(text, language)
    assert [q.value for q in found] == places
    assert {q.unit for q in found} <= {"rank"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "It costs $5m – $7m."),
        ("en", "It costs between EUR 5m and EUR 7m."),
        ("ru", "Цена – €5 млн – €7 млн."),
        ("ru", "Это стоит от 5 млн евро до 7 млн евро."),
        ("tr", "Maliyeti 5 milyon avro ile 7 milyon avro arasında."),
        ("kk", "Құны 5 миллион еуродан 7 миллион еуроға дейін."),
        ("uz", "Qiymati 5 million yevrodan 7 million yevrogacha."),
        ("az", "Dəyəri 5 milyon avrodan 7 milyon avroyadək."),
    ],
)
def test_two_ends_with_a_currency_each_are_one_range(language: str, text: str) -> None:
    [found] = quantities(text, language)
    assert (found.value, found.value_max, found.comparator) == (5e6, 7e6, "range")
    assert found.currency in {"EUR", "USD"}


@pytest.mark.parametrize(
    ("language", "text", "comparator"),
    [
        ("en", "It does not exceed 5%.", "<="),
        ("en", "It falls just short of 5%.", "<"),
        ("ru", "Доля не превышает 5%.", "<="),
        ("ru", "Доля не дотянула до 5%.", "<"),
        ("tr", "Oran yüzde 5'i aşmıyor.", "<="),
        ("kk", "Үлесі 5 пайыздан аспайды.", "<="),
        ("kk", "Үлесі 5 пайызға да жетпейді.", "<"),
        ("uz", "Ulushi 5 foizdan oshmagan.", "<="),
        ("az", "Payı 5 faizdən çox olmayıb.", "<="),
    ],
)
def test_a_denied_excess_is_a_bound(language: str, text: str, comparator: str) -> None:
    [found] = quantities(text, language)
    assert (found.value, found.comparator) == (5, comparator)


@pytest.mark.parametrize(
    ("text", "values"),
    [("120\t450", [120, 450]), ("120 | 450", [120, 450]), ("120  450", [120, 450])],
)
def test_digits_on_two_sides_of_a_gap_are_two_numbers(text: str, values: list[int]) -> None:
    assert [q.value for q in quantities(f"Total: {text} in all", "en")] == values


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Past the million mark"),
        ("ru", "Выручка, млн долл."),
        ("tr", "İhracat, milyon dolar"),
        ("kk", "Экспорт, млн теңге"),
        ("uz", "Eksport, mln so‘m"),
        ("az", "İxrac, milyon manat"),
    ],
)
def test_a_word_of_scale_alone_is_no_number(language: str, text: str) -> None:
    assert quantities(text, language) == ()
