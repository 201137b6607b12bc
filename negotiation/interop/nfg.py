"""Games in normal form as Gambit keeps them, in ``.nfg`` files, read and written.

Gambit (Savani and Turocy 2025, gambit-project.org) computes equilibria of finite games; many
published games are files of its. One lists the players, their strategies, perhaps a comment, and
then the payoffs of every pair of strategies, the first player's strategies running fastest: either
the payoffs themselves, or outcomes with names and payoffs and for each pair the number of its
outcome, 0 for one that pays nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from negotiation.errors import InputError, counted, whole_number
from negotiation.interop.gambit_words import Words, listed, quoted, value, write_text, written
from negotiation.theory.frontier import Floats
from negotiation.theory.games import Game

Payoffs = tuple[str, str]


@dataclass(frozen=True)
class NormalFormFile:
    """What an ``.nfg`` file of two players holds, numbers as they stand there.

    Attributes
    ----------
    title, comment : str
    players : tuple of str
    strategies : tuple of tuple of str
        Of both players; numbered from 1 where the file only counts them.
    cells : tuple
        By pair of strategies, the first player's running fastest: both payoffs, or in a file that
        lists outcomes the number of one.
    outcomes : tuple of (str, (str, str)), optional
        Names and payoffs of the outcomes; None where the file lists payoffs.
    """

    title: str
    players: tuple[str, str]
    strategies: tuple[tuple[str, ...], tuple[str, ...]]
    cells: tuple[Payoffs, ...] | tuple[int, ...]
    outcomes: tuple[tuple[str, Payoffs], ...] | None = None
    comment: str = ""

    def __post_init__(self) -> None:
        rows, columns = self.strategies
        most = None if self.outcomes is None else len(self.outcomes)
        for cell in self.cells:
            if isinstance(cell, int) and most is not None:
                whole_number("cells: the number of an outcome", cell, 0, most)
        kinds = {isinstance(cell, int) for cell in self.cells}
        if len(self.cells) != len(rows) * len(columns) or kinds != {most is not None}:
            raise InputError(
                f"cells: {len(self.cells)} for {len(rows)} by "
                f"{counted(len(columns), 'strategy')}; expected "
                "one a pair: both payoffs, or the number of an outcome where outcomes are listed."
            )

    @property
    def game(self) -> Game:
        """The game: rows are the first player's strategies, columns the second's."""
        rows, columns = self.strategies
        by_number = [("0", "0"), *(payoffs for _, payoffs in self.outcomes or ())]
        pairs = [by_number[cell] if isinstance(cell, int) else cell for cell in self.cells]
        A, B = (self._table([value(pair[k]) for pair in pairs]) for k in (0, 1))
        return Game(A, B, rows, columns, distinct(self.players))

    def _table(self, payoffs: list[float]) -> Floats:
        rows, columns = self.strategies
        return np.reshape(payoffs, (len(columns), len(rows))).T

    def text(self) -> str:
        """Return the file as Gambit writes it."""
        rows, columns = self.strategies
        lines = [
            f"NFG 1 R {quoted(self.title)} {listed(self.players)}",
            "",
            f"{{ {listed(rows)}\n{listed(columns)}\n}}\n{quoted(self.comment)}",
            "",
        ]
        if self.outcomes is not None:
            lines.append("{")
            lines += [f"{{ {quoted(name)} {a}, {b} }}" for name, (a, b) in self.outcomes]
            lines.append("}")
        words = [str(c) if isinstance(c, int) else " ".join(c) for c in self.cells]
        step = len(rows)
        lines += [" ".join(words[k : k + step]) for k in range(0, len(words), step)]
        return "\n".join(lines) + "\n"


def distinct(players: tuple[str, str]) -> tuple[str, str]:
    """Return names by which two players can be told apart.

    Examples
    --------
    >>> distinct(("us", "china")), distinct(("", ""))
    (('us', 'china'), ('Player 1', 'Player 2'))
    """
    return players if players[0] != players[1] and all(players) else ("Player 1", "Player 2")


def read_nfg(path: str | Path) -> NormalFormFile:
    """Read a game of two players from an ``.nfg`` file of Gambit.

    Parameters
    ----------
    path : str or Path

    Returns
    -------
    NormalFormFile
        With ``.game``, a `negotiation.theory.Game`.

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
    ...     path = Path(folder) / "dilemma.nfg"
    ...     _ = path.write_text('NFG 1 R "dilemma" { "Ann" "Bob" } { 2 2 } 3 3 5 0 0 5 1 1')
    ...     game = read_nfg(path).game
    >>> game.A.tolist(), game.best_responses("Ann")
    ([[3.0, 0.0], [5.0, 1.0]], ((1,), (1,)))
    """
    words = Words(path, "a game in the format of Gambit (.nfg)")
    title = words.header("NFG", "1")
    players = words.players()
    strategies, number = _strategies(words)
    comment = words.name("the comment") if words.peek().startswith('"') else ""
    outcomes = _outcomes(words) if words.peek() == "{" else None
    left, each = len(words.words) - words.at, 1 if outcomes is not None else 2
    if left != number * each:
        words.fail(
            f"{counted(number, 'pair')} of strategies: {number * each} numbers expected, not {left}"
        )
    cells: tuple[Payoffs, ...] | tuple[int, ...]
    if outcomes is None:
        cells = tuple(words.payoffs() for _ in range(number))
    else:
        cells = tuple(words.whole("the number of an outcome") for _ in range(number))
        if max(cells) > len(outcomes):
            words.fail(f"outcome {max(cells)} is not listed; allowed: 0 to {len(outcomes)}")
    names = tuple(
        mine if isinstance(mine, tuple) else tuple(str(k + 1) for k in range(mine))
        for mine in strategies
    )
    return NormalFormFile(title, players, (names[0], names[1]), cells, outcomes, comment)


def _strategies(words: Words) -> tuple[list[tuple[str, ...] | int], int]:
    """Return both players' strategies, or how many they have, and how many pairs there are."""
    words.literal("{")
    found: list[tuple[str, ...] | int] = []
    number = 1
    for _ in range(2):
        mine = (
            words.names("a strategy")
            if words.peek() == "{"
            else words.whole("how many strategies a player has")
        )
        found.append(mine)
        number *= mine if isinstance(mine, int) else len(mine)
    words.literal("}")
    if number == 0:
        words.fail("a player has no strategies; allowed: 1 or more")
    return found, number


def _outcomes(words: Words) -> tuple[tuple[str, Payoffs], ...]:
    words.literal("{")
    found = []
    while words.peek() == "{":
        words.literal("{")
        found.append((words.name("the name of an outcome"), words.payoffs()))
        words.literal("}")
    words.literal("}")
    return tuple(found)


def write_nfg(game: Game | NormalFormFile, path: str | Path, *, title: str = "") -> Path:
    """Write a game as an ``.nfg`` file of Gambit.

    Parameters
    ----------
    game : Game or NormalFormFile
        What was read is written back with its comment, outcomes, fractions and decimals.
    path : str or Path
    title : str
        Of a Game; what was read has its own.

    Returns
    -------
    Path
        Where it was written.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = write_nfg(Game([[0.1, 2], [3, 4]]), Path(folder) / "zero-sum.nfg")
    ...     same = read_nfg(path)
    >>> same.cells
    (('0.1', '-0.1'), ('3', '-3'), ('2', '-2'), ('4', '-4'))
    """
    if isinstance(game, Game):
        pairs = zip(game.A.T.ravel().tolist(), game.B.T.ravel().tolist(), strict=True)
        payoffs = tuple((written(a), written(b)) for a, b in pairs)
        rows, columns = tuple(map(str, game.rows)), tuple(map(str, game.columns))
        game = NormalFormFile(title, game.players, (rows, columns), payoffs)
    return write_text(game.text(), path)
