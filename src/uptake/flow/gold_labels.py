"""Labels that people gave at the desk: pseudonyms of messages, joined with the stored labels."""

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

import msgspec
import pyarrow as pa

from uptake import catalog
from uptake.model.errors import UnreadableInputError
from uptake.read.gold import FEWEST
from uptake.review.gold import Design, GoldLabel, settled
from uptake.tally.gold import ANSWERED, SAMPLE
from uptake.tally.selection import Parts, opened

logger = logging.getLogger(__name__)

SAMPLES = "samples.jsonl"
"""How samples were drawn; lies beside the labels."""

LABELS = "labels.jsonl"

T = TypeVar("T")


def is_of_the_desk(path: Path) -> bool:
    """Return whether a labelled file has pseudonyms in the place of texts: the desk's."""
    if path.with_name(SAMPLES).is_file():
        return True
    with path.open("rb") as file:
        first = file.readline(65_536)
    try:
        msgspec.json.decode(first, type=GoldLabel)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return False
    return True


def read_lines(path: Path, kind: type[T]) -> list[T]:
    """Read a file that is appended to; a line that an interrupted write cut short is left out."""
    if not path.is_file():
        return []
    found = []
    for number, line in enumerate(path.read_bytes().split(b"\n"), 1):
        if not line.strip():
            continue
        try:
            found.append(msgspec.json.decode(line, type=kind))
        except (msgspec.DecodeError, UnicodeDecodeError):
            logger.warning("%s, line %d: is damaged and left out", path, number)
    return found


def final(path: Path, *, name: str) -> dict[str, GoldLabel]:
    """Return one label of each labelled message of the sample in force, by message.

    Raises:
        UnreadableInputError: The design is missing, a word is none of the codebook's, or too few
            messages are labelled.
    """
    designs = read_lines(path.with_name(SAMPLES), Design)
    if not designs:
        raise UnreadableInputError(
            name, f"has no {SAMPLES} beside it, so that nobody knows how it was drawn", "restore it"
        )
    found = {
        message: label
        for message, label in settled(read_lines(path, GoldLabel), designs[-1]).items()
        if label.said()
    }
    for label in found.values():
        _check(label, name)
    if len(found) < FEWEST:
        raise UnreadableInputError(
            name,
            f"has {len(found)} labelled messages, fewer than {FEWEST}, on which an interval of a "
            "share is wider than 28 points",
            "label more messages",
        )
    return found


def _check(label: GoldLabel, name: str) -> None:
    from uptake.model.labels import LANGUAGES

    for facet, value in label.said().items():
        known = LANGUAGES if facet == "language" else catalog.facet(facet).ids
        if value not in known:
            raise UnreadableInputError(
                name, f"has a {facet} that the codebook lacks", "label that message again"
            )


def found(labels: Mapping[str, GoldLabel], parts: Parts) -> pa.Table:
    """Return the stored labels of labelled messages, and what people said beside them.

    Args:
        labels: By message.
        parts: Parquet files of the labels of the logs.

    Returns:
        Rows by ``SAMPLE``, one for each message that the logs hold.
    """
    import pyarrow.compute as pc

    wanted = pa.array([bytes.fromhex(message) for message in sorted(labels)], pa.binary(16))
    table = opened(parts).to_table(filter=pc.field("message").isin(wanted))
    # copies of a message differ at most where their context was cut elsewhere
    rows: dict[str, int] = {}
    for row, raw in enumerate(table["message"].to_pylist()):
        rows.setdefault((raw or b"").hex(), row)
    table = table.take(pa.array([rows[message] for message in sorted(rows)], pa.int64()))
    said = [_truth(labels[message].said()) for message in sorted(rows)]
    for facet in ANSWERED:
        truth = pa.array([row.get(facet) for row in said], pa.string())
        table = table.append_column(f"true_{facet}", truth)
    return table.cast(SAMPLE).unify_dictionaries()


def _truth(said: Mapping[str, str]) -> dict[str, str]:
    """Add the group of a topic.

    >>> _truth({"topic": "recipes"})["topic_group"]
    'seeking_information'
    """
    groups = {value.id: value.group for value in catalog.facet("topic").values}
    return {**said, **({"topic_group": groups[said["topic"]]} if "topic" in said else {})}
