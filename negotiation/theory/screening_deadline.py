"""Screening against a deadline: why so many deals come at the last moment.

A seller makes take-it-or-leave-it offers, round after round, to a buyer whose value it does
not know. A buyer who values the deal highly takes an early price, since waiting is costly;
the seller learns from each refusal that the value is lower, and comes down. While time is left
it is too tempting to hold out for a better price; at the deadline the seller makes the one
offer that it can stand by. So the deals bunch in the last round, and some that both would gain
from are never made. No irrationality is needed.

References
----------
Sobel and Takahashi 1983, "A multistage model of bargaining", doi:10.2307/2297673.
Fuchs and Skrzypacz 2013, "Bargaining with deadlines and private information",
doi:10.1257/mic.5.4.219.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from negotiation.errors import whole_number
from negotiation.theory.allowed import within


@dataclass(frozen=True)
class Screening:
    """The seller's plan, round by round.

    Attributes
    ----------
    prices : tuple of float
        Price asked in each round.
    cutoffs : tuple of float
        Buyers with at least this value have agreed by the end of each round.
    profit : float
        What the seller expects, discounted to the first round.
    """

    prices: tuple[float, ...]
    cutoffs: tuple[float, ...]
    profit: float

    @cached_property
    def agreements(self) -> tuple[float, ...]:
        """Probability of agreement in each round."""
        above = (1.0, *self.cutoffs[:-1])
        return tuple(high - low for high, low in zip(above, self.cutoffs, strict=True))

    @property
    def no_deal(self) -> float:
        """Probability that the deadline passes without a deal."""
        return self.cutoffs[-1]

    @property
    def last_round_share(self) -> float:
        """Fraction of all agreements that fall in the last round."""
        return self.agreements[-1] / (1.0 - self.no_deal)


def screening_with_deadline(*, rounds: int, discount: float) -> Screening:
    """Return the equilibrium of a seller's offers to a buyer of unknown value.

    Parameters
    ----------
    rounds : int
        Number of offers; after the last one no trade is possible.
    discount : float
        Discount factor of both per round, in [0, 1).

    Returns
    -------
    Screening
        Values are uniform on [0, 1], the seller's cost is 0.

    Notes
    -----
    The game looks the same after each refusal but for the highest value ``q`` still
    possible. Let a price be ``m q`` in the next round. A buyer ``k q`` is indifferent
    between now and then if the price now is ``k g q``, ``g = 1 - discount (1 - m)``. The
    seller's profit is ``A q^2`` with ``A = max_k (1 - k) k g + discount A' k^2``, reached at
    ``k = g / (2 (g - discount A'))``; in the last round ``g = 1``, ``A' = 0``.

    Examples
    --------
    >>> plan = screening_with_deadline(rounds=2, discount=0.98)
    >>> round(plan.last_round_share, 3), round(plan.no_deal, 3)
    (0.927, 0.481)
    """
    whole_number("rounds", rounds, 1, 10**6)
    within("[0, 1)", discount=discount)
    keeps: list[float] = []  # cutoff as a fraction of the highest value, by rounds left
    marks: list[float] = []  # price likewise
    profit = 0.0
    # backwards from the last round; everything scales with the highest value left, so fractions do
    for left in range(rounds):
        g = 1.0 - discount * (1.0 - marks[-1]) if left else 1.0
        # first-order condition of (1 - k) k g + discount profit k^2
        k = g / (2.0 * (g - discount * profit))
        profit = (1.0 - k) * k * g + discount * profit * k * k
        keeps.append(k)
        marks.append(k * g)
    top, prices, cutoffs = 1.0, [], []
    for k, mark in zip(reversed(keeps), reversed(marks), strict=True):
        prices.append(mark * top)
        top *= k
        cutoffs.append(top)
    return Screening(tuple(prices), tuple(cutoffs), profit)
