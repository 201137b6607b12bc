"""The war of attrition: two sides pay to stay, and the one that stays longer gets the prize.

If both know everything there is no sure plan that lasts: whoever knew when the other would
leave would either leave at once or just outlast it. What remains is chance. Each side must
leave at a rate that makes the other just willing to pay for another day, so **each side's
staying power is set by the other side's cost**, not by its own. And since every moment is as
good as leaving at once, on average nobody gains anything: the prize is burnt in the waiting.

References
----------
Maynard Smith 1974, "The theory of games and the evolution of animal conflicts",
doi:10.1016/0022-5193(74)90110-6.
Hendricks, Weiss and Wilson 1988, "The war of attrition in continuous time with complete
information", International Economic Review 29.
"""

from __future__ import annotations

from dataclasses import dataclass

from negotiation.theory.allowed import both
from negotiation.theory.solution import Pair


@dataclass(frozen=True)
class Attrition:
    """Equilibrium in which both sides leave at constant rates.

    Attributes
    ----------
    hazards : tuple of float
        Rate at which each side leaves, per unit of time, the US first.
    """

    hazards: Pair

    @property
    def mean_duration(self) -> float:
        """Expected time until one side leaves."""
        return 1.0 / sum(self.hazards)


def war_of_attrition(*, prizes: Pair, costs: Pair) -> Attrition:
    """Return the equilibrium of the war of attrition under full information.

    Parameters
    ----------
    prizes : tuple of float
        What each side gets if the other leaves first, the US first; above 0.
    costs : tuple of float
        What staying costs each side per unit of time; above 0.

    Returns
    -------
    Attrition

    Notes
    -----
    China stays for another moment if the chance that the US leaves, times China's prize,
    covers China's cost: ``h_us V_china = k_china``. With one cost ``k`` and one prize ``V``
    each side leaves at the rate ``k / V``, after ``V / (2 k)`` on average. There are also
    equilibria in which one side leaves at once.

    Examples
    --------
    >>> war = war_of_attrition(prizes=(20.0, 20.0), costs=(11.0, 20.0))
    >>> war.hazards, round(war.mean_duration, 2)
    ((1.0, 0.55), 0.65)
    """
    v_us, v_china = both("(0, inf)", prizes=prizes)
    k_us, k_china = both("(0, inf)", costs=costs)
    return Attrition((k_china / v_china, k_us / v_us))
