"""Which 2x2 game is this? Names, and the condition behind each name as a sentence.

With the first action read as cooperation, a player gets R when both cooperate, P when
neither does, T for defecting alone and S for cooperating alone. The order of the four is
the player's game (Rapoport and Guyer 1966, "A taxonomy of 2x2 games"):

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

from dataclasses import dataclass

from negotiation.theory.frontier import Floats

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
