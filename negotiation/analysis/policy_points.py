"""What each side gets at the tariffs that the talks are about, stance by stance.

Three points: the truce, the return of the suspended points, the April peak. The truce is
the zero; everything else is read against it.
"""

from __future__ import annotations

from dataclasses import dataclass

from negotiation.door import checked
from negotiation.scenario import SIDES, Scenario

STANCES = ("dove", "middle", "hawk")
POINTS = ("truce", "suspended_points", "april_peak")


@dataclass(frozen=True)
class PolicyPoints:
    """Payoffs at the policy points, and what a lapse of the truce is expected to cost.

    Attributes
    ----------
    tariffs : dict of str to dict
        Of each point, the tariff of either side, as a fraction on top of the 2024 ones.
    flows : dict of str to dict of str to dict
        Of each point, side and stance: $bn a year over the truce, rare earths apart.
    shortage : dict of str to float
        Of each point, the expected US loss from missing rare earths, $bn over the escalation.
    lapse_cost : dict of str to dict of str to dict
        Of each side, stance and resolve ("ordinary", "resolute"): expected cost, $bn.
    """

    tariffs: dict[str, dict[str, float]]
    flows: dict[str, dict[str, dict[str, float]]]
    shortage: dict[str, float]
    lapse_cost: dict[str, dict[str, dict[str, float]]]


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
    from negotiation.rules.lapse import lapse_cost, lapse_flow

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
                name: 0.0 - float(lapse_flow(talks, world, stakes, side, branch, stance))
                for stance, name in enumerate(STANCES)
            }
            for side, label in enumerate(SIDES)
        }
        shortage[point] = float(stakes["war_shortage"][branch])
    cost = {
        label: {
            name: {
                kind: float(lapse_cost(talks, world, stakes, side, stance, resolve)) + 0.0  # no -0
                for resolve, kind in enumerate(("ordinary", "resolute"))
            }
            for stance, name in enumerate(STANCES)
        }
        for side, label in enumerate(SIDES)
    }
    return PolicyPoints(tariffs, flows, shortage, cost)
