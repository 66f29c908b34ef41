"""Evaluate a labeller against a labelled file: text in, figures out, and no text on the way out."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import uptake
from uptake.config import Logs
from uptake.engine import store
from uptake.flow import inputs
from uptake.flow.logs import Progress
from uptake.label import Labeller, card, labeller
from uptake.label import gold as figures
from uptake.label.bootstrap import RESAMPLES
from uptake.model.conversation import Conversation
from uptake.model.errors import ConfigError
from uptake.model.evaluation import Evaluation, FacetFigures
from uptake.publish.evaluation import write_evaluation
from uptake.read import gold
from uptake.read.gold import GoldFile

BATCH_TURNS = 8_192
TOO_GOOD = 0.95
"""Kappa that no labeller reaches on people's labels of messages it never saw."""

FEW_CLUSTERS = 30
"""Under so many clusters a bootstrap interval is known to be too narrow."""


def evaluate_labels(
    source: Path,
    out: Path,
    *,
    name: str = "shipped",
    level: float = 0.95,
    seed: int = 0,
    progress: Progress,
) -> tuple[Evaluation, tuple[str, ...]]:
    """Write ``evaluation.json``, ``evaluation.csv`` and ``index.html`` into ``out``.

    Returns:
        The evaluation, and what somebody should look at, a sentence each.

    Raises:
        ConfigError: ``level`` is no share between a half and one.
        QuarantineError: Too many rows are unusable.
        UnknownNameError: There is no such labeller.
        UnreadableInputError: The file can not be used; the message says why.
    """
    if not 0.5 <= level < 1:
        raise ConfigError(f"level is {level}; give one from 0.5 to less than 1, such as 0.95")
    it = labeller(name)
    shown = inputs.shown(Path(source.name))
    file = gold.read_gold(source, name=shown)
    gold.require_usable(file, Logs().quarantine_limit)
    probabilities = _probabilities([row.conversation for row in file.rows], it, progress)
    clusters = gold.clusters(file.rows)
    data = figures.compared(probabilities, [row.truth for row in file.rows], clusters)
    enough = {facet: d for facet, d in data.items() if len(d.truth) >= figures.FEWEST}
    rng = np.random.default_rng(seed)
    measured = []
    for done, (facet, compared) in enumerate(enough.items()):
        progress("drawing resamples", done, len(enough))
        measured.append(figures.evaluated(facet, compared, rng, level=level))
    progress("drawing resamples", len(enough), len(enough))
    few = [figures.TITLES[facet] for facet in data if facet not in enough]
    notes = tuple(_notes(few, len(set(clusters))))
    evaluation = Evaluation(
        file=shown,
        sha256=store.sha256(source),
        labeller=name,
        labeller_version=str(card(name).get("version", "")),
        rows=len(file.rows),
        set_aside=tuple((code, n, gold.meaning(code)) for code, n in file.set_aside.items()),
        unit=_unit(file),
        clusters=len(set(clusters)),
        level=level,
        resamples=RESAMPLES,
        seed=seed,
        facets=tuple(measured),
        notes=(*notes, *_remarks(measured)),
        version=uptake.__version__,
    )
    drawn = write_evaluation(evaluation, out)
    return evaluation, (*notes, *_warnings(file), *drawn)


def _probabilities(
    said: Sequence[Conversation], it: Labeller, progress: Progress
) -> dict[str, NDArray[np.float32]]:
    """Label the last turn of each conversation with those before it as context."""
    found: list[dict[str, NDArray[np.float32]]] = []
    done = 0
    for batch in _batches(said):
        texts = [turn.text for one in batch for turn in one.turns]
        sizes = np.array([len(one.turns) for one in batch])
        first = np.repeat(np.cumsum(sizes) - sizes, sizes)
        within = np.array([turn.parent for one in batch for turn in one.turns])
        is_user = np.array([turn.role == "user" for one in batch for turn in one.turns])
        parents = np.where(within >= 0, within + first, -1).astype(np.int32)
        last = np.zeros(len(texts), dtype=np.bool_)
        last[np.cumsum(sizes) - 1] = True
        p = it(texts, parents, is_user)
        found.append({head: every[last[is_user]] for head, every in p.items()})
        done += len(batch)
        progress("labelling", done, len(said))
    return {head: np.concatenate([part[head] for part in found]) for head in found[0]}


def _batches(said: Sequence[Conversation]) -> Iterator[list[Conversation]]:
    batch: list[Conversation] = []
    turns = 0
    for one in said:
        batch.append(one)
        turns += len(one.turns)
        if turns >= BATCH_TURNS:
            yield batch
            batch, turns = [], 0
    if batch:
        yield batch


def _unit(file: GoldFile) -> str:
    named = sum(bool(row.conversation.person.id) for row in file.rows)
    if named == len(file.rows):
        return "people"
    return (
        "people where a row names one, else conversations, else rows"
        if named
        else ("conversations, or rows where none is named, as no row names a person")
    )


def _notes(few: Sequence[str], clusters: int) -> Iterator[str]:
    if few:
        yield (
            f"fewer than {figures.FEWEST} rows are labelled for {', '.join(few)}, "
            "of which nothing is said; label more"
        )
    if clusters < FEW_CLUSTERS:
        yield (
            f"the rows are of only {clusters} people, so the intervals are too narrow; "
            f"label messages of at least {FEW_CLUSTERS}"
        )


def _remarks(measured: Sequence[FacetFigures]) -> Iterator[str]:
    """Say what a reader must know and nobody must mend."""
    high = [f.title for f in measured if f.facet != "language" and (f.kappa.value or 0) > TOO_GOOD]
    if high:
        yield (
            f"a kappa above {TOO_GOOD} ({', '.join(high)}) is that of a labeller on messages that "
            "it was trained on, or that it labelled itself"
        )


def _warnings(file: GoldFile) -> Iterator[str]:
    for code, n in file.set_aside.items():
        lines = [str(i.offset) for i in file.issues if i.code == code and i.offset >= 0]
        where = (
            f" (line {', '.join(lines[:5])}{', ...' if len(lines) > 5 else ''})" if lines else ""
        )
        yield f"{file.name}: {n} x {code}{where}: {gold.meaning(code)}"
