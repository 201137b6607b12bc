"""A game of two by two as plain data: what theory says about it, under fixed keys."""

from __future__ import annotations

from typing import Any

from negotiation.theory.games import Game
from negotiation.theory.logit_response import quantal_response
from negotiation.theory.solution import Pair

FACTORS = (0.0, 0.25, 0.5, 1.0, 2.0, 4.0)


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
        ``equilibria`` (mixtures and payoffs); ``degenerate``; ``risk_dominant`` and
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
