"""Make noisy counts that tell the same thing agree: least squares, after the noise.

Each message counts once in every facet, so that each facet's sum is another noisy count of all
messages. Counts of one group are made to agree by generalised least squares (Hay, Rastogi, Miklau
and Suciu, Proceedings of the VLDB Endowment 3, 2010, sec. 4): all messages are the facets' sums
weighted by inverse variance, and what a facet's counts lack to them is shared out evenly, as all of
them carry the same noise. That has the least variance of all unbiased linear estimates. Counts
below zero are left: making them zero would lift the means.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Counted:
    """Noisy counts of one or several groups.

    Attributes:
        values: (groups..., parts).
        noise: Variance of the noise in each, drawn apart from that of the others.
    """

    values: Floats
    noise: float

    @property
    def whole(self) -> "Counted":
        """Return (groups..., 1) sums over the parts."""
        return Counted(self.values.sum(axis=-1, keepdims=True), self.noise * self.values.shape[-1])


@dataclass(frozen=True, slots=True)
class Agreed:
    """Parts that add up to a whole.

    Attributes:
        parts: (groups..., S).
        whole: (groups...,).
        noise: Variance of the noise that a part had before.
        whole_noise: Of the whole's.
    """

    parts: Floats
    whole: Floats
    noise: float
    whole_noise: float

    def of(self, parts: int) -> tuple[float, float]:
        """Return the variance of a sum of so many parts, and its covariance with the whole.

        The covariance of two parts is v (1{i = j} - 1 / S) + w / S^2, with v the noise of a part
        before and w that of the whole.

        >>> Agreed(np.ones(4), np.array(4.0), noise=1.0, whole_noise=4.0).of(2)
        (2.0, 2.0)
        """
        share = parts / self.parts.shape[-1]
        return (
            parts * self.noise * (1 - share) + share**2 * self.whole_noise,
            share * self.whole_noise,
        )


def pooled(counts: Sequence[Counted]) -> Counted:
    """Return several counts of the same, whose noise is independent, weighted by inverse variance.

    >>> found = pooled([Counted(np.array([10.0]), 1.0), Counted(np.array([16.0]), 2.0)])
    >>> found.values.tolist(), round(found.noise, 3)
    ([12.0], 0.667)
    """
    weights = [1 / one.noise for one in counts]
    values = sum(
        (weight * one.values for weight, one in zip(weights, counts, strict=True)),
        start=np.zeros_like(counts[0].values),
    )
    return Counted(values / sum(weights), 1 / sum(weights))


def agreed(parts: Counted, whole: Counted) -> Agreed:
    """Make parts add up to a whole that was pooled from their own sum and others.

    >>> agreed(Counted(np.array([3.0, 5.0]), 1.0), Counted(np.array([9.0]), 1.0)).parts.tolist()
    [3.5, 5.5]
    """
    lacking = (whole.values - parts.whole.values) / parts.values.shape[-1]
    return Agreed(parts.values + lacking, whole.values[..., 0], parts.noise, whole.noise)


def beneath(children: Agreed, parent: Agreed, axis: int) -> Agreed:
    """Make groups that part another group add up to it, as of whose noise theirs was a part.

    What the children lack to the parent, in each part and in the whole, is shared out evenly over
    them (Hay et al. 2010, sec. 4.2); the parent's counts were pooled from theirs and others.

    Args:
        children: (groups..., S) with P children along an axis of the groups.
        parent: The same without that axis.
        axis: Number of the axis.
    """
    many = children.whole.shape[axis]
    lacking = (parent.parts - children.parts.sum(axis=axis)) / many
    whole = (parent.whole - children.whole.sum(axis=axis)) / many
    return Agreed(
        children.parts + np.expand_dims(lacking, axis),
        children.whole + np.expand_dims(whole, axis),
        children.noise * (1 - 1 / many) + parent.noise / many**2,
        children.whole_noise * (1 - 1 / many) + parent.whole_noise / many**2,
    )
