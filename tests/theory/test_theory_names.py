"""What `negotiation.theory` offers by name, and that it offers it lazily."""

from __future__ import annotations

import subprocess
import sys

import pytest

from negotiation import theory


@pytest.mark.parametrize("name", theory.__all__)
def test_every_name_exists(name):
    """Each public name leads to something callable."""
    assert callable(getattr(theory, name))


def test_an_unknown_name_is_an_attribute_error():
    """A misspelt name fails as Python attributes do."""
    with pytest.raises(AttributeError, match="nash_solutoin"):
        theory.nash_solutoin  # noqa: B018


def test_importing_it_imports_nothing_heavy():
    """`import negotiation.theory` loads neither NumPy nor SciPy nor Numba."""
    code = "import sys, negotiation.theory; print({'numpy', 'scipy', 'numba'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_every_name_has_its_place_on_the_page(root):
    """The reference of theory says for each public name which question it answers."""
    page = (root / "docs" / "reference" / "theory.md").read_text("utf-8")
    assert [name for name in theory.__all__ if f"`{name}`" not in page] == []


def test_every_file_has_its_place_on_the_page(root):
    """The reference of theory says for each file of the package what it is for."""
    page = (root / "docs" / "reference" / "theory.md").read_text("utf-8")
    files = [path.stem for path in (root / "negotiation" / "theory").glob("[!_]*.py")]
    assert [name for name in sorted(files) if f"`{name}`" not in page] == []
