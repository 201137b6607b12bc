"""Threats that would be carried out: backward induction and subgame-perfect equilibrium.

A strategy that is part of an equilibrium may threaten with what its player would not do if it came
to that. Equilibrium is therefore asked for in every part of the game that can be looked at alone
(Selten 1965; Selten 1975, doi:10.1007/BF01766400), from the ends backwards. With perfect
information every decision is such a part, and the best action is taken at each (Kuhn 1953).
"""

from __future__ import annotations

from collections.abc import Container
from fractions import Fraction
from itertools import product
from typing import Any, NamedTuple

from negotiation.errors import InputError
from negotiation.theory.best_replies import equal
from negotiation.theory.equilibria import CLOSE_CALL, Equilibria, extreme_equilibria
from negotiation.theory.game_tree import ExtensiveGame
from negotiation.theory.solution import Pair
from negotiation.theory.tree_strategies import Behaviour, Payoffs, Stage, behaviour, look_ahead

MOST_EQUILIBRIA = 500
WORK = 1_000_000  # subgames times information sets: a second or so

Solved = tuple[dict[int, tuple[float, ...]], Payoffs]  # chances by information set, and worth


class BackwardInduction(NamedTuple):
    """What is played when everyone looks ahead.

    Attributes
    ----------
    moves : dict of str to str
        The action at each decision.
    path : tuple of str
        The actions that are taken, up to the first move of chance.
    payoffs : tuple of float
        Expected, of both players.
    unique : bool
        Whether no player was indifferent; where it was, the first of its best actions was taken.
    close_call : str
        A sentence where payoffs counted as equal that differ in their last digits, or "".
    """

    moves: dict[str, str]
    path: tuple[str, ...]
    payoffs: Pair
    unique: bool
    close_call: str


class SubgamePerfectEquilibria(NamedTuple):
    """Subgame-perfect equilibria.

    Attributes
    ----------
    found : tuple of Behaviour
    degenerate : bool
        Whether mixtures of equilibria of some subgame may be equilibria too, beyond those listed.
    close_call : str
        A sentence where payoffs counted as equal that differ in their last digits, or "".
    """

    found: tuple[Behaviour, ...]
    degenerate: bool
    close_call: str


def backward_induction(game: ExtensiveGame) -> BackwardInduction:
    """Return what players do who know where they are and look ahead.

    Parameters
    ----------
    game : ExtensiveGame
        Of perfect information.

    Raises
    ------
    InputError
        If a player does not know where it is; ask for `subgame_perfect` then.

    Examples
    --------
    An incumbent threatens to fight, and would not:

    >>> from negotiation.theory.game_tree import Decision, End
    >>> entry = ExtensiveGame(Decision("us", {
    ...     "stay out": End((0, 2)),
    ...     "enter": Decision("china", {"fight": End((-1, -1)), "share": End((1, 1))})}))
    >>> plan = backward_induction(entry)
    >>> plan.path, plan.payoffs, plan.unique
    (('enter', 'share'), (1.0, 1.0), True)
    """
    if not game.perfect_information:
        raise InputError(
            "game: a player does not always know where it is; backward induction needs that it"
            " does. Ask for subgame_perfect(game)."
        )
    worth: dict[int, Payoffs] = {}
    best: dict[int, int] = {}
    unique, close_call = True, ""
    for at in range(len(game.nodes) - 1, -1, -1):
        node = game.nodes[at]
        if node.payoffs is not None:
            worth[at] = node.payoffs
        elif node.known < 0:
            pairs = [(game.nodes[k].chance, worth[k]) for k in node.children]
            us, china = (sum((p * w[k] for p, w in pairs), Fraction(0)) for k in (0, 1))
            worth[at] = us, china
        else:
            player = game.information_sets[node.known].player
            values = [float(worth[k][player]) for k in node.children]
            most = max(values)
            ties = [k for k, value in enumerate(values) if equal(value, most)]
            unique = unique and len(ties) == 1
            if any(values[k] != most for k in ties):
                close_call = CLOSE_CALL
            best[at] = node.children[ties[0]]
            worth[at] = worth[best[at]]
    moves = {
        mine.name: mine.actions[game.nodes[best[mine.nodes[0]]].move]
        for mine in game.information_sets
    }
    path, at = [], 0
    while at in best:
        path.append(moves[game.information_sets[game.nodes[at].known].name])
        at = best[at]
    us, china = worth[0]
    return BackwardInduction(moves, tuple(path), (float(us), float(china)), unique, close_call)


def subgames(game: ExtensiveGame) -> list[int]:
    """Return the nodes at which a subgame begins, the first one of the game included.

    Below such a node nobody needs to know what happened elsewhere.

    Examples
    --------
    >>> from negotiation.theory.game_tree import Decision, End
    >>> then = {"left": End((1, 1)), "right": End((0, 0))}
    >>> hidden = Decision("us", {k: Decision("china", then, knows="?") for k in ("up", "down")})
    >>> subgames(ExtensiveGame(Decision("us", {"in": hidden, "out": End((2, 2))})))
    [0, 1]
    """
    first, last = list(range(len(game.nodes))), list(range(len(game.nodes)))
    found = []
    for at in range(len(game.nodes) - 1, -1, -1):
        node = game.nodes[at]
        if node.known >= 0:
            mine = game.information_sets[node.known].nodes
            first[at], last[at] = mine[0], mine[-1]
        for child in node.children:
            first[at], last[at] = min(first[at], first[child]), max(last[at], last[child])
        if node.children and first[at] >= at and last[at] <= node.last:
            alone = node.known < 0 or len(game.information_sets[node.known].nodes) == 1
            found += [at] * alone
    return found[::-1] if found[-1:] == [0] else [0, *found[::-1]]


def subgame_perfect(game: ExtensiveGame) -> SubgamePerfectEquilibria:
    """Return the equilibria that are equilibria in every subgame.

    Parameters
    ----------
    game : ExtensiveGame

    Returns
    -------
    SubgamePerfectEquilibria
        Every combination of the extreme equilibria of the subgames.

    Raises
    ------
    InputError
        If a player forgets what it knew or did, or there are too many strategies or equilibria.

    Examples
    --------
    After entering, both choose at once, as in a battle of the sexes:

    >>> from negotiation.theory.game_tree import Decision, End
    >>> def china(left, right):
    ...     return Decision("china", {"left": End(left), "right": End(right)}, knows="at once")
    >>> entry = ExtensiveGame(Decision("us", {"out": End((2, 2)), "in": Decision("us", {
    ...     "up": china((3, 1), (0, 0)), "down": china((0, 0), (1, 3))})}))
    >>> for found in subgame_perfect(entry).found:
    ...     print(found.payoffs, found.chances["start"], found.chances["at once"])
    (2.0, 2.0) {'out': 1.0, 'in': 0.0} {'left': 0.0, 'right': 1.0}
    (3.0, 1.0) {'out': 0.0, 'in': 1.0} {'left': 1.0, 'right': 0.0}
    (2.0, 2.0) {'out': 1.0, 'in': 0.0} {'left': 0.25, 'right': 0.75}
    """
    game.own_past  # noqa: B018  (refuses what is forgotten)
    roots = subgames(game)
    if len(roots) * len(game.information_sets) > WORK:
        raise InputError(
            f"game: {len(roots):,} subgames are too many; allowed: fewer.{look_ahead(game)}"
        )
    solved: dict[int, list[Solved]] = {}
    degenerate, close_call = False, ""
    for root in reversed(roots):
        inside = _inside(game, root, solved)
        solutions: dict[tuple[Any, ...], Solved] = {}
        for choice in product(*(solved[k] for k in inside)):
            stage = Stage(game, root, {k: w for k, (_, w) in zip(inside, choice, strict=True)})
            mixed, listed = _stage_equilibria(stage)
            degenerate |= listed.degenerate
            close_call = close_call or listed.close_call
            below = {n: p for chances, _ in choice for n, p in chances.items()}
            for chances, worth in mixed:
                everything = below | chances
                # different mixtures may be the same behaviour
                key = tuple(round(p, 9) for n in sorted(everything) for p in everything[n])
                solutions.setdefault(key, (everything, worth))
            if len(solutions) > MOST_EQUILIBRIA:
                raise InputError(
                    f"game: more than {MOST_EQUILIBRIA} subgame-perfect equilibria; allowed: fewer."
                )
        solved[root] = list(solutions.values())
    return SubgamePerfectEquilibria(
        tuple(
            Behaviour(
                {
                    mine.name: dict(zip(mine.actions, chances[number], strict=True))
                    for number, mine in enumerate(game.information_sets)
                },
                (float(worth[0]), float(worth[1])),
            )
            for chances, worth in solved[0]
        ),
        degenerate,
        close_call,
    )


def _inside(game: ExtensiveGame, root: int, solved: Container[int]) -> list[int]:
    """Return the first subgames that are met below a node."""
    found, waiting = [], list(game.nodes[root].children)
    while waiting:
        at = waiting.pop()
        if at in solved:
            found.append(at)
        else:
            waiting += game.nodes[at].children
    return sorted(found)


def _stage_equilibria(stage: Stage) -> tuple[list[Solved], Equilibria]:
    rows, columns = stage.strategies(0), stage.strategies(1)
    A, B = stage.payoffs(rows, columns)
    equilibria = extreme_equilibria(A, B)
    found = []
    for e in equilibria:
        chances = behaviour(stage, 0, rows, e.row) | behaviour(stage, 1, columns, e.column)
        found.append((chances, (Fraction(e.payoffs[0]), Fraction(e.payoffs[1]))))
    return found, equilibria
