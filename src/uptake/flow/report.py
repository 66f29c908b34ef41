"""Report on some log files without any configuration."""

import os
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import uptake
from uptake import publish
from uptake.catalog.gazetteer import known_places
from uptake.engine import store
from uptake.flow import inputs, population, usage
from uptake.flow.logs import Ingest, LogFile, LogRecord, Progress, parts, record
from uptake.flow.quality import quality, rejected_share
from uptake.label import calibration, card
from uptake.model.errors import QuarantineError, ReleaseRefusedError, UnreadableInputError
from uptake.model.issue import Issue
from uptake.model.release import Evidence, Quality, Release
from uptake.protect import Thresholds
from uptake.read import recognise
from uptake.tally import Plan, split

_ALONE = ("", "place", "month", "age_band", "gender", "language")
_WEIGHTED = ("place+age_band", "place+gender", "place+age_band+gender")
SPLITS = tuple(split(name) for name in (*_ALONE, *_WEIGHTED))
LABELLER = "shipped"
LIMIT = 0.05
WARNING = 0.01


@dataclass(frozen=True, slots=True)
class Reported:
    """How a report ended.

    Attributes:
        page: Page to open.
        release: What it shows.
        warnings: What somebody should look at, a sentence each.
    """

    page: Path
    release: Release
    warnings: tuple[str, ...]


def report(
    given: Sequence[Path], out: Path, *, jobs: int, progress: Progress, own: bool = False
) -> Reported:
    """Write ``out/index.html`` and ``out/report.json`` on these files and folders.

    ``own`` says that the logs are the caller's own: figures are then shown whatever their size,
    with conversations as the units of their intervals.

    Raises:
        UnreadableInputError: A named file is no log, or a folder holds none.
        QuarantineError: Too many records were unreadable; nothing is written.
        ReleaseRefusedError: ``own`` is said of the logs of several people.
    """
    paths, skipped = _expand(given)
    with tempfile.TemporaryDirectory(prefix="uptake-") as scratch:
        place = Path(scratch)
        files = _log_files(paths)
        Ingest(
            labels=place / "labels",
            quarantine=place / "quarantine",
            secret=os.urandom(32),
            labeller=LABELLER,
            jobs=jobs,
        ).run(files, progress)
        records = [r for file in files if (r := record(place / "labels", file.key))]
        share = rejected_share(records)
        if share > LIMIT:
            raise QuarantineError(
                f"{share:.1%} of the records are unreadable, more than {LIMIT:.0%}: "
                f"{_reasons(records)}; mend the files, or build an observatory with a higher limit"
            )
        progress("counting", 0, 1)
        measured = usage.measure(
            parts(place / "labels", files),
            Plan(splits=SPLITS, unit="conversation" if own else "user"),
            _known(),
            mode="own" if own else "internal",
            thresholds=Thresholds(),
            threads=jobs,
        )
    if own and measured.counts.met > 1:
        raise ReleaseRefusedError(
            f"--own is for one person's own logs; these are by {measured.counts.met} people: "
            "leave it out, and figures on few people are withheld"
        )
    release = _release(measured, quality(records, skipped, measured.counts, measured.estimates))
    progress("publishing", 0, 1)
    publish.OUTPUTS["report"](publish.Edition(release), out)
    warnings = [f"{issue.file}: no reader knows it; left out" for issue in skipped]
    if measured.counts.people == 1 and not own:
        warnings.append(
            "these logs are one person's, so that all shares are withheld; if they are your own, "
            "say so with --own"
        )
    if share > WARNING:
        warnings.append(f"{share:.1%} of the records are unreadable: {_reasons(records)}")
    return Reported(out / "index.html", release, tuple(warnings))


def _known() -> usage.Known:
    places = tuple(known_places())
    return usage.Known(
        calibration(card(LABELLER)),
        population.of_catalogue(places),
        lived=population.by_strata(places),
    )


def _expand(given: Sequence[Path]) -> tuple[list[Path], list[Issue]]:
    """Return the log files; a file named outright must be one, a folder may hold others."""
    paths: dict[Path, None] = {}
    skipped: list[Issue] = []
    for path in given:
        if not path.is_dir():
            recognise(path)
            paths[path] = None
            continue
        for file in inputs.files_below(path):
            try:
                recognise(file)
            except UnreadableInputError:
                if file.suffix.lower() not in inputs.NOTES:
                    skipped.append(
                        Issue("read", inputs.shown(file.relative_to(path)), -1, "unrecognised-file")
                    )
                continue
            paths[file] = None
    if not paths:
        raise UnreadableInputError(
            ", ".join(str(path) for path in given),
            "no reader knows any file here",
            "give exports of assistants, such as conversations.json or a .jsonl of messages",
        )
    return list(paths), skipped


def _log_files(paths: Sequence[Path]) -> list[LogFile]:
    files: dict[str, LogFile] = {}
    for path, name in _names(paths).items():
        sha256 = store.sha256(path)
        files.setdefault(sha256, LogFile(path, name, sha256, sha256[:16]))
    return list(files.values())


def _names(paths: Sequence[Path]) -> dict[Path, str]:
    """Name each file by as much of the end of its path as no other one shares.

    >>> list(_names([Path("/home/ann/a/log.jsonl"), Path("b/log.jsonl")]).values())
    ['a/log.jsonl', 'b/log.jsonl']
    """
    names = {path: inputs.shown(path) for path in paths}
    for length in range(max((len(path.parts) for path in paths), default=0), 0, -1):
        ends = Counter(path.parts[-length:] for path in paths)
        for path in paths:
            if ends[path.parts[-length:]] == 1:
                names[path] = inputs.shown(Path(*path.parts[-length:]))
    return names


def _reasons(records: Sequence[LogRecord]) -> str:
    met: dict[str, int] = {}
    for item in records:
        for code, severity, n in item.issues:
            if severity == "error":
                met[code] = met.get(code, 0) + n
    return ", ".join(f"{code} ({n})" for code, n in sorted(met.items(), key=lambda m: -m[1])[:5])


def _release(measured: usage.Usage, met: Quality) -> Release:
    release = Release(
        id="",
        title="Usage report",
        region="",
        places=(),
        comparators=(),
        synthetic="",
        mode=measured.cells.mode,
        thresholds=(measured.cells.min_people, measured.cells.min_conversations),
        messages_cap=measured.cells.messages_cap,
        estimates=measured.estimates,
        quality=met,
        evidence=Evidence(),
        labeller=card(LABELLER),
        version=uptake.__version__,
        per_head=measured.per_head,
        changes=measured.changes,
        demography=measured.demography,
    )
    return replace(release, id=publish.content_id(release))
