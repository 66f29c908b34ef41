"""A public release: labels to noisy tables, paid for first, and to estimates from these alone."""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from uptake.catalog import facet
from uptake.config import Config
from uptake.estimate import changes, demography, estimate, per_head
from uptake.flow.usage import Known, Usage
from uptake.model.errors import ConfigError
from uptake.model.joint import KeySpace
from uptake.model.labels import LANGUAGES
from uptake.model.messages import UNKNOWN
from uptake.model.months import months_between
from uptake.model.promise import Promise
from uptake.protect import mark_listed, public
from uptake.protect.noisy import Parameters
from uptake.pseudonymise import AGE_BANDS
from uptake.pseudonymise.wordlists import GENDERS
from uptake.tally import Counts, Plan
from uptake.tally.bounding import MINORS
from uptake.tally.joint import joint
from uptake.tally.periods import periods

SECRET_BYTES = 32
MOST_MONTHS = 120


@dataclass(frozen=True, slots=True)
class Public:
    """The usage figures of a public release and what they promise."""

    usage: Usage
    promise: Promise


def keys_of(config: Config) -> KeySpace:
    """Return the key space of an observatory: its places, and closed lists.

    Places are in the order of the alphabet: naming them in another order is no other release.
    """
    protected = config.protected
    named = {name: facet(name).ids for name in ("intent", "work", "topic")}
    groups = tuple(group.id for group in facet("topic").groups)
    return KeySpace(
        places=(*sorted(set(config.region.places) - {*protected.all}), UNKNOWN),
        age_bands=(*(band for band in AGE_BANDS if band not in MINORS), UNKNOWN),
        genders=(*GENDERS, UNKNOWN),
        facets={**named, "topic_group": groups, "language": LANGUAGES},
        unlocated=protected.coarsened,
    )


def require_over(config: Config, today: datetime) -> None:
    """Refuse a month that still runs or has not begun: it would be paid for, and frozen as it is.

    Raises:
        ConfigError: ``privacy.until`` is not over.
    """
    now = f"{today:%Y-%m}"
    if config.privacy.until >= now:
        raise ConfigError(
            f"privacy.until is {config.privacy.until}, which is not over on {today:%Y-%m-%d}; a "
            "month is released once, so name a month before "
            f"{now} (or set the clock right)"
        )


def months_of(config: Config) -> tuple[str, ...]:
    """Return every month of the release: by the settings alone, for which have messages is private.

    Raises:
        ConfigError: The settings do not say from which month to which.
    """
    first, last = config.privacy.since, config.privacy.until
    for name, value in (("since", first), ("until", last)):
        if not re.fullmatch(r"[12][0-9]{3}-(0[1-9]|1[0-2])", value):
            raise ConfigError(
                f"privacy.{name} is {value!r}; public mode needs the first and the last month, "
                'such as "2025-01": a month is released once, when it is over'
            )
    if first > last:
        raise ConfigError(f"privacy.since is {first}, after privacy.until, {last}")
    months = tuple(months_between(first, last))
    if len(months) > MOST_MONTHS:
        raise ConfigError(f"privacy: {len(months)} months; the most are {MOST_MONTHS}")
    return months


def parameters_of(config: Config) -> Parameters:
    """Return the bounds and the noise of the settings.

    Raises:
        ConfigError: They promise nothing.
    """
    privacy = config.privacy
    try:
        return Parameters(
            cells=privacy.cells,
            messages=privacy.messages,
            people_sigma=privacy.people_noise,
            messages_sigma=privacy.messages_noise,
            margins_sigma=privacy.margins_noise,
            totals_sigma=privacy.totals_noise,
            volumes_sigma=privacy.volumes_noise,
            heads_sigma=privacy.heads_noise,
            moments_sigma=privacy.moments_noise,
        )
    except ValueError as error:
        raise ConfigError(f"[privacy]: {error}") from None


def compared(months: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """Return the two periods that are compared, as internal mode chooses them from busy months.

    >>> compared(("2025-01", "2025-02", "2025-03", "2025-04"))
    (('2025-01', '2025-02'), ('2025-03', '2025-04'))
    """
    numbers = {int(month.replace("-", "")): month for month in months}
    chosen = periods(dict.fromkeys(numbers, 1))
    if chosen is None:
        return None
    earlier, later = (tuple(numbers[n] for n in part) for part in (chosen.earlier, chosen.later))
    return earlier, later


UNUSED = "usage.gold is not used in public mode: sums of a labelled sample carry no noise"


def require_settings(config: Config) -> None:
    """Refuse settings that public mode can not work with, before anything is read.

    Raises:
        ConfigError: Nothing is labelled, or months, bounds or noise are not set well.
    """
    months_of(config)
    parameters_of(config)
    if not config.privacy.budget > 0:
        raise ConfigError(
            f"privacy.budget is {config.privacy.budget:g}; set an epsilon above 0, such as 8"
        )
    if config.usage.labeller == "none":
        raise ConfigError("usage.labeller: public mode needs labels; set a labeller")


def measure(
    parts: Sequence[Path], plan: Plan, known: Known, config: Config, door: public.Door
) -> Public:
    """Carry stored labels through the door with noise to estimates."""
    keys, parameters = keys_of(config), parameters_of(config)
    asked = months_of(config)
    due = public.due_months(asked, keys, parameters, door)
    # The key that chooses contributions is drawn here and forgotten: nobody can ask it again.
    secret = os.urandom(SECRET_BYTES)
    months = joint(parts, keys, parameters.bounds, secret, due) if due else {}
    del secret
    noisy = public.released_months(months, keys, parameters, door, asked)
    del months
    # from here on only noisy counts
    splits = tuple(split.dimensions for split in plan.splits)
    least, two = config.privacy.min_people, compared(asked)
    cells = public.lay_out(noisy, keys, parameters, splits, least, two)
    cells = mark_listed(cells, config.protected)
    heads = per_head(cells, known.population) if known.population else ()
    heads = tuple(sorted(heads, key=lambda found: found.denominator != known.denominator))
    estimates, changed = estimate(cells, known.calibration), changes(cells, known.calibration)
    who = demography(cells, estimates, known.lived, known.calibration)
    usage = Usage(cells, estimates, heads, changed, Counts(), who)
    return Public(usage, public.promise(door, parameters, tuple(noisy)))
