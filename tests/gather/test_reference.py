"""The reference pages name every setting, kind of document and reason that there is."""

from pathlib import Path

import pytest

from uptake.gather import CODES, gather_table
from uptake.gather.extract import EXTRACTORS
from uptake.gather.frontmatter import Origin, Stated, from_toml
from uptake.gather.table_spec import Columns, Expectation, Layout

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


@pytest.mark.parametrize("name", [*Layout.__struct_fields__, *Columns.__struct_fields__])
def test_each_setting_of_a_table_is_explained(name: str) -> None:
    assert f"`{name}`" in (REFERENCE / "tables.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", Expectation.__struct_fields__)
def test_each_expectation_is_shown(name: str) -> None:
    assert f"\n{name} = " in (REFERENCE / "tables.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [*CODES, *EXTRACTORS])
def test_each_reason_and_kind_of_document_is_explained(name: str) -> None:
    assert f"`{name}`" in (REFERENCE / "documents.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [*Stated.__struct_fields__[:-1], *Origin.__struct_fields__])
def test_each_statement_on_a_document_is_shown(name: str) -> None:
    assert f"\n{name} = " in (REFERENCE / "documents.md").read_text(encoding="utf-8")


def shown(page: str) -> str:
    text = (REFERENCE / page).read_text(encoding="utf-8")
    return text.split("```toml\n")[1].split("```")[0]


def test_the_table_shown_is_read(tmp_path: Path) -> None:
    codes = ("KAZ", "UZB", "KGZ", "TJK", "TKM", "AZE")
    rows = "\n".join(f"{code},{n},{n + 1}" for n, code in enumerate(codes))
    (tmp_path / "centres.csv").write_text(f"Country Code,2024,2025\n{rows}\n", encoding="utf-8")
    (tmp_path / "centres.toml").write_text(shown("tables.md"), encoding="utf-8")
    source, found = gather_table(tmp_path / "centres.toml")
    assert (source.published, len(found)) == ("2025", 12)


def test_the_statement_on_a_document_shown_is_read() -> None:
    stated = from_toml(shown("documents.md"), "the page")
    assert (stated.date, stated.kind, stated.source.producer) == (
        "2025-10-03",
        "digest",
        "A ministry",
    )
