"""The door: exact cells in, released cells out, and there is no other way.

``MODES`` holds what a release may be; a new mechanism is one file here and one line below.
"""

from collections.abc import Callable

from uptake.model.errors import ReleaseRefusedError, UnknownNameError
from uptake.model.rawcells import RawCells
from uptake.model.releasedcells import ReleasedCells
from uptake.protect import internal, own, public
from uptake.protect.internal import Settled
from uptake.protect.listed import mark_listed, protected_places
from uptake.protect.thresholds import Thresholds

Mode = Callable[[RawCells, Thresholds, Settled | None], ReleasedCells]

INTERNAL = "internal"
"""The mode without noise: months are frozen once they were released, see ``flow.freeze``."""

PUBLIC = "public"
"""The mode with noise: its cells come from joint tables of their own, see ``public``."""

MODES: dict[str, Mode | None] = {
    INTERNAL: internal.release,
    "own": own.release,
    PUBLIC: None,
}


def protect(
    cells: RawCells, *, mode: str, thresholds: Thresholds, settled: Settled | None = None
) -> ReleasedCells:
    """Carry exact cells through the door.

    Args:
        cells: Exact cells.
        mode: One of ``MODES``.
        thresholds: Of a published cell.
        settled: What earlier releases settled, see ``internal.release``.

    Raises:
        UnknownNameError: There is no such mode.
        ReleaseRefusedError: The mode can not keep its promise.
    """
    require(mode)
    made = MODES[mode]
    if made is None:
        raise ReleaseRefusedError(
            f"mode {mode!r} releases joint tables with noise, never exact cells"
        )
    return made(cells, thresholds, settled)


def require(mode: str) -> None:
    """Refuse a mode that can not release, before any work is done for it.

    Raises:
        UnknownNameError: There is no such mode.
    """
    if mode not in MODES:
        raise UnknownNameError("mode", mode, tuple(sorted(MODES)))


__all__ = [
    "INTERNAL",
    "MODES",
    "PUBLIC",
    "Thresholds",
    "mark_listed",
    "protect",
    "protected_places",
    "public",
    "require",
]
