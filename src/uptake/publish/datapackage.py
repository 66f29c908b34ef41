"""Release -> ``datapackage.json``: the CSV files described after the Frictionless Data Package.

Profile: <https://specs.frictionlessdata.io/tabular-data-package/> (version 1).
"""

import hashlib
from dataclasses import asdict
from pathlib import Path
from typing import Any

import msgspec

from uptake.model.evidence import Source
from uptake.model.release import Release
from uptake.publish.citation import citation
from uptake.publish.columns import NOTICE, Table
from uptake.publish.csv_files import write_table
from uptake.publish.edition import Edition
from uptake.publish.not_told import not_told
from uptake.publish.tables import all_sources, linkable

LICENSED = "observations"
"""The resource under the licences of its sources; the usage figures' is their owner's to give, and
each row of a table of claims names its own."""

CLOSED = "For closed use inside the institution that holds the logs"
"""Whoever has these figures; in any mode without noise."""

REFERRING = ("observations", "claims")
"""Resources whose column ``source`` is an id of the resource ``sources``."""


def write_datapackage(edition: Edition, folder: Path) -> None:
    """Write ``folder/datapackage.json``, and any CSV file that it describes and is not there."""
    release = edition.release
    (folder / "csv").mkdir(parents=True, exist_ok=True)
    resources = [_resource(table, release, folder) for table in edition.tables]
    package = {
        "profile": "tabular-data-package",
        "name": f"uptake-{release.id.lower()}",
        "id": release.id,
        "title": release.title,
        "description": _description(release),
        "notice": release.synthetic,
        "mode": release.mode,
        **_protection(release),
        "protected_places": asdict(release.protected),
        "version": release.id,
        "sources": [_source(source) for source in all_sources(release)],
        "contributors": [{"title": f"uptake {release.version}", "role": "wrangler"}],
        "citation": citation(release),
        "resources": resources,
    }
    encoded = msgspec.json.format(msgspec.json.encode(package), indent=2)
    (folder / "datapackage.json").write_bytes(encoded + b"\n")


def _description(release: Release) -> str:
    people, conversations = release.thresholds
    parts = [
        f"What people ask of AI assistants, and public indicators: {release.region or 'all'}.",
        f"At most {release.messages_cap} messages of a person and month count.",
    ]
    promise = release.promise
    if promise is None:
        parts += [
            f"Cells of fewer than {people} people or {conversations} conversations are withheld.",
            f"{CLOSED}: these figures have no differential privacy.",
        ]
    else:
        parts.append(
            f"Differentially private, unit {promise.unit}: epsilon {promise.month_epsilon:.2f} for "
            f"a person's month and {promise.year_epsilon:.2f} for a person's year, at delta "
            f"{promise.delta:.0e}, by discrete Gaussian noise on every count."
        )
        parts.append(
            f"Cells are withheld by a noisy number of people, under {people} and three standard "
            "deviations of that noise."
        )
    parts += not_told(release.protected)
    if release.synthetic:
        parts.append(f"Notice: {release.synthetic}.")
    return " ".join(parts)


def _protection(release: Release) -> dict[str, Any]:
    """Return what is promised of each person, or that nothing is and who may have the figures."""
    promise = release.promise
    if promise is None:
        return {"licenses": [{"name": "other-closed", "title": f"{CLOSED}, not for publication"}]}
    return {
        "privacy": {
            "model": "differential privacy (zero-concentrated, discrete Gaussian noise)",
            "unit": promise.unit,
            "epsilon": promise.month_epsilon,
            "epsilon_year": promise.year_epsilon,
            "delta": promise.delta,
        }
    }


def _source(source: Source) -> dict[str, str]:
    out = {"title": f"{source.producer}: {source.title}", "licence": source.licence}
    return out | ({"path": source.url} if linkable(source.url) else {})


def _licences(release: Release) -> list[dict[str, str]]:
    named = dict.fromkeys(s.licence for s in release.evidence.sources if s.licence)
    return [{"name": _spdx(name), "title": name} for name in named]


def _spdx(name: str) -> str:
    """Return a licence as an identifier.

    >>> _spdx("CC BY 4.0")
    'CC-BY-4.0'
    """
    return "-".join("".join(c if c.isalnum() or c in ".-" else " " for c in name).split())


def _resource(table: Table, release: Release, folder: Path) -> dict[str, Any]:
    path = folder / "csv" / f"{table.name}.csv"
    if not path.exists():
        write_table(table, release, folder / "csv")
    content = path.read_bytes()
    schema: dict[str, Any] = {
        "fields": [
            {
                "name": column.name,
                "type": column.type,
                "description": column.description,
            }
            for column in (*table.columns, NOTICE)
        ],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.name in REFERRING:
        schema["foreignKeys"] = [
            {"fields": "source", "reference": {"resource": "sources", "fields": "id"}}
        ]
    licences = _licences(release) if table.name == LICENSED else []
    return ({"licenses": licences} if licences else {}) | {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "path": f"csv/{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
        "rows": len(table.rows),
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": schema,
    }
