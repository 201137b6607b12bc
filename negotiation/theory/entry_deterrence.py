"""The chain store: fighting today to be left alone tomorrow.

A monopolist meets one possible entrant after another. To fight an entrant costs more than to
share the market with it, so a monopolist that only cared for the day would never fight, and
everybody knows it. But let there be a small probability that it is tough and likes fighting.
Then a weak one fights too while many markets are still to come, since being thought tough
keeps the later ones away. Towards the end the pretence stops paying and unravels, market by
market. What decides is the reputation against a bar that rises as the markets run out.

A weak government that retaliates against an early provocation reasons in the same way.

References
----------
Kreps and Wilson 1982, "Reputation and imperfect information",
doi:10.1016/0022-0531(82)90030-8.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from negotiation.errors import whole_number
from negotiation.theory.allowed import within


@dataclass(frozen=True)
class Market:
    """What happens in one market.

    Attributes
    ----------
    enters : float
        Probability that the entrant enters.
    fights : float
        Probability that a weak monopolist fights an entry.
    reputation_after_fight : float
        Probability of being tough in everybody's eyes once it has fought; after it has given
        in, 0, and if nobody enters, as before.
    """

    enters: float
    fights: float
    reputation_after_fight: float


def deterrence_threshold(*, gain: float, markets: int) -> float:
    """Return the reputation from which an entrant stays out: ``gain ** markets``.

    Parameters
    ----------
    gain : float
        What an entrant gains if it is not fought, in (0, 1); fought it loses ``1 - gain``.
    markets : int
        Number of markets left, this one included.

    Examples
    --------
    >>> deterrence_threshold(gain=0.5, markets=3)
    0.125
    """
    within("(0, 1)", gain=gain)
    whole_number("markets", markets, 1)
    return float(gain) ** int(markets)


def chain_store(*, reputation: float, markets: int, gain: float, monopoly: float) -> Market:
    """Return equilibrium behaviour in the first of the markets that are left.

    Parameters
    ----------
    reputation : float
        Probability, in the entrants' eyes, that the monopolist is tough, in [0, 1].
    markets : int
        Number of markets left, this one included.
    gain : float
        What an entrant gains if it is not fought, in (0, 1); fought it loses ``1 - gain``.
    monopoly : float
        What a market without entry is worth to the monopolist, above 1: the unit is what
        fighting an entry costs the weak one, sharing counts 0.

    Returns
    -------
    Market

    Notes
    -----
    With ``n`` markets left and reputation ``p`` an entrant enters if ``p < b^n``, stays out
    if ``p > b^n`` and stays out with probability ``1 / monopoly`` in between. A weak
    monopolist fights for sure if ``p >= b^(n - 1)`` and more markets follow; below, just so
    often that fighting lifts its reputation to ``b^(n - 1)``; never in the last market.

    Examples
    --------
    >>> chain_store(reputation=0.2, markets=2, gain=0.5, monopoly=2.0)
    Market(enters=1.0, fights=0.25, reputation_after_fight=0.5)
    """
    within("[0, 1]", reputation=reputation)
    within("(1, inf)", monopoly=monopoly)
    bar = deterrence_threshold(gain=gain, markets=markets)
    if reputation == 0.0:
        return Market(1.0, 0.0, 0.0)
    # an entrant that is indifferent mixes so that the incumbent, one market earlier, is too
    if math.isclose(reputation, bar, rel_tol=1e-12):
        enters = 1.0 - 1.0 / monopoly
    else:
        enters = 1.0 if reputation < bar else 0.0
    if markets == 1:
        return Market(enters, 0.0, 1.0)
    next_bar = deterrence_threshold(gain=gain, markets=markets - 1)
    if reputation >= next_bar:
        return Market(enters, 1.0, float(reputation))
    # Bayes: after a fight the reputation is just next_bar, at which the next entrant is indifferent
    fights = reputation * (1.0 - next_bar) / ((1.0 - reputation) * next_bar)
    return Market(enters, fights, next_bar)
