"""Draw identifiers that pass their check, each from its published rule."""

import random
from collections.abc import Callable

from stdnum import iban, luhn
from stdnum.ru import inn

_DOMAINS = (
    "mail.ru",
    "gmail.com",
    "yandex.kz",
    "inbox.ru",
    "box.az",
    "umail.uz",
    "list.ru",
    "outlook.com",
)
_NAMES = (
    "aigerim",
    "nurlan",
    "dilnoza",
    "rustam",
    "kamran",
    "leyla",
    "oleg",
    "svetlana",
    "baxtiyor",
    "zarina",
)
_FAMILIES = ("bekova", "sadykov", "karimov", "aliyev", "petrova", "yusupov", "mammadova", "omarov")


def digits(rng: random.Random, n: int, first: str = "0123456789") -> str:
    """Draw `n` digits of which the first is one of `first`."""
    return rng.choice(first) + "".join(rng.choice("0123456789") for _ in range(n - 1))


def _born(rng: random.Random) -> tuple[str, str, str]:
    return f"{rng.randint(60, 99):02}", f"{rng.randint(1, 12):02}", f"{rng.randint(1, 28):02}"


def phone(rng: random.Random) -> str:
    """Draw a mobile number as written with its country's code, in groups."""
    country, code, groups = rng.choice(
        [
            ("+7", rng.choice(["701", "702", "705", "707", "747", "775", "777", "778"]), (3, 2, 2)),
            ("8", rng.choice(["701", "707", "747", "903", "916", "926", "985"]), (3, 2, 2)),
            ("+998", rng.choice(["90", "91", "93", "94", "97", "99"]), (3, 2, 2)),
            ("+994", rng.choice(["50", "51", "55", "70", "77"]), (3, 2, 2)),
            ("+7", rng.choice(["903", "915", "921", "964"]), (3, 2, 2)),
            ("+996", rng.choice(["555", "700", "770"]), (2, 2, 2)),
            ("+90", rng.choice(["532", "542", "505"]), (3, 2, 2)),
        ]
    )
    parts = [digits(rng, groups[0], "23456789"), *(digits(rng, n) for n in groups[1:])]
    return " ".join([country, code, *parts])


def card(rng: random.Random) -> str:
    """Draw a card's number of an issuer of the region, by Luhn's check."""
    start = rng.choice(["2200", "2202", "4400", "5169", "4169", "8600", "9860", "4276", "5614"])
    body = start + digits(rng, 11)
    whole = body + luhn.calc_check_digit(body)
    return " ".join(whole[i : i + 4] for i in range(0, 16, 4))


def account(rng: random.Random) -> str:
    """Draw an IBAN of Kazakhstan, Azerbaijan, Georgia or Turkey."""
    country, rest = rng.choice(
        [
            ("KZ", digits(rng, 3) + digits(rng, 13)),
            ("AZ", rng.choice(["NABZ", "AIIB", "PAHA"]) + digits(rng, 20)),
            ("GE", rng.choice(["TB", "BG"]) + digits(rng, 16)),
            ("TR", digits(rng, 5) + "0" + digits(rng, 16)),
        ]
    )
    whole = country + iban.calc_check_digits(country + "00" + rest) + rest
    return " ".join(whole[i : i + 4] for i in range(0, len(whole), 4))


def passport(rng: random.Random) -> str:
    """Draw a passport's letters and digits."""
    return rng.choice(
        [
            "N" + digits(rng, 8, "01"),
            rng.choice(["AA", "AB", "AC", "AD", "FA"]) + digits(rng, 7),
            "C0" + digits(rng, 7),
            rng.choice(["45", "46", "40", "03", "80"])
            + rng.choice(["05", "09", "12", "18"])
            + " "
            + digits(rng, 6),
        ]
    )


def iin(rng: random.Random) -> str:
    """Draw an individual number of Kazakhstan (weights 1..11, then 3..2, modulo 11)."""
    while True:
        year, month, day = _born(rng)
        body = year + month + day + rng.choice("34") + digits(rng, 4)
        check = sum(int(d) * w for d, w in zip(body, range(1, 12), strict=True)) % 11
        if check == 10:
            second = (3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2)
            check = sum(int(d) * w for d, w in zip(body, second, strict=True)) % 11
        if check < 10:
            return body + str(check)


def pinfl(rng: random.Random) -> str:
    """Draw a personal number of Uzbekistan (weights 7-3-1, modulo 10)."""
    year, month, day = _born(rng)
    body = rng.choice("34") + day + month + year + digits(rng, 6)
    return body + str(sum(int(d) * (7, 3, 1)[i % 3] for i, d in enumerate(body)) % 10)


def kyrgyz(rng: random.Random) -> str:
    """Draw a personal number of Kyrgyzstan: sex, date of birth, five digits."""
    year, month, day = _born(rng)
    return rng.choice("12") + day + month + "19" + year + digits(rng, 5)


def taxpayer(rng: random.Random) -> str:
    """Draw a Russian person's tax number of twelve digits."""
    body = rng.choice(["77", "50", "66", "16", "78"]) + digits(rng, 8)
    return body + inn.calc_personal_check_digits(body)


def snils(rng: random.Random) -> str:
    """Draw a Russian insurance number (weights 9..1, modulo 101)."""
    body = digits(rng, 9, "123456789")
    check = sum(int(d) * w for d, w in zip(body, range(9, 0, -1), strict=True)) % 101 % 100
    return f"{body[:3]}-{body[3:6]}-{body[6:]} {check:02}"


def tckn(rng: random.Random) -> str:
    """Draw a Turkish citizen's number."""
    body = digits(rng, 9, "123456789")
    n = [int(d) for d in body]
    tenth = (sum(n[::2]) * 7 - sum(n[1::2])) % 10
    return body + str(tenth) + str((sum(n) + tenth) % 10)


def fin(rng: random.Random) -> str:
    """Draw an Azerbaijani personal code: seven letters and digits, no I and no O."""
    letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
    return (
        rng.choice("1567")
        + "".join(rng.choice(letters + "0123456789") for _ in range(5))
        + rng.choice("0123456789")
    )


def email(rng: random.Random) -> str:
    """Draw an e-mail address of a person."""
    name = rng.choice(_NAMES) + rng.choice([".", "_", ""]) + rng.choice(_FAMILIES)
    return (
        name
        + rng.choice(["", str(rng.randint(1, 99)), str(rng.randint(1970, 2005))])
        + "@"
        + rng.choice(_DOMAINS)
    )


def handle(rng: random.Random) -> str:
    """Draw a name behind an at-sign."""
    return "@" + rng.choice(_NAMES) + "_" + rng.choice(_FAMILIES) + rng.choice(["", digits(rng, 2)])


def link(rng: random.Random) -> str:
    """Draw the address of somebody's page."""
    name = rng.choice(_NAMES) + rng.choice(_FAMILIES) + digits(rng, 2)
    return (
        rng.choice(
            [
                "https://vk.com/",
                "https://t.me/",
                "instagram.com/",
                "https://www.facebook.com/",
                "ok.ru/profile/",
            ]
        )
        + name
    )


DRAW: dict[str, Callable[[random.Random], str]] = {
    "PHONE": phone,
    "EMAIL": email,
    "CARD": card,
    "IBAN": account,
    "PASSPORT": passport,
    "KZ_IIN": iin,
    "UZ_PINFL": pinfl,
    "KG_PIN": kyrgyz,
    "RU_INN": taxpayer,
    "RU_SNILS": snils,
    "TR_TCKN": tckn,
    "GE_PN": lambda rng: rng.choice(["01", "35", "60", "12"]) + digits(rng, 9),
    "AZ_FIN": fin,
    "AZ_VOEN": lambda rng: digits(rng, 9, "123456789") + rng.choice("12"),
    "UZ_STIR": lambda rng: digits(rng, 9, "23456"),
    "HANDLE": handle,
    "URL": link,
}
