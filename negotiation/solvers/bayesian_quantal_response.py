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

The short cut is a few rungs of precision, each solved by Newton. Where the branch climbs smoothly
from coin tosses to the full precision, a handful of rungs suffices, and following its arc (see
`logit_branch`) would find the same point at ten times the cost. Each rung starts from where the
branch points and is a multiple as far up as the one before. The climb is given up, and the arc
followed from the rung reached, as soon as anything hints at a turn or at a jump to another branch:
a determinant near zero, a long step, slow convergence.
"""

from __future__ import annotations

import math

from negotiation.compiling import compiled
from negotiation.solvers.choice import logit
from negotiation.solvers.logit_branch import ROUNDING, follow
from negotiation.solvers.type_game import COLUMN, MOST, ROW, TypeGame, largest_stake, responses

SQUEEZES = 4
SAME = 1e-12  # relative difference below which two payoffs are one
FIRST_RUNG = 4.0  # log-odds of the largest stake on the first rung
SHORTEST = 16.0  # parts of the first step below which the climb is given up
SAFE = 0.15  # least determinant of the fixed-point map: at 0 the branch turns
LONGEST = 0.35  # largest move of a probability from one rung to the next
CORRECTIONS = 5
CLOSE = 0.02  # Newton: the next correction would be of the order of its square
QUICK, WIDER = 3, 2.0  # after no more corrections than this the next rung is that much farther up


@compiled
def climb(game: TypeGame) -> tuple[float, float, float]:
    """Return the branch's averages (x, y) at the highest rung reached, and that rung.

    The rung is a share of the full precision: below 1 where the climb on from there is not safe.

    Examples
    --------
    >>> from negotiation.solvers.type_game import new_game
    >>> us, china = ((-2.0,), (3.0,), (1.0,), 0.5), ((-3.0,), (3.0,), (1.0,), 0.5)
    >>> x, y, reached = climb(new_game(us, china))
    >>> round(x, 6), round(y, 6), reached
    (0.357608, 0.276161, 1.0)
    """
    first = FIRST_RUNG / max(largest_stake(game), FIRST_RUNG)
    x, y, done, step = 0.5, 0.5, 0.0, first
    x_log, y_log = 0.0, 0.0  # derivatives of the branch in the logarithm of the precision
    while done < 1.0:
        share = min(done + step, 1.0)
        # along the tangent in ln(precision), which is not defined at precision zero
        ahead = math.log(share / done) if done > 0.0 else 0.0
        new_x = min(max(x + ahead * x_log, 0.0), 1.0)
        new_y = min(max(y + ahead * y_log, 0.0), 1.0)
        close = CLOSE if share < 1.0 else ROUNDING  # only the last rung is wanted exactly
        moved, corrections = 1.0, 0
        while moved >= close and corrections < CORRECTIONS:
            f, g, f_y, g_x, f_log, g_log = responses(game, share, new_x, new_y)
            det = 1.0 - f_y * g_x
            if det < SAFE:
                moved = 1.0
                break
            d_x = (f - new_x + f_y * (g - new_y)) / det
            d_y = (g - new_y + g_x * (f - new_x)) / det
            new_x, new_y = new_x + d_x, new_y + d_y
            moved = abs(d_x) + abs(d_y)
            corrections += 1
        if moved >= close or abs(new_x - x) > LONGEST or abs(new_y - y) > LONGEST:
            step *= 0.5
            if step * SHORTEST < first:
                break
        else:
            x, y, done = new_x, new_y, share
            # implicit function theorem, with the slopes of the last correction
            x_log, y_log = (f_log + f_y * g_log) / det, (g_log + g_x * f_log) / det
            if corrections <= QUICK:
                step *= WIDER
    return x, y, done


@compiled
def slope_sign(game: TypeGame, side: int) -> int:
    """Return 1 or -1 where all types' slopes have that sign or are zero, else 0."""
    up, down = False, False
    for k in range(MOST * side, MOST * side + MOST):
        # a type that is ruled out answers nothing, so its slope must not spoil the sign
        believed = game.share[k] > 0.0
        up = up or (believed and game.change[k] > 0.0)
        down = down or (believed and game.change[k] < 0.0)
    return 0 if up and down else (-1 if down else 1)


@compiled
def lean(game: TypeGame, side: int) -> int:
    """Return 1 or -1 where all types' advantages against a coin toss have that sign, else 0."""
    up, down = False, False
    for k in range(MOST * side, MOST * side + MOST):
        if game.share[k] > 0.0:
            # against an average of 1/2, where the branch begins
            advantage = game.advantage[k] + 0.5 * game.change[k]
            up = up or advantage > 0.0
            down = down or advantage < 0.0
    return 0 if up and down else (-1 if down else 1)


@compiled
def steepest(game: TypeGame, side: int) -> float:
    """Return a bound on the absolute slope of the average response."""
    total = 0.0
    for k in range(MOST * side, MOST * side + MOST):
        total += game.share[k] * abs(game.change[k])
    # the slope of the logistic function is p (1 - p), at most 1/4
    return 0.25 * total


@compiled
def mirrored(game: TypeGame) -> int:
    """Return 1 where the sides are the same (x = y), -1 where opposite (x = 1 - y), else 0."""
    near = SAME * largest_stake(game)
    same, opposite = True, True
    for k in range(MOST):
        j = MOST + k
        if abs(game.share[k] - game.share[j]) > SAME:
            return 0
        if game.share[k] > 0.0:
            # up to rounding, since the payoffs of the two sides are computed by different sums
            if abs(game.change[k] - game.change[j]) > near:
                return 0
            same = same and abs(game.advantage[k] - game.advantage[j]) <= near
            # a_j + b x = -(a_k + b (1 - x)): the column side's chance at x is 1 minus the row
            # side's at 1 - x
            opposite = (
                opposite and abs(game.advantage[k] + game.change[k] + game.advantage[j]) <= near
            )
    return 1 if same else (-1 if opposite else 0)


@compiled
def answer(game: TypeGame, side: int, seen: float) -> tuple[float, float]:
    """Return the average answer of ``side`` to the other's average, and its derivative."""
    f, g, f_y, g_x, _, _ = responses(game, 1.0, seen, seen)
    return (f, f_y) if side == ROW else (g, g_x)


@compiled
def crossing(game: TypeGame, low: float, high: float) -> tuple[float, float]:
    """Return (x, y) where the column average meets its twofold response, once in [low, high]."""
    y, before = 0.5 * (low + high), high - low
    for _ in range(200):
        x, f_y = answer(game, ROW, y)
        g, g_x = answer(game, COLUMN, x)
        gap = y - g
        # y - g(f(y)) changes sign once in the bracket, from below, so its sign says where to look
        if gap > 0.0:
            high = y
        else:
            low = y
        slope = 1.0 - f_y * g_x
        step = gap / slope if slope > 0.0 else 1.0
        if abs(step) > 0.5 * before or not low <= y - step <= high:  # Newton is not converging
            step = y - 0.5 * (low + high)
        y, before = y - step, abs(step)
        # less than two units of the last place: y cannot move any more
        if before <= 4e-16 * y or gap == 0.0:
            break
    x, _ = answer(game, ROW, y)
    return x, answer(game, COLUMN, x)[0]


@compiled
def steepest_between(game: TypeGame, side: int, low: float, high: float) -> float:
    """Return a bound on the slope of the average response to averages from low to high."""
    total = 0.0
    for k in range(MOST * side, MOST * side + MOST):
        if game.share[k] > 0.0:
            left = game.advantage[k] + game.change[k] * low
            right = game.advantage[k] + game.change[k] * high
            # p (1 - p) is largest at the smallest advantage; one that changes sign passes through
            # zero
            p = 0.5
            if left * right > 0.0:
                p = logit(min(abs(left), abs(right)))
            total += game.share[k] * abs(game.change[k]) * p * (1.0 - p)
    return total


@compiled
def squeeze(game: TypeGame) -> tuple[float, float, bool]:
    """Return the ends of an interval for y with every equilibrium in it, and whether it is one.

    Where both sides lean the same way the twofold response rises, so answering the two
    extremes over and over closes in on all equilibria from both sides (Milgrom and Roberts
    1990, doi:10.2307/2938316); once its slope in between is below one there is but one.
    """
    low, high = 0.0, 1.0
    for _ in range(SQUEEZES):
        x_of_low, _ = answer(game, ROW, low)
        x_of_high, _ = answer(game, ROW, high)
        # both slopes may be negative, and then the ends change places
        left, right = min(x_of_low, x_of_high), max(x_of_low, x_of_high)
        slope = steepest_between(game, ROW, low, high)
        if slope * steepest_between(game, COLUMN, left, right) < 1.0:
            return low, high, True
        new_low, _ = answer(game, COLUMN, x_of_low)
        new_high, _ = answer(game, COLUMN, x_of_high)
        # hardly closer: the ends are probably two equilibria, which no further round brings
        # together
        if high - low - (new_high - new_low) < 0.02 * (high - low):
            break
        low, high = new_low, new_high
    return low, high, False


@compiled
def symmetric_crossing(game: TypeGame, mirror: int) -> tuple[float, float]:
    """Return (x, y) with y = x (``mirror`` 1) or y = 1 - x (-1) for falling responses."""
    low, high, x, before = 0.0, 1.0, 0.5, 1.0
    for _ in range(200):
        f, f_y = answer(game, ROW, x if mirror > 0 else 1.0 - x)
        gap = x - f
        if gap > 0.0:
            high = x
        else:
            low = x
        # on the line of symmetry responses fall, so this slope is at least 1 and never vanishes
        step = gap / (1.0 - mirror * f_y)
        if abs(step) > 0.5 * before or not low <= x - step <= high:
            step = x - 0.5 * (low + high)
        x, before = x - step, abs(step)
        if before <= 4e-16 * x or gap == 0.0:
            break
    return (x, x) if mirror > 0 else (x, 1.0 - x)


@compiled
def average_logit(game: TypeGame) -> tuple[float, float]:
    """Return the averages (x, y) of the selected Bayesian logit equilibrium.

    Parameters
    ----------
    game : record of GAME
        The types of both sides, see `type_game`; its scratch is overwritten.

    Returns
    -------
    tuple of float
        Average probabilities of the first action, row and column side. The response of one type
        follows: ``logit(advantage[k] + change[k] y)`` for the row side, with x for the column's.

    Notes
    -----
    Should the branch be lost (it never was in 300,000 random games), an equilibrium is
    returned whichever branch it is on. In 21 of 100,000 random games of up to six types a side,
    with log-odds up to 2,000, it is another than a walk in steps a tenth as long finds; some for
    the climb's long rungs (see `climb`). Where two sides of several types are mirror images
    but for a difference below one in 10,000, a branch that turns away from a near crossing may be
    missed (5 of 30,000 such games).

    Examples
    --------
    >>> from negotiation.solvers.type_game import new_game
    >>> calm, tense = (2.0, -3.0), (2.0, -30.0)
    >>> either = tuple(zip(calm, tense)) + ((0.5, 0.5), 1.0)
    >>> x, y = average_logit(new_game(either, either))
    >>> round(x, 6), x == y
    (0.358162, True)
    """
    rise, lift = slope_sign(game, ROW), slope_sign(game, COLUMN)
    if rise * lift < 0 or steepest(game, ROW) * steepest(game, COLUMN) < 1.0:
        return crossing(game, 0.0, 1.0)
    x, y, reached = 0.5, 0.5, 0.0
    if rise * lift > 0:
        toward_row, toward_column = lean(game, ROW), lean(game, COLUMN)
        if toward_column != 0 and toward_row == rise * toward_column:
            low, high = (0.5, 1.0) if toward_column > 0 else (0.0, 0.5)
            return crossing(game, low, high)
        mirror = mirrored(game)
        if mirror * rise < 0:
            return symmetric_crossing(game, mirror)
        x, y, reached = climb(game)
        if reached == 1.0:
            return x, y
        low, high, one = squeeze(game)
        if one:
            return crossing(game, low, high)
    x, y = follow(game, x, y, reached)
    # nan where the branch was lost
    if x == x:
        return x, y
    return crossing(game, 0.0, 1.0)
