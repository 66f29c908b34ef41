"""A public release: labels to noisy tables, paid for first, and to estimates from these alone."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from uptake.catalog import facet
from uptake.config import Config
from uptake.estimate import estimate, per_head
from uptake.flow.usage import Known, Usage
from uptake.model.errors import ConfigError
from uptake.model.joint import KeySpace
from uptake.model.labels import LANGUAGES
from uptake.model.messages import UNKNOWN
from uptake.model.promise import Promise
from uptake.protect import public
from uptake.protect.noisy import Parameters
from uptake.pseudonymise import AGE_BANDS
from uptake.pseudonymise.wordlists import GENDERS
from uptake.tally import Counts, Plan
from uptake.tally.bounding import MINORS
from uptake.tally.joint import joint

SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Public:
    """The usage figures of a public release and what they promise."""

    usage: Usage
    promise: Promise


def keys_of(config: Config) -> KeySpace:
    """Return the key space of an observatory: its places, and closed lists."""
    named = {name: facet(name).ids for name in ("intent", "work", "topic")}
    groups = tuple(group.id for group in facet("topic").groups)
    return KeySpace(
        places=(*config.region.places, UNKNOWN),
        age_bands=(*(band for band in AGE_BANDS if band not in MINORS), UNKNOWN),
        genders=(*GENDERS, UNKNOWN),
        facets={**named, "topic_group": groups, "language": LANGUAGES},
    )


def parameters_of(config: Config) -> Parameters:
    """Return the bounds and the noise of the settings.

    Raises:
        ConfigError: They promise nothing.
    """
    privacy = config.privacy
    try:
        return Parameters(
            privacy.cells,
            privacy.messages,
            privacy.people_noise,
            privacy.messages_noise,
            privacy.moments_noise,
        )
    except ValueError as error:
        raise ConfigError(f"[privacy]: {error}") from None


UNUSED = "usage.gold is not used in public mode: sums of a labelled sample carry no noise"


def require_labels(config: Config) -> None:
    """Refuse a release without labels.

    Raises:
        ConfigError: Nothing is labelled, so there are no joint tables.
    """
    if config.usage.labeller == "none":
        raise ConfigError("usage.labeller: public mode needs labels; set a labeller")


def measure(
    parts: Sequence[Path], plan: Plan, known: Known, config: Config, door: public.Door
) -> Public:
    """Carry stored labels through the door with noise to estimates."""
    keys, parameters = keys_of(config), parameters_of(config)
    # The key that chooses contributions is drawn here and forgotten: nobody can ask it again.
    months = joint(parts, keys, parameters.bounds, os.urandom(SECRET_BYTES))
    until = config.privacy.until
    wanted = {m: cells for m, cells in months.items() if not until or m <= until}
    noisy = public.released_months(wanted, keys, parameters, door)
    del months, wanted
    # from here on only noisy counts
    splits = tuple(split.dimensions for split in plan.splits)
    cells = public.lay_out(noisy, keys, parameters, splits, config.privacy.min_people)
    heads = per_head(cells, known.population) if known.population else ()
    heads = tuple(sorted(heads, key=lambda found: found.denominator != known.denominator))
    usage = Usage(cells, estimate(cells, known.calibration), heads, (), Counts())
    return Public(usage, public.promise(door, parameters, tuple(noisy)))
