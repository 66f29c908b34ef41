"""Release -> a static JSON API: files that a script or a page can fetch one by one.

``json/index.json`` names them all; ``json/usage/<place>.json`` holds every group of one place (or
of all) with its shares. Shares are nested as facet, value, measure; each is either ``{"value",
"low", "high", "level", "n", "covers", "correction", "counted"}`` or ``{"status": "withheld"}``;
``counted`` is the share as labelled where it was corrected, and what is not there was not computed.
"""

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import msgspec

from uptake.model.dimensions import ALL, DIMENSIONS
from uptake.model.estimate import Estimate, Group
from uptake.model.release import Release
from uptake.publish.columns import WITHHELD, Table, rounded
from uptake.publish.edition import Edition
from uptake.publish.tables import notice_of

SCHEMA = "uptake.api/1"
"""Name and version of the structure; a change that breaks a reader raises the number."""

Json = dict[str, Any]


def head(release: Release) -> Json:
    """Return what every file says of the release."""
    return {
        "schema": SCHEMA,
        "release": release.id,
        "title": release.title,
        "region": release.region,
        "mode": release.mode,
        **({"privacy": asdict(release.promise)} if release.promise else {}),
        "notice": release.synthetic,
        "version": release.version,
    }


def share(found: Estimate | None, intervals: Mapping[str, str]) -> Json:
    """Return one share; ``covers`` is an id of the file's ``intervals``."""
    if found is None:
        return {"status": WITHHELD}
    return {
        "value": rounded(found.value),
        "low": rounded(found.low),
        "high": rounded(found.high),
        "level": found.level,
        "n": found.n,
        "covers": intervals.get(found.covers, ""),
        "correction": found.correction,
        **({} if found.counted is None else {"counted": rounded(found.counted)}),
    }


def _quality(release: Release) -> Json:
    """Return what was read and lost; of logs nothing in a release with noise, as it is exact."""
    told: Json = msgspec.to_builtins(release.quality)
    return {name: told[name] for name in ("issues", "unknown")} if release.promise else told


def size(group: Group) -> Json:
    """Return a group's size."""
    if None in (group.people, group.messages):
        return {"status": WITHHELD}
    return {
        "people": group.people,
        "conversations": group.conversations,
        "messages": group.messages,
        **(
            {
                "people_error": rounded(group.people_error),
                "messages_error": rounded(group.messages_error),
            }
            if group.messages_error
            else {}
        ),
    }


def _usage(release: Release, intervals: Mapping[str, str]) -> dict[str, list[Json]]:
    """Return the groups of each place, in order, each with its shares."""
    met: dict[tuple[str, str, str, str, str], Json] = {}
    for where, group in release.estimates.groups.items():
        met[where] = {**dict(zip(DIMENSIONS, where, strict=True)), **size(group), "shares": {}}
    for key, found in release.estimates.rows():
        where = (key.place, key.month, key.age_band, key.gender, key.language)
        entry = met.setdefault(where, {**dict(zip(DIMENSIONS, where, strict=True)), "shares": {}})
        values = entry["shares"].setdefault(key.facet, {})
        values.setdefault(key.value, {})[key.measure] = share(found, intervals)
    by_place: dict[str, list[Json]] = {}
    for where, entry in met.items():
        by_place.setdefault(where[0], []).append(entry)
    return by_place


def rows_of(table: Table) -> list[Json]:
    """Return a table's rows by the names of its columns; JSON within stays JSON."""
    names = [column.name for column in table.columns]
    nested = [at for at, column in enumerate(table.columns) if column.type in ("object", "array")]
    rows: list[Json] = [dict(zip(names, row, strict=True)) for row in table.rows]
    for at in nested:
        for row in rows:
            row[names[at]] = msgspec.Raw(str(row[names[at]]).encode())
    return rows


def file_name(place: str) -> str:
    """Return a place's file name without its suffix; ``all`` for the whole.

    >>> file_name("KAZ"), file_name("../x")
    ('kaz', 'x')
    """
    return "".join(c for c in place.lower() if c.isalnum() or c in "-_") or ALL


def write_json(edition: Edition, folder: Path) -> None:
    """Write ``folder/json/``: index, usage by place, and each other table."""
    release = edition.release
    target = folder / "json"
    (target / "usage").mkdir(parents=True, exist_ok=True)
    top = head(release)
    intervals = edition.intervals
    shown = {id: text for text, id in intervals.items()}
    listed: dict[str, Any] = {"usage": {}}
    for place, groups in _usage(release, intervals).items():
        name = f"usage/{file_name(place)}.json"
        listed["usage"][place] = name
        _write(target / name, {**top, "place": place, "intervals": shown, "groups": groups})
    for table in edition.tables:
        if table.name.startswith("shares") or table.name in ("groups", "intervals"):
            continue
        name = f"{table.name}.json"
        listed[table.name] = name
        said = {**top, "notice": notice_of(release, usage=table.usage)}
        _write(target / name, {**said, "columns": _meanings(table), "rows": rows_of(table)})
    _write(target / "index.json", {**top, **_terms(release), "files": listed})


def _terms(release: Release) -> Json:
    people, conversations = release.thresholds
    return {
        "thresholds": {"people": people, "conversations": conversations},
        "messages_cap": release.messages_cap,
        "protected_places": asdict(release.protected),
        "quality": _quality(release),
        "labeller": release.labeller,
        **({"frozen": release.frozen, "reopened": release.reopened} if release.frozen else {}),
    }


def _meanings(table: Table) -> Json:
    return {column.name: column.description for column in table.columns}


def _write(path: Path, content: Json) -> None:
    path.write_bytes(msgspec.json.encode(content) + b"\n")
