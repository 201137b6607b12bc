"""All that a textbook says about a scenario before anything is simulated, as plain data.

Keys, stable:

================= ==========================================================================
``scenario``      its name
``policy_points`` payoffs by side and stance at the truce, the suspended points, the peak
``deadline``      the first deadline as the model plays it: `DecisionDate`, or None
``games``         ``tariffs``, ``provocation``: `game_table`, or None
``bargaining``    `solutions_table`: frontier and solutions
``thresholds``    ``enforcement``, ``patience``, ``ratification``
================= ==========================================================================
"""

from __future__ import annotations

import math
from dataclasses import asdict
from typing import Any

import numpy as np

from negotiation.analysis.decision_date import DecisionDate, decision_date
from negotiation.analysis.first_day import bargaining_problem
from negotiation.analysis.policy_points import policy_points
from negotiation.analysis.stage_games import stage_games
from negotiation.analysis.thresholds import enforcement, patience, ratification
from negotiation.door import checked
from negotiation.scenario import Scenario
from negotiation.theory.bargaining_solutions import (
    egalitarian,
    kalai_smorodinsky,
    nash_solution,
    pareto_frontier,
    utilitarian,
)
from negotiation.theory.games import Game
from negotiation.theory.logit_response import quantal_response
from negotiation.theory.solution import Pair, Solution
from negotiation.words.changes import about
from negotiation.words.scene import measure

FRONTIER_POINTS = 21
FACTORS = (0.0, 0.25, 0.5, 1.0, 2.0, 4.0)


@checked
def theory_table(scenario: Scenario) -> dict[str, Any]:
    """Return what theory says about a scenario, uncertain numbers at their central values.

    Examples
    --------
    >>> from negotiation.scenario import Scenario
    >>> table = theory_table(Scenario.load("split-the-pie"))
    >>> list(table)[5:]
    ['policy_points', 'deadline', 'games', 'bargaining', 'thresholds']
    """
    precisions = scenario.us.precision.value, scenario.china.precision.value
    deadline = decision_date(scenario)
    return {
        **about(scenario),
        "policy_points": asdict(policy_points(scenario)),
        "deadline": deadline and played(deadline),
        "games": {
            name: game and game_table(game, precisions)
            for name, game in stage_games(scenario).items()
        },
        "bargaining": solutions_table(scenario),
        "thresholds": {
            "enforcement": enforcement(scenario),
            "patience": patience(scenario),
            "ratification": ratification(scenario),
        },
    }


def played(date: DecisionDate) -> dict[str, Any]:
    """Return a deadline as plain data: lists, and lengths in days as keys of text, as in JSON."""
    lengths = {f"{days:g}": chance for days, chance in date.lengths.items()}
    plain = asdict(date)
    return plain | {"demands": list(plain["demands"]), "lengths": lengths}


def game_table(game: Game, precisions: Pair) -> dict[str, Any]:
    """Return the analysis of a 2x2 game as plain data.

    Parameters
    ----------
    game : Game
        Two actions a side, the cooperative one first.
    precisions : tuple of float
        Logit precision of the row and of the column player, per payoff unit.

    Returns
    -------
    dict
        ``actions`` (of each player); ``payoffs`` (of each player, rows are the first player's
        actions); ``class``, ``because`` and ``classes`` (as each player sees the game);
        ``dominated`` actions; ``best_responses`` of each player by the other's action;
        ``equilibria`` (mixtures and payoffs); ``degenerate``; ``close_call`` (a sentence where
        payoffs that differ in their last digits counted as equal, or ""); ``risk_dominant`` and
        ``payoff_dominant`` (a pair of actions or None); ``logit``, the quantal responses at 0 to
        4 times the precisions.

    Examples
    --------
    >>> dilemma = Game([[3, 0], [5, 1]], [[3, 5], [0, 1]], rows=("keep", "break"),
    ...                columns=("keep", "break"))
    >>> table = game_table(dilemma, (1.0, 1.0))
    >>> table["class"], table["dominated"]["us"], table["best_responses"]["us"]["keep"]
    ("prisoner's dilemma", ['keep'], ['break'])
    """
    first, second = game.players
    names = {first: list(game.rows), second: list(game.columns)}
    other = {first: second, second: first}

    def pair(cell: tuple[int, int] | None) -> list[str] | None:
        return None if cell is None else [game.rows[cell[0]], game.columns[cell[1]]]

    kind = game.game_class
    return {
        "actions": names,
        "payoffs": {first: game.A.tolist(), second: game.B.tolist()},
        "class": kind.name,
        "because": kind.because,
        "classes": {first: kind.row, second: kind.column},
        "dominated": {
            player: [names[player][k] for k in game.dominated(player)] for player in names
        },
        "best_responses": {
            player: {
                names[other[player]][j]: [names[player][k] for k in best]
                for j, best in enumerate(game.best_responses(player))
            }
            for player in names
        },
        "equilibria": [
            {first: list(e.row), second: list(e.column), "payoffs": list(e.payoffs)}
            for e in game.equilibria()
        ],
        "degenerate": game.degenerate,
        "close_call": game.close_call,
        "risk_dominant": pair(game.risk_dominant),
        "payoff_dominant": pair(game.payoff_dominant),
        "logit": logit_responses(game, precisions),
    }


def logit_responses(
    game: Game, precisions: Pair, factors: tuple[float, ...] = FACTORS
) -> list[dict[str, Any]]:
    """Return the quantal responses of two players at multiples of their precisions.

    A multiple to which the branch from indifference cannot be followed is left out.

    Notes
    -----
    Only precision times payoff counts, so each side's payoffs are measured in units of its own
    noise and one precision serves for both.

    Examples
    --------
    >>> game = Game([[3, 0], [5, 1]], [[3, 5], [0, 1]])
    >>> logit_responses(game, (1.0, 1.0), (0.0,))
    [{'times_precision': 0.0, 'us': [0.5, 0.5], 'china': [0.5, 0.5]}]
    """
    first, second = game.players
    own, other = precisions[0] * game.A, precisions[1] * game.B
    found = []
    for factor in factors:
        try:
            p, q = quantal_response(own, other, precision=factor)
        except ArithmeticError:
            continue
        found.append({"times_precision": factor, first: p.tolist(), second: q.tolist()})
    return found


def solutions_table(scenario: Scenario) -> dict[str, Any]:
    """Return the frontier and the bargaining solutions of a scenario's packages.

    Returns
    -------
    dict
        ``disagreement``, a utility pair; ``solutions``, of ``nash``, ``nash_weighted``,
        ``kalai_smorodinsky``, ``egalitarian`` and ``utilitarian`` the utilities ``us`` and
        ``china``, the ``gains`` over disagreement, the ``package`` (how far each issue is
        conceded, None where nothing is acceptable to both), the ``residual`` of the optimality
        conditions and ``is_global``, false where the gains are not concave and the package is the
        best of a search from several starts; ``weights``, those of ``nash_weighted``;
        ``frontier``, utility pairs by rising utility of the US. All in $bn a year over the
        truce, as both sides expect them on the first day.

    Examples
    --------
    >>> from negotiation.scenario import Scenario
    >>> table = solutions_table(Scenario.load("split-the-pie"))
    >>> [round(gain, 6) for gain in table["solutions"]["nash"]["gains"]]
    [0.5, 0.5]
    """
    problem, weights = bargaining_problem(scenario), power(scenario)
    found = {
        "nash": nash_solution(problem),
        "nash_weighted": nash_solution(problem, weights=weights),
        "kalai_smorodinsky": kalai_smorodinsky(problem),
        "egalitarian": egalitarian(problem),
        "utilitarian": utilitarian(problem),
    }
    issues = list(scenario.issues)
    return {
        "unit": measure(scenario),
        "disagreement": list(problem.disagreement),
        "weights": list(weights),
        "solutions": {name: as_data(solution, issues) for name, solution in found.items()},
        "frontier": np.unique(pareto_frontier(problem, points=FRONTIER_POINTS), axis=0).tolist(),
    }


def as_data(solution: Solution, issues: list[str]) -> dict[str, Any]:
    """Return a solution as plain data."""
    z = solution.package
    return {
        "us": solution.us,
        "china": solution.china,
        "gains": list(solution.gains),
        "package": None if z is None else dict(zip(issues, map(float, z), strict=True)),
        "residual": solution.residual,
        "is_global": solution.is_global,
    }


def power(scenario: Scenario) -> Pair:
    """Return the bargaining power that patience gives, the US first; it sums to 1.

    Notes
    -----
    With offers ever more frequent the alternating-offers game picks the Nash solution in which
    a side's weight is the other's share of the discount rates (Binmore, Rubinstein and Wolinsky
    1986, doi:10.2307/2555382). If neither side discounts, both have the same weight.

    Examples
    --------
    >>> from negotiation.scenario import Scenario
    >>> patient = Scenario.load("split-the-pie").replace(
    ...     {"us.patience": 0.81, "china.patience": 0.9})
    >>> tuple(round(weight, 6) for weight in power(patient))
    (0.333333, 0.666667)
    """
    us, china = (-math.log(side.patience.value) for side in (scenario.us, scenario.china))
    total = us + china
    return (china / total, us / total) if total > 0.0 else (0.5, 0.5)
