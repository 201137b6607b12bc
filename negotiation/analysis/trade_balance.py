"""Trade in goods between the two sides over many runs: the US deficit, and how low trade falls."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np

from negotiation.estimates import Estimate, half_width
from negotiation.outcome import EVENTS
from negotiation.scenario import Scenario
from negotiation.tally import DEALS

STEP = 1e-4  # sums are whole numbers of it, so that their order does not matter
PENALTIES = EVENTS.index("escalation")


@dataclass(frozen=True)
class TradeBalance:
    """The US deficit in goods with China before and after, and trade at its lowest.

    Attributes
    ----------
    deficit_before : float or None
        In the truce, with the uncertain numbers at their central values, $bn a year; None where
        not known.
    deficit, with_deal : Estimate or None
        At the horizon, $bn a year: over all runs, and over those with a deal in force; None where
        there is no such run.
    lowest : Estimate or None
        Trade at its lowest as a share of the truce's, over the runs with penalties.
    """

    deficit_before: float | None = None
    deficit: Estimate | None = None
    with_deal: Estimate | None = None
    lowest: Estimate | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return plain data."""
        plain: dict[str, Any] = {"deficit_before": self.deficit_before}
        for name in ("deficit", "with_deal", "lowest"):
            found = getattr(self, name)
            plain[name] = None if found is None else found.to_dict()
        return plain


def deficit_in_truce(scenario: Scenario) -> float | None:
    """Return the US deficit in goods with China while the truce runs, $bn a year.

    None where the trade model has no weight.

    Examples
    --------
    >>> 150.0 < deficit_in_truce(Scenario.load("stockholm-2025")) < 250.0
    True
    >>> deficit_in_truce(Scenario.load("split-the-pie")) is None
    True
    """
    from negotiation.payoffs.policy_points import TRUCE
    from negotiation.table import Table

    tariffs = scenario.tariffs
    if scenario.economy.weight.value <= 0.0 or (
        max(tariffs.us_truce.value, tariffs.china_truce.value) <= 0.0
    ):
        return None
    first = Table(scenario).first_day()
    world, stakes = first.world[0], first.stakes[0]
    now = world["imports_before"] + stakes["imports"][:, TRUCE]
    return float(now[0] - now[1])


def trade_of(rows: np.ndarray) -> np.ndarray:
    """Return runs, sum and sum of squares, in whole steps, shape (3, 3), of rows of ``ROW``.

    The change of the deficit over all runs and over those with a deal in force; trade at its
    lowest over the runs with penalties.
    """
    penalised = rows["events"][:, PENALTIES] > 0
    groups = (
        rows["deficit"], rows["deficit"][rows["state"] < DEALS], rows["trade_low"][penalised],
    )  # fmt: skip
    steps = [np.rint(values / STEP).astype(np.int64) for values in groups]
    return np.array([[len(n), n.sum(), (n * n).sum()] for n in steps])


def trade_balance(parts: Iterable[np.ndarray], before: float | None) -> TradeBalance:
    """Return the balance of sums taken apart, each as `trade_of` gives it."""
    if before is None:
        return TradeBalance()
    deficit, deal, lowest = (estimate(*row) for row in np.sum(list(parts), axis=0).tolist())
    return TradeBalance(before, moved(deficit, before), moved(deal, before), lowest)


def estimate(runs: int, total: int, squares: int) -> Estimate | None:
    """Return a mean with Student's interval from sums in steps.

    Examples
    --------
    >>> estimate(4, 20_000, 20_000 * 10_000)
    Estimate(p=0.5, low=-0.418..., high=1.418...)
    """
    if runs == 0:
        return None
    mean = total / runs
    half = float(half_width(runs, mean, squares / runs))
    return Estimate(STEP * mean, STEP * (mean - half), STEP * (mean + half))


def moved(change: Estimate | None, by: float) -> Estimate | None:
    """Return an estimate of a change as one of the level."""
    return None if change is None else Estimate(*(by + value for value in change))
