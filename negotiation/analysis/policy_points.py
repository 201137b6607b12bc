"""What each side gets at the tariffs that the talks are about, stance by stance.

Three points: the truce, the return of the suspended points, the April peak. The truce is
the zero; everything else is read against it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from negotiation.door import checked
from negotiation.scenario import SIDES, STANCES, Scenario

POINTS = ("truce", "suspended_points", "april_peak")
MONTHS = 3.0  # of a cut of rare earths
QUARTER_MONTH = 0.25


@dataclass(frozen=True)
class PolicyPoints:
    """Payoffs at the policy points.

    Attributes
    ----------
    tariffs : dict of str to dict
        Of each point, the tariff of either side, as a fraction on top of the 2024 ones.
    flows : dict of str to dict of str to dict
        Of each point, side and stance: $bn a year over the truce, rare earths apart.
    shortage : dict of str to float
        Of each point, the US loss from missing rare earths, $bn over `MONTHS` of its cut, from the
        stock that is left on the first day.
    """

    tariffs: dict[str, dict[str, float]]
    flows: dict[str, dict[str, dict[str, float]]]
    shortage: dict[str, float]


@checked
def policy_points(scenario: Scenario) -> PolicyPoints:
    """Return the payoffs at the policy points, uncertain numbers at their central values.

    Examples
    --------
    >>> from negotiation.scenario import Scenario
    >>> points = policy_points(Scenario.load("stockholm-2025"))
    >>> points.flows["truce"]["us"]["hawk"], points.flows["april_peak"]["china"]["dove"] < 0
    (0.0, True)
    """
    from negotiation.analysis.first_day import first_day
    from negotiation.economy.rare_earths import loss_from
    from negotiation.payoffs.stakes import leverage

    world, stakes, talks = first_day(scenario)
    tariffs, t = {}, scenario.tariffs
    pairs = (
        (t.us_truce, t.china_truce),
        (t.us_suspended, t.china_suspended),
        (t.us_peak, t.china_peak),
    )
    for point, (us, china) in zip(POINTS, pairs, strict=True):
        tariffs[point] = {"us": us.value, "china": china.value}
    flows = {"truce": {side: dict.fromkeys(STANCES, 0.0) for side in SIDES}}
    shortage = {"truce": 0.0}
    for branch, point in enumerate(POINTS[1:]):
        flows[point] = {
            label: {
                name: flow_at(world, stakes, side, branch, stance)
                for stance, name in enumerate(STANCES)
            }
            for side, label in enumerate(SIDES)
        }
        cut = float(stakes["war_cut"][branch])
        supply = leverage(world)
        start = float(talks["stock"]), supply.alternatives, 1.0
        shortage[point] = float(loss_from(*start, cut, MONTHS, supply, QUARTER_MONTH))
    return PolicyPoints(tariffs, flows, shortage)


def flow_at(world: Any, stakes: Any, side: int, branch: int, stance: int) -> float:
    """Return what a snapback brings a stance, $bn a year over the truce, rare earths apart."""
    taste = float(world["stance"][side, stance])
    flow = float(stakes["war_alpha"][side, branch]) + taste * float(
        stakes["war_beta"][side, branch]
    )
    return flow + 0.0  # no -0
