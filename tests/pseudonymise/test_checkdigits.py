"""Check digits against published numbers and against python-stdnum."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban as stdnum_iban
from stdnum import luhn as stdnum_luhn
from stdnum.az import voen
from stdnum.ru import inn, ogrn
from stdnum.tr import tckimlik, vkn

from uptake.catalog import entry, names
from uptake.pseudonymise.masking import checkdigits
from uptake.pseudonymise.masking.checkdigits import CHECKS


def digits(count: int) -> st.SearchStrategy[str]:
    return st.text("0123456789", min_size=count, max_size=count)


@given(digits(16))
def test_cards_are_checked_as_python_stdnum_does(number: str) -> None:
    assert checkdigits.luhn(number) == stdnum_luhn.is_valid(number)


@given(digits(10))
def test_turkish_and_azerbaijani_firms_are_checked_as_python_stdnum_does(number: str) -> None:
    assert checkdigits.tr_vkn(number) == vkn.is_valid(number)
    assert checkdigits.az_voen(number) == voen.is_valid(number)
    mended = number[:8] + str(sum(map(int, number)) % 10) + "1"
    assert checkdigits.az_voen(mended) == voen.is_valid(mended)


@given(digits(9))
def test_turkish_citizens_are_checked_as_python_stdnum_does(number: str) -> None:
    whole = number + tckimlik.calc_check_digits(number)
    assert checkdigits.tr_tckn(whole) == tckimlik.is_valid(whole)
    assert not checkdigits.tr_tckn(whole[:-1] + str((int(whole[-1]) + 1) % 10))


@given(digits(9), digits(10))
def test_russian_tax_numbers_are_checked_as_python_stdnum_does(firm: str, person: str) -> None:
    assert checkdigits.ru_inn(firm + inn.calc_company_check_digit(firm))
    whole = person + inn.calc_personal_check_digits(person)
    assert checkdigits.ru_inn(whole) == (person[:2] != "00")
    assert not checkdigits.ru_inn(whole[:-1] + str((int(whole[-1]) + 1) % 10))


@given(digits(11))
def test_russian_registrations_are_checked_as_python_stdnum_does(number: str) -> None:
    whole = "1" + number
    whole += ogrn.calc_check_digit(whole + "0")
    assert checkdigits.ru_ogrn(whole) == (whole[1:3] <= "49")


@pytest.mark.parametrize("code", ["KZ86125KZT5004100100", "AZ21NABZ00000000137010001944"])
def test_accounts_of_the_registry_are_valid(code: str) -> None:
    assert checkdigits.iban(code)
    assert stdnum_iban.is_valid(code, check_country=False)
    assert not checkdigits.iban(code[:-1] + "9")


def test_numbers_published_as_examples_are_valid() -> None:
    assert checkdigits.ru_snils("11223344595")  # 112-233-445 95, the pension fund's own example
    assert not checkdigits.ru_snils("11223344596")
    assert not checkdigits.ru_snils("00100199800")
    assert checkdigits.ru_ogrn("304500116000157")
    assert checkdigits.ru_ogrn("1022200525819")
    assert checkdigits.tr_tckn("17291716060")


def test_dates_inside_a_number_are_checked() -> None:
    assert not checkdigits.kz_iin("991345000000")  # the thirteenth month
    assert not checkdigits.uz_pinfl("73112991234567")  # a seventh sex
    assert not checkdigits.kg_pin("23213199012345")  # the thirty-second of a month
    assert checkdigits.kg_pin("22011199012345")


def _weighted(numbers: str, weights: list[int]) -> int:
    return sum(int(c) * w for c, w in zip(numbers, weights, strict=True)) % 11


@given(st.integers(0, 99), st.integers(1, 12), st.integers(1, 28), st.integers(0, 6), digits(4))
def test_a_kazakh_number_has_one_check_digit_or_none(
    year: int, month: int, day: int, century: int, serial: str
) -> None:
    head = f"{year:02}{month:02}{day:02}{century}{serial}"
    first = _weighted(head, list(range(1, 12)))
    second = _weighted(head, [3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2])
    right = first if first < 10 else second
    valid = {d for d in "0123456789" if checkdigits.kz_iin(head + d)}
    assert valid == ({str(right)} if right < 10 else set())


def test_every_check_that_the_catalogue_names_exists_and_takes_any_digits() -> None:
    used = set()
    for place in names("places"):
        for identifier in entry("places", place).get("identifiers", ()):
            if check := identifier.get("check"):
                used.add(check)
                for c in "0123456789":
                    assert CHECKS[check](c * identifier["digits"]) in {True, False}
    assert used == set(CHECKS)


def test_the_synthetic_numbers_pass_their_checks(shared: object) -> None:
    import json
    from pathlib import Path

    path = Path(str(shared)) / "data/personal_data/synthetic-central-asia/gold.jsonl"
    kinds = {"KZ_IIN": "kz_iin", "UZ_PINFL": "uz_pinfl", "RU_SNILS": "ru_snils"}
    seen = 0
    for line in path.read_text(encoding="utf-8").splitlines()[:3000]:
        row = json.loads(line)
        for start, end, kind in row["spans"]:
            if kind in kinds:
                assert CHECKS[kinds[kind]](re.sub(r"\D", "", row["text"][start:end]))
                seen += 1
    assert seen > 200
