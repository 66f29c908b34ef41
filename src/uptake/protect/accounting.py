"""What releases cost a person: zero-concentrated differential privacy, and epsilon from it."""

import math

import numpy as np

DELTA = 1e-7
"""Of every epsilon that is stated."""


def rho(l2: float, sigma: float) -> float:
    """Return the zero-concentrated privacy loss of Gaussian noise on vectors ``l2`` apart at most.

    Bun and Steinke (2016, proposition 1.6).

    >>> round(rho(8**0.5, 12), 4)
    0.0278
    """
    return l2 * l2 / (2 * sigma * sigma)


def epsilon(loss: float, delta: float = DELTA) -> float:
    """Return the smallest epsilon that a zero-concentrated loss is known to give at ``delta``.

    The least over the orders of Renyi's divergence, by Canonne, Kamath and Steinke (2020,
    proposition 12); losses add up over releases, so give their sum.

    Args:
        loss: Sum of rho, at least 0.
        delta: Between 0 and 1.

    >>> round(epsilon(12 * rho(8**0.5, 12)), 2)
    4.53
    """
    if loss < 0 or not 0 < delta < 1:
        raise ValueError(f"rho {loss} must be at least 0 and delta {delta} between 0 and 1")
    if loss == 0:
        return 0.0
    # the bound is smooth in the logarithm of the order less one, and has one minimum near here
    near = math.sqrt(math.log(1 / delta) / loss)
    orders = 1 + np.geomspace(near / 100, near * 100, 100_001)
    bounds = (
        loss * orders + np.log1p(-1 / orders) - (math.log(delta) + np.log(orders)) / (orders - 1)
    )
    return max(0.0, float(bounds.min()))
