"""What commands print: progress, warnings and the sentence of the headline."""

import sys
import time
from collections.abc import Callable, Sequence

import click

from uptake.model.errors import Exit
from uptake.model.estimate import Estimate, Key
from uptake.model.evaluation import Evaluation, Measured
from uptake.model.release import Release

WIDTH = 30


def progress() -> Callable[[str, int, int], None]:
    """Return what draws a bar on stderr when that is a terminal, and draws nothing otherwise."""
    if not sys.stderr.isatty():
        return lambda what, done, total: None
    last = 0.0

    def draw(what: str, done: int, total: int) -> None:
        nonlocal last
        now = time.monotonic()
        if done and done < total and now - last < 0.1:
            return
        last = now
        if total > 1:
            filled = WIDTH * done // total
            bar = "#" * filled + "-" * (WIDTH - filled)
            line = f"{what:<20} [{bar}] {100 * done // total:3d}%"
        else:
            line = f"{what} {done or ''}"
        sys.stderr.write(f"\r\x1b[K{line}" + ("\n" if total > 1 and done >= total else ""))
        sys.stderr.flush()

    return draw


def confirm(yes: bool) -> Callable[[str], bool]:
    """Return what shows an estimate and asks whether to start; without a terminal only ``yes`` is.

    Args:
        yes: Whether the command line has said so already.
    """

    def ask(said: str) -> bool:
        click.echo(said, err=True)
        return yes or (sys.stdin.isatty() and click.confirm("Start?", err=True))

    return ask


def end(warnings: Sequence[str]) -> int:
    """Print the warnings and return the exit state."""
    for warning in warnings:
        click.echo(f"warning: {warning}", err=True)
    return Exit.FINE_WITH_WARNING if warnings else Exit.FINE


def headline(release: Release) -> list[str]:
    """Return the figures of the headline, one line a place: intent, then the youngest bands.

    What was not computed is left out; what is withheld says so.
    """
    lines = []
    for iso3, name in [("all", "All"), *((p.iso3, p.name) for p in release.places)]:
        intents = _shares(release, "intent", ("asking", "doing", "expressing"), iso3)
        bands = _shares(release, "age_band", ("18-24", "25-34"), iso3)
        line = ", ".join(f"{share} {value}" for value, share in intents)
        if not (line or bands):
            groups = release.estimates.groups
            apart = iso3 == "all" or not groups or any(key[0] != "all" for key in groups)
            line = "no messages" if apart else "not counted apart"
        if bands:
            line += "; of messages from " + ", ".join(f"{band}: {share}" for band, share in bands)
        lines.append(f"{name}: {line}")
    return lines


def evaluation(found: Evaluation) -> list[str]:
    """Return the table of an evaluation: a line a facet, and what people reach below it."""
    about = (
        f"{found.rows:,} rows of {found.file}, {found.clusters:,} clusters ({found.unit}); "
        f"labeller {found.labeller}; {100 * found.level:g}% intervals"
    )
    lines = [
        about,
        f"{'':<24}{'n':>7}  {'kappa':<17}{'accuracy':<17}{'macro F1':<17}calibration error",
    ]
    for facet in found.facets:
        figures = (facet.kappa, facet.accuracy, facet.macro_f1, facet.calibration_error)
        shown = "".join(f"{_measured(figure):<17}" for figure in figures)
        lines.append(f"{facet.title:<24}{facet.n:>7,}  {shown}".rstrip())
        if facet.published:
            known = facet.published
            judged = facet.kappa.low is not None
            lines.append(
                f"{'':<24}{'':>7}  {known.stands if judged else 'beside'} people with each other, "
                f"{known.people:.2f} "
                f"(a frontier model: {known.model:.2f}; {known.source})"
            )
    return [*lines, *(f"note: {note}" for note in found.notes)]


def _measured(figure: Measured) -> str:
    """Write a figure with its interval.

    >>> _measured(Measured(0.612, 0.58, 0.64)), _measured(Measured(1.0)), _measured(Measured(None))
    ('.61 (.58-.64)', '1.00 (no interval)', 'not defined')
    """
    if figure.value is None:
        return "not defined"
    if figure.low is None or figure.high is None:
        return f"{_two(figure.value)} (no interval)"
    return f"{_two(figure.value)} ({_two(figure.low)}-{_two(figure.high)})"


def _two(number: float) -> str:
    return f"{number:.2f}".replace("0.", ".", 1) if abs(number) < 0.995 else f"{number:.2f}"


def _shares(
    release: Release, facet: str, values: Sequence[str], place: str
) -> list[tuple[str, str]]:
    keys = [Key(facet, value, "message_share", place) for value in values]
    shares = release.estimates.shares
    return [(key.value, _share(shares[key])) for key in keys if key in shares]


def _share(estimate: Estimate | None) -> str:
    if estimate is None:
        return "withheld"
    return f"{estimate.value:.0%} ({100 * estimate.low:.0f}-{100 * estimate.high:.0f})"
