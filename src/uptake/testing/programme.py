"""Invented schools of which some had their teachers trained, with an effect that is known."""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np


@dataclass(frozen=True, slots=True)
class Training:
    """A programme to invent.

    Attributes:
        effect: What training adds to the outcome, in points, from its first month on.
        schools: How many.
        cohorts: First month of training (index) and number of schools that start then.
        months: How many, from ``first``.
        first: Year and month of the first one.
        level: Mean of the outcome.
        rise: Of the outcome a month, in all schools.
        spread: Of schools around the mean, and of a school around itself.
        persistence: Autocorrelation of a school's deviations from a month to the next.
        known: Months whose outcome is in; the others are empty.
        seed: Makes it repeatable.
    """

    effect: float
    schools: int = 60
    cohorts: tuple[tuple[int, int], ...] = ((8, 12), (11, 12))
    months: int = 18
    first: tuple[int, int] = (2025, 1)
    level: float = 24.0
    rise: float = 0.4
    spread: tuple[float, float] = (6.0, 3.0)
    persistence: float = 0.5
    known: int = 18
    seed: int = 2031


def month(training: Training, at: int) -> str:
    """Return the name of a month, ``2025-09``."""
    year, first = training.first
    return f"{year + (first - 1 + at) // 12}-{(first - 1 + at) % 12 + 1:02d}"


def write_training(path: Path, training: Training) -> None:
    """Write a panel: a row a school and month, the outcome in percent, who is trained first."""
    rng = np.random.default_rng(training.seed)
    between, within = training.spread
    e = within * rng.standard_normal((training.schools, training.months))
    for at in range(1, training.months):
        e[:, at] = (
            training.persistence * e[:, at - 1] + np.sqrt(1 - training.persistence**2) * e[:, at]
        )
    time = np.arange(training.months)
    y = training.level + training.rise * time + between * rng.standard_normal((training.schools, 1))
    start = np.repeat(
        [*(at for at, _ in training.cohorts), training.months],
        [
            *(many for _, many in training.cohorts),
            training.schools - sum(many for _, many in training.cohorts),
        ],
    )
    y = np.clip(y + e + training.effect * (time >= start[:, None]), 0, 100)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["school", "month", "share_of_lessons"])
    for school in range(training.schools):
        for at in range(training.months):
            known = f"{y[school, at]:.1f}" if at < training.known else ""
            writer.writerow([f"school-{school + 1:02d}", month(training, at), known])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(out.getvalue(), encoding="utf-8", newline="")
