"""The public names of the economy and what importing them costs."""

from __future__ import annotations

import subprocess
import sys

import pytest

import negotiation.economy as economy


def test_importing_the_economy_loads_no_compiler_and_no_optimiser():
    """Solving one equilibrium needs NumPy only; Numba and SciPy come when first asked for."""
    code = (
        "import sys, negotiation.economy as e; "
        "e.welfare_change([[[8.0], [2.0]], [[2.0], [8.0]]], [[[0.0]] * 2] * 2, "
        "[[[0.0], [0.1]], [[0.1], [0.0]]], [4.0]); "
        "print([m for m in ('numba', 'scipy', 'mesa', 'pandas') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", ("purchases", "rare_earths"))
def test_every_compiled_name_is_found_when_asked_for(name):
    """The names that are loaded late are listed like the others, and they resolve."""
    assert name in dir(economy)
    assert getattr(economy, name) is not None


def test_a_name_that_does_not_exist_is_an_attribute_error():
    """Late loading does not hide a misspelling."""
    with pytest.raises(AttributeError, match="long_run_add"):
        economy.long_run_add  # noqa: B018
