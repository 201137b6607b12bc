"""Strategies that answer in kind: tit for tat, on concessions.

Anatol Rapoport's *tit for tat*, cooperate first and then do what the other did last, won both
of Robert Axelrod's tournaments of the repeated prisoner's dilemma around 1980. In bargaining
the act to answer is a concession. Faratin and colleagues gave three ways to answer it:

===================== =======================================================================
relative              come the same share of the own way as the other has come of its own
random absolute       repeat the size of the other's last step, with noise against deadlock
averaged              shrink the own demand in the ratio in which the other's has shrunk
===================== =======================================================================

They say it of offers in each issue; here it is said of the share of the way from the ideal to
the walk-away value, which needs no common unit. The other side's concession is *read*, with
error, so a tit for tat can answer a concession that was never made. Two of them that both wait
for the other do not move: the noise, or a first small step (``KAPPA``), is what starts them.

References
----------
Axelrod 1984, *The Evolution of Cooperation*. Faratin, Sierra and Jennings 1998,
doi:10.1016/S0921-8890(98)00029-3.

Examples
--------
>>> from types import SimpleNamespace
>>> round(TitForTat().share(SimpleNamespace(conceded=0.5)), 6)
0.49
"""

from __future__ import annotations

from negotiation.rules.tactics import mirrored, mirrored_ratio, mirrored_step
from negotiation.strategies.base import Strategy
from negotiation.strategies.time_dependent import FARATIN
from negotiation.strategies.view import View


def within(share: float) -> float:
    """Return ``share`` held within [0, 1]."""
    return min(max(float(share), 0.0), 1.0)


class Waiting(Strategy):
    """Expect to hold out for what it holds out for now: only the other can change its mind."""

    def share_next(self, view: View) -> float:
        """Return the share of the last offer."""
        return view.held


class TitForTat(Waiting):
    """Come the same share of the way as the other side."""

    source = FARATIN

    def share(self, view: View) -> float:
        """Return what the other side still holds out for, as read, less the opening step."""
        return within(mirrored(view.conceded))


class RandomTitForTat(Waiting):
    """Repeat the other side's last step, give or take a little."""

    source = FARATIN
    stochastic = True

    def share(self, view: View) -> float:
        """Return the last share less the other's last step, with noise."""
        return within(mirrored_step(view.held, view.conceded, view.conceded_before, view.luck))


class AveragedTitForTat(Waiting):
    """Shrink the demand as the other side's has shrunk over its last two steps."""

    source = FARATIN

    def share(self, view: View) -> float:
        """Return the last share times the root of the ratio of the other's demands."""
        return within(mirrored_ratio(view.held, view.conceded, view.conceded_long_ago))
