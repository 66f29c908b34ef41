"""CSV -> Panel, in two steps: the design first, the outcome only when it may be read."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from uptake.flow.cells import ordered, parsed, require_apart
from uptake.flow.programmes import PanelFile, Predictor, Programme
from uptake.model.errors import ConfigError, UnreadableInputError
from uptake.model.panel import Covariate, Floats, Panel

FEWEST_RANKED = 5
"""Units from which on whole numbers that are all different are no chance."""


@dataclass(frozen=True)
class Design:
    """A panel without its outcome.

    Attributes:
        panel: Its outcomes are all missing.
        rows: Cells of the file, by column, as text; the outcome's column is not among them.
        place: (row) -> unit and period index; -1 for rows of units that are not used.
    """

    panel: Panel
    rows: tuple[dict[str, str], ...]
    place: tuple[tuple[int, int], ...]


def read_design(path: Path, programme: Programme) -> Design:
    """Read everything but the outcome.

    Args:
        path: The CSV file.
        programme: What is to be evaluated.

    Raises:
        ConfigError: A column, a unit or a period of the programme is not in the file.
        UnreadableInputError: The file is no CSV, or holds a unit and period twice; the message
            names the line.
    """
    spec = programme.panel
    rows = _rows(path, spec.delimiter)
    for line in rows[:1]:
        for column in (spec.unit, spec.period, spec.outcome, *_also(programme)):
            if column not in line:
                has = ", ".join(name for name in line if name)
                raise ConfigError(
                    f"{path.name}: has no column {column!r}; it has: {has}{_parted(has, spec)}"
                )
    rows = [
        {k: v for k, v in row.items() if k != spec.outcome or k in _used(programme)} for row in rows
    ]
    _named(path.name, rows, (spec.unit, spec.period))
    treated = _treated(programme)
    there = dict.fromkeys(row[spec.unit] for row in rows)
    require_apart(f"{path.name}, column {spec.unit}", list(there))
    for role, names in (("treated", treated), ("comparison", dict.fromkeys(programme.comparison))):
        for name in names:
            if name not in there:
                raise ConfigError(
                    f"{role}: {name!r} is no unit in {path.name}; it has {_few(list(there))}"
                )
    both = [name for name in programme.comparison if name in treated]
    if both:
        raise ConfigError(f"comparison: {both[0]!r} is treated; leave it out of one of the lists")
    used = [
        u for u in there if u in treated or not programme.comparison or u in programme.comparison
    ]
    where = f"{path.name}, column {spec.period}"
    periods = ordered(list(dict.fromkeys(row[spec.period] for row in rows)), where)
    at = {name: i for i, name in enumerate(periods)}
    start = np.array([_start(treated, u, at, periods) for u in used], dtype=np.int64)
    index = {name: i for i, name in enumerate(used)}
    place = tuple((index.get(row[spec.unit], -1), at[row[spec.period]]) for row in rows)
    _once(path.name, rows, place, used, periods)
    of_cluster, cluster = _clusters(path.name, rows, place, programme, used)
    panel = Panel(
        tuple(used),
        tuple(periods),
        np.full((len(used), len(periods)), np.nan),
        start,
        cluster,
        of_cluster,
        fit=_span(programme.synthetic.fit, at),
        training=_span(programme.synthetic.training, at),
    )
    return Design(panel, tuple(rows), place)


def _parted(has: str, spec: PanelFile) -> str:
    """Suggest the delimiter that a first line of one cell seems to have."""
    other = next((sign for sign in (";", "\t", "|") if sign in has and spec.delimiter != sign), "")
    if other:
        return f"; set panel.delimiter = {json.dumps(other)}"
    return "; name the columns under panel as the file does"


def read_outcome(
    path: Path, programme: Programme, design: Design, *, planned: bool = False
) -> Panel:
    """Read the outcome, and the covariates, into a design.

    Args:
        path: The CSV file.
        programme: What is to be evaluated.
        design: As read.
        planned: Whether outcomes may be missing altogether, as they are not in yet.

    Raises:
        ConfigError: Every outcome of a side is missing.
        UnreadableInputError: A cell is no plain number; the message names it and the mend.
    """
    spec = programme.panel
    rows = _rows(path, spec.delimiter)
    y = _column(path.name, rows, spec.outcome, design, spec.withheld)
    panel = design.panel
    if planned and not np.isfinite(y[panel.under]).any():
        return replace(panel, y=y)
    for name, side in (("treated", panel.treated), ("comparison", ~panel.treated)):
        if side.any() and not np.isfinite(y[side]).any():
            raise ConfigError(
                f"{path.name}, column {spec.outcome}: every outcome of the {name} units is "
                "missing; fill them in, or name another column"
            )
    _followed(f"{path.name}, column {spec.outcome}", panel, y)
    if np.ptp(y[np.isfinite(y)]) == 0:
        raise ConfigError(
            f"{path.name}, column {spec.outcome}: every outcome is the same; name another column"
        )
    first = min(panel.cohorts)
    at = {name: i for i, name in enumerate(panel.periods)}
    covariates = tuple(
        _covariate(path.name, rows, one, design, at, first) for one in programme.covariates
    )
    return replace(panel, y=y, covariates=covariates, **_released(path.name, rows, spec, design))


def _followed(where: str, panel: Panel, y: Floats) -> None:
    """Refuse an outcome that is never there under treatment, or that is a rank.

    Raises:
        ConfigError: It is.
    """
    if not np.isfinite(y[panel.under]).any():
        unit = int(np.flatnonzero(panel.treated)[0])
        raise ConfigError(
            f"{where}: no treated unit has an outcome from its start on (as {panel.units[unit]!r} "
            f"from {panel.periods[panel.start[unit]]}); fill them in, or say --plan until they are"
        )
    n = len(panel.units)
    known = np.isfinite(y).all()
    if known and n >= FEWEST_RANKED and (np.sort(y, axis=0) == np.arange(1, n + 1)[:, None]).all():
        raise ConfigError(
            f"{where}: is a rank (each of 1 to {n} once a period), and no unit rises in it without "
            "another falling; give the score behind the rank"
        )


def _released(
    file: str, rows: Sequence[dict[str, str]], spec: PanelFile, design: Design
) -> dict[str, Any]:
    """Return what is known of outcomes that are from a release: their noise, which are withheld."""
    withheld = np.zeros(design.panel.y.shape, dtype=np.bool_)
    for row, (unit, period) in zip(rows, design.place, strict=True):
        withheld[unit, period] |= unit >= 0 and row[spec.outcome] == spec.withheld
    noise = _column(file, rows, spec.noise, design) if spec.noise else None
    if noise is not None and (noise[np.isfinite(noise)] < 0).any():
        raise ConfigError(f"{file}, column {spec.noise}: holds a standard error below 0")
    return {"noise": noise, "withheld": withheld if withheld.any() else None}


def _treated(programme: Programme) -> dict[str, str]:
    found: dict[str, str] = {}
    for one in programme.treated:
        twice = next((u for i, u in enumerate(one.units) if u in one.units[:i]), None)
        if twice is not None:
            raise ConfigError(f"treated: {twice!r} stands twice from {one.start}; keep one of them")
        for unit in one.units:
            if found.setdefault(unit, str(one.start)) != str(one.start):
                raise ConfigError(
                    f"treated: {unit!r} is treated from {found[unit]} and from {one.start}; keep "
                    "the first"
                )
    return found


def _text(path: Path) -> str:
    if not path.is_file():
        raise ConfigError(f"panel: there is no file {path.name!r} beside the programme")
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise UnreadableInputError(
            f"{path.name}, line {line}", "is not UTF-8", "save it as CSV UTF-8"
        ) from None
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        raise UnreadableInputError(
            f"{path.name}, line {line}", "holds bytes of no text", "save it as CSV UTF-8"
        )
    return text


def _rows(path: Path, delimiter: str) -> list[dict[str, str]]:
    text = _text(path)
    if len(delimiter) != 1:
        raise ConfigError(f"panel: delimiter {delimiter!r} is not one character, such as ';'")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    head = [name.strip() for name in next(reader, [])]
    twice = [name for i, name in enumerate(head) if name in head[:i]]
    if twice:
        raise UnreadableInputError(
            f"{path.name}, line 1", f"column {twice[0]!r} stands twice", "rename one of them"
        )
    rows = []
    number = reader.line_num
    for cells in reader:
        first, number = number + 1, reader.line_num
        if not any(cells):
            continue
        if len(cells) != len(head) and number > first:
            raise UnreadableInputError(
                f"{path.name}, line {first}",
                f"opens a quote that does not end before line {number}",
                "close it, or take the quotation mark out",
            )
        if len(cells) != len(head):
            raise UnreadableInputError(
                f"{path.name}, line {number}",
                f"has {len(cells)} cells and the first line {len(head)}",
                f"put cells with a {delimiter!r} inside in quotes, or set panel.delimiter",
            )
        rows.append({**dict(zip(head, (c.strip() for c in cells), strict=True)), "": str(number)})
    if not rows:
        raise UnreadableInputError(path.name, "has no rows", "give one row a unit and period")
    return rows


def _used(programme: Programme) -> set[str]:
    return {programme.panel.unit, programme.panel.period, programme.panel.cluster}


def _also(programme: Programme) -> list[str]:
    named = [one.column for one in programme.covariates]
    named += [one.training_column for one in programme.covariates if one.training_column]
    named += [programme.panel.noise] if programme.panel.noise else []
    return [*named, *([programme.panel.cluster] if programme.panel.cluster else [])]


def _named(file: str, rows: Sequence[dict[str, str]], columns: Sequence[str]) -> None:
    for row in rows:
        for column in columns:
            if not row[column]:
                raise UnreadableInputError(
                    f"{file}, line {row['']}, column {column}", "is empty", "fill it in"
                )


def _start(treated: dict[str, str], unit: str, at: dict[str, int], periods: list[str]) -> int:
    if unit not in treated:
        return len(periods)
    start = treated[unit]
    if start in at and at[start] > 0:
        return at[start]
    if start in at or _first(start, periods):
        raise ConfigError(
            f"treated: {unit!r} is treated from {start}, and the panel begins with {periods[0]}: "
            "there is no period before to compare with; add earlier periods, or leave it out"
        )
    raise ConfigError(
        f"treated: {unit!r} is treated from {start}, which is no period of the panel "
        f"({periods[0]} to {periods[-1]}); write it as the file does"
    )


def _first(start: str, periods: list[str]) -> bool:
    try:
        return ordered([*periods, start], "") == [start, *periods]
    except UnreadableInputError:
        return False


def _once(
    file: str,
    rows: Sequence[dict[str, str]],
    place: Sequence[tuple[int, int]],
    units: Sequence[str],
    periods: Sequence[str],
) -> None:
    met: dict[tuple[int, int], str] = {}
    for row, key in zip(rows, place, strict=True):
        line = row[""]
        if key[0] >= 0 and key in met:
            raise UnreadableInputError(
                f"{file}, line {line}",
                f"{units[key[0]]!r} in {periods[key[1]]} stands in line {met[key]} already",
                "keep one of them",
            )
        met[key] = line


def _clusters(
    file: str,
    rows: Sequence[dict[str, str]],
    place: Sequence[tuple[int, int]],
    programme: Programme,
    used: Sequence[str],
) -> tuple[tuple[str, ...], np.ndarray]:
    column = programme.panel.cluster
    if not column:
        return tuple(used), np.arange(len(used), dtype=np.int64)
    _named(file, rows, (column,))
    of: dict[int, str] = {}
    for row, (unit, _) in zip(rows, place, strict=True):
        if unit >= 0 and of.setdefault(unit, row[column]) != row[column]:
            raise UnreadableInputError(
                f"{file}, line {row['']}, column {column}",
                f"{used[unit]!r} is in {row[column]!r} here and in {of[unit]!r} above",
                "keep each unit in one cluster",
            )
    names = tuple(dict.fromkeys(of[i] for i in range(len(used))))
    at = {name: i for i, name in enumerate(names)}
    return names, np.array([at[of[i]] for i in range(len(used))], dtype=np.int64)


def _span(given: tuple[str | int, str | int] | None, at: dict[str, int]) -> tuple[int, int] | None:
    if given is None:
        return None
    for name in given:
        if str(name) not in at:
            raise ConfigError(f"synthetic: {name} is no period of the panel; write it as there")
    first, last = at[str(given[0])], at[str(given[1])]
    if last < first:
        raise ConfigError(f"synthetic: {given[0]} comes after {given[1]}; swap them")
    return first, last


def _column(
    file: str, rows: Sequence[dict[str, str]], column: str, design: Design, withheld: str = ""
) -> Floats:
    y = np.full(design.panel.y.shape, np.nan)
    for row, (unit, period) in zip(rows, design.place, strict=True):
        if unit >= 0 and not (withheld and row[column] == withheld):
            y[unit, period] = parsed(row[column], f"{file}, line {row['']}, column {column}")
    return y


def _covariate(
    file: str,
    rows: Sequence[dict[str, str]],
    one: Predictor,
    design: Design,
    at: dict[str, int],
    first: int,
) -> Covariate:
    def mean(column: str, span: tuple[int, int]) -> Floats:
        part = _column(file, rows, column, design)[:, span[0] : span[1] + 1]
        seen = np.isfinite(part)
        total = np.where(seen, part, 0.0).sum(1)
        return np.where(seen.any(1), total / np.maximum(seen.sum(1), 1), np.nan)

    names = tuple(at)
    span = _span((str(one.first) or names[0], str(one.last) or names[first - 1]), at)
    assert span is not None  # noqa: S101 - both ends are given
    trained = _span(one.training, at)
    values = mean(one.column, span)
    known = values[np.isfinite(values)]
    if known.size and np.ptp(known) == 0:
        raise ConfigError(
            f"{file}, column {one.column}: is the same in every unit, so that it tells none from "
            "another; leave the covariate out"
        )
    training = mean(one.training_column or one.column, trained or span)
    return Covariate(one.column, values, training)


def _few(names: list[str]) -> str:
    return ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")
