"""A release, in memory or on disk -> what it tells an index."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from uptake.flow.inputs import read_manifest
from uptake.model.claim import Claim, ClaimTime
from uptake.model.errors import ConfigError
from uptake.model.release import Release
from uptake.model.told import Told

DENOMINATOR = "located"
"""Usage per head is taken among usage that has a place: the region's places compare by it."""


def told_by(release: Release) -> Told:
    """Return what a release at hand tells."""
    known = release.knowledge
    heads = next((one for one in release.per_head if one.denominator == DENOMINATOR), None)
    return Told(
        release=release.id,
        claims=known.claims,
        accepted=frozenset(id for id, status in known.status.items() if status == "accepted"),
        stories={d: story.id for story in known.stories for d in story.documents},
        dates={d.id: d.date for d in release.evidence.documents},
        named={d.id: d.places for d in release.evidence.documents},
        per_head={
            row.place: (row.index.value, row.index.low, row.index.high)
            for row in (heads.rows if heads else ())
            if row.index
        },
        notice=release.synthetic,
    )


def told_of(folder: Path) -> Told:
    """Read the last release of an observatory.

    Args:
        folder: Of the observatory, or of one release (it holds ``json/``).

    Raises:
        ConfigError: There is no release, or its files are not those of one.
    """
    if (folder / "json").is_dir():
        found = folder / "json"
    else:
        id = read_manifest(folder / "build" / "store" / "manifest.json").release
        found = folder / "build" / "release" / id / "json"
        if not id or not found.is_dir():
            raise ConfigError(f"{folder}: holds no release; make one with: uptake build {folder}")
    try:
        index = _json(found / "index.json")
        claims, documents = _rows(found / "claims.json"), _rows(found / "documents.json")
        return Told(
            release=str(index["release"]),
            claims=tuple(map(_claim, claims)),
            accepted=frozenset(row["claim"] for row in claims if row["status"] == "accepted"),
            stories={
                d: row["story"]
                for row in _rows(found / "stories.json")
                for d in row["documents"].split()
            },
            dates={row["id"]: row["date"] for row in documents},
            named={row["id"]: tuple((row["places"] or "").split()) for row in documents},
            per_head={
                row["place"]: (row["index"], row["index_low"], row["index_high"])
                for row in _rows(found / "usage-per-head.json")
                if row["denominator"] == DENOMINATOR and row["index"] is not None
            },
            notice=str(index.get("notice", "")),
        )
    except (KeyError, TypeError, AttributeError, msgspec.MsgspecError) as error:
        raise ConfigError(
            f"{found}: is no release that this version reads ({error}); build it again"
        ) from None


def _json(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = msgspec.json.decode(path.read_bytes(), type=dict[str, Any])
    return found


def _rows(path: Path) -> list[dict[str, Any]]:
    """Return the rows of a table; a table without rows is not written."""
    return list(_json(path)["rows"]) if path.is_file() else []


def _claim(row: Mapping[str, Any]) -> Claim:
    time = None
    if row["time_text"]:
        time = ClaimTime(
            text=row["time_text"],
            start=row["time_start"],
            end=row["time_end"],
            granularity=row["time_granularity"],
            relation=row["time_relation"],
        )
    return Claim(
        id=row["claim"],
        doc=row["document"],
        type=row["type"],
        quote=row["quote"],
        start=row["start"],
        end=row["end"],
        countries=tuple((row["countries"] or "").split()),
        modality=row["modality"],
        time=time,
        fields=row["fields"],
        # Of an accepted claim none is published: it counts in full.
        confidence=1.0 if row["confidence"] is None else row["confidence"],
    )
