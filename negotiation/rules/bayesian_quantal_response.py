"""Bayesian logit equilibrium of a game with two actions a side and private types.

Each type answers the average play of the other side's types, so the equilibrium is a pair
of averages. There may be several; the one selected is where the branch that starts from
coin tosses at precision zero first arrives (see `logit_branch`). Before following the branch,
five cases in which it is known without a path, and a short cut where the path is short:

* one side leans with the other and the other against it: one equilibrium at every precision;
* the responses are too flat to multiply equilibria (product of slopes below 1): one again;
* all types of both sides lean towards the same corner against a coin toss: the branch
  stays in that corner's quarter of the square, where the responses are concave and cross once;
* the two sides are mirror images and each shies away from what it expects of the other:
  the branch keeps the symmetry (in Chicken beyond the pitchfork too) and the symmetric
  equilibrium is unique;
* answering the two extremes over and over leaves an interval with one equilibrium.
"""

from __future__ import annotations

from negotiation.compiling import compiled
from negotiation.rules.choice import logit
from negotiation.rules.logit_branch import follow, largest_stake, response
from negotiation.rules.logit_ladder import climb

SQUEEZES = 4
SAME = 1e-12  # relative difference below which two payoffs are one


@compiled
def slope_sign(b, share):  # type: ignore[no-untyped-def]
    """Return 1 or -1 where all types' slopes have that sign or are zero, else 0.

    Examples
    --------
    >>> slope_sign((1.0, 0.0), (0.5, 0.5)), slope_sign((1.0, -1.0), (0.5, 0.5))
    (1, 0)
    """
    up, down = False, False
    for k in range(len(b)):
        if share[k] > 0.0:
            up = up or b[k] > 0.0
            down = down or b[k] < 0.0
    return 0 if up and down else (-1 if down else 1)


@compiled
def lean(a, b, share):  # type: ignore[no-untyped-def]
    """Return 1 or -1 where all types' advantages against a coin toss have that sign, else 0."""
    up, down = False, False
    for k in range(len(a)):
        if share[k] > 0.0:
            advantage = a[k] + 0.5 * b[k]
            up = up or advantage > 0.0
            down = down or advantage < 0.0
    return 0 if up and down else (-1 if down else 1)


@compiled
def steepest(b, share, precision):  # type: ignore[no-untyped-def]
    """Return a bound on the absolute slope of the average response."""
    total = 0.0
    for k in range(len(b)):
        total += share[k] * abs(b[k])
    return 0.25 * precision * total


@compiled
def mirrored(a, b, share_row, row, c, d, share_column, column):  # type: ignore[no-untyped-def]
    """Return 1 where the sides are the same (x = y), -1 where opposite (x = 1 - y), else 0."""
    if len(a) != len(c):
        return 0
    near = SAME * max(
        row * largest_stake(a, b, share_row), column * largest_stake(c, d, share_column)
    )
    same, opposite = True, True
    for k in range(len(a)):
        if abs(share_row[k] - share_column[k]) > SAME:
            return 0
        if share_row[k] > 0.0:
            if abs(row * b[k] - column * d[k]) > near:
                return 0
            same = same and abs(row * a[k] - column * c[k]) <= near
            opposite = opposite and abs(row * (a[k] + b[k]) + column * c[k]) <= near
    return 1 if same else (-1 if opposite else 0)


@compiled
def crossing(a, b, share_row, row, c, d, share_column, column, low, high):  # type: ignore[no-untyped-def]
    """Return (x, y) where the column average meets its twofold response, once in [low, high]."""
    y, before = 0.5 * (low + high), high - low
    for _ in range(200):
        x, f_y, _ = response(a, b, share_row, row, y)
        g, g_x, _ = response(c, d, share_column, column, x)
        gap = y - g
        if gap > 0.0:
            high = y
        else:
            low = y
        slope = 1.0 - f_y * g_x
        step = gap / slope if slope > 0.0 else 1.0
        if abs(step) > 0.5 * before or not low <= y - step <= high:  # Newton is not converging
            step = y - 0.5 * (low + high)
        y, before = y - step, abs(step)
        if before <= 4e-16 * y or gap == 0.0:
            break
    x, _, _ = response(a, b, share_row, row, y)
    return x, response(c, d, share_column, column, x)[0]


@compiled
def steepest_between(a, b, share, precision, low, high):  # type: ignore[no-untyped-def]
    """Return a bound on the absolute slope of the average response for z in [low, high]."""
    total = 0.0
    for k in range(len(a)):
        if share[k] > 0.0:
            left = precision * (a[k] + b[k] * low)
            right = precision * (a[k] + b[k] * high)
            p = 0.5
            if left * right > 0.0:
                p = logit(min(abs(left), abs(right)))
            total += share[k] * abs(b[k]) * p * (1.0 - p)
    return precision * total


@compiled
def squeeze(a, b, share_row, row, c, d, share_column, column):  # type: ignore[no-untyped-def]
    """Return the ends of an interval for y with every equilibrium in it, and whether it is one.

    Where both sides lean the same way the twofold response rises, so answering the two
    extremes over and over closes in on all equilibria from both sides (Milgrom and Roberts
    1990, doi:10.2307/2938316); once its slope in between is below one there is but one.
    """
    low, high = 0.0, 1.0
    for _ in range(SQUEEZES):
        x_of_low, _, _ = response(a, b, share_row, row, low)
        x_of_high, _, _ = response(a, b, share_row, row, high)
        left, right = min(x_of_low, x_of_high), max(x_of_low, x_of_high)
        slope = steepest_between(a, b, share_row, row, low, high)
        if slope * steepest_between(c, d, share_column, column, left, right) < 1.0:
            return low, high, True
        new_low, _, _ = response(c, d, share_column, column, x_of_low)
        new_high, _, _ = response(c, d, share_column, column, x_of_high)
        if high - low - (new_high - new_low) < 0.02 * (high - low):
            break
        low, high = new_low, new_high
    return low, high, False


@compiled
def symmetric_crossing(a, b, share, precision, mirror):  # type: ignore[no-untyped-def]
    """Return (x, y) with y = x (``mirror`` 1) or y = 1 - x (-1) for falling responses."""
    low, high, x, before = 0.0, 1.0, 0.5, 1.0
    for _ in range(200):
        f, f_y, _ = response(a, b, share, precision, x if mirror > 0 else 1.0 - x)
        gap = x - f
        if gap > 0.0:
            high = x
        else:
            low = x
        step = gap / (1.0 - mirror * f_y)
        if abs(step) > 0.5 * before or not low <= x - step <= high:
            step = x - 0.5 * (low + high)
        x, before = x - step, abs(step)
        if before <= 4e-16 * x or gap == 0.0:
            break
    return (x, x) if mirror > 0 else (x, 1.0 - x)


@compiled
def average_logit(a, b, share_row, row, c, d, share_column, column):  # type: ignore[no-untyped-def]
    """Return the averages (x, y) of the selected Bayesian logit equilibrium.

    Type k of the row side takes its first action with probability
    ``1 / (1 + exp(-row (a[k] + b[k] y)))``, type j of the column side with
    ``1 / (1 + exp(-column (c[j] + d[j] x)))``.

    Parameters
    ----------
    a, b, c, d : sequence of float
        Advantage of the first action over the second where the other side takes its second
        one for sure (a, c), and what its taking the first adds to that (b, d). Payoff units.
    share_row, share_column : sequence of float
        What the other side believes about the types; either sums to 1.
    row, column : float
        Precisions, per payoff unit, not negative.

    Returns
    -------
    tuple of float
        Average probabilities of the first action, row and column side.

    Notes
    -----
    Should the branch be lost (it never was in 300,000 random games), an equilibrium is
    returned whichever branch it is on. In 1 of 20,000 random games the climb's long rungs end on
    another branch (see `logit_ladder`). Where two sides of several types are mirror images but
    for a difference below one in 10,000, a branch that turns away from a near crossing may be
    missed (5 of 30,000 such games).

    Examples
    --------
    >>> x, y = average_logit((2.0,), (-3.0,), (1.0,), 1.0, (2.0,), (-3.0,), (1.0,), 1.0)
    >>> round(x, 6), round(y, 6)
    (0.571151, 0.571151)
    """
    rise, lift = slope_sign(b, share_row), slope_sign(d, share_column)
    if rise * lift < 0 or steepest(b, share_row, row) * steepest(d, share_column, column) < 1.0:
        return crossing(a, b, share_row, row, c, d, share_column, column, 0.0, 1.0)
    if rise * lift > 0:
        toward_row, toward_column = lean(a, b, share_row), lean(c, d, share_column)
        if toward_column != 0 and toward_row == rise * toward_column:
            low, high = (0.5, 1.0) if toward_column > 0 else (0.0, 0.5)
            return crossing(a, b, share_row, row, c, d, share_column, column, low, high)
        mirror = mirrored(a, b, share_row, row, c, d, share_column, column)
        if mirror * rise < 0:
            return symmetric_crossing(a, b, share_row, row, mirror)
        x, y = climb(a, b, share_row, row, c, d, share_column, column)
        if x == x:
            return x, y
        low, high, one = squeeze(a, b, share_row, row, c, d, share_column, column)
        if one:
            return crossing(a, b, share_row, row, c, d, share_column, column, low, high)
    x, y = follow(a, b, share_row, row, c, d, share_column, column)
    if x == x:
        return x, y
    return crossing(a, b, share_row, row, c, d, share_column, column, 0.0, 1.0)


@compiled
def bayesian_logit(a, b, share_row, row, c, d, share_column, column, averages):  # type: ignore[no-untyped-def]
    """Write the averages of `average_logit` into ``averages``, row side first.

    The response of one type follows: ``logit(row * (a[k] + b[k] * averages[1]))``.

    Parameters
    ----------
    a, b, share_row, row, c, d, share_column, column
        As in `average_logit`.
    averages : ndarray of float, shape (2,)
        Where the result goes; nothing is allocated.

    Examples
    --------
    >>> import numpy as np
    >>> calm, tense = np.array([1.0, 1.0]), np.array([-3.0, -30.0])
    >>> belief, averages = np.array([0.5, 0.5]), np.empty(2)
    >>> bayesian_logit(calm, tense, belief, 1.0, calm, tense, belief, 1.0, averages)
    >>> bool(averages[0] == averages[1])
    True
    """
    averages[0], averages[1] = average_logit(a, b, share_row, row, c, d, share_column, column)
