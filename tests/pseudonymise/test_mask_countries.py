"""Each identifier of each country, drawn by its published rule: how many of them are masked.

The table of ``docs/reference/masking.md`` states the same figures.
"""

import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import phonenumbers
import pytest
from phonenumbers import PhoneNumberFormat, PhoneNumberType
from stdnum import luhn
from stdnum.az import voen
from stdnum.ru import inn, ogrn
from stdnum.tr import tckimlik, vkn

from uptake.pseudonymise.mask import mask, mask_all

DRAWN = 60
_draw = random.Random(20261130)  # noqa: S311


def digits(count: int) -> str:
    return "".join(_draw.choice("0123456789") for _ in range(count))


def day(form: str) -> str:
    written = {"yy": f"{_draw.randint(0, 99):02}", "yyyy": str(_draw.randint(1950, 2009))}
    written |= {"mm": f"{_draw.randint(1, 12):02}", "dd": f"{_draw.randint(1, 28):02}"}
    return re.sub("yyyy|yy|mm|dd", lambda part: written[part.group()], form)


def letters(count: int, of: str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ") -> str:
    return "".join(_draw.choice(of) for _ in range(count))


def kz_iin() -> str:
    """Follow the rule of 2007: weights 1 to 11, then 3 to 11, 1, 2; ten twice is no number."""
    while True:
        head = day("yymmdd") + str(_draw.randint(1, 6)) + digits(4)
        for weights in (range(1, 12), (*range(3, 12), 1, 2)):
            rest = sum(int(c) * w for c, w in zip(head, weights, strict=True)) % 11
            if rest < 10:
                return f"{head}{rest}"


def uz_pinfl() -> str:
    head = str(_draw.randint(1, 6)) + day("ddmmyy") + digits(6)
    return head + str(sum(int(c) * (7, 3, 1)[i % 3] for i, c in enumerate(head)) % 10)


def ru_snils() -> str:
    head = str(_draw.randint(100, 999)) + digits(6)
    rest = sum(int(c) * (9 - i) for i, c in enumerate(head)) % 101 % 100
    return f"{head[:3]}-{head[3:6]}-{head[6:]} {rest:02}"


def ru_inn() -> str:
    head = str(_draw.randint(1, 9)) + digits(9)
    return head + inn.calc_personal_check_digits(head)


def ru_firm() -> str:
    head = digits(9)
    return head + inn.calc_company_check_digit(head)


def ru_ogrn() -> str:
    head = _draw.choice("15") + day("yy")[:1].replace("9", "0")[:1] + digits(10)
    head = head[0] + _draw.choice("01") + head[2:]
    return head + ogrn.calc_check_digit(head + "0")


def az_voen() -> str:
    while True:
        number = digits(9) + _draw.choice("12")
        if voen.is_valid(number):
            return number


def tckn() -> str:
    head = str(_draw.randint(1, 9)) + digits(8)
    return head + tckimlik.calc_check_digits(head)


def tr_vkn() -> str:
    head = digits(9)
    return head + vkn.calc_check_digit(head)


def card(head: str) -> str:
    rest = head + digits(15 - len(head))
    return rest + luhn.calc_check_digit(rest)


def grouped(number: str) -> str:
    return " ".join(number[i : i + 4] for i in range(0, 16, 4))


Draw = Callable[[], str]
ANYWHERE = ("{}", "вот {} и все", "mana {}.")

KINDS: dict[str, tuple[Draw, tuple[str, ...]]] = {
    "KZ IIN": (kz_iin, ANYWHERE),
    "KZ IIN beside its word": (lambda: digits(12), ("ИИН {}", "ЖСН: {}", "iin {}", "БИН {}")),
    "UZ PINFL": (uz_pinfl, ANYWHERE),
    "UZ PINFL beside its word": (lambda: digits(14), ("JSHSHIR {}", "ПИНФЛ {}", "жшшир {}")),
    "UZ STIR beside its word": (lambda: digits(9), ("STIR {}", "СТИР: {}", "ИНН {}")),
    "KG PIN": (lambda: _draw.choice("12") + day("ddmmyyyy") + digits(5), ANYWHERE),
    "KG PIN beside its word": (lambda: digits(14), ("ПИН {}", "жеке номер {}", "ИНН {}")),
    "TJ RMA beside its word": (lambda: digits(9), ("РМА {}", "rma: {}")),
    "AZ FIN beside its word": (
        lambda: _draw.choice("123456789") + letters(5, "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789") + "7",
        ("FİN {}", "fin kod: {}", "{} (FIN)"),
    ),
    "AZ VOEN beside its word": (az_voen, ("VÖEN {}", "voen: {}", "ВОЕН {}")),
    "RU INN": (ru_inn, ANYWHERE),
    "RU INN of a firm beside its word": (ru_firm, ("ИНН {}", "inn: {}")),
    "RU SNILS": (ru_snils, ANYWHERE),
    "RU OGRN": (ru_ogrn, ANYWHERE),
    "TR TCKN": (tckn, ANYWHERE),
    "TR VKN beside its word": (tr_vkn, ("VKN {}", "vergi no: {}")),
    "GE PN beside its word": (lambda: digits(11), ("პირადი ნომერი {}", "личный номер {}")),
    "AM PSN beside its word": (lambda: digits(10), ("ՀԾՀ {}", "սոց քարտ {}")),
    "card": (lambda: card(_draw.choice(["4", "51", "54"])), (*ANYWHERE, "карта {}")),
    "card MIR": (lambda: grouped(card("2200")), ANYWHERE),
    "card UzCard, Humo": (lambda: _draw.choice(["8600", "9860"]) + digits(12), ANYWHERE),
}

BESIDE = ("паспорт {}", "pasport № {}", "төлқұжат {}", "шиноснома {}", "şəxsiyyət vəsiqəsi {}")
PASSPORTS: dict[str, tuple[Draw, tuple[str, ...]]] = {
    "KZ": (lambda: "N" + digits(8), (*ANYWHERE, *BESIDE)),
    "KZ identity card": (lambda: "0" + digits(8), ("жеке куәлік {}", "удостоверение {}")),
    "UZ": (lambda: letters(2) + digits(7), (*ANYWHERE, *BESIDE)),
    "KG": (lambda: _draw.choice(["ID", "AN", "PE"]) + digits(7), (*ANYWHERE, *BESIDE)),
    "TJ with letters beside a word": (lambda: "A" + digits(8), BESIDE),
    "TJ beside a word": (lambda: "40" + digits(7), BESIDE),
    "TM": (lambda: f"I-{letters(1)}{letters(1, 'AŞS')} {digits(6)}", (*ANYWHERE, *BESIDE)),
    "TM with its sign": (lambda: f"I-{letters(2)} №{digits(6)}", (*ANYWHERE, *BESIDE)),
    "TM, digits alone, beside a word": (lambda: digits(6), (*BESIDE, "pasportym {}")),
    "AZ": (lambda: _draw.choice(["AZE", "C"]) + digits(8), (*ANYWHERE, *BESIDE)),
    "AZ identity card": (lambda: "AA" + digits(7), (*ANYWHERE, *BESIDE)),
    "RU": (lambda: f"{digits(2)} {digits(2)} {digits(6)}", (*ANYWHERE, *BESIDE)),
    "RU in two groups": (lambda: f"45{digits(2)} {digits(6)}", (*ANYWHERE, *BESIDE)),
    "RU abroad beside a word": (lambda: f"7{digits(1)} {digits(7)}", BESIDE),
    "TR": (lambda: letters(1, "USZT") + digits(8), (*ANYWHERE, *BESIDE)),
    "TR identity card beside a word": (
        lambda: letters(1) + digits(2) + letters(1) + digits(5),
        ("kimlik kartı {}", "seri no: {}", *BESIDE),
    ),
    "GE": (lambda: digits(2) + letters(2) + digits(5), (*ANYWHERE, *BESIDE)),
    "AM": (lambda: letters(2) + digits(7), (*ANYWHERE, *BESIDE)),
    "AM identity card beside a word": (lambda: digits(9), BESIDE),
    "MN register": (lambda: letters(2, "АБВГДУЧ") + digits(8), (*ANYWHERE, *BESIDE)),
    "MN beside a word": (lambda: "E" + digits(7), BESIDE),
}

LEFT_ALONE: dict[str, Draw] = {
    "AZ FIN without its word": lambda: "5" + letters(5) + "7",
    "RU passport in one run without a word": lambda: "45" + digits(8),
    "TM passport of digits alone without a word": lambda: digits(6),
    "TJ passport without a word": lambda: "A" + digits(8),
}


def masked(draw: Draw, frames: tuple[str, ...]) -> float:
    """Return the share of texts in which three digits in a row are no longer left."""
    texts = [frame.format(draw()) for frame in frames for _ in range(DRAWN)]
    found = mask_all(texts)
    assert found[::17] == [mask(text) for text in texts[::17]]
    gone = (not re.search(r"\d{3}", text.text) and text.counts for text in found)
    return sum(map(bool, gone)) / len(texts)


@pytest.mark.parametrize("kind", KINDS)
def test_each_number_of_each_country_is_masked(kind: str) -> None:
    assert masked(*KINDS[kind]) == 1


@pytest.mark.parametrize("kind", PASSPORTS)
def test_each_form_of_passport_is_masked(kind: str) -> None:
    assert masked(*PASSPORTS[kind]) == 1


@pytest.mark.parametrize("kind", LEFT_ALONE)
def test_what_only_a_word_tells_stays_without_it_as_the_docs_say(kind: str) -> None:
    assert masked(LEFT_ALONE[kind], ANYWHERE) <= 0.25


def telephones(country: str) -> Iterator[tuple[str, str]]:
    """Yield numbers like libphonenumber's example, as dialled from abroad and at home."""
    for kind in (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE):
        example = phonenumbers.example_number_for_type(country, kind)
        assert example is not None
        for _ in range(DRAWN // 2):
            drawn = str(example.national_number)[:-4] + digits(4)
            number = phonenumbers.PhoneNumber(example.country_code, int(drawn))
            if phonenumbers.is_valid_number(number):
                yield (
                    phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL),
                    phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL),
                )


COUNTRIES = ("KZ", "UZ", "KG", "TJ", "TM", "AZ", "RU", "TR", "GE", "AM", "MN")


@pytest.mark.parametrize("country", COUNTRIES)
def test_telephones_of_each_country_are_masked(country: str) -> None:
    numbers = list(telephones(country))
    assert len(numbers) >= DRAWN // 3
    texts = [f"вот {abroad}, пишите" for abroad, _ in numbers]
    texts += [f"вот {abroad.removeprefix('+')}, пишите" for abroad, _ in numbers]
    texts += [f"тел. {home}, пишите" for _, home in numbers]
    found = mask_all(texts)
    assert not any(re.search(r"\d", text.text) for text in found)
    kinds = [dict(text.counts) for text in found]  # a few pass another number's check by chance
    assert kinds.count({"PHONE": 1}) >= 0.95 * len(texts)


def test_the_docs_list_each_number_and_form() -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "masking.md").read_text("utf-8")
    for kind in (*KINDS, *(f"passport {form}" for form in PASSPORTS)):
        assert f"| {kind} | 1.000 |" in page, kind
