"""Give drawn people what records identify them by: ids, names, spellings of the country."""

from dataclasses import dataclass

import numpy as np

from uptake.catalog.gazetteer import place as entry_of
from uptake.testing.naming import names_of
from uptake.testing.people import GENDERS, People, pick
from uptake.testing.spec import Spec

_STATED = (("female", "F", "Woman"), ("male", "M", "Man"))
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


@dataclass(frozen=True, slots=True)
class Account:
    """One person as an export knows him or her; None where records do not state it.

    Attributes:
        number: Of the person in the whole population.
        id: Identifier of the account; an e-mail address for some.
        email: Address in a domain reserved for examples.
        address: Hash of a network address, 64 hex digits.
        country: In the record's spelling: a code or a name.
        country_name: English name.
        birth_year: Year of birth.
        given_name: Given name.
        family_name: Family name, by some with a patronymic.
        gender: As stated, in the record's own word.
        clock: Hours that the person's clock is ahead of UTC.
        style: A number by which a format may vary how it writes this person's records.
    """

    number: int
    id: str
    email: str
    address: str
    country: str | None
    country_name: str | None
    birth_year: int | None
    given_name: str | None
    family_name: str | None
    gender: str | None
    clock: float
    style: int


def accounts(spec: Spec, people: People, first: int, rng: np.random.Generator) -> list[Account]:
    """Return an account for each person; the first is number ``first``."""
    n = len(people)
    digits = [rng.bytes(32).hex() for _ in range(n)]
    style = rng.integers(0, 1 << 20, n).tolist()
    names = _names(spec, people, rng)
    places = list(spec.places.items())
    made = []
    for i in range(n):
        iso3, place = places[people.place[i]]
        email = f"u{first + i:06d}.{digits[i][:4]}@example.org"
        spelling = place.country[style[i] % len(place.country)]
        states = people.states_gender[i]
        given, family = names[i] if people.has_name[i] else (None, None)
        made.append(
            Account(
                number=first + i,
                id=_id(style[i] >> 8, email, digits[i]),
                email=email,
                address=digits[i],
                country=spelling if people.has_country[i] else None,
                country_name=entry_of(iso3).name if people.has_country[i] else None,
                birth_year=int(people.birth_year[i]) if people.has_birth_year[i] else None,
                given_name=given,
                family_name=family,
                gender=_STATED[people.gender[i]][style[i] % 3] if states else None,
                clock=place.utc_offset,
                style=style[i],
            )
        )
    return made


def _id(style: int, email: str, digits: str) -> str:
    if style % 4 == 0:
        return email
    if style % 4 == 1:
        return f"{digits[:8]}-{digits[8:12]}-4{digits[12:15]}-a{digits[15:18]}-{digits[18:30]}"
    if style % 4 == 2:
        return str(int(digits[:10], 16))
    letters = (_ALPHABET[int(digits[i : i + 2], 16) % len(_ALPHABET)] for i in range(0, 48, 2))
    return "user-" + "".join(letters)


def _names(
    spec: Spec, people: People, rng: np.random.Generator
) -> list[tuple[str | None, str | None]]:
    """Draw a name for each person from the names of the place's peoples."""
    entries = sorted({name for place in spec.places.values() for name in place.names})
    weights = [[place.names.get(e, 0.0) for e in entries] for place in spec.places.values()]
    if not entries:
        return [(None, None)] * len(people)
    origin = pick(rng, np.array(weights), people.place)
    chance = rng.random((len(people), 3))
    return [
        names_of(entries[origin[i]]).draw(GENDERS[people.gender[i]], chance[i].tolist())
        for i in range(len(people))
    ]
