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

A tree may have too many strategies for a table of payoffs. What is said of such a table is null
then, from ``actions`` to ``correlated``.
"""

from __future__ import annotations

from typing import Any

from negotiation.door import checked
from negotiation.errors import InputError
from negotiation.theory.allowed import cells_within
from negotiation.theory.best_replies import TooMany
from negotiation.theory.equilibria import Equilibrium
from negotiation.theory.game_tree import ExtensiveGame
from negotiation.theory.games import Game
from negotiation.theory.subgame_perfection import backward_induction, subgame_perfect
from negotiation.theory.tree_strategies import normal_form

MOST_CELLS = 3_600  # of a table of payoffs: a minute's work


SHOT = (
    "actions", "payoffs", "class", "because", "dominated", "equilibria", "minimax", "correlated",
)  # fmt: skip


@checked
def analyse_game(game: Game | ExtensiveGame, title: str = "") -> dict[str, Any]:
    """Return what theory says of a game, of one with a tree also on the tree.

    Parameters
    ----------
    game : Game or ExtensiveGame
    title : str

    Raises
    ------
    InputError
        If the table of payoffs has more than 3,600 cells, and there is no tree of which
        anything could be said.

    Examples
    --------
    >>> table = analyse_game(Game([[1, -1], [-1, 1]]), "matching pennies")
    >>> table["equilibria"]["found"][0]["us"], table["minimax"]["us"]["value"]
    ([0.5, 0.5], 0.0)
    """
    found = {"title": title, "players": list(game.players)}
    if isinstance(game, Game):
        return found | _shot(game) | {"tree": None}
    tree = _tree(game)
    try:
        return found | _shot(normal_form(game)) | {"tree": tree}
    except InputError:
        if not any(tree.values()):
            raise
        return found | dict.fromkeys(SHOT) | {"tree": tree}


def _shot(game: Game) -> dict[str, Any]:
    """Return what is said of a game as a table of payoffs; the keys are `SHOT`."""
    cells_within(MOST_CELLS, game.A)
    first, second = game.players
    small = game.A.shape == (2, 2)
    return {
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
    }


def _equilibria(game: Game) -> dict[str, Any]:
    try:
        found = game.equilibria()
    except TooMany:
        one, said = _mixtures(game, game.one_equilibrium()), game.pure_equilibria.close_call
        return {"all": False, "degenerate": None, "close_call": said, "found": [one]}
    return {
        "all": True,
        "degenerate": found.degenerate,
        "close_call": found.close_call,
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
    return {
        "look_ahead": look_ahead,
        "subgame_perfect": perfect._asdict() | {"found": [e._asdict() for e in perfect.found]},
    }
