"""Public helpers for tests: synthetic logs with known truth, labels without texts, canaries.

In goes a population (``Spec``, a TOML file) and a seed; out come logs in a format of
``testing.formats`` and a ``Truth`` to hold estimates against. Nothing here touches a real record.
"""

from uptake.testing.canaries import Canary, plant
from uptake.testing.labels import draw_labels
from uptake.testing.search import Found, find
from uptake.testing.simulator import simulate, stream
from uptake.testing.spec import NOTICE, Spec, example_spec, load_spec
from uptake.testing.truth import Expectation, Rows, Truth, expect, read_truth

__all__ = [
    "NOTICE",
    "Canary",
    "Expectation",
    "Found",
    "Rows",
    "Spec",
    "Truth",
    "draw_labels",
    "example_spec",
    "expect",
    "find",
    "load_spec",
    "plant",
    "read_truth",
    "simulate",
    "stream",
]
