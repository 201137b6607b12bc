"""A repeated game of two actions between two strategies: what each gets, without simulation.

The states of both strategies together are a Markov chain, so what is expected a round follows from
linear equations. They are solved in fractions: a noise of 1e-9, or a discount factor next to 1,
costs no digits.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from negotiation.errors import InputError, whole_number
from negotiation.theory.allowed import bimatrix, within
from negotiation.theory.markov_chains import ZERO, discounted, long_run
from negotiation.theory.repeated_strategies import Machine, machine_of
from negotiation.theory.solution import Pair

Chain = list[list[Fraction]]
MOST_PAIRS = 40  # of states of both strategies: a second or so
UNIT = 2**256  # one, as a whole number, where powers of a chain are taken


class Match(NamedTuple):
    """What is expected of a repeated game.

    Attributes
    ----------
    payoffs : tuple of float
        A round, of the row and of the column player.
    cooperation : tuple of float
        How often each takes its first action.
    """

    payoffs: Pair
    cooperation: Pair


def repeated_match(
    A: ArrayLike, B: ArrayLike, row: str | Machine, column: str | Machine, *,
    discount: float | None = None, rounds: int | None = None, noise: float = 0.0,
) -> Match:  # fmt: skip
    """Return what two strategies get when they play a game of two actions again and again.

    Parameters
    ----------
    A, B : array_like, shape (2, 2)
        Payoffs of the row and of the column player; the first action is to cooperate.
    row, column : str or Machine
        Strategies: a name, `memory_one(...)` or a `Machine`.
    discount : float, optional
        In [0, 1): what the next round counts, or the chance that there is one. Payoffs are
        averages with these weights.
    rounds : int, optional
        Play so many; payoffs are their average. Without either the game has no end.
    noise : float
        Chance that an action turns out as the other one, for each side and round; both see what
        turned out.

    Raises
    ------
    InputError
        If a strategy does not exist, a number is out of range, or both ``discount`` and
        ``rounds`` are given.

    Notes
    -----
    Nothing is rounded before the last step, which makes floating-point numbers of the payoffs.

    Examples
    --------
    >>> keep_or_break = [[3, 0], [5, 1]], [[3, 5], [0, 1]]
    >>> repeated_match(*keep_or_break, "tit-for-tat", "always-defect", discount=0.75).payoffs
    (0.75, 2.0)

    The least noise makes two tit-for-tats wander through all four cells:

    >>> repeated_match(*keep_or_break, "tit-for-tat", "tit-for-tat", noise=1e-9).payoffs
    (2.25, 2.25)
    >>> repeated_match(*keep_or_break, "win-stay-lose-shift", "win-stay-lose-shift",
    ...                noise=1e-9).payoffs[0] > 2.999
    True
    """
    own, other = bimatrix(A, B)
    if own.shape != (2, 2):
        raise InputError(f"game: it is {own.shape[0]} by {own.shape[1]}; allowed: 2 by 2.")
    within("[0, 1]", noise=noise)
    if discount is not None and rounds is not None:
        raise InputError("discount and rounds: allowed: one of them.")
    chain, rewards = _chain(machine_of(row), machine_of(column), Fraction(float(noise)), own, other)
    if rounds is not None:
        whole_number("rounds", rounds, 1)
        found = _first_rounds(chain, rewards, int(rounds))
    elif discount is not None:
        within("[0, 1)", discount=discount)
        found = [float(x) for x in discounted(chain, rewards, Fraction(float(discount)))]
    else:
        found = [float(x) for x in long_run(chain, rewards)]
    first, second, us, china = found
    return Match((first, second), (us, china))


def _chain(row: Machine, column: Machine, noise: Fraction, A: Any, B: Any) -> tuple[Chain, Chain]:
    """Return the chain over the states that are reached, and payoffs and cooperation in each."""
    stakes = [[Fraction(float(x)) for x in M.ravel()] for M in (A, B)]
    states, at = [(0, 0)], {(0, 0): 0}
    moves: list[dict[int, Fraction]] = []
    rewards = []
    for mine, theirs in states:  # grows while it is gone through
        p, q = (
            noise + (1 - 2 * noise) * Fraction(machine.cooperates[state])
            for machine, state in ((row, mine), (column, theirs))
        )
        cells = [p * q, p * (1 - q), (1 - p) * q, (1 - p) * (1 - q)]
        rewards.append(
            [sum((c * u for c, u in zip(cells, M, strict=True)), ZERO) for M in stakes] + [p, q]
        )
        here: dict[int, Fraction] = {}
        for cell, chance in enumerate(cells):
            if chance:
                seen = (0, 2, 1, 3)[cell]  # the column player sees the cell from its side
                then = row.after[mine][cell], column.after[theirs][seen]
                if then not in at:
                    if len(states) == MOST_PAIRS:
                        raise InputError(
                            f"strategies: more than {MOST_PAIRS} pairs of their states may follow;"
                            " allowed: fewer."
                        )
                    at[then] = len(states)
                    states.append(then)
                here[at[then]] = here.get(at[then], ZERO) + chance
        moves.append(here)
    chain = [[here.get(k, ZERO) for k in range(len(states))] for here in moves]
    return chain, rewards


def _first_rounds(chain: Chain, rewards: Chain, rounds: int) -> list[float]:
    """Return the average rewards of the first rounds, by doubling, to many more digits than shown.

    Over n rounds: the average of the chain's powers from 0 on, and the power n.
    """
    step = np.array([[int(p * UNIT) for p in row] for row in chain], dtype=object)
    average, power, n = np.eye(len(step), dtype=object) * UNIT, step, 1
    for digit in f"{rounds:b}"[1:]:
        average, power, n = (average + power @ average // UNIT) // 2, power @ power // UNIT, 2 * n
        if digit == "1":
            average, power, n = (n * average + power) // (n + 1), power @ step // UNIT, n + 1
    shares = [Fraction(int(share), UNIT) for share in average[0]]
    return [
        float(sum((p * x for p, x in zip(shares, column, strict=True)), ZERO))
        for column in zip(*rewards, strict=True)
    ]
