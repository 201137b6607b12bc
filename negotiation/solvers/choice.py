"""Logit choice: the quantal response behind every discrete decision.

A side picks an action with probability increasing in what it is worth,
``1 / (1 + exp(-precision * advantage))`` (McKelvey and Palfrey 1995,
doi:10.1006/game.1995.1023). The taste shock that makes the choice random belongs to the
negotiation, not to the moment: it is drawn once per run for a standing question (accept,
sign, meet), so asking the question more often does not make any answer certain.
"""

from __future__ import annotations

from negotiation.compiling import compiled, inlined
from negotiation.solvers.exponential import exp, logistic


@inlined
def logit(x: float) -> float:
    """Return the logistic distribution function at ``x``, without overflow.

    Examples
    --------
    >>> logit(0.0), logit(-800.0), logit(800.0)
    (0.5, 0.0, 1.0)
    """
    # without a branch: the sign of x cannot be foreseen
    e = exp(-abs(x))
    return (1.0 if x >= 0.0 else e) / (1.0 + e)


@compiled
def per_tick(rate_per_day: float, days: float) -> float:
    """Return the probability of at least one event of a Poisson process in ``days``.

    Examples
    --------
    >>> round(per_tick(0.1, 7.0), 6)
    0.503415
    """
    return 1.0 - exp(-rate_per_day * days)


@compiled
def part_below(low: float, high: float, x: float) -> tuple[float, float]:
    """Return the chance that a shock known to lie between two probabilities is below ``x``.

    ``low`` and ``high`` are values of the logistic distribution function: what earlier answers
    have revealed. Returns that chance and the distribution function at ``x``, clipped to them.

    Examples
    --------
    >>> part_below(0.0, 1.0, 0.0)
    (0.5, 0.5)
    >>> part_below(0.0, 0.5, 2.0)
    (1.0, 0.5)
    """
    # selections instead of branches, so that a loop over types runs in vector registers
    p = logistic(x)
    p = p if p > low else low
    p = p if p < high else high
    room = high - low
    return (p - low) / room if room > 0.0 else 1.0, p
