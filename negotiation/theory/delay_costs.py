"""Other reasons to hurry: talks may break down, or each round may cost a fixed amount.

Alternating offers need some friction, or nobody would ever give way. If it is the risk that
talks collapse, what a side would get after the collapse counts, and with a small risk the
outcome is the Nash bargaining solution: half of what agreement adds, on top of disagreement.
If it is a fixed cost per round, the side that pays less takes nearly everything: a steady
drip is a weak weapon against one that drips less.

References
----------
Binmore, Rubinstein and Wolinsky 1986, "The Nash bargaining solution in economic modelling",
doi:10.2307/2555382.
Rubinstein 1982, "Perfect equilibrium in a bargaining model", doi:10.2307/1912531.
"""

from __future__ import annotations

from negotiation.errors import InputError
from negotiation.theory.allowed import both, within
from negotiation.theory.solution import Pair, Shares


def breakdown_risk(*, risk: float, disagreement: Pair = (0.0, 0.0), pie: float = 1.0) -> Shares:
    """Return the equilibrium payoffs when each refusal risks the end of the talks.

    Parameters
    ----------
    risk : float
        Probability that the talks break down after a refused offer, in (0, 1].
    disagreement : tuple of float
        Payoffs after a breakdown, the US first, in the unit of ``pie``.
    pie : float
        What there is to divide, at least the sum of ``disagreement``.

    Returns
    -------
    Shares
        Payoffs in the unit of ``pie``; the US opens.

    Notes
    -----
    The gains over disagreement are divided as a pie with discount factor ``1 - risk``: the
    US gets ``d1 + (pie - d1 - d2) / (2 - risk)``.

    Examples
    --------
    >>> breakdown_risk(risk=0.5, disagreement=(0.0, 0.25))
    Shares(us=0.5, china=0.5)
    """
    within("(0, 1]", risk=risk)
    within("(-inf, inf)", pie=pie)
    d_us, d_china = both("(-inf, inf)", disagreement=disagreement)
    gain = pie - d_us - d_china
    if gain < 0.0:
        raise InputError(
            f"pie = {pie!r} is less than the sides have apart, {d_us + d_china!r}; allowed:"
            " at least that."
        )
    # Rubinstein with 1 - risk in place of both discount factors: 1 / (1 + (1 - risk))
    us = d_us + gain / (2.0 - risk)
    return Shares(us, pie - us)


def fixed_delay_costs(*, us: float, china: float) -> Shares:
    """Return the equilibrium shares when each round of delay costs a fixed amount.

    Parameters
    ----------
    us, china : float
        Cost of a round to each side as a fraction of the pie, in (0, 1), not equal.

    Returns
    -------
    Shares
        The US opens: it gets everything if its cost is the smaller, else China's cost.

    Raises
    ------
    InputError
        If the costs are equal: then every share of the US from that cost to 1 is an
        equilibrium.

    Examples
    --------
    >>> fixed_delay_costs(us=0.1, china=0.2)
    Shares(us=1.0, china=0.0)
    >>> fixed_delay_costs(us=0.2, china=0.1)
    Shares(us=0.1, china=0.9)
    """
    within("(0, 1)", us=us, china=china)
    if us == china:
        raise InputError(
            f"us = china = {us!r}: with equal costs the outcome is not unique; allowed:"
            " two different costs."
        )
    return Shares(1.0, 0.0) if us < china else Shares(china, 1.0 - china)
