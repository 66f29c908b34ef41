"""What an index's TOML says: its table, hierarchy, steps and what its uncertainty runs vary."""

import math
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from uptake.model.errors import UptakeError

Impute = Literal["none", "mean", "median", "group_mean", "group_median", "em"]
Treat = Literal["none", "winsorise", "log"]
Normalise = Literal["none", "min_max", "z", "rank", "percentile", "goalposts", "distance_to_target"]
Weights = Literal["given", "equal", "pca"]
Aggregate = Literal["arithmetic", "geometric", "harmonic", "median"]
Share = Annotated[float, msgspec.Meta(ge=0, le=1)]


class IndexInputError(UptakeError):
    """An index's spec or table is not what it should be: nothing is computed from it."""

    def __init__(self, place: str, reason: str, mend: str) -> None:
        """Name the file, row and column; what is wrong there; how to mend it."""
        super().__init__(f"{place}: {reason}; {mend}")


class _Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the file: an unknown key is refused, as it is most often a misspelt one."""


class Table(_Part, frozen=True):
    """Where the numbers are: a CSV with one row a place, or tables of the catalogue.

    Attributes:
        file: Name of the CSV, from the folder of the spec; empty with ``sources``.
        sources: Names of tables of the catalogue, whose indicators are the columns.
        places: Codes of the places to take from them.
        place: Heading of the column that names a place, once each.
        name: Heading of the places' names; empty for the same as ``place``.
        group: Heading of the groups that imputation may use.
        where: Rows that count: heading to cell.
        decimal: Sign before the decimals.
        thousands: Sign between groups of three digits; spaces are understood anyway.
        delimiter: Between cells.
        encoding: Of the file.
        missing: Cells that say that there is no value.
    """

    file: str = ""
    sources: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    place: str = "place"
    name: str = ""
    group: str = ""
    where: dict[str, str] = {}
    decimal: Literal[".", ","] = "."
    thousands: str = ""
    delimiter: Annotated[str, msgspec.Meta(min_length=1, max_length=1)] = ","
    encoding: str = "utf-8-sig"
    missing: tuple[str, ...] = ("", "NA", "..", "…")


class Node(_Part, frozen=True):
    """A pillar, sub-index or the index itself; the index is the one without a parent.

    Attributes:
        code: Its id.
        name: In words; empty for the code.
        parent: Code of the aggregate that it belongs to.
        weight: Within its parent.
    """

    code: str
    name: str = ""
    parent: str = ""
    weight: float = 1.0


class Counted(_Part, frozen=True):
    """Claims of an observatory that make a column.

    Attributes:
        type: ``initiative`` and ``policy`` are counted by story, ``indicator`` gives a figure.
        stages: Stages of an initiative, or statuses of a policy, that count; empty for all.
        measure: Of a figure, as in the catalogue (``ict_exports``).
        currency: ISO 4217 code into which money is converted; empty for what is no money.
        unit: Of what is no money.
        fewest: Stories that must name a place for its count to be one: of fewer, none says little.
    """

    type: Literal["initiative", "policy", "indicator"]
    stages: tuple[str, ...] = ()
    measure: str = ""
    currency: str = ""
    unit: str = "count"
    fewest: Annotated[int, msgspec.Meta(ge=1)] = 1


class Indicator(Node, frozen=True):
    """One column of the table; its code is the heading.

    Attributes:
        unit: In words.
        direction: 1 if more is better, -1 if less is.
        denominator: Heading of the column that it is divided by.
        transform: ``log`` takes the natural logarithm first, of the goalposts too.
        goalposts: Values that score lowest and highest; what is beyond counts as them.
        target: Value that scores highest under ``distance_to_target``.
        low: Heading of the lower end of its interval.
        high: Heading of the upper end.
        events: Heading of the count that a rate rests on: its interval is that of the count
            (Poisson, Jeffreys).
        claims: Instead of a column of the table: claims of an observatory.
        released: Instead of a column of the table: a figure of an observatory's release.
    """

    unit: str = ""
    direction: Literal[1, -1] = 1
    denominator: str = ""
    transform: Literal["", "log"] = ""
    goalposts: tuple[float, float] | None = None
    target: float | None = None
    low: str = ""
    high: str = ""
    events: str = ""
    claims: Counted | None = None
    released: Literal["", "usage_index"] = ""

    @property
    def tabular(self) -> bool:
        """Whether it is a column of the table."""
        return self.claims is None and not self.released


class Steps(_Part, frozen=True):
    """How a score is made; the defaults are COINr's.

    Attributes:
        impute: What stands for a missing cell.
        treat: What is done with outliers: ``winsorise`` moves up to ``winmax`` cells to the next
            one until |skew| < ``skew`` or kurtosis < ``kurtosis``, and takes the log if that is
            not enough; ``log`` takes the log at once where the limits are passed.
        normalise: The common scale.
        range: Ends of that scale, for all but ``none`` and ``z``.
        weights: ``given`` in the spec, ``equal``, or ``pca`` (squared loadings of the first
            principal component of each group).
        relative_weights: Whether given weights need not sum to 1 (or 100) in their group.
        aggregate: The mean of a group; one for all levels or one a level, from the lowest.
        available: Share of the indicators that a place must have to be scored.
    """

    impute: Impute = "none"
    treat: Treat = "none"
    winmax: Annotated[int, msgspec.Meta(ge=1)] = 5
    skew: float = 2.0
    kurtosis: float = 3.5
    normalise: Normalise = "min_max"
    range: tuple[float, float] = (0.0, 100.0)
    weights: Weights = "given"
    relative_weights: bool = False
    aggregate: Aggregate | tuple[Aggregate, ...] = "arithmetic"
    available: Share = 0.0


class Options(_Part, frozen=True):
    """Steps that could as well have been taken another way; empty for what is not varied."""

    impute: tuple[Impute, ...] = ()
    treat: tuple[Treat, ...] = ()
    winmax: tuple[Annotated[int, msgspec.Meta(ge=1)], ...] = ()
    normalise: tuple[Normalise, ...] = ()
    weights: tuple[Weights, ...] = ()
    aggregate: tuple[Aggregate, ...] = ()


class Uncertainty(_Part, frozen=True):
    """What the uncertainty runs vary.

    Attributes:
        runs: How many; 0 for none.
        seed: Makes them repeatable.
        level: Of the rank intervals.
        weight_noise: Each weight is drawn up to this share above or below its value.
        inputs: Whether cells with ``low`` and ``high`` are drawn from their intervals.
        input_level: Level of those intervals.
        imputed: Whether imputed cells are drawn around what stands for them; under ``em`` they
            always are.
        sobol: Samples of the Sobol design, a power of two; 0 for none.
        choices: Modelling choices.
    """

    runs: Annotated[int, msgspec.Meta(ge=0, le=100_000)] = 1000
    seed: int = 1
    level: Annotated[float, msgspec.Meta(gt=0.5, lt=1)] = 0.9
    weight_noise: Annotated[float, msgspec.Meta(ge=0, lt=1)] = 0.0
    inputs: bool = True
    input_level: Annotated[float, msgspec.Meta(gt=0.5, lt=1)] = 0.95
    imputed: bool = False
    sobol: Annotated[int, msgspec.Meta(ge=0, le=4096)] = 128
    choices: Options = Options()


class Spec(_Part, frozen=True):
    """An index as its file describes it."""

    title: str
    table: Table
    indicators: Annotated[tuple[Indicator, ...], msgspec.Meta(min_length=1)]
    aggregates: Annotated[tuple[Node, ...], msgspec.Meta(min_length=1)]
    description: str = ""
    source: str = ""
    steps: Steps = Steps()
    uncertainty: Uncertainty = Uncertainty()


def read_spec(path: Path) -> Spec:
    """Read a spec.

    Raises:
        IndexInputError: It is no TOML, lacks a key, has an unknown one, or a value is out of range.
    """
    if not path.is_file():
        raise IndexInputError(
            str(path),
            "there is no such file",
            "check the name; one of the catalogue is written without an ending",
        )
    try:
        raw = tomllib.loads(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise IndexInputError(path.name, "is not UTF-8", "save it as UTF-8") from None
    except tomllib.TOMLDecodeError as error:
        raise IndexInputError(path.name, f"is no TOML: {error}", "mend that line") from None
    return spec_of(raw, path.name)


def spec_of(raw: dict[str, Any], name: str) -> Spec:
    """Check what a TOML says.

    Args:
        raw: As parsed.
        name: Of the file, for messages.

    Raises:
        IndexInputError: As ``read_spec``.
    """
    try:
        spec = msgspec.convert(raw, Spec)
    except msgspec.ValidationError as error:
        raise IndexInputError(name, str(error), "see the reference of index specs") from None
    _check_finite(raw, name)
    _check(spec, name)
    return spec


def _check_finite(value: object, where: str) -> None:
    """Refuse ``nan`` and ``inf``, which TOML allows and no key here means."""
    if isinstance(value, float) and not math.isfinite(value):
        raise IndexInputError(where, f"is {value}", "write a number")
    if isinstance(value, dict):
        for key, part in value.items():
            _check_finite(part, f"{where}, {key}")
    elif isinstance(value, list):
        for number, part in enumerate(value, 1):
            _check_finite(part, f"{where} {number}")


def _check(spec: Spec, name: str) -> None:
    table = spec.table
    if bool(table.file) == bool(table.sources) or bool(table.sources) != bool(table.places):
        raise IndexInputError(
            f"{name}, table",
            "does not say where the numbers are",
            "name file, or sources and places",
        )
    low, high = spec.steps.range
    if low >= high:
        raise IndexInputError(
            f"{name}, steps.range", f"[{low:g}, {high:g}] is no range", "write the lower end first"
        )
    imputes = {spec.steps.impute, *spec.uncertainty.choices.impute}
    if not table.group and imputes & {"group_mean", "group_median"}:
        raise IndexInputError(
            f"{name}, impute", "takes groups and there are none", "name their column: table.group"
        )
    samples = spec.uncertainty.sobol
    if samples & (samples - 1):
        raise IndexInputError(
            f"{name}, uncertainty.sobol", f"{samples} is no power of two", "write 64, 128 or 256"
        )
    for one in spec.indicators:
        _check_indicator(one, spec, name)


def _check_indicator(one: Indicator, spec: Spec, name: str) -> None:
    where = f"{name}, indicator {one.code}"
    if not one.parent:
        raise IndexInputError(where, "has no parent", "name the aggregate that it belongs to")
    used = {spec.steps.normalise, *spec.uncertainty.choices.normalise}
    if bool(one.low) != bool(one.high):
        raise IndexInputError(where, "has one end of an interval", "name both low and high")
    if one.events and (one.low or not one.tabular):
        raise IndexInputError(where, "has two intervals", "name events, or low and high")
    if one.claims and one.released:
        raise IndexInputError(where, "has two origins", "name claims or released")
    if one.claims and (one.claims.type == "indicator") != bool(one.claims.measure):
        raise IndexInputError(
            where,
            f"does not say what to take of claims of the type {one.claims.type}",
            "name measure for the type indicator, and only there",
        )
    if one.goalposts and one.goalposts[0] >= one.goalposts[1]:
        raise IndexInputError(where, "its goalposts are no range", "write the lower one first")
    if one.transform == "log" and one.goalposts and one.goalposts[0] <= 0:
        raise IndexInputError(
            where, "the log of a goalpost of 0 is not defined", "raise it above 0"
        )
    if "goalposts" in used and one.goalposts is None:
        raise IndexInputError(where, "has no goalposts", "add goalposts = [lowest, highest]")
    if "distance_to_target" in used and one.target is None:
        raise IndexInputError(where, "has no target", "add target = VALUE")
