"""Actions that the logit branch keeps equally likely, because a symmetry of the game maps one
onto the other.

Mirror-image players, identical actions, rock, paper and scissors: wherever the branch starts out
with two equal probabilities that stay equal, they are equal all along it, since the branch is
analytic. Following it among the points with those ties loses nothing and removes every crossing
at which other branches break the symmetry: there the path is as smooth as elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from negotiation.theory.frontier import Floats

System = Callable[[Floats], tuple[Floats, Floats]]

EARLY = (0.03, 0.07, 0.13)  # precisions, in units in which the iteration below contracts
SAME = 1e-12


def ties(
    respond: Callable[[Floats, Floats, float], tuple[Floats, Floats]], m: int, n: int
) -> Floats:
    """Return which actions stay equally likely, shape (m + n, k): one column a class.

    Parameters
    ----------
    respond : callable
        Logit responses to (p, q) at a precision.
    m, n : int
        Numbers of actions of the row and of the column player.

    Examples
    --------
    >>> from negotiation.theory.logit_response import softmax
    >>> A = np.array([[2.0, 0.0], [0.0, 2.0]])
    >>> ties(lambda p, q, r: (softmax(r * A @ q), softmax(r * p @ A)), 2, 2).shape
    (4, 1)
    """
    points = []
    for precision in EARLY:
        p, q = np.full(m, 1.0 / m), np.full(n, 1.0 / n)
        for _ in range(60):
            p, q = respond(p, q, precision)
        points.append(np.concatenate([p, q]))
    early = np.array(points).T
    kinds: list[int] = []
    firsts: list[int] = []
    for i, row in enumerate(early):
        known = [k for k, j in enumerate(firsts) if np.abs(row - early[j]).max() < SAME]
        kinds.append(known[0] if known else len(firsts))
        if not known:
            firsts.append(i)
    return np.eye(len(firsts))[kinds]


def among_ties(system: System, tied: Floats) -> System:
    """Return the system restricted to points with those ties, one unknown a class.

    The first ``k`` unknowns are the probabilities of the classes, the last the precision.
    """
    mean = tied.T / tied.sum(axis=0)[:, None]
    k = tied.shape[1]

    def restricted(y: Floats) -> tuple[Floats, Floats]:
        gap, jacobian = system(np.append(tied @ y[:-1], y[-1]))
        inner = np.empty((k, k + 1))
        inner[:, :-1] = mean @ jacobian[:, :-1] @ tied
        inner[:, -1] = mean @ jacobian[:, -1]
        return np.asarray(mean @ gap), inner

    return restricted
