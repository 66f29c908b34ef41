"""Weights and outcomes -> estimates, standard errors and tests, by clusters within cohorts.

Outcomes of a cluster may depend on each other in any way, over time too. The variance is that of
leaving out a cluster, within cohorts (the jackknife, CV3: MacKinnon, Nielsen and Webb 2023); for
clusters of one size this is Welch's of a comparison of means. The critical value is that of the
variance's own spread, were all shocks alike (Bell and McCaffrey 2002; Imbens and Kolesar 2016), not
of one chi square but of the sum of one a cohort. Both hold their level with few clusters, and with
clusters of very different size, where the usual cluster-robust error is far too small.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import optimize, stats

from uptake.evaluate.weights import demeaned
from uptake.model.panel import Floats, Ints, Panel

LEAST_LEFT, LEAST_DOF = 1e-3, 0.1
Weigh = Callable[[Panel], Floats | None]


_NODES, _SHARES = np.polynomial.legendre.leggauss(200)
SINE, WEIGHT = np.sin(np.pi / 4 * (_NODES + 1)) ** 2, _SHARES / 2
"""Squared sines over a quarter of a turn, and their weights in an integral."""
UNBOUNDED = 1e4
"""Standard errors beyond which an interval says nothing."""


@dataclass(frozen=True)
class Linear:
    """Weighted sums with their covariance.

    Attributes:
        estimate: (k,).
        covariance: (k, k).
        parts: What each stratum is expected to bring to each variance, as a share of the true
            one, (k, strata); they sum to one, or to less where the variance can not all be seen.
        of: Degrees of freedom of each of these, (k, strata).
    """

    estimate: Floats
    covariance: Floats
    parts: Floats
    of: Floats

    @property
    def se(self) -> Floats:
        """Standard errors, (k,)."""
        return np.sqrt(np.diag(self.covariance))

    @property
    def dof(self) -> Floats:
        """Degrees of freedom of each variance as a whole (Satterthwaite), (k,)."""
        share = self.parts / self.parts.sum(1, keepdims=True)
        return np.asarray(1 / (share**2 / self.of).sum(1))

    def half(self, level: float) -> Floats:
        """Half the width of each interval."""
        bound = self.critical(level)
        known = np.isfinite(bound)
        return np.where(known, np.where(known, bound, 0.0) * self.se, np.inf)

    def critical(self, level: float) -> Floats:
        """Return how many standard errors wide half an interval is, (k,)."""
        return np.array([_critical(*of, 1 - level) for of in zip(self.parts, self.of, strict=True)])

    def p(self) -> Floats:
        """Two-sided p of zero, each."""
        with np.errstate(divide="ignore", invalid="ignore"):
            t = np.nan_to_num(np.abs(self.estimate) / self.se, nan=0.0, posinf=UNBOUNDED)
        return np.array([_beyond(*one) for one in zip(t, self.parts, self.of, strict=True)])


def _beyond(t: float, parts: Floats, of: Floats) -> float:
    """Return how likely a normal estimate is beyond so many of its errors, seen by clusters.

    The variance seen is a sum of chi squares, so that the probability is one integral (Craig's
    formula for the normal tail, whose exponential turns into the sum's generating function). Of one
    part it is Student's:

    >>> round(_beyond(2.262, np.array([1.0]), np.array([9.0])), 4)
    0.05
    """
    base = 1 + t**2 * parts / of / SINE[:, None]
    return float(WEIGHT @ np.exp(-(np.log(base) * of / 2).sum(1)))


def _critical(parts: Floats, of: Floats, beyond: float) -> float:
    high = 4.0
    while _beyond(high, parts, of) > beyond:
        high *= 4
        if high > UNBOUNDED:
            return float("inf")
    return float(optimize.brentq(lambda c: _beyond(c, parts, of) - beyond, 0.0, high))


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
    """Estimate weighted sums of outcomes, as if weights were kept when a cluster is left out.

    Args:
        panel: With its outcome.
        weights: k matrices, (units, periods) each.
    """
    w = np.stack(list(weights))
    estimate = (w * panel.filled).sum((1, 2))
    rest = demeaned(panel.y, panel.seen, panel.start)
    scores, size = summed((w * rest).sum(2), panel), summed(np.abs(w).sum(2), panel)
    covariance = np.zeros((len(w), len(w)))
    true: list[Floats] = []
    seen, of = [], []
    for part, together in strata(panel):
        mass = size[:, part]
        total = np.maximum(mass.sum(1, keepdims=True), 1e-300)
        share = mass / total
        own = _pooled(panel, w, part, share) if together else scores[:, part]
        left = own / np.maximum(1 - share, LEAST_LEFT)
        left -= left.mean(1, keepdims=True)
        scale = (len(part) - 1) / len(part)
        covariance += scale * left @ left.T
        mean, square = _moments(share)
        true.append(total[:, 0] ** 2 * (share**2).sum(1))
        seen.append(np.minimum(scale * total[:, 0] ** 2 * mean, true[-1]))
        of.append(np.maximum(mean**2 / np.maximum(square, 1e-300), LEAST_DOF))
    parts = np.stack(seen, 1) / np.maximum(np.sum(true, axis=0), 1e-300)[:, None]
    return Linear(estimate, covariance, np.maximum(parts, 1e-300), np.stack(of, 1))


def _moments(share: Floats) -> tuple[Floats, Floats]:
    """Return the mean and half the variance of a sum of squares, for shocks of variance one.

    The terms are p / (1 - p) times a cluster's shock less the mean shock, with p the cluster's
    share; (k, clusters) -> (k,) each. For equal shares of n clusters their ratio, mean squared
    to half the variance, is n - 1.
    """
    a = (share / np.maximum(1 - share, LEAST_LEFT)) ** 2
    q = (share**2).sum(1)
    one, two, three = a.sum(1), (a * share).sum(1), (a * share**2).sum(1)
    mean = one * (1 + q) - 2 * two
    apart = q**2 * one**2 + 2 * one * three - 4 * q * one * two + 2 * two**2
    return mean, apart + (a**2 * (1 + 2 * (q[:, None] - 2 * share))).sum(1)


def strata(panel: Panel) -> list[tuple[Ints, bool]]:
    """Return which clusters are compared with each other, and whether they are several cohorts.

    They are those of a cohort. Cohorts of one cluster, whose spread can not be seen, are taken
    together, and a lone one with the smallest other cohort. Where a cluster holds units of several
    cohorts all are one.
    """
    groups = cluster_groups(panel)
    present = np.unique(panel.cluster)
    if groups is None:
        return [(present, False)]
    parts = [present[groups[present] == g] for g in np.unique(groups[present])]
    single = [one for one in parts if len(one) == 1 and groups[one[0]] != panel.never]
    more = sorted((one for one in parts if len(one) > 1), key=len)
    near = next((one for one in more if groups[one[0]] != panel.never), None)
    if len(single) == 1 and near is not None:
        more = [one for one in more if one is not near]
        single = [single[0], near]
    pooled = [(np.concatenate(single), True)] if len(single) > 1 else []
    return [*pooled, *((one, False) for one in more)]


def _pooled(panel: Panel, w: Floats, part: Ints, share: Floats) -> Floats:
    """Scores of clusters of several cohorts, centred on their common mean effect.

    Effects that differ count as noise: the interval is rather too wide than too narrow.
    """
    never = panel.start == panel.never
    known = panel.seen & never[:, None]
    usual = (panel.filled * known).sum(0) / np.maximum(known.sum(0), 1)
    base = np.where(panel.seen, panel.filled - usual, 0.0)
    s = summed((w * base).sum(2), panel)[:, part]
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
