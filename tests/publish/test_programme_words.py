"""Pages of programmes explain each method and each assumption to who has never heard of them."""

import ast
from pathlib import Path

from uptake import evaluate
from uptake.evaluate.assumptions import COMPLETE
from uptake.publish.programme import METHODS, words


def names_of_assumptions() -> set[str]:
    """Return the names that the sources give assumptions: as arguments, and a constant."""
    found = set()
    for path in sorted(Path(evaluate.__file__).parent.glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Assumption":
                first = node.args[0]
                if isinstance(first, ast.Constant):
                    found.add(str(first.value))
    return found | {COMPLETE}


def test_every_method_is_named_and_explained() -> None:
    assert set(METHODS) == set(words()["methods"]) == set(evaluate.METHODS)
    assert all(text.endswith(".") for text in words()["methods"].values())


def test_every_assumption_is_explained() -> None:
    assert len(names_of_assumptions()) > 3
    assert names_of_assumptions() <= set(words()["assumptions"])
