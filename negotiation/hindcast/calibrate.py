"""What past decisions teach of each number that no source fixes.

Every decision of the record was played at draws of the prior
(:mod:`negotiation.hindcast.record`), so what all of them teach is one weighing of these draws.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from negotiation.estimates import effective_size
from negotiation.hindcast import disputes, pooled, record, taught
from negotiation.hindcast import posterior as post
from negotiation.hindcast.priors import NAMES, PARAMETERS

DIGITS = 5  # significant digits of what is told


def calibrated(played: record.Record | None = None, unit: pooled.Unit | None = None
               ) -> dict[str, Any]:  # fmt: skip
    """Return what a record teaches of every number, as plain data.

    Parameters
    ----------
    played : Record, optional
        By default the shipped one.
    unit : Unit, optional
        Two governments under an administration, whose numbers are asked for; by default those that
        all governments have in common.

    Examples
    --------
    >>> found = calibrated()
    >>> found["decisions"], len(found["parameters"])
    (199, 23)
    """
    played = played or record.shipped()
    posterior, _ = played.posterior(tuple(range(len(played.rows))))
    weight = posterior.weights(unit) if unit else posterior.common
    return {
        "of": [*unit] if unit else None,
        "decisions": len(played.rows),
        "disputes": len({row.cluster or row.id for row in played.rows}),
        "draws": len(weight),
        "effective_draws": round(effective_size(weight), 1),
        "alike": round(float(posterior.share @ posterior.shares), 2),
        "alike_within": round(float(posterior.within @ posterior.withins), 2),
        "parameters": parameters(played.values, weight),
        "correlations": correlations(played.values, weight),
    }


def last_unit(pair: str, played: record.Record | None = None) -> pooled.Unit:
    """Return the two governments of a pair, under those in office when they met last.

    In the shipped record, or in ``played``.

    Raises
    ------
    InputError
        If the record has no decision between the two.

    Examples
    --------
    >>> last_unit("Japan-US").pair
    'Japan-US'
    """
    rows = record.between(pair, played.rows if played else None)
    return disputes.unit_of(max(rows, key=lambda row: row.date))


def parameters(values: np.ndarray, weight: np.ndarray) -> dict[str, Any]:
    """Return prior and posterior of every parameter, and how far the data moved it.

    ``contraction`` is 1 - posterior standard deviation / prior one, ``shift`` the move of the mean
    in prior standard deviations, ``error`` the Monte Carlo standard error of the posterior mean,
    ``mark`` what a scenario that takes the number says of it (:mod:`negotiation.hindcast.taught`).
    """
    found = {}
    for k, parameter in enumerate(PARAMETERS):
        x = values[:, k]
        flat = np.full(len(x), 1 / len(x))
        before, after = _moments(x, flat), _moments(x, weight)
        contraction = 1 - after["sd"] / before["sd"]
        shift = (after["mean"] - before["mean"]) / before["sd"]
        found[parameter.name] = {
            "meaning": parameter.meaning,
            "unit": parameter.prior.unit,
            "reason": parameter.reason,
            "prior": before,
            "posterior": after,
            "contraction": round(contraction, 3),
            "shift": round(shift, 3),
            "error": _short(after["sd"] / np.sqrt(effective_size(weight))),
            "mark": "posterior" if taught.taught(contraction, shift) else "guess",
        }
    return found


def _moments(x: np.ndarray, weight: np.ndarray) -> dict[str, float]:
    mean = float((weight * x).sum())
    low, median, high = post.quantiles(x, weight, (0.05, 0.5, 0.95))
    sd = float(np.sqrt((weight * (x - mean) ** 2).sum()))
    named = {"mean": mean, "sd": sd, "p5": low, "median": median, "p95": high}
    return {name: _short(float(v)) for name, v in named.items()}


def correlations(values: np.ndarray, weight: np.ndarray, least: float = 0.1) -> list[list[Any]]:
    """Return the pairs of parameters whose posterior correlation is at least ``least``."""
    covariance = np.cov(values.T, aweights=weight)
    scale = np.sqrt(np.diag(covariance))
    matrix = covariance / np.outer(scale, scale)
    pairs = [
        [NAMES[i], NAMES[j], round(float(matrix[i, j]), 3)]
        for i in range(len(scale))
        for j in range(i)
        if abs(matrix[i, j]) >= least
    ]
    return sorted(pairs, key=lambda pair: -abs(pair[2]))


def _short(x: float) -> float:
    return float(f"{x:.{DIGITS}g}")
