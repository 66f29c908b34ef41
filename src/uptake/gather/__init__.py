"""Tables -> a source and its observations; documents -> passages: public from the start.

``gather_table`` reads an indicator table by its description (``catalog/sources/*.toml``, or a
TOML beside a CSV in the observatory's folder); a new table is one new TOML and its CSV.
``gather_document`` reads one text, Markdown, HTML or PDF file; a new kind is one module in
``gather/extract`` and a line in its ``EXTRACTORS``. Neither knows of any other input.
"""

from uptake.gather.documents import gather_document
from uptake.gather.indicators import indicators
from uptake.gather.mentions import Mention, find_places
from uptake.gather.reasons import CODES
from uptake.gather.table_spec import TableError
from uptake.gather.tables import gather_table

VERSION = "1"
"""Changes whenever our own code would give another document for the same file."""


def version() -> str:
    """Return what a stored document depends on besides its file: our code and the extractors.

    >>> version().startswith("gather 1, ")
    True
    """
    from importlib.metadata import PackageNotFoundError
    from importlib.metadata import version as installed

    named = [f"gather {VERSION}"]
    for package in ("lxml", "pypdfium2", "trafilatura"):
        try:
            named.append(f"{package} {installed(package)}")
        except PackageNotFoundError:
            named.append(f"no {package}")
    return ", ".join(named)


__all__ = [
    "CODES",
    "VERSION",
    "Mention",
    "TableError",
    "find_places",
    "gather_document",
    "gather_table",
    "indicators",
    "version",
]
