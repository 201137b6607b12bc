"""What has to hold for what: patience for promises and terms, support at home.

Every number comes from a result of :mod:`negotiation.theory`, or from the rule of the model
that plays it, at the scenario's central values on its first day.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from negotiation.analysis.stage_games import mean_stance, tariffs
from negotiation.door import checked
from negotiation.scenario import MAX_ISSUES, SIDES, Scenario
from negotiation.seats import STANCES
from negotiation.theory import (
    alternating_offers,
    frequent_offers,
    grim_trigger,
    tit_for_tat,
    tolerable_lag,
)
from negotiation.theory.games import Game

DAYS = 365.0


@checked
def enforcement(scenario: Scenario) -> dict[str, Any] | None:
    """Return how much the future must count for each stance to keep a tariff deal.

    Returns
    -------
    dict or None
        Of each side and stance (the other side at its mean): ``temptation``, ``reward``,
        ``punishment`` and ``sucker``, $bn a year; ``class`` of the game as it sees it;
        ``grim_trigger``, the discount factor between breach and answer from which the deal
        holds, None where none is enough; ``tit_for_tat``, None where the game is no prisoner's
        dilemma; ``tolerable_lag_days``, how long a breach may go unnoticed at the scenario's
        patience, None where the bar or the patience sets no limit. None for a scenario without
        a tariff game.
    """
    if tariffs(scenario) is None:
        return None
    mean = mean_stance(scenario)
    found: dict[str, Any] = {}
    for side, label in enumerate(SIDES):
        delegation = getattr(scenario, label)
        found[label] = {}
        for stance, b in zip(STANCES, delegation.types.stance, strict=True):
            taste = (b.value, mean[1]) if side == 0 else (mean[0], b.value)
            game = tariffs(scenario, taste=taste)
            assert game is not None
            found[label][stance] = promise(game, side, delegation.patience.value)
    return found


def promise(game: Game, side: int, patience: float) -> dict[str, Any]:
    """Return when a side keeps the first action of a 2x2 game that is played again and again.

    Parameters
    ----------
    game : Game
    side : int
        0 for the row player.
    patience : float
        Annual discount factor.

    Examples
    --------
    >>> dilemma = Game([[3, 0], [5, 1]], [[3, 5], [0, 1]])
    >>> kept = promise(dilemma, 0, 0.9)
    >>> kept["grim_trigger"], round(kept["tit_for_tat"], 3), round(kept["tolerable_lag_days"])
    (0.5, 0.667, 2401)
    """
    own = game.A if side == 0 else game.B.T
    (R, S), (T, P) = own.tolist()
    bar = grim_trigger(temptation=T, reward=R, punishment=P)
    limited = 0.0 < bar < 1.0 and patience < 1.0
    kind = game.game_class
    return {
        "temptation": T,
        "reward": R,
        "punishment": P,
        "sucker": S,
        "class": (kind.row, kind.column)[side],
        "grim_trigger": bar if bar < math.inf else None,
        "tit_for_tat": (
            tit_for_tat(temptation=T, reward=R, punishment=P, sucker=S) if T > R > P > S else None
        ),
        "tolerable_lag_days": (
            DAYS * tolerable_lag(critical=bar, rate=-math.log(patience)) if limited else None
        ),
    }


@checked
def patience(scenario: Scenario) -> dict[str, Any]:
    """Return how two sides as patient as the scenario's would divide a pie, the US opening.

    Returns
    -------
    dict
        ``discount`` between two offers; ``shares`` of Rubinstein's game, None where nobody
        discounts; ``frequent_offers``, the shares as offers follow each other ever faster,
        None unless both discount.
    """
    annual = {side: getattr(scenario, side).patience.value for side in SIDES}
    years = scenario.calendar.talks_every_days / DAYS
    discount = {side: factor**years for side, factor in annual.items()}
    rates = tuple(-math.log(factor) for factor in annual.values())
    shares = alternating_offers(**discount) if max(rates) > 0.0 else None
    limit = frequent_offers(rates=(rates[0], rates[1])) if min(rates) > 0.0 else None
    return {
        "discount": discount,
        "shares": shares and shares._asdict(),
        "frequent_offers": limit and limit._asdict(),
    }


@checked
def ratification(scenario: Scenario, *, points: int = 41) -> dict[str, Any] | None:
    """Return how much of the efficient frontier each home front would let pass.

    Parameters
    ----------
    scenario : Scenario
    points : int
        How many efficient packages to try.

    Returns
    -------
    dict or None
        Of each side ``needed`` (weighted support), ``win_set`` (share of the efficient packages
        that are expected to pass) and ``at_nash`` (the chance that the Nash solution passes);
        ``both`` (share that passes on both sides). None where neither side has constituencies.

    Notes
    -----
    The surprise at home is logistic, so a package with support s passes with probability
    ``1 / (1 + exp((needed - s) / home_shock))``; the win-set's share is the mean of that.

    References
    ----------
    Putnam 1988, "Diplomacy and domestic politics", doi:10.1017/S0020818300027697.
    """
    from negotiation.analysis.first_day import first_day
    from negotiation.theory import bargaining_problem, nash_solution

    if not any(getattr(scenario, side).constituencies for side in SIDES):
        return None
    problem = bargaining_problem(scenario)
    world, _, _ = first_day(scenario)
    packages, _ = problem.frontier(points)
    nash = nash_solution(problem).package
    passes = [[passing_chance(world, side, z) for z in packages] for side in range(2)]
    found: dict[str, Any] = {
        label: {
            "needed": getattr(scenario, label).ratification.value,
            "win_set": float(np.mean(passes[side])),
            "at_nash": None if nash is None else passing_chance(world, side, nash),
        }
        for side, label in enumerate(SIDES)
    }
    return found | {"both": float(np.mean(np.prod(passes, axis=0)))}


def passing_chance(world: Any, side: int, package: Any) -> float:
    """Return the chance that the constituencies of a side let a package pass."""
    from scipy.special import expit

    from negotiation.rules.home import support

    if world["n_groups"][side] == 0.0:
        return 1.0
    z = np.zeros(MAX_ISSUES)
    z[: len(package)] = package
    spare = float(support(world, side, z) - world["ratification"][side])
    shock = float(world["home_shock"][side])
    return float(expit(spare / shock)) if shock > 0.0 else float(spare >= 0.0)
