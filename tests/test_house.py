"""The house rules that no tool checks: sizes, doors, light import, registries in the docs."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import uptake
from uptake.cli import COMMANDS
from uptake.label import LABELLERS
from uptake.model import cells, goldcells, labels
from uptake.protect import MODES
from uptake.publish import OUTPUTS
from uptake.read import READERS

SOURCE = Path(uptake.__file__).parent
ROOT = Path(__file__).parents[1]
MODULES = sorted(SOURCE.rglob("*.py"))


def module_name(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_no_module_over_400_lines(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def test_modules_are_about_a_hundred_lines_at_the_median() -> None:
    sizes = sorted(len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES)
    assert sizes[len(sizes) // 2] <= 130


@pytest.mark.parametrize("path", MODULES, ids=module_name)
def test_each_module_opens_with_a_sentence(path: Path) -> None:
    doc = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert doc
    assert doc.split("\n")[0].endswith((".", ":")), doc.split("\n")[0]


DOORS = {
    "Conversation": "read",
    "Messages": "pseudonymise",
    "Masked": "pseudonymise",
    "Labels": "label",
    "RawCells": "tally",
    "ReleasedCells": "protect",
    "RawGoldCells": "tally",
    "ReleasedGoldCells": "protect",
    "Estimate": "estimate",
}


@pytest.mark.parametrize("name", DOORS)
def test_each_type_has_one_door(name: str) -> None:
    """Only the package that makes a type may construct it; the rest receive it."""
    makers = {
        path.relative_to(SOURCE).parts[0]
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and (
            (isinstance(node.func, ast.Name) and node.func.id == name)
            or (isinstance(node.func, ast.Attribute) and node.func.attr == name)
        )
    }
    assert makers == {DOORS[name]}


def test_only_the_masking_makes_masked_text() -> None:
    makers = {
        module_name(path)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Masked"
    }
    assert makers == {"pseudonymise/mask.py"}


def test_no_stored_table_has_a_column_for_text() -> None:
    free = {"text", "content", "prompt", "name", "given_name", "family_name", "email", "user_id"}
    for schema in (labels.SCHEMA, cells.SCHEMA, goldcells.SCHEMA):
        assert not free & set(schema.names)


HEAVY = ("numpy", "pyarrow", "duckdb", "scipy", "altair", "sklearn", "trafilatura", "jinja2")


@pytest.mark.parametrize("module", ["uptake", "uptake.cli", "uptake.cli.build", "uptake.cli.new"])
def test_importing_is_light(module: str) -> None:
    code = f"import sys, {module}\nprint(*[m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        *(("reader", name) for name in READERS),
        *(("labeller", name) for name in LABELLERS),
        *(("mode", name) for name in MODES),
        *(("output", name) for name in OUTPUTS),
        *(("command", name) for name in COMMANDS),
    ],
)
def test_every_registered_name_is_documented(kind: str, name: str) -> None:
    docs = "\n".join(p.read_text(encoding="utf-8") for p in sorted((ROOT / "docs").rglob("*.md")))
    assert f"`{name}`" in docs, f"no page under docs/ names the {kind} `{name}`"


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself(command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "uptake", command, "--help"],
        capture_output=True,
        text=True,
        check=True,
    )
    reference = (ROOT / "docs" / "reference" / "commands.md").read_text(encoding="utf-8")
    for line in done.stdout.splitlines():
        for word in line.split():
            option = word.strip("[],.")
            if option.startswith("--") and option != "--help":
                assert f"`{option}" in reference, f"commands.md lacks {option} of {command}"
