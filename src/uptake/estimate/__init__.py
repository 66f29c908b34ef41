"""Released cells to published shares: in go ``ReleasedCells``, out come ``Estimates``.

Each measure is a function from a cell's sums to a share and its variance, in ``shares``; a new
one is one function there and one line in ``estimates.MEASURED``.
"""

from uptake.estimate.change import changes
from uptake.estimate.demography import demography
from uptake.estimate.estimates import COVERS, estimate
from uptake.estimate.per_head import Population, per_head

__all__ = ["COVERS", "Population", "changes", "demography", "estimate", "per_head"]
