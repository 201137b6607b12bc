"""Zeuthen's strategy: the side that has more to lose from a breakdown gives way.

Each side holds on to an offer. By insisting it risks conflict; by giving in it would lose the
difference between its own offer and the other's. The ratio of that difference to all it has
to lose is the greatest risk of conflict that it can bear. The side that can bear less concedes,
just enough that the other can now bear less, and so on until the offers meet.

Harsanyi saw what this means: the risk of a side is the smaller exactly if its offer gives the
smaller product of gains. So every concession raises that product, from both ends, and **they meet
at the Nash bargaining solution**, though neither side has ever heard of it.

References
----------
Zeuthen 1930, "Problems of Monopoly and Economic Warfare".
Harsanyi 1956, "Approaches to the bargaining problem before and after the theory of games",
doi:10.2307/1905748.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from negotiation.errors import InputError
from negotiation.theory.frontier import Floats, pareto_indices, utilities_of
from negotiation.theory.solution import Pair, disagreement_of

SAME = 1e-12  # relative difference below which two risks are the same


@dataclass(frozen=True)
class Concessions:
    """A course of concessions.

    Attributes
    ----------
    offers : tuple of (int, int)
        Deals on the table after each step: the one the US holds on to and China's.
    deals : tuple of int
        The deal agreed on. Two, where two deals give the same largest product of gains and
        neither side need give way to the other.
    utilities : tuple of float
        Of the first of ``deals``, the US first.
    """

    offers: tuple[tuple[int, int], ...]
    deals: tuple[int, ...]
    utilities: Pair


def conflict_risk(*, own: float, other: float, disagreement: float = 0.0) -> float:
    """Return the greatest risk of conflict that a side can bear to hold on to its offer.

    Parameters
    ----------
    own, other : float
        What it gets under its own offer and under the other side's.
    disagreement : float
        What it gets without a deal.

    Notes
    -----
    ``(own - other) / (own - disagreement)``, and 1 where there is nothing to lose.

    Examples
    --------
    >>> conflict_risk(own=10, other=4, disagreement=2)
    0.75
    """
    if own == disagreement:
        return 1.0
    return (own - other) / (own - disagreement)


def monotonic_concession(utilities: ArrayLike, *, disagreement: Pair = (0.0, 0.0)) -> Concessions:
    """Return how two sides that follow Zeuthen's strategy come to terms.

    Parameters
    ----------
    utilities : array_like, shape (n, 2)
        Utility of each deal to the US and to China.
    disagreement : tuple of float
        Utilities without a deal.

    Returns
    -------
    Concessions

    Raises
    ------
    InputError
        If no deal gives both at least their disagreement utility.

    Notes
    -----
    Only efficient deals that are worth it to both are offered; each side opens with the best
    for itself. The side of smaller risk moves to the nearest deal at which its risk is strictly
    the larger. At equal risk both move.

    Examples
    --------
    >>> deals = [(n, (100 - n * n) / 10) for n in range(11)]
    >>> monotonic_concession(deals).utilities
    (6.0, 6.4)
    """
    values = utilities_of(utilities)
    d = np.array(disagreement_of(disagreement))
    order = [int(i) for i in pareto_indices(values) if (values[i] >= d).all()]
    if not order:
        raise InputError(
            f"utilities: no deal gives both sides their disagreement utilities {disagreement!r};"
            " allowed: at least one that does."
        )
    gains = values[order] - d
    china, us = 0, len(order) - 1  # positions: the utility of the US rises along the order
    offers = [(order[us], order[china])]
    while gains[us, 0] > gains[china, 0]:
        risks = _risks(gains, us, china)
        tied = math.isclose(*risks, rel_tol=SAME)
        to_us, to_china = us, china
        if tied or risks[0] < risks[1]:
            to_us = next((p for p in range(us - 1, china, -1) if _leads(gains, p, china, 0)), china)
        if tied or risks[1] < risks[0]:
            to_china = next((p for p in range(china + 1, us) if _leads(gains, us, p, 1)), us)
        if (to_us, to_china) == (china, us):  # nothing between is better than either
            break
        us, china = to_us, to_china
        offers.append((order[us], order[china]))
    deals = tuple(dict.fromkeys((order[us], order[china])))
    if gains[us, 0] == gains[china, 0]:
        deals = deals[:1]
    first = values[deals[0]]
    return Concessions(tuple(offers), deals, (float(first[0]), float(first[1])))


def _risks(gains: Floats, us: int, china: int) -> Pair:
    """Return the risks of both sides at the two standing offers."""
    return (
        conflict_risk(own=float(gains[us, 0]), other=float(gains[china, 0])),
        conflict_risk(own=float(gains[china, 1]), other=float(gains[us, 1])),
    )


def _leads(gains: Floats, us: int, china: int, side: int) -> bool:
    """Return whether ``side`` can bear strictly more risk than the other at these offers."""
    risks = _risks(gains, us, china)
    return risks[side] > risks[1 - side] and not math.isclose(*risks, rel_tol=SAME)
