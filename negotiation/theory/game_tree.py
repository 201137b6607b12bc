"""Games in extensive form: who moves when, and knowing what.

A tree of ends, chance moves and decisions. Decisions of one player that share an information set
look the same to it, so it must choose the same there (Kuhn 1953, "Extensive games and the problem
of information"). Two players, and chance.

>>> deterrence = ExtensiveGame(Decision("entrant", {
...     "stay out": End((0, 2)),
...     "enter": Decision("incumbent", {"fight": End((-1, -1)), "share": End((1, 1))}),
... }), players=("entrant", "incumbent"))
>>> [mine.name for mine in deterrence.information_sets], deterrence.perfect_information
(['start', 'enter'], True)
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple

from negotiation.errors import InputError, UnknownName, shortened
from negotiation.seats import SEATS

MOST_NODES = 20_000
LONGEST_NAME = 6  # actions
LIKELY = 1e-9  # by how much chances given as decimals may miss 1


@dataclass(frozen=True)
class End:
    """The end of a play.

    Parameters
    ----------
    payoffs : pair of numbers
        Of both players; a fraction may be a `fractions.Fraction` or a text such as ``"1/3"``.
    name : str
        Of the outcome.
    """

    payoffs: tuple[Any, Any]
    name: str = ""


@dataclass(frozen=True)
class Chance:
    """A move of chance.

    Parameters
    ----------
    after : mapping of str to (number, tree)
        What may happen: its chance, and what follows.
    """

    after: Mapping[str, tuple[Any, Tree]]


@dataclass(frozen=True)
class Decision:
    """A decision of a player.

    Parameters
    ----------
    player : str
    after : mapping of str to tree
        What follows each action.
    knows : str, optional
        The information set: decisions of a player with the same one look the same to it. By
        default this one looks like no other.
    """

    player: str
    after: Mapping[str, Tree]
    knows: str | None = None


Tree = End | Chance | Decision


class InformationSet(NamedTuple):
    """Decisions of a player that look the same to it.

    Attributes
    ----------
    player : int
        0 or 1.
    name : str
        The given one, or the actions that lead there, or the number of the node where these are
        more than six.
    actions : tuple of str
    nodes : list of int
        Numbers of the decisions, in the order of the tree.
    """

    player: int
    name: str
    actions: tuple[str, ...]
    nodes: list[int]


@dataclass
class Node:
    """A place in the tree, with where it stands; parents come before their children."""

    parent: int
    move: int  # number of the action that leads here
    chance: Fraction  # that it happens, if chance decided
    tree: Tree
    children: list[int] = field(default_factory=list)
    last: int = 0  # the last node below
    known: int = -1  # number of the information set
    payoffs: tuple[Fraction, Fraction] | None = None


@dataclass(frozen=True, eq=False)
class ExtensiveGame:
    """A finite game of two players in extensive form.

    Parameters
    ----------
    root : End, Chance or Decision
    players : tuple of str
    title : str

    Raises
    ------
    InputError
        If the tree has more than 20,000 nodes, or a player, a chance, a payoff or the actions of an
        information set do not fit.
    """

    root: Tree
    players: tuple[str, str] = SEATS
    title: str = ""

    def __post_init__(self) -> None:
        if len(self.players) != 2 or self.players[0] == self.players[1]:
            raise InputError(f"players = {self.players!r}; allowed: two different names.")
        self.nodes  # noqa: B018  (finds what is wrong at once)
        self.information_sets  # noqa: B018

    @cached_property
    def nodes(self) -> list[Node]:
        """All places, depth first."""
        found: list[Node] = []
        waiting = [Node(-1, 0, Fraction(1), self.root)]
        while waiting:
            node = waiting.pop()
            number = len(found)
            if number == MOST_NODES:
                raise InputError(f"game: a tree of more than {MOST_NODES:,} nodes; allowed: fewer.")
            found.append(node)
            if node.parent >= 0:
                found[node.parent].children.append(number)
            if isinstance(node.tree, End):
                node.payoffs = _payoffs(node.tree.payoffs)
            else:
                below = [
                    Node(number, move, chance, tree)
                    for move, (chance, tree) in enumerate(_branches(node.tree))
                ]
                waiting += reversed(below)
        for number in range(len(found) - 1, -1, -1):
            children = found[number].children
            found[number].last = found[children[-1]].last if children else number
        return found

    @cached_property
    def information_sets(self) -> tuple[InformationSet, ...]:
        """The information sets of both players, in the order in which the tree comes to them."""
        found: list[InformationSet] = []
        numbers: dict[tuple[int, object], int] = {}
        names: set[str] = set()
        for at, node in enumerate(self.nodes):
            if not isinstance(node.tree, Decision):
                continue
            if not isinstance(node.tree.player, str) or node.tree.player not in self.players:
                raise UnknownName("player", node.tree.player, self.players)
            player, actions = self.players.index(node.tree.player), tuple(node.tree.after)
            key = player, at if node.tree.knows is None else str(node.tree.knows)
            if key not in numbers:
                name = self._path(at) if node.tree.knows is None else str(node.tree.knows)
                while name in names:
                    name += "'"
                names.add(name)
                numbers[key] = len(found)
                found.append(InformationSet(player, name, actions, []))
            node.known = numbers[key]
            mine = found[node.known]
            if mine.actions != actions:
                raise InputError(
                    f"information set {mine.name!r}: actions {actions} and {mine.actions}; allowed:"
                    " the same at all its decisions."
                )
            mine.nodes.append(at)
        return tuple(found)

    def _path(self, at: int) -> str:
        """Return the actions that lead to a node, or its number where they are many."""
        words: list[str] = []
        here = at
        while (node := self.nodes[here]).parent >= 0:
            if len(words) == LONGEST_NAME:
                return f"node {at}"
            here = node.parent
            words.append(list(self.nodes[here].tree.after)[node.move])  # type: ignore[union-attr]
        return ", ".join(reversed(words)) or "start"

    @property
    def perfect_information(self) -> bool:
        """Whether every player always knows where it is."""
        return all(len(mine.nodes) == 1 for mine in self.information_sets)

    @cached_property
    def own_past(self) -> list[tuple[int, int] | None]:
        """By information set, the last own one before and the action taken there, if any.

        Raises
        ------
        InputError
            If a player forgets what it knew or did.
        """
        last: list[list[tuple[int, int] | None]] = []  # by node and player
        for node in self.nodes:
            if node.parent < 0:
                last.append([None, None])
                continue
            here, above = list(last[node.parent]), self.nodes[node.parent].known
            if above >= 0:
                here[self.information_sets[above].player] = (above, node.move)
            last.append(here)
        found = []
        for mine in self.information_sets:
            pasts = {last[at][mine.player] for at in mine.nodes}
            if len(pasts) > 1:
                raise InputError(
                    f"information set {mine.name!r}: {self.players[mine.player]} forgets there what"
                    " it knew or did; allowed: perfect recall."
                )
            found.append(pasts.pop())
        return found


def _payoffs(given: Any) -> tuple[Fraction, Fraction]:
    try:
        us, china = (number(x) for x in given)
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        raise InputError(f"payoffs = {shortened(given)}; allowed: two finite numbers.") from None
    return us, china


def number(given: Any) -> Fraction:
    """Return a number, or a text such as ``"1/3"``, without rounding.

    Examples
    --------
    >>> number("1/3"), number(0.5)
    (Fraction(1, 3), Fraction(1, 2))
    """
    found = Fraction(given) if isinstance(given, str | int | Fraction) else Fraction(float(given))
    if not math.isfinite(float(found)):
        raise ValueError
    return found


def _branches(tree: Tree) -> list[tuple[Fraction, Tree]]:
    """Return what may follow a move, with its chance, 1 where a player decides."""
    if not isinstance(tree, Chance | Decision) or not isinstance(tree.after, Mapping):
        raise InputError(f"game: {type(tree).__name__} in a tree; allowed: End, Chance, Decision.")
    if not tree.after:
        raise InputError("game: a move without actions; allowed: one or more.")
    if isinstance(tree, Decision):
        return [(Fraction(1), after) for after in tree.after.values()]
    try:
        found = [(number(chance), after) for chance, after in tree.after.values()]
    except (TypeError, ValueError, ZeroDivisionError, OverflowError):
        raise InputError("chance: after each name stands a chance and what follows.") from None
    total = sum((chance for chance, _ in found), Fraction(0))
    if min(chance for chance, _ in found) < 0 or abs(total - 1) > LIKELY:
        raise InputError(f"chance: the chances sum to {float(total):g}; allowed: not negative, 1.")
    return [(chance / total, after) for chance, after in found]
