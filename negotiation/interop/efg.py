"""Games in extensive form as Gambit keeps them, in ``.efg`` files, read and written.

A file lists the nodes of the tree, depth first: moves of chance (c), of players (p), and ends (t).
A node may pay something before the end; what is paid on the way is added up at the end. Names of
nodes and comments are not kept.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

from negotiation.interop.gambit_words import Words, listed, quoted, write_text, written
from negotiation.interop.nfg import distinct
from negotiation.theory.game_tree import (
    MOST_NODES,
    Chance,
    Decision,
    End,
    ExtensiveGame,
    Tree,
    number,
)

Pair = tuple[Any, Any]


class Move(NamedTuple):
    """A move as a file describes it at its first node: what it is called, what may follow."""

    name: str
    actions: tuple[str, ...]
    chances: tuple[str, ...]


def read_efg(path: str | Path) -> ExtensiveGame:
    """Read a game of two players from an ``.efg`` file of Gambit.

    Parameters
    ----------
    path : str or Path

    Returns
    -------
    ExtensiveGame
        Information sets without a name are called by their player and number.

    Raises
    ------
    InputError
        In one sentence with file and line, if it is no such file or has more players.

    References
    ----------
    Savani and Turocy 2025, *Gambit: The package for computation in game theory*,
    https://www.gambit-project.org, "Game representation formats".

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = Path(folder) / "entry.efg"
    ...     _ = path.write_text('EFG 2 R "entry" { "Ann" "Bob" } p "" 1 1 "" { "in" "out" } 0 '
    ...                         't "" 1 "" { 1, 1/2 } t "" 2 "" { 0, 2 }')
    ...     game = read_efg(path)
    >>> game.information_sets[0].name, [str(x) for x in game.nodes[1].payoffs]
    ('Ann 1', ['1', '1/2'])
    """
    words = Words(path, "a game in the format of Gambit (.efg)")
    title = words.header("EFG", "2")
    reader = _Reader(words, distinct(words.players()))
    if words.peek().startswith('"'):
        words.name("the comment")
    return ExtensiveGame(reader.tree(), reader.players, title)


class _Reader:
    """The nodes of a file, one after the other."""

    def __init__(self, words: Words, players: tuple[str, str]) -> None:
        self.words, self.players = words, players
        self.moves: dict[tuple[int, int], Move] = {}
        self.outcomes: dict[int, tuple[str, Pair]] = {}
        self.labels: dict[tuple[int, str], int] = {}

    def tree(self) -> Tree:
        """Return the whole tree."""
        nodes: list[tuple[Move | None, int, Any]] = []
        paid: list[list[Any]] = []  # moves whose actions are not all read: how many, what was paid
        while not nodes or paid:
            if len(nodes) == MOST_NODES:
                self.words.fail(f"more than {MOST_NODES:,} nodes; allowed: fewer")
            before: Pair = ("0", "0")
            if paid:
                paid[-1][0] -= 1
                before = paid[-1][1]
                if not paid[-1][0]:
                    paid.pop()
            kind = self.words.literal("c", "p", "t")
            self.words.name("the name of a node")
            player = 0 if kind != "p" else self.words.whole("the number of a player")
            if kind == "p" and player not in (1, 2):
                self.words.fail(f"player {player}; allowed: 1, 2")
            move = None if kind == "t" else self._move(player)
            name, payoffs = self._outcome()
            payoffs = _sum(before, payoffs)
            if move is None:
                nodes.append((None, 0, End(payoffs, name)))
            else:
                nodes.append((move, player, None))
                paid.append([len(move.actions), payoffs])
        if self.words.peek():
            self.words.at += 1
            self.words.fail("more nodes than the tree has")
        done: list[Tree] = []
        for move, player, end in reversed(nodes):
            if move is None:
                done.append(end)
                continue
            after = [done.pop() for _ in move.actions]
            if player:
                branches = dict(zip(move.actions, after, strict=True))
                done.append(Decision(self.players[player - 1], branches, move.name))
            else:
                pairs = zip(move.chances, after, strict=True)
                done.append(Chance(dict(zip(move.actions, pairs, strict=True))))
        return done[0]

    def _move(self, player: int) -> Move:
        words = self.words
        number = words.whole("the number of an information set")
        known = self.moves.get((player, number))
        if known is not None and not words.peek().startswith('"'):
            if words.peek() != "{":
                return known
            name = known.name
        else:
            name = words.name("the name of an information set")
        if known is not None and words.peek() != "{":
            return known
        words.literal("{")
        actions: list[str] = []
        chances: list[str] = []
        while words.peek() != "}":
            action = words.name("an action") or str(len(actions) + 1)
            while action in actions:
                action += "'"
            actions.append(action)
            if player == 0:
                chances.append(words.number("a chance"))
        words.literal("}")
        if not actions:
            words.fail("a move without actions; allowed: one or more")
        if known is not None:
            if known.actions != tuple(actions):
                words.fail(f"information set {number} has other actions than before")
            return known
        if player:
            label = name or f"{self.players[player - 1]} {number}"
            if self.labels.setdefault((player, label), number) != number:
                label = f"{label} ({number})"
            name = label
        self.moves[player, number] = Move(name, tuple(actions), tuple(chances))
        return self.moves[player, number]

    def _outcome(self) -> tuple[str, Pair]:
        words = self.words
        number = words.whole("the number of an outcome")
        if words.peek().startswith('"') or words.peek() == "{":
            name = words.name("the name of an outcome") if words.peek() != "{" else ""
            words.literal("{")
            found = name, words.payoffs()
            words.literal("}")
            if self.outcomes.setdefault(number, found)[1] != found[1]:
                words.fail(f"outcome {number} has other payoffs than before")
        if number == 0:
            return "", ("0", "0")
        if number not in self.outcomes:
            words.fail(f"outcome {number} has no payoffs")
        return self.outcomes[number]


def _sum(first: Pair, second: Pair) -> Pair:
    """Return what was paid on the way and at a node, numbers as they stand where they can be."""
    if first == ("0", "0"):
        return second
    return number(first[0]) + number(second[0]), number(first[1]) + number(second[1])


def write_efg(game: ExtensiveGame, path: str | Path) -> Path:
    """Write a game as an ``.efg`` file of Gambit.

    Parameters
    ----------
    game : ExtensiveGame
    path : str or Path

    Returns
    -------
    Path
        Where it was written.

    Examples
    --------
    >>> import tempfile
    >>> toss = ExtensiveGame(Chance({"heads": ("1/3", End((1, 0))), "tails": ("2/3", End((0, 1)))}))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     print(write_efg(toss, Path(folder) / "toss.efg").read_text())
    EFG 2 R "" { "us" "china" }
    ""
    <BLANKLINE>
    c "" 1 "" { "heads" 1/3 "tails" 2/3 } 0
    t "" 1 "" { 1, 0 }
    t "" 2 "" { 0, 1 }
    <BLANKLINE>
    """
    lines = [f"EFG 2 R {quoted(game.title)} {listed(game.players)}", '""', ""]
    numbers: dict[int, int] = {}
    count = [0, 0]
    for known, mine in enumerate(game.information_sets):
        count[mine.player] += 1
        numbers[known] = count[mine.player]
    ends = draws = 0
    for node in game.nodes:
        if isinstance(node.tree, End):
            ends += 1
            us, china = (_text(x) for x in node.tree.payoffs)
            lines.append(f't "" {ends} {quoted(node.tree.name)} {{ {us}, {china} }}')
        elif isinstance(node.tree, Chance):
            draws += 1
            pairs = zip(node.tree.after, (game.nodes[k].chance for k in node.children), strict=True)
            branches = " ".join(f"{quoted(name)} {chance}" for name, chance in pairs)
            lines.append(f'c "" {draws} "" {{ {branches} }} 0')
        else:
            mine = game.information_sets[node.known]
            actions = listed(mine.actions)
            lines.append(
                f'p "" {mine.player + 1} {numbers[node.known]} {quoted(mine.name)} {actions} 0'
            )
    return write_text("\n".join(lines) + "\n", path)


def _text(payoff: Any) -> str:
    return str(payoff) if isinstance(payoff, str | Fraction) else written(float(payoff))
