"""A panel with a programme to its effect: in goes ``Panel``, out comes ``Effect``.

``weights`` says how outcomes are added up, ``inference`` how exact that is, ``assumptions`` what
must hold. A new method is one pure function from a panel to an effect and one line in ``METHODS``.
"""

from collections.abc import Callable

from uptake.evaluate.adjusted import callaway_santanna
from uptake.evaluate.carried import carry
from uptake.evaluate.interrupted import interrupted_time_series
from uptake.evaluate.planning import plan, require_design
from uptake.evaluate.randomised import randomised
from uptake.evaluate.synthetic import synthetic_control
from uptake.evaluate.trends import (
    did2s,
    difference_in_differences,
    sun_abraham,
)
from uptake.model.effect import Effect
from uptake.model.errors import UnknownNameError
from uptake.model.panel import Panel

METHODS: dict[str, Callable[[Panel], Effect]] = {
    "did": difference_in_differences,
    "callaway-santanna": callaway_santanna,
    "synthetic-control": synthetic_control,
    "interrupted-time-series": interrupted_time_series,
    "randomised": randomised,
    "sun-abraham": sun_abraham,
    "did2s": did2s,
}


def method(name: str) -> Callable[[Panel], Effect]:
    """Return a method by its name.

    Raises:
        UnknownNameError: There is none of that name.
    """
    if name not in METHODS:
        raise UnknownNameError("method", name, tuple(METHODS))
    return METHODS[name]


def estimate(name: str, panel: Panel) -> Effect:
    """Estimate an effect; noise and withheld cells of a release are carried into its interval.

    Raises:
        ConfigError: The method does not fit the panel.
        UnknownNameError: There is no such method.
    """
    return carry(name, method(name), panel)


__all__ = ["METHODS", "estimate", "method", "plan", "require_design"]
