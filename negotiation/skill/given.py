"""Forecasts that somebody else made, decision by decision: a model's, for one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from negotiation.errors import InputError, UnknownName
from negotiation.skill.cases import CODES, Cases

NEAR = 1e-3  # that probabilities may sum to beside 1: they are written with a few digits


class Given:
    """A forecaster that learns nothing: it looks up what it was given.

    Whether these were made without the outcomes is up to who made them; one for each split, where
    a model learns too.

    Parameters
    ----------
    ids : sequence of str
        The decisions, n of them.
    probabilities : array_like, shape (n, 5) or (draws, n, 5)
        Of the outcomes in the order of ``CODES``; over several draws their mean is the forecast.

    Examples
    --------
    >>> model = Given(["A"], [[0.2, 0.1, 0.4, 0.2, 0.1]])
    >>> model.by_id["A"].round(3).tolist()
    [0.2, 0.1, 0.4, 0.2, 0.1]
    """

    def __init__(self, ids: Sequence[str], probabilities: Any) -> None:
        p = np.asarray(probabilities, float)
        p = p.mean(axis=0) if p.ndim == 3 and len(p) else p
        wanted = (len(ids), len(CODES))
        if p.shape != wanted:
            raise InputError(
                f"probabilities of shape {np.shape(probabilities)}; expected {wanted}, or several "
                "of these: a row for each decision, a column for each outcome."
            )
        for name, row in zip(ids, p.tolist(), strict=True):
            if said := problem(name, row):
                raise InputError(said)
        self.by_id: Mapping[str, np.ndarray] = dict(
            zip(map(str, ids), p / p.sum(axis=1, keepdims=True), strict=True)
        )

    def __call__(self, seen: Cases, truth: np.ndarray, asked: Cases) -> np.ndarray:
        """Return what was given for each decision that is asked about."""
        for name in asked.ids:
            if name not in self.by_id:
                raise UnknownName("forecast of decision", str(name), self.by_id)
        return np.array([self.by_id[name] for name in asked.ids])


def problem(name: str, probabilities: Sequence[float]) -> str:
    """Return what is wrong with a forecast, or nothing.

    Examples
    --------
    >>> problem("A", [0.2, 0.1, 0.4, 0.2, 0.2])
    'A: its probabilities sum to 1.1; expected five from 0 to 1 that sum to 1.'
    """
    total = sum(probabilities)
    if min(probabilities) >= 0 and abs(total - 1) < NEAR:
        return ""
    return f"{name}: its probabilities sum to {total:.6g}; expected five from 0 to 1 that sum to 1."
