"""The owner's labelled sample to the sums that correct the labeller's errors in estimates."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa

from uptake.config import FILE, Config
from uptake.flow.llm import NAME as LANGUAGE_MODEL
from uptake.label import NONE, label, labeller
from uptake.model.errors import ConfigError, UnreadableInputError
from uptake.model.goldcells import ReleasedGoldCells
from uptake.protect import gold as door
from uptake.pseudonymise import Pseudonymiser
from uptake.read.gold import GoldRow, read_gold, require_usable
from uptake.tally import Plan
from uptake.tally.gold import ANSWERED, SAMPLE, tally_gold
from uptake.tally.selection import Parts

BATCH_ROWS = 1_024

MOST_STRANGERS = 0.5
"""A sample with a larger share of unknown users is refused."""

NOT_IN_LOGS = "gold-person-not-in-logs"


def gold_path(folder: Path, settings: Config) -> Path | None:
    """Return where the labelled sample lies, None if the settings name none.

    Raises:
        ConfigError: It is not there, or lies where it would be read as a log, or there is no
            labeller to correct.
    """
    named = settings.usage.gold
    if not named:
        return None
    if settings.usage.labeller == NONE:
        raise ConfigError(
            f"{folder / FILE}: usage.gold corrects a labeller, and usage.labeller is {NONE!r}; "
            "remove one of the two"
        )
    if settings.usage.labeller == LANGUAGE_MODEL:
        raise ConfigError(
            f"{folder / FILE}: usage.gold can not correct the labeller {LANGUAGE_MODEL!r} yet; "
            "remove one of the two"
        )
    path = folder / named
    if not path.resolve().is_relative_to(folder.resolve()):
        raise ConfigError(
            f"{folder / FILE}: usage.gold names {named!r}, which lies outside of the observatory; "
            "copy it beside observatory.toml and name it relative to that"
        )
    if not path.is_file():
        raise ConfigError(
            f"{folder / FILE}: usage.gold names {named!r}, and there is no such file; put it "
            "beside observatory.toml, or remove the setting"
        )
    for what, other in (
        ("logs", settings.logs.folder),
        ("tables", settings.tables.folder),
        ("documents", settings.documents.folder),
    ):
        if path.resolve().is_relative_to((folder / other).resolve()):
            raise ConfigError(
                f"{folder / FILE}: usage.gold names {named!r}, which lies in the folder of the "
                f"{what} and would be read twice; move it beside observatory.toml"
            )
    return path


def gold_cells(
    folder: Path,
    settings: Config,
    secret: bytes,
    parts: Parts,
    plan: Plan,
    mode: str,
) -> ReleasedGoldCells | None:
    """Return the released sums of the labelled sample, None if the settings name none.

    Args:
        folder: The observatory.
        settings: Of it.
        secret: Key of the pseudonyms, the one that the logs were read with.
        parts: Parquet files of the labels of the logs.
        plan: How the logs are counted.
        mode: Of the release.

    Raises:
        ConfigError: The file is not where the settings say.
        QuarantineError: Too many of its rows are unusable.
        UnreadableInputError: It can not be used; the message says why.
    """
    path = gold_path(folder, settings)
    if path is None:
        return None
    sample = _sample(path, settings, secret, parts)
    # Labels and what people said, without text, in memory only
    cells = tally_gold(sample.table, parts, plan)
    # RawGoldCells: exact
    strangers = cells.strangers + sample.missing
    if strangers > MOST_STRANGERS * sample.rows:
        raise UnreadableInputError(
            settings.usage.gold,
            f"{strangers} of {sample.rows} labelled messages are of users who are not in "
            "the logs, so that it is no sample of them",
            "draw the sample from these logs and keep their user ids, or remove the setting",
        )
    away = {NOT_IN_LOGS: strangers} if strangers else {}
    return door.release(
        cells,
        settings.thresholds,
        mode=mode,
        rows=sample.rows,
        set_aside={**sample.set_aside, **away},
    )


@dataclass(frozen=True, slots=True)
class _Sample:
    """A labelled sample, without text.

    Attributes:
        table: Rows by ``SAMPLE``.
        rows: Labelled messages.
        missing: Those of them that the logs do not hold.
        set_aside: How often each thing was wrong with a row, by code.
    """

    table: pa.Table
    rows: int
    missing: int = 0
    set_aside: Mapping[str, int] = field(default_factory=dict)


def _sample(path: Path, settings: Config, secret: bytes, parts: Parts) -> _Sample:
    """Read a sample that people labelled, with its texts or at the desk."""
    from uptake.flow import gold_labels

    if gold_labels.is_of_the_desk(path):
        labels = gold_labels.final(path, name=settings.usage.gold)
        table = gold_labels.found(labels, parts)
        return _Sample(table, len(labels), len(labels) - len(table))
    file = read_gold(path, name=settings.usage.gold)
    require_usable(file, settings.logs.quarantine_limit)
    # GoldRow: raw, with text, in memory only
    tables = list(_labelled(file.rows, secret, settings.usage.labeller))
    table = pa.concat_tables(tables).unify_dictionaries()
    return _Sample(table, len(file.rows), set_aside=file.set_aside)


def _labelled(rows: Sequence[GoldRow], secret: bytes, name: str) -> Iterator[pa.Table]:
    """Label the last message of each row as it would be labelled in a log."""
    pseudonymiser, it = Pseudonymiser(secret), labeller(name)
    for first in range(0, len(rows), BATCH_ROWS):
        batch = rows[first : first + BATCH_ROWS]
        messages = pseudonymiser.batch([row.conversation for row in batch])
        said = [sum(turn.role == "user" for turn in row.conversation.turns) for row in batch]
        table = label(messages, it).table.take(pa.array(np.cumsum(said) - 1))
        for facet in ANSWERED:
            truth = pa.array([row.truth.get(facet) for row in batch], pa.string())
            table = table.append_column(f"true_{facet}", truth)
        yield table.cast(SAMPLE)
