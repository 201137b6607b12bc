"""Calibration: play every episode at many draws of the prior, and weigh the draws by history.

One command, ``negotiation calibrate``, seeded. What it finds is one small file,
``hindcast/data/posterior.json``: draws from the posterior, how likely they make each outcome, the
forecasts of every shipped episode without it and from its past alone, and where all that came from.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from negotiation.estimates import effective_size
from negotiation.hindcast import posterior as post
from negotiation.hindcast import priors, rivals
from negotiation.hindcast.episodes import Coded
from negotiation.hindcast.folds import Folds, named
from negotiation.hindcast.playing import Played, table

DRAWS, RUNS, SEED = 1024, 200, 1
KEPT = 256  # draws from the posterior that the file keeps
DIGITS = 5  # significant digits of what is kept


def simulate(
    rows: list[Coded],
    *,
    draws: int = DRAWS,
    runs: int = RUNS,
    seed: int = SEED,
    workers: int = 1,
    progress: Callable[[int], Any] | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Return draws of the prior and the shares of every code they give every episode.

    Returns
    -------
    ndarray, shape (draws, parameters)
        Scrambled Sobol points put through the priors: they fill the space more evenly than
        independent draws would.
    ndarray, shape (draws, episodes, 4)
    """
    from scipy.stats import qmc

    cube = qmc.Sobol(len(priors.NAMES), rng=np.random.default_rng(seed)).random(draws)
    values = priors.from_cube(cube)
    players = [Played(coded.episode) for coded in rows]
    return values, table(players, values, seed=seed, runs=runs, workers=workers, progress=progress)


def calibrated(
    rows: list[Coded], values: np.ndarray, shares: np.ndarray, *, runs: int
) -> dict[str, Any]:
    """Return what the calibration found, as plain data (see the module).

    Parameters
    ----------
    rows : list of Coded
        All episodes; those of :func:`negotiation.hindcast.episodes.main_set` are learned from.
    values, shares : ndarray
        From :func:`simulate`.
    runs : int
        Runs behind each share.
    """
    folds = Folds(rows, values, shares, runs)
    second = Folds(rows, values, shares, runs, alternative=True)
    weight = folds.weight(folds.every)
    chosen = post.resample(weight, KEPT)
    return {
        "effective_episodes": post.EFFECTIVE,
        "exponent": folds.power,
        "effective_draws": round(effective_size(weight), 1),
        "parameters": parameters(values, weight),
        "correlations": correlations(values, weight),
        "concession": {
            name: round(float(weight[values[:, priors.CONCESSION] == k].sum()), 3)
            for k, name in enumerate(priors.SHAPES)
        },
        "base_rates": named(rivals.base_rates(folds.truth)),
        "episodes": folds.forecasts(),
        "scores": folds.scores(),
        "alternative_scores": second.scores(),
        "predictive": folds.predictive(),
        "names": list(priors.NAMES),
        "sample": [[_short(x) for x in row] for row in values[chosen]],
        "learned_from": [
            {"id": c.episode.id, "date": c.episode.date.isoformat()} for c in folds.learned
        ],
        "log_likelihood": [
            [round(float(x), 3) for x in row] for row in folds.likelihood(folds.every)[chosen]
        ],
    }


def parameters(
    values: np.ndarray,
    weight: np.ndarray,
    of: tuple[priors.Parameter, ...] = priors.PARAMETERS,
) -> dict[str, Any]:
    """Return prior and posterior of every parameter, and how far the data moved it.

    ``contraction`` is 1 - posterior standard deviation / prior one, ``shift`` the move of the mean
    in prior standard deviations, ``error`` the Monte Carlo standard error of the posterior mean.
    """
    found = {}
    for k, parameter in enumerate(of):
        x = values[:, k]
        flat = np.full(len(x), 1 / len(x))
        before, after = _moments(x, flat), _moments(x, weight)
        found[parameter.name] = {
            "meaning": parameter.meaning,
            "unit": parameter.prior.unit,
            "reason": parameter.reason,
            "prior": before,
            "posterior": after,
            "contraction": round(1 - after["sd"] / before["sd"], 3),
            "shift": round((after["mean"] - before["mean"]) / before["sd"], 3),
            "error": _short(after["sd"] / np.sqrt(effective_size(weight))),
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
        [priors.NAMES[i], priors.NAMES[j], round(float(matrix[i, j]), 3)]
        for i in range(len(scale))
        for j in range(i)
        if abs(matrix[i, j]) >= least
    ]
    return sorted(pairs, key=lambda pair: -abs(pair[2]))


def _short(x: float) -> float:
    return float(f"{x:.{DIGITS}g}")
