"""All that a textbook says about a scenario before anything is simulated, as plain data.

Keys, stable:

================= ==========================================================================
``scenario``      its name
``policy_points`` payoffs by side and stance at the truce, the suspended points, the peak
``deadline_game`` the first deadline type by type, as the model plays it
``games``         ``deadline``, ``tariffs``, ``provocation``: `game_table`, or None
``bargaining``    `solutions_table`: frontier and solutions
``thresholds``    ``enforcement``, ``patience``, ``standoff``, ``ratification``
================= ==========================================================================
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from negotiation.analysis.deadline_game import DeadlineGame, deadline_game
from negotiation.analysis.game_table import game_table
from negotiation.analysis.policy_points import policy_points
from negotiation.analysis.ratification import ratification
from negotiation.analysis.solutions_table import solutions_table
from negotiation.analysis.stage_games import stage_games
from negotiation.analysis.thresholds import enforcement, patience, standoff
from negotiation.scenario import Scenario


def theory_table(scenario: Scenario) -> dict[str, Any]:
    """Return what theory says about a scenario, uncertain numbers at their central values.

    Examples
    --------
    >>> from negotiation.scenario import Scenario
    >>> table = theory_table(Scenario.load("split-the-pie"))
    >>> sorted(table)
    ['bargaining', 'deadline_game', 'games', 'policy_points', 'scenario', 'thresholds']
    """
    precisions = scenario.us.precision.value, scenario.china.precision.value
    deadline = deadline_game(scenario)
    return {
        "scenario": scenario.name,
        "policy_points": asdict(policy_points(scenario)),
        "deadline_game": deadline and type_by_type(deadline),
        "games": {
            name: game and game_table(game, precisions)
            for name, game in stage_games(scenario).items()
        },
        "bargaining": solutions_table(scenario),
        "thresholds": {
            "enforcement": enforcement(scenario),
            "patience": patience(scenario),
            "standoff": standoff(scenario),
            "ratification": ratification(scenario),
        },
    }


def type_by_type(deadline: DeadlineGame) -> dict[str, Any]:
    """Return the deadline as data: the average game, and how each private type plays it."""
    game = deadline.game
    return {
        "actions": list(game.rows),
        "payoffs": {"us": game.A.tolist(), "china": game.B.tolist()},
        "class": game.game_class.name,
        "because": game.game_class.because,
        "equilibria": [
            {"us": list(e.row), "china": list(e.column), "payoffs": list(e.payoffs)}
            for e in game.equilibria()
        ],
        "degenerate": game.degenerate,
        "logit": {"us": deadline.holds_out[0], "china": deadline.holds_out[1]},
        "types": [asdict(play) for play in deadline.types],
    }
