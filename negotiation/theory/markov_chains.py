"""Markov chains and linear equations in fractions, for results without rounding."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

Rows = Sequence[Sequence[Fraction]]
ZERO, ONE = Fraction(0), Fraction(1)


def solve(matrix: Rows, right: Rows) -> list[list[Fraction]]:
    """Return X with ``matrix X = right``, for a matrix that has an inverse.

    Examples
    --------
    >>> x = solve([[Fraction(2), ONE], [ONE, Fraction(3)]], [[ONE], [Fraction(2)]])
    >>> [str(value) for value, in x]
    ['1/5', '3/5']
    """
    n = len(matrix)
    table = [[*row, *values] for row, values in zip(matrix, right, strict=True)]
    for k in range(n):
        chosen = next(r for r in range(k, n) if table[r][k])
        table[k], table[chosen] = table[chosen], table[k]
        lead = table[k][k]
        table[k] = [value / lead for value in table[k]]
        for r in range(n):
            factor = table[r][k]
            if r != k and factor:
                table[r] = [
                    a - factor * b if b else a for a, b in zip(table[r], table[k], strict=True)
                ]
    return [row[n:] for row in table]


def discounted(chain: Rows, rewards: Rows, discount: Fraction) -> list[Fraction]:
    """Return the average rewards from state 0, later ones counting less by ``discount`` each step.

    Parameters
    ----------
    chain : sequence of sequence of Fraction, shape (k, k)
        Chances of each state after each.
    rewards : sequence of sequence of Fraction, shape (k, r)
    discount : Fraction
        In [0, 1).
    """
    matrix = [
        [(ONE if i == j else ZERO) - discount * p for j, p in enumerate(row)]
        for i, row in enumerate(chain)
    ]
    return [(ONE - discount) * value for value in solve(matrix, rewards)[0]]


def long_run(chain: Rows, rewards: Rows) -> list[Fraction]:
    """Return the average rewards from state 0 over a time without end.

    A chain ends in one of the groups of states that it cannot leave, and divides its time there
    by the stationary distribution (Kemeny and Snell 1960, *Finite Markov Chains*).

    Examples
    --------
    >>> toss, stay = [ZERO, Fraction(1, 4), Fraction(3, 4)], [[ZERO, ONE, ZERO], [ZERO, ZERO, ONE]]
    >>> float(long_run([toss, *stay], [[ZERO], [ONE], [Fraction(5)]])[0])
    4.0
    """
    k, kinds = len(chain), len(rewards[0])
    reach = [_reached(chain, start) for start in range(k)]
    value: dict[int, list[Fraction]] = {}
    for i in range(k):
        if i not in value and all(i in reach[j] for j in reach[i]):
            group = sorted(reach[i])
            # the stationary distribution: its chances sum to 1, and flow out of a state as into it
            matrix = [[ONE] * len(group)] + [
                [chain[j][s] - (ONE if j == s else ZERO) for j in group] for s in group[1:]
            ]
            shares = solve(matrix, [[ONE]] + [[ZERO]] * (len(group) - 1))
            average = [
                sum(
                    (share[0] * rewards[j][r] for share, j in zip(shares, group, strict=True)), ZERO
                )
                for r in range(kinds)
            ]
            value.update({j: average for j in group})
    passing = [i for i in range(k) if i not in value]
    if 0 in value:
        return value[0]
    matrix = [[(ONE if i == j else ZERO) - chain[i][j] for j in passing] for i in passing]
    right = [
        [sum((chain[i][j] * value[j][r] for j in value), ZERO) for r in range(kinds)]
        for i in passing
    ]
    return solve(matrix, right)[passing.index(0)]


def _reached(chain: Rows, start: int) -> set[int]:
    """Return the states that can follow one, itself included."""
    found, new = {start}, [start]
    while new:
        row = chain[new.pop()]
        more = [j for j, p in enumerate(row) if p and j not in found]
        found.update(more)
        new += more
    return found
