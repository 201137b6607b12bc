"""Two choices of the talks as games of two by two, valued at the scenario's numbers.

================ ==================== ============================================
game             cooperating means    not cooperating means
================ ==================== ============================================
``tariffs``      free trade           lay the tariff that is in force in the truce
``provocation``  hold still           take a unilateral step
================ ==================== ============================================

Which game each of them is (a prisoner's dilemma, deadlock, ...) depends on the
numbers, so it is computed and comes with the condition that makes it so. Private types enter
at their prior means, uncertain numbers at their central values.
"""

from __future__ import annotations

import numpy as np

from negotiation.door import checked
from negotiation.scenario import SIDES, Scenario
from negotiation.theory.games import Game

SOLVED_TO = 9  # decimals of $bn to which the trade model is solved; beyond it is rounding
FREE, TAXED = "free trade", "tariff"
STILL, STEP = "hold still", "take a step"


@checked
def stage_games(scenario: Scenario) -> dict[str, Game | None]:
    """Return the stage games of a scenario, None for one that its numbers switch off.

    Returns
    -------
    dict of str to Game
        ``"tariffs"`` ($bn a year) and ``"provocation"`` ($bn); rows are the first side's
        actions, the cooperative one first; the players are the scenario's sides. The deadline is
        a game on a tree: `negotiation.analysis.decision_date`.

    Examples
    --------
    >>> from negotiation.scenario import Scenario
    >>> games = stage_games(Scenario.load("stockholm-2025"))
    >>> games["tariffs"].game_class.row, games["tariffs"].game_class.column
    ('deadlock', "prisoner's dilemma")
    >>> stage_games(Scenario.load("split-the-pie"))
    {'tariffs': None, 'provocation': None}
    """
    return {
        "tariffs": tariffs(scenario),
        "provocation": provocation(scenario),
    }


@checked
def tariffs(
    scenario: Scenario,
    *,
    taste: tuple[float, float] | None = None,
    rates: tuple[float, float] | None = None,
) -> Game | None:
    """Return the game in which each side lays the tariff that it has in the truce, or does not.

    Parameters
    ----------
    scenario : Scenario
        Its tariffs, trade elasticity, rule for deficits and weights on revenue count.
    taste : tuple of float, optional
        Taste for protection of each side; by default the prior means.
    rates : tuple of float, optional
        The tariff of each side, as fractions; by default those of the truce.

    Returns
    -------
    Game or None
        Payoffs in $bn a year over the tariffs of 2024, by the long-run trade model alone; None
        where a side has no tariff or the economy has no weight.

    References
    ----------
    Johnson 1953, "Optimum tariffs and retaliation", doi:10.2307/2296006.
    """
    from negotiation.economy.dyads import dyad
    from negotiation.economy.game import tariff_game
    from negotiation.economy.political import political_payoffs

    if rates is None:
        rates = scenario.tariffs.us_truce.value, scenario.tariffs.china_truce.value
    weight = scenario.economy.weight.value
    if min(rates) <= 0.0 or weight <= 0.0:
        return None
    payoffs = political_payoffs(
        dyad(*scenario.regions),
        eps_goods=scenario.economy.elasticity.value,
        deficits=scenario.economy.deficits,
        b=mean_stance(scenario) if taste is None else taste,
        rho=(scenario.us.revenue_weight.value, scenario.china.revenue_weight.value),
    )
    own = [
        weight * np.array([[side.reward, side.sucker], [side.temptation, side.punishment]])
        for side in tariff_game(payoffs, *rates)
    ]
    own = [np.round(table, SOLVED_TO) + 0.0 for table in own]
    options = (FREE, TAXED)
    return Game(own[0], own[1].T, options, options, scenario.sides)


def mean_stance(scenario: Scenario) -> tuple[float, float]:
    """Return the prior mean of either side's taste for protection."""
    us, china = (
        sum(
            share * stance.value
            for share, stance in zip(types.stance_prior, types.stance, strict=True)
        )
        for types in (scenario.us.types, scenario.china.types)
    )
    return us, china


def provocation(scenario: Scenario) -> Game | None:
    """Return the game in which each side takes a unilateral step or holds still.

    Returns
    -------
    Game or None
        Payoffs in $bn of one occasion; None where neither side ever has one.

    Notes
    -----
    A step brings its gain less the damage of an answer, times the chance of one, less what
    tension costs; being hit costs the damage, less what answering is worth at home, times the
    chance of answering. The chances are those with which the rules answer. Each side's own
    choice is worth the same whatever the other does, so there is always a dominant action
    unless a side is indifferent.
    """
    from negotiation.analysis.first_day import first_day
    from negotiation.payoffs.tension import answer_probability

    if all(getattr(scenario, side).provocation_rate.value <= 0.0 for side in SIDES):
        return None
    world, _, _ = first_day(scenario)
    answers = [float(answer_probability(world, side)) for side in range(2)]
    damage = float(world["provocation_damage"])
    own = []
    for side in range(2):
        tension = float(world["tension_weight"][side])
        step = float(world["provocation_gain"][side]) - answers[1 - side] * damage - tension
        hit = answers[side] * (float(world["provocation_answer"]) - tension) - damage
        own.append(np.array([[0.0, hit], [step, step + hit]]))
    options = (STILL, STEP)
    return Game(own[0], own[1].T, options, options, scenario.sides)
