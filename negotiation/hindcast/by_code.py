"""Probabilities of codes and their intervals as plain data."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def named(p: np.ndarray, codes: Sequence[str]) -> dict[str, float]:
    """Return probabilities by code, rounded to four digits so that they still sum to 1.

    Examples
    --------
    >>> named(np.array([0.33334, 0.33333, 0.33333]), ("deal", "truce", "dropped"))
    {'deal': 0.3334, 'truce': 0.3333, 'dropped': 0.3333}
    """
    rounded = [round(float(x), 4) for x in p]
    rounded[int(np.argmax(p))] += round(1.0 - sum(rounded), 4)
    return {code: round(x, 4) for code, x in zip(codes, rounded, strict=True)}


def ends(low: np.ndarray, high: np.ndarray, codes: Sequence[str]) -> dict[str, dict[str, float]]:
    """Return intervals by code.

    Examples
    --------
    >>> ends(np.array([0.1]), np.array([0.34567]), ["deal"])
    {'deal': {'low': 0.1, 'high': 0.3457}}
    """
    return {
        code: {"low": round(float(a), 4), "high": round(float(b), 4)}
        for code, a, b in zip(codes, low, high, strict=True)
    }
