"""What is true of a simulated population: counts of what was written, shares in expectation."""

from dataclasses import dataclass
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from uptake.catalog import facet
from uptake.model.dimensions import ALL, KEYS, TOTAL
from uptake.model.labels import LANGUAGES
from uptake.model.messages import UNKNOWN
from uptake.testing.closed import ATTRIBUTES, Composition
from uptake.testing.corpus import Corpus, corpus
from uptake.testing.labels import Shown, shown
from uptake.testing.messages import Drawn, draw_messages
from uptake.testing.people import GENDERS, draw_people
from uptake.testing.spec import BANDS, MINOR, Spec
from uptake.testing.sums import Cell, Frame, Sums

Ints = NDArray[np.int64]

_BATCH = 10_000
_FEWEST = 200
# Fewest drawn people behind an expected share: below, its error could not be told either.
_COUNTS = (*KEYS, "messages", "people", "conversations")
_SHARES = (
    *KEYS,
    *("message_share", "message_share_error"),
    *("people_share", "people_share_error"),
    *("reach", "reach_error"),
)


class Rows(msgspec.Struct, frozen=True):
    """A table: names of columns, and rows."""

    columns: tuple[str, ...]
    rows: list[tuple[str | int | float, ...]]

    def by_key(self) -> dict[tuple[str, ...], dict[str, float]]:
        """Return the figures of each cell by its key, in the order of ``KEYS``."""
        size = len(KEYS)
        return {
            tuple(str(part) for part in row[:size]): dict(
                zip(self.columns[size:], (float(value) for value in row[size:]), strict=True)
            )
            for row in self.rows
        }


class Truth(msgspec.Struct, frozen=True, kw_only=True):
    """What ``truth.json`` holds.

    Attributes:
        notice: ``synthetic demonstration data``.
        population: Title of the specification.
        format: Of the files.
        seed: Of the draw.
        totals: People, conversations, messages, messages of minors, and messages above the cap.
        realised: What a correct reader counts in the files, minors included, no cap: messages,
            distinct people and distinct conversations of each cell that is not empty.
        messages_cap: Most messages of a person and month behind ``expected``.
        expected_people: How many people ``expected`` was drawn from.
        expected: The parameters that estimates target, of people from 18 on: share of messages,
            mean share of a person's messages, and share of people with any; each with the
            standard error of the draw that it was computed from, 0 where there is a closed form.
    """

    notice: str
    population: str
    format: str
    seed: int
    totals: dict[str, int]
    realised: Rows
    messages_cap: int
    expected_people: int
    expected: Rows


def words(spec: Spec) -> dict[str, tuple[str, ...]]:
    """Return the values of each dimension and facet of a population."""
    return {
        "place": (*spec.places, UNKNOWN),
        "month": tuple(f"{m // 100}-{m % 100:02d}" for m in spec.calendar),
        "age_band": (*BANDS, UNKNOWN),
        "gender": (*GENDERS, UNKNOWN),
        "language": LANGUAGES,
        "intent": facet("intent").ids,
        "work": facet("work").ids,
        "topic": facet("topic").ids,
        "topic_group": tuple(group.id for group in facet("topic").groups),
        TOTAL: (ALL,),
    }


def frame(spec: Spec, written: Corpus, seen: Shown, drawn: Drawn) -> Frame:
    """Code messages by what a reader can know of them."""
    known = words(spec)
    topic = written.topic[drawn.kind]
    group = np.array([known["topic_group"].index(v.group) for v in facet("topic").values])
    codes = {
        "place": seen.place[drawn.person],
        "month": drawn.month,
        "age_band": seen.age_band[drawn.person],
        "gender": seen.gender[drawn.person],
        "language": drawn.language,
        "intent": written.intent[drawn.kind],
        "work": drawn.work,
        "topic": topic,
        "topic_group": group[topic],
        TOTAL: np.zeros_like(topic),
    }
    return Frame(codes, known, drawn.person, drawn.conversation)


def capped(person: Ints, month: Ints, cap: int) -> NDArray[np.bool_]:
    """Mark at most ``cap`` messages of a person's month, spread evenly over it.

    Messages come in the order of person, month and time.
    """
    cell = person * 1200 + month
    first = np.flatnonzero(np.append(True, cell[1:] != cell[:-1])) if len(cell) else cell
    sent = np.diff(np.append(first, len(cell)))
    rank = np.arange(len(cell)) - np.repeat(first, sent)
    of = np.repeat(sent, sent)
    return np.asarray((of <= cap) | ((rank + 1) * cap // of > rank * cap // of))


@dataclass(frozen=True, slots=True)
class Expectation:
    """How the expected shares are computed.

    Attributes:
        people: How many people are drawn for it; 0 leaves them out.
        cap: Most messages of a person and month.
        stated: What records say of people.
    """

    people: int = 100_000
    cap: int = 30
    stated: tuple[str, ...] = ATTRIBUTES


def expect(spec: Spec, how: Expectation, rng: np.random.Generator) -> Rows:
    """Compute the shares that estimates target, by a draw of many people without texts."""
    written, sums = corpus(), Sums(words(spec))
    for begin in range(0, how.people, _BATCH):
        people = draw_people(spec, written, min(_BATCH, how.people - begin), rng)
        drawn = draw_messages(spec, written, people, rng)
        coded = frame(spec, written, shown(spec, people, how.stated), drawn)
        adult = coded.codes["age_band"] != coded.words["age_band"].index(MINOR)
        sums.add(coded.keep(adult & capped(drawn.person, drawn.month, how.cap)))
    closed = Composition(spec, how.stated, words(spec))
    return Rows(
        _SHARES,
        [
            _shares(cell, closed.share(cell.key))
            for cell in sums.rows()
            if cell.key["facet"] != TOTAL and cell.group_people >= _FEWEST
        ],
    )


def realise(sums: Sums) -> Rows:
    """Return the counts of what was written."""
    return Rows(_COUNTS, [_counts(cell) for cell in sums.rows()])


def _counts(cell: Cell) -> tuple[str | int | float, ...]:
    key = (cell.key[name] for name in KEYS)
    return (*key, round(cell.messages), round(cell.people), round(cell.conversations))


def _shares(cell: Cell, exact: float | None) -> tuple[str | int | float, ...]:
    """Return the three shares, errors by the linearised ratio over people (Cochran 1977, 6.9)."""
    share = cell.messages / cell.group_messages
    residual = (
        cell.messages_squared
        - 2 * share * cell.messages_cross
        + share**2 * cell.group_messages_squared
    )
    n = cell.group_people
    mean, reach = cell.weight / n, cell.people / n
    figures = [
        (share, max(residual, 0.0) ** 0.5 / cell.group_messages),
        (mean, max(cell.weight_squared / n - mean**2, 0.0) ** 0.5 / n**0.5),
        (reach, (reach * (1 - reach) / n) ** 0.5),
    ]
    if exact is not None:
        closed = 3 if cell.key["facet"] in ATTRIBUTES else 2
        figures[:closed] = [(exact, 0.0)] * closed
    key = (cell.key[name] for name in KEYS)
    return (*key, *(round(value, 7) for figure in figures for value in figure))


def write_truth(path: Path, truth: Truth) -> None:
    """Write ``truth.json``, a row a line."""
    plain = msgspec.to_builtins(truth)
    encode = msgspec.json.encode
    for name in ("realised", "expected"):
        table = plain[name]
        rows = b",\n".join(encode(row) for row in table["rows"])
        plain[name] = msgspec.Raw(
            b'{"columns":' + encode(table["columns"]) + b',"rows":[\n' + rows + b"\n]}"
        )
    lines = (encode(key) + b":" + encode(value) for key, value in plain.items())
    path.write_bytes(b"{\n" + b",\n".join(lines) + b"\n}\n")


def read_truth(path: Path) -> Truth:
    """Read ``truth.json`` back."""
    return msgspec.json.decode(path.read_bytes(), type=Truth)
