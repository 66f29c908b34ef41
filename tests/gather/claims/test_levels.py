"""Levels and what they are compared with: before and now, plan and fact, bounds, scores, ranks."""

import pytest
from tests.gather.claims.told import claims_of

Told = list[tuple[str, float, str]]


def _read(language: str, text: str) -> Told:
    return [
        (c.fields["comparator"], c.fields["value"], c.fields["unit"])
        for c in claims_of("indicator", text, language)
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The bot answered 62% of messages, up from 38% a year earlier."),
        ("en", "The bot answered 62% of messages, against 38% a year ago."),
        ("ru", "Бот ответил на 62 % сообщений против 38 % годом ранее."),
        ("tr", "Bot mesajların yüzde 62'sini yanıtladı, bir yıl önceki yüzde 38'den yükseldi."),
        ("kk", "Бот хаттың 62 пайызына жауап берді, бұл бір жыл бұрынғы 38 пайыздан жоғары."),
        ("uz", "Bot xatning 62 foiziga javob berdi, bu bir yil oldingi 38 foizdan yuqori."),
        ("az", "Bot mesajların 62 faizini cavablandırdı, bu, bir il əvvəlki 38 faizdən yüksəkdir."),
    ],
)
def test_what_was_before_is_a_level_of_the_year_before(language: str, text: str) -> None:
    now, before = claims_of("indicator", text, language)
    assert (now.fields["value"], now.fields["comparator"], now.time) == (62, "=", None)
    assert (before.fields["value"], before.fields["comparator"]) == (38, "=")
    assert before.time is not None
    assert before.time.start == "2025"
    assert "change" not in now.fields
    assert "change" not in before.fields
    assert not (before.fields["name"] or "").startswith("growth")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Revenue is up 12% from a year earlier."),
        ("ru", "Экспорт вырос на 12 % против 8 % годом ранее."),
        ("tr", "İhracat bir önceki yıla göre yüzde 12 arttı."),
        ("kk", "Экспорт өткен жылмен салыстырғанда 12 пайызға өсті."),
        ("uz", "Eksport o'tgan yilga nisbatan 12 foizga oshdi."),
        ("az", "İxrac ötən illə müqayisədə 12 faiz artıb."),
    ],
)
def test_growth_since_the_year_before_stays_growth(language: str, text: str) -> None:
    claim = claims_of("indicator", text, language)[0]
    assert (claim.fields["value"], claim.fields["change"]) == (12, "growth")


@pytest.mark.parametrize(
    ("language", "text", "due"),
    [
        ("en", "Doctors trained: 2,300 (target: 3,000 by 2027).", "2027"),
        ("en", "The agency trained 2,300 of the planned 3,000 doctors.", None),
        ("en", "Doctors trained: 2,300 (plan 3,000).", None),
        ("ru", "Обучено врачей: 2 300 (план – 3 000 к 2027 году).", "2027"),
        ("ru", "Обучено врачей: 2 300, план – 3 000.", None),
        ("tr", "Eğitilen doktor sayısı: 2.300 (hedef: 3.000).", None),
        ("tr", "Eğitilen doktor: 2.300 (hedef: 2027'ye kadar 3.000).", "2027"),
        ("kk", "Оқытылған дәрігерлер: 2300 (жоспар – 3000).", None),
        ("uz", "O'qitilgan shifokorlar: 2 300 (reja – 3 000).", None),
        ("az", "Təlim keçmiş həkimlər: 2.300 (hədəf 3.000).", None),
    ],
)
def test_a_target_beside_a_fact_is_not_of_the_fact(
    language: str, text: str, due: str | None
) -> None:
    actual, target = claims_of("indicator", text, language)
    assert (actual.fields["value"], actual.fields["kind"], actual.time) == (2300, "actual", None)
    assert (target.fields["value"], target.fields["kind"]) == (3000, "target")
    assert (target.time.start if target.time else None) == due


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Less than half of firms use AI.", ("<", 50)),
        ("en", "Almost a third of firms use AI.", ("~", 33.3)),
        ("ru", "Более половины компаний используют ИИ.", (">", 50)),
        ("tr", "Şirketlerin yarısından fazlası yapay zekâ kullanıyor.", (">", 50)),
        ("kk", "Компаниялардың жартысынан азы ЖИ қолданады.", ("<", 50)),
        ("uz", "Kompaniyalarning yarmidan kami SI qo'llaydi.", ("<", 50)),
        ("az", "Şirkətlərin yarıdan çoxu Sİ istifadə edir.", (">", 50)),
    ],
)
def test_the_word_of_a_bound_is_no_growth(
    language: str, text: str, expected: tuple[str, float]
) -> None:
    [claim] = claims_of("indicator", text, language)
    assert (claim.fields["comparator"], claim.fields["value"]) == expected
    assert "change" not in claim.fields


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The average score in the readiness index was 64.2."),
        ("en", "The country's average index score rose to 64.2."),
        ("ru", "Средний балл индекса готовности составил 64,2."),
        ("tr", "Endeksin ortalama puanı 64,2 oldu."),
        ("kk", "Индекстің орташа балы 64,2 болды."),
        ("uz", "Indeksning o'rtacha bali 64,2 bo'ldi."),
        ("az", "İndeksin orta balı 64,2 oldu."),
    ],
)
def test_an_average_score_is_a_score(language: str, text: str) -> None:
    assert _read(language, text) == [("=", 64.2, "score")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Kazakhstan ranks 24th, Azerbaijan 46th and Uzbekistan 63rd in the index."),
        ("ru", "Казахстан занял 24, Азербайджан – 46, Узбекистан – 63 место."),
        ("tr", "Endekste Kazakistan 24., Azerbaycan 46., Özbekistan ise 63. sırada yer aldı."),
        ("kk", "Қазақстан 24, Әзербайжан 46, Өзбекстан 63-орында."),
        ("uz", "Indeksda Qozog'iston 24-, Ozarbayjon 46-, O'zbekiston esa 63-o'rinda."),
        ("az", "İndeksdə Qazaxıstan 24-cü, Azərbaycan 46-cı, Özbəkistan isə 63-cü yerdədir."),
    ],
)
def test_ranks_in_a_row_are_ranks_of_their_countries(language: str, text: str) -> None:
    found = [
        (c.fields["unit"], c.fields["value"], *c.countries)
        for c in claims_of("indicator", text, language)
    ]
    assert found == [("rank", 24, "KAZ"), ("rank", 46, "AZE"), ("rank", 63, "UZB")]


@pytest.mark.parametrize(
    ("language", "text", "sign"),
    [
        ("en", "The share will not be less than 3%.", ">="),
        ("en", "The share did not exceed 3%.", "<="),
        ("en", "The share will not rise above 3%.", "<="),
        ("ru", "Уровень использования не превысил 3 %.", "<="),
        ("tr", "Oran yüzde 3'ü aşmadı.", "<="),
        ("kk", "Үлес 3 пайыздан аспады.", "<="),
        ("uz", "Ulush 3 foizdan oshmadi.", "<="),
        ("az", "Pay 3 faizi aşmayıb.", "<="),
    ],
)
def test_a_bound_that_is_denied_is_turned(language: str, text: str, sign: str) -> None:
    assert _read(language, text) == [(sign, 3, "percent")]
