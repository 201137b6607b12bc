"""Odds played until they are known to a stated precision.

A first lot of worlds tells how much the estimates vary, and so how many worlds it takes; these are
played, and more if that was too few. What is played depends on the numbers alone, so the answer is
the same on any number of threads.

References
----------
Stein (1945), "A two-sample test for a linear hypothesis whose power is independent of the
variance", doi:10.1214/aoms/1177731088.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from negotiation.analysis.by_world import Ratio
from negotiation.analysis.comparison import Difference
from negotiation.analysis.first_extension import EXTENDED, FirstExtension
from negotiation.analysis.odds_result import HEADLINES, KEPT, PLACES, Ends, Gain, Odds, assembled
from negotiation.analysis.precise import (
    RUNS_PER_WORLD,
    WORLDS_AT_ONCE,
    estimates,
    lots_of,
    played,
)
from negotiation.analysis.trade_balance import PENALTIES, TradeBalance, deficit_in_truce, moved
from negotiation.ensemble import MOST_RUNS, Ensemble
from negotiation.errors import OutOfRange
from negotiation.estimates import Estimate
from negotiation.ignorance import ends_error, over_worlds
from negotiation.payoffs.dispute import OF_THE_USUAL
from negotiation.rules.state import INNOVATIONS
from negotiation.scenario import Given
from negotiation.tally import DEALS, OUTCOMES, QUANTITIES, Tally
from negotiation.variates import Sums, hits_of, slots_of

FIRST_LOT = 512  # worlds: enough to tell how much more it takes
USUAL = 1024  # as many as that is for the usual precision
STEP = 64  # worlds that the number is rounded up to
FALLS = 1.55  # the power of the width that the number of worlds goes with: more also teach the fit
NARROWEST, WIDEST = 0.0002, 0.5

Key = tuple[str, Any]
Known = TypeVar("Known", Estimate, Difference)


class Progress:
    """What has been played: sums, and of the first runs what each side gained."""

    def __init__(self, ensemble: Ensemble) -> None:
        self.sums = Sums.none(INNOVATIONS, len(slots_of(ensemble)), len(OUTCOMES))
        self.tally = Tally.empty()
        self.issues = len(ensemble.scenario.issues)
        usual = ensemble.scenario.calendar.extension_days
        self.lengths = [round(share * usual) for share in OF_THE_USUAL]
        self.ratios: defaultdict[Key, Ratio] = defaultdict(Ratio)
        self.kept: list[np.ndarray] = []

    @property
    def worlds(self) -> int:
        """Worlds played so far."""
        return self.sums.worlds

    def add(self, task: int, part: tuple[np.ndarray, ...]) -> None:
        """Add the worlds of a task."""
        rows, innovations, lots = part
        shape = (len(lots), RUNS_PER_WORLD, -1)
        hits = hits_of(rows).reshape(shape)
        self.sums = self.sums.plus(task, hits, innovations.reshape(shape), lots)
        self.tally.count(rows, RUNS_PER_WORLD)
        for key, ratio in ratios_of(rows, len(lots), self.issues, self.lengths).items():
            self.ratios[key] += ratio
        if self.worlds * RUNS_PER_WORLD <= KEPT:
            self.kept.append(np.vstack([rows["yearly_gain"].T, rows["account"].T]))


def until_precise(
    scenario: Given,
    within: float,
    *,
    seed: int = 1,
    executor: Executor | None = None,
    progress: Callable[[int], Any] | None = None,
) -> Odds:
    """Estimate the odds of every outcome, both headlines to within so much.

    Parameters
    ----------
    scenario : Scenario
        Or the name or path of one.
    within : float
        Half of the 95% interval of either headline at most, as a probability.
    seed, executor, progress
        As in :func:`negotiation.analysis.odds.odds`.

    Raises
    ------
    OutOfRange
        If ``within`` is not between 0.0002 and 0.5.

    Examples
    --------
    >>> found = until_precise("split-the-pie", 0.05)
    >>> found.at_horizon["working_deal"].p, found.runs
    (1.0, 8192)
    """
    ensemble = Ensemble(scenario)
    so_far, slots = Progress(ensemble), slots_of(ensemble)

    def one(task: int) -> tuple[np.ndarray, ...]:
        return (*played(ensemble, seed, task), lots_of(slots, seed, task))

    def known() -> dict[str, Estimate]:
        return estimates(so_far.sums, so_far.tally)

    found = play_until(within, one, so_far.add, known, executor, progress)
    return odds_of(ensemble, so_far, found, seed, within)


def keep_head_start(scenario: Given, place: Path) -> None:
    """Keep in a file what the first runs are played from, for the next process that asks for them.

    See :mod:`negotiation.head_start`.
    """
    runs = WORLDS_AT_ONCE * RUNS_PER_WORLD
    Ensemble(scenario).keep_head_start(
        place, count=runs, runs_per_world=RUNS_PER_WORLD,
        innovations=np.zeros((runs, INNOVATIONS)), lots=USUAL // WORLDS_AT_ONCE,
    )  # fmt: skip


def play_until(
    within: float,
    one: Callable[[int], tuple[np.ndarray, ...]],
    add: Callable[[int, tuple[np.ndarray, ...]], object],
    known: Callable[[], dict[str, Known]],
    executor: Executor | None,
    progress: Callable[[int], Any] | None,
) -> dict[str, Known]:
    """Play task after task with ``one`` and ``add`` them until the headlines are within so much.

    Returns what is then ``known``, by name in ``tally.OUTCOMES``.

    Raises
    ------
    OutOfRange
        If ``within`` is not between 0.0002 and 0.5.
    """
    if not NARROWEST <= within <= WIDEST:
        raise OutOfRange("within", within, f"from {NARROWEST} to {WIDEST}, as a probability")
    worlds, wanted = 0, FIRST_LOT
    found: dict[str, Known] = {}
    while worlds < wanted:
        tasks = range(worlds // WORLDS_AT_ONCE, wanted // WORLDS_AT_ONCE)
        parts = map(one, tasks) if executor is None else executor.map(one, tasks)
        for task, part in zip(tasks, parts, strict=True):
            add(task, part)
            if progress is not None:
                progress(len(part[0]))
        found = known()
        widest = max((found[name].high - found[name].low) / 2 for name in HEADLINES)
        worlds, wanted = wanted, worlds_for(widest, wanted, within)
    return found


def worlds_for(widest: float, worlds: int, within: float) -> int:
    """Return the number of worlds needed, judged from those played; theirs, if that is enough.

    Examples
    --------
    >>> worlds_for(0.008, 512, 0.005), worlds_for(0.004, 512, 0.005)
    (1088, 512)
    """
    if widest <= within:
        return worlds
    needed = max(math.ceil(worlds * (widest / within) ** FALLS), worlds + STEP)
    most = MOST_RUNS // RUNS_PER_WORLD
    return int(min(-(-needed // STEP) * STEP, most - most % STEP))


def ratios_of(
    rows: np.ndarray, worlds: int, issues: int, lengths: Sequence[int]
) -> dict[Key, Ratio]:
    """Return what is an average or a share over some of the runs."""

    def by_world(values: np.ndarray) -> np.ndarray:
        each: np.ndarray = np.asarray(values, float).reshape(worlds, -1)
        return np.asarray(each.sum(1))

    deal = rows["state"] < DEALS
    extended = rows["events"][:, EXTENDED] == 1
    penalised = rows["events"][:, PENALTIES] > 0
    everywhere = by_world(np.ones(len(rows)))
    deals, extensions = by_world(deal), by_world(extended)
    found: dict[Key, Ratio] = {}
    gained = np.hstack([rows["yearly_gain"], rows["account"]]).T
    for name, values in zip(QUANTITIES, gained, strict=True):
        found["gain", name] = Ratio.of(by_world(values), everywhere)
    for k in range(issues):
        found["terms", k] = Ratio.of(by_world(rows["package"][:, k] * deal), deals)
        paid = extended & (rows["first_demand"] == k)
        found["price", k] = Ratio.of(by_world(paid), extensions)
    found["extensions", ""] = Ratio.of(extensions, everywhere)
    for days in lengths:
        agreed = extended & (np.rint(rows["first_term"]) == days)
        found["days", days] = Ratio.of(by_world(agreed), extensions)
    found["trade", "deficit"] = Ratio.of(by_world(rows["deficit"]), everywhere)
    found["trade", "with_deal"] = Ratio.of(by_world(rows["deficit"] * deal), deals)
    lowest = rows["trade_low"] * penalised
    found["trade", "lowest"] = Ratio.of(by_world(lowest), by_world(penalised))
    return found


def odds_of(
    ensemble: Ensemble, so_far: Progress, found: dict[str, Estimate], seed: int, within: float
) -> Odds:
    """Return the odds of what has been played."""
    scenario, ratios = ensemble.scenario, so_far.ratios
    runs = so_far.worlds * RUNS_PER_WORLD
    spread = np.quantile(np.hstack(so_far.kept), PLACES, axis=1).T
    gains = {
        name: Gain(*ratios["gain", name].average(), tuple(map(float, values)))
        for name, values in zip(QUANTITIES, spread, strict=True)
    }
    over, error = across(so_far.tally, so_far.sums.lots, RUNS_PER_WORLD)
    names = list(scenario.issues)
    return assembled(
        scenario, runs, seed, found, over, error,
        terms_of_deals(ratios, names), gains, extension(so_far, names), so_far.worlds,
        trade(ratios, deficit_in_truce(scenario)), within,
    )  # fmt: skip


def across(
    tally: Tally, drawn: int, runs_per_world: int
) -> tuple[dict[str, Ends], dict[str, Ends]]:
    """Return the central 95% of each outcome's odds over worlds, and within how much it is known.

    By name in ``OUTCOMES``; see :func:`negotiation.ignorance.over_worlds` and ``ends_error``. A
    point where no number is ``drawn``: `assembled` puts it at the odds.
    """
    sums = (tally.hits, tally.squares, tally.cubes)
    low, high = np.zeros((2, len(OUTCOMES)))
    error = np.zeros((2, len(OUTCOMES)))
    if drawn:
        _, low, high = over_worlds(sums, tally.runs, runs_per_world)
        error = np.array(ends_error(sums, tally.runs, runs_per_world))
    pairs = [
        {name: (float(a), float(b)) for name, a, b in zip(OUTCOMES, *ends, strict=True)}
        for ends in ((low, high), error)
    ]
    return pairs[0], pairs[1]


def terms_of_deals(ratios: dict[Key, Ratio], names: Sequence[str]) -> dict[str, Estimate]:
    """Return how far each issue is conceded on average in the deals in force at the horizon."""
    found: dict[str, Estimate] = {}
    for k, name in enumerate(names):
        conceded = ratios["terms", k]
        if not conceded.whole:
            return {}
        p, low, high = conceded.average()
        if p in (0.0, 1.0) or conceded.worlds < 2:  # all or nothing in every deal
            found[name] = conceded.share()
        else:
            found[name] = Estimate(p, max(low, 0.0), min(high, 1.0))
    return found


def extension(so_far: Progress, names: Sequence[str]) -> FirstExtension:
    """Return what the first extension is agreed for."""
    ratios = so_far.ratios
    return FirstExtension(
        int(ratios["extensions", ""].part),
        {n: ratios["days", n].share() for n in so_far.lengths if ratios["days", n].part},
        {name: ratios["price", k].share() for k, name in enumerate(names)
         if ratios["price", k].part},
    )  # fmt: skip


def trade(ratios: dict[Key, Ratio], before: float | None) -> TradeBalance:
    """Return the US deficit before and after, and trade at its lowest."""
    if before is None:
        return TradeBalance()
    found = {name: ratios["trade", name] for name in ("deficit", "with_deal", "lowest")}
    deficit, deal, lowest = (r.average() if r.whole else None for r in found.values())
    return TradeBalance(before, moved(deficit, before), moved(deal, before), lowest)
