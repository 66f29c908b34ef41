"""Masking: what must go goes, what must stay stays, and no text is worth much time."""

import re

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st
from phonenumbers import PhoneNumberFormat, PhoneNumberType
from stdnum import luhn
from stdnum.ru import inn
from stdnum.tr import tckimlik

from uptake.model.masked import Masked
from uptake.pseudonymise.mask import CAP, mask
from uptake.pseudonymise.masking import checkdigits

COUNTRIES = ("KZ", "UZ", "KG", "TJ", "TM", "AZ", "RU", "TR", "GE", "AM", "MN")

PHRASES = ("{}", "мой номер {}, напиши заявление", "Salam, {} - bu mənim", "write to ({}) please")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("ИИН 811109360028", "ИИН <KZ_IIN>"),
        ("жазып бер: aigul@пошта.қаз.", "жазып бер: <EMAIL>."),
        ("ask ivan.petrov+work@mail.example.ru!", "ask <EMAIL>!"),
        ("КАРТА 2200 7425 4769 0470", "КАРТА <CARD>"),
        ("9860 1234 5678 9012", "<CARD>"),
        ("KZ86 125K ZT50 0410 0100 is mine", "<IBAN> is mine"),
        ("kz86125kzt5004100100", "<IBAN>"),
        ("FİN kodum 5ZCLK1X, kömək et", "FİN kodum <AZ_FIN>, kömək et"),
        ("5zclk1x (FIN)", "<AZ_FIN> (FIN)"),
        ("код 5ZCLK1X стоит", "код 5ZCLK1X стоит"),
        ("паспорт 4509 123456", "паспорт <PASSPORT>"),
        ("AB1234567", "<PASSPORT>"),
        ("АА №1234567", "<PASSPORT>"),
        ("паспорт 4509№123456", "паспорт <PASSPORT>"),
        ("IIN811109360028", "IIN<KZ_IIN>"),
        ("phone-87012345678", "phone-<PHONE>"),
        ("+998901234567ga yozing", "<PHONE>ga yozing"),
        ("11 22 33 44 55 66 77 11 22 33 44 55 66 4 811109360028", None),
        ("KZ 86 125K ZT50 0410 0100", "<IBAN>"),
        ("12AB34567", "<PASSPORT>"),
        ("СНИЛС 112-233-445 95", "СНИЛС <RU_SNILS>"),
        ("8 (701) 234-56-78", "<PHONE>"),
        ("+1 415 555 2671", "<PHONE>"),
        ("see https://user:secret@host.example/path?key=1.", "see <URL>."),
        ("t.me/somebody_here", "<URL>"),
        ("телеграм @somebody", "телеграм <HANDLE>"),
        ("ping 8.8.8.8 now", "ping <IP> now"),
        ("2001:db8:85a3::8a2e:370:7334", "<IP>"),
        ("პირადი ნომერი 01024012345", "პირადი ნომერი <GE_PN>"),
        ("VÖEN 1400057421", "VÖEN <AZ_VOEN>"),
        ("ОГРН 1022200525819", "ОГРН <RU_OGRN>"),
        ("１２３４ ＋７ ７０１ ２３４ ５６ ７８", "１２３４ <PHONE>"),
    ],
)
def test_an_identifier_gives_way_to_its_type(text: str, masked: str | None) -> None:
    assert mask(text).text == masked or (masked is None and "<KZ_IIN>" in mask(text).text)


@pytest.mark.parametrize(
    "text",
    [
        "2 + 2 = 4",
        "В 2025 году население составило 20 033 842 человек",
        "sum = 1234567890",
        "UUID 392e0567-e79b-21d3-a455-543210971850",
        "commit 3fceb96d5ae597e04dc970b49765f79382d91af0",
        "coordinates 41.918385, 69.260650",
        "ISBN 978-9-14-043819-0",
        "npm install left-pad@1.3.0",
        "def f(self, @override): pass",
        "@media (max-width: 600px)",
        "std::vector<int> a; namespace::name",
        "version 1.2.3.4",
        "at 192.168.0.1 and 127.0.0.1",
        "2024-01-15 12:30:45",
        "1 585 004 109 сўм",
        "3.11169260323979",
        "for i in range(5000028302): print(i)",
        "the final fin of a fish",
    ],
)
def test_what_is_no_identifier_stays(text: str) -> None:
    assert mask(text) == Masked(text)


def test_counts_are_by_type_and_the_repr_shows_no_text() -> None:
    found = mask("secret words a@b.example, c@d.example, +7 701 234 56 78")
    assert found.counts == (("EMAIL", 2), ("PHONE", 1))
    assert "secret" not in repr(found)
    assert "secret" not in str(found)


ANY = st.text(max_size=300)
DENSE = st.text("0123456789 -()+@.:/<>_aAbFINfinтелKZ№\u00a0", max_size=120)


@given(ANY | DENSE)
def test_masking_twice_changes_nothing_and_the_size_is_bounded(text: str) -> None:
    once = mask(text)
    again = mask(once.text)
    assert again.text == once.text
    assert again.counts == ()
    assert len(once.text) <= 3 * len(text)


@given(ANY.map(lambda text: re.sub(r"[\d@:/]|fin|www|фин", "", text, flags=re.IGNORECASE)))
def test_a_text_without_digits_and_signs_passes_as_it_is(text: str) -> None:
    text = re.sub(r"[F-f][I-i\u0130\u0131][N-n]|www\.", "", text)
    assert mask(text) == Masked(text)


@pytest.mark.parametrize("country", COUNTRIES)
@pytest.mark.parametrize("form", [PhoneNumberFormat.E164, PhoneNumberFormat.INTERNATIONAL])
def test_the_example_numbers_of_libphonenumber_are_masked(country: str, form: int) -> None:
    for kind in (PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE):
        number = phonenumbers.example_number_for_type(country, kind)
        assert number is not None
        written = phonenumbers.format_number(number, form)
        for phrase in PHRASES:
            assert mask(phrase.format(written)).counts == (("PHONE", 1),), written


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_mobile_number_as_written_at_home_is_masked_beside_a_word(country: str) -> None:
    number = phonenumbers.example_number_for_type(country, PhoneNumberType.MOBILE)
    assert number is not None
    written = phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL)
    assert mask(f"тел. {written}, звоните").text == "тел. <PHONE>, звоните"


def _with_luhn(head: str) -> str:
    return head + luhn.calc_check_digit(head)


VALID = (
    st.from_regex(r"(?:4|5[1-5]|220[0-4])[0-9]{10,12}", fullmatch=True)
    .filter(lambda head: len(head) == 15)
    .map(_with_luhn)
    | st.from_regex(r"(?:8600|9860)[0-9]{12}", fullmatch=True)
    | st.from_regex(r"[1-9][0-9]{8}", fullmatch=True).map(
        lambda head: head + tckimlik.calc_check_digits(head)
    )
    | st.from_regex(r"[1-9][0-9]{9}", fullmatch=True).map(
        lambda head: head + inn.calc_personal_check_digits(head)
    )
    | st.from_regex(
        r"[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|1[0-9]|2[0-8])[0-6][0-9]{5}", fullmatch=True
    ).filter(checkdigits.kz_iin)
    | st.from_regex(
        r"[1-6](?:0[1-9]|1[0-9]|2[0-8])(?:0[1-9]|1[0-2])[0-9]{9}", fullmatch=True
    ).filter(checkdigits.uz_pinfl)
)


@given(VALID, st.sampled_from(PHRASES))
def test_a_valid_number_is_always_masked(number: str, phrase: str) -> None:
    found = mask(phrase.format(number))
    assert not re.search(r"\d", found.text), found.text
    assert sum(n for _, n in found.counts) == 1


@given(
    st.from_regex(
        r"[a-z][a-z0-9._]{0,20}[a-z0-9]@[a-z][a-z0-9]{1,12}\.(?:com|kz|рф|қаз)", fullmatch=True
    )
)
def test_a_mail_address_is_always_masked(address: str) -> None:
    assert mask(f"пиши на {address} завтра").text == "пиши на <EMAIL> завтра"


def test_what_lies_beyond_the_cap_is_left_out_and_an_identifier_at_the_cap_is_not_halved() -> None:
    number = "+77012345678"
    for place in range(CAP - 30, CAP + 5):
        text = "щ" * (place - 1) + " " + number + " хвост"
        found = mask(text)
        assert len(found.text) <= CAP
        assert not re.search(r"\d{3}", found.text)
