"""Times that stand beside a figure and are not its own; things put off until some day."""

import pytest
from tests.gather.claims.told import claims_of


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "They will spend USD 45 million in the first phase and finish the network by 2027."),
        ("ru", "На первом этапе планируют выделить 45 млн долларов и завершить сеть к 2027 году."),
        ("tr", "İlk aşamada 45 milyon dolar harcanacak ve ağ 2027'ye kadar tamamlanacak."),
        ("kk", "Бірінші кезеңде 45 миллион доллар жұмсалады және желі 2027 жылға дейін бітеді."),
        ("uz", "Birinchi bosqichda 45 million dollar sarflanadi va tarmoq 2027-yilgacha bitadi."),
        ("az", "Birinci mərhələdə 45 milyon dollar xərclənəcək və şəbəkə 2027-ci ilədək bitəcək."),
    ],
)
def test_a_phase_is_not_due_when_the_whole_is(language: str, text: str) -> None:
    [claim] = claims_of("indicator", text, language)
    assert (claim.fields["value"], claim.fields["kind"]) == (45_000_000, "target")
    assert claim.time is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The chatbot was piloted in 15 schools in 2019 and scrapped in 2022."),
        ("ru", "Чат-бот испытали в 15 школах в 2019 году и закрыли в 2022 году."),
        ("tr", "Sohbet robotu 2019'da 15 okulda denendi ve 2022'de kapatıldı."),
        ("kk", "Чат-бот 2019 жылы 15 мектепте сыналып, 2022 жылы жабылды."),
        ("uz", "Chatbot 2019-yilda 15 maktabda sinovdan o'tkazildi va 2022-yilda yopildi."),
        ("az", "Çatbot 2019-cu ildə 15 məktəbdə sınaqdan keçirilib və 2022-ci ildə bağlanıb."),
        ("ru", "В 2019 году бюро, которое создали в 2015 году, испытало бота в 15 школах."),
        ("en", "In 2019 the bureau, which was founded in 2015, tested the bot in 15 schools."),
    ],
)
def test_a_figure_keeps_the_year_of_its_own_verb(language: str, text: str) -> None:
    [claim] = claims_of("indicator", text, language)
    assert claim.time is not None
    assert (claim.fields["value"], claim.time.start) == (15, "2019")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The chatbot project has been suspended until September 2026."),
        ("ru", "Проект чат-бота приостановлен до сентября 2026 года."),
        ("tr", "Sohbet robotu projesi Eylül 2026'ya kadar askıya alındı."),
        ("kk", "Чат-бот жобасы 2026 жылғы қыркүйекке дейін тоқтатылды."),
        ("uz", "Chatbot loyihasi 2026-yil sentyabrgacha to'xtatildi."),
        ("az", "Çatbot layihəsi 2026-cı ilin sentyabrınadək dayandırılıb."),
    ],
)
def test_what_is_suspended_until_a_day_is_not_cancelled(language: str, text: str) -> None:
    [claim] = claims_of("initiative", text, language)
    assert (claim.fields["stage"], claim.fields["due"]) == ("announced", "2026-09")


def test_what_is_suspended_for_good_is_cancelled() -> None:
    [claim] = claims_of("initiative", "The chatbot was suspended in 2022.", "en")
    assert claim.fields["stage"] == "cancelled"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The AI bill may be submitted to parliament in autumn."),
        ("ru", "Законопроект об ИИ может быть внесён в парламент осенью."),
        ("tr", "Yapay zekâ kanun teklifi sonbaharda meclise sunulabilir."),
        ("kk", "ЖИ туралы заң жобасы күзде парламентке енгізілуі мүмкін."),
        (
            "uz",
            "Sun'iy intellekt to'g'risidagi qonun loyihasi kuzda parlamentga kiritilishi mumkin.",
        ),
        ("az", "Süni intellekt haqqında qanun layihəsi payızda parlamentə təqdim oluna bilər."),
    ],
)
def test_a_bill_that_may_come_is_possible(language: str, text: str) -> None:
    [claim] = claims_of("policy", text, language)
    assert (claim.fields["status"], claim.modality) == ("draft", "possible")
