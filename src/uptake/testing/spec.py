"""What a simulated population is like: a TOML file read into frozen types."""

import math
import re
import tomllib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec

from uptake.catalog import facet
from uptake.model.errors import ConfigError
from uptake.model.labels import LANGUAGES

BANDS = ("13-17", "18-24", "25-34", "35-44", "45-54", "55-64", "65+")
"""Age bands that a population may have."""

MINOR = BANDS[0]
"""The band whose messages are in no figure."""

NOTICE = "synthetic demonstration data"
"""What every file with simulated records says."""

EXAMPLE = "central-asia"
"""The packaged example whose population is used where none is named."""


_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


class Activity(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How much people write.

    Attributes:
        mean: Expected messages of a person in a month after the first one.
        spread: Standard deviation of the logarithm of a person's rate: the heavy tail.
        shape: Shape of the gamma that varies a person's rate from month to month.
        growth: Factor on everybody's rate from one month to the next.
        conversation: Expected messages by the person in one conversation.
        follow: Chance that a later message of a conversation is of the first one's kind.
    """

    mean: float
    spread: float
    shape: float
    growth: float
    conversation: float
    follow: float


class Missing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Share of people whose records lack an attribute, and of those who state a gender."""

    country: float = 0.0
    birth_year: float = 0.0
    name: float = 0.0
    stated_gender: float = 0.0


class Adoption(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When people write for the first time: a logistic curve.

    Attributes:
        middle: Month (0 is the first) in which adoption is fastest.
        pace: Months over which it goes from slow to fast; larger is flatter.
        before: Share of people who began before the period, hence in its first month.
    """

    middle: float
    pace: float
    before: float = 0.0


class PlaceSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The people of one place.

    Attributes:
        weight: Relative size.
        ages: Weight of each age band.
        feminine: Share of women.
        languages: Weight of each language as a person's main one.
        switching: Share of people who write in a second language as well.
        intent: Weight of asking, doing and expressing before all else.
        topics: Factor on a topic's weight.
        utc_offset: Hours that local clocks are ahead of UTC.
        country: How records spell the place.
        names: Entries of ``catalog/names`` from which people are called, with weights.
    """

    weight: float
    ages: dict[str, float]
    feminine: float
    languages: dict[str, float]
    switching: float
    intent: dict[str, float]
    utc_offset: float
    country: list[str]
    names: dict[str, float] = {}
    topics: dict[str, float] = {}


class Spec(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A population.

    Attributes:
        title: What it stands for.
        people: How many people are drawn unless the caller says otherwise.
        seed: Likewise.
        first_month: ``2025-01``.
        months: How many months.
        concentration: Of the Dirichlet from which each person's mix of intents and topics is
            drawn: small means that people differ much.
        hours: Weight of each of 24 local hours.
        topics: By intent, the weight of each topic.
        work: By topic, the weights of work, study and personal; ``default`` for the rest.
        occupations: Factor on work, study and personal, by occupation.
        occupation_by_age: By age band, the weight of each occupation.
        topics_by_age: By age band, factor on a topic's weight.
        topics_by_gender: By gender, likewise.
        trend: Factor on a topic's weight from one year to the next.
        places: By ISO 3166-1 alpha-3 code.
    """

    title: str
    people: int
    seed: int
    first_month: str
    months: int
    concentration: float
    hours: list[float]
    activity: Activity
    adoption: Adoption
    missing: Missing
    topics: dict[str, dict[str, float]]
    work: dict[str, list[float]]
    occupations: dict[str, list[float]]
    occupation_by_age: dict[str, dict[str, float]]
    places: dict[str, PlaceSpec]
    topics_by_age: dict[str, dict[str, float]] = {}
    topics_by_gender: dict[str, dict[str, float]] = {}
    trend: dict[str, float] = {}

    @property
    def calendar(self) -> tuple[int, ...]:
        """Return the months as yyyymm.

        >>> example_spec().calendar[:2], example_spec().calendar[-1]
        ((202501, 202502), 202606)
        """
        year, month = (int(part) for part in self.first_month.split("-"))
        counted = [year * 12 + month - 1 + i for i in range(self.months)]
        return tuple(n // 12 * 100 + n % 12 + 1 for n in counted)


def parse(raw: dict[str, Any]) -> Spec:
    """Check a population that was read from TOML.

    Raises:
        ConfigError: A setting is missing, unknown or out of range.
    """
    try:
        spec = msgspec.convert(raw, Spec)
    except msgspec.ValidationError as error:
        raise ConfigError(f"population: {error}; compare with the packaged example") from None
    _check(spec)
    return spec


def load_spec(path: Path) -> Spec:
    """Read a population from a TOML file."""
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise ConfigError(f"{path.name}: is no TOML in UTF-8; mend it") from None
    except OSError as error:
        raise ConfigError(f"{path.name}: {error.strerror}; name a population file") from None
    return parse(raw)


@cache
def example_spec(name: str = EXAMPLE) -> Spec:
    """Return the population of a packaged example."""
    path = files("uptake.catalog") / "examples" / name / "simulation.toml"
    return parse(tomllib.loads(path.read_text(encoding="utf-8")))


def _check(spec: Spec) -> None:
    topics, intents = facet("topic").ids, facet("intent").ids
    _known("topics", spec.topics, intents)
    _known("occupation_by_age", spec.occupation_by_age, BANDS)
    _known("topics_by_age", spec.topics_by_age, BANDS)
    _known("topics_by_gender", spec.topics_by_gender, ("feminine", "masculine"))
    _known("work", spec.work, (*topics, "default"))
    factors = {"trend": spec.trend} | {f"topics.{i}": w for i, w in spec.topics.items()}
    factors |= {f"topics_by_age.{k}": w for k, w in spec.topics_by_age.items()}
    factors |= {f"topics_by_gender.{k}": w for k, w in spec.topics_by_gender.items()}
    for iso3, place in spec.places.items():
        where = f"places.{iso3}"
        _known(f"{where}.ages", place.ages, BANDS)
        # There are no written messages in ``other``, the last one.
        _known(f"{where}.languages", place.languages, LANGUAGES[:-1])
        _known(f"{where}.intent", place.intent, intents)
        _share(f"{where}.feminine", place.feminine)
        _share(f"{where}.switching", place.switching)
        factors[f"{where}.topics"] = place.topics
        for name in ("ages", "languages", "intent"):
            _some(f"{where}.{name}", getattr(place, name))
    _some("places", {iso3: place.weight for iso3, place in spec.places.items()})
    for where, weights in factors.items():
        _known(where, weights, topics)
        _positive(where, list(weights.values()))
    for attribute, share in msgspec.structs.asdict(spec.missing).items():
        _share(f"missing.{attribute}", share)
    _share("activity.follow", spec.activity.follow)
    _sizes(spec)


def _sizes(spec: Spec) -> None:
    activity = spec.activity
    if activity.conversation < 1 or min(activity.mean, activity.shape, activity.growth) <= 0:
        raise ConfigError("population: activity has a rate that is not above zero; raise it")
    if not _MONTH.fullmatch(spec.first_month):
        raise ConfigError("population: first_month is not as 2025-01; write year and month")
    if spec.months < 1 or spec.people < 1 or spec.concentration <= 0:
        raise ConfigError("population: people, months and concentration must be positive")
    if len(spec.hours) != 24 or any(len(w) != 3 for w in [*spec.work.values()]):
        raise ConfigError("population: give 24 weights of hours and 3 of work, study, personal")
    if "default" not in spec.work or set(spec.occupation_by_age) != set(BANDS):
        raise ConfigError("population: give work.default and occupations of every age band")
    for band, weights in spec.occupation_by_age.items():
        _known(f"occupation_by_age.{band}", weights, tuple(spec.occupations))


def _some(where: str, weights: dict[str, float]) -> None:
    _positive(where, list(weights.values()))
    if not sum(weights.values()) > 0:
        raise ConfigError(f"population: {where} has no weight above zero; give it one")


def _known(where: str, given: dict[str, Any], known: tuple[str, ...]) -> None:
    for name in given:
        if name not in known:
            raise ConfigError(f"population: {where} names {name!r}; there is: {', '.join(known)}")


def _share(where: str, value: float) -> None:
    if not 0 <= value <= 1:
        raise ConfigError(f"population: {where} is {value}; a share lies between 0 and 1")


def _positive(where: str, values: list[float]) -> None:
    if any(value < 0 or not math.isfinite(value) for value in values):
        raise ConfigError(f"population: {where} holds a weight below zero; weights start at 0")
