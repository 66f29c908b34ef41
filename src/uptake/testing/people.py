"""Draw people: who they are, how much they write and what each of them tends to write about."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from uptake.catalog import facet
from uptake.model.errors import ConfigError
from uptake.model.labels import LANGUAGES
from uptake.testing.corpus import Corpus
from uptake.testing.spec import BANDS, PlaceSpec, Spec

GENDERS = ("feminine", "masculine")
_AGES = ((14, 16), (19, 23), (26, 33), (36, 43), (46, 53), (56, 63), (67, 79))
# Age reached in the first year. Ages keep clear of the edges of their band, so that neither a
# birthday nor the turn of a year moves a person into another and truth depends on no convention.

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class People:
    """N people, a column an attribute; indices are into the tuples of the specification.

    Attributes:
        place: (N,) index in ``spec.places``.
        band: (N,) index in ``BANDS``.
        birth_year: (N,).
        gender: (N,) index in ``GENDERS``.
        occupation: (N,) index in ``spec.occupations``.
        languages: (N, 2) index in ``LANGUAGES`` of the main and the second language.
        second: (N,) share of messages in the second language; 0 for most.
        kinds: (N, C) each person's mix of kinds of messages, before trend and language.
        counts: (N, months) messages in each month.
        has_country: (N,) the records state it; likewise for what follows.
        has_birth_year: (N,).
        has_name: (N,).
        states_gender: (N,).
    """

    place: Ints
    band: Ints
    birth_year: Ints
    gender: Ints
    occupation: Ints
    languages: Ints
    second: Floats
    kinds: Floats
    counts: Ints
    has_country: Bools
    has_birth_year: Bools
    has_name: Bools
    states_gender: Bools

    def __len__(self) -> int:
        """Return N."""
        return len(self.place)


def draw_people(spec: Spec, written: Corpus, n: int, rng: np.random.Generator) -> People:
    """Draw n people, every one of whom writes at least once."""
    places = list(spec.places.values())
    place = pick(rng, np.array([[p.weight for p in places]]), np.zeros(n, dtype=np.int64))
    band = pick(rng, np.array([[p.ages.get(b, 0.0) for b in BANDS] for p in places]), place)
    youngest, oldest = np.array(_AGES)[band].T
    age = youngest + np.floor(rng.random(n) * (oldest - youngest + 1)).astype(np.int64)
    gender = np.where(rng.random(n) < np.array([p.feminine for p in places])[place], 0, 1)
    jobs = np.array(
        [[spec.occupation_by_age[b].get(o, 0.0) for o in spec.occupations] for b in BANDS]
    )
    languages, second = _languages(places, place, rng)
    concentrations = spec.concentration * base_mix(spec, written)[place, band, gender]
    missing = spec.missing
    return People(
        place=place,
        band=band,
        birth_year=spec.calendar[0] // 100 - age,
        gender=gender,
        occupation=pick(rng, jobs, band),
        languages=languages,
        second=second,
        kinds=_dirichlet(concentrations, rng),
        counts=_counts(spec, n, rng),
        has_country=rng.random(n) >= missing.country,
        has_birth_year=rng.random(n) >= missing.birth_year,
        has_name=rng.random(n) >= missing.name,
        states_gender=rng.random(n) < missing.stated_gender,
    )


def pick(rng: np.random.Generator, weights: Floats, row: Ints) -> Ints:
    """Draw an index for each row number by the weights of that row."""
    edges = np.cumsum(weights, axis=1)
    edges /= edges[:, -1:]
    edges[:, -1] = 1.0
    return np.asarray((rng.random(len(row))[:, None] >= edges[row]).sum(axis=1))


def base_mix(spec: Spec, written: Corpus) -> Floats:
    """Return the expected mix of kinds by place, age band and gender: (P, bands, 2, C)."""
    intents, topics = facet("intent").ids, facet("topic").ids
    written_kinds = set(zip(written.intent.tolist(), written.topic.tolist(), strict=True))
    by_intent = np.zeros((len(intents), len(topics)))
    for name, weights in spec.topics.items():
        total = sum(weights.values())
        for one, weight in weights.items():
            kind = intents.index(name), topics.index(one)
            if weight > 0 and kind not in written_kinds:
                raise ConfigError(
                    f"population: topics.{name}.{one} has no written message; leave it out"
                )
            by_intent[kind] = weight / total

    def factors(table: dict[str, dict[str, float]], keys: tuple[str, ...]) -> Floats:
        return np.array([[table.get(key, {}).get(t, 1.0) for t in topics] for key in keys])

    places = {iso3: place.topics for iso3, place in spec.places.items()}
    of_intent = np.array([[p.intent.get(i, 0.0) for i in intents] for p in spec.places.values()])
    of_place = factors(places, tuple(places))
    of_age = factors(spec.topics_by_age, BANDS)
    of_gender = factors(spec.topics_by_gender, GENDERS)
    intent, topic = written.intent, written.topic
    mix = (
        (of_intent[:, intent] * by_intent[intent, topic] * of_place[:, topic])[:, None, None]
        * of_age[:, topic][None, :, None]
        * of_gender[:, topic][None, None]
    )
    return np.asarray(mix / mix.sum(axis=-1, keepdims=True))


def _languages(
    places: list[PlaceSpec], place: Ints, rng: np.random.Generator
) -> tuple[Ints, Floats]:
    weights = np.array([[p.languages.get(code, 0.0) for code in LANGUAGES] for p in places])
    main = pick(rng, weights, place)
    # A second language is another of the place's; where there is none the main one stays.
    left = weights[:, None, :] * (1 - np.eye(len(LANGUAGES)))[None]
    left = np.where(left.sum(-1, keepdims=True) > 0, left, np.eye(len(LANGUAGES))[None])
    other = pick(rng, left.reshape(-1, len(LANGUAGES)), place * len(LANGUAGES) + main)
    switches = rng.random(len(place)) < np.array([p.switching for p in places])[place]
    share = 0.1 + 0.4 * rng.random(len(place))
    return np.stack([main, other], axis=1), np.where(switches, share, 0.0)


def _dirichlet(concentrations: Floats, rng: np.random.Generator) -> Floats:
    drawn = rng.standard_gamma(concentrations)
    total = drawn.sum(axis=1, keepdims=True)
    # Very small concentrations can round every gamma to zero: such a person has the expected mix.
    drawn = np.where(total > 0, drawn, concentrations)
    return np.asarray(drawn / drawn.sum(axis=1, keepdims=True))


def _counts(spec: Spec, n: int, rng: np.random.Generator) -> Ints:
    """Messages by person and month: gamma-Poisson about a lognormal rate, from the entry on."""
    activity, months = spec.activity, np.arange(spec.months)
    rate = activity.mean * np.exp(activity.spread * rng.standard_normal(n) - activity.spread**2 / 2)
    wave = rng.standard_gamma(activity.shape, size=(n, spec.months)) / activity.shape
    drawn = rng.poisson(rate[:, None] * wave * activity.growth**months)
    entry = pick(rng, entry_weights(spec)[None], np.zeros(n, dtype=np.int64))
    drawn = np.where(months[None] < entry[:, None], 0, drawn)
    drawn[np.arange(n), entry] += 1
    return drawn


def entry_weights(spec: Spec) -> Floats:
    """Return the share of people whose first month is each of the period's months."""
    edges = np.arange(spec.months + 1, dtype=np.float64)
    adopted = 1 / (1 + np.exp(-(edges - spec.adoption.middle) / spec.adoption.pace))
    weights = np.diff(adopted) / (adopted[-1] - adopted[0]) * (1 - spec.adoption.before)
    weights[0] += spec.adoption.before
    return np.asarray(weights)
