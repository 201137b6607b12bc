"""How a side that watches the clock gives way: two families of concession curves.

A concession curve says which fraction of the way from its best terms to its reservation a
side has conceded when the share ``t`` of the time has passed. It opens at ``kappa``, ends at
1, and ``beta`` bends it in between:

========================= ====================================================
``beta < 1``              Boulware: holds firm, gives way near the deadline
``beta = 1``              linear (the polynomial family)
``beta > 1``              conceder: gives way early, then little is left
========================= ====================================================

At ``beta = 1`` the polynomial curve adds the same amount each day, the exponential one
multiplies by the same factor, so it lies below and catches up at the end.

Name and idea of "Boulware" come from labour relations: L. R. Boulware of General Electric
made one offer and stayed with it.

References
----------
Faratin, Sierra and Jennings 1998, "Negotiation decision functions for autonomous agents",
Robotics and Autonomous Systems 24, doi:10.1016/S0921-8890(98)00029-3.
"""

from __future__ import annotations

import math

from negotiation.compiling import compiled


@compiled
def polynomial(t: float, kappa: float, beta: float) -> float:
    """Return the fraction conceded at time ``t`` by a polynomial tactic.

    Parameters
    ----------
    t : float
        Share of the time that has passed; below 0 counts as 0, above 1 as 1.
    kappa : float
        Fraction conceded at the start, held within [0, 1].
    beta : float
        Readiness to concede: below 1 Boulware, above 1 conceder. At 0 or below the side is a
        hardliner, which stays at ``kappa`` to the end.

    Returns
    -------
    float
        In [kappa, 1]; NaN if an argument is NaN.

    Notes
    -----
    ``kappa + (1 - kappa) t^(1 / beta)``. With ``kappa = 0`` it is the aspiration ``1 - t^q``
    of other negotiation software, with ``q = 1 / beta``.

    Examples
    --------
    >>> round(polynomial(0.5, 0.1, 2.0), 6), round(polynomial(0.5, 0.1, 0.5), 6)
    (0.736396, 0.325)
    """
    if math.isnan(t) or math.isnan(kappa) or math.isnan(beta):
        return math.nan
    t = min(max(t, 0.0), 1.0)
    kappa = min(max(kappa, 0.0), 1.0)
    if beta <= 0.0 or t == 0.0:  # the second, or an endless beta would give 0 ** 0
        return kappa
    return kappa + (1.0 - kappa) * math.pow(t, 1.0 / beta)


@compiled
def exponential(t: float, kappa: float, beta: float) -> float:
    """Return the fraction conceded at time ``t`` by an exponential tactic.

    Parameters
    ----------
    t : float
        Share of the time that has passed; below 0 counts as 0, above 1 as 1.
    kappa : float
        Fraction conceded at the start, held within [0, 1]. A side that opens at 0 stays there
        until the very end, which is the limit of the formula.
    beta : float
        Readiness to concede: below 1 Boulware, above 1 conceder. At 0 or below the side is a
        hardliner, which stays at ``kappa`` to the end.

    Returns
    -------
    float
        In [kappa, 1]; NaN if an argument is NaN.

    Notes
    -----
    ``exp((1 - t)^beta ln kappa) = kappa^((1 - t)^beta)``.

    Examples
    --------
    >>> round(exponential(0.5, 0.1, 1.0), 6), round(exponential(0.5, 0.1, 2.0), 6)
    (0.316228, 0.562341)
    """
    if math.isnan(t) or math.isnan(kappa) or math.isnan(beta):
        return math.nan
    t = min(max(t, 0.0), 1.0)
    kappa = min(max(kappa, 0.0), 1.0)
    if beta <= 0.0:
        return kappa
    if t == 1.0:  # ahead of the logarithm, which has no value where kappa is 0
        return 1.0
    if kappa == 0.0:
        return 0.0
    return math.exp(math.pow(1.0 - t, beta) * math.log(kappa))
