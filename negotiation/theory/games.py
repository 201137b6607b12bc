"""A two-player game in normal form, and what game theory says about it at once.

Rows are the US's actions, columns China's; ``A[i, j]`` and ``B[i, j]`` are their payoffs.

A 2x2 game has a name, and the condition behind it as a sentence. With the first action read as
cooperation, a player gets R when both cooperate, P when neither does, T for defecting alone and S
for cooperating alone. The order of the four is the player's game (Rapoport and Guyer 1966, "A
taxonomy of 2x2 games"):

=================== ====================================
prisoner's dilemma  T > R > P > S
Chicken             T > R > S > P
stag hunt           R > P > S and R >= T > S, so R > T, P > S
deadlock            T > P > R and P > S
harmony             R > T and S > P
=================== ====================================

Two equilibria about which the players disagree, both better for both than anything else, make a
battle of the sexes. Players of different kinds make an asymmetric game, for instance a
prisoner's dilemma for one and Chicken for the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from negotiation.errors import InputError, UnknownName
from negotiation.theory.allowed import bimatrix
from negotiation.theory.best_replies import best
from negotiation.theory.equilibria import (
    Equilibria,
    Equilibrium,
    extreme_equilibria,
    one_equilibrium,
)
from negotiation.theory.frontier import Floats, pareto_indices

CLOSE_CALL = "Some payoffs or mixtures differ in their last digits only and were taken as equal."
SHOWN = {"us": "the US", "china": "China"}
MEANING = {
    "prisoner's dilemma": "defecting is better whatever the other does, yet both would"
    " rather both cooperated",
    "Chicken": "defecting is best against cooperation and worst against defection",
    "stag hunt": "each wants to do what the other does, and mutual cooperation is best",
    "deadlock": "defecting is better whatever the other does, and mutual defection is no loss",
    "harmony": "cooperating is better whatever the other does",
    "battle of the sexes": "both want to be at an equilibrium, and each prefers another one",
    "coordination": "each wants to do what the other does",
    "anti-coordination": "each wants to do what the other does not",
    "no pure equilibrium": "one wants to match and the other to differ",
    "borderline": "two payoffs that decide the kind of game are equal",
}


@dataclass(frozen=True)
class GameClass:
    """The class of a 2x2 game.

    Attributes
    ----------
    name : str
        Class of the game, ``"asymmetric"`` where the players' own classes differ.
    row, column : str
        Class of the game as each player sees it.
    because : str
        The condition that makes it so, as a sentence.
    """

    name: str
    row: str
    column: str
    because: str


def player_class(own: Floats) -> str:
    """Return the class of the game for a player with ``own`` payoffs, own actions in rows.

    Examples
    --------
    >>> import numpy as np
    >>> player_class(np.array([[3.0, 0.0], [5.0, 1.0]]))
    "prisoner's dilemma"
    """
    R, S, T, P = own[0, 0], own[0, 1], own[1, 0], own[1, 1]
    if R == T or S == P:
        return "borderline"
    if T > R and P > S:
        if R == P:
            return "borderline"
        return "prisoner's dilemma" if R > P else "deadlock"
    if T > R and S > P:
        if R == S:
            return "borderline"
        return "Chicken" if R > S else "anti-coordination"
    if R > T and P > S:
        return "stag hunt" if R > P and T > S else "coordination"
    return "harmony"


def _order(own: Floats) -> str:
    pairs = {"R": own[0, 0], "S": own[0, 1], "T": own[1, 0], "P": own[1, 1]}
    ranked = sorted(pairs.items(), key=lambda item: -item[1])
    text = f"{ranked[0][0]} = {ranked[0][1]:.4g}"
    for (_, before), (letter, value) in zip(ranked, ranked[1:], strict=False):
        text += f" {'=' if value == before else '>'} {letter} = {value:.4g}"
    return text


def battle(A: Floats, B: Floats) -> bool:
    """Return whether two strict equilibria are each best for one side and beat all else for both.

    Examples
    --------
    >>> import numpy as np
    >>> battle(np.array([[3.0, 0.0], [0.0, 2.0]]), np.array([[2.0, 0.0], [0.0, 3.0]]))
    True
    """
    for first, second in (((0, 0), (1, 1)), ((0, 1), (1, 0))):
        others = [(i, j) for i in range(2) for j in range(2) if (i, j) not in (first, second)]
        worse = all(max(M[o] for o in others) < min(M[first], M[second]) for M in (A, B))
        if worse and (A[first] - A[second]) * (B[first] - B[second]) < 0.0:
            return True
    return False


def classify(A: Floats, B: Floats, players: tuple[str, str] = ("us", "china")) -> GameClass:
    """Return the class of the 2x2 game with row payoffs ``A`` and column payoffs ``B``.

    Examples
    --------
    >>> import numpy as np
    >>> game = classify(np.array([[0, -5], [5, -90]]), np.array([[0, 5], [-5, -30]]))
    >>> game.name
    'Chicken'
    >>> print(game.because)
    Chicken for the US (T = 5 > R = 0 > S = -5 > P = -90) and for China (T = 5 > R = 0 > S = -5 >
    P = -30): defecting is best against cooperation and worst against defection.
    """
    row, column = player_class(A), player_class(B.T)
    players = (SHOWN.get(players[0], players[0]), SHOWN.get(players[1], players[1]))
    orders = _order(A), _order(B.T)
    if battle(A, B):
        name = "battle of the sexes"
        because = f"{name} ({players[0]}: {orders[0]}; {players[1]}: {orders[1]}): {MEANING[name]}."
        return GameClass(name, row, column, because)
    if row == column:
        because = (
            f"{row} for {players[0]} ({orders[0]}) and for {players[1]} ({orders[1]}):"
            f" {MEANING[row]}."
        )
        return GameClass(row, row, column, because[0].upper() + because[1:])
    match_row = (A[0, 0] - A[1, 0]) * (A[0, 1] - A[1, 1])
    match_column = (B[0, 0] - B[0, 1]) * (B[1, 0] - B[1, 1])
    rises = (A[0, 0] - A[1, 0]) * (B[0, 0] - B[0, 1])
    cyclic = match_row < 0.0 and match_column < 0.0 and rises < 0.0
    name = "no pure equilibrium" if cyclic else "asymmetric"
    because = (
        f"{name}: {row} for {players[0]} ({orders[0]}: {MEANING[row]});"
        f" {column} for {players[1]} ({orders[1]}: {MEANING[column]})."
    )
    return GameClass(name, row, column, because[0].upper() + because[1:])


def risk_dominant(A: Floats, B: Floats) -> tuple[int, int] | None:
    """Return the risk-dominant of two strict equilibria, or None where there are not two or a tie.

    It is the one with the larger product of what the two players lose by deviating from it
    (Harsanyi and Selten 1988, *A General Theory of Equilibrium Selection in Games*, ch. 3).

    Examples
    --------
    >>> import numpy as np
    >>> risk_dominant(np.array([[4.0, 0.0], [3.0, 2.0]]), np.array([[4.0, 3.0], [0.0, 2.0]]))
    (1, 1)
    """
    strict = []
    for i in range(2):
        for j in range(2):
            losses = (A[i, j] - A[1 - i, j], B[i, j] - B[i, 1 - j])
            if min(losses) > 0.0:
                strict.append(((i, j), losses[0] * losses[1]))
    if len(strict) != 2 or strict[0][1] == strict[1][1]:
        return None
    return max(strict, key=lambda item: item[1])[0]


@dataclass(frozen=True, eq=False)
class Game:
    """A bimatrix game.

    Parameters
    ----------
    A, B : array_like, shape (m, n)
        Payoffs of the row and of the column player.
    rows, columns : sequence of str, optional
        Names of the actions.
    players : tuple of str
        Names of the players, row player first.

    Raises
    ------
    InputError
        If the shapes or the numbers of labels do not fit.

    Examples
    --------
    >>> chicken = Game([[0, -5], [5, -90]], [[0, 5], [-5, -30]],
    ...                rows=("extend", "hold out"), columns=("extend", "hold out"))
    >>> chicken.game_class.name, chicken.pure_equilibria
    ('Chicken', ((0, 1), (1, 0)))
    """

    A: Floats
    B: Floats
    rows: Sequence[str] = ()
    columns: Sequence[str] = ()
    players: tuple[str, str] = ("us", "china")

    def __post_init__(self) -> None:
        A, B = bimatrix(self.A, self.B)
        A.setflags(write=False)
        B.setflags(write=False)
        labels = []
        for name, given, size in (
            ("rows", self.rows, A.shape[0]),
            ("columns", self.columns, A.shape[1]),
        ):
            chosen = tuple(given) if len(given) else tuple(str(i + 1) for i in range(size))
            if len(chosen) != size:
                raise InputError(f"game: {len(chosen)} labels for {size} {name}.")
            labels.append(chosen)
        for field, value in (("A", A), ("B", B), ("rows", labels[0]), ("columns", labels[1])):
            object.__setattr__(self, field, value)

    def own_payoffs(self, player: str) -> Floats:
        """Return the payoffs of ``player``, own actions in rows."""
        if player not in self.players:
            raise UnknownName("player", player, self.players)
        return self.A if player == self.players[0] else self.B.T

    def best_responses(self, player: str) -> tuple[tuple[int, ...], ...]:
        """Return, for each action of the other player, all best responses of ``player``."""
        return tuple(tuple(np.flatnonzero(j).tolist()) for j in best(self.own_payoffs(player)).T)

    def dominated(self, player: str, *, weakly: bool = False) -> tuple[int, ...]:
        """Return the actions of ``player`` that another pure action dominates."""
        return dominated(self.own_payoffs(player), weakly=weakly)

    def survivors(self, *, weakly: bool = False) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the rows and columns that survive iterated elimination of dominated actions."""
        return survivors(self.A, self.B, weakly=weakly)

    @cached_property
    def pure_equilibria(self) -> tuple[tuple[int, int], ...]:
        """All cells in which neither player gains by deviating."""
        return tuple((int(i), int(j)) for i, j in np.argwhere(best(self.A) & best(self.B.T).T))

    @cached_property
    def _extreme(self) -> Equilibria:
        return extreme_equilibria(self.A, self.B)

    def equilibria(self) -> tuple[Equilibrium, ...]:
        """Return all extreme Nash equilibria, mixed ones included; see `degenerate`."""
        return self._extreme.found

    def one_equilibrium(self, *, start: int = 0) -> Equilibrium:
        """Return one Nash equilibrium, in games of any size; see `theory.one_equilibrium`."""
        return one_equilibrium(self.A, self.B, start=start)

    @property
    def degenerate(self) -> bool:
        """Whether mixtures of the listed equilibria may be equilibria too."""
        return self._extreme.degenerate

    @property
    def close_call(self) -> str:
        """A sentence where payoffs counted as equal that differ in their last digits, or "".

        Examples
        --------
        >>> Game([[0.1 + 0.2, 0], [0.3, 0]], [[1, 0], [1, 0]]).close_call
        'Some payoffs or mixtures differ in their last digits only and were taken as equal.'
        """
        return "" if self._extreme.exact else CLOSE_CALL

    @cached_property
    def pareto_outcomes(self) -> tuple[tuple[int, int], ...]:
        """All cells that no cell improves on for both, by rising payoff of the row player."""
        index = pareto_indices(np.column_stack([self.A.ravel(), self.B.ravel()]))
        rows, columns = np.unravel_index(index, self.A.shape)
        return tuple((int(i), int(j)) for i, j in zip(rows, columns, strict=True))

    def pareto_frontier(self) -> Floats:
        """Return the payoff pairs of `pareto_outcomes`, shape (k, 2)."""
        return np.array([[self.A[cell], self.B[cell]] for cell in self.pareto_outcomes])

    @cached_property
    def payoff_dominant(self) -> tuple[int, int] | None:
        """The pure equilibrium that both like best, or None."""
        for cell in self.pure_equilibria:
            others = [c for c in self.pure_equilibria if c != cell]
            better = all(self.A[cell] >= self.A[c] and self.B[cell] >= self.B[c] for c in others)
            strictly = all(self.A[cell] > self.A[c] or self.B[cell] > self.B[c] for c in others)
            if better and strictly:
                return cell
        return None

    def _require_2x2(self, what: str) -> None:
        if self.A.shape != (2, 2):
            raise InputError(
                f"{what}: the game is {self.A.shape[0]} by {self.A.shape[1]}; allowed: 2 by 2."
            )

    @cached_property
    def risk_dominant(self) -> tuple[int, int] | None:
        """The risk-dominant of two strict equilibria of a 2x2 game, or None."""
        self._require_2x2("risk dominance")
        return risk_dominant(self.A, self.B)

    @cached_property
    def game_class(self) -> GameClass:
        """Name of a 2x2 game, the first actions read as cooperation, and the reason for it."""
        self._require_2x2("game class")
        return classify(self.A, self.B, self.players)

    def quantal_response(self, *, precision: float) -> tuple[Floats, Floats]:
        """Return the logit equilibrium at ``precision`` per payoff unit."""
        from negotiation.theory.logit_response import quantal_response

        return quantal_response(self.A, self.B, precision=precision)


def dominated(payoffs: Floats, *, weakly: bool = False) -> tuple[int, ...]:
    """Return the rows of ``payoffs`` that another row dominates.

    Parameters
    ----------
    payoffs : ndarray, shape (m, n)
        Own payoffs, own actions in rows.
    weakly : bool
        Ask for a row that is never worse and somewhere better, rather than better everywhere.

    Notes
    -----
    Dominance by a mixture of rows is not looked for.

    Examples
    --------
    >>> dominated(np.array([[3, 0], [5, 1]]))
    (0,)
    >>> dominated(np.array([[1, 0], [1, 1]])), dominated(np.array([[1, 0], [1, 1]]), weakly=True)
    ((), (0,))
    """
    above = payoffs[None, :, :] - payoffs[:, None, :]
    if weakly:
        beaten = (above >= 0.0).all(axis=2) & (above > 0.0).any(axis=2)
    else:
        beaten = (above > 0.0).all(axis=2)
    return tuple(int(i) for i in np.flatnonzero(np.asarray(beaten).any(axis=1)))


def survivors(
    A: Floats, B: Floats, *, weakly: bool = False
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return the rows and columns left when dominated actions are removed again and again.

    Both players' dominated actions go at the same time in each round; under weak dominance
    the order matters, and this is the one taken here.

    Examples
    --------
    >>> survivors(np.array([[1, 1, 0], [0, 0, 2]]), np.array([[0, 2, 1], [3, 1, 0]]))
    ((0,), (1,))
    """
    rows, columns = list(range(A.shape[0])), list(range(A.shape[1]))
    while True:
        # both at once, so that for weak dominance the result does not depend on who is first
        worse_rows = dominated(A[np.ix_(rows, columns)], weakly=weakly)
        worse_columns = dominated(B[np.ix_(rows, columns)].T, weakly=weakly)
        if not worse_rows and not worse_columns:
            return tuple(rows), tuple(columns)
        rows = [r for i, r in enumerate(rows) if i not in worse_rows]
        columns = [c for j, c in enumerate(columns) if j not in worse_columns]
