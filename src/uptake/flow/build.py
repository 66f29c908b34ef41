"""Build an observatory: logs, tables and documents in, releases and a site out."""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
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
from uptake.flow import (
    evidence,
    freeze,
    freezing,
    gold,
    inputs,
    llm,
    population,
    public,
    secret,
    usage,
)
from uptake.flow.compared import added, sources
from uptake.flow.knowledge import judgements_path
from uptake.flow.logs import UNREAD, Ingest, LogFile, LogRecord, Progress, parts, recognised, record
from uptake.flow.quality import places_without_usage, quality, require_readable
from uptake.flow.views import write_views
from uptake.label import calibration
from uptake.model.errors import ConfigError
from uptake.model.issue import Issue
from uptake.model.promise import Promise
from uptake.model.release import Evidence, Place, Quality, Release
from uptake.protect import ledger
from uptake.tally import Counts
from uptake.tally.selection import Parts


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
        reopen: Frozen months to be counted anew (``2025-03``), or ``all``.
        now: The clock, in UTC.
    """

    jobs: int = 1
    mode: str | None = None
    key: str | None = None
    confirm: llm.Confirm = lambda said: False
    reopen: tuple[str, ...] = ()
    now: Callable[[], datetime] = lambda: datetime.now(UTC)


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
        public.require_over(settings, options.now())
    if options.reopen and mode != protect.INTERNAL:
        raise ConfigError(f"--reopen: months are reopened in internal mode; this is {mode} mode")
    target = folder / "build"
    with store.one_writer(target):
        # damaged, ledger and record of frozen months refuse also what would be served
        known, now = ledger.read(target / "ledger.jsonl"), options.now()
        if mode == protect.INTERNAL:
            freeze.require_clock(known, now)
        before = freezing.standing(target, known, options.reopen, folder)
        return _Build(folder, settings, mode, options, before, now).run(progress)


class _Build:
    """One build under way; holds what its steps share."""

    def __init__(
        self,
        folder: Path,
        settings: Config,
        mode: str,
        options: Options,
        before: freezing.Standing,
        today: datetime,
    ) -> None:
        self.folder, self.settings, self.mode, self.options = folder, settings, mode, options
        self.before, self.today = before, today
        self.target = folder / "build"
        self.store = self.target / "store"
        self.manifest = inputs.read_manifest(self.store / "manifest.json")
        self.issues: list[Issue] = []
        self.counted: freezing.Counting | None = None

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
        state = self._state(seen, self.before.digest)
        site = self.target / "site" / "index.html"
        if state == self.manifest.state and site.is_file() and not self._due:
            return Built(site, None, 0, ())
        files, key, new = self._ingest(logs, seen, progress)
        records = [r for file in files if (r := record(self._labels, file.key))]
        warnings = require_readable(records, self.settings.logs, self.target / "quarantine")
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
        self.counted = self._counted(files, key)
        measured, promise = self._measured(gathered.evidence, parts(self._labels, files), key.key)
        warnings += [f"{i.file}: no reader knows it" for i in self.issues if i.code == UNREAD]
        self.issues += places_without_usage(measured, self.settings.told_places)
        if self.mode == protect.PUBLIC and self.settings.usage.gold:
            warnings.append(public.UNUSED)
        warnings += self.counted.said.warnings if self.counted else ()
        release = self._release(records, gathered, measured, promise)
        release = added(release, self.folder, self.settings, progress)
        warnings += [said for one in release.programmes for said in one.warnings]
        progress("publishing", 0, 1)
        if self.counted:
            freezing.commit(self.target, self.before, self.counted, measured.cells, self.today)
        self._publish(release, measured)
        self._finish(seen, key, release, files, warnings)
        return Built(site, release, new, tuple(warnings))

    @property
    def _card(self) -> dict[str, Any]:
        return llm.card(self.settings.usage.labeller, self.settings.usage.llm)

    @property
    def _labels(self) -> Path:
        return self.store / "labels"

    def _state(self, seen: dict[str, inputs.Seen], frozen: str) -> str:
        given = "given" if self.options.key else "anchored"
        code = (uptake.__version__, self._card)
        settings = msgspec.to_builtins(self.settings)
        return store.fingerprint(code, settings, self.mode, given, frozen, seen)

    @property
    def _due(self) -> bool:
        """Return whether there is something to freeze or to reopen though no input changed."""
        ended = any(freeze.over(month, self.today) for month in self.manifest.open)
        return self.mode == protect.INTERNAL and (ended or bool(self.before.reopened))

    def _counted(self, files: Sequence[LogFile], key: secret.Secret) -> freezing.Counting | None:
        """Say what counts, where months are frozen: in internal mode."""
        if self.mode != protect.INTERNAL:
            return None
        labeller = f"{self._card['name']} {self._card.get('version', '')}".strip()
        settings = freezing.settings_of(self.settings, labeller)
        return freezing.counting(self.before, self.folder, files, key, settings, self.today)

    def _measured(
        self, found: Evidence, labelled: Sequence[Path], key: bytes
    ) -> tuple[usage.Usage, Promise | None]:
        selected = self.counted.selection if self.counted else labelled
        known = self._known(found, selected, key)
        privacy = self.settings.privacy
        if self.mode != protect.PUBLIC:
            return usage.measure(
                selected,
                usage.plan_of(self.settings),
                known,
                mode=self.mode,
                thresholds=self.settings.thresholds,
                threads=max(1, self.options.jobs),
            ), None
        door = protect.public.Door(
            ledger=self.target / "ledger.jsonl",
            kept=self.target / "noisy",
            dataset=store.fingerprint(sorted(part.parent.name for part in labelled)),
            labels=f"{self._card['name']} {self._card['version']}",
            when=self.options.now().isoformat(timespec="seconds"),
            budget=privacy.budget,
        )
        found_public = public.measure(
            labelled, usage.plan_of(self.settings), known, self.settings, door
        )
        return found_public.usage, found_public.promise

    def _quality(self, records: Sequence[LogRecord], measured: usage.Usage) -> Quality:
        """Return what was read and lost; of logs nothing is said in public mode, as it is exact."""
        if self.mode != protect.PUBLIC:
            more = self.counted.said.numbers if self.counted else None
            return quality(records, self.issues, measured.counts, measured.estimates, more)
        gathered = [issue for issue in self.issues if issue.stage == gather.STAGE]
        return quality((), gathered, Counts(), measured.estimates)

    def _known(self, found: Evidence, labelled: Parts, key: bytes) -> usage.Known:
        sample = None
        if self.mode != protect.PUBLIC:
            plan = usage.plan_of(self.settings)
            sample = gold.gold_cells(self.folder, self.settings, key, labelled, plan, self.mode)
        for code, n in sample.set_aside.items() if sample else ():
            self.issues += [Issue("gold", self.settings.usage.gold, -1, code)] * n
        return usage.Known(
            calibration(self._card),
            population.working_age(found.observations, self.settings.region.places),
            sample,
            self.settings.usage.denominator,
            population.by_strata(self.settings.region.places),
            self.counted.settled if self.counted else None,
        )

    def _ingest(
        self, logs: Sequence[Path], seen: dict[str, inputs.Seen], progress: Progress
    ) -> tuple[list[LogFile], secret.Secret, int]:
        """Read what is new; return the log files, the pseudonyms' key and how many were read."""
        known = [(p, seen[inputs.shown(p.relative_to(self.folder))].sha256) for p in logs]
        readable, unread = recognised(known, self.folder, self.settings.logs.columns)
        self.issues += unread
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

    def _secret(self, known: Sequence[tuple[Path, str]]) -> secret.Secret:
        if self.options.key:
            return secret.given(self.options.key)
        record = self.before.record
        before = (self.manifest.anchor, self.manifest.anchor_size)
        if record.months:
            before = (record.pseudonyms, record.anchor_size)
        anchor = secret.choose_anchor(known, *before)
        return secret.anchored(anchor) if anchor else secret.Secret(os.urandom(32), "")

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
            frozen=self.counted.months if self.counted else (),
            reopened=self.counted.reopened if self.counted else (),
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
        seen: dict[str, inputs.Seen],
        key: secret.Secret,
        release: Release,
        files: Sequence[LogFile],
        warnings: Sequence[str],
    ) -> None:
        """Drop what nothing rests on any more, refresh the views, and say that it is done."""
        counted = self.counted
        there = frozenset(file.key for file in files)
        record = counted.found.record if counted else self.before.record
        kept = there | record.keys
        for folder in (self._labels, self.target / "quarantine"):
            for old in folder.iterdir() if folder.is_dir() else ():
                if old.name not in kept:
                    shutil.rmtree(old)
        selected = counted.selection if counted else parts(self._labels, files)
        write_views(self.target / "uptake.duckdb", selected, self.settings.protected)
        digest = freezing.tidy(self.target)
        manifest = inputs.Manifest(
            self._state(seen, digest),
            key.name if key.size else "",
            key.size,
            release.id,
            seen,
            warned=bool(warnings),
            frozen=digest if counted else "",
            kept=tuple(sorted(kept - there)),
            open=counted.found.open if counted else (),
        )
        store.write_bytes(self.store / "manifest.json", msgspec.json.encode(manifest))


def _said(issue: Issue) -> str:
    where = f"{issue.file}, line {issue.offset}" if issue.offset >= 0 else issue.file
    return f"{where}: {issue.detail or issue.code}"


def _places(codes: Sequence[str]) -> tuple[Place, ...]:
    from uptake.catalog.gazetteer import place_name

    return tuple(Place(code, place_name(code)) for code in codes)
