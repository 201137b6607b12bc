"""The normal form of a game in extensive form, and the way back from mixtures to behaviour.

A strategy says what to do wherever a player may come by following it; where its own earlier
actions rule that out it says nothing (the reduced normal form). With perfect recall every mixture
of strategies does the same as choosing at random at each information set (Kuhn 1953).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import product
from typing import NamedTuple

import numpy as np

from negotiation.errors import InputError
from negotiation.theory.frontier import Floats
from negotiation.theory.game_tree import ExtensiveGame
from negotiation.theory.games import Game
from negotiation.theory.solution import Pair
from negotiation.theory.whole_numbers import Whole

MOST_STRATEGIES = 1_000
MOST_TAKEN = 500_000  # actions on the way to all nodes: half a second
WORK = 20_000_000  # products of whole numbers: some seconds

Strategy = dict[int, int]  # by number of the information set, that of the action
Payoffs = tuple[Fraction, Fraction]


class Behaviour(NamedTuple):
    """What everyone does in a game in extensive form.

    Attributes
    ----------
    chances : dict of str to dict of str to float
        By information set, the chance of each action.
    payoffs : tuple of float
        Expected, of both players.
    """

    chances: dict[str, dict[str, float]]
    payoffs: Pair


class Stage:
    """The part of a game below a node, some parts further below replaced by what they are worth.

    Parameters
    ----------
    game : ExtensiveGame
    root : int
        Number of its first node.
    worth : dict of int to pair of Fraction
        By node, instead of what follows there.

    Attributes
    ----------
    ends : list of (pair of Fraction, Fraction, Strategy)
        Payoffs, how likely chance makes them, and both players' actions that lead there.
    sets : pair of list of int
        Both players' information sets in it.
    """

    def __init__(self, game: ExtensiveGame, root: int, worth: dict[int, Payoffs]) -> None:
        self.game = game
        self.ends: list[tuple[Payoffs, Fraction, Strategy]] = []
        sets: tuple[set[int], set[int]] = (set(), set())
        waiting: list[tuple[int, Fraction, Strategy]] = [(root, Fraction(1), {})]
        taken = 0
        while waiting:
            at, chance, done = waiting.pop()
            taken += len(done)
            if taken > MOST_TAKEN:
                raise InputError(
                    "game: too many plays of too many actions; allowed: a smaller tree."
                    f"{look_ahead(game)}"
                )
            node = game.nodes[at]
            payoffs = worth.get(at, node.payoffs)
            if payoffs is not None:
                self.ends.append((payoffs, chance, done))
                continue
            if node.known >= 0:
                sets[game.information_sets[node.known].player].add(node.known)
            for child in node.children:
                after = game.nodes[child]
                then = done if node.known < 0 else {**done, node.known: after.move}
                waiting.append((child, chance * after.chance, then))
        self.sets = sorted(sets[0]), sorted(sets[1])

    def strategies(self, player: int) -> list[Strategy]:
        """Return the strategies of a player in the reduced normal form."""
        mine = self.sets[player]
        after: dict[tuple[int, int] | None, list[int]] = {}
        for number in mine:
            past = self.game.own_past[number]
            after.setdefault(past if past and past[0] in mine else None, []).append(number)
        counts: dict[tuple[int, int] | None, int] = {}
        for past in [
            *((n, a) for n in reversed(mine) for a in range(self._actions(n))), None,
        ]:  # fmt: skip
            counts[past] = math.prod(
                sum(counts[number, action] for action in range(self._actions(number)))
                for number in after.get(past, [])
            )
        if counts[None] > MOST_STRATEGIES:
            raise InputError(
                f"game: {self.game.players[player]} has {_many(counts[None])} strategies; allowed:"
                f" {MOST_STRATEGIES:,}.{look_ahead(self.game)}"
            )
        lists: dict[tuple[int, int] | None, list[Strategy]] = {}
        for past in counts:
            choices = [
                [{number: action} | more for action in range(self._actions(number))
                 for more in lists[number, action]]
                for number in after.get(past, [])
            ]  # fmt: skip
            lists[past] = [
                {n: a for part in parts for n, a in part.items()} for parts in product(*choices)
            ]
        return lists[None]

    def _actions(self, number: int) -> int:
        return len(self.game.information_sets[number].actions)

    def payoffs(self, rows: Sequence[Strategy], columns: Sequence[Strategy]) -> list[Floats]:
        """Return both players' payoffs by pair of strategies, rounded once."""
        ends = self.ends
        if len(rows) * len(columns) * len(ends) > WORK:
            raise InputError(
                f"game: {len(rows)} by {len(columns)} strategies and {len(ends)} ends are too"
                f" many; allowed: a smaller tree.{look_ahead(self.game)}"
            )
        reached: list[Whole] = []
        for player, strategies in enumerate((rows, columns)):
            mine = set(self.sets[player])
            needs = [{n: a for n, a in done.items() if n in mine}.items() for _, _, done in ends]
            reached.append(
                np.array([[need <= s.items() for need in needs] for s in strategies], dtype=object)
            )
        tables = []
        for k in (0, 1):
            stakes = [chance * payoffs[k] for payoffs, chance, _ in ends]
            below = math.lcm(*(stake.denominator for stake in stakes))
            whole = np.array([int(stake * below) for stake in stakes], dtype=object)
            table = (reached[0] * whole) @ reached[1].T
            tables.append(np.array([[total / below for total in row] for row in table.tolist()]))
        return tables


def look_ahead(game: ExtensiveGame) -> str:
    """Return what else may be asked of a tree that is too large, if anything, as a sentence."""
    known = " Everybody knows where it is, so ask for backward_induction(game)."
    return known if game.perfect_information else ""


def _many(number: int) -> str:
    return f"{number:,}" if number < 10**9 else "more than a billion"


def normal_form(game: ExtensiveGame) -> Game:
    """Return the reduced normal form of a game in extensive form.

    Parameters
    ----------
    game : ExtensiveGame

    Returns
    -------
    Game
        Each strategy is named by its actions, information set by information set, with a star where
        the strategy itself does not lead.

    Raises
    ------
    InputError
        If a player forgets what it knew or did, or there are too many strategies.

    Examples
    --------
    >>> from negotiation.theory.game_tree import Decision, End
    >>> entry = ExtensiveGame(Decision("us", {
    ...     "stay out": End((0, 2)),
    ...     "enter": Decision("china", {"fight": End((-1, -1)), "share": End((1, 1))})}))
    >>> game = normal_form(entry)
    >>> game.rows, game.columns, game.A.tolist()
    (('stay out', 'enter'), ('fight', 'share'), [[0.0, 0.0], [-1.0, 1.0]])
    """
    stage = Stage(game, 0, {})
    both = [stage.strategies(player) for player in (0, 1)]
    rows, columns = (
        tuple(_label(game, stage.sets[player], strategy) for strategy in both[player])
        for player in (0, 1)
    )
    A, B = stage.payoffs(*both)
    return Game(A, B, rows, columns, game.players)


def _label(game: ExtensiveGame, sets: Sequence[int], strategy: Strategy) -> str:
    words = [
        game.information_sets[n].actions[strategy[n]] if n in strategy else "*" for n in sets
    ]  # fmt: skip
    return "/".join(words) or "-"


def behaviour(
    stage: Stage, player: int, strategies: Sequence[Strategy], mixture: Sequence[float]
) -> dict[int, tuple[float, ...]]:
    """Return the chance of each action by information set; even ones where a mixture never comes.

    Parameters
    ----------
    stage : Stage
    player : int
    strategies : sequence of Strategy
        Those that are mixed.
    mixture : sequence of float
        Their chances.
    """
    found = {}
    for number in stage.sets[player]:
        chances = [0.0] * len(stage.game.information_sets[number].actions)
        for strategy, weight in zip(strategies, mixture, strict=True):
            if number in strategy:
                chances[strategy[number]] += weight
        total = sum(chances)
        found[number] = tuple(c / total if total > 0.0 else 1.0 / len(chances) for c in chances)
    return found
