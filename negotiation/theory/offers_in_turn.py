"""Alternating offers: what patience is worth when nothing forces a side to accept.

Two sides divide a pie of size 1. The US proposes; China accepts, or refuses and proposes a
round later, and so on. A side that waits a round values what it gets then by its discount
factor. Rubinstein found that this endless game has exactly one sensible outcome, and that it
is reached at once: each proposer offers just what makes the other indifferent between taking
it now and winning the next round. Three lessons follow.

* Patience is power: the share rises with one's own discount factor.
* So is the first move, and its worth vanishes as offers follow each other quickly.
* An alternative elsewhere is worth nothing unless it beats what bargaining gives anyway (the
  outside option principle): a threat that one would not carry out moves no offer.

With a last round (Stahl) the side that proposes in it can take everything, and everybody
knows it all along.

References
----------
Rubinstein 1982, "Perfect equilibrium in a bargaining model", doi:10.2307/1912531.
Stahl 1972, "Bargaining theory", Stockholm School of Economics.
Binmore, Shaked and Sutton 1989, "An outside option experiment",
Quarterly Journal of Economics 104.
"""

from __future__ import annotations

from negotiation.errors import InputError, whole_number
from negotiation.theory.allowed import both, within
from negotiation.theory.solution import Pair, Shares

NOTHING = (0.0, 0.0)
MOST_ROUNDS = 10**6  # beyond them the last round does not matter


def alternating_offers(
    *, us: float, china: float, rounds: int | None = None, outside_option: Pair = NOTHING
) -> Shares:
    """Return the equilibrium shares of the alternating-offers game, in which the US opens.

    Parameters
    ----------
    us, china : float
        Discount factor of each side per round, in [0, 1]; without a last round not both 1.
    rounds : int, optional
        Number of offers before the pie is lost; by default there is no last offer.
    outside_option : tuple of float
        Share that each side can have elsewhere, the US first, instead of making the next
        offer; together at most 1.

    Returns
    -------
    Shares
        Agreed in the first round.

    Raises
    ------
    OutOfRange, InputError
        If a number lies outside its range, or the outcome is not unique.

    Notes
    -----
    Endless: ``x = (1 - d2) / (1 - d1 d2)`` for the US. With T rounds it gets
    ``x + (d1 d2)^((T - 1) / 2) (1 - x)`` if it makes the last offer, T odd, else
    ``x - (d1 d2)^(T / 2) x``. A responder holds out for the better of its next offer and its
    option, so with options, endless,
    ``x = min(1 - o2, max((1 - d2) / (1 - d1 d2), 1 - d2 (1 - o1)))``.

    Examples
    --------
    >>> shares = alternating_offers(us=0.90, china=0.95)
    >>> round(shares.us, 6), round(shares.china, 6)
    (0.344828, 0.655172)
    >>> round(alternating_offers(us=0.9, china=0.9, rounds=2).us, 6)
    0.1
    >>> alternating_offers(us=0.9, china=0.9, outside_option=(0.0, 0.75))
    Shares(us=0.25, china=0.75)
    """
    within("[0, 1]", us=us, china=china)
    options = _options(outside_option)
    if rounds is None:
        share = _endless(us, china, options)
    else:
        whole_number("rounds", rounds, 1, MOST_ROUNDS)
        share = _with_last_round(us, china, rounds, options)
    return Shares(share, 1.0 - share)


def frequent_offers(*, rates: Pair, outside_option: Pair = NOTHING) -> Shares:
    """Return the shares as offers follow each other ever more quickly.

    Parameters
    ----------
    rates : tuple of float
        Discount rates per unit of time, the US first; above 0.
    outside_option : tuple of float
        Share that each side can have elsewhere; together at most 1.

    Returns
    -------
    Shares

    Notes
    -----
    With ``d_i = exp(-r_i dt)`` and ``dt -> 0`` the US gets ``r2 / (r1 + r2)``: the Nash
    bargaining solution in which impatience of the other side is bargaining power. An option
    is a floor under it.

    References
    ----------
    Binmore, Rubinstein and Wolinsky 1986, "The Nash bargaining solution in economic
    modelling", doi:10.2307/2555382.

    Examples
    --------
    >>> round(frequent_offers(rates=(0.05, 0.10)).us, 6)
    0.666667
    """
    r_us, r_china = both("(0, inf)", rates=rates)
    o_us, o_china = _options(outside_option)
    share = min(1.0 - o_china, max(r_china / (r_us + r_china), o_us))
    return Shares(share, 1.0 - share)


def _options(outside_option: Pair) -> Pair:
    options = both("[0, 1]", outside_option=outside_option)
    if sum(options) > 1.0:
        raise InputError(
            f"outside_option = {outside_option!r}: the sides can have more apart than together;"
            " allowed: a sum of at most 1."
        )
    return options


def _endless(us: float, china: float, options: Pair) -> float:
    if us == china == 1.0:
        raise InputError(
            "us = china = 1: without a last round any division is an equilibrium; allowed:"
            " at least one discount factor below 1."
        )
    o_us, o_china = options
    between = (1.0 - china) / (1.0 - us * china)
    return min(1.0 - o_china, max(between, 1.0 - china * (1.0 - o_us)))


def _with_last_round(us: float, china: float, rounds: int, options: Pair) -> float:
    discounts = (us, china)
    mine = 0.0  # what the proposer of the round after the last one gets
    for left in range(rounds):
        responder = (rounds - left) % 2  # the US, 0, responds in even rounds
        # backwards: the responder is offered just what refusing would bring it
        mine = 1.0 - max(discounts[responder] * mine, options[responder])
    return mine
