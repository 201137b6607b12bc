"""All that a textbook says about one game of two players, as plain data.

Keys, stable:

=============== ===================================================================================
``title``       of the game
``players``     their names
``actions``     by player; in a game with a tree these are strategies
``payoffs``     by player, rows are the first player's actions
``class``       the name of a two-by-two game, else null
``because``     why it has that name, else null
``dominated``   by player, the actions that another one or a mixture of others always beats
``equilibria``  ``all`` (or just one, where there may be too many), ``degenerate`` (mixtures of them
                may be equilibria too), ``close_call`` (a sentence where payoffs that differ in
                their last digits counted as equal, or ""), ``found`` (mixtures and payoffs)
``minimax``     by player, what it can secure, and with which mixture; null in games too large
``correlated``  the best that a mediator can do for both (``welfare``) or for a player: `chances` of
                the cells, ``payoffs``, ``exact``, ``violation``; null in games too large
``tree``        null without one; else ``look_ahead`` (backward induction, null where a player does
                not know where it is) and ``subgame_perfect`` (null where that is too much work)
=============== ===================================================================================
"""

from __future__ import annotations

from typing import Any

from negotiation.door import checked
from negotiation.errors import InputError
from negotiation.theory.best_replies import TooMany
from negotiation.theory.equilibria import Equilibrium
from negotiation.theory.game_tree import ExtensiveGame
from negotiation.theory.games import Game
from negotiation.theory.subgame_perfection import backward_induction, subgame_perfect

MOST_ACTIONS = 60  # a minute's work


@checked
def analyse_game(game: Game, title: str = "", tree: ExtensiveGame | None = None) -> dict[str, Any]:
    """Return what theory says of a game, its tree included if it has one.

    Parameters
    ----------
    game : Game
    title : str
    tree : ExtensiveGame, optional
        That the game is the normal form of.

    Raises
    ------
    InputError
        If a player has more than 60 actions.

    Examples
    --------
    >>> table = analyse_game(Game([[1, -1], [-1, 1]]), "matching pennies")
    >>> table["equilibria"]["found"][0]["us"], table["minimax"]["us"]["value"]
    ([0.5, 0.5], 0.0)
    """
    if max(game.A.shape) > MOST_ACTIONS:
        m, n = game.A.shape
        raise InputError(f"game: {m:,} by {n:,} actions; allowed: up to {MOST_ACTIONS} a side.")
    first, second = game.players
    small = game.A.shape == (2, 2)
    return {
        "title": title,
        "players": list(game.players),
        "actions": {first: list(game.rows), second: list(game.columns)},
        "payoffs": {first: game.A.tolist(), second: game.B.tolist()},
        "class": game.game_class.name if small else None,
        "because": game.game_class.because if small else None,
        "dominated": {
            player: [names[k] for k in game.dominated(player)]
            for player, names in zip(game.players, (game.rows, game.columns), strict=True)
        },
        "equilibria": _equilibria(game),
        "minimax": _minimax(game),
        "correlated": _correlated(game),
        "tree": tree and _tree(tree),
    }


def _equilibria(game: Game) -> dict[str, Any]:
    try:
        found: tuple[Equilibrium, ...] = game.equilibria()
    except TooMany:
        one = _mixtures(game, game.one_equilibrium())
        return {"all": False, "degenerate": None, "close_call": "", "found": [one]}
    return {
        "all": True,
        "degenerate": game.degenerate,
        "close_call": game.close_call,
        "found": [_mixtures(game, e) for e in found],
    }


def _mixtures(game: Game, e: Equilibrium) -> dict[str, list[float]]:
    first, second = game.players
    return {first: list(e.row), second: list(e.column), "payoffs": list(e.payoffs)}


def _minimax(game: Game) -> dict[str, Any] | None:
    try:
        found = {player: game.minimax(player) for player in game.players}
    except InputError:
        return None
    return {player: {"value": mine.value, "own": list(mine.own)} for player, mine in found.items()}


def _correlated(game: Game) -> dict[str, Any] | None:
    try:
        found = {
            goal: game.correlated_equilibrium(maximise=goal) for goal in ("welfare", *game.players)
        }
    except InputError:
        return None
    return {
        goal: {
            "chances": best.chances.tolist(),
            "payoffs": list(best.payoffs),
            "exact": best.exact,
            "violation": best.violation,
        }
        for goal, best in found.items()
    }


def _tree(tree: ExtensiveGame) -> dict[str, Any]:
    look_ahead = backward_induction(tree)._asdict() if tree.perfect_information else None
    try:
        perfect = subgame_perfect(tree)
    except InputError:
        return {"look_ahead": look_ahead, "subgame_perfect": None}
    found = [e._asdict() for e in perfect.found]
    return {
        "look_ahead": look_ahead,
        "subgame_perfect": {"degenerate": perfect.degenerate, "found": found},
    }
