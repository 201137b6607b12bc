"""Issues that a side would have conceded already, alone and for nothing.

The truce at the start is the zero of every payoff. That is only consistent if a lone
concession costs the side that gives it: a type that would gain by one should have made it
before the talks. Own costs (politics, revenue, giving without getting) see to that for most
types; here are those for which they do not.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

from negotiation.door import checked
from negotiation.scenario import MAX_ISSUES, SIDES, STANCES, Scenario
from negotiation.scenario.layers import CLOSE, Layers, layers_of

NOTHING = 1e-3  # $bn a year: less is the rounding of the payoffs


@dataclass(frozen=True)
class LoneConcession:
    """An issue that one type of a side would concede for nothing.

    Attributes
    ----------
    side, issue, stance : str
    trait : int
        0 for the low level of the side's trait, 1 for the high one.
    prior : float
        Probability of that stance and trait.
    z : float
        How far the type would go, as a share of full concession.
    gain : float
        What that would bring it, $bn a year over the truce.
    """

    side: str
    issue: str
    stance: str
    trait: int
    prior: float
    z: float
    gain: float


@checked
def lone_concessions(scenario: Scenario) -> tuple[LoneConcession, ...]:
    """Return every concession that a type would make alone, at the central values.

    Parameters
    ----------
    scenario : Scenario

    Notes
    -----
    A type's worth of a single issue is quadratic in z, so its values at z = 0, at half the
    reach and at the reach give the maximum; the type would move where that is positive.

    Examples
    --------
    >>> from negotiation.scenario import Scenario
    >>> lone_concessions(Scenario.load("split-the-pie"))
    ()
    """
    from negotiation.analysis.first_day import first_day
    from negotiation.rules.worth import split, worth_to_type

    world, stakes, talks = first_day(scenario)

    def worth(side: int, stance: int, trait: int, issue: int, z: float) -> float:
        package = np.zeros(MAX_ISSUES)
        package[issue] = z
        split(talks, world, stakes, side, package)
        return float(worth_to_type(talks, side, stance, trait))

    found = []
    for k, (name, issue) in enumerate(scenario.issues.items()):
        side, reach = SIDES.index(issue.conceded_by), float(world["reach"][k])
        for stance, trait in product(range(3), range(2)):
            high = float(world["trait_prior"][side])
            prior = float(world["stance_prior"][side, stance]) * (high if trait else 1.0 - high)
            none, half, whole = (
                worth(side, stance, trait, k, z) for z in (0.0, 0.5 * reach, reach)
            )
            share, gain = peak(half - none, whole - none)
            if prior > 0.0 and gain > NOTHING:
                found.append(
                    LoneConcession(
                        issue.conceded_by, name, STANCES[stance], trait, prior, share * reach, gain
                    )
                )
    return tuple(found)


@checked
def off_the_agenda(scenario: Scenario) -> tuple[Layers, ...]:
    """Return for which sides more tariff is in force than the issues take off.

    More on the agenda than in force is refused where a scenario is read.

    Examples
    --------
    >>> from negotiation.scenario import Scenario
    >>> stockholm = Scenario.load("stockholm-2025")
    >>> off_the_agenda(stockholm)
    ()
    >>> off_the_agenda(stockholm.replace({"tariffs.us_truce": 0.4}))[0].issues
    {'fentanyl_tariff': 20.0, 'reciprocal_tariff': 10.0}
    """
    found = layers_of(scenario.tariffs, scenario.issues)
    return tuple(one for one in found if one.in_force - one.named > CLOSE)


def peak(half: float, whole: float) -> tuple[float, float]:
    """Return where on [0, 1] the parabola through (0, 0), (1/2, half), (1, whole) is largest.

    Examples
    --------
    >>> peak(0.25, 0.0)
    (0.5, 0.25)
    >>> peak(-1.0, -2.0)
    (0.0, 0.0)
    """
    slope, bend = 4.0 * half - whole, 4.0 * (whole - 2.0 * half)
    if bend >= 0.0:
        return (1.0, whole) if whole > 0.0 else (0.0, 0.0)
    x = min(max(-slope / bend, 0.0), 1.0)
    return x, x * (slope + 0.5 * bend * x)
