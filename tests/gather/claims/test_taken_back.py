"""Figures that a sentence takes back: what will not be done, plans that were dropped, doubts."""

import pytest
from tests.gather.claims.told import claims_of


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Kazakhstan will not invest USD 5 million in data centres."),
        ("en", "The company refused to spend USD 5 million on schools."),
        ("ru", "Казахстан не будет вкладывать 5 млн долларов в дата-центры."),
        ("ru", "Компания не намерена тратить 5 млн долларов на школы."),
        ("tr", "Kazakistan veri merkezlerine 5 milyon dolar yatırmayacak."),
        ("kk", "Қазақстан деректер орталығына 5 миллион доллар салмайды."),
        ("uz", "O'zbekiston ma'lumot markazlariga 5 million dollar sarflamaydi."),
        ("az", "Azərbaycan data mərkəzlərinə 5 milyon dollar yatırmayacaq."),
    ],
)
def test_what_will_not_be_done_gives_no_figure(language: str, text: str) -> None:
    assert claims_of("indicator", text, language) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A plan to spend USD 30 million on AI was rejected."),
        ("en", "The government withdrew a plan to spend USD 30 million on AI."),
        ("en", "A proposal to allocate USD 30 million was abandoned in May."),
        ("ru", "План потратить 30 млн долларов на ИИ был отклонён."),
        ("ru", "От плана выделить 30 млн долларов отказались."),
        ("tr", "Yapay zekâya 30 milyon dolar harcama planı reddedildi."),
        ("tr", "30 milyon dolarlık yatırım planından vazgeçildi."),
        ("kk", "Үкімет 30 миллион доллар бөлу жоспарынан бас тартты."),
        ("uz", "Hukumat 30 million dollar ajratish rejasidan voz kechdi."),
        ("az", "Hökumət 30 milyon dollar ayırmaq planından imtina etdi."),
    ],
)
def test_a_dropped_plan_gives_no_figure(language: str, text: str) -> None:
    assert claims_of("indicator", text, language) == []


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Analysts doubt that the country will reach USD 5 billion in exports."),
        ("ru", "Аналитики сомневаются, что страна достигнет экспорта в 5 млрд долларов."),
        ("tr", "Analistler ülkenin 5 milyar dolara ulaşacağından şüphe ediyor."),
        ("kk", "Сарапшылар елдің 5 миллиард долларға жететініне күмәнданады."),
        ("uz", "Tahlilchilar mamlakat 5 milliard dollarga yetishiga shubha qilmoqda."),
        ("az", "Analitiklər ölkənin 5 milyard dollara çatacağına şübhə edir."),
    ],
)
def test_a_doubted_figure_is_but_possible(language: str, text: str) -> None:
    [claim] = claims_of("indicator", text, language)
    assert (claim.modality, claim.fields["kind"]) == ("possible", "actual")


@pytest.mark.parametrize(
    ("language", "text", "kind"),
    [
        ("en", "Spending will not exceed USD 5 million.", "target"),
        ("en", "The state won't cut taxes, but it will spend USD 5 million on AI.", "target"),
        ("en", "There is no doubt that exports will reach USD 5 billion by 2030.", "target"),
        ("en", "Parliament abandoned the plan and approved USD 10 million for schools.", "actual"),
        ("ru", "Компания не будет строить завод, но вложит 5 млн долларов.", "target"),
        ("tr", "Harcama 5 milyon doları aşmayacak.", "target"),
        ("tr", "İnsanların yüzde 62'si yapay zekâdan şüphe ediyor.", "actual"),
        ("kk", "Шығын 5 миллион доллардан аспайды.", "actual"),
        ("uz", "Xarajat 5 million dollardan oshmaydi.", "actual"),
        ("az", "Bu il 30 milyon dollar ayrılıb, plan isə ləğv edilib.", "actual"),
    ],
)
def test_a_denial_of_something_else_leaves_the_figure(language: str, text: str, kind: str) -> None:
    [claim] = claims_of("indicator", text, language)
    assert claim.modality != "possible"
    assert claim.fields["kind"] == kind
