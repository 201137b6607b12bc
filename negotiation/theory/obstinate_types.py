"""Reputation: what a small chance of being unbending is worth.

Each side demands a share of the pie, and with a small probability it is obstinate: it will
never take less. A side that is not obstinate pretends to be, and waits. It gives in at a rate
that makes the other just willing to wait, so belief in its obstinacy grows steadily, and by a
certain **last time** only obstinate types are left on either side. Both reputations must be
complete at that moment. The side whose reputation would take longer has to make up for it by
giving in at the very start with positive probability.

Patience, a modest demand and a name for obstinacy make the *other* side give in. Delay is
the price of the pretence, and it does not vanish: even with rational sides on both ends and
nothing to be learnt about the pie, time is lost with positive probability.

References
----------
Abreu and Gul 2000, "Bargaining and reputation", doi:10.1111/1468-0262.00094.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from negotiation.errors import InputError
from negotiation.theory.allowed import both, within
from negotiation.theory.solution import Pair


@dataclass(frozen=True)
class Reputation:
    """Equilibrium of the war of attrition between two sides that may be obstinate.

    Attributes
    ----------
    demands, rates, obstinate : tuple of float
        As given to `reputation`, the US first.
    hazards : tuple of float
        Rate at which each side gives in before the last time, over all its types.
    initial_concession : tuple of float
        Probability that each side gives in at once; positive for at most one.
    last_time : float
        From when only obstinate types are left.
    """

    demands: Pair
    rates: Pair
    obstinate: Pair
    hazards: Pair
    initial_concession: Pair
    last_time: float

    def survival(self, t: float) -> Pair:
        """Return the probability that each side has not given in by time ``t``, all types.

        At time 0 the initial concession is already made.

        Examples
        --------
        >>> talks = reputation(demands=(0.6, 0.6), rates=(0.1, 0.1), obstinate=(0.02, 0.08))
        >>> tuple(round(share, 4) for share in talks.survival(0.0))
        (0.25, 1.0)
        >>> tuple(round(share, 4) for share in talks.survival(100.0))
        (0.02, 0.08)
        """
        within("[0, inf)", t=t)
        if t >= self.last_time:
            return self.obstinate
        us, china = (
            (1.0 - atom) * math.exp(-hazard * t)
            for atom, hazard in zip(self.initial_concession, self.hazards, strict=True)
        )
        return us, china

    def belief(self, t: float) -> Pair:
        """Return the probability that a side which has held out until ``t`` is obstinate.

        Examples
        --------
        >>> talks = reputation(demands=(0.6, 0.6), rates=(0.1, 0.1), obstinate=(0.02, 0.08))
        >>> tuple(round(p, 4) for p in talks.belief(0.0)), talks.belief(100.0)
        ((0.08, 0.08), (1.0, 1.0))
        """
        us, china = (
            1.0 if t >= self.last_time else z / share
            for z, share in zip(self.obstinate, self.survival(t), strict=True)
        )
        return us, china

    def utilities(self, t: float) -> Pair:
        """Return what a side that is not obstinate expects if it plans to give in at time ``t``.

        Parameters
        ----------
        t : float
            Any time after the start and up to the last time; both sides giving in at the very
            start together is not counted.

        Notes
        -----
        The same at every such ``t``: what the other side gives up at the start, plus the
        discounted chance of its giving in until ``t``, plus one's own giving in at ``t``.

        Examples
        --------
        >>> talks = reputation(demands=(0.7, 0.55), rates=(0.15, 0.05), obstinate=(0.05, 0.05))
        >>> [round(talks.utilities(t)[0], 6) for t in (0.0, 5.0, 11.0)]
        [0.45, 0.45, 0.45]
        """
        within(f"[0, {self.last_time!r}]", t=t)
        values = []
        for own, other in ((0, 1), (1, 0)):
            atom, hazard = self.initial_concession[other], self.hazards[other]
            both_wait = self.rates[own] + hazard
            ended = hazard * -math.expm1(-both_wait * t) / both_wait
            given = (1.0 - self.demands[other]) * math.exp(-both_wait * t)
            values.append(self.demands[own] * (atom + (1.0 - atom) * ended) + (1.0 - atom) * given)
        return values[0], values[1]


def reputation(*, demands: Pair, rates: Pair, obstinate: Pair) -> Reputation:
    """Return the equilibrium of bargaining between two sides that may be obstinate.

    Parameters
    ----------
    demands : tuple of float
        Share that each side demands, the US first; each in (0, 1), together above 1.
    rates : tuple of float
        Discount rate of each side per unit of time; above 0.
    obstinate : tuple of float
        Probability that each side never takes less; in [0, 1], not both 0.

    Returns
    -------
    Reputation

    Raises
    ------
    OutOfRange, InputError
        If a number lies outside its range, or nothing is in dispute.

    Notes
    -----
    With ``D = a1 + a2 - 1`` in dispute: ``h_i = r_j (1 - a_i) / D``. Side ``i`` alone would
    have a complete reputation at ``T_i = -ln(z_i) / h_i``; the last time is the earlier of
    the two, ``T``, and the other side gives in at once with probability
    ``1 - z_i exp(h_i T)``.

    Examples
    --------
    >>> talks = reputation(demands=(0.6, 0.6), rates=(0.1, 0.1), obstinate=(0.02, 0.08))
    >>> round(talks.initial_concession[0], 2), round(talks.last_time, 2)
    (0.75, 12.63)
    """
    demands = both("(0, 1)", demands=demands)
    rates = both("(0, inf)", rates=rates)
    obstinate = both("[0, 1]", obstinate=obstinate)
    dispute = sum(demands) - 1.0
    if dispute <= 0.0:
        raise InputError(f"demands = {demands!r}: nothing is in dispute; allowed: a sum above 1.")
    if obstinate == (0.0, 0.0):
        raise InputError(
            "obstinate = (0, 0): without obstinate types the outcome is not unique; allowed:"
            " at least one above 0."
        )
    # the rate that makes the *other* side indifferent between waiting and giving in
    hazards = rates[1] * (1.0 - demands[0]) / dispute, rates[0] * (1.0 - demands[1]) / dispute
    times = [
        -math.log(z) / hazard if z > 0.0 else math.inf
        for z, hazard in zip(obstinate, hazards, strict=True)
    ]
    last = min(times)
    us, china = (
        # Bayes at the last time: after this concession both beliefs reach 1 together
        0.0 if own == last else 1.0 - z * math.exp(hazard * last)
        for own, z, hazard in zip(times, obstinate, hazards, strict=True)
    )
    return Reputation(demands, rates, obstinate, hazards, (us, china), abs(last))
