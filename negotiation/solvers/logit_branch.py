"""The logit branch that starts from indifference, followed past its folds.

Two sides choose between two actions. Type k of the row side takes its first action with
probability ``1 / (1 + exp(-s precision (a_k + b_k y)))``, where y is the average over the
column side's types, and the column side answers the row average x alike. Only the averages
matter to anybody, so a logit equilibrium is a zero of two equations in (x, y), and the
equilibria of all precisions ``s precision``, s from 0 to 1, are curves in (x, y, s).

One of the curves starts at s = 0, where everybody tosses a coin: the principal branch
(McKelvey and Palfrey 1995, doi:10.1006/game.1995.1023). In a game with several equilibria
it can turn back before it goes on, so it is followed by arclength: step along the tangent,
return to the curve by the shortest way (Gauss-Newton), and turn by less than about 14
degrees a step. The equilibrium selected is the one where the branch first reaches s = 1
(as in Turocy 2005, doi:10.1016/j.geb.2004.04.003).

The tangent is the cross product of the two gradients, whose sense cannot flip along a
curve. A step that lands on another curve with the opposite sense is thereby noticed and
halved. Where no step is short enough, the walk starts again with steps a tenth as long;
where none of these is short enough either, two branches cross (a symmetric game), and the
path goes straight on.
"""

from __future__ import annotations

import math

from negotiation.compiling import compiled
from negotiation.solvers.type_game import MOST, TypeGame, largest_stake, responses

SHORTEST_STEP = 1e-7
MANY_STEPS = 2000
ROUNDING = 1e-7  # Newton: the next correction would be of the order of its square, 1e-14


@compiled
def gradients(
    game: TypeGame, unit: float, x: float, y: float, w: float
) -> tuple[float, float, float, float, float, float]:
    """Return both residuals and the slopes of both responses at a point (x, y, w)."""
    f, g, f_y, g_x, f_log, g_log = responses(game, w * unit, x, y)
    if w > 0.0:
        return x - f, y - g, f_y, g_x, f_log / w, g_log / w
    # the slopes in w, as the limit of 0 / 0 at w = 0: all choices are even and have slope 1/4
    lean_row, lean_column = 0.0, 0.0
    for k in range(MOST):
        j = MOST + k
        lean_row += 0.25 * game.share[k] * (game.advantage[k] + game.change[k] * y)
        lean_column += 0.25 * game.share[j] * (game.advantage[j] + game.change[j] * x)
    return x - f, y - g, f_y, g_x, unit * lean_row, unit * lean_column


@compiled
def tangent(f_y: float, g_x: float, f_w: float, g_w: float) -> tuple[float, float, float]:
    """Return the unit tangent, the normalised cross product of the two gradients."""
    t_x, t_y, t_w = f_w + f_y * g_w, g_w + g_x * f_w, 1.0 - f_y * g_x
    length = math.sqrt(t_x * t_x + t_y * t_y + t_w * t_w)
    # parallel gradients: two branches cross here and no direction is defined
    if length == 0.0:
        return 0.0, 0.0, 0.0
    return t_x / length, t_y / length, t_w / length


@compiled
def nearest_on_curve(
    game: TypeGame, unit: float, x: float, y: float, w: float, reach: float
) -> tuple[float, float, float, float, float, float, float, bool]:
    """Return the curve's point next to (x, y, w), the slopes there, and whether it was found.

    Fails where the first correction exceeds ``reach`` or the corrections do not shrink fast:
    then the starting point was too far from the curve to know which curve it belongs to.
    """
    last = reach
    for step in range(8):
        e_x, e_y, f_y, g_x, f_w, g_w = gradients(game, unit, x, y, w)
        # the shortest move that solves both linearised equations (Gauss-Newton): u and v are the
        # multipliers, found from the 2x2 matrix of the gradients' products
        n_f = 1.0 + f_y * f_y + f_w * f_w
        n_g = 1.0 + g_x * g_x + g_w * g_w
        n_fg = f_w * g_w - f_y - g_x
        det = n_f * n_g - n_fg * n_fg
        if det <= 0.0:
            return x, y, w, f_y, g_x, f_w, g_w, False
        u = (n_fg * e_y - n_g * e_x) / det
        v = (n_fg * e_x - n_f * e_y) / det
        d_x, d_y, d_w = u - g_x * v, v - f_y * u, -(f_w * u + g_w * v)
        size = math.sqrt(d_x * d_x + d_y * d_y + d_w * d_w)
        x, y, w = x + d_x, y + d_y, w + d_w
        # asked this way round, a nan fails too
        if not size <= last:
            return x, y, w, f_y, g_x, f_w, g_w, False
        # corrections shrink quadratically: after one of 1e-6 what is left is of the order of 1e-12
        if size < 1e-9 or (step > 0 and size < 1e-6):
            return x, y, w, f_y, g_x, f_w, g_w, w > 0.0
        # a slower decrease means that the step was too long to stay near this branch; the first
        # correction leads from a straight line to the curve and is excused
        last = 0.3 * size if step > 0 else size
    return x, y, w, f_y, g_x, f_w, g_w, False


@compiled
def polish(game: TypeGame, x: float, y: float) -> tuple[float, float]:
    """Return the equilibrium next to (x, y) at the full precision, to machine accuracy."""
    smallest = 1.0
    for _ in range(20):
        f, g, f_y, g_x, _, _ = responses(game, 1.0, x, y)
        det = 1.0 - f_y * g_x
        # on a fold, where Newton has no step
        if det == 0.0:
            break
        d_x, d_y = (f - x + f_y * (g - y)) / det, (g - y + g_x * (f - x)) / det
        size = abs(d_x) + abs(d_y)
        if not size < smallest:  # rounding has taken over
            break
        x, y, smallest = x + d_x, y + d_y, size
        if size < ROUNDING:
            break
    return x, y


@compiled
def across(
    game: TypeGame, unit: float, x: float, y: float, w: float, t_x: float, t_y: float, t_w: float
) -> tuple[float, float, float, float]:
    """Return a point straight on behind a crossing of two branches, and the path's sense there.

    The sense is the cosine between the tangent there and the direction, 0 if no point is found.
    """
    # at the crossing itself there is no tangent, so look a little behind it, then farther
    h = 1e-6
    for _ in range(4):
        n_x, n_y, n_w, f_y, g_x, f_w, g_w, found = nearest_on_curve(
            game, unit,
            x + h * t_x, y + h * t_y, w + h * t_w, 0.1 * h,
        )  # fmt: skip
        u_x, u_y, u_w = tangent(f_y, g_x, f_w, g_w)
        along = t_x * u_x + t_y * u_y + t_w * u_w
        # straight on within a degree, so not along the branch that is crossed
        if found and abs(along) > 0.9999:
            return n_x, n_y, n_w, along
        h *= 10.0
    return x, y, w, 0.0


@compiled
def walk(
    game: TypeGame, care: float, x: float = 0.5, y: float = 0.5, share: float = 0.0
) -> tuple[float, float]:
    """Return where the branch first reaches full precision, by steps proportional to ``care``.

    The walk starts next to (x, y) at that ``share`` of the full precision, before any fold.
    Returns nan where the step had to become too short: at a crossing, unless ``care`` < 1,
    when the path goes straight on.
    """
    end = 0.25 * largest_stake(
        game
    )  # in these units of precision a probability changes by at most 1 per unit
    if not end > 0.0:
        return 0.5, 0.5
    unit = 1.0 / end
    straight = care * care  # 1 - cosine grows with the square of the step
    shortest = SHORTEST_STEP * straight
    w = share * end
    _, _, f_y, g_x, f_w, g_w = gradients(game, unit, x, y, w)
    t_x, t_y, t_w = tangent(f_y, g_x, f_w, g_w)
    sense, h = 1.0, care * min(0.25, 0.5 * end)
    for _ in range(int(MANY_STEPS / care)):
        # probabilities move less and less as the precision grows, so steps may grow with it
        h = min(h, care * (0.3 + 0.2 * w))
        # not past the full precision; where the branch hardly rises, that would be no bound
        if t_w > 1e-3:
            h = min(h, (end - w) / t_w)
        n_x, n_y, n_w, f_y, g_x, f_w, g_w, found = nearest_on_curve(
            game, unit,
            x + h * t_x, y + h * t_y, w + h * t_w, min(0.1 * h, 0.02) + 1e-9,
        )  # fmt: skip
        u_x, u_y, u_w = tangent(f_y, g_x, f_w, g_w)
        cosine = sense * (t_x * u_x + t_y * u_y + t_w * u_w)
        # the branch may have crossed the full precision, turned and come back within this step
        turns_at_end = t_w > 0.0 > sense * u_w and max(w, n_w) + h * t_w > end
        # 0.03: a turn of 14 degrees
        if not found or cosine < 1.0 - 0.03 * straight or turns_at_end:
            if h > shortest:
                h *= 0.5
                continue
            if care >= 1.0:
                break
            n_x, n_y, n_w, along = across(game, unit, x, y, w, t_x, t_y, t_w)
            if along == 0.0:
                break
            sense = 1.0 if along > 0.0 else -1.0
            u_x, u_y, u_w, cosine = sense * t_x, sense * t_y, sense * t_w, 1.0
        if n_w >= end * (1.0 - 1e-9):
            if n_w <= end * (1.0 + 1e-9) or h <= shortest:
                return polish(game, n_x, n_y)
            # past the end: the secant gives the step that lands on it
            h *= max(0.1, min(0.95, (end - w) / (n_w - w)))
            continue
        t_x, t_y, t_w = sense * u_x, sense * u_y, sense * u_w
        x, y, w = n_x, n_y, n_w
        turn = (1.0 - cosine) / straight
        # 0.004 is a turn of 5 degrees, 0.015 of 10
        h *= 2.0 if turn < 0.004 else (1.2 if turn < 0.015 else 0.9)
    return math.nan, math.nan


@compiled
def follow(
    game: TypeGame, x: float = 0.5, y: float = 0.5, share: float = 0.0
) -> tuple[float, float]:
    """Return the averages (x, y) where the branch from precision 0 first reaches full precision.

    Parameters
    ----------
    game : record of GAME
        See `type_game`.
    x, y, share : float, optional
        A point of the branch before its first fold, to start from: averages and share of the
        full precision.

    Returns
    -------
    tuple of float
        Average probability of the first action, row side and column side; nan where the
        branch could not be followed.

    Examples
    --------
    >>> from negotiation.solvers.type_game import new_game
    >>> us, china = ((-2.0,), (5.0,), (1.0,), 0.5), ((-3.0,), (5.0,), (1.0,), 0.5)
    >>> x, y = follow(new_game(us, china))
    >>> round(x, 6), round(y, 6)
    (0.538415, 0.461585)
    """
    x, y = walk(game, 1.0, x, y, share)
    if x == x:
        return x, y
    return walk(game, 0.1)
