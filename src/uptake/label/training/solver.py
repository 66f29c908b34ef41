"""Multinomial logistic regression on sparse rows, and the small network behind it."""

from typing import Any, cast

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from uptake.label.features import Rows
from uptake.label.shipped import Floats, softmax


def logistic(
    x: Rows,
    target: Floats,
    penalty: float,
    iterations: int = 60,
    importance: "Floats | None" = None,
) -> tuple[Floats, Floats]:
    """Fit by L-BFGS: mean cross-entropy plus ``penalty`` times the squared weights.

    Args:
        x: (n, d) rows.
        target: (n, k) probabilities of the values, one where known for sure.
        penalty: Of the squared weights; the intercept goes free.
        iterations: At most so many.
        importance: (n,) weights of the rows, all alike without.

    Returns:
        (d, k) weights and (k,) intercept.
    """
    n, d = x.shape
    k = target.shape[1]
    transposed = x.T.tocsr()
    each = np.ones(n, dtype=np.float32) if importance is None else importance
    share = (each / each.sum()).astype(np.float32)[:, None]

    def loss(theta: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        w = theta[: d * k].reshape(d, k).astype(np.float32)
        z = x @ w + theta[d * k :].astype(np.float32)
        z -= z.max(axis=1, keepdims=True)
        e = np.exp(z)
        total = e.sum(axis=1, keepdims=True)
        residual = (e / total - target) * share
        gradient = np.empty_like(theta)
        gradient[: d * k] = (transposed @ residual + 2 * penalty * w).ravel()
        gradient[d * k :] = residual.sum(axis=0)
        entropy = -(share * (z - np.log(total)) * target).sum()
        return float(entropy + penalty * np.vdot(w, w)), gradient

    start = np.zeros(d * k + k)
    options = {"maxiter": iterations, "maxcor": 6}
    solved: Any = minimize(loss, start, jac=True, method="L-BFGS-B", options=cast("Any", options))
    found: NDArray[np.float64] = solved.x
    return found[: d * k].reshape(d, k).astype(np.float32), found[d * k :].astype(np.float32)


def inverse(kernel: Floats, noise: Floats) -> Floats:
    """Invert ``kernel`` plus the diagonal ``noise``, by Cholesky's factors.

    Args:
        kernel: (n, n) symmetric, positive semidefinite.
        noise: (n,) above zero.
    """
    from scipy.linalg.lapack import spotrf, spotri

    laid = np.asfortranarray(kernel)
    laid[np.diag_indices(len(laid))] += noise
    factor, failed = spotrf(laid, lower=1, overwrite_a=1)
    if failed:
        raise ValueError(f"the kernel is not positive definite in row {failed}")
    found, _ = spotri(factor, lower=1, overwrite_c=1)
    lower = np.tril(found)
    result: Floats = lower + np.tril(found, -1).T
    return result


def without(
    inverted: Floats, dual: Floats, out: NDArray[np.int64]
) -> tuple[NDArray[np.int64], Floats]:
    """Return the coefficients of a ridge regression that never saw some of its rows.

    The inverse of a part of a matrix is a Schur complement of the whole's inverse, so that leaving
    rows out needs no new fit (Rifkin and Lippert 2007, Notes on regularized least squares, 4).

    Args:
        inverted: (n, n) ``inverse`` over all rows.
        dual: (n, k) ``inverted`` times the targets.
        out: (m,) rows to forget.

    Returns:
        (n - m,) the rows that are left and (n - m, k) their coefficients.
    """
    kept = np.setdiff1d(np.arange(len(dual)), out)
    inner = np.linalg.solve(inverted[np.ix_(out, out)].astype(np.float64), dual[out])
    return kept, dual[kept] - inverted[np.ix_(kept, out)] @ inner.astype(np.float32)


def network(
    x: Floats,
    linear: Floats,
    targets: list[Floats],
    importance: Floats,
    seed: int,
    epochs: int = 8,
) -> dict[str, Floats]:
    """Train the gate with Adam (Kingma and Ba 2015) and dropout, starting at the linear scores.

    Args:
        x: (n, i) standardised inputs.
        linear: (n, k) scores that the gate adds to; a factor for each is learnt too.
        targets: (n, values) for each head; together k columns.
        importance: (n,) weights of the rows; one for a row that counts in full.
        seed: Of the first weights, the order of rows and the dropout.
        epochs: Passes over the rows; few, for the network must only correct.

    Returns:
        The fields ``hidden``, ``out``, ``skip`` and ``scale`` of ``Weights``.
    """
    rng = np.random.default_rng(seed)
    (n, wide), k, width, batch, rate = x.shape, linear.shape[1], 64, 128, 2e-3
    start = {
        "hidden": np.vstack([rng.normal(0, wide**-0.5, (wide, width)), np.zeros((1, width))]),
        "out": np.zeros((width + 1, k)),
        "skip": np.zeros((wide, k)),
        "scale": np.ones(k),
    }
    p = {name: value.astype(np.float32) for name, value in start.items()}
    mean = {name: np.zeros_like(value) for name, value in p.items()}
    square = {name: np.zeros_like(value) for name, value in p.items()}
    steps, step = epochs * -(-n // batch), 0
    for _ in range(epochs):
        for rows in np.array_split(rng.permutation(n), -(-n // batch)):
            step += 1
            some = [t[rows] for t in targets]
            gradient = _gradient(p, x[rows], linear[rows], some, importance[rows], rng)
            for name, g in gradient.items():
                mean[name] = 0.9 * mean[name] + 0.1 * g
                square[name] = 0.999 * square[name] + 0.001 * g * g
                move = mean[name] / (1 - 0.9**step)
                move /= np.sqrt(square[name] / (1 - 0.999**step)) + 1e-8
                decay = 0 if name == "scale" else 0.01 * p[name]
                p[name] = (p[name] - rate * (1 - step / steps) * (move + decay)).astype(np.float32)
    return p


def _gradient(
    p: dict[str, Floats],
    x: Floats,
    linear: Floats,
    targets: list[Floats],
    importance: Floats,
    rng: np.random.Generator,
) -> dict[str, Floats]:
    """Differentiate the heads' mean cross-entropies, with a tenth and a fifth dropped out."""
    one = np.ones((len(x), 1), dtype=np.float32)
    x = x * ((rng.random(x.shape) > 0.1) / np.float32(0.9)).astype(np.float32)
    before = np.hstack([x, one]) @ p["hidden"]
    keep = ((rng.random(before.shape) > 0.2) / np.float32(0.8)).astype(np.float32)
    hidden = np.hstack([np.maximum(before, 0) * keep, one])
    z = hidden @ p["out"] + x @ p["skip"] + linear * p["scale"]
    ends = np.cumsum([t.shape[1] for t in targets])[:-1]
    parts = zip(np.split(z, ends, axis=1), targets, strict=True)
    residual = np.hstack([softmax(part) - target for part, target in parts])
    residual *= importance[:, None] / len(x)
    back = (residual @ p["out"][:-1].T) * keep * (before > 0)
    return {
        "hidden": np.hstack([x, one]).T @ back,
        "out": hidden.T @ residual,
        "skip": x.T @ residual,
        "scale": (residual * linear).sum(axis=0),
    }


def sharpness(z: Floats, label: NDArray[np.int64]) -> float:
    """Find the inverse temperature that makes held-out scores most likely (Guo et al. 2017)."""
    from scipy.optimize import minimize_scalar

    def loss(log_factor: float) -> float:
        p = softmax((z * np.exp(log_factor)).astype(np.float32))
        return float(-np.log(p[np.arange(len(z)), label] + 1e-9).mean())

    return float(np.exp(minimize_scalar(loss, bounds=(-2, 2), method="bounded").x))
