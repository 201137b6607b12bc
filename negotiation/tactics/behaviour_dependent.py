"""Strategies that answer in kind: tit for tat, on concessions.

Anatol Rapoport's *tit for tat*, cooperate first and then do what the other did last, won both
of Robert Axelrod's tournaments of the repeated prisoner's dilemma around 1980. In bargaining
the act to answer is a concession. Faratin and colleagues gave three ways to answer it:

===================== =======================================================================
relative              come the same share of the own way as the other has come of its own
random absolute       repeat the size of the other's last step, with noise against deadlock
averaged              shrink the own demand in the ratio in which the other's has shrunk over its
                      last two steps
===================== =======================================================================

They say it of offers in each issue; here it is said of the share of the way from the ideal to
the walk-away value, which needs no common unit. The other side's concession is *read*, with
error, and what counts is the mean over all readings, so that a side which never moves gets next to
nothing. Two of them that both wait for the other do not move: the noise, or a first small step
(``kappa``), is what starts them. The averaged one waits for three offers, and repeats the ratio
over two of their steps in each of its own, as Faratin's formula has it.

References
----------
Axelrod 1984, *The Evolution of Cooperation*. Faratin, Sierra and Jennings 1998,
doi:10.1016/S0921-8890(98)00029-3.

Examples
--------
>>> round(mirrored(conceded=0.5, kappa=0.02), 6)
0.49
>>> round(repeated(held=0.9, conceded=0.3, conceded_before=0.2, luck=0.5, noise=0.02), 6)
0.8
>>> averaged(held=0.8, conceded=0.5, conceded_long_ago=0.2, offers_received=3)
0.5
"""

from __future__ import annotations

from typing import Annotated

from negotiation.tactics.base import Range, Strategy
from negotiation.tactics.time_dependent import FARATIN


def mirrored(conceded: float, kappa: float) -> float:
    """Return what the other side still holds out for, as read, less the opening step."""
    return (1.0 - kappa) * (1.0 - conceded)


def repeated(
    held: float, conceded: float, conceded_before: float, luck: float, noise: float
) -> float:
    """Return the last share less the other's last step, with noise."""
    return min(max(held - (conceded - conceded_before + noise * (2.0 * luck - 1.0)), 0.0), 1.0)


def averaged(
    held: float, conceded: float, conceded_long_ago: float, offers_received: float
) -> float:
    """Return the last share times the ratio of the other's demand to that two offers ago."""
    if offers_received <= 2.0:  # no two steps yet
        return held
    return min(held * (1.0 - conceded) / max(1.0 - conceded_long_ago, 1e-9), 1.0)


class TitForTat(Strategy):
    """Come the same share of the way as the other side."""

    source = FARATIN
    waits = True
    kappa: Annotated[float, Range("share conceded ahead of the other side", ge=0, le=1)] = 0.02
    compiled_share = staticmethod(mirrored)


class RandomTitForTat(Strategy):
    """Repeat the other side's last step, give or take a little."""

    source = FARATIN
    stochastic = True
    waits = True
    noise: Annotated[float, Range("largest random change of a step", ge=0, le=1)] = 0.02
    compiled_share = staticmethod(repeated)


class AveragedTitForTat(Strategy):
    """Shrink the demand as the other side's has shrunk over its last two steps."""

    source = FARATIN
    waits = True
    compiled_share = staticmethod(averaged)
