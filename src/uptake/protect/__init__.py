"""The door: exact cells in, released cells out, and there is no other way.

``MODES`` holds what a release may be; a new mechanism is one file here and one line below.
"""

from collections.abc import Callable

from uptake.model.errors import UnknownNameError
from uptake.model.rawcells import RawCells
from uptake.model.releasedcells import ReleasedCells
from uptake.protect import internal, own, public
from uptake.protect.thresholds import Thresholds

Mode = Callable[[RawCells, Thresholds], ReleasedCells]

MODES: dict[str, Mode] = {
    "internal": internal.release,
    "own": own.release,
    "public": public.release,
}


def protect(cells: RawCells, *, mode: str, thresholds: Thresholds) -> ReleasedCells:
    """Carry exact cells through the door.

    Raises:
        UnknownNameError: There is no such mode.
        ReleaseRefusedError: The mode can not keep its promise.
    """
    require(mode)
    return MODES[mode](cells, thresholds)


def require(mode: str) -> None:
    """Refuse a mode that can not release, before any work is done for it.

    Raises:
        UnknownNameError: There is no such mode.
        ReleaseRefusedError: The mode can not keep its promise.
    """
    if mode not in MODES:
        raise UnknownNameError("mode", mode, tuple(sorted(MODES)))
    if mode == "public":
        public.refuse()


__all__ = ["MODES", "Thresholds", "protect", "require"]
