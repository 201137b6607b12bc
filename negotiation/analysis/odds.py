"""The odds of an outcome, with the two kinds of uncertainty apart.

*Sampling error*: every run draws the uncertain numbers, the private types and the news, so the
share of runs with an outcome estimates its odds given what is known, and a Wilson interval
says how well that many runs pin it down. *Unknown numbers*: the uncertain numbers are then held
fixed at each of many draws ("worlds"), and the odds within each are compared: their central
95% is how far the answer could move if we knew the numbers.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any

import numpy as np

from negotiation.analysis.first_extension import (
    Terms,
    added,
    first_extension,
    terms_of,
)
from negotiation.analysis.odds_result import (
    KEPT,
    PLACES,
    UNKNOWN,
    WITHIN,
    Ends,
    Gain,
    Odds,
    assembled,
    refuse_both,
)
from negotiation.analysis.trade_balance import (
    deficit_in_truce,
    trade_balance,
    trade_of,
)
from negotiation.analysis.until_precise import across, until_precise
from negotiation.ensemble import MOST_RUNS, Ensemble, added_up, chunk_of, chunks, tally_runs
from negotiation.errors import whole_number
from negotiation.estimates import Estimate, half_width, share
from negotiation.scenario import Given
from negotiation.tally import MICRO, OUTCOMES, QUANTITIES, STEP, Tally

WORLDS = 2048
RUNS = 100_000
PIECES, LEAST = 16, 64  # tasks that a small number of runs is cut into, and runs in one at least
RUNS_PER_WORLD = 50  # enough for the tails of a world's odds; many worlds are worth more than that


def odds(
    scenario: Given,
    *,
    runs: int | None = None,
    seed: int = 1,
    executor: Executor | None = None,
    worlds: int | None = None,
    within: float | None = None,
    progress: Callable[[int], Any] | None = None,
) -> Odds:
    """Estimate the odds of every outcome of a scenario, to a precision or from so many runs.

    By default both headlines are told to within half a point, from as few runs as that takes: see
    :mod:`negotiation.analysis.until_precise`. With ``runs`` so many are played, each in a draw of
    the uncertain numbers of its own, and counted; that takes far longer and is the reference.

    Parameters
    ----------
    scenario : Scenario
        Or the name or path of one.
    runs : int, optional
        Negotiations to play and count; 100,000 if only ``worlds`` is given.
    seed : int
        Master seed; run i is the same run whatever ``runs`` and ``executor`` are.
    executor : concurrent.futures.Executor, optional
        Where the chunks are played; threads scale, because chunks release the GIL.
    worlds : int, optional
        Further draws of the uncertain numbers, for the parameter interval of what is counted; 2,048
        unless given; 0 leaves it out.
    within : float, optional
        Half of the 95% interval of either headline at most, as a probability.
    progress : callable, optional
        Called with the number of runs of every finished chunk.

    Raises
    ------
    OutOfRange
        If ``runs`` is below 1, ``worlds`` or ``seed`` is negative, or ``within`` is not between
        0.0002 and 0.5.
    InputError
        If ``within`` is given with ``runs`` or ``worlds``.

    Examples
    --------
    >>> result = odds("split-the-pie", runs=100, seed=1)
    >>> result.at_horizon["working_deal"].p
    1.0
    """
    whole_number("seed", seed, 0)
    if runs is None and worlds is None:
        asked = WITHIN if within is None else within
        return until_precise(scenario, asked, seed=seed, executor=executor, progress=progress)
    refuse_both(within)
    runs, worlds = RUNS if runs is None else runs, WORLDS if worlds is None else worlds
    whole_number("runs", runs, 1, MOST_RUNS)
    whole_number("worlds", worlds, 0, MOST_RUNS // RUNS_PER_WORLD)
    ensemble = Ensemble(scenario)
    kept = np.zeros((len(QUANTITIES), min(runs, KEPT)))
    agreed: list[Terms] = []
    traded: list[np.ndarray] = []

    def one(task: tuple[int, int]) -> Tally:
        first, count = task
        rows, part = ensemble.rows(seed=seed, first=first, count=count), Tally.empty()
        part.count(rows)
        agreed.append(terms_of(rows))
        traded.append(trade_of(rows))
        here = kept[:, first : first + count]
        here[:] = np.vstack([rows["yearly_gain"].T, rows["account"].T])[:, : here.shape[1]]
        return part

    size = min(chunk_of(1), max(LEAST, -(-runs // PIECES)))  # a few runs are for all cores too
    total = added_up(one, chunks(0, runs, size), executor, progress)
    over, error = ignorance(ensemble, seed=seed, worlds=worlds, executor=executor)
    shares = {name: share(hits, runs) for name, hits in zip(OUTCOMES, total.hits, strict=True)}
    issues = list(ensemble.scenario.issues)
    extension = first_extension(added(agreed), issues)
    terms, gained = contents(total, issues), gains(total, kept)
    trade = trade_balance(traded, deficit_in_truce(ensemble.scenario))
    return assembled(
        ensemble.scenario, runs, seed, shares, over, error, terms, gained, extension, worlds, trade
    )


def contents(total: Tally, issues: list[str]) -> dict[str, Estimate]:
    """Return how far each issue is conceded on average in the deals in force at the horizon."""
    if total.deals == 0:
        return {}
    found = {}
    for name, (once, squared) in zip(issues, total.terms / MICRO / total.deals, strict=False):
        half = float(half_width(total.deals, once, squared)) if total.deals > 1 else 1.0
        found[name] = Estimate(once, max(once - half, 0.0), min(once + half, 1.0))
        if once in (0.0, 1.0):  # all or nothing in every deal: as surely as so many deals tell it
            found[name] = share(once * total.deals, total.deals)
    return found


def gains(total: Tally, kept: np.ndarray) -> dict[str, Gain]:
    """Return what each side gains: the mean of all runs, and the spread of those that were kept."""
    runs = int(total.runs)
    means = STEP * total.totals / runs
    half = half_width(runs, means, STEP**2 * total.total_squares / runs)
    spread = np.quantile(kept, PLACES, axis=1).T
    return {
        name: Gain(float(mean), float(mean - h), float(mean + h), tuple(map(float, values)))
        for name, mean, h, values in zip(QUANTITIES, means, half, spread, strict=True)
    }


def ignorance(
    ensemble: Ensemble, *, seed: int, worlds: int, executor: Executor | None = None
) -> tuple[dict[str, Ends], dict[str, Ends]]:
    """Return the central 95% of each outcome's odds over the uncertain numbers, and its error.

    See :func:`negotiation.analysis.until_precise.across`; not a number without worlds.
    """
    drawn, m = len(ensemble.table.world.uncertain), RUNS_PER_WORLD
    if drawn and not worlds:
        unknown = dict.fromkeys(OUTCOMES, UNKNOWN)
        return unknown, dict(unknown)
    apart = Tally.empty()
    if drawn:
        apart = tally_runs(
            ensemble, seed=seed, runs=worlds * m, runs_per_world=m, executor=executor
        )
    return across(apart, drawn, m)
