"""The names of two-by-two games, whatever the order in which their actions are listed.

With one action of each side read as cooperation, a player gets R when both cooperate, P when
neither does, T for defecting alone and S for cooperating alone. The order of the four is the game
as that player sees it (Rapoport and Guyer 1966, "A taxonomy of 2x2 games"):

=================== ====================================
prisoner's dilemma  T > R > P > S
Chicken             T > R > S > P
stag hunt           R > P > S and R >= T > S, so R > T, P > S
deadlock            T > P > R and P > S
harmony             R > T and S > P and R > S
=================== ====================================

Two equilibria about which the players disagree, both better for both than anything else, make a
battle of the sexes. Players of different kinds make an asymmetric game, for instance a
prisoner's dilemma for one and Chicken for the other.

Which action cooperates is a matter of reading: seen the other way round, a prisoner's dilemma is
something that nobody has a name for, and to do the same as the other is to do what it does not. So
all four readings are tried, and the one is taken in which both players are of one kind, the most
telling first (in the order of `MEANING`), or else of two kinds as telling as possible.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from negotiation.seats import SEATS
from negotiation.theory.best_replies import equal
from negotiation.theory.frontier import Floats

GOVERNMENTS = (  # as scenarios name them, here as in negotiation.words.parties
    "china", "japan", "korea", "taiwan", "canada", "mexico", "india", "brazil", "vietnam",
    "indonesia", "switzerland", "turkey",
)  # fmt: skip
SHOWN = {"us": "the US", "eu": "the EU", "britain": "the UK"} | {
    name: name.capitalize() for name in GOVERNMENTS
}
MEANING = {  # the most telling first
    "prisoner's dilemma": "defecting is better whatever the other does, yet both would"
    " rather both cooperated",
    "Chicken": "defecting is best against cooperation and worst against defection",
    "stag hunt": "each wants to do what the other does, and mutual cooperation is best",
    "deadlock": "defecting is better whatever the other does, and mutual defection is no loss",
    "harmony": "cooperating is better whatever the other does",
    "coordination": "each wants to do what the other does",
    "anti-coordination": "each wants to do what the other does not",
    "borderline": "two payoffs that decide the kind of game are equal",
    "no pure equilibrium": "one wants to match and the other to differ",
    "dominance": "one action is better whatever the other does",
    "battle of the sexes": "both want to be at an equilibrium, and each prefers another one",
}


class GameClass(NamedTuple):
    """The class of a 2x2 game.

    Attributes
    ----------
    name : str
        Class of the game, ``"asymmetric"`` where the players' own classes differ.
    row, column : str
        Class of the game as each player sees it.
    because : str
        The condition that makes it so, as a sentence.
    cooperation : tuple of int
        The row and the column that are read as cooperation.
    """

    name: str
    row: str
    column: str
    because: str
    cooperation: tuple[int, int]


def player_class(own: Floats) -> str:
    """Return the class of the game for a player with ``own`` payoffs, own actions in rows.

    The first actions are read as cooperation.

    Examples
    --------
    >>> player_class(np.array([[3.0, 0.0], [5.0, 1.0]]))
    "prisoner's dilemma"
    """
    R, S, T, P = own.ravel()
    if equal(R, T) or equal(S, P):
        return "borderline"
    if T > R and P > S:
        if equal(R, P) or (P > R and equal(T, P)):
            return "borderline"
        return "prisoner's dilemma" if R > P else "deadlock" if T > P else "dominance"
    if R > T and P > S:
        stag = R > P and T > S and not equal(R, P) and not equal(T, S)
        return "stag hunt" if stag else "coordination"
    if equal(R, S):
        return "borderline"
    if R > T:
        return "harmony" if R > S else "dominance"
    return "Chicken" if R > S else "anti-coordination"


def _order(own: Floats) -> str:
    pairs = {"R": own[0, 0], "S": own[0, 1], "T": own[1, 0], "P": own[1, 1]}
    ranked = sorted(pairs.items(), key=lambda item: -item[1])
    text = f"{ranked[0][0]} = {ranked[0][1]:.4g}"
    for (_, before), (letter, value) in zip(ranked, ranked[1:], strict=False):
        text += f" {'=' if equal(value, before) else '>'} {letter} = {value:.4g}"
    return text


def battle(A: Floats, B: Floats) -> bool:
    """Return whether two strict equilibria are each best for one side and beat all else for both.

    Examples
    --------
    >>> battle(np.array([[3.0, 0.0], [0.0, 2.0]]), np.array([[2.0, 0.0], [0.0, 3.0]]))
    True
    """
    for first, second in (((0, 0), (1, 1)), ((0, 1), (1, 0))):
        others = [(i, j) for i in range(2) for j in range(2) if (i, j) not in (first, second)]
        pairs = [(M[o], M[best]) for M in (A, B) for o in others for best in (first, second)]
        worse = all(low < high and not equal(low, high) for low, high in pairs)
        differ = not equal(A[first], A[second]) and not equal(B[first], B[second])
        if worse and differ and (A[first] > A[second]) != (B[first] > B[second]):
            return True
    return False


def classify(
    A: Floats,
    B: Floats,
    players: tuple[str, str] = SEATS,
    actions: tuple[Sequence[str], Sequence[str]] | None = None,
) -> GameClass:
    """Return the class of the 2x2 game with row payoffs ``A`` and column payoffs ``B``.

    Parameters
    ----------
    A, B : ndarray, shape (2, 2)
    players : tuple of str
    actions : tuple of sequences of str, optional
        Names of the rows and of the columns; then the sentence says which mean cooperation.

    Examples
    --------
    >>> game = classify(np.array([[0, -5], [5, -90]]), np.array([[0, 5], [-5, -30]]))
    >>> game.name
    'Chicken'
    >>> print(game.because)
    Chicken for the US (T = 5 > R = 0 > S = -5 > P = -90) and for China (T = 5 > R = 0 > S = -5 >
    P = -30): defecting is best against cooperation and worst against defection.
    """
    shown = SHOWN.get(players[0], players[0]), SHOWN.get(players[1], players[1])
    readings = [
        _read(A, B, (row, column), shown, actions) for row in range(2) for column in range(2)
    ]
    return min(readings, key=lambda reading: reading[0])[1]


def _read(
    A: Floats,
    B: Floats,
    cooperation: tuple[int, int],
    players: tuple[str, str],
    actions: tuple[Sequence[str], Sequence[str]] | None,
) -> tuple[Any, GameClass]:
    """Return the class with these actions read as cooperation, after how telling it is."""
    rows, columns = ([first, 1 - first] for first in cooperation)
    own = A[np.ix_(rows, columns)], B[np.ix_(rows, columns)].T
    kinds = player_class(own[0]), player_class(own[1])
    orders = _order(own[0]), _order(own[1])
    parts = [
        f"{kind} for {player} ({order}: {MEANING[kind]})"
        for kind, player, order in zip(kinds, players, orders, strict=True)
    ]
    if battle(A, B):
        name = "battle of the sexes"
        because = f"{name} ({players[0]}: {orders[0]}; {players[1]}: {orders[1]}): {MEANING[name]}."
    elif kinds[0] == kinds[1]:
        name = kinds[0]
        because = (
            f"{name} for {players[0]} ({orders[0]}) and for {players[1]} ({orders[1]}):"
            f" {MEANING[name]}."
        )
    else:
        matches, differs = (
            [kind in group for kind in kinds]
            for group in (("stag hunt", "coordination"), ("Chicken", "anti-coordination"))
        )
        name = "coordination" if all(matches) else "asymmetric"
        if any(matches) and any(differs):
            name = "no pure equilibrium"
        because = f"{name}: {parts[0]}; {parts[1]}."
    if actions is not None:
        first, second = actions[0][cooperation[0]], actions[1][cooperation[1]]
        both = first if first == second else f"{first} ({players[0]}), {second} ({players[1]})"
        because += f" Read as cooperation: {both}."
    ranks = [list(MEANING).index(kind) for kind in kinds]
    # what follows breaks ties by what each player's payoffs are, in no unit and in no order
    seen = [(rank, *_scaled(M)) for rank, M in zip(ranks, own, strict=True)]
    telling = (
        len(MEANING) if name in ("asymmetric", "dominance") else list(MEANING).index(name),
        sum(ranks), min(ranks), sorted(seen), seen, because,
    )  # fmt: skip
    return telling, GameClass(name, *kinds, because[0].upper() + because[1:], cooperation)


def _scaled(own: Floats) -> tuple[float, ...]:
    """Return payoffs from 0 to 1, those that differ in their last digits as one number."""
    span = max(float(np.ptp(own)), 1e-300)
    return tuple(np.round((own - own.min()) / span, 9).ravel().tolist())
