"""Releases to files: a ``Release`` goes in, as an ``Edition``, and files in a folder come out.

Each output is a function of its own module that writes into the folder it is given, the same bytes
for the same release; a new one is one module here and one line in ``OUTPUTS``. All outputs of one
build take the same edition: what several of them need is computed once.
"""

from collections.abc import Callable
from pathlib import Path

from uptake.publish.csv_files import write_csv
from uptake.publish.datapackage import write_datapackage
from uptake.publish.edition import Edition
from uptake.publish.identity import content_id
from uptake.publish.json_api import write_json
from uptake.publish.parquet_files import write_parquet
from uptake.publish.report import write_report
from uptake.publish.site import write_site

Output = Callable[[Edition, Path], None]

OUTPUTS: dict[str, Output] = {
    "csv": write_csv,
    "parquet": write_parquet,
    "json": write_json,
    "datapackage": write_datapackage,
    "site": write_site,
    "report": write_report,
}

__all__ = ["OUTPUTS", "Edition", "Output", "content_id"]
