"""The reference of the benchmark about drivers is exact where the shares are known."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import numpy as np
import pytest


def test_shares_of_a_sum_and_a_product(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of x + y z on the unit cube: variances of 12, 3 and 3 alone and 1 together, of 144ths."""
    monkeypatch.syspath_prepend(str(root / "benchmarks"))
    x, weight = np.polynomial.legendre.leggauss(4)
    u = 0.5 + 0.5 * x
    values = u[:, None, None] + u[None, :, None] * u[None, None, :]
    alone, along = import_module("against.sensitivity").shares_of(values, 0.5 * weight)
    np.testing.assert_allclose(alone, np.array([12, 3, 3]) / 19, rtol=1e-12)
    np.testing.assert_allclose(along, np.array([12, 4, 4]) / 19, rtol=1e-12)
