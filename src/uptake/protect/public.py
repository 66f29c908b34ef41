"""Public mode: differentially private releases, which this version does not make yet."""

from typing import NoReturn

from uptake.model.errors import ReleaseRefusedError
from uptake.model.rawcells import RawCells
from uptake.protect.thresholds import Thresholds


def release(cells: RawCells, thresholds: Thresholds) -> NoReturn:
    """Refuse: no noise mechanism stands behind a public release yet.

    Raises:
        ReleaseRefusedError: Always.
    """
    refuse()


def refuse() -> NoReturn:
    """Say why nothing is released, and what to do instead.

    Raises:
        ReleaseRefusedError: Always.
    """
    raise ReleaseRefusedError(
        "public mode: this version has no differentially private mechanism, so nothing is "
        "released; build with --mode internal for closed use, and publish none of it"
    )
