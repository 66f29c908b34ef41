"""Kazakh: sentences as offices, banks and news write them; all are invented."""

import pytest

from uptake.gather.claims import EXTRACTORS
from uptake.gather.claims.analysis import Analysis

DATE = "2026-02-12"
TOLD: list[tuple[str, str, dict[str, object]]] = [
    (
        "Қазақстанда электрондық денсаулық паспорты 14 млн азаматқа қолжетімді.",
        "indicator",
        {"value": 14000000, "kind": "actual"},
    ),
    (
        "2027 жылға қарай ауыл мектептерінің 95 пайызын интернетке қосуды жоспарлап отыр.",
        "indicator",
        {"value": 95, "kind": "target"},
    ),
    (
        "Бүгінде жүйе Павлодар мен Теміртауда жұмыс істейді, оған 1 280 шақырым желі қосылған.",
        "indicator",
        {"value": 1280, "kind": "actual"},
    ),
    (
        "Былтыр 320 студент оқып шықты.",
        "indicator",
        {"value": 320, "kind": "actual"},
    ),
    (
        "Айтпақшы, олардың 40 пайызы – қыздар.",
        "indicator",
        {"value": 40, "kind": "actual"},
    ),
    (
        "Келесі жылы 500 мұғалімді оқытпақпыз.",
        "indicator",
        {"value": 500, "kind": "target"},
    ),
    (
        "2026 жылы цифрландыруға бюджеттен 180 млрд теңге бөлінбек.",
        "indicator",
        {"value": 180000000000, "kind": "target", "currency": "KZT"},
    ),
    (
        "Жүйе шақырудың 87 пайызын оператордың көмегінсіз өңдейді.",
        "indicator",
        {"value": 87, "kind": "actual"},
    ),
    (
        "Дүниежүзілік банк Қазақстанға 200 млн доллар қарыз береді.",
        "indicator",
        {"value": 200000000, "kind": "target", "currency": "USD"},
    ),
    (
        "Экономика биыл 5,6 пайызға өсетінін болжады.",
        "indicator",
        {"value": 5.6, "kind": "target"},
    ),
    (
        "Qazaqstanda 2025 jyly 3 200 mektep jasandy intellekt baǵdarlamasyna qosyldy.",
        "indicator",
        {"value": 3200, "kind": "actual"},
    ),
    (
        "Алматыда 214 автобус бағытының 160-ы жүйеге қосылып отыр.",
        "indicator",
        {"value": 160, "kind": "actual"},
    ),
    (
        "Түркістан облысында «Агрокөз» қосымшамызды 45 шаруашылық пайдаланады.",
        "initiative",
        {"stage": "in_use", "name": "Агрокөз"},
    ),
    (
        "Қырғызстан биыл жылу желісінде пилоттық жобаны бастады.",
        "initiative",
        {"stage": "pilot", "name": None},
    ),
    (
        "Дронмен дәрі тасу жобасын тоқтаттық.",
        "initiative",
        {"stage": "cancelled", "name": None},
    ),
    (
        "Біз «Тілмаш» чат-ботын мамырда іске қостық.",
        "initiative",
        {"stage": "in_use", "name": "Тілмаш"},
    ),
    (
        "Жаңа платформаны қыркүйекте іске қосамыз.",
        "initiative",
        {"stage": "announced", "name": None},
    ),
    (
        "Дауыстық көмекшіні үш клиникада сынап жатырмыз.",
        "initiative",
        {"stage": "pilot", "name": None},
    ),
    (
        "Kaspi Bank «Көмекші» чат-ботын іске қосты.",
        "initiative",
        {"stage": "in_use", "name": "Көмекші"},
    ),
    (
        "Қолданбаны аудармашылармен бірге әзірлеп жатырмыз.",
        "initiative",
        {"stage": "announced", "name": None},
    ),
    (
        "Астанада «Tılmaş» audarma platformasy ıske qosyldy.",
        "initiative",
        {"stage": "in_use", "name": "Tılmaş"},
    ),
    (
        "Деректер орталығының құрылысы жүріп жатыр.",
        "initiative",
        {"stage": "announced", "name": None},
    ),
    (
        "«Саламатты цифр» ұлттық жобасы былтыр қарашада бекітілген.",
        "policy",
        {"policy_type": "programme", "status": "adopted"},
    ),
    (
        "Біз «Жауапты ЖИ» қағидаларын бекіттік.",
        "policy",
        {"policy_type": "rules", "status": "adopted"},
    ),
    (
        "Үкімет «Цифрлық кодекс» жобасын Мәжіліске енгізді.",
        "policy",
        {"policy_type": "law", "status": "draft"},
    ),
    (
        "2026 жылғы 1 шілдеден бастап жасанды интеллект туралы заң күшіне енеді.",
        "policy",
        {"policy_type": "law", "status": "planned"},
    ),
    (
        "Қазақстан мен Өзбекстан цифрландыру саласындағы меморандумға қол қойды.",
        "partnership",
        {"parties": ["Қазақстан", "Өзбекстан"]},
    ),
    (
        "Министрлік пен Google компаниясы мұғалімдерді оқыту туралы келісімге қол қойды.",
        "partnership",
        {"parties": ["Google", "Министрлік"]},
    ),
    (
        "«Қазпошта» АҚ Қытайдың SF Express компаниясымен келісімшарт жасасты.",
        "partnership",
        {"parties": ["Қазпошта", "SF Express"]},
    ),
    (
        "Келесі жылы Алматыда «Fintech Dala» халықаралық форумын өткіземіз.",
        "event",
        {"name": "Fintech Dala"},
    ),
    (
        "Кездесуде Қарағанды кардиологы, медицина ғылымдарының докторы Ләззат Оңғарбаева сөйледі.",
        "person",
        {"name": "Ләззат Оңғарбаева"},
    ),
    (
        "Цифрлық даму министрі Жаслан Мәдиев Әзербайжан министрі Рашад Набиевпен кездесті.",
        "event",
        {"event_type": "meeting"},
    ),
    (
        "Оңтүстік Кореяның KAIST университеті зертхана ашты.",
        "organisation",
        {"name": "KAIST университеті"},
    ),
    (
        "«Табиғат» орталығы есеп жариялады.",
        "organisation",
        {"name": "Табиғат"},
    ),
]
NOTHING = [
    "Оқи отырыңыз: 2026 жылы 40 мектеп жөнделеді",
    "Мыңдаған мұғалім курсқа қатысты.",
    "Қосымша ақпарат үшін 1414 нөміріне хабарласыңыз.",
    "Қазақстанда жаңа ережелер әлі қабылданған жоқ.",
    "Дрондарға қатысты жобаңыз жабылды деген рас па?",
    "Есептің толық нұсқасы 148 беттен тұрады.",
    "Біз бұл жүйені әлі енгізген жоқпыз.",
    "Цифрлық омбудсмен институты құрылмайды.",
    "Күн тәртібіндегі мәселелер бойынша тиісті шаралар қабылдау тапсырылды.",
]
INTERVIEW = (
    "Жасанды интеллект жайлы сұхбат\n\n"
    "Сұхбаттасқан: Айгерім Болатқызы\n\n"
    "Біз «Дала Data» компаниясының бас директоры Марат Сейдахметовпен әңгімелестік.\n\n"
    "– Компанияңыз немен айналысады?\n\n"
    "– Командамызда 140 маман жұмыс істейді. "
    "«Тілмаш» көмекшісін еліміздің 12 банкі қолданып отыр.\n\n"
    "– Көмекшіні шетелге шығарасыз ба?\n\n"
    "– Өткен айда Назарбаев Университетімен меморандумға қол қойдық. "
    "2027 жылға дейін 1 500 адамды оқытуды көздеп отырмыз. "
    "«Агрокөз» қосымшасын Қостанайда сынап жатырмыз.\n\n"
    "Оқи отырыңыз: Алматыда 50 жаңа автобус жолға шығады\n"
)
VALUES = {(140, "actual"), (12, "actual"), (1500, "target")}
STAGES = ["in_use", "pilot"]
GUEST = "Марат Сейдахметов"
PARTIES = ["Назарбаев Университеті", "Дала Data"]


@pytest.mark.parametrize(("sentence", "kind", "fields"), TOLD)
def test_a_sentence_tells(sentence: str, kind: str, fields: dict[str, object]) -> None:
    analysis = Analysis("Жасанды интеллект\n\n" + sentence, "kk", DATE)
    found = [c.fields for c in EXTRACTORS[kind](analysis)]
    assert any(fields.items() <= f.items() for f in found), found


@pytest.mark.parametrize("sentence", NOTHING)
def test_a_sentence_tells_nothing(sentence: str) -> None:
    analysis = Analysis("Жасанды интеллект\n\n" + sentence, "kk", DATE)
    kinds = ("indicator", "initiative", "policy", "partnership", "event")
    assert [c for kind in kinds for c in EXTRACTORS[kind](analysis)] == []


def test_an_interview_tells_what_its_guest_says() -> None:
    analysis = Analysis(INTERVIEW, "kk", DATE)
    found = {kind: [c.fields for c in EXTRACTORS[kind](analysis)] for kind in EXTRACTORS}
    assert {(f["value"], f["kind"]) for f in found["indicator"]} == VALUES
    assert [f["stage"] for f in found["initiative"]] == STAGES
    assert [f["name"] for f in found["person"]] == [GUEST]
    assert [f["parties"] for f in found["partnership"]] == [PARTIES]


def test_a_pronoun_stands_for_what_the_sentence_before_names() -> None:
    text = "Жасанды интеллект\n\nӨніміміз – «Тілмаш» көмекшісі. Ол Ташкентте сыналып жатыр."
    (claim,) = EXTRACTORS["initiative"](Analysis(text, "kk", DATE))
    told = (claim.fields["name"], claim.fields["stage"], claim.countries)
    assert told == ("Тілмаш", "pilot", ("UZB",))


def test_a_country_without_a_file_of_its_own_is_known() -> None:
    text = "Жасанды интеллект\n\nҚытайдың Huawei компаниясы 5 млн АҚШ долларын бөлді."
    (claim,) = EXTRACTORS["organisation"](Analysis(text, "kk", DATE))
    assert (claim.fields["name"], claim.countries) == ("Huawei", ("CHN",))
