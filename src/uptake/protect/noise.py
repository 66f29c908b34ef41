"""Exact integer noise: the discrete Gaussian over a whole vector of cells, by OpenDP."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from uptake.model.errors import MissingExtraError

Ints = NDArray[np.int64]


def require() -> Any:
    """Return the library, before anything is paid for what it is to draw.

    Raises:
        MissingExtraError: OpenDP is not installed.
    """
    try:
        import opendp.prelude as dp
    except ImportError:
        raise MissingExtraError("releasing with differential privacy", "privacy") from None
    dp.enable_features("contrib")
    return dp


def discrete_gaussian(exact: Ints, sigma: float) -> Ints:
    """Return counts with independent discrete Gaussian noise on each, from the system's randomness.

    The mechanism of Canonne, Kamath and Steinke (2020, theorem 4): for data sets whose vectors lie
    at most D apart in the Euclidean norm it satisfies D^2 / (2 sigma^2) zero-concentrated
    differential privacy. Noise is drawn for empty cells too; values may fall below zero.

    Args:
        exact: (C,) counts over the whole key space, in an order that no data decides.
        sigma: Scale of the noise, above 0.

    Raises:
        MissingExtraError: OpenDP is not installed.
        ValueError: ``sigma`` is not above 0.
    """
    if not 0 < sigma < np.inf:
        raise ValueError(f"sigma is {sigma}; the noise needs a scale above 0")
    dp = require()
    space = dp.vector_domain(dp.atom_domain(T="i64")), dp.l2_distance(T=float)
    mechanism = space >> dp.m.then_gaussian(float(sigma))
    return np.asarray(mechanism(exact.tolist()), dtype=np.int64)
