"""What is feared of a lapse: what no truce is worth at the first deadline, piece by piece.

The dispute of the first day is solved again and again, each time with one more piece of what
penalties do. What a piece is worth is what it changes, so the pieces add up to the whole exactly;
each also holds what it does together with those before it. The order is that of `PIECES`:

=============== ===============================================================================
other           uncertainty, investment put off, supply chains (``other_lapse_cost``)
trade           tariffs on the trade that goes on, less what finds a way around
rare_earths     for the US the shortage once its stock is gone, for China the sales lost
markets         sell-offs, which make the US feel all of the above more
prospect        the leaders' meeting that does not come about
meetings        what crisis meetings ask: some end penalties against a concession, some fail
=============== ===============================================================================

Up to the last piece every crisis meeting ends penalties on even terms. Meetings come as often as in
the whole game throughout, and all costs begin little by little, fade as trade finds ways around and
shrink with what courts are expected to take away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from negotiation.door import checked
from negotiation.scenario import SIDES, Scenario

PIECES = ("other", "trade", "rare_earths", "markets", "prospect", "meetings")
DEAR = 1e6  # $bn: at this price nobody makes a demand


@dataclass(frozen=True)
class FearOfLapse:
    """What no truce is worth to an ordinary side at the first deadline, $bn against the truce.

    At the beliefs of the first day, before anybody has refused anything.

    Attributes
    ----------
    pieces : dict of str to dict of str to float
        By side and piece, in the order in which they are added.
    worth : dict of str to float
        By side: the sum of its pieces.
    without_meetings : dict of str to float
        By side: what it would be if no crisis meeting came for two years, and penalties ended after
        that at a rate of 2% a week.
    """

    pieces: dict[str, dict[str, float]]
    worth: dict[str, float]
    without_meetings: dict[str, float]


@checked
def fear_of_lapse(scenario: Scenario) -> FearOfLapse | None:
    """Return what no truce is worth and what it is made of, at the central numbers.

    Returns
    -------
    FearOfLapse or None
        None where no truce runs out.

    Examples
    --------
    >>> from negotiation.scenario import Scenario
    >>> fear_of_lapse(Scenario.load("split-the-pie")) is None
    True
    >>> fear = fear_of_lapse(Scenario.load("stockholm-three-issues"))
    >>> abs(sum(fear.pieces["us"].values()) - fear.worth["us"]) < 1e-9
    True
    """
    if scenario.calendar.truce_expires is None:
        return None
    from negotiation.table import Table

    records = Table(scenario).first_day()
    worth = ordinary(records.stakes[0]["dispute"])
    pieces: dict[str, dict[str, float]] = {side: {} for side in SIDES}
    before = dict.fromkeys(SIDES, 0.0)
    for count, piece in enumerate(PIECES, 1):
        now = worth if count == len(PIECES) else settled_evenly(records, PIECES[:count])
        for side in SIDES:
            pieces[side][piece] = now[side] - before[side]
        before = now
    return FearOfLapse(pieces, worth, never_met(records))


def ordinary(dispute: Any) -> dict[str, float]:
    """Return what no truce is worth to an ordinary side at the deadline, as solved."""
    from negotiation.solvers.dispute_problem import OUTBREAK

    solved = dispute["values"][int(dispute["ahead"]), OUTBREAK]
    return {side: float(solved[2 * i, 0]) for i, side in enumerate(SIDES)}


def settled_evenly(records: Any, pieces: tuple[str, ...]) -> dict[str, float]:
    """Return the same if penalties do these things only, and every meeting ends them evenly."""
    from negotiation.solvers.dispute_chain import solve_dispute

    stakes = priced(records, pieces)[0]
    stakes["dispute"]["toll_in"][:] = DEAR
    solve_dispute(stakes["dispute"], stakes["room"])
    return ordinary(stakes["dispute"])


def never_met(records: Any) -> dict[str, float]:
    """Return the same if there are no crisis meetings."""
    from negotiation.solvers.dispute_chain import solve_dispute

    stakes = records.stakes.copy()[0]
    stakes["dispute"]["meet"][:] = 0.0
    solve_dispute(stakes["dispute"], stakes["room"])
    return ordinary(stakes["dispute"])


def priced(records: Any, pieces: tuple[str, ...]) -> Any:
    """Return the stakes, an array of one record, if penalties do these things only.

    How often crisis meetings come stays as it is.
    """
    from negotiation.payoffs.dispute import fill_costs
    from negotiation.payoffs.stakes import CHINA
    from negotiation.solvers.dispute_problem import RUNGS

    numbers, kept = records.world.copy(), records.stakes.copy()
    world, stakes = numbers[0], kept[0]
    if "trade" not in pieces:
        # a flow holds what tariffs do, the rest, and China's lost sales: see payoffs/stakes.py
        stakes["war_beta"][:] = 0.0
        stakes["war_alpha"][:] = -world["other_lapse_cost"][:, None]
        stakes["war_alpha"][CHINA] -= world["rare_earths_china_cost"] * stakes["war_cut"]
    if "rare_earths" not in pieces:
        stakes["war_alpha"][CHINA] += world["rare_earths_china_cost"] * stakes["war_cut"]
        world["rare_earths_china_cost"] = world["rare_earths_loss_share"] = 0.0
    if "markets" not in pieces:
        world["news_selloff_effect"] = 0.0
    if "prospect" not in pieces:
        stakes["dispute"]["lost"][:] = 0.0
    for rung in range(RUNGS):
        fill_costs(world, stakes, stakes["dispute"], rung)
    return kept
