"""A share of a release by month -> the panel of a programme, as CSV with its errors."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec
from scipy import stats

from uptake.engine import store
from uptake.flow.inputs import read_manifest
from uptake.flow.programmes import Programme, Released
from uptake.model.dimensions import ALL, DIMENSIONS
from uptake.model.errors import ConfigError
from uptake.model.estimate import Estimates

Row = tuple[str, str, tuple[float, float] | None]
"""Unit, month, and the share with its standard error; None where it is withheld."""

UNKNOWN = "unknown"
HEAD = ("unit", "period", "outcome", "se")


def panel_file(
    source: Path,
    programme: Programme,
    estimates: Estimates | None,
    into: Path,
    *,
    public: bool = False,
) -> Path:
    """Return where the panel of a programme is; one from a release is laid out into a file first.

    Nothing is computed of the outcome here: cells are copied, withheld ones as such.

    Args:
        source: The programme's file.
        programme: As read.
        estimates: Of the release at hand; None for none.
        into: Folder of that file.
        public: Whether the effect is part of a release with noise.

    Raises:
        ConfigError: No release is named, it has no such share by month, or it has no noise and the
            effect would be part of one that has.
    """
    wanted = programme.panel.released
    if wanted is None:
        return source.parent / programme.panel.file
    if wanted.observatory:
        folder = _folder(source.parent / wanted.observatory)
        if public:
            _require_public(folder, source.name)
        rows = list(_of_files(folder, wanted))
    elif estimates:
        rows = list(_of(estimates, wanted))
    else:
        raise ConfigError(
            f"{source.name}: panel.released names no observatory; set observatory, or name the "
            "programme in an observatory.toml"
        )
    if not rows:
        raise ConfigError(
            f"{source.name}: panel.released: the release has no {wanted.measure} of "
            f"{wanted.facet} = {wanted.value} by {wanted.units} and month; see its table "
            f"{_table(wanted)}"
        )
    path = into / "panel.csv"
    store.write_bytes(path, _text(rows, programme.panel.withheld).encode())
    return path


def _require_public(release: Path, name: str) -> None:
    try:
        mode = msgspec.json.decode((release / "json" / "index.json").read_bytes())["mode"]
    except (OSError, msgspec.DecodeError, KeyError, TypeError):
        mode = "an unknown"
    if mode != "public":
        raise ConfigError(
            f"{name}: panel.released: {release} was made in {mode} mode, and its figures carry no "
            "noise: they can not enter a public release; name a public one, or evaluate it apart: "
            "uptake evaluate"
        )


def _of(estimates: Estimates, wanted: Released) -> Iterator[Row]:
    for key, found in estimates.rows():
        if (key.facet, key.value, key.measure) == (wanted.facet, wanted.value, wanted.measure):
            at = {name: str(getattr(key, name)) for name in DIMENSIONS}
            if _fits(at, wanted):
                known = (found.value, _se(found.low, found.high, found.level)) if found else None
                yield at[wanted.units], at["month"], known


def _of_files(release: Path, wanted: Released) -> Iterator[Row]:
    path = release / "csv" / f"{_table(wanted)}.csv"
    if not path.is_file():
        return
    with path.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            same = (line["facet"], line["value"], line["measure"])
            if same == (wanted.facet, wanted.value, wanted.measure) and _fits(line, wanted):
                ends = [float(line[name]) for name in ("low", "high", "level") if line["share"]]
                known = (float(line["share"]), _se(*ends)) if ends else None
                yield line[wanted.units], line["month"], known


def _fits(at: Mapping[str, str], wanted: Released) -> bool:
    """Whether a row is split by the units and the month, and by nothing else."""
    split = {name for name in DIMENSIONS if at[name] != ALL}
    known = UNKNOWN not in (at[wanted.units], at["month"]) and "/" not in at["month"]
    return split == {wanted.units, "month"} and known


def _se(low: float, high: float, level: float) -> float:
    """Return the standard error behind an interval: half its width over the normal quantile."""
    return (high - low) / 2 / float(stats.norm.ppf((1 + level) / 2))


def _folder(named: Path) -> Path:
    if (named / "csv").is_dir():
        return named
    id = read_manifest(named / "build" / "store" / "manifest.json").release
    found = named / "build" / "release" / id
    if not id or not found.is_dir():
        raise ConfigError(f"{named}: holds no release; make one with: uptake build {named}")
    return found


def _table(wanted: Released) -> str:
    order = [name for name in DIMENSIONS if name in (wanted.units, "month")]
    return "shares-by-" + "-".join(order).replace("_", "-")


def _text(rows: Iterable[Row], withheld: str) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(HEAD)
    for unit, month, known in sorted(rows, key=lambda row: row[:2]):
        cells = (f"{known[0]:.6g}", f"{known[1]:.3g}") if known else (withheld, "")
        writer.writerow([unit, month, *cells])
    return out.getvalue()
