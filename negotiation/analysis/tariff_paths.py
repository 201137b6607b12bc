"""The first side's tariff on the second and the trade between the two, week by week over many runs.

The tariff is a sum of named layers: what was there before 2025, and the issues of the agenda that
are tariffs of the first side. A signed deal takes off what it concedes. Penalties put the suspended
points back, on part of the trade or on all of it, or go to the peak; of what they add above the
truce, rulings of courts take their share. New sectoral tariffs are not counted.

Trade is that in goods, both ways, at the tariffs in force on that day, against that of the truce as
it runs: the trade model with rigid prices and the short-run elasticity of the run. Goods at sea and
stocks, which soften the first weeks, are not counted, nor purchases that a deal pledges.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from negotiation.analysis.past_penalties import facts
from negotiation.door import checked
from negotiation.scenario import Scenario
from negotiation.seats import SEATS

if TYPE_CHECKING:
    from negotiation.economy.calibration import Calibration

BEFORE = "before 2025"
ALL, ADDED = "added in 2025", "added in 2025, not on the agenda"


@dataclass(frozen=True)
class TariffPaths:
    """What was in force week by week.

    Attributes
    ----------
    days : ndarray, shape (weeks,)
        Since the scenario's first day.
    tariff : ndarray, shape (runs, weeks)
        Tariff of the first side on the second, points, the layers of before 2025 included.
    trade : ndarray, shape (runs, weeks)
        Goods trade of the two, both ways, as a share of the truce's.
    layers : dict of str to float
        What the tariff of the first day is made of, points.
    """

    days: np.ndarray
    tariff: np.ndarray
    trade: np.ndarray
    layers: dict[str, float]


@checked
def tariff_layers(scenario: Scenario) -> dict[str, float]:
    """Return the layers of the first side's tariff on the second on the first day, in points.

    What was added in 2025 and is no issue of the agenda is a layer of its own.

    Examples
    --------
    >>> tariff_layers(Scenario.load("stockholm-2025"))  # doctest: +NORMALIZE_WHITESPACE
    {'before 2025': 25.0, 'fentanyl-linked tariff': 20.0,
     'reciprocal tariff and the suspended 24 points': 10.0}
    """
    old = {BEFORE: points_before(scenario)}
    new = {
        issue.name: float(issue.status_quo)
        for issue in scenario.issues.values()
        if issue.kind == "us_tariff"
    }
    rest = round(100.0 * float(scenario.tariffs.us_truce.value) - sum(new.values()), 6)
    return old | new | ({ADDED if new else ALL: rest} if rest else {})


def points_before(scenario: Scenario) -> float:
    """Return the first side's average tariff on the second before 2025, in points.

    Of the United States on China it is the 25 points that officials speak of; of others what the
    trade table has, see `negotiation.economy.dyads`.
    """
    from negotiation.economy.dyads import dyad

    if scenario.regions == SEATS:
        return float(facts()["us_tariff_before_2025"]["value"])
    return round(100.0 * dyad(*scenario.regions).before[0], 1)


@checked
def tariff_paths(
    scenario: Scenario, *, runs: int = 400, seed: int = 1, runs_per_world: int = 1
) -> TariffPaths:
    """Return the tariff and the trade of many runs at the start of every tick.

    Examples
    --------
    >>> paths = tariff_paths(Scenario.load("stockholm-three-issues"), runs=4)
    >>> paths.tariff[:, 0].tolist()
    [55.0, 55.0, 55.0, 55.0]
    """
    from negotiation.economy.dyads import dyad
    from negotiation.sweep.tick_by_tick import ticks

    layers = tariff_layers(scenario)
    pieces = list(ticks(scenario, runs=runs, seed=seed, runs_per_world=runs_per_world))
    world = dyad(*scenario.regions)
    tariff, trade = np.concatenate([in_force(rows, world) for rows in pieces], axis=1)
    weeks = len(tariff) // runs  # every run has as many
    return TariffPaths(
        pieces[0]["day"][:weeks].copy(),
        layers[BEFORE] + 100.0 * tariff.reshape(runs, weeks),
        trade.reshape(runs, weeks),
        layers,
    )


def in_force(rows: np.ndarray, world: Calibration) -> np.ndarray:
    """Return the average tariff, a fraction, and the trade, a share, of rows of ``TICK``."""
    hit = rows["hit"]
    tariff = hit * rows["on_hit"][:, 0] + (1.0 - hit) * rows["on_rest"][:, 0]
    trade = (1.0 - hit) * trade_at(rows, "biting_rest", world)
    if hit.any():
        trade += hit * trade_at(rows, "biting_hit", world)
    return np.stack([tariff, trade / trade_at(rows, "truce", world)])


def trade_at(rows: np.ndarray, tariffs: str, world: Calibration) -> np.ndarray:
    """Return goods trade both ways, as a share of the base year's, under one set of tariffs."""
    from negotiation.economy.short_run import IMPORTS, importer_parts

    old = world.before
    flows = [np.where(world.goods, world.flows[1 - k, k], 0.0).sum() for k in range(2)]
    change = np.zeros(len(rows))
    for sigma in set(rows["elasticity"].tolist()):
        here = rows["elasticity"] == sigma
        for buyer in range(2):
            levels, place = np.unique(rows[tariffs][here, buyer], return_inverse=True)
            parts = importer_parts(world, buyer, old[buyer], old[buyer] + levels, sigma)
            change[here] += parts[..., IMPORTS][place]
    return np.asarray(1.0 + change / sum(flows))
