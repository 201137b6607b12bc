"""Randomised quasi-Monte Carlo: spread the first day's draws evenly instead of drawing them.

The uncertain numbers, the types, the moods and the date of the summit of N runs are the points of a
Sobol sequence, scrambled at random, so that each run by itself is drawn as ever and all of them
together cover the cube more evenly. What falls from week to week stays random. Several independent
scramblings give an unbiased mean and an honest interval, and the ratio of variances to plain
Monte Carlo is the measured gain.

Do not expect much: only the part of the variance that the first day explains by smooth effects of
few draws at a time can be saved, and the outcome of a negotiation is yes or no.

References
----------
Owen (1997), doi:10.1214/aos/1031594731. L'Ecuyer (2018), "Randomized quasi-Monte Carlo: an
introduction for practitioners", doi:10.1007/978-3-319-91436-7_2.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from negotiation.ensemble import Ensemble
from negotiation.errors import OutOfRange, whole_number
from negotiation.estimates import LEVEL
from negotiation.scenario import Scenario
from negotiation.sweep.points import dimensions, hits_at
from negotiation.tally import OUTCOMES, named

SCRAMBLINGS = 16


@dataclass(frozen=True)
class QuasiOdds:
    """The odds of an outcome from scrambled points.

    Attributes
    ----------
    p, low, high : float
        Mean over scramblings, and Student's interval.
    runs : int
        Runs in all.
    gain : float
        Variance of plain Monte Carlo over that measured, for as many runs.
    gain_low, gain_high : float
        Interval of the gain (chi-squared: a variance from few scramblings is uncertain).
    """

    p: float
    low: float
    high: float
    runs: int
    gain: float
    gain_low: float
    gain_high: float


def quasi_odds(
    scenario: Scenario,
    *,
    runs: int = 65_536,
    seed: int = 1,
    outcomes: str | Iterable[str] | None = None,
    scramblings: int = SCRAMBLINGS,
    level: float = LEVEL,
    executor: Any = None,
) -> dict[str, QuasiOdds]:
    """Estimate odds by randomised quasi-Monte Carlo over what the first day draws.

    Parameters
    ----------
    scenario : Scenario
    runs : int
        Runs in all: a power of two for each scrambling.
    seed : int
        Master seed, of the scramblings and of what stays random.
    outcomes : str or iterable of str, optional
        All if not given.
    scramblings : int
        Independent repetitions.
    level : float
        Confidence level.
    executor : concurrent.futures.Executor, optional
        Where the points are played.

    Raises
    ------
    OutOfRange
        If ``runs / scramblings`` is not a power of two, or there are fewer than two scramblings.

    Examples
    --------
    >>> pie = Scenario.load("split-the-pie")
    >>> quasi_odds(pie, runs=64, scramblings=4, outcomes="deal")["deal"].p
    1.0
    """
    from scipy.stats import chi2, qmc, t

    whole_number("scramblings", scramblings, 2)
    whole_number("runs", runs, 2 * scramblings)
    each, rest = divmod(runs, scramblings)
    if rest or each & (each - 1):
        raise OutOfRange("runs", runs, f"{scramblings} times a power of two")
    ensemble = Ensemble(scenario)
    entries = len(dimensions(ensemble))
    shares = []
    for k in range(scramblings):
        points = qmc.Sobol(entries, seed=np.random.default_rng([seed, k])).random(each)
        points = np.clip(points, 1e-9, 1 - 1e-9)
        hits = hits_at(ensemble, points, seed=seed, first=k * each, executor=executor)
        shares.append(hits.mean(axis=0))
    p, variance = np.mean(shares, axis=0), np.var(shares, axis=0, ddof=1)
    half = t.ppf((1 + level) / 2, scramblings - 1) * np.sqrt(variance / scramblings)
    plain = p * (1 - p) / each
    gain = np.divide(plain, variance, out=np.full(len(p), np.nan), where=variance > 0)
    tails = chi2.ppf([(1 - level) / 2, (1 + level) / 2], scramblings - 1) / (scramblings - 1)
    found = {}
    for name in named(outcomes):
        i = OUTCOMES.index(name)
        found[name] = QuasiOdds(
            p=float(p[i]),
            low=float(max(p[i] - half[i], 0.0)),
            high=float(min(p[i] + half[i], 1.0)),
            runs=runs,
            gain=float(gain[i]),
            gain_low=float(gain[i] * tails[0]),
            gain_high=float(gain[i] * tails[1]),
        )
    return found
