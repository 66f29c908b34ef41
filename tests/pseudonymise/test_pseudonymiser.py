"""Pseudonyms: one person one hash under one key, and nothing of the person in any column."""

import copy
import pickle
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from uptake.model.conversation import Conversation, Person, Role, Turn
from uptake.model.errors import ConfigError
from uptake.model.messages import PARTITIONS, Messages
from uptake.pseudonymise import AGE_BANDS, Pseudonymiser
from uptake.pseudonymise.pseudonymiser import LONGEST_TEXT

KEY, OTHER = b"k" * 32, b"o" * 32
NOON = datetime(2025, 6, 15, 12, tzinfo=UTC).timestamp()
ROLES: tuple[Role, Role] = ("user", "assistant")


def talk(
    *texts: str, person: Person | None = None, id: str | None = "c1", time: float | None = NOON
) -> Conversation:
    turns = tuple(Turn(ROLES[n % 2], text, parent=n - 1) for n, text in enumerate(texts))
    return Conversation(id, person or Person(id="ann@example.org"), turns, time)


def batch(*conversations: Conversation, key: bytes = KEY) -> Messages:
    return Pseudonymiser(key).batch(conversations)


def columns(messages: Messages) -> Iterator[Sequence[object]]:
    yield from (
        messages.user.tolist(),
        messages.user_known.tolist(),
        messages.conversation.tolist(),
        messages.message.tolist(),
        messages.bucket.tolist(),
        messages.time.tolist(),
        messages.month.tolist(),
        messages.place,
        messages.age_band,
        messages.gender,
    )


texts = st.text(max_size=20)
words = st.none() | st.text(max_size=12)
people = st.builds(
    Person,
    id=words,
    country=words,
    birth_year=st.none() | st.integers(-(10**30), 10**30) | st.integers(1900, 2030),
    age=st.none() | st.integers(-(10**30), 10**30) | st.integers(0, 100),
    given_name=words,
    family_name=words,
    gender=words,
)
times = st.none() | st.floats() | st.floats(1.4e9, 2e9)


@st.composite
def records(draw: st.DrawFn) -> Conversation:
    turns = [
        Turn(draw(st.sampled_from(ROLES)), draw(texts), draw(times), draw(st.integers(-1, n - 1)))
        for n in range(draw(st.integers(0, 5)))
    ]
    return Conversation(draw(words), draw(people), tuple(turns), draw(times))


@given(st.lists(records(), max_size=5))
def test_any_record_becomes_columns_of_one_length(conversations: list[Conversation]) -> None:
    messages = batch(*conversations)
    turns = [turn for record in conversations for turn in record.turns]
    assert messages.texts == [turn.text for turn in turns]
    assert messages.is_user.tolist() == [turn.role == "user" for turn in turns]
    assert len(messages) == messages.is_user.sum()
    assert {len(column) for column in columns(messages)} == {len(messages)}
    assert (messages.parents < np.arange(len(turns))).all()
    assert set(messages.age_band) <= {*AGE_BANDS, "unknown"}
    assert set(messages.gender) <= {"feminine", "masculine", "unknown"}
    assert set(messages.bucket.tolist()) <= set(range(PARTITIONS))
    assert ((messages.time == -1) == (messages.month == 0)).all()
    for pseudonyms in (messages.user, messages.conversation, messages.message):
        assert all(len(value) == 16 for value in pseudonyms.tolist())


@given(st.lists(records(), max_size=5))
def test_a_record_gives_the_same_rows_in_any_batch(conversations: list[Conversation]) -> None:
    together = batch(*conversations)
    alone = [batch(record) for record in conversations]
    for number, column in enumerate(columns(together)):
        rows = [row for one in alone for row in list(columns(one))[number]]
        assert list(column) == rows


def test_no_turn_at_all_is_an_empty_batch() -> None:
    assert len(batch()) == len(batch(talk())) == 0


@given(st.text(min_size=1).filter(str.strip), st.lists(st.integers(0, 9), min_size=1, max_size=4))
def test_a_person_has_one_pseudonym_in_every_batch_and_order(name: str, order: list[int]) -> None:
    person = Person(id=name)
    met = {
        user
        for number in order
        for user in batch(talk("a", id=str(number), person=person)).user.tolist()
    }
    assert len(met) == 1
    assert met.isdisjoint(batch(talk("a", person=Person(id=name + "."))).user.tolist())


def test_spaces_around_an_id_and_composition_of_its_letters_do_not_make_another_person() -> None:
    spellings = ("zoë@example.org", " zoë@example.org\n", "zoe\u0308@example.org")
    met = [batch(talk("a", person=Person(id=spelling))).user[0] for spelling in spellings]
    assert len(set(met)) == 1


@given(records())
def test_pseudonyms_of_two_keys_have_nothing_in_common(record: Conversation) -> None:
    one, two = batch(record), batch(record, key=OTHER)
    for name in ("user", "conversation", "message"):
        assert set(getattr(one, name).tolist()).isdisjoint(getattr(two, name).tolist())


def test_kinds_of_pseudonyms_are_apart_even_for_equal_ids() -> None:
    person = Person(id="same")
    turn = Turn("user", "same", id="same")
    messages = batch(Conversation("same", person, (turn,)))
    assert len({messages.user[0], messages.conversation[0], messages.message[0]}) == 3


def test_parts_of_a_pseudonym_do_not_run_together() -> None:
    nobody = Person()
    talks = [talk("bc", id="a", person=nobody), talk("c", id="ab", person=nobody)]
    talks += [talk("a", "b", id=None, person=nobody), talk("a\x00b", id=None, person=nobody)]
    assert len(set(batch(*talks).conversation.tolist())) == 4


def test_a_persons_rows_lie_in_one_partition_and_people_in_all() -> None:
    met = batch(*(talk("a", person=Person(id=str(n))) for n in range(400)))
    assert set(met.bucket.tolist()) == set(range(PARTITIONS))
    assert [user[0] % PARTITIONS for user in met.user.tolist()] == met.bucket.tolist()


@given(st.lists(st.tuples(texts, texts), min_size=1, max_size=4), st.tuples(texts, texts))
def test_a_grown_conversation_keeps_its_messages_pseudonyms(
    said: list[tuple[str, str]], more: tuple[str, str]
) -> None:
    old = [text for pair in said for text in pair]
    for person in (Person(id="ann"), Person()):
        before, after = batch(talk(*old, person=person)), batch(talk(*old, *more, person=person))
        assert before.message.tolist() == after.message.tolist()[: len(before)]
        assert len(set(after.message.tolist())) == len(after)


def test_a_message_with_an_id_is_the_same_wherever_it_stands() -> None:
    person = Person(id="ann")
    turns = (Turn("user", "a", id="m1"), Turn("user", "b", id="m2"))
    edited = (Turn("user", "a, corrected", id="m1"), *turns[1:])
    there = batch(Conversation("c", person, turns)).message.tolist()
    assert batch(Conversation("c", person, turns[::-1])).message.tolist() == there[::-1]
    assert batch(Conversation("c", person, edited)).message.tolist() == there


def test_equal_ids_of_different_people_or_of_nobody_are_different_conversations() -> None:
    nobody = Person()
    messages = batch(
        talk("a", id="1"),
        talk("a", id="1", person=Person(id="bob")),
        talk("a", id="1", person=nobody),
        talk("b", id="1", person=nobody),
    )
    assert len(set(messages.conversation.tolist())) == 4
    assert messages.user_known.tolist() == [True, True, False, False]
    assert messages.user[2:].tolist() == messages.conversation[2:].tolist()


@pytest.mark.parametrize("id", [None, "", "  "])
def test_without_ids_an_exact_copy_is_the_same_conversation_and_another_talk_is_not(
    id: str | None,
) -> None:
    nobody = Person(id=id)
    first, again, other = (
        batch(talk("a", reply, id=id, person=nobody)).conversation[0] for reply in ("x", "x", "y")
    )
    assert first == again != other


def test_parents_point_into_the_batch() -> None:
    messages = batch(talk("a", "b", "c"), talk("d", "e", id="c2"))
    assert messages.parents.tolist() == [-1, 0, 1, -1, 3]


def test_a_turn_that_follows_a_later_one_is_a_fault_of_the_reader() -> None:
    turns = (Turn("user", "a"), Turn("user", "b", parent=1))
    with pytest.raises(ValueError, match="later one"):
        batch(talk("a"), Conversation("c", Person(), turns))


def test_a_message_without_a_time_of_use_has_that_of_its_conversation() -> None:
    may = datetime(2024, 5, 1, tzinfo=UTC).timestamp()
    turns = (Turn("user", "a", may + 0.9), Turn("user", "b"), Turn("user", "c", 0.0))
    messages = batch(Conversation("c", Person(birth_year=2000), turns, NOON))
    assert messages.month.tolist() == [202405, 202506, 202506]
    assert messages.time.tolist() == [int(may), int(NOON), int(NOON)]
    assert messages.age_band == ["18-24", "25-34", "25-34"]


def test_attributes_are_those_of_the_person() -> None:
    person = Person(
        id="a", country="Қазақстан", birth_year=1990, given_name="Айгерим", family_name="Ким"
    )
    messages = batch(talk("a", "b", "c", person=person), talk("d", person=Person(id="b")))
    assert messages.place == ["KAZ", "KAZ", "unknown"]
    assert messages.age_band == ["35-44", "35-44", "unknown"]
    assert messages.gender == ["feminine", "feminine", "unknown"]


def test_a_text_is_cut_when_it_enters() -> None:
    messages = batch(talk("x" * (LONGEST_TEXT + 1), "y" * 50_000))
    assert [len(text) for text in messages.texts] == [LONGEST_TEXT] * 2


CANARY = "kanarek7319"


def test_no_column_but_the_texts_holds_what_names_a_person() -> None:
    person = Person(id=CANARY, country=CANARY, given_name=CANARY, family_name=CANARY, gender=CANARY)
    turn = Turn("user", "hello", NOON, id=CANARY)
    messages = batch(Conversation(CANARY, person, (turn,), NOON, CANARY))
    stored = pickle.dumps(messages)
    for encoding in ("utf-8", "utf-16-le", "utf-32-le"):
        assert CANARY.encode(encoding) not in stored
    assert CANARY not in repr(list(columns(messages)))


def test_the_key_and_what_was_met_show_in_no_repr_pickle_or_copy() -> None:
    secret = b"a secret of 32 bytes, no shorter"
    pseudonymiser = Pseudonymiser(secret)
    pseudonymiser.batch([talk(CANARY, id=CANARY, person=Person(id=CANARY, given_name=CANARY))])
    shown = repr(pseudonymiser) + str(pseudonymiser)
    shown += "".join(repr(getattr(pseudonymiser, slot)) for slot in type(pseudonymiser).__slots__)
    assert "secret" not in shown
    assert CANARY not in shown
    assert not hasattr(pseudonymiser, "__dict__")
    for way in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError, match="is not pickled") as raised:
            way(pseudonymiser)
        assert "secret" not in str(raised.value)


@pytest.mark.parametrize("length", [0, 15, 65])
def test_a_key_that_is_no_key_is_refused_without_showing_it(length: int) -> None:
    with pytest.raises(ConfigError, match=f"has {length} bytes") as raised:
        Pseudonymiser(b"q" * length)
    assert "q" * 3 not in str(raised.value)


def test_a_lone_surrogate_is_hashed_and_not_thrown_about() -> None:
    person = Person(id="\ud800x", given_name="\udfff", country="\ud800")
    messages = batch(talk("\ud800", id="\ud800", person=person), talk("\ud801", id=None))
    assert len(set(messages.message.tolist())) == 2
