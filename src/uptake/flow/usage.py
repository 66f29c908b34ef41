"""Labels to estimates: what the door lets through, and nothing else, goes on from here."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from uptake.catalog import strata
from uptake.config import Config
from uptake.estimate import Population, changes, demography, estimate, per_head
from uptake.label import NONE
from uptake.model.calibration import Calibration
from uptake.model.change import Change
from uptake.model.demography import Demography
from uptake.model.estimate import Estimates
from uptake.model.goldcells import ReleasedGoldCells
from uptake.model.perhead import Denominator, PerHead
from uptake.model.releasedcells import ReleasedCells
from uptake.protect import Thresholds, mark_listed, protect
from uptake.protect.internal import Settled
from uptake.tally import DEFAULT_SPLITS, Counts, Plan, split, tally
from uptake.tally.selection import Parts


@dataclass(frozen=True, slots=True)
class Known:
    """What is known beside the logs.

    Attributes:
        calibration: How the labeller errs; None leaves shares as labelled.
        population: People of working age by place; None where no table says.
        gold: Sums of the owner's labelled sample, through the door.
        denominator: Of usage per head, the one shown first.
        lived: Population by age band and gender, of the places that a table has.
        settled: Frozen months, and which of their cells earlier releases withheld.
    """

    calibration: Calibration | None = None
    population: Population | None = None
    gold: ReleasedGoldCells | None = None
    denominator: Denominator = "located"
    lived: Mapping[str, strata.Population] = field(default_factory=dict)
    settled: Settled | None = None


@dataclass(frozen=True, slots=True)
class Usage:
    """The usage figures of one release."""

    cells: ReleasedCells
    estimates: Estimates
    per_head: tuple[PerHead, ...]
    changes: tuple[Change, ...]
    counts: Counts
    demography: Demography = field(default_factory=Demography)


def plan_of(settings: Config) -> Plan:
    """Return what the settings ask to count."""
    used = settings.usage
    return Plan(
        used.messages_cap,
        settings.region.places,
        tuple(split(name) for name in used.splits) or DEFAULT_SPLITS,
        labelled=used.labeller != NONE,
        protected=settings.protected,
    )


def measure(
    parts: Parts,
    plan: Plan,
    known: Known,
    *,
    mode: str,
    thresholds: Thresholds,
    threads: int,
) -> Usage:
    """Carry stored labels through the door to estimates."""
    cells, counts = tally(parts, plan, threads=threads)
    # RawCells: exact, bounded; still inside
    released = protect(cells, mode=mode, thresholds=thresholds, settled=known.settled)
    released = mark_listed(released, plan.protected)
    # ReleasedCells: may be published
    heads = per_head(released, known.population) if known.population else ()
    heads = tuple(sorted(heads, key=lambda found: found.denominator != known.denominator))
    estimates = estimate(released, known.calibration, known.gold)
    changed = changes(released, known.calibration)
    who = demography(released, estimates, known.lived, known.calibration)
    return Usage(released, estimates, heads, changed, counts, who)
