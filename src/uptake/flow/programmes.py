"""PROGRAMME.toml -> Programme: what is to be evaluated, and how; nothing of the outcome."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import msgspec

from uptake.catalog.gazetteer import known_places
from uptake.evaluate import method
from uptake.model.errors import ConfigError, UnknownNameError

COVARIATES = ("callaway-santanna", "synthetic-control")
"""Methods that use covariates."""


class Released(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A share of a release by month, as the outcome.

    Attributes:
        facet: Of the share (``work``).
        value: Its value (``study``).
        measure: ``message_share`` or ``people_share``.
        units: What the units are: ``place``, ``age_band``, ``gender`` or ``language``.
        observatory: Folder of the observatory or of one of its releases, relative to the
            programme's file; empty: the observatory that names the programme.
    """

    facet: str
    value: str
    measure: Literal["message_share", "people_share"] = "message_share"
    units: Literal["place", "age_band", "gender", "language"] = "place"
    observatory: str = ""


class PanelFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A CSV file with one row a unit and period.

    Attributes:
        file: Relative to the programme's file.
        unit: Column of the unit.
        period: Column of the period.
        outcome: Column of the outcome.
        title: The outcome in words; empty for the column's name.
        cluster: Column of what units belong together in; empty: each unit by itself.
        delimiter: Between cells.
        noise: Column of the standard error of each outcome in the release that it is from.
        withheld: What stands in the outcome's cell where a release withholds it.
        released: Instead of a file: a share of a release.
    """

    file: str = ""
    unit: str = "unit"
    period: str = "period"
    outcome: str = "outcome"
    title: str = ""
    cluster: str = ""
    delimiter: str = ","
    noise: str = ""
    withheld: str = "withheld"
    released: Released | None = None


class Treated(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"start": "from"}):
    """Units and the first period in which they are treated."""

    units: tuple[str, ...]
    start: str | int


class Predictor(
    msgspec.Struct,
    frozen=True,
    forbid_unknown_fields=True,
    rename={"first": "from", "last": "to"},
):
    """A covariate: the mean of a column over some periods.

    Attributes:
        column: Of the panel's file.
        first: First period; empty: the panel's first.
        last: Last period; empty: the last before the start.
        training_column: Where predictors are weighted by earlier periods; empty: ``column``.
        training: First and last of those periods.
    """

    column: str
    first: str | int = ""
    last: str | int = ""
    training_column: str = ""
    training: tuple[str | int, str | int] | None = None


class Synthetic(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Periods of a synthetic control: for the fit, and for weighting predictors."""

    fit: tuple[str | int, str | int] | None = None
    training: tuple[str | int, str | int] | None = None


class Planned(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the outcome is thought to vary, for ``--plan``.

    Attributes:
        sd: Standard deviation beyond unit and period effects.
        autocorrelation: Of a unit's deviations, from a period to the next.
        within_cluster: Correlation of units of a cluster.
        effect: That is hoped for.
        noise: Standard error of each outcome in a release, beside ``sd``.
    """

    sd: float
    autocorrelation: float = 0.0
    within_cluster: float = 0.0
    effect: float | None = None
    noise: float = 0.0


class Programme(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be evaluated.

    Attributes:
        name: As shown.
        method: A name in ``evaluate.METHODS``.
        panel: Where the outcome is.
        treated: Who, and from when.
        comparison: Units to compare with; empty: all others in the panel.
        covariates: Of the units, for a synthetic control or for group-time effects.
        synthetic: Its periods.
        plan: For ``--plan``.
        notice: Printed on the page, such as that the data are synthetic.
        description: What was done, in a few sentences.
        places: ISO 3166-1 alpha-3 of the places on whose profiles it is shown.
    """

    name: str
    method: str
    panel: PanelFile
    treated: tuple[Treated, ...]
    comparison: tuple[str, ...] = ()
    covariates: tuple[Predictor, ...] = ()
    synthetic: Synthetic = Synthetic()
    plan: Planned | None = None
    notice: str = ""
    description: str = ""
    places: tuple[str, ...] = ()


@contextmanager
def named(source: Path) -> Iterator[None]:
    """Put the programme's file before a message that names no file yet.

    Raises:
        ConfigError: As raised inside, or for a name that is not known.
    """
    try:
        yield
    except (ConfigError, UnknownNameError) as error:
        said = str(error)
        if said.startswith(source.name) or ".csv" in said.partition(": ")[0]:
            raise
        raise ConfigError(f"{source.name}: {said}") from None


def load(path: Path) -> Programme:
    """Read a programme.

    Raises:
        ConfigError: A setting is unknown, missing or of the wrong kind; the message names it.
        UnknownNameError: There is no such method.
    """
    found = _decoded(path)
    with named(path):
        method(found.method)
    for place in found.places:
        if place not in known_places():
            raise ConfigError(
                f"{path.name}: places: {place!r} is no known place; write ISO 3166-1 alpha-3"
            )
    if not any(one.units for one in found.treated):
        raise ConfigError(f"{path.name}: treated: names no unit; add [[treated]] with units, from")
    if bool(found.panel.file) == (found.panel.released is not None):
        raise ConfigError(
            f"{path.name}: panel: does not say where the outcome is; name file, or released"
        )
    if found.panel.released:
        # What is taken of a release is laid out so: see ``flow.released``.
        panel = msgspec.structs.replace(
            found.panel, unit="unit", period="period", outcome="outcome", noise="se", cluster=""
        )
        found = msgspec.structs.replace(found, panel=panel)
    if found.covariates and found.method not in COVARIATES:
        raise ConfigError(
            f"{path.name}: covariates: {found.method!r} does not use them; leave them out, or use "
            f"one of: {', '.join(COVARIATES)}"
        )
    return found


def _decoded(path: Path) -> Programme:
    if not path.is_file():
        raise ConfigError(f"{path.name}: there is no such file in {path.parent}; check its name")
    try:
        return msgspec.toml.decode(path.read_bytes(), type=Programme)
    except UnicodeDecodeError:
        raise ConfigError(f"{path.name}: is not UTF-8; save it as UTF-8") from None
    except msgspec.ValidationError as error:
        raise ConfigError(f"{path.name}: {error}; {_mend(str(error))}") from None
    except msgspec.DecodeError as error:
        raise ConfigError(f"{path.name}: is no TOML: {error}; mend that line") from None


def _mend(said: str) -> str:
    if "got `date" in said:
        return "write the date in quotes, as the file has it"
    if "unknown field `to`" in said and "$.treated" in said:
        return (
            "a programme goes on once it has started: leave out the periods after its end, or the "
            "units whose treatment was taken back"
        )
    return "see the settings of `uptake evaluate` in the reference"
