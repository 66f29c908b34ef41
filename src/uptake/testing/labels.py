"""Labels without texts: whole simulated populations in memory, for tests of the statistics."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from uptake.catalog import facet
from uptake.model.labels import BANDS as CUTS
from uptake.model.labels import LANGUAGES, SCHEMA
from uptake.model.messages import PARTITIONS, UNKNOWN
from uptake.testing.corpus import corpus
from uptake.testing.messages import draw_messages
from uptake.testing.people import GENDERS, People, draw_people
from uptake.testing.spec import BANDS, Spec

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Shown:
    """What records show of each person: names, and N indices into them.

    Attributes:
        place: (N,) index in ``places``.
        age_band: (N,) index in ``bands``.
        gender: (N,) index in ``genders``.
        places: The places' codes, ``unknown`` last; so with the others.
        bands: Age bands.
        genders: Genders.
    """

    place: Ints
    age_band: Ints
    gender: Ints
    places: tuple[str, ...]
    bands: tuple[str, ...] = (*BANDS, UNKNOWN)
    genders: tuple[str, ...] = (*GENDERS, UNKNOWN)


def shown(
    spec: Spec, people: People, dimensions: tuple[str, ...] = ("place", "age_band", "gender")
) -> Shown:
    """Return what a reader can know of these people if records state these dimensions at most.

    A gender is known where it is stated, or else by the association of the name.
    """
    named = people.has_name | people.states_gender

    def known(dimension: str, value: Ints, states: NDArray[np.bool_], unknown: int) -> Ints:
        return np.where(states, value, unknown) if dimension in dimensions else unknown + 0 * value

    return Shown(
        place=known("place", people.place, people.has_country, len(spec.places)),
        age_band=known("age_band", people.band, people.has_birth_year, len(BANDS)),
        gender=known("gender", people.gender, named, len(GENDERS)),
        places=(*spec.places, UNKNOWN),
    )


def draw_labels(spec: Spec, n: int, rng: np.random.Generator) -> pa.Table:
    """Draw n people and return what they wrote as rows of ``uptake.model.labels.SCHEMA``.

    Labels are certain (a probability of 255/255) and true. What records of the population do not
    state is ``unknown``, as a reader would find it.
    """
    if n < 1:
        return SCHEMA.empty_table()
    written = corpus()
    people = draw_people(spec, written, n, rng)
    drawn = draw_messages(spec, written, people, rng)
    seen = shown(spec, people)
    users = _ids(n, rng)
    person = drawn.person
    topic = written.topic[drawn.kind]
    intent = written.intent[drawn.kind]
    groups = facet("topic").groups
    group = np.array([[g.id for g in groups].index(v.group) for v in facet("topic").values])
    conversations = int(drawn.conversation[-1]) + 1 if len(drawn) else 0
    columns: dict[str, Any] = {  # of pa.Array, whose stubs ask for a scalar type
        "bucket": pa.array(users[:, 0][person] % PARTITIONS, pa.uint8()),
        "user": _binary(users[person]),
        "user_known": pa.array(np.ones(len(drawn), dtype=np.bool_)),
        "conversation": _binary(_ids(conversations, rng)[drawn.conversation]),
        "message": _binary(_ids(len(drawn), rng)),
        "time": pa.array(drawn.time),
        "month": pa.array(np.array(spec.calendar, dtype=np.int32)[drawn.month]),
        "place": _words(seen.place[person], seen.places),
        "age_band": _words(seen.age_band[person], seen.bands),
        "gender": _words(seen.gender[person], seen.genders),
        "language": _words(drawn.language, LANGUAGES),
        "language_p": pa.array(np.full(len(drawn), 255, dtype=np.uint8)),
        "intent": _words(intent, facet("intent").ids),
        "intent_p": _certain(intent, 3),
        "intent_band": _sure(len(drawn)),
        "work": _words(drawn.work, facet("work").ids),
        "work_p": _certain(drawn.work, 3),
        "work_band": _sure(len(drawn)),
        "topic": _words(topic, facet("topic").ids),
        "topic_group": _words(group[topic], tuple(g.id for g in groups)),
        "topic_p": _certain(topic, len(facet("topic").ids)),
        "topic_band": _sure(len(drawn)),
    }
    return pa.table(columns, schema=SCHEMA)


def _ids(n: int, rng: np.random.Generator) -> NDArray[np.uint8]:
    return np.frombuffer(rng.bytes(16 * n), dtype=np.uint8).reshape(n, 16)


def _binary(rows: NDArray[np.uint8]) -> Any:
    buffer = pa.py_buffer(np.ascontiguousarray(rows).tobytes())
    return pa.FixedSizeBinaryArray.from_buffers(pa.binary(16), len(rows), [None, buffer])


def _words(index: Ints, words: tuple[str, ...]) -> Any:
    return pa.DictionaryArray.from_arrays(pa.array(index, pa.int32()), pa.array(words))


def _sure(size: int) -> Any:
    return pa.array(np.full(size, len(CUTS), dtype=np.uint8))


def _certain(index: Ints, size: int) -> Any:
    flat = (np.eye(size, dtype=np.uint8) * np.uint8(255))[index].ravel()
    return pa.FixedSizeListArray.from_arrays(pa.array(flat), size)
