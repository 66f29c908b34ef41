"""Messages -> Labels: what each message is counted as, by one feature pass and several heads.

In: the turns of conversations, with what each follows. Out: for every message of a person the
probabilities of its language, intent, work and topic, as ``Labels``: the text ends here.

A new labeller is a line in ``LABELLERS``: a function without arguments that gives a ``Labeller``.
Other packages bring theirs by an entry point of the group ``uptake.labellers``.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from importlib.metadata import entry_points
from typing import Any, Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from uptake.model.calibration import Calibration, FacetErrors
from uptake.model.errors import ConfigError, UnknownNameError
from uptake.model.labels import Labels
from uptake.model.messages import Messages

ENTRY_POINTS = "uptake.labellers"

CORRECTED = ("intent", "work", "topic_group")
"""Facets whose shares a calibration corrects. Not the 24 topics: which of so many a message really
has, a few thousand calibration messages leave too open, and solutions lie at the border."""

NONE = "none"
"""What the setting ``usage.labeller`` calls it if messages are counted without being labelled."""


class Labeller(Protocol):
    """Whatever turns texts into probabilities."""

    def __call__(
        self, texts: Sequence[str], parents: NDArray[np.int32], is_user: NDArray[np.bool_]
    ) -> dict[str, NDArray[np.float32]]:
        """Label the person's turns, each with the turns before it as context.

        Args:
            texts: T turns, by the person and by the assistant.
            parents: (T,) index of the turn before, -1 for none, always smaller than its own.
            is_user: (T,) True for what the person wrote.

        Returns:
            ``language``, ``intent``, ``work`` and ``topic``: (M, values) probabilities for the M
            turns of the person in their order; values in the order of ``labels.LANGUAGES`` and of
            the facets in the catalogue; each row sums to one.
        """
        ...


@cache
def _shipped() -> Labeller:
    from uptake.label import modelcard, shipped

    return shipped.Shipped(shipped.read(modelcard.FOLDER / modelcard.WEIGHTS))


LABELLERS: dict[str, Callable[[], Labeller]] = {"shipped": _shipped}


def labellers() -> dict[str, Callable[[], Labeller]]:
    """Return our labellers and those that other installed packages bring.

    Raises:
        ConfigError: A package brings one under a name that is taken.
    """
    found = dict(LABELLERS)
    for point in entry_points(group=ENTRY_POINTS):
        if point.name in found:
            raise ConfigError(
                f"entry point {point.value} of group {ENTRY_POINTS}: the name {point.name!r} is "
                "taken; rename it, or uninstall one of the two packages"
            )
        found[point.name] = point.load()
    return found


def labeller(name: str) -> Labeller:
    """Return the labeller of that name, ready to use.

    Raises:
        UnknownNameError: There is none.
    """
    found = labellers()
    if name not in found:
        raise UnknownNameError("labeller", name, tuple(sorted(found)))
    return found[name]()


def card(name: str) -> dict[str, Any]:
    """Return what is known of a labeller: version, training data, validation on held-out messages.

    A labeller from another package says it in an attribute ``card``; without one, only its name
    is known.
    """
    from uptake.label import modelcard

    if name == NONE:
        return {
            "name": NONE,
            "summary": (
                "Messages were not labelled: this release says who wrote, when and where, and "
                "nothing of what about or in which language."
            ),
        }
    if name == "shipped":
        raw = (modelcard.FOLDER / modelcard.CARD).read_bytes()
        found: dict[str, Any] = msgspec.json.decode(raw)
        return found
    return {"name": name, **getattr(labeller(name), "card", {})}


def kept(labels: Labels, rows: NDArray[np.bool_]) -> Labels:
    """Return the labels of some messages only: ``rows`` has an entry for each."""
    return labels if rows.all() else Labels(labels.table.filter(rows))


def calibration(card: Mapping[str, Any]) -> Calibration | None:
    """Return how a labeller errs, from its card; None if the card does not count it.

    Raises:
        ConfigError: The card's counts fit neither the codebook nor each other.
    """
    found = card.get("calibration")
    if not found:
        return None
    facets = {}
    for name in CORRECTED:
        if name in found:
            values, counts = tuple(found[name]["values"]), np.array(found[name]["counts"])
            try:
                facets[name] = FacetErrors(values, counts.astype(np.int64))
            except ValueError as error:
                raise ConfigError(
                    f"card of labeller {card['name']!r}: calibration of {name}: {error}"
                ) from None
    messages = max((int(known.counts.sum()) for known in facets.values()), default=0)
    return Calibration("shipped", messages, facets)


def label(messages: Messages, labeller: Labeller) -> Labels:
    """Label a batch; its texts are read here for the last time."""
    from uptake.label.table import table

    return Labels(table(messages, labeller(messages.texts, messages.parents, messages.is_user)))
