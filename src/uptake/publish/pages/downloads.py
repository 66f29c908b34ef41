"""The downloads page: every file with its size, licences, and how to cite."""

from pathlib import Path

from uptake.publish.citation import bibtex, citation
from uptake.publish.edition import Edition
from uptake.publish.pages import Page
from uptake.publish.tables import all_sources, linkable

DATA = "data"


def downloads(edition: Edition, folder: Path) -> Page:
    """Make the downloads page of files that are written below ``folder/data`` already."""
    release = edition.release
    entries = []
    for table in edition.tables:
        formats = {"CSV": f"{DATA}/csv/{table.name}.csv"}
        shares = table.name.startswith("shares")
        if not shares or table.name == "shares":
            formats["Parquet"] = f"{DATA}/parquet/{table.name}.parquet"
        if (folder / DATA / "json" / f"{table.name}.json").is_file():
            formats["JSON"] = f"{DATA}/json/{table.name}.json"
        entries.append(
            {
                "title": table.title,
                "rows": f"{len(table.rows):,}",
                "files": [
                    {"format": name, "path": path, "size": _size(folder / path)}
                    for name, path in formats.items()
                ],
                "all_splits": table.name == "shares",
            }
        )
    usage = sorted((folder / DATA / "json" / "usage").glob("*.json"))
    api = [f"{DATA}/json/index.json", *(f"{DATA}/json/usage/{path.name}" for path in usage)]
    context = {
        "entries": entries,
        "package": f"{DATA}/datapackage.json",
        "api": [{"path": path, "size": _size(folder / path)} for path in api],
        "citation": citation(release),
        "bibtex": bibtex(release),
        "sources": [
            {"source": source, "link": source.url if linkable(source.url) else ""}
            for source in all_sources(release)
        ],
    }
    return Page("downloads.html", "downloads.html", "Downloads", {}, context)


def _size(path: Path) -> str:
    number = path.stat().st_size
    if number < 10_000:
        return f"{number / 1000:.1f} kB"
    return f"{number / 1000:,.0f} kB" if number < 1_000_000 else f"{number / 1e6:,.1f} MB"
