"""The indices and programmes that an observatory names -> what its release shows of them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from uptake import catalog, publish
from uptake.config import Config
from uptake.engine import store
from uptake.evaluate import estimate, require_design
from uptake.flow import index
from uptake.flow.evaluate import REGISTRATION, planned, register
from uptake.flow.logs import Progress
from uptake.flow.panels import Design, read_design, read_outcome
from uptake.flow.programmes import Programme as Described
from uptake.flow.programmes import load, named
from uptake.flow.released import panel_file
from uptake.flow.told import told_by
from uptake.index.spec import Spec, read_spec, spec_of
from uptake.model.composite import Ranking
from uptake.model.errors import ConfigError
from uptake.model.panel import Panel
from uptake.model.programme import Programme
from uptake.model.release import Release
from uptake.model.told import Told

SUFFIX = ".toml"


def sources(folder: Path, settings: Config) -> list[Path]:
    """Return what the indices and programmes of an observatory are read from.

    Raises:
        ConfigError: A file is missing, or two have one name; a spec or programme is wrong.
        UnknownNameError: The catalogue has no such index, or there is no such method.
    """
    both = {"index.specs": settings.index.specs, "programmes.files": settings.programmes.files}
    for label, given in both.items():
        slugs = [slug(one) for one in given]
        twice = next((one for at, one in enumerate(slugs) if one in slugs[:at]), None)
        if twice:
            raise ConfigError(f"observatory.toml: {label} names {twice!r} twice; rename one file")
    found = []
    for one in settings.index.specs:
        table = _spec(folder, one).table
        if one.endswith(SUFFIX):
            found.append(folder / one)
            if table.file:
                found.append((folder / one).parent / table.file)
    for one in settings.programmes.files:
        path = folder / one
        panel = load(path).panel
        found += [path, *([path.parent / panel.file] if panel.file else [])]
    for path in found:
        if not path.is_file():
            raise ConfigError(f"{path}: there is no such file, and a spec or programme names it")
        if not path.is_relative_to(folder):
            raise ConfigError(
                f"{path}: a spec or programme names it by its whole path; write it from "
                "observatory.toml, so that a build sees when it changes"
            )
    return list(dict.fromkeys(found))


def _spec(folder: Path, name: str) -> Spec:
    if not name.endswith(SUFFIX):
        return spec_of(catalog.entry(index.FOLDER, name), name)
    if not (folder / name).is_file():
        raise ConfigError(
            f"observatory.toml: index.specs names {name!r}, and there is no such file; a name "
            f"without {SUFFIX} is one of the catalogue: {', '.join(catalog.names(index.FOLDER))}"
        )
    return read_spec(folder / name)


def slug(name: str) -> str:
    """Return what stands for a file in addresses.

    >>> slug("programmes/Teacher training.toml"), slug("ai_readiness")
    ('teacher-training', 'ai-readiness')
    """
    return re.sub(r"[^a-z0-9]+", "-", Path(name).stem.lower()).strip("-") or "one"


def added(release: Release, folder: Path, settings: Config, progress: Progress) -> Release:
    """Add the indices and programmes, which rest on the release itself."""
    if not settings.index.specs and not settings.programmes.files:
        return release
    progress("comparing", 0, 1)
    kept = folder / "build" / "programmes"
    found = replace(
        release,
        indices=rankings(folder, settings.index.specs, told_by(release), progress),
        programmes=programmes(folder, settings.programmes.files, release, kept),
    )
    return replace(found, id=publish.content_id(found))


def rankings(
    folder: Path, names: Sequence[str], told: Told, progress: Progress
) -> tuple[Ranking, ...]:
    """Compute the indices of an observatory from tables and from what its release tells.

    Raises:
        IndexInputError: A spec or its table can not be used; the cell is named.
    """
    made = []
    for name in names:
        source = folder / name if name.endswith(SUFFIX) else name
        found, steps = index.computed(index.load(source, told), progress)
        rows = tuple((step, tuple(head), _rows(body)) for step, (head, body) in steps.items())
        made.append(Ranking(slug(name), found, rows))
    return tuple(made)


def _rows(body: Iterable[Sequence[object]]) -> tuple[tuple[object, ...], ...]:
    return tuple(tuple(row) for row in body)


def programmes(
    folder: Path, names: Sequence[str], release: Release, kept: Path
) -> tuple[Programme, ...]:
    """Evaluate the programmes whose outcome is in, and plan the others.

    Args:
        folder: Of the observatory.
        names: Files of the programmes, relative to it.
        release: For outcomes that are shares of it; a public one takes those of public ones only.
        kept: Folder of the registrations, which outlive a build.

    Raises:
        ConfigError: A setting is missing or wrong, or the method does not fit the programme.
        UnreadableInputError: A panel can not be used; the message names the cell.
    """
    return tuple(_programme(folder / name, release, kept / slug(name)) for name in names)


def _programme(source: Path, release: Release, kept: Path) -> Programme:
    with named(source):
        return _evaluated(source, release, kept)


def _evaluated(source: Path, release: Release, kept: Path) -> Programme:
    described = load(source)
    public = release.promise is not None
    path = panel_file(source, described, release.estimates, kept, public=public)
    design = read_design(path, described)
    require_design(described.method, design.panel)
    # An outcome is registered before it is read; until one is in, the design may be changed.
    mark = kept / "measured"
    digest, changed = register(kept, described, design, anew=not mark.exists())
    panel = _outcome(path, described, design)
    if panel:
        store.write_bytes(mark, b"")
    found = estimate(described.method, panel) if panel else None
    said = "the programme differs from its registration, so its result is exploratory"
    return Programme(
        slug=slug(source.name),
        name=described.name,
        description=described.description,
        places=described.places,
        method=described.method,
        outcome=described.panel.title or described.panel.outcome,
        notice=described.notice,
        registration=(kept / REGISTRATION).read_text(encoding="utf-8"),
        digest=digest,
        changed=changed,
        effect=found,
        plan=planned(described.method, design, described.plan)
        if described.plan and not found
        else None,
        warnings=(f"{source.name}: {said}",) if changed else (),
    )


def _outcome(path: Path, described: Described, design: Design) -> Panel | None:
    """Read the outcome; None while none of the treated units has one from its start on."""
    panel = read_outcome(path, described, design, planned=True)
    under = panel.under & panel.treated[:, None]
    return panel if np.isfinite(panel.y[under]).any() else None
