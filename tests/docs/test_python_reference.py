"""The Python reference names what there is: every public name, and no other."""

from __future__ import annotations

import importlib
import re
from pathlib import Path

import negotiation as ng

TEXT = (Path(__file__).parents[2] / "docs" / "reference" / "python.md").read_text("utf-8")


def test_every_public_name_is_there() -> None:
    """Each name of the package has its line in the table."""
    assert {name for name in ng.__all__ if f"| `ng.{name}" not in TEXT} == set()


def test_every_name_in_the_table_exists() -> None:
    """What the table promises can be called."""
    assert {name for name in re.findall(r"`ng\.(\w+)", TEXT) if not hasattr(ng, name)} == set()


def test_every_documented_object_exists() -> None:
    """The site's pages of docstrings name modules and objects that can be imported."""
    found = re.findall(r"^::: (negotiation\.[\w.]+)$", TEXT, re.MULTILINE)
    assert len(found) > 10
    for path in found:
        try:
            importlib.import_module(path)
        except ModuleNotFoundError:
            module, _, name = path.rpartition(".")
            assert hasattr(importlib.import_module(module), name), path
