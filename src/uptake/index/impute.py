"""Missing cells: what stands for them, and how far that may be off."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from uptake.index import em, moments
from uptake.index.framework import Floats, Ints
from uptake.index.spec import Impute

METHODS: Mapping[str, Callable[[Floats], Floats]] = {
    "mean": moments.mean,
    "median": moments.median,
    "group_mean": moments.mean,
    "group_median": moments.median,
}


def impute(x: Floats, groups: Ints, method: Impute) -> Floats:
    """Fill gaps with the mean or median of the column, or of the place's group in it.

    A group without any value in a column takes that of all places.

    Args:
        x: (..., P, I).
        groups: (P,) number of each place's group.
        method: ``none`` returns ``x``; ``em`` fills from the place's other indicators.
    """
    if method == "none":
        return x
    if method == "em":
        return x if np.isfinite(x).all() else em.expected(x)
    centre = METHODS[method]
    filled = np.where(np.isfinite(x), x, centre(x))
    if method.startswith("group_"):
        for group in np.unique(groups):
            rows = groups == group
            part = x[..., rows, :]
            fill = centre(part)
            fill = np.where(np.isfinite(fill), fill, filled[..., rows, :])
            filled[..., rows, :] = np.where(np.isfinite(part), part, fill)
    return filled


def scattered(filled: Floats, x: Floats, groups: Ints, method: Impute, uniforms: Floats) -> Floats:
    """Draw imputed cells around what stands for them, by the spread of the observed ones.

    The residual of a randomly drawn donor (of the group, if the method is by group and the group
    has two values) is added to the imputed value, and the sum kept within what is observed.
    Under ``em`` they are drawn from its model, whose parameters are drawn too.

    Args:
        filled: (P, I) imputed.
        x: (P, I) with its gaps.
        groups: (P,).
        method: As imputed.
        uniforms: (B, M) in [0, 1), M the gaps of ``x`` in row order.

    Returns:
        (B, M) values of the gaps.
    """
    if method == "em":
        return em.drawn(x, uniforms)
    rows, columns = np.nonzero(~np.isfinite(x))
    drawn = np.empty(uniforms.shape)
    by_group = method.startswith("group_")
    for at, (row, column) in enumerate(zip(rows, columns, strict=True)):
        donors = _donors(x[:, column], groups == groups[row] if by_group else None)
        pick = (uniforms[:, at] * len(donors)).astype(np.intp)
        value = filled[row, column] + donors[pick] - donors.mean()
        drawn[:, at] = np.clip(value, donors.min(), donors.max())
    return drawn


def _donors(column: Floats, among: NDArray[np.bool_] | None) -> Floats:
    there = np.isfinite(column)
    if among is not None and (there & among).sum() >= 2:
        there = there & among
    found: Floats = column[there]
    return found
