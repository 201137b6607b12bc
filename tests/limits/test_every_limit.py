"""Every limit of the model has a test here, and every test here says what it proves."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
LIMITS = [f"L{n}" for n in range(1, 14)]
PROPERTIES = [f"L{n}" for n in range(14, 21)]  # of the two games and of what lies between them


def statements_in(file: Path) -> dict[str, str]:
    """Return the statement of each test in a file: that of the file, then its own."""
    tree = ast.parse(file.read_text("utf-8"))
    about = (ast.get_docstring(tree) or "").partition("\n")[0]
    return {
        node.name: f"{about}\n{ast.get_docstring(node) or ''}"
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


STATEMENTS = {
    f"{file.name}::{name}": said
    for file in sorted(FOLDER.glob("test_*.py"))
    if file != Path(__file__)
    for name, said in statements_in(file).items()
}


ELSEWHERE = {
    f"{folder}/{file.name}::{name}": said
    for folder in ("deal", "solvers")
    for file in sorted((FOLDER.parent / folder).glob("test_*.py"))
    for name, said in statements_in(file).items()
}


@pytest.mark.parametrize("limit", LIMITS)
def test_a_limit_has_a_test(limit: str) -> None:
    """Some test of this folder names the limit in its statement."""
    assert any(re.search(rf"\b{limit}\b", said) for said in STATEMENTS.values())


@pytest.mark.parametrize("limit", PROPERTIES)
def test_a_property_has_a_test(limit: str) -> None:
    """Some test of this folder, or of either game's own, names it in its statement."""
    every = [*STATEMENTS.values(), *ELSEWHERE.values()]
    assert any(re.search(rf"\b{limit}\b", said) for said in every)


def test_every_test_states_what_it_proves() -> None:
    """No test of a limit is without its sentence."""
    silent = [name for name, said in STATEMENTS.items() if not said.partition("\n")[2].strip()]
    assert len(STATEMENTS) > 45
    assert silent == []
