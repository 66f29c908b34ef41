"""Tables -> a source and its observations; documents -> passages: public from the start.

``gather_table`` reads an indicator table by its description (``catalog/sources/*.toml``, or a
TOML beside a CSV in the observatory's folder); a new table is one new TOML and its CSV.
``gather_document`` reads one text, Markdown, HTML or PDF file; a new kind is one module in
``gather/extract`` and a line in its ``EXTRACTORS``. Neither knows of any other input.
"""

from uptake import catalog
from uptake.gather import claims
from uptake.gather.claims import analysed, document_claims, is_read
from uptake.gather.documents import STAGE, gather_document
from uptake.gather.frontmatter import SIDECAR
from uptake.gather.indicators import indicators
from uptake.gather.knowledge import knowledge, views
from uptake.gather.knowledge import load as load_judgements
from uptake.gather.mentions import Mention, find_places
from uptake.gather.reasons import CODES
from uptake.gather.table_spec import TableError
from uptake.gather.tables import gather_table

VERSION = "2"
"""Changes whenever our own code would give another document for the same file."""


def version() -> str:
    """Return what a stored document depends on besides its file: code, data and extractors.

    >>> version().startswith("gather 2, claims ")
    True
    """
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    named = [f"gather {VERSION}", f"claims {claims.VERSION}", f"catalogue {catalog.digest()}"]
    for package in ("lxml", "pypdfium2", "razdel", "trafilatura"):
        try:
            named.append(f"{package} {installed(package)}")
        except PackageNotFoundError:
            named.append(f"no {package}")
    return ", ".join(named)


__all__ = [
    "CODES",
    "SIDECAR",
    "STAGE",
    "VERSION",
    "Mention",
    "TableError",
    "analysed",
    "document_claims",
    "find_places",
    "gather_document",
    "gather_table",
    "indicators",
    "is_read",
    "knowledge",
    "load_judgements",
    "version",
    "views",
]
