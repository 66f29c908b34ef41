"""Uzbek: sentences as offices, banks and news write them; all are invented."""

import pytest

from uptake.gather.claims import EXTRACTORS
from uptake.gather.claims.analysis import Analysis

DATE = "2026-03-03"
TOLD: list[tuple[str, str, dict[str, object]]] = [
    (
        "O‘zbekistonda raqamli iqtisodiyotning YAIMdagi ulushi 2,9 foizni tashkil etadi.",
        "indicator",
        {"value": 2.9, "kind": "actual"},
    ),
    (
        "2030-yilga borib bu ko‘rsatkichni 10 foizga yetkazish maqsad qilingan.",
        "indicator",
        {"value": 10, "kind": "target"},
    ),
    (
        "Hozirda shifoxonalarning uchdan ikki qismi elektron retseptga o‘tgan.",
        "indicator",
        {"value": 66.7, "kind": "actual"},
    ),
    (
        "O‘tgan yilning o‘zida 640 nafar shifokorni o‘qitdik.",
        "indicator",
        {"value": 640, "kind": "actual"},
    ),
    (
        "2028-yilga borib barcha 208 ta tumanni qamrab olmoqchimiz.",
        "indicator",
        {"value": 208, "kind": "target"},
    ),
    (
        "Biz yil oxirigacha yana 20 ta filialda ovozli yordamchini joriy qilamiz.",
        "indicator",
        {"value": 20, "kind": "target"},
    ),
    (
        "Reja 20 ming nafar edi.",
        "indicator",
        {"value": 20000, "kind": "target"},
    ),
    (
        "Жаҳон банки лойиҳага 50 млн доллар грант беради.",
        "indicator",
        {"value": 50000000, "kind": "target", "currency": "USD"},
    ),
    (
        "Бу йил яна 3 миллион доллар жалб қилмоқчимиз.",
        "indicator",
        {"value": 3000000, "kind": "target", "currency": "USD"},
    ),
    (
        "Ҳозир ундан 1 200 та фермер хўжалиги фойдаланяпти.",
        "indicator",
        {"value": 1200, "kind": "actual"},
    ),
    (
        "2027 йилда ходимлар сонини 100 нафарга етказамиз.",
        "indicator",
        {"value": 100, "kind": "target"},
    ),
    (
        "Loyiha doirasida 1 100 dona vagonga datchik o‘rnatilgan.",
        "indicator",
        {"value": 1100, "kind": "actual"},
    ),
    (
        "Biz 2024-yilda «Yurak-AI» tizimini ishga tushirdik.",
        "initiative",
        {"stage": "in_use", "name": "Yurak-AI"},
    ),
    (
        "Rentgen suratlarini o‘qiydigan dasturni ikkita poliklinikada sinab ko‘ryapmiz.",
        "initiative",
        {"stage": "pilot", "name": None},
    ),
    (
        "Buxoroda «Aqlli shahar» loyihasi to‘xtatib qo‘yildi.",
        "initiative",
        {"stage": "cancelled", "name": "Aqlli shahar"},
    ),
    (
        "Soliq qo‘mitasi «Soliq yordamchi» chat-botini ishga tushirdi.",
        "initiative",
        {"stage": "in_use", "name": "Soliq yordamchi"},
    ),
    (
        "Toshkentda «Yashil to‘lqin» tizimi 312 ta chorrahada svetoforlarni boshqarmoqda.",
        "initiative",
        {"stage": "in_use", "name": "Yashil to‘lqin"},
    ),
    (
        "Электрон журнал эса аллақачон барча давлат мактабларида юритилади.",
        "initiative",
        {"stage": "scaled", "name": None},
    ),
    (
        "Tajriba tariqasida bojxona postlarida yuz skanerlari o‘rnatildi.",
        "initiative",
        {"stage": "pilot", "name": None},
    ),
    (
        "Mahalliy dasturchilar o‘zbek tili uchun katta til modelini ishlab chiqmoqda.",
        "initiative",
        {"stage": "announced", "name": None},
    ),
    (
        "Биз сунъий йўлдош суратларини таҳлил қиладиган платформа яратдик.",
        "initiative",
        {"stage": "in_use", "name": None},
    ),
    (
        "Sun’iy intellekt bo‘yicha milliy markaz 2027-yilda ochiladi.",
        "initiative",
        {"stage": "announced", "name": None},
    ),
    (
        "«Tibbiy ma’lumotlar to‘g‘risida»gi qonun loyihasi Oliy Majlisda ko‘rib chiqilyapti.",
        "policy",
        {"policy_type": "law", "status": "draft"},
    ),
    (
        "Kiberxavfsizlik strategiyasi 2026-yilda qabul qilinishi kutilmoqda.",
        "policy",
        {"policy_type": "strategy", "status": "planned"},
    ),
    (
        "Vazirlar Mahkamasi sun’iy intellektdan foydalanish qoidalarini tasdiqladi.",
        "policy",
        {"policy_type": "rules", "status": "adopted"},
    ),
    (
        "Дронлар бўйича янги қоидалар мартда кучга кирди.",
        "policy",
        {"policy_type": "rules", "status": "in_force"},
    ),
    (
        "Vazirlik va Google kompaniyasi o‘qituvchilarni o‘qitish bo‘yicha bitim imzoladi.",
        "partnership",
        {"parties": ["Google", "Vazirlik"]},
    ),
    (
        "Inha universiteti va Janubiy Koreyaning KAIST universiteti qo‘shma laboratoriya ochdi.",
        "partnership",
        {"parties": ["Inha universiteti", "KAIST universiteti"]},
    ),
    (
        "Raqamli texnologiyalar vazirligi va Statistika agentligi bitim imzoladi.",
        "partnership",
        {"parties": ["Raqamli texnologiyalar vazirligi", "Statistika agentligi"]},
    ),
    (
        "2026-yil 20–22-may kunlari Samarqandda «Silk Road AI» forumi bo‘lib o‘tadi.",
        "event",
        {"name": "Silk Road AI"},
    ),
    (
        "Markaziy bank raisi o‘rinbosari Nodirbek Saydullayev bank mijozlari haqida gapirdi.",
        "person",
        {"name": "Nodirbek Saydullayev"},
    ),
    (
        "Ректор Иномжон Мажидов Туркия университети билан учрашди.",
        "person",
        {"name": "Иномжон Мажидов"},
    ),
    (
        "Tibbiyot fanlari doktori Dilshod Rahmonov savollarga javob berdi.",
        "person",
        {"name": "Dilshod Rahmonov"},
    ),
    (
        "Toshkent iqlim va muhandislik universiteti hisobot e’lon qildi.",
        "organisation",
        {"name": "Toshkent iqlim va muhandislik universiteti"},
    ),
    (
        "Qozog‘istonning «EcoDala» markazi hisobot e’lon qildi.",
        "organisation",
        {"name": "EcoDala"},
    ),
]
NOTHING = [
    "Shuningdek o‘qing: Toshkentda 30 ta yangi maktab quriladi",
    "Minglab yoshlar loyihada qatnashdi.",
    "O‘quv dasturi haqida ma’lumot uchun 1199 raqamiga qo‘ng‘iroq qiling.",
    "Biz bu tizimni hali joriy qilganimiz yo‘q.",
    "Ҳисобот 120 бетдан иборат.",
    "Рўйхат 4-иловада келтирилган (31 варақ).",
    "Shifokorlar uchun dasturni ishga tushirdingizmi?",
    "Бироқ ушбу ислоҳот ҳали бошланмаган.",
]
INTERVIEW = (
    "Sunʼiy intellekt haqida suhbat\n\n"
    "«AgroVision» kompaniyasi asoschisi Jahongir To‘xtasinov bilan suhbatlashdik.\n\n"
    "Muxbir: Jahongir, loyihangiz nima haqida?\n\n"
    "J.To‘xtasinov: Biz «Dala ko‘zi» platformasini yaratdik. "
    "Hozir undan 1 200 ta fermer xo‘jaligi foydalanyapti. "
    "Suv sarfi 22 foizga kamaydi.\n\n"
    "Muxbir: Rejangiz qanday?\n\n"
    "J.To‘xtasinov: Chat-botni hozir Farg‘onada sinab ko‘ryapmiz. "
    "Germaniyaning GIZ tashkiloti bilan memorandum imzoladik. "
    "Bu yil yana 3 million dollar jalb qilmoqchimiz.\n\n"
    "Shuningdek o‘qing: Toshkentda 30 ta yangi maktab quriladi\n"
)
VALUES = {(1200, "actual"), (22, "actual"), (3000000, "target")}
STAGES = ["in_use", "pilot"]
GUEST = "Jahongir To‘xtasinov"
PARTIES = ["GIZ", "AgroVision"]


@pytest.mark.parametrize(("sentence", "kind", "fields"), TOLD)
def test_a_sentence_tells(sentence: str, kind: str, fields: dict[str, object]) -> None:
    analysis = Analysis("Sunʼiy intellekt\n\n" + sentence, "uz", DATE)
    found = [c.fields for c in EXTRACTORS[kind](analysis)]
    assert any(fields.items() <= f.items() for f in found), found


@pytest.mark.parametrize("sentence", NOTHING)
def test_a_sentence_tells_nothing(sentence: str) -> None:
    analysis = Analysis("Sunʼiy intellekt\n\n" + sentence, "uz", DATE)
    kinds = ("indicator", "initiative", "policy", "partnership", "event")
    assert [c for kind in kinds for c in EXTRACTORS[kind](analysis)] == []


def test_an_interview_tells_what_its_guest_says() -> None:
    analysis = Analysis(INTERVIEW, "uz", DATE)
    found = {kind: [c.fields for c in EXTRACTORS[kind](analysis)] for kind in EXTRACTORS}
    assert {(f["value"], f["kind"]) for f in found["indicator"]} == VALUES
    assert [f["stage"] for f in found["initiative"]] == STAGES
    assert [f["name"] for f in found["person"]] == [GUEST]
    assert [f["parties"] for f in found["partnership"]] == [PARTIES]
