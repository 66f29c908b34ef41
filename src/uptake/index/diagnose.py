"""Whether the parts of an index belong together: correlations, Cronbach's alpha, in words."""

from dataclasses import dataclass

import numpy as np

from uptake.index.chain import Built
from uptake.index.framework import Floats
from uptake.index.problem import Problem

COLLINEAR, AGAINST, SILENT = 0.9, -0.4, 0.3
"""Correlations that COINr (``get_corr_flags``) and the JRC flag."""

ALPHA = 0.7
"""Cronbach's alpha from which a group is usually taken to measure one thing (Nunnally 1978)."""

FEW = 10
"""Under so many places a correlation says little, and nothing is flagged."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What the correlations say.

    Attributes:
        alphas: (A,) Cronbach's alpha of each aggregate's parts; a gap for a single part.
        correlations: (I + A, I + A) of what is there for both.
        warnings: Sentences.
    """

    alphas: Floats
    correlations: Floats
    warnings: tuple[str, ...]


def diagnose(problem: Problem, built: Built) -> Diagnosis:
    """Return correlations within and between levels, and what they warn of."""
    framework = problem.framework
    correlations = correlate(built.aggregated)
    alphas = np.array([cronbach(built.aggregated[:, below]) for below in framework.children])
    said: list[str] = []
    if int(built.scored.sum()) >= FEW:
        for number in range(len(framework.children)):
            said += _group(problem, correlations, number, float(alphas[number]))
    return Diagnosis(alphas, correlations, (*_like_ranks(problem), *said))


def _like_ranks(problem: Problem) -> list[str]:
    """Say which columns look like ranks of the places, of which less is better, turned round."""
    said = []
    for at, one in enumerate(problem.spec.indicators):
        column = problem.numbers.values[:, at]
        column = np.sort(column[np.isfinite(column)])
        whole = len(column) >= FEW and bool((column == np.arange(1, len(column) + 1)).all())
        if whole and one.direction > 0:
            said.append(
                f"{problem.framework.names[at]} looks like a rank (each number from 1 to "
                f"{len(column)} once), and more of it counts as better: if 1 is the best place, "
                "set direction = -1, or give the score behind the rank."
            )
    return said


def correlate(x: Floats) -> Floats:
    """Return Pearson correlations of columns over the rows that both have: (P, K) -> (K, K)."""
    there = np.isfinite(x).astype(np.float64)
    centre = np.where(there > 0, x, 0.0).sum(axis=0) / np.maximum(there.sum(axis=0), 1)
    z = np.where(there > 0, x - centre, 0.0)
    n = np.maximum(there.T @ there, 1)
    sums, squares = z.T @ there, (z * z).T @ there
    covered = z.T @ z - sums * sums.T / n
    own = squares - sums**2 / n
    length = np.sqrt(np.maximum(own * own.T, 0.0))
    return np.where(length > 1e-12, covered / np.where(length > 1e-12, length, 1.0), np.nan)


def cronbach(x: Floats) -> float:
    """Return Cronbach's alpha over the places that have all parts: (P, K).

    >>> cronbach(np.array([[1.0, 1.0], [2.0, 2.0], [3.0, 3.0]]))
    1.0
    """
    whole = x[np.isfinite(x).all(axis=1)]
    parts = x.shape[1]
    if parts < 2 or len(whole) < 3:
        return float("nan")
    total = whole.sum(axis=1).var(ddof=1)
    if not total:
        return float("nan")
    return float(parts / (parts - 1) * (1 - whole.var(axis=0, ddof=1).sum() / total))


def _group(problem: Problem, r: Floats, number: int, alpha: float) -> list[str]:
    framework = problem.framework
    below, node = framework.children[number], framework.indicators + number
    names, group = framework.names, framework.names[framework.indicators + number]
    said = []
    if len(below) > 1 and alpha < ALPHA:
        said.append(
            f"The parts of {group} do not move together (Cronbach's alpha {alpha:.2f}, usual is "
            f"{ALPHA} or more): its score averages unlike things."
        )
    for at, one in enumerate(below):
        for other in below[at + 1 :]:
            if r[one, other] > COLLINEAR:
                said.append(
                    f"{names[one]} and {names[other]} nearly repeat each other (correlation "
                    f"{r[one, other]:.2f}): together they count double within {group}."
                )
            elif r[one, other] < AGAINST:
                said.append(
                    f"{names[one]} and {names[other]} pull against each other (correlation "
                    f"{r[one, other]:.2f}): within {group} one hides the other."
                )
        if len(below) > 1 and r[one, node] < SILENT:
            said.append(
                f"{names[one]} hardly shows in {group} (correlation {r[one, node]:.2f}): places "
                "that are better at it do not score higher."
            )
    return said
