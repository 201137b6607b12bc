"""Games of two by two for the Game tab, and the bargaining problem of the whole agenda.

The first deadline is a game on a tree with private types. Here it is the two ways to play it that a
class argues about: give way (settle evenly, accept an even word, give in to a demand) or hold
out (demand, and refuse), each all the way through; payoffs are the means over who speaks first, and
over the types or between two ordinary sides. So it is the same game, with less to choose from.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np

from negotiation.analysis.decision_date import RESOLVES, deadline_tree
from negotiation.analysis.stage_games import stage_games
from negotiation.lab.remembering import Remembered
from negotiation.scenario import Scenario
from negotiation.theory.bargaining_solutions import (
    egalitarian,
    kalai_smorodinsky,
    nash_solution,
    utilitarian,
)
from negotiation.theory.game_tree import Chance, End
from negotiation.theory.games import Game
from negotiation.theory.logit_response import logit_path
from negotiation.words.language import marked

GIVE_WAY, HOLD_OUT = "give way", "hold out"
SOFT = {"even", "accept", "give in"}  # the actions of who gives way
PRECISION, ROWS = 3.0, 60  # of the logit picture, over the size of the payoffs
FRONTIER = 41  # points


def deadline(scenario: Scenario, *, ordinary: bool = False) -> Game | None:
    """Return the first deadline as a game of two by two, $bn against an even truce.

    With ``ordinary`` neither side is resolute, and both know it.

    Examples
    --------
    >>> game = deadline(Scenario.load("stockholm-2025"))
    >>> game.rows, float(game.A[0, 0]), game.pure_equilibria
    (('give way', 'hold out'), 0.0, ((0, 0),))
    >>> deadline(Scenario.load("split-the-pie")) is None
    True
    """
    if scenario.calendar.truce_expires is None:
        return None
    root, sides = deadline_tree(scenario).root, scenario.sides
    if ordinary and isinstance(root, Chance):
        kept = {k: v for k, v in root.after.items() if RESOLVES[1] not in k}
        total = sum(float(p) for p, _ in kept.values())
        root = Chance({k: (float(p) / total, tree) for k, (p, tree) in kept.items()})
    ways = (True, False)
    worth = np.array([[_worth(root, dict(zip(sides, (a, b), strict=True))) for b in ways]
                      for a in ways])  # fmt: skip
    actions = (GIVE_WAY, HOLD_OUT)
    return Game(worth[:, :, 0], worth[:, :, 1], actions, actions, sides)


def _worth(node: Any, soft: dict[str, bool]) -> tuple[float, float]:
    """Return what a tree is worth to both, where each player gives way or never does."""
    if isinstance(node, End):
        return float(node.payoffs[0]), float(node.payoffs[1])
    if isinstance(node, Chance):
        parts = [(float(p), _worth(tree, soft)) for p, tree in node.after.values()]
        return sum(p * x[0] for p, x in parts), sum(p * x[1] for p, x in parts)
    chosen = next(a for a in node.after if (a in SOFT) == soft[node.player])
    return _worth(node.after[chosen], soft)


def games(scenario: Scenario, payoffs: tuple[float, ...]) -> dict[str, Game | None]:
    """Return the games of the tab by name; None for one that the scenario does not have.

    Examples
    --------
    >>> found = games(Scenario.load("split-the-pie"), (0.0, -5, 5, -90, 0, 5, -5, -30))
    >>> [name for name, game in found.items() if game is not None], found["own"].game_class.name
    (['own'], 'Chicken')
    """
    a = np.array(payoffs).reshape(2, 2, 2)
    own = Game(a[0], a[1], ("first", "second"), ("first", "second"), scenario.sides)
    return {
        "deadline": deadline(scenario),
        "ordinary": deadline(scenario, ordinary=True),
        **stage_games(scenario),
        "own": own,
    }


def expected(game: Game, mix: tuple[float, float]) -> tuple[float, float]:
    """Return both players' expected payoffs, each playing its second action with a chance.

    Examples
    --------
    >>> expected(Game([[1, -1], [-1, 1]]), (0.5, 0.9))
    (0.0, 0.0)
    """
    p, q = np.array([1 - mix[0], mix[0]]), np.array([1 - mix[1], mix[1]])
    return float(p @ game.A @ q), float(p @ game.B @ q)


def replies(game: Game, mix: tuple[float, float]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the best actions of both players against the other's mixture.

    Examples
    --------
    >>> replies(Game([[1, -1], [-1, 1]]), (0.5, 0.9))
    ((1,), (0, 1))
    """
    q, p = np.array([1 - mix[1], mix[1]]), np.array([1 - mix[0], mix[0]])
    found = []
    for worth in (game.A @ q, p @ game.B):
        near = np.isclose(worth, worth.max(), rtol=1e-9, atol=1e-9)
        found.append(tuple(int(i) for i in np.flatnonzero(near)))
    return found[0], found[1]


class Logit(NamedTuple):
    """The logit equilibrium over precision: chance of the second action of either player."""

    precision: np.ndarray
    row: np.ndarray
    column: np.ndarray


def logit(game: Game) -> Logit:
    """Return the branch of logit equilibria from indifference on.

    Precision goes up to where a difference as large as the largest in the game decides nearly
    surely.

    Examples
    --------
    >>> path = logit(Game([[3, 0], [5, 1]], [[3, 5], [0, 1]]))
    >>> float(path.row[0]), bool(path.row[-1] > 0.9)
    (0.5, True)
    """
    size = max(float(np.ptp(game.A)), float(np.ptp(game.B)), 1e-9)
    precision, row, column = logit_path(game.A, game.B, precision=20 * PRECISION / size)
    return Logit(precision, row[:, 1], column[:, 1])


class Fair(NamedTuple):
    """A bargaining solution: its name, what it says in a sentence, and its utilities."""

    name: str
    sentence: str
    utilities: tuple[float, float]


class Problem(NamedTuple):
    """What both could agree on, over all issues, $bn a year, and what would be fair."""

    frontier: np.ndarray
    walk_away: tuple[float, float]
    solutions: tuple[Fair, ...]


SOLUTIONS: dict[str, tuple[Callable[..., Any], str]] = {
    marked("Nash"): (
        nash_solution, marked("makes the product of both gains as large as it can be."),
    ),
    marked("Kalai-Smorodinsky"): (
        kalai_smorodinsky,
        marked("gives both the same share of the most that each could hope for."),
    ),
    marked("Egalitarian"): (egalitarian, marked("gives both the same gain.")),
    marked("Utilitarian"): (
        utilitarian, marked("makes the sum of both gains as large as it can be."),
    ),
}  # fmt: skip


def _problem(scenario: Scenario) -> Problem:
    from negotiation.theory import bargaining_problem, pareto_frontier

    whole = bargaining_problem(scenario)
    found = tuple(
        Fair(name, sentence, solve(whole).utilities)
        for name, (solve, sentence) in SOLUTIONS.items()
    )
    walk_away = tuple(float(x) for x in whole.disagreement)
    frontier = np.array(pareto_frontier(whole, points=FRONTIER))
    return Problem(frontier, (walk_away[0], walk_away[1]), found)


problem = Remembered(_problem, most=32)  # the bargaining problem of a scenario
