"""Logit equilibrium of a game in extensive form: every information set errs on its own.

At each information set an agent of its player takes better actions more often, with probabilities
proportional to ``exp(precision payoff)``, where the payoff is the one expected there, given how
likely its nodes are and how everyone plays on (McKelvey and Palfrey 1998,
doi:10.1023/A:1009905800005). As in :mod:`negotiation.theory.logit_response` the branch that starts
from coin tossing is followed to the precision asked for (Turocy 2010,
doi:10.1007/s00199-009-0443-3).
"""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from negotiation.errors import InputError
from negotiation.theory.allowed import within
from negotiation.theory.frontier import Floats
from negotiation.theory.game_tree import ExtensiveGame
from negotiation.theory.logit_response import branch, softmax
from negotiation.theory.tree_strategies import Behaviour

MOST_NODES = 500
MOST_ACTIONS = 60


def agent_quantal_response(game: ExtensiveGame, *, precision: float) -> Behaviour:
    """Return the agent logit equilibrium on the branch that starts at precision 0.

    Parameters
    ----------
    game : ExtensiveGame
        Of up to 500 nodes, with up to 60 actions at all information sets together.
    precision : float
        Per payoff unit, not negative; 0 is a toss-up everywhere.

    Returns
    -------
    Behaviour
        ``.chances`` of the actions by information set, and the expected ``.payoffs``.

    Raises
    ------
    InputError
        If the tree is too large, a player forgets what it knew or did, or the branch cannot be
        followed so far.

    Examples
    --------
    >>> from negotiation.theory.game_tree import Decision, End
    >>> entry = ExtensiveGame(Decision("us", {
    ...     "stay out": End((0, 2)),
    ...     "enter": Decision("china", {"fight": End((-1, -1)), "share": End((1, 1))})}))
    >>> play = agent_quantal_response(entry, precision=1.0)
    >>> round(play.chances["enter"]["share"], 3), round(play.chances["start"]["enter"], 3)
    (0.881, 0.682)
    """
    within("[0, inf)", precision=precision)
    game.own_past  # noqa: B018  (refuses what is forgotten)
    system = _System(game)
    if len(game.nodes) > MOST_NODES or len(system.even) > MOST_ACTIONS:
        raise InputError(
            f"game: {len(game.nodes):,} nodes, {len(system.even):,} actions; allowed: up to"
            f" {MOST_NODES} and {MOST_ACTIONS}."
        )
    end = precision * system.unit
    if not end < np.inf:
        raise InputError("precision: payoffs times precision are not finite; allowed: less.")
    try:
        points = (
            [system.even]
            if min(end, len(system.even)) < 1e-12
            else branch(system, system.even, end)
        )
    except (ArithmeticError, np.linalg.LinAlgError):  # where a node is reached with chance 1e-300
        points = None
    if points is None:
        raise InputError(f"precision = {precision!r}: the branch is lost; allowed: a lower one.")
    x = np.maximum(points[-1][: len(system.even)], 0.0)
    values, _ = system.values(x)
    chances = {
        mine.name: dict(zip(mine.actions, x[part].tolist(), strict=True))
        for mine, part in zip(game.information_sets, system.parts, strict=True)
    }
    us, china = (values[0] * system.unit + system.middle).tolist()
    return Behaviour(chances, (us, china))


class _System:
    """The residuals of the agents' responses and their Jacobian, as `branch` wants them."""

    def __init__(self, game: ExtensiveGame) -> None:
        self.game = game
        sizes = [len(mine.actions) for mine in game.information_sets]
        starts = np.cumsum([0, *sizes])
        self.parts = [slice(a, b) for a, b in zip(starts[:-1], starts[1:], strict=True)]
        self.even = np.concatenate([np.full(k, 1.0 / k) for k in sizes] or [np.zeros(0)])
        self.ways = [self._ways(mine.nodes) for mine in game.information_sets]
        ends = np.array([n.payoffs for n in game.nodes if n.payoffs is not None], dtype=float)
        low, high = ends.min(axis=0), ends.max(axis=0)
        self.middle = 0.5 * (low + high)
        # in this unit a probability changes by at most 1 per unit of precision
        self.unit = 0.25 * float((high - low).max()) or 1.0
        self.ends = {
            at: (np.array(node.payoffs, dtype=float) - self.middle) / self.unit
            for at, node in enumerate(game.nodes)
            if node.payoffs is not None
        }

    def values(self, x: Floats) -> tuple[Floats, Floats]:
        """Return what each node is worth to both players, and the derivatives of that in x."""
        nodes, k = self.game.nodes, len(self.even)
        worth, slopes = np.zeros((len(nodes), 2)), np.zeros((len(nodes), 2, k))
        for at in range(len(nodes) - 1, -1, -1):
            node = nodes[at]
            if at in self.ends:
                worth[at] = self.ends[at]
                continue
            below = node.children
            shares = self._shares(at, x)
            worth[at] = shares @ worth[below]
            slopes[at] = np.tensordot(shares, slopes[below], axes=1)
            if node.known >= 0:
                slopes[at][:, self.parts[node.known]] += worth[below].T
        return worth, slopes

    def _shares(self, at: int, x: Floats) -> Floats:
        node = self.game.nodes[at]
        if node.known >= 0:
            return x[self.parts[node.known]]
        return np.array([float(self.game.nodes[child].chance) for child in node.children])

    def beliefs(self, number: int, x: Floats) -> tuple[Floats, Floats]:
        """Return how likely an information set's nodes are, and the derivatives of that in x."""
        found, slopes = [], np.zeros((len(self.ways[number]), len(self.even)))
        for row, (chance, taken) in enumerate(self.ways[number]):
            found.append(chance * np.prod(x[taken]))
            for k in taken:
                slopes[row, k] = chance * np.prod([x[j] for j in taken if j != k])
        total = sum(found)
        if not total > 0.0:
            raise FloatingPointError
        belief = np.array(found) / total
        return belief, (slopes - belief[:, None] * slopes.sum(axis=0)) / total

    def _ways(self, nodes: list[int]) -> list[tuple[float, list[int]]]:
        """Return by node the chance of what leads there and the actions, less those of all."""
        ways = []
        for at in nodes:
            chance, taken = Fraction(1), set()
            while (node := self.game.nodes[at]).parent >= 0:
                chance *= node.chance
                at = node.parent
                if self.game.nodes[at].known >= 0:
                    taken.add(self.parts[self.game.nodes[at].known].start + node.move)
            ways.append((float(chance), taken))
        shared = set.intersection(*(taken for _, taken in ways))
        return [(chance, sorted(taken - shared)) for chance, taken in ways]

    def __call__(self, x: Floats) -> tuple[Floats, Floats]:
        """Return the residuals and their Jacobian at x = (probabilities, precision)."""
        chances, precision, k = x[:-1], x[-1], len(self.even)
        worth, worth_slopes = self.values(chances)
        gap, jacobian = np.zeros(k), np.zeros((k, k + 1))
        jacobian[:, :k] = np.eye(k)
        for number, mine in enumerate(self.game.information_sets):
            part, player = self.parts[number], mine.player
            belief, belief_slopes = self.beliefs(number, chances)
            below = np.array([self.game.nodes[node].children for node in mine.nodes])
            gains = belief @ worth[below, player]
            gain_slopes = np.tensordot(belief, worth_slopes[below, player], axes=1)
            gain_slopes += worth[below, player].T @ belief_slopes
            answer = softmax(precision * gains)
            spread = np.diag(answer) - np.outer(answer, answer)
            gap[part] = chances[part] - answer
            jacobian[part, :k] -= precision * spread @ gain_slopes
            jacobian[part, k] = -spread @ gains
        return gap, jacobian
