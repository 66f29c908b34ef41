"""Statuses of laws, strategies and rules; all sentences are invented."""

import pytest

from uptake.gather.claims.statuses import status_of

SENTENCES = {
    "en": [
        ("adopted", "The government approved the AI strategy in March."),
        ("adopted", "The law was adopted in May and will enter into force in January 2027."),
        ("adopted", "The concept, signed by the president on Friday, runs to 2030."),
        ("in_force", "The law on personal data has been in force since 2021."),
        ("in_force", "The code entered into force last year."),
        ("draft", "Deputies passed the bill in the first reading."),
        ("draft", "A draft regulation was published for public consultation."),
        ("draft", "A draft is expected to reach parliament in autumn."),
        ("planned", "The ministry will adopt an action plan by June."),
        ("planned", "The government plans to approve a roadmap next year."),
        ("drafting", "Lawyers are drafting rules for algorithms in courts."),
        ("discussed", "Experts discussed rules for generative models."),
        (None, "The country has no AI law in force."),
        (None, "The strategy was not adopted."),
    ],
    "ru": [
        ("adopted", "Правительство утвердило стратегию развития ИИ в марте."),
        ("adopted", "Закон принят в мае и вступит в силу в январе."),
        ("adopted", "Президент подписал указ о цифровых активах."),
        ("in_force", "Закон о персональных данных вступил в силу в 2021 году."),
        ("draft", "Парламент одобрил законопроект в первом чтении."),
        ("draft", "Проект концепции вынесен на общественное обсуждение."),
        ("planned", "Стратегия будет утверждена до конца года."),
        ("planned", "Министерство планирует принять правила в июне."),
        ("drafting", "Ведомство разрабатывает концепцию."),
        ("discussed", "Эксперты обсудили правила для нейросетей."),
        (None, "Закон не принят."),
    ],
    "tr": [
        ("adopted", "Ulusal strateji mart ayında kabul edildi."),
        ("adopted", "Eylem planı Cumhurbaşkanı tarafından onaylandı."),
        ("in_force", "Yasa geçen yıl yürürlüğe girdi."),
        ("in_force", "Yönetmelik yürürlükte."),
        ("draft", "Yasa tasarısı meclise sunuldu."),
        ("draft", "Yönetmelik taslağı kamuoyu görüşüne açıldı."),
        ("planned", "Strateji yıl sonuna kadar onaylanacak."),
        ("drafting", "Bakanlık yeni bir yol haritası hazırlıyor."),
        ("discussed", "Uzmanlar kuralları tartıştı."),
        (None, "Bu alanda bir kanun bulunmuyor."),
    ],
    "kk": [
        ("adopted", "Тұжырымдама қаулымен бекітілді."),
        ("adopted", "Президент заңға қол қойды."),
        ("in_force", "Кодекс былтыр күшіне енді."),
        ("in_force", "Заң қазір күшінде."),
        ("draft", "Заң жобасы бірінші оқылымда мақұлданды."),
        ("draft", "Ереже жобасы қоғамдық талқылауға шығарылды."),
        ("planned", "Стратегия жыл соңына дейін бекітіледі."),
        ("drafting", "Министрлік жаңа қағидаларды әзірлеуде."),
        ("discussed", "Сарапшылар талаптарды талқылады."),
        (None, "Арнайы заң әлі қабылданбаған."),
    ],
    "uz": [
        ("adopted", "Strategiya Prezident qarori bilan tasdiqlandi."),
        ("adopted", "Қонун май ойида қабул қилинди."),
        ("in_force", "Kodeks o‘tgan yili kuchga kirdi."),
        ("in_force", "Низом ҳозир амалда."),
        ("draft", "Qonun loyihasi birinchi o‘qishda qabul qilindi."),
        ("draft", "Qaror loyihasi jamoatchilik muhokamasiga qo‘yildi."),
        ("planned", "Strategiya yil oxirigacha tasdiqlanadi."),
        ("drafting", "Vazirlik yangi qoidalarni ishlab chiqmoqda."),
        ("discussed", "Mutaxassislar talablarni muhokama qildi."),
        (None, "Bu sohada alohida qonun yo‘q."),
    ],
    "az": [
        ("adopted", "Strategiya Prezidentin sərəncamı ilə təsdiq edilib."),
        ("adopted", "Qanun mayda qəbul olundu."),
        ("in_force", "Məcəllə ötən il qüvvəyə minib."),
        ("in_force", "Qaydalar artıq qüvvədədir."),
        ("draft", "Qanun layihəsi birinci oxunuşda qəbul edilib."),
        ("draft", "Qərar layihəsi ictimai müzakirəyə çıxarılıb."),
        ("planned", "Strategiya ilin sonunadək təsdiq ediləcək."),
        ("drafting", "Nazirlik yeni qaydalar hazırlayır."),
        ("discussed", "Ekspertlər tələbləri müzakirə edib."),
        (None, "Bu sahədə ayrıca qanun yoxdur."),
    ],
}


@pytest.mark.parametrize(
    ("language", "status", "sentence"),
    [(language, *row) for language, rows in SENTENCES.items() for row in rows],
)
def test_a_sentence_states_its_status(language: str, status: str | None, sentence: str) -> None:
    found = status_of(sentence, language)
    assert (found.status if found else None) == status, found


def test_a_law_adopted_with_a_later_date_of_force_is_adopted() -> None:
    found = status_of("The law was adopted in May and enters into force in 2027.", "en")
    assert found is not None
    assert (found.status, found.alternatives) == ("adopted", ("in_force",))


def test_a_language_without_data_has_no_statuses() -> None:
    assert status_of("Мыйзам кабыл алынды.", "ky") is None
