"""Pseudonyms: the same person the same hash under one key, and nothing of the person in it."""

import pickle
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uptake.model.conversation import Conversation, Person, Role, Turn
from uptake.pseudonymise import AGE_BANDS, Pseudonymiser, age_band, gender_of, month_of
from uptake.pseudonymise.pseudonymiser import place_of

KEY, OTHER = b"k" * 32, b"o" * 32


def talk(
    *texts: str, person: Person | None = None, id: str | None = "c1", time: float | None = 1.75e9
) -> Conversation:
    roles: tuple[Role, Role] = ("user", "assistant")
    turns = tuple(Turn(roles[n % 2], text, parent=n - 1) for n, text in enumerate(texts))
    return Conversation(id, person or Person(id="ann@example.org"), turns, time)


def test_a_person_has_one_pseudonym_across_batches_and_another_under_another_key() -> None:
    one = Pseudonymiser(KEY).batch([talk("a"), talk("b", id="c2")])
    two = Pseudonymiser(KEY).batch([talk("c", id="c3")])
    foreign = Pseudonymiser(OTHER).batch([talk("a")])
    assert set(one.user) == set(two.user)
    assert set(one.user) & set(foreign.user) == set()
    assert all(len(value) == 16 for value in (*one.user, *one.conversation, *one.message))


def test_turns_become_columns_and_parents_point_into_the_batch() -> None:
    batch = Pseudonymiser(KEY).batch([talk("a", "b", "c"), talk("d", "e", id="c2")])
    assert batch.texts == ["a", "b", "c", "d", "e"]
    assert batch.parents.tolist() == [-1, 0, 1, -1, 3]
    assert batch.is_user.tolist() == [True, False, True, True, False]
    assert len(batch) == 3


def test_a_conversation_that_has_grown_shares_its_old_messages() -> None:
    old = Pseudonymiser(KEY).batch([talk("a", "x", "b")])
    new = Pseudonymiser(KEY).batch([talk("a", "x", "b", "y", "c")])
    assert set(old.message) < set(new.message)
    assert len(set(new.message)) == 3


def test_equal_ids_of_different_people_or_of_nobody_are_different_conversations() -> None:
    nobody = Person()
    batch = Pseudonymiser(KEY).batch(
        [
            talk("a", id="1"),
            talk("a", id="1", person=Person(id="bob")),
            talk("a", id="1", person=nobody),
            talk("b", id="1", person=nobody),
        ]
    )
    assert len(set(batch.conversation)) == 4
    assert batch.user_known.tolist() == [True, True, False, False]
    assert batch.user[2] == batch.conversation[2]


def test_without_any_id_the_same_talk_is_the_same_conversation() -> None:
    batch = Pseudonymiser(KEY).batch([talk("a", "x", id=None), talk("a", "x", id=None)])
    assert len(set(batch.message)) == 1


@given(
    st.text(min_size=1).filter(str.strip),
    st.text(min_size=6).filter(str.strip),
)
def test_no_column_but_the_texts_holds_an_id_or_a_name(id: str, name: str) -> None:
    person = Person(id=id, given_name=name, family_name=name)
    batch = Pseudonymiser(KEY).batch([talk("a", person=person)])
    stored = [*batch.place, *batch.age_band, *batch.gender]
    assert stored == ["unknown"] * 3
    raw = name.encode("utf-8", "surrogatepass")
    assert raw not in b"".join([*batch.user, *batch.conversation, *batch.message])


def test_the_key_shows_in_no_repr_and_no_pickle() -> None:
    maker = Pseudonymiser(b"secret-secret-secret")
    assert "secret" not in repr(maker)
    with pytest.raises(TypeError, match="can not be pickled"):
        pickle.dumps(maker)
    with pytest.raises(ValueError, match="16 to 64"):
        Pseudonymiser(b"short")


@given(st.datetimes(datetime(2015, 1, 1), datetime(2099, 12, 31), timezones=st.just(UTC)))  # noqa: DTZ001
def test_months_are_those_of_the_calendar_in_utc(when: datetime) -> None:
    assert month_of(when.timestamp()) == when.year * 100 + when.month


@pytest.mark.parametrize("seconds", [None, 0.0, 1e12, -5.0, float("nan"), float("inf")])
def test_times_that_no_log_can_have_are_unknown(seconds: float | None) -> None:
    assert month_of(seconds) == 0


@given(st.integers(0, 115))
def test_bands_do_not_overlap_and_leave_no_gap(age: int) -> None:
    band = age_band(None, age, None)
    low, high = {"under-13": (0, 12), "65+": (65, 115)}.get(band) or map(int, band.split("-"))
    assert low <= age <= high
    assert band in AGE_BANDS
    assert age_band(2025 - age, None, 2025) == band


@pytest.mark.parametrize(
    ("birth_year", "age", "year"),
    [(1850, None, 2025), (2030, None, 2025), (2000, None, None), (None, 200, 2025)],
)
def test_impossible_or_undatable_ages_are_unknown(
    birth_year: int | None, age: int | None, year: int | None
) -> None:
    assert age_band(birth_year, age, year) == "unknown"


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ("KZ", "KAZ"),
        ("kaz", "KAZ"),
        ("Kazakhstan", "KAZ"),
        ("Қазақстан", "KAZ"),
        ("ＫＡＺ", "KAZ"),
        ("UK", "GBR"),
        ("Türkiye", "TUR"),
        ("Turkey", "TUR"),
        ("NA", "NAM"),
        ("XX", "unknown"),
        ("", "unknown"),
        (None, "unknown"),
        ("Atlantis", "unknown"),
    ],
)
def test_countries_are_known_by_code_and_name_and_never_guessed(
    stated: str | None, code: str
) -> None:
    assert place_of(stated) == code


@pytest.mark.parametrize(
    ("given_name", "family_name", "gender"),
    [
        (None, "Назарбаев", "masculine"),
        (None, "Abdullayeva", "feminine"),
        ("Aziza", "Karimova", "feminine"),
        ("Әсел", "Нұрланқызы", "feminine"),
        (None, "Nurlanuly", "masculine"),
        ("Alisher Karim oʻgʻli", None, "masculine"),
        ("Dilnoza", "Karim qizi", "feminine"),
        (None, "Əliyev Rəşad Kamran oğlu", "masculine"),
        (None, "Məmmədova Aygün Elçin qızı", "feminine"),
        (None, "Иванова Анна Петровна", "feminine"),
        (None, "Пётр Ильич Чайковский", "masculine"),
        (None, "Rahmonzoda", "unknown"),
        ("Aziza", "Karimov", "unknown"),
        ("Eva", None, "feminine"),
        ("X", "Y", "unknown"),
        (None, None, "unknown"),
    ],
)
def test_names_are_associated_with_a_gender(
    given_name: str | None, family_name: str | None, gender: str
) -> None:
    assert gender_of(None, given_name, family_name) == gender


@pytest.mark.parametrize(
    ("stated", "gender"), [("Female", "feminine"), ("муж", "masculine"), ("x", "unknown")]
)
def test_a_stated_gender_wins_over_the_name(stated: str, gender: str) -> None:
    assert gender_of(stated, "Aziza", None) == gender


def test_texts_are_cut_and_lone_surrogates_are_hashed() -> None:
    batch = Pseudonymiser(KEY).batch([talk("x" * 50_000, id=None), talk("\ud800", id=None)])
    assert len(batch.texts[0]) == 20_000
    assert np.unique(batch.message).size == 2


def test_names_of_public_lists_are_rarely_taken_for_the_other_gender(shared) -> None:  # type: ignore[no-untyped-def]
    folder = shared / "data" / "personal_data" / "names-ru-raven"
    surnames = (folder / "male_surnames_rus.txt").read_text("utf-8").split()
    met = [gender_of(None, None, name) for name in surnames]
    assert met.count("feminine") / len(met) < 0.01
    assert met.count("masculine") / len(met) > 0.5
