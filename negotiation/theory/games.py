"""A two-player game in normal form, and what game theory says about it at once.

Rows are the US's actions, columns China's; ``A[i, j]`` and ``B[i, j]`` are their payoffs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from negotiation.errors import InputError, UnknownName, counted
from negotiation.seats import SEATS
from negotiation.theory.allowed import bimatrix, table_of_numbers
from negotiation.theory.best_replies import best, equal
from negotiation.theory.dominance import dominated, survivors
from negotiation.theory.equilibria import (
    CLOSE_CALL,
    Equilibria,
    Equilibrium,
    Listed,
    extreme_equilibria,
    one_equilibrium,
)
from negotiation.theory.frontier import Floats, pareto_indices
from negotiation.theory.game_names import GameClass, classify

if TYPE_CHECKING:
    from negotiation.theory.correlated import CorrelatedEquilibrium
    from negotiation.theory.security import Security


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
            best, else_ = (A[i, j], B[i, j]), (A[1 - i, j], B[i, 1 - j])
            if not equal(best, else_).any() and best[0] > else_[0] and best[1] > else_[1]:
                strict.append(((i, j), (best[0] - else_[0]) * (best[1] - else_[1])))
    if len(strict) != 2 or equal(strict[0][1], strict[1][1]):
        return None
    return max(strict, key=lambda item: item[1])[0]


def _over(value: float, other: float) -> int:
    """Return 1 where the first payoff is higher, -1 where it is lower, 0 where they are equal."""
    return 0 if equal(value, other) else 1 if value > other else -1


@dataclass(frozen=True, eq=False)
class Game:
    """A bimatrix game.

    Parameters
    ----------
    A, B : array_like, shape (m, n)
        Payoffs of the row and of the column player. Without ``B`` the game is zero-sum: what the
        row player gets the column player loses.
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
    >>> pennies = Game([[1, -1], [-1, 1]])
    >>> pennies.equilibria()[0].row, pennies.minimax("china").value
    ((0.5, 0.5), 0.0)
    """

    A: Floats
    B: Floats = None  # type: ignore[assignment]
    rows: Sequence[str] = ()
    columns: Sequence[str] = ()
    players: tuple[str, str] = SEATS

    def __post_init__(self) -> None:
        if self.B is None:
            A = table_of_numbers("game", self.A)  # type: ignore[unreachable]
            B = 0.0 - A
        else:
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
                raise InputError(
                    f"game: {counted(len(chosen), 'label')} for {counted(size, name[:-1])}."
                )
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
        """Return the actions of ``player`` that another action or a mixture of them dominates."""
        return dominated(self.own_payoffs(player), weakly=weakly)

    def survivors(self, *, weakly: bool = False) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """Return the rows and columns that survive iterated elimination of dominated actions."""
        return survivors(self.A, self.B, weakly=weakly)

    @cached_property
    def pure_equilibria(self) -> Listed[tuple[int, int]]:
        """All cells in which neither player gains by deviating; `close_call` says of ties."""
        mine, theirs = best(self.A), best(self.B.T).T
        exact = (mine == (self.A.max(axis=0) == self.A)) & (
            theirs == (self.B.max(axis=1, keepdims=True) == self.B)
        )
        cells = mine & theirs
        found = ((int(i), int(j)) for i, j in np.argwhere(cells))
        return Listed(found, "" if exact[cells].all() else CLOSE_CALL)

    @cached_property
    def _extreme(self) -> Equilibria:
        return extreme_equilibria(self.A, self.B)

    def equilibria(self) -> Equilibria:
        """Return all extreme Nash equilibria, mixed ones included.

        The tuple carries two remarks: ``close_call``, a sentence where payoffs counted as equal
        that differ in their last digits, and ``degenerate``, whether mixtures of those listed may
        be equilibria too.

        Examples
        --------
        >>> found = Game([[0.1 + 0.2, 0], [0.3, 0]], [[1, 0], [1, 0]]).equilibria()
        >>> len(found), found.degenerate, found.close_call
        (2, True, 'Some payoffs or mixtures differ in their last digits only and were taken as \
equal.')
        """
        return self._extreme

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
        return self._extreme.close_call

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
            gains = [[_over(M[cell], M[c]) for M in (self.A, self.B)] for c in others]
            if all(min(pair) >= 0 and max(pair) > 0 for pair in gains):
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
        """Name of a 2x2 game, and the reason for it, whatever the order of its actions."""
        self._require_2x2("game class")
        numbered = self.rows == self.columns == ("1", "2")
        names = None if numbered else (self.rows, self.columns)
        return classify(self.A, self.B, self.players, names)

    def minimax(self, player: str) -> Security:
        """Return what ``player`` can secure, whatever the other does; see `theory.minimax`."""
        from negotiation.theory.security import minimax

        return minimax(self.own_payoffs(player))

    def correlated_equilibrium(self, *, maximise: str = "welfare") -> CorrelatedEquilibrium:
        """Return the correlated equilibrium that is best for both, or for the player named.

        ``maximise`` is ``"welfare"``, a player or ``"any"``; see `theory.correlated_equilibrium`.
        """
        from negotiation.theory.correlated import correlated_equilibrium

        allowed = ("welfare", "any", *self.players)
        if maximise not in allowed:
            raise UnknownName("goal", maximise, allowed, "maximise")
        goals = {**dict(zip(self.players, ("row", "column"), strict=True)), "welfare": "welfare"}
        return correlated_equilibrium(self.A, self.B, maximise=goals.get(maximise, "any"))

    def quantal_response(self, *, precision: float) -> tuple[Floats, Floats]:
        """Return the logit equilibrium at ``precision`` per payoff unit."""
        from negotiation.theory.logit_response import quantal_response

        return quantal_response(self.A, self.B, precision=precision)
