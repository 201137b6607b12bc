"""The Python reference names what there is: every public name, and no other."""

from __future__ import annotations

import importlib
import inspect
import re
import sys
from pathlib import Path

import pytest

import negotiation as ng

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
sys.path.insert(0, str(DOCS))
import api_pages  # noqa: E402

TEXT = (DOCS / "reference" / "python.md").read_text("utf-8")


def test_every_public_name_is_there() -> None:
    """Each name of the package has its line in the table."""
    assert {name for name in ng.__all__ if f"| `ng.{name}" not in TEXT} == set()


def test_every_name_in_the_table_exists() -> None:
    """What the table promises can be called."""
    assert {name for name in re.findall(r"`ng\.(\w+)", TEXT) if not hasattr(ng, name)} == set()


@pytest.mark.parametrize("module", api_pages.MODULES)
def test_every_public_name_has_a_page(module: str) -> None:
    """On the site each has a page whose object can be imported and says what it does."""
    pages = api_pages.pages()
    short = module.replace("negotiation", "ng", 1)
    for name, thing in api_pages.public(module).items():
        (found,) = [text for text in pages.values() if text.startswith(f"# `{short}.{name}`\n")]
        path = found.split("::: ")[1].split("\n")[0]
        home, _, last = path.rpartition(".")
        assert getattr(importlib.import_module(home), last) is thing
        if inspect.isclass(thing) or inspect.isfunction(thing):
            assert api_pages.first_line(thing).endswith("."), path


def test_no_two_pages_differ_by_case_alone() -> None:
    """Else one would overwrite the other where file names have no case."""
    assert len({page.lower() for page in api_pages.pages()}) == len(api_pages.pages())


def test_the_menu_names_every_page() -> None:
    """The menu's order is tutorial, how-to, reference, explanation, and no page is left out."""
    text = (ROOT / "mkdocs.yml").read_text("utf-8")
    named = re.findall(r": ([\w/-]+\.md)$", text, re.MULTILINE)
    pages = {str(page.relative_to(DOCS)) for page in DOCS.rglob("*.md")}
    assert set(named) == pages | {f"{api_pages.FOLDER}/names.md"} and len(named) == len(set(named))
    heads = re.findall(r"^  - (\w[\w ]*):", text.split("nav:\n")[1].split("theme:")[0], re.M)
    assert heads == ["Start", "Tutorial", "Answers", "How to", "Reference", "Explanation"]


def test_the_gallery_draws_every_picture() -> None:
    """No picture is without the lines that draw it."""
    text = (DOCS / "gallery.md").read_text("utf-8")
    drawn = set(re.findall(r"^ax = ng\.plots\.(\w+)\(", text, re.MULTILINE))
    assert drawn == set(ng.plots.__all__) - {"style"}
