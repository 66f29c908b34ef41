"""Identifiers in disguise: what people write around a filter is masked, what looks alike is not."""

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.append(str(Path(__file__).parents[2]))

from benchmarks import mask_adversarial as measured
from benchmarks.adversarial.compose import compose
from benchmarks.mask import messages

from uptake.model.masked import Masked
from uptake.pseudonymise.mask import CAP, mask, mask_all
from uptake.pseudonymise.masking.fold import UNSEEN
from uptake.pseudonymise.masking.shadow import Edit, Shadow
from uptake.pseudonymise.masking.spoken import groups_of, number_words


@pytest.fixture(scope="module")
def outcomes() -> list[measured.Outcome]:
    return measured.outcomes(measured.cases())


def test_recall_of_each_type_in_disguise_holds(outcomes: list[measured.Outcome]) -> None:
    found = measured.recall(outcomes, "kind")
    assert len(found) == 17
    for kind, (right, of) in found.items():
        assert of >= 25
        assert right / of >= 0.9 if kind == "AZ_FIN" else right / of >= 0.95, kind


def test_each_type_and_language_has_25_texts(outcomes: list[measured.Outcome]) -> None:
    found = measured.recall(outcomes, "kind", "language")
    assert min(of for _, of in found.values()) >= 25
    assert {name.split(" ")[1] for name in found} == {"ru", "kk", "uz", "az"}


def test_the_half_that_nobody_reads_is_masked_no_worse(outcomes: list[measured.Outcome]) -> None:
    halves = measured.recall(outcomes, "half")
    rates = {name: right / of for name, (right, of) in halves.items()}
    assert rates["closed"] >= 0.97
    assert rates["closed"] >= rates["open"] - 0.02


def test_hard_negatives_stay(outcomes: list[measured.Outcome]) -> None:
    assert sum(not outcome.case.kind for outcome in outcomes) >= 250
    for kind, (right, of) in measured.precision(outcomes).items():
        assert right / of >= 0.95, kind


def test_the_set_is_what_its_composer_writes() -> None:
    written = [(case.text, case.language) for case in measured.cases()]
    assert written == [(row["text"], row["language"]) for row in compose(20261130)]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("мой номер восемь семьсот семь сто двадцать три сорок пять 67", "мой номер <PHONE>"),
        ("ЖСН сегіз бір бір бір нөл тоғыз үш алты нөл нөл екі сегіз", "ЖСН <KZ_IIN>"),
        ("raqamim plyus to‘qqiz to‘qqiz sakkiz 90 123 45 67", "raqamim <PHONE>"),
        ("nömrəm üstəgəl 994 əlli beş yüz on iki 34 56", "nömrəm <PHONE>"),
        ("tel. zero five three two, one two three, 45 67", "tel. <PHONE>"),
        ("почта ivan точка petrov собака mail точка ru", "почта <EMAIL>"),
        ("поштам aigul ит белгісі mail нүкте kz", "поштам <EMAIL>"),
        ("pochtam dilnoza (at) umail nuqta uz", "pochtam <EMAIL>"),
        ("poçtum leyla [ət] box nöqtə az", "poçtum <EMAIL>"),
        ("write to john at gmail.com", "write to <EMAIL>"),
        ("моя почта ivаn@mаil.ru", "моя почта <EMAIL>"),
        ("i v a n @ m a i l . r u", "<EMAIL>"),
        ("see vk [.] com / ivan_petrov", "see <URL>"),
        ("телега собака ivan нижнее подчеркивание p", "телега <HANDLE>"),
        ("карта ４４００ ４３０１ １２３４ ５６７８", "карта <CARD>"),
        ("ИИН 8️⃣1️⃣1️⃣1️⃣0️⃣9️⃣3️⃣6️⃣0️⃣0️⃣2️⃣8️⃣", "ИИН <KZ_IIN>\ufe0f\u20e3"),
        ("ИИН 81\u200b11\u200b0936\u200b0028", "ИИН <KZ_IIN>"),
        ("иин 8.1.1.1.0.9.3.6.0.0.2.8", "иин <KZ_IIN>"),
        ("тел. +7 7O1 234 5б 78", "тел. <PHONE>"),
        ("паспорт n12345678", "паспорт <PASSPORT>"),
        ("ИНН ٥٠٠١٠٠٧٣٢٢٥٩", "ИНН <RU_INN>"),
    ],
)
def test_an_identifier_in_disguise_gives_way(text: str, masked: str) -> None:
    assert mask(text).text.removesuffix("\ufe0f\u20e3") == masked.removesuffix("\ufe0f\u20e3")
    assert mask_all([text]) == [mask(text)]


@pytest.mark.parametrize(
    "text",
    [
        "один два три четыре пять шесть семь восемь девять десять",
        "бір екі үш төрт бес алты жеті сегіз тоғыз он",
        "bir iki üç dörd beş altı yeddi səkkiz doqquz on",
        "ten nine eight seven six five four three two one",
        "двести тридцать пять тысяч семьсот сорок два рубля",
        "собака дошла до точки и легла",
        "he is at home, look at example.com and dot the i",
        "A @ B.T @ C, x_1 @ y_2",
        "IT-специалист с опытом, С++ и C#, CO2 и H2O",
        "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12",
        "12.03.2024, 15.03.2024/16.03.2024",
        "версия 3.1.74.240, нұсқа 3.1.74.240",
        "10² + 5³ = 225, 6.02·10²³",
        "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11",
        "👨‍👩‍👧 family of 3️⃣",
    ],
)
def test_what_only_looks_like_a_disguise_stays(text: str) -> None:
    assert mask(text) == Masked(text)
    assert mask_all([text]) == [Masked(text)]


SPELT = st.text("012 -.@aаoО\u200b\u00adбсемь точка собака(at)dot", max_size=80)
PIECES = (
    "тел. ", "семь ", "8 ", "707", " (at) ", "mail", ".ru", " точка ", "\n", "ИИН ", "@ ", "@",
    " эт ", "gmail.com", " dot ", "com", "vk.com", " / ", "/", "FIN ", "5ZCLK1X",
    "KZ86 125K ZT50 0410 0100", "AB", "паспорт ", "123456", "to'qqiz ", "yuz ", "one ", "O", "l",
    "І", "\u200b", "\ufe0f", "１", "（", "）", "：", "．", " [.] ", "telegram ", "i v a n @ x",
    "https : ", "//", "www.", "Www.", "_", " _ ", "8.8.8.8", "::1", "I-AŞ ", "menің",
    "менің атым ", "Ann", "card ", "1,2,3,", "4400-4301.", "٧", "ч", "a", "😀", "пр", "Х", "«",
    "\t", "+7 ", "(701) ",
)  # fmt: skip
PHRASE = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


@settings(max_examples=150)
@given(st.lists(st.text(max_size=120) | SPELT | PHRASE, max_size=6))
def test_many_texts_are_masked_as_each_of_them_is(texts: list[str]) -> None:
    assert mask_all(texts) == [mask(text) for text in texts]


def test_texts_made_to_hide_are_masked_together_as_each_of_them_is() -> None:
    texts = [case.text for case in measured.cases()][::2]
    for seed in (1, 2):
        texts += [row["text"] for row in compose(seed)][seed::4]
    assert mask_all(texts) == [mask(text) for text in texts]


def test_conversations_are_masked_together_as_each_of_them_is(shared: Path) -> None:
    folder = shared / "data" / "conversations"
    for path in sorted(folder.glob("*/*.jsonl")):
        texts = [text for text in messages(path) if len(text) < 8_000][::23][:60]
        same = [a == b for a, b in zip(mask_all(texts), map(mask, texts), strict=True)]
        assert all(same)  # no text in what is printed


@settings(max_examples=60)
@given(PHRASE, st.sampled_from(["слово ", "word ", "中文", "\n"]), st.integers(0, 400))
def test_where_in_a_long_text_something_stands_does_not_matter(
    said: str, around: str, times: int
) -> None:
    text = f"{around * times} {said} {around * times}"
    assert mask_all([around, text, text]) == [mask(around), mask(text), mask(text)]


def test_long_texts_are_masked_in_windows_as_they_are_whole() -> None:
    rows = [row["text"] for row in compose(11)][::9]
    texts = [". ".join(rows[i : i + 12]) for i in range(0, len(rows), 12)]
    texts += ["слово " * 300 + rows[0] + " слово" * 300, "x " * CAP]
    assert mask_all(texts) == [mask(text) for text in texts]


@given(SPELT | PHRASE)
def test_masking_a_masked_disguise_changes_nothing(text: str) -> None:
    once = mask(text)
    assert mask(once.text) == Masked(once.text)


CANARIES = (
    "+7 701 234 56 78", "811109360028", "4111 1111 1111 1111", "canary.person@example.kz",
    "https://example.kz/canary", "KZ86 125K ZT50 0410 0100",
)  # fmt: skip


@given(
    st.sampled_from(CANARIES),
    st.text("абв xyz\n", max_size=30),
    st.sampled_from(["", *UNSEEN.replace("-", "")]),
)
def test_a_canary_never_survives(canary: str, around: str, hidden: str) -> None:
    written = hidden.join(canary)
    found = mask(f"{around} {written} {around}").text
    assert written not in found
    assert canary not in found
    assert not any(piece in found for piece in canary.split() if len(piece) >= 4)


def test_a_shadow_knows_where_its_characters_stood() -> None:
    shadow = Shadow.of("a bb ccc").edited([Edit(2, 4, "X"), Edit(5, 8, "")])
    assert shadow.text == "a X "
    assert shadow.original(2, 3) == (2, 4)
    again = shadow.edited([Edit(0, 3, "YZ")])
    assert again.text == "YZ "
    assert again.original(1, 2) == (0, 4)
    assert Shadow.of("abc").edited([]).original(0, 3) == (0, 3)


@pytest.mark.parametrize(
    ("said", "groups"),
    [
        ("восемь девятьсот три ноль семь", ["8", "903", "0", "7"]),
        ("сто двадцать три сорок", ["123", "40"]),
        ("семнадцать пять", ["17", "5"]),
        ("жеті жүз жеті он бес", ["707", "15"]),
        ("сегіз жеті жүз бір", ["8", "701"]),
        ("əlli yeddi yüz", ["50", "700"]),
        ("nol nol to'qson", ["0", "0", "90"]),
    ],
)
def test_numbers_in_words_are_read_in_groups(said: str, groups: list[str]) -> None:
    words = number_words()
    assert groups_of([words[word] for word in said.split()]) == groups
