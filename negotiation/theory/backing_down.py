"""Audience costs: a leader who escalates and then backs down pays for it at home.

Two leaders face each other over a prize. The longer the crisis lasts the more each would be
punished at home for giving in. As in a war of attrition, each must back down at a rate that
keeps the other just willing to stay, and this time what makes staying worth while is that
giving in later costs more. So **the side whose audience cost grows faster backs down less**: it
is the more tied by its own public, and the other side, knowing it, gives in. Strength that
both can see has no effect once the crisis runs: it decided who entered it.

Some leaders never back down. The crisis cannot outlast the moment when only they are left.
The side that would be last to reach it must shed some of its types at the very start.

References
----------
Fearon 1994, "Domestic political audiences and the escalation of international disputes",
doi:10.2307/2944796.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from negotiation.theory.allowed import both, within
from negotiation.theory.solution import Pair


@dataclass(frozen=True)
class Crisis:
    """A crisis in which audience costs grow in proportion to time.

    Attributes
    ----------
    prize : float
        What a side gets if the other backs down.
    growth : tuple of float
        Audience cost that each side adds per unit of time, the US first.
    """

    prize: float
    growth: Pair

    def audience_costs(self, t: float) -> Pair:
        """Return what backing down at time ``t`` would cost each side."""
        within("[0, inf)", t=t)
        return self.growth[0] * t, self.growth[1] * t

    def survival(self, t: float) -> Pair:
        """Return the probability that each side is still in at time ``t``.

        Notes
        -----
        ``S_us = v / (v + a_china)``: what keeps China indifferent.

        Examples
        --------
        >>> crisis = audience_costs(prize=1.0, growth=(0.2, 0.4))
        >>> tuple(round(s, 3) for s in crisis.survival(2.0))
        (0.556, 0.714)
        """
        a_us, a_china = self.audience_costs(t)
        return self.prize / (self.prize + a_china), self.prize / (self.prize + a_us)

    def hazards(self, t: float) -> Pair:
        """Return the rate at which each side backs down at time ``t``, if it is still in.

        Notes
        -----
        ``h_us = a_china' / (v + a_china)``, and the other way round.
        """
        a_us, a_china = self.audience_costs(t)
        q_us, q_china = self.growth
        return q_china / (self.prize + a_china), q_us / (self.prize + a_us)

    def payoffs(self, t: float) -> Pair:
        """Return what each side expects if it plans to back down at time ``t``.

        It gets the prize if the other backs down first, else it pays its audience cost. In
        equilibrium every time is as good as backing down at once, which gives 0.
        """
        costs, (s_us, s_china) = self.audience_costs(t), self.survival(t)
        return (
            self.prize * (1.0 - s_china) - costs[0] * s_china,
            self.prize * (1.0 - s_us) - costs[1] * s_us,
        )

    def horizon(self, committed: Pair) -> float:
        """Return the time from which only leaders are left who never back down.

        Parameters
        ----------
        committed : tuple of float
            Share of each side's types that never back down, in [0, 1], the US first.

        Notes
        -----
        Survival reaches the share ``z`` of the US at ``v (1 / z - 1) / q_china``; the crisis
        horizon is the earlier of the two sides' times, infinite if neither is ever reached.
        """
        return min(self._times(committed))

    def initial_concession(self, committed: Pair) -> Pair:
        """Return the probability that each side backs down at the very start.

        Parameters
        ----------
        committed : tuple of float
            Share of each side's types that never back down, in [0, 1], the US first.

        Notes
        -----
        Positive for at most one side: the one that would reach its committed types later.
        The shares are given here. In Fearon's model they follow from the audience costs: the
        more giving in would cost, the more leaders would rather fight, so the side with the
        steeper cost is also the one with more committed types.

        Examples
        --------
        >>> crisis = audience_costs(prize=1.0, growth=(0.2, 0.4))
        >>> tuple(round(chance, 4) for chance in crisis.initial_concession((0.1, 0.1)))
        (0.0, 0.45)
        """
        last = self.horizon(committed)
        chances = [0.0, 0.0]
        for side, (own, z) in enumerate(zip(self._times(committed), committed, strict=True)):
            if own > last:
                chances[side] = 1.0 - z / self.survival(last)[side]
        return chances[0], chances[1]

    def _times(self, committed: Pair) -> Pair:
        shares = both("[0, 1]", committed=committed)
        q_us, q_china = self.growth
        us, china = (
            # survival v / (v + q t) = z solved for t; q is the growth of the rival, which is to be
            # kept indifferent
            self.prize * (1.0 / z - 1.0) / q if z > 0.0 else math.inf
            for z, q in zip(shares, (q_china, q_us), strict=True)
        )
        return us, china


def audience_costs(*, prize: float, growth: Pair) -> Crisis:
    """Return the crisis of two leaders whose audience costs grow in proportion to time.

    Parameters
    ----------
    prize : float
        What a side gets if the other backs down; above 0.
    growth : tuple of float
        Audience cost that each side adds per unit of time, the US first; above 0.

    Returns
    -------
    Crisis

    Examples
    --------
    >>> audience_costs(prize=1.0, growth=(0.2, 0.4)).hazards(0.0)
    (0.4, 0.2)
    """
    within("(0, inf)", prize=prize)
    return Crisis(float(prize), both("(0, inf)", growth=growth))
