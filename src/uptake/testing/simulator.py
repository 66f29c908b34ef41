"""Write synthetic logs whose truth is known: ``OUT/logs/`` and ``OUT/truth.json``."""

from contextlib import closing
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from uptake.model.errors import ConfigError, UnknownNameError
from uptake.testing.accounts import accounts
from uptake.testing.corpus import corpus
from uptake.testing.formats import FORMATS, Writer
from uptake.testing.labels import shown
from uptake.testing.messages import Drawn, draw_messages
from uptake.testing.people import draw_people
from uptake.testing.sample import FILE, Sample, by_talk
from uptake.testing.spec import MINOR, NOTICE, Spec, example_spec
from uptake.testing.sums import Frame, Sums
from uptake.testing.texts import talks
from uptake.testing.truth import (
    Expectation,
    Truth,
    capped,
    expect,
    frame,
    realise,
    words,
    write_truth,
)

_BATCH = 5_000
_LABELS, _TEXTS, _ACCOUNTS, _EXPECTED, _SAMPLE = range(5)
_README = f"""{NOTICE}

The records in logs/ were made by a program. Nobody wrote them, and nothing in them says anything
about a real person or place. truth.json holds what is true of them.
"""


def simulate(  # noqa: PLR0913 (independent settings of one draw, all but the first optional)
    out: Path,
    *,
    people: int | None = None,
    seed: int | None = None,
    fmt: str = "jsonl",
    spec: Spec | None = None,
    expected_people: int = 100_000,
    gold: int = 0,
) -> Truth:
    """Write a population's logs in a format, and their truth.

    Memory holds a few thousand people at a time. The same arguments give the same bytes, and the
    same people and messages in each format.

    Args:
        out: A folder without ``logs/`` and ``truth.json``; made if it is not there.
        people: How many; None as the population says.
        seed: Of all that is drawn; None as the population says.
        fmt: One of ``FORMATS``.
        spec: The population; None for that of the packaged example.
        expected_people: How many further people the expected shares are computed from, about
            20,000 a second; 0 leaves the shares out.
        gold: Size of a labelled sample of the counted messages, ``OUT/gold.jsonl``; in the format
            ``jsonl`` only.

    Raises:
        ConfigError: ``out`` already holds logs or a truth, or nobody is to be drawn.
        UnknownNameError: There is no such format.
    """
    spec = spec or example_spec()
    people = spec.people if people is None else people
    seed = spec.seed if seed is None else seed
    if fmt not in FORMATS:
        raise UnknownNameError("format", fmt, tuple(FORMATS))
    if people < 1 or seed < 0 or expected_people < 0:
        raise ConfigError("simulate: draw 1 person or more, by a seed of 0 or more")
    if gold and fmt != "jsonl":
        raise ConfigError("simulate: a labelled sample goes with the format jsonl")
    logs = _new(out)
    sample = Sample(gold, corpus())
    sums, how = Sums(words(spec)), Expectation(expected_people, stated=FORMATS[fmt].states)
    totals = {"people": 0, "conversations": 0, "messages": 0, "minors": 0, "above_cap": 0}
    with closing(FORMATS[fmt].writer(logs)) as writer:
        for first in range(0, people, _BATCH):
            size = min(_BATCH, people - first)
            drawn = _write(spec, (first, size, seed), (writer, sample), how)
            sums.add(drawn)
            for name, count in _totals(drawn, how).items():
                totals[name] += count
    truth = Truth(
        notice=NOTICE,
        population=spec.title,
        format=fmt,
        seed=seed,
        totals=totals,
        realised=realise(sums),
        messages_cap=how.cap,
        expected_people=expected_people,
        expected=expect(spec, how, stream(seed, 0, _EXPECTED)),
    )
    if gold:
        sample.write(out / FILE)
    (out / "SYNTHETIC.txt").write_text(_README, encoding="utf-8")
    write_truth(out / "truth.json", truth)
    return truth


def stream(seed: int, batch: int, purpose: int = _LABELS) -> np.random.Generator:
    """Return the random stream of one batch of people and one purpose.

    Texts and names have streams of their own, so that they can change without the labels.
    """
    return np.random.Generator(np.random.PCG64DXSM([seed, batch, purpose]))


def _new(out: Path) -> Path:
    logs = out / "logs"
    if (out / "truth.json").exists() or (logs.is_dir() and any(logs.iterdir())):
        raise ConfigError(f"{out.name}: already holds logs; name a new folder or empty logs/")
    try:
        logs.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"{out.name}: {error.strerror}; name a folder to write to") from None
    return logs


def _write(
    spec: Spec, batch: tuple[int, int, int], into: tuple[Writer, Sample], how: Expectation
) -> Frame:
    """Draw and write one batch: (number of the first person, how many, seed)."""
    writer, sample = into
    first, size, seed = batch
    written = corpus()
    rng = stream(seed, first // _BATCH)
    people = draw_people(spec, written, size, rng)
    drawn = draw_messages(spec, written, people, rng)
    known = accounts(spec, people, first, stream(seed, first // _BATCH, _ACCOUNTS))
    calendar = spec.calendar
    coded = frame(spec, written, shown(spec, people, how.stated), drawn)
    keys = stream(seed, first // _BATCH, _SAMPLE).random(len(drawn))
    keys[~_counts(coded, drawn, how)] = np.inf
    for talk, own in zip(
        talks(written, drawn, stream(seed, first // _BATCH, _TEXTS)), by_talk(drawn), strict=True
    ):
        writer.add(known[talk.person], talk, calendar[talk.month])
        sample.add(drawn, talk, known[talk.person], keys, own)
    return coded


def _counts(coded: Frame, drawn: Drawn, how: Expectation) -> NDArray[np.bool_]:
    """Mark the messages that figures count: no minors', none above the cap."""
    adult = coded.codes["age_band"] != coded.words["age_band"].index(MINOR)
    return np.asarray(adult & capped(drawn.person, drawn.month, how.cap))


def _totals(drawn: Frame, how: Expectation) -> dict[str, int]:
    minor = drawn.codes["age_band"] == drawn.words["age_band"].index(MINOR)
    return {
        "people": len(np.unique(drawn.person)),
        "conversations": len(np.unique(drawn.conversation)),
        "messages": len(drawn.person),
        "minors": int(minor.sum()),
        "above_cap": int((~capped(drawn.person, drawn.codes["month"], how.cap)).sum()),
    }
