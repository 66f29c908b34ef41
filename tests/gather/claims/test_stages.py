"""Stages told by verbs, tense and what limits them; all sentences are invented."""

import pytest

from uptake.gather.claims.stages import stage_of

SENTENCES = {
    "en": [
        ("announced", "The ministry will launch a tutoring chatbot in September."),
        ("announced", "A 20 MW data centre is to be built near Aktau by 2028."),
        ("announced", "The bank plans to roll out a voice assistant next year."),
        (
            "announced",
            "The city launched a data center project in 2024, scheduled for completion in 2026.",
        ),
        ("announced", "The agency said it would begin a pilot of the tool in May."),
        ("announced", "Engineers are developing a translation platform for courts."),
        ("announced", "Construction of the supercomputing centre began in March."),
        ("announced", "The platform is expected to become available in all regions by 2027."),
        ("announced", "The project aims to introduce AI tutors nationwide."),
        ("pilot", "The clinic is still testing a triage tool with fifty patients."),
        ("pilot", "The system is being piloted at three border posts."),
        ("pilot", "The chatbot runs in test mode in two districts."),
        ("pilot", "Customs launched a pilot of the risk model last week."),
        ("pilot", "The scheme is currently in its pilot phase."),
        ("pilot", "Cameras are used on a trial basis at the central station."),
        ("in_use", "The hospital uses an algorithm to read X-rays."),
        ("in_use", "The portal has been in operation since 2023."),
        ("in_use", "Farmers are already using the advisory app."),
        ("in_use", "The tax office launched a chatbot on Monday."),
        ("in_use", "After a six-month pilot the tool is used by 400 doctors."),
        ("scaled", "The system now works in all 29 checkpoints."),
        ("scaled", "The model was put into full operation in January."),
        ("scaled", "The assistant is used nationwide."),
        ("cancelled", "The city scrapped the facial recognition project."),
        ("cancelled", "The face scanning pilot was discontinued after complaints."),
        (None, "We are no longer testing anything."),
        (None, "The ministry does not use facial recognition."),
        (None, "Scaling AI applications remains difficult."),
        (None, "Exports of software grew by a third."),
    ],
    "ru": [
        ("announced", "Министерство запустит платформу для школ в сентябре."),
        ("announced", "В Астане будет создан центр обработки данных."),
        ("announced", "Банк планирует внедрить голосового помощника в следующем году."),
        ("announced", "Компания разрабатывает приложение для фермеров."),
        ("announced", "Запуск системы запланирован на 2027 год."),
        (
            "announced",
            "Строительство дата-центра ведется в пригороде, открыть его намерены осенью.",
        ),
        ("announced", "Пилотный проект начнется в марте."),
        ("announced", "Ведомство намерено расширить систему на все области."),
        ("pilot", "Система работает в пилотном режиме в двух больницах."),
        ("pilot", "Банк тестирует чат-бота с несколькими сотнями клиентов."),
        ("pilot", "Сервис находится на стадии апробации."),
        ("pilot", "Платформа проходит тестирование в трех школах."),
        ("pilot", "Алгоритм запущен в опытную эксплуатацию."),
        ("in_use", "Нейросеть используется в таможенных органах с 2023 года."),
        ("in_use", "В поликлинике работает голосовой помощник."),
        ("in_use", "Министерство запустило портал вакансий."),
        ("in_use", "Курс изучают 12 тысяч студентов."),
        ("scaled", "Система внедрена во всех поликлиниках."),
        ("scaled", "Алгоритм применяется по всей стране."),
        ("scaled", "Комплекс введен в промышленную эксплуатацию."),
        ("cancelled", "Проект умных остановок свернут."),
        ("cancelled", "Эксперимент с камерами прекращен из-за жалоб."),
        (None, "Распознавание лиц в школах не применяется."),
        (None, "Экспорт вырос на треть."),
        (None, "Стороны не назвали сроков."),
    ],
    "tr": [
        ("announced", "Bakanlık eylülde bir eğitim platformu hayata geçirecek."),
        ("announced", "Ankara'da yeni bir veri merkezi kurulacak."),
        ("announced", "Banka gelecek yıl sesli asistanı kullanıma sunmayı planlıyor."),
        ("announced", "Şirket çiftçiler için bir uygulama geliştiriyor."),
        ("announced", "Sistemin 2027'de devreye girmesi öngörülüyor."),
        ("announced", "Merkezin inşaatı geçen ay başladı, açılışı 2028'de bekleniyor."),
        ("announced", "Pilot uygulama mart ayında başlayacak."),
        ("pilot", "Hastane yapay zekâ aracını elli hastayla deniyor."),
        ("pilot", "Sistem üç okulda test ediliyor."),
        ("pilot", "Sohbet robotu deneme aşamasında."),
        ("pilot", "Uygulama iki ilde pilot olarak kullanılıyor."),
        ("pilot", "Metrodaki kamera denemeleri sürüyor."),
        ("in_use", "Gümrükte yapay zekâ sistemi kullanılıyor."),
        ("in_use", "Platform 2023'ten beri hizmet veriyor."),
        ("in_use", "Bakanlık yeni portalı hizmete açtı."),
        ("in_use", "Belediye sohbet robotunu devreye aldı."),
        ("scaled", "Sistem tüm sınır kapılarında çalışıyor."),
        ("scaled", "Uygulama ülke genelinde kullanılıyor."),
        ("cancelled", "Yüz tanıma projesi iptal edildi."),
        ("cancelled", "Belediye projeyi rafa kaldırdı."),
        (None, "Okullarda yüz tanıma kullanılmıyor."),
        (None, "Bu konuda alınmış bir karar bulunmuyor."),
        (None, "İhracat üçte bir arttı."),
    ],
    "kk": [
        ("announced", "Министрлік қыркүйекте мектептерге арналған платформа ашпақ."),
        ("announced", "Астанада деректер орталығы салынады."),
        ("announced", "Банк келесі жылы дауыстық көмекшіні енгізуді жоспарлап отыр."),
        ("announced", "Компания фермерлерге арналған қосымша әзірлеп жатыр."),
        ("announced", "Жүйені 2027 жылы іске қосу көзделген."),
        ("announced", "Орталықтың құрылысы көктемде басталды."),
        ("announced", "Платформа наурызда іске қосылады."),
        ("pilot", "Жүйе екі ауруханада сынақ режимінде жұмыс істеп тұр."),
        ("pilot", "Банк чат-ботты сынақтан өткізіп жатыр."),
        ("pilot", "Платформа үш мектепте пилоттық режимде қолданылады."),
        ("pilot", "Алгоритм тестілеуден өтуде, сынақ кезеңінде."),
        ("pilot", "Júıe synaq rejıminde jumys isteıdi."),
        ("in_use", "Кеден органдары нейрожеліні 2023 жылдан бері қолданады."),
        ("in_use", "Портал күн сайын жұмыс істейді."),
        ("in_use", "Министрлік жаңа портал іске қосты."),
        ("in_use", "Курсты 12 мың студент оқиды."),
        ("scaled", "Жүйе барлық облыста қолданылады."),
        ("scaled", "Қосымша ел бойынша жұмыс істейді."),
        ("scaled", "Jüie barlyq oblysta qoldanylady."),
        ("cancelled", "Ақылды аялдама жобасы тоқтатылды."),
        ("cancelled", "Әкімдік жобадан бас тартты."),
        (None, "Мектептерде бет-әлпетті тану қолданылмайды."),
        (None, "Экспорт үштен бірге өсті."),
    ],
    "uz": [
        ("announced", "Vazirlik sentabrda maktablar uchun platforma ishga tushiradi."),
        ("announced", "Toshkentda data-markaz quriladi."),
        ("announced", "Bank kelasi yili ovozli yordamchini joriy etishni rejalashtirmoqda."),
        ("announced", "Kompaniya fermerlar uchun ilova ishlab chiqmoqda."),
        ("announced", "Tizimni 2027-yilda ishga tushirish ko‘zda tutilgan."),
        ("announced", "Тошкентда маълумотлар маркази яратилади."),
        ("announced", "Markaz qurilishi bahorda boshlandi."),
        ("pilot", "Tizim ikkita shifoxonada sinov tariqasida ishlamoqda."),
        ("pilot", "Bank chat-botni sinovdan o‘tkazmoqda."),
        ("pilot", "Платформа учта мактабда синов режимида ишлаяпти."),
        ("pilot", "Loyiha pilot bosqichida."),
        ("pilot", "Algoritm tajriba tariqasida qo‘llanilmoqda."),
        ("in_use", "Bojxona organlari neyrotarmoqdan foydalanmoqda."),
        ("in_use", "Портал 2023 йилдан буён ишламоқда."),
        ("in_use", "Vazirlik yangi portalni ishga tushirdi."),
        ("in_use", "Kursni 12 ming talaba o‘rganmoqda."),
        ("scaled", "Tizim barcha viloyatlarda ishlamoqda."),
        ("scaled", "Илова республика бўйлаб қўлланилмоқда."),
        ("cancelled", "Aqlli bekat loyihasi to‘xtatildi."),
        ("cancelled", "Лойиҳа бекор қилинди."),
        (None, "Maktablarda yuzni tanish qo‘llanilmaydi."),
        (None, "Бу ҳақда қарор қабул қилингани йўқ."),
        (None, "Eksport uchdan birga o‘sdi."),
    ],
    "az": [
        ("announced", "Nazirlik sentyabrda məktəblər üçün platforma yaradacaq."),
        ("announced", "Gəncədə yeni məlumat mərkəzi tikiləcək."),
        ("announced", "Bank gələn il səsli köməkçini tətbiq etməyi planlaşdırır."),
        ("announced", "Şirkət fermerlər üçün tətbiq hazırlayır."),
        ("announced", "Sistemin 2027-ci ildə işə salınması nəzərdə tutulur."),
        ("announced", "Mərkəzin tikintisi yazda başlayıb."),
        ("announced", "Pilot layihə martda başlayacaq."),
        ("pilot", "Sistem iki xəstəxanada sınaq rejimində işləyir."),
        ("pilot", "Bank çatbotu sınaqdan keçirir."),
        ("pilot", "Platforma hələ sınaq mərhələsindədir."),
        ("pilot", "Alqoritm üç məktəbdə pilot qaydada tətbiq olunur."),
        ("pilot", "Metroda kameraların sınaqları davam edir."),
        ("in_use", "Gömrük orqanları neyron şəbəkədən istifadə edir."),
        ("in_use", "Portal 2023-cü ildən fəaliyyət göstərir."),
        ("in_use", "Nazirlik yeni portalı istifadəyə verib."),
        ("in_use", "Kursu 12 min tələbə öyrənir."),
        ("scaled", "Sistem bütün sərhəd məntəqələrində işləyir."),
        ("scaled", "Tətbiq ölkə üzrə istifadə olunur."),
        ("cancelled", "Ağıllı dayanacaq layihəsi ləğv edilib."),
        ("cancelled", "Bələdiyyə layihədən imtina etdi."),
        (None, "Məktəblərdə üz tanıma tətbiq olunmur."),
        (None, "Qərar hələ verilməyib."),
        (None, "İxrac üçdə bir artıb."),
    ],
}


@pytest.mark.parametrize(
    ("language", "stage", "sentence"),
    [(language, *row) for language, rows in SENTENCES.items() for row in rows],
)
def test_a_sentence_states_its_stage(language: str, stage: str | None, sentence: str) -> None:
    found = stage_of(sentence, language)
    assert (found.stage if found else None) == stage, found and sentence[found.start : found.end]


def test_the_words_of_the_stage_are_quoted() -> None:
    sentence = "Система работает в пилотном режиме."
    found = stage_of(sentence, "ru")
    assert found is not None
    assert sentence[found.start : found.end] == "пилотном режиме"


def test_what_is_only_discussed_is_announced_as_discussed() -> None:
    found = stage_of("The sides discussed launching a joint training centre.", "en")
    assert found is not None
    assert (found.stage, found.modality) == ("announced", "discussed")


def test_what_should_be_done_has_no_stage() -> None:
    found = stage_of("The ministry should launch a register.", "en")
    assert found is not None
    assert (found.stage, found.modality) == (None, "recommended")


def test_a_language_without_data_has_no_stages() -> None:
    assert stage_of("Система ишке киргизилди.", "ky") is None
