"""Build an observatory: logs, tables and documents in, releases and a site out."""

import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

import uptake
from uptake import config, gather, protect, publish
from uptake.config import Config
from uptake.engine import store
from uptake.flow import evidence, gold, inputs, late, llm, population, public, secret, usage
from uptake.flow.compared import added, sources
from uptake.flow.knowledge import judgements_path
from uptake.flow.logs import Ingest, LogFile, LogRecord, Progress, parts, record
from uptake.flow.quality import quality, rejected_share
from uptake.flow.views import write_views
from uptake.label import NONE, calibration
from uptake.model.errors import QuarantineError, UnreadableInputError
from uptake.model.issue import Issue
from uptake.model.promise import Promise
from uptake.model.release import Evidence, Place, Quality, Release
from uptake.protect import Thresholds, ledger
from uptake.read import recognise
from uptake.tally import DEFAULT_SPLITS, Counts, Plan, split


@dataclass(frozen=True, slots=True)
class Built:
    """How a build ended.

    Attributes:
        site: Page to open.
        release: What was published; None if nothing had changed.
        new_files: Log files read in this build.
        warnings: What somebody should look at, a sentence each.
    """

    site: Path
    release: Release | None
    new_files: int
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Options:
    """What the caller decides.

    Attributes:
        jobs: Processes that label.
        mode: Overrides the configuration's mode.
        key: The owner's secret for pseudonyms; None: derived from the logs (``flow.secret``).
        confirm: Asked before a language model is; by default it says no.
    """

    jobs: int = 1
    mode: str | None = None
    key: str | None = None
    confirm: llm.Confirm = lambda said: False


def build(folder: Path, options: Options, progress: Progress) -> Built:
    """Build ``folder/build``; what has not changed is not done again.

    Raises:
        ConfigError: A setting is wrong.
        QuarantineError: Too many records were unreadable; nothing is published.
        ReleaseRefusedError: The door stays shut; nothing is published.
        UptakeError: Another build is running here.
    """
    settings = config.read(folder)
    mode = options.mode or settings.privacy.mode
    protect.require(mode)
    if mode == protect.PUBLIC:
        public.require_settings(settings)
    target = folder / "build"
    with store.one_writer(target):
        ledger.read(target / "ledger.jsonl")  # damaged, it refuses also what would be served
        return _Build(folder, settings, mode, options).run(progress)


class _Build:
    """One build under way; holds what its steps share."""

    def __init__(self, folder: Path, settings: Config, mode: str, options: Options) -> None:
        self.folder, self.settings, self.mode, self.options = folder, settings, mode, options
        self.target = folder / "build"
        self.store = self.target / "store"
        self.manifest = inputs.read_manifest(self.store / "manifest.json")
        self.issues: list[Issue] = []

    def run(self, progress: Progress) -> Built:
        logs = inputs.files_below(self.folder / self.settings.logs.folder)
        others = [
            *inputs.files_below(self.folder / self.settings.tables.folder),
            *inputs.files_below(self.folder / self.settings.documents.folder),
            *([sample] if (sample := gold.gold_path(self.folder, self.settings)) else []),
            *(p for p in [judgements_path(self.folder, self.settings)] if p.is_file()),
            *sources(self.folder, self.settings),
        ]
        seen = inputs.look([*logs, *others], self.folder, self.manifest.files)
        state = self._state(seen)
        site = self.target / "site" / "index.html"
        if state == self.manifest.state and site.is_file():
            return Built(site, None, 0, ())
        files, key, new = self._ingest(logs, seen, progress)
        records = [r for file in files if (r := record(self._labels, file.key))]
        warnings = self._check_quarantine(records)
        progress("gathering evidence", 0, 1)
        gathered = evidence.gather_all(
            self.folder,
            self.settings,
            self.store / "documents",
            max(1, self.options.jobs),
            self.options.confirm,
        )
        self.issues += gathered.issues
        warnings += [_said(issue) for issue in gathered.issues if issue.severity == "error"]
        progress("counting", 0, 1)
        labelled = parts(self._labels, files)
        measured, promise = self._measured(gathered.evidence, labelled, key.key)
        warnings += self._check_expected(measured)
        if self.mode == protect.PUBLIC and self.settings.usage.gold:
            warnings.append(public.UNUSED)
        warnings += self._check_late(labelled)
        release = self._release(records, gathered, measured, promise)
        release = added(release, self.folder, self.settings, progress)
        warnings += [said for one in release.programmes for said in one.warnings]
        progress("publishing", 0, 1)
        self._publish(release, measured)
        if self.mode != protect.PUBLIC:
            late.remember(self._first, late.messages_by_month(labelled))
        self._finish(state, key.name, release, seen, files, warnings)
        return Built(site, release, new, tuple(warnings))

    @property
    def _card(self) -> dict[str, Any]:
        return llm.card(self.settings.usage.labeller, self.settings.usage.llm)

    @property
    def _labels(self) -> Path:
        return self.store / "labels"

    def _state(self, seen: dict[str, inputs.Seen]) -> str:
        given = "given" if self.options.key else "anchored"
        code = (uptake.__version__, self._card)
        return store.fingerprint(code, msgspec.to_builtins(self.settings), self.mode, given, seen)

    def _plan(self) -> Plan:
        used = self.settings.usage
        splits = tuple(split(name) for name in used.splits) or DEFAULT_SPLITS
        return Plan(
            used.messages_cap,
            self.settings.region.places,
            splits,
            labelled=used.labeller != NONE,
            protected=self.settings.protected,
        )

    def _measured(
        self, found: Evidence, labelled: Sequence[Path], key: bytes
    ) -> tuple[usage.Usage, Promise | None]:
        known = self._known(found, labelled, key)
        if self.mode != protect.PUBLIC:
            return usage.measure(
                labelled,
                self._plan(),
                known,
                mode=self.mode,
                thresholds=self._thresholds(),
                threads=max(1, self.options.jobs),
            ), None
        door = protect.public.Door(
            ledger=self.target / "ledger.jsonl",
            kept=self.target / "noisy",
            dataset=store.fingerprint(sorted(part.parent.name for part in labelled)),
            labels=f"{self._card['name']} {self._card['version']}",
            when=datetime.now(UTC).isoformat(timespec="seconds"),
            budget=self.settings.privacy.budget,
        )
        found_public = public.measure(labelled, self._plan(), known, self.settings, door)
        return found_public.usage, found_public.promise

    def _quality(self, records: Sequence[LogRecord], measured: usage.Usage) -> Quality:
        """Return what was read and lost; of logs nothing is said in public mode, as it is exact."""
        if self.mode != protect.PUBLIC:
            return quality(records, self.issues, measured.counts, measured.estimates)
        gathered = [issue for issue in self.issues if issue.stage == gather.STAGE]
        return quality((), gathered, Counts(), measured.estimates)

    def _known(self, found: Evidence, labelled: Sequence[Path], key: bytes) -> usage.Known:
        sample = None
        if self.mode != protect.PUBLIC:
            plan = self._plan()
            sample = gold.gold_cells(self.folder, self.settings, key, labelled, plan, self.mode)
        for code, n in sample.set_aside.items() if sample else ():
            self.issues += [Issue("gold", self.settings.usage.gold, -1, code)] * n
        return usage.Known(
            calibration(self._card),
            population.working_age(found.observations, self.settings.region.places),
            sample,
            self.settings.usage.denominator,
            population.by_strata(self.settings.region.places),
        )

    def _thresholds(self) -> Thresholds:
        privacy = self.settings.privacy
        return Thresholds(privacy.min_people, privacy.min_conversations, privacy.attacked)

    def _ingest(
        self, logs: Sequence[Path], seen: dict[str, inputs.Seen], progress: Progress
    ) -> tuple[list[LogFile], secret.Secret, int]:
        """Read what is new; return the log files, the pseudonyms' key and how many were read."""
        known = [(p, seen[inputs.shown(p.relative_to(self.folder))].sha256) for p in logs]
        readable = self._readable(known)
        key = self._secret(readable)
        suffix = store.fingerprint(
            uptake.__version__,
            key.name,
            self._card,
            msgspec.to_builtins(self.settings.logs.columns),
        )
        root = self.folder / self.settings.logs.folder
        files = [
            LogFile(path, inputs.shown(path.relative_to(root)), sha256, f"{sha256[:16]}-{suffix}")
            for path, sha256 in readable
        ]
        new = sum(record(self._labels, file.key) is None for file in files)
        with self._labeller(files, key.key) as given:
            Ingest(
                labels=self._labels,
                quarantine=self.target / "quarantine",
                secret=key.key,
                labeller=given,
                mappings=self.settings.logs.columns,
                jobs=self.options.jobs,
            ).run(files, progress)
        return files, key, new

    @contextmanager
    def _labeller(self, files: Sequence[LogFile], key: bytes) -> Iterator[str | llm.LanguageModel]:
        """Give the labeller; a language model only once its estimate is confirmed."""
        used = self.settings.usage
        if used.labeller != llm.NAME:
            yield used.labeller
            return
        missing = [(f.path, f.name) for f in files if record(self._labels, f.key) is None]
        with llm.opened(used.llm, self.store / "llm.sqlite", key) as it:
            it.start(llm.turns_of(missing, self.settings.logs.columns, key), self.options.confirm)
            yield it

    def _readable(self, known: Sequence[tuple[Path, str]]) -> list[tuple[Path, str]]:
        """Return the files that a reader recognises, each content once; note the others."""
        found: dict[str, Path] = {}
        for path, sha256 in known:
            name = inputs.shown(path.relative_to(self.folder))
            if sha256 in found:
                self.issues.append(Issue("read", name, -1, "same-file-twice", severity="warning"))
                continue
            try:
                recognise(path, self.settings.logs.columns)
            except UnreadableInputError:
                if path.suffix.lower() not in inputs.NOTES:
                    self.issues.append(Issue("read", name, -1, "unrecognised-file"))
                continue
            found[sha256] = path
        return [(path, sha256) for sha256, path in found.items()]

    def _secret(self, known: Sequence[tuple[Path, str]]) -> secret.Secret:
        if self.options.key:
            return secret.given(self.options.key)
        anchor = secret.choose_anchor(known, self.manifest.anchor)
        return secret.anchored(*anchor) if anchor else secret.Secret(os.urandom(32), "")

    def _check_quarantine(self, records: Sequence[LogRecord]) -> list[str]:
        share = rejected_share(records)
        limit, warning = self.settings.logs.quarantine_limit, self.settings.logs.quarantine_warning
        where = self.target / "quarantine"
        if share > limit:
            worst = max(records, key=lambda r: r.rejected)
            raise QuarantineError(
                f"{share:.1%} of the records are unreadable, more than logs.quarantine_limit "
                f"({limit:.1%}); most of them in {worst.file} ({worst.rejected}); places and "
                f"reasons are in {where}; mend the file or raise the limit"
            )
        if share > warning:
            return [f"{share:.1%} of the records are unreadable; see {where}"]
        return []

    def _check_expected(self, measured: usage.Usage) -> list[str]:
        """Note places of the region that sent nothing, unless there are no logs at all."""
        unread = [i for i in self.issues if i.code == "unrecognised-file"]
        warnings = [f"{issue.file}: no reader knows it" for issue in unread]
        present = {key[0] for key in measured.estimates.groups}
        if measured.counts.messages == 0 or present <= {"all", "unknown"}:
            return warnings
        for place in self.settings.region.places:
            if place not in (*present, *self.settings.protected.all):
                self.issues.append(
                    Issue("tally", place, -1, "place-without-usage", severity="warning")
                )
        return warnings

    @property
    def _first(self) -> Path:
        return self.store / "months.json"

    def _check_late(self, labelled: Sequence[Path]) -> list[str]:
        """Say what came into months that were released; public mode leaves these as they were."""
        if self.mode == protect.PUBLIC:
            return []
        found = late.issues(self._first, late.messages_by_month(labelled))
        self.issues += found
        return [_said(issue) for issue in found]

    def _release(
        self,
        records: Sequence[LogRecord],
        found: evidence.Gathered,
        measured: usage.Usage,
        promise: Promise | None,
    ) -> Release:
        settings = self.settings
        cells = measured.cells
        release = Release(
            id="",
            title=settings.observatory.title,
            region=settings.region.name,
            places=_places(settings.region.places),
            comparators=_places(settings.region.comparators),
            synthetic=settings.observatory.notice,
            mode=self.mode,
            thresholds=(cells.min_people, cells.min_conversations),
            messages_cap=cells.messages_cap,
            estimates=measured.estimates,
            quality=self._quality(records, measured),
            promise=promise,
            evidence=found.evidence,
            knowledge=found.knowledge,
            labeller=self._card,
            version=uptake.__version__,
            per_head=measured.per_head,
            changes=measured.changes,
            demography=measured.demography,
            protected=settings.protected,
        )
        return replace(release, id=publish.content_id(release))

    def _publish(self, release: Release, measured: usage.Usage) -> None:
        """Write the immutable release once, then the site; each appears whole or not at all."""
        folder = self.target / "release" / release.id
        edition = publish.Edition(release, self.store / "pictures", self.options.jobs)
        if not folder.is_dir():
            ledger.append(self.target / "ledger.jsonl", release.id, measured.cells)
            with store.folder_aside(folder) as aside:
                for name in ("csv", "parquet", "json", "datapackage"):
                    publish.OUTPUTS[name](edition, aside)
        with store.folder_aside(self.target / "site") as aside:
            publish.OUTPUTS["site"](edition, aside)

    def _finish(
        self,
        state: str,
        anchor: str,
        release: Release,
        seen: dict[str, inputs.Seen],
        files: Sequence[LogFile],
        warnings: Sequence[str],
    ) -> None:
        """Drop what no input stands for any more, refresh the views, and say that it is done."""
        kept = {file.key for file in files}
        for folder in (self._labels, self.target / "quarantine"):
            for old in folder.iterdir() if folder.is_dir() else ():
                if old.name not in kept:
                    shutil.rmtree(old)
        write_views(self.target / "uptake.duckdb", self._labels, self.settings.protected)
        manifest = inputs.Manifest(state, anchor, release.id, seen, bool(warnings))
        store.write_bytes(self.store / "manifest.json", msgspec.json.encode(manifest))


def _said(issue: Issue) -> str:
    where = f"{issue.file}, line {issue.offset}" if issue.offset >= 0 else issue.file
    return f"{where}: {issue.detail or issue.code}"


def _places(codes: Sequence[str]) -> tuple[Place, ...]:
    from uptake.catalog.gazetteer import place_name

    return tuple(Place(code, place_name(code)) for code in codes)
