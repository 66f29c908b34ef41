"""Check digits of national numbers, cards and bank accounts; each takes digits of the right length.

Sources: the authorities' published algorithms as python-stdnum states them (``az.voen``,
``ru.inn``, ``ru.ogrn``, ``tr.tckimlik``, ``tr.vkn``, ``luhn``, ``iban``), which the tests compare
with; Kazakhstan: rules of the individual identification number (order of 2007); Uzbekistan: weights
7, 3, 1 of ICAO document 9303; Russia's SNILS: rules of the pension fund.
"""

from collections.abc import Callable, Sequence
from operator import mul


def _weighted(digits: str, weights: Sequence[int]) -> int:
    """Return the sum of digits, each times its weight, as far as there are weights."""
    total: int = sum(map(mul, digits.encode(), weights))
    return total - ord("0") * sum(weights)


def _date(day: str, month: str) -> bool:
    return "01" <= day <= "31" and "01" <= month <= "12"


_DOUBLED = str.maketrans("0123456789", "0246813579")
"""Twice a digit, the digits of that added up."""


def luhn(digits: str) -> bool:
    """Check a card's number (ISO/IEC 7812-1, annex B).

    >>> luhn("4111111111111111"), luhn("4111111111111112")
    (True, False)
    """
    doubled = digits[-2::-2].translate(_DOUBLED)
    return sum(map(int, digits[-1::-2] + doubled)) % 10 == 0


def iban(code: str) -> bool:
    """Check an account number of ISO 13616: 97 divides the rearranged number with remainder 1.

    >>> iban("GB82WEST12345698765432"), iban("GB82WEST12345698765431")
    (True, False)
    """
    return int("".join(str(int(c, 36)) for c in code[4:] + code[:4])) % 97 == 1


def kz_iin(digits: str) -> bool:
    """Check a Kazakh IIN (a date and a century inside) or BIN (a month and a kind of firm)."""
    person = _date(digits[4:6], digits[2:4]) and digits[6] <= "6"
    firm = "01" <= digits[2:4] <= "12" and "4" <= digits[4] <= "6"
    if not (person or firm):
        return False
    rest = _weighted(digits, range(1, 12)) % 11
    if rest == 10:
        rest = _weighted(digits, (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)) % 11
    return rest == int(digits[11])


def uz_pinfl(digits: str) -> bool:
    """Check an Uzbek PINFL: sex and century, ddmmyy, district, serial number, check digit."""
    if not ("1" <= digits[0] <= "6" and _date(digits[1:3], digits[3:5])):
        return False
    return _weighted(digits, (7, 3, 1) * 4 + (7,)) % 10 == int(digits[13])


def kg_pin(digits: str) -> bool:
    """Check a Kyrgyz PIN: sex, ddmmyyyy of birth or founding, serial number."""
    return digits[0] in "012" and _date(digits[1:3], digits[3:5]) and digits[5:7] in {"19", "20"}


def az_voen(digits: str) -> bool:
    """Check an Azerbaijani VÖEN: the last digit says firm or person, the one before checks."""
    total = _weighted(digits, (4, 1, 8, 6, 2, 7, 5, 3))
    return digits[9] in "12" and total % 11 == int(digits[8])


_INN = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)


def _inn_digit(digits: str) -> int:
    return _weighted(digits, _INN[-len(digits) :]) % 11 % 10


def ru_inn(digits: str) -> bool:
    """Check a Russian INN: of a firm (10 digits, one checks) or of a person (12, two check)."""
    if len(digits) == 10:
        return _inn_digit(digits[:9]) == int(digits[9])
    tail = (_inn_digit(digits[:10]), _inn_digit(digits[:11]))
    return digits[:2] != "00" and tail == (int(digits[10]), int(digits[11]))


def ru_snils(digits: str) -> bool:
    """Check a Russian SNILS; numbers up to 001-001-998 carry no check digits."""
    total = _weighted(digits, range(9, 0, -1))
    return digits[:9] > "001001998" and total % 101 % 100 == int(digits[9:])


def ru_ogrn(digits: str) -> bool:
    """Check a Russian OGRN (13 digits) or OGRNIP (15): kind of entry, year, region, number."""
    if digits[0] not in ("15" if len(digits) == 13 else "3") or digits[1:3] > "49":
        return False
    return int(digits[:-1]) % (len(digits) - 2) % 10 == int(digits[-1])


def tr_tckn(digits: str) -> bool:
    """Check a Turkish TCKN: the last two digits check."""
    if digits[0] == "0":
        return False
    tenth = _weighted(digits, (7, -1) * 4 + (7,)) % 10
    eleventh = _weighted(digits, (1,) * 10) % 10
    return (tenth, eleventh) == (int(digits[9]), int(digits[10]))


def tr_vkn(digits: str) -> bool:
    """Check a Turkish VKN."""
    total = 0
    for place, c in enumerate(reversed(digits[:9]), 1):
        step = (int(c) + place) % 10
        total += (step * 2**place % 9 or 9) if step else 0
    return -total % 10 == int(digits[9])


CHECKS: dict[str, Callable[[str], bool]] = {
    "az_voen": az_voen,
    "kg_pin": kg_pin,
    "kz_iin": kz_iin,
    "ru_inn": ru_inn,
    "ru_ogrn": ru_ogrn,
    "ru_snils": ru_snils,
    "tr_tckn": tr_tckn,
    "tr_vkn": tr_vkn,
    "uz_pinfl": uz_pinfl,
}
"""By the name that an identifier of ``catalog/places`` gives as its ``check``."""
