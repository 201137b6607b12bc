"""The strategy that plays the odds: the best offer under what it believes.

From Harsanyi (1967) on, not knowing the other side means having beliefs about its type, and
Bayes' rule turns what it does into better ones. This delegation weighs each share it might still
hold out for by the chance that the other side, whichever of its types it is, takes the offer, and
against what waiting one round would bring, in the spirit of Zeng and Sycara's (1998) bargaining
agent. It looks one step ahead, so it is a best reply to the other side as it stands, not an
equilibrium.

It never asks for more than it did before, and its beliefs are calibrated: the likelihood it uses
is the rule by which the other side acts (see :mod:`negotiation.rules.beliefs`).

References
----------
Harsanyi 1967, "Games with incomplete information played by Bayesian players",
Management Science 14. Zeng and Sycara 1998, "Bayesian learning in negotiation",
International Journal of Human-Computer Studies 48.

Examples
--------
>>> held(best_reply=0.6)
0.6
"""

from __future__ import annotations

from negotiation.tactics.base import Strategy


def held(best_reply: float) -> float:
    """Return the best of a dozen shares up to the last one."""
    return min(max(best_reply, 0.0), 1.0)


class Bayesian(Strategy):
    """Hold out for the share with the largest expected value if refusal means waiting a round."""

    source = "Zeng and Sycara 1998, Bayesian learning in negotiation"
    waits = True
    compiled_share = staticmethod(held)
