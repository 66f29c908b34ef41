"""Weights and outcomes -> estimates, standard errors and tests, by clusters within cohorts.

Outcomes of a cluster may depend on each other in any way, over time too. Scores are centred within
cohorts, so that the variance is that of a comparison of means: Welch's, with Satterthwaite's
degrees of freedom, which hold their level with few treated clusters, where the usual
cluster-robust error is far too small.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import stats

from uptake.evaluate.weights import demeaned
from uptake.model.panel import Bools, Floats, Ints, Panel

Weigh = Callable[[Panel], Floats | None]


@dataclass(frozen=True)
class Linear:
    """Weighted sums with their covariance.

    Attributes:
        estimate: (k,).
        covariance: (k, k).
        dof: (k,).
    """

    estimate: Floats
    covariance: Floats
    dof: Floats

    @property
    def se(self) -> Floats:
        """Standard errors, (k,)."""
        return np.sqrt(np.diag(self.covariance))

    def half(self, level: float) -> Floats:
        """Half the width of each interval."""
        return np.asarray(stats.t.ppf((1 + level) / 2, self.dof) * self.se)

    def p(self) -> Floats:
        """Two-sided p of zero, each."""
        with np.errstate(divide="ignore", invalid="ignore"):
            t = np.abs(self.estimate) / self.se
        return np.asarray(2 * stats.t.sf(np.nan_to_num(t, nan=0.0, posinf=np.inf), self.dof))


def summed(scores: Floats, panel: Panel) -> Floats:
    """Add the scores of each cluster: (k, units) -> (k, clusters)."""
    out = np.zeros((len(panel.clusters), len(scores)))
    np.add.at(out, panel.cluster, scores.T)
    return out.T


def cluster_groups(panel: Panel) -> Ints | None:
    """Return each cluster's cohort, or None where a cluster holds units of several cohorts."""
    first = np.full(len(panel.clusters), panel.never)
    np.minimum.at(first, panel.cluster, panel.start)
    return first if (first[panel.cluster] == panel.start).all() else None


def linear(panel: Panel, weights: Sequence[Floats]) -> Linear:
    """Estimate weighted sums of outcomes.

    Args:
        panel: With its outcome.
        weights: k matrices, (units, periods) each.
    """
    w = np.stack(list(weights))
    estimate = (w * panel.filled).sum((1, 2))
    groups = cluster_groups(panel)
    rest = demeaned(panel.y, panel.seen, panel.start)
    if groups is None:
        s = summed((w * rest).sum(2), panel)
        g = len(panel.clusters)
        return Linear(estimate, g / (g - 1) * s @ s.T, np.full(len(w), float(g - 1)))
    scores = summed((w * rest).sum(2), panel)
    sizes = {int(g): int((groups == g).sum()) for g in np.unique(groups)}
    alone = np.isin(groups, [g for g, n in sizes.items() if n == 1 and g != panel.never])
    parts = [(scores[:, groups == g], n) for g, n in sizes.items() if n > 1]
    if alone.any():
        parts.append((_pooled(panel, w, alone), max(int(alone.sum()), 2)))
    pieces = [n / (n - 1) * s @ s.T for s, n in parts]
    covariance = np.asarray(sum(pieces, np.zeros((len(w), len(w)))))
    spread = sum(np.diag(piece) ** 2 / (n - 1) for piece, (_, n) in zip(pieces, parts, strict=True))
    with np.errstate(divide="ignore", invalid="ignore"):
        dof = np.diag(covariance) ** 2 / spread
    return Linear(estimate, covariance, np.nan_to_num(np.asarray(dof), nan=1.0))


def _pooled(panel: Panel, w: Floats, alone: Bools) -> Floats:
    """Scores of cohorts of one cluster each, whose own spread can not be seen.

    They are centred on their common mean effect, so effects that differ count as noise: the
    interval is rather too wide than too narrow.
    """
    never = panel.start == panel.never
    known = panel.seen & never[:, None]
    usual = (panel.filled * known).sum(0) / np.maximum(known.sum(0), 1)
    base = np.where(panel.seen, panel.filled - usual, 0.0)
    s = summed((w * base).sum(2), panel)[:, alone]
    size = summed(np.abs(w).sum(2), panel)[:, alone]
    total = size.sum(1, keepdims=True)
    share = np.divide(size, total, where=total > 0, out=np.zeros_like(size))
    return np.asarray(s - share * s.sum(1, keepdims=True))


def clustered_se(panel: Panel, w: Floats) -> float:
    """The usual cluster-robust (CR1) error of a two-way regression's coefficient."""
    d = panel.under.astype(np.float64)
    effect = float((w * panel.filled).sum())
    rest = demeaned(panel.y - effect * d, panel.seen)
    s = summed((w * rest).sum(1)[None], panel)[0]
    g, n = len(panel.clusters), int(panel.seen.sum())
    k = len(panel.periods) + 1  # Units are nested in clusters and do not count (as in fixest).
    return float(np.sqrt(g / (g - 1) * (n - 1) / (n - k) * (s @ s)))


def joint_p(found: Linear) -> float | None:
    """P that all are zero (Hotelling); None if there are more than the clusters can tell."""
    k, dof = len(found.estimate), float(found.dof.min())
    if dof - k + 1 < 1 or not np.all(np.diag(found.covariance) > 0):
        return None
    wald = found.estimate @ np.linalg.pinv(found.covariance, hermitian=True) @ found.estimate
    return float(stats.f.sf((dof - k + 1) / (dof * k) * wald, k, dof - k + 1))


def placebos(panel: Panel, weigh: Weigh) -> Floats:
    """Estimates as if each comparison cluster had been the treated one, without the treated.

    Args:
        panel: With one treated cluster.
        weigh: The method's weights.

    Returns:
        One a comparison cluster, NaN where it has nothing to compare.
    """
    home = panel.cluster[panel.treated][0]
    start = int(panel.start[panel.treated].min())
    others = panel.cluster != home
    rest = replace(
        panel,
        units=tuple(np.array(panel.units)[others]),
        y=panel.y[others],
        start=panel.start[others],
        cluster=panel.cluster[others],
        covariates=(),
    )
    out = []
    for c in np.unique(rest.cluster):
        tried = replace(rest, start=np.where(rest.cluster == c, start, rest.never))
        w = weigh(tried)
        out.append(float("nan") if w is None else float((w * tried.filled).sum()))
    return np.array(out)


def ranked(estimate: float, drawn: Floats, level: float) -> tuple[float, float]:
    """Return half the width of the interval and p, from the ranks of placebo estimates.

    >>> ranked(3.0, np.arange(1.0, 20.0), 0.95)
    (19.0, 0.9)
    """
    size = np.sort(np.abs(drawn[np.isfinite(drawn)]))
    k = int(np.ceil(level * (len(size) + 1) - 1e-9))
    half = float(size[k - 1]) if k <= len(size) else float("inf")
    p = (1 + int((size >= abs(estimate) - 1e-12).sum())) / (1 + len(size))
    return half, float(p)
