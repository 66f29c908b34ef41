"""Exact integer noise: the discrete Gaussian over a whole vector of cells, by OpenDP."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache

import numpy as np
from numpy.typing import NDArray

from uptake.model.errors import MissingExtraError

Ints = NDArray[np.int64]

Mechanism = Callable[[list[int]], list[int]]

_FEWEST = 1_000
"""Cells that are worth a thread of their own."""


@cache
def require() -> Callable[[float], Mechanism]:
    """Return how to make the mechanism, before anything is paid for what it is to draw.

    Raises:
        MissingExtraError: OpenDP is not installed.
    """
    try:
        # the library's prelude would import all of scikit-learn where that is installed
        from opendp.domains import atom_domain, vector_domain
        from opendp.measurements import make_gaussian
        from opendp.metrics import l2_distance
        from opendp.mod import enable_features
    except ImportError:
        raise MissingExtraError("releasing with differential privacy", "privacy") from None
    enable_features("contrib")

    @cache
    def of(sigma: float) -> Mechanism:
        made: Mechanism = make_gaussian(
            vector_domain(atom_domain(T="i64")), l2_distance(T=float), scale=sigma
        )
        return made

    return of


def discrete_gaussian(exact: Ints, sigma: float) -> Ints:
    """Return counts with independent discrete Gaussian noise on each, from the system's randomness.

    The mechanism of Canonne, Kamath and Steinke (2020, theorem 4): for data sets whose vectors lie
    at most D apart in the Euclidean norm it satisfies D^2 / (2 sigma^2) zero-concentrated
    differential privacy. Noise is drawn for empty cells too; values may fall below zero. As it is
    independent, stretches of the vector are given theirs side by side.

    Args:
        exact: (C,) counts over the whole key space, in an order that no data decides.
        sigma: Scale of the noise, above 0.

    Raises:
        MissingExtraError: OpenDP is not installed.
        ValueError: ``sigma`` is not above 0.
    """
    if not 0 < sigma < np.inf:
        raise ValueError(f"sigma is {sigma}; the noise needs a scale above 0")
    mechanism = require()(float(sigma))
    threads = max(1, min(os.cpu_count() or 1, len(exact) // _FEWEST))
    parts = [part.tolist() for part in np.array_split(exact, threads)]
    if threads == 1:
        return np.asarray(mechanism(parts[0]), dtype=np.int64)
    with ThreadPoolExecutor(threads) as pool:  # the library draws outside of Python's lock
        drawn = list(pool.map(mechanism, parts))
    return np.concatenate([np.asarray(part, dtype=np.int64) for part in drawn])
