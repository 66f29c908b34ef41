"""Interrupted time series: one series against its own past."""

from typing import Any

import numpy as np
from scipy import stats

from uptake.evaluate.effects import LEVEL, Found, effect, steps
from uptake.evaluate.verdict import light_of
from uptake.model.effect import Assumption, Effect
from uptake.model.errors import ConfigError, MissingExtraError
from uptake.model.panel import Floats, Panel

FEWEST_BEFORE, FEWEST_AFTER = 8, 4
DRAWS = 999
STICKY, STUCK = 0.65, 0.9
LAG_SHARE = 5
"""Lags are a fifth of the series: many, so that the error does not hinge on one correlation."""
SEED = 20_260_101
GRID = np.linspace(-0.5, 0.99, 150)
"""Autocorrelations from one period to the next that are considered."""


def interrupted_time_series(panel: Panel) -> Effect:
    """Level and trend before and after, with errors robust to autocorrelation (Newey-West).

    The series is the mean of the treated units; comparison units are not used. The effect is the
    mean distance of the fit after the start from the trend before it. The critical value
    is from simulated series of the same length and autocorrelation, as the usual one is far too
    small in short series.

    Raises:
        ConfigError: Starts differ, or there are too few periods on a side.
        MissingExtraError: The extra ``evaluate`` is not installed.
    """
    y, start = series(panel)
    x, moved = design(len(y), start)
    seen = np.isfinite(y)
    require_periods(int(seen[:start].sum()), int(seen.sum()))
    ols = _statsmodels().OLS(y[seen], x[seen]).fit()
    n = int(seen.sum())
    lags = max(1, n // LAG_SHARE)
    robust = ols.get_robustcov_results("HAC", maxlags=lags)
    estimate = float(moved @ ols.params)
    se = float(np.sqrt(moved @ robust.cov_params() @ moved))
    rho = persistence(np.asarray(ols.resid), x[seen])
    drawn = null_statistics(x[seen], moved, plausible(y[seen], x[seen]), lags)
    bound = float(np.quantile(drawn, LEVEL))
    half = bound * se
    p = float((1 + (drawn >= abs(estimate) / se).sum()) / (1 + len(drawn)))
    before = x.copy()
    before[:, 2:] = 0
    expected = before @ ols.params
    held = _held(panel, np.asarray(ols.resid), start, rho)
    return effect(
        "interrupted-time-series",
        panel,
        Found(estimate, half, p, se),
        held,
        n_units=int(panel.treated.sum()),
        n_periods=n,
        n_clusters=1,
        inference=(
            f"heteroskedasticity and autocorrelation robust (Newey-West, {lags} lags); critical "
            f"value {bound:.2f} from {DRAWS:,} simulated series of autocorrelation {rho:.2f}"
        ),
        steps=steps(panel, y, expected, start),
        notes=("comparison units are not used by this method",) if (~panel.treated).any() else (),
    )


def series(panel: Panel) -> tuple[Floats, int]:
    """Return the mean of the treated units, and the index of its first treated period.

    Raises:
        ConfigError: See ``interrupted_time_series``.
    """
    if panel.staggered:
        raise ConfigError(
            "method: 'interrupted-time-series' is for one start and there are "
            f"{len(panel.cohorts)}; use 'callaway-santanna', or evaluate each start on its own"
        )
    start = panel.cohorts[0]
    rows = panel.y[panel.treated]
    y = np.where(np.isfinite(rows).all(0), np.where(np.isfinite(rows), rows, 0.0).mean(0), np.nan)
    return y, start


def require_periods(start: int, periods: int) -> None:
    """Refuse a series that is too short.

    Raises:
        ConfigError: It is.
    """
    if start < FEWEST_BEFORE or periods - start < FEWEST_AFTER:
        raise ConfigError(
            f"panel: {start} periods before the start and {periods - start} from it on are too few "
            f"for 'interrupted-time-series', which needs {FEWEST_BEFORE} and {FEWEST_AFTER}; "
            "use shorter periods, or a method with comparison units"
        )


def design(periods: int, start: int) -> tuple[Floats, Floats]:
    """Return regressors (periods, 4) and how the mean effect is made of coefficients (4,)."""
    require_periods(start, periods)
    t = np.arange(periods, dtype=np.float64)
    after = (t >= start).astype(np.float64)
    since = after * (t - start)
    x = np.column_stack([np.ones(periods), t, after, since])
    return x, np.array([0.0, 0.0, 1.0, float(since[start:].mean())])


def persistence(rest: Floats, x: Floats) -> float:
    """Return the autocorrelation whose residuals would look like these.

    Residuals of a trend and a step are less autocorrelated than the errors; the autocorrelation
    is chosen under which the expected one is that seen.
    """
    n = len(rest)
    seen = float(rest[1:] @ rest[:-1] / max(float(rest @ rest), 1e-300))
    out = np.eye(n) - x @ np.linalg.pinv(x)
    moved = out[:, :-1] @ out[1:]
    # Traces of products with an autoregression's covariance are polynomials in the correlation.
    below, above = (_by_lag(m) for m in (out, moved))
    grid = np.linspace(-0.5, 0.95, 146)
    powers = grid[:, None] ** np.arange(n)
    return float(grid[np.abs(powers @ above / (powers @ below) - seen).argmin()])


def _by_lag(m: Floats) -> Floats:
    return np.array([np.trace(m, k) + (np.trace(m, -k) if k else 0.0) for k in range(len(m))])


def plausible(y: Floats, x: Floats) -> Floats:
    """Return how plausible each autocorrelation of ``GRID`` is, by restricted likelihood.

    Residual likelihood of an autoregression of order one (Patterson and Thompson 1971), as shares;
    all correlations are alike before the series is seen.
    """
    n, k = x.shape
    found = np.empty(len(GRID))
    for i, r in enumerate(GRID):
        first = np.sqrt(1 - r * r)
        whole = np.column_stack([x, y])
        white = np.vstack([first * whole[:1], whole[1:] - r * whole[:-1]])
        # The last diagonal element is the root of the residual sum of squares.
        diagonal = np.abs(np.diag(np.linalg.qr(white, mode="r")))
        found[i] = (
            np.log(first)
            - np.log(np.maximum(diagonal[:k], 1e-300)).sum()
            - (n - k) * np.log(max(float(diagonal[k]), 1e-300))
        )
    share = np.exp(found - found.max())
    return np.asarray(share / share.sum())


def null_statistics(x: Floats, effect: Floats, share: Floats, lags: int) -> Floats:
    """Draw absolute t statistics of no effect in the same design, with autocorrelated errors.

    Args:
        x: Regressors, (periods, k).
        effect: How the effect is made of coefficients, (k,).
        share: How plausible each autocorrelation of ``GRID`` is: it is not known exactly, so each
            series has one of those it may be.
        lags: Of the Newey-West error.
    """
    n = len(x)
    rng = np.random.default_rng(SEED)
    drawn = rng.choice(GRID, size=DRAWS, p=share)
    e = rng.standard_normal((n, DRAWS))
    e[0] /= np.sqrt(1 - drawn**2)
    for t in range(1, n):
        e[t] += drawn * e[t - 1]
    e = e.T
    inverse = np.linalg.pinv(x)
    row = effect @ inverse
    z = (e - e @ inverse.T @ x.T) * row
    variance = (z * z).sum(1)
    for j in range(1, lags + 1):
        variance += 2 * (1 - j / (lags + 1)) * (z[:, j:] * z[:, :-j]).sum(1)
    return np.asarray(np.abs(e @ row) / np.sqrt(variance))


def _held(panel: Panel, rest: Floats, start: int, rho: float) -> tuple[Assumption, ...]:
    t = np.arange(start, dtype=np.float64)
    head = rest[:start]
    curve = float(stats.pearsonr((t - t.mean()) ** 2, head).pvalue) if start > 3 else 1.0
    return (
        Assumption(
            "Straight trend before",
            light_of(curve),
            "curvature of the residuals before the start",
            f"{'No bend is seen' if curve >= 0.1 else 'The trend bends'} (p = {curve:.3f}).",
        ),
        Assumption(
            "Quick to forget",
            "green" if rho < STICKY else "amber" if rho < STUCK else "red",
            f"autocorrelation; from {STICKY} on intervals are somewhat too narrow, and from "
            f"{STUCK} on a drift can not be told from an effect",
            f"{rho:.2f}.",
        ),
        Assumption(
            "Long enough",
            "green" if start >= 24 else "amber",
            "periods before and after the start",
            f"{start} before, {len(panel.periods) - start} from it on.",
        ),
        Assumption(
            "Nothing else happened",
            "amber",
            "none: there is no comparison in this method",
            f"Say what else changed around {panel.periods[start]}.",
        ),
    )


def _statsmodels() -> Any:
    try:
        import statsmodels.api as sm
    except ImportError:
        raise MissingExtraError("interrupted time series", "evaluate") from None
    return sm
