"""A short cut along the logit branch: a few rungs of precision, each solved by Newton.

Where the branch climbs smoothly from coin tosses to the full precision, a handful of rungs
suffices, and following its arc (see `logit_branch`) would find the same point at ten times
the cost. Each rung starts from where the branch points and is a multiple as far up as the one
before. The climb is given up, and the arc followed from the rung reached, as soon as anything
hints at a turn or at a jump to another branch: a determinant near zero, a long step, slow
convergence.
"""

from __future__ import annotations

import math

from negotiation.compiling import compiled
from negotiation.solvers.logit_branch import ROUNDING
from negotiation.solvers.type_game import TypeGame, largest_stake, responses

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
