"""Who asks, from released cells alone: women and men, and shares weighted to the population."""

from collections.abc import Mapping

from uptake.catalog.strata import Population
from uptake.estimate import noisy_gender, noisy_weighting
from uptake.estimate.estimates import SEED
from uptake.estimate.held import hold
from uptake.estimate.weighting import SPLITS, weightings
from uptake.estimate.women_and_men import answers, mixes
from uptake.model.calibration import Calibration
from uptake.model.demography import Demography
from uptake.model.estimate import Estimates
from uptake.model.releasedcells import ReleasedCells

OWN = "own"
"""The mode of one person's own logs, whose units are conversations: nobody's share is in them."""

_SPLITS = ("", "place", "gender", "place+gender", *SPLITS.values())
_FACETS = ("gender", "intent", "work", "topic_group")


def demography(
    cells: ReleasedCells,
    estimates: Estimates,
    lived: Mapping[str, Population],
    calibration: Calibration | None = None,
    *,
    seed: int = SEED,
) -> Demography:
    """Return shares of women and men, and weighted shares, as far as the splits carry them.

    Nothing withheld is used: a figure that would need a withheld cell is refused with its reason.

    Args:
        cells: What passed the door.
        estimates: The shares made of them.
        lived: Population by place; one that is missing is refused.
        calibration: How the labeller errs; None leaves weighted shares as labelled.
        seed: Of the bootstrap's draws.
    """
    if cells.mode == OWN:
        return Demography()
    held = hold(cells, _SPLITS, _FACETS)
    if held.noisy:
        found = tuple(noisy_weighting.weightings(held, lived, estimates, calibration))
        who = tuple(noisy_gender.mixes(held)), tuple(noisy_gender.answers(held, estimates))
    else:
        found = tuple(weightings(held, lived, estimates, calibration, seed))
        who = tuple(mixes(held)), tuple(answers(held, estimates))
    sources = {
        lived[one.place].source.id: lived[one.place].source for one in found if one.place in lived
    }
    return Demography(*who, found, tuple(sources.values()))
