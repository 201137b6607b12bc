"""What a side makes of the other's concessions: a mean over all readings so far.

A single reading is noisy, and the largest of many noisy ones grows with their number even if
nothing is conceded. So all of them are weighed, by Bayes' rule, on the 21 steps from 0 to 1. At
each offer the other side either stands, and offers what it offered before, or moves: mostly it
then gives up more, by a geometric step. It changes from the one to the other now and then. What is
read to be conceded is the mean of the posterior. Where a step is wider than the error, the last
reading tells within the step.

The numbers of this picture of the other side are guesses. With an error of a tenth of the way, a
side that never moves is read to have conceded 2.7% at first and 0.7% in the end, and one that
concedes evenly within 2.5% on average.
"""

from __future__ import annotations

from negotiation.compiling import compiled
from negotiation.rules.state import LEVELS, State
from negotiation.solvers.exponential import exp

WIDTH = 1.0 / (LEVELS - 1)
WITHIN = WIDTH * WIDTH / 12.0  # variance of what lies evenly in a step
STARTS, STOPS = 0.02, 0.05  # chance to begin to concede, and to cease, at an offer
GIVES = 0.8  # chance that a side which is conceding gives up more in an offer
ONWARD = 1.0 - WIDTH / 0.1  # a concession is a tenth of the way on average
ANYTHING = 1e-6  # weight of every level at each offer: a side may take back what it gave


@compiled
def nothing_read(talks: State, side: int) -> None:
    """Forget all readings: nothing has been conceded before the first offer."""
    talks.conceded[side] = talks.conceded_before[side] = talks.conceded_long_ago[side] = 0.0
    for n in range(LEVELS):
        talks.standing[side, n] = talks.moving[side, n] = 0.0
    talks.standing[side, 0] = talks.moving[side, 0] = 0.5


@compiled
def note_reading(talks: State, side: int, seen: float, error: float) -> None:
    """Weigh a new reading of what the other side of ``side`` has conceded.

    Parameters
    ----------
    talks : State
    side : int
        The side that reads.
    seen, error : float
        The reading and the standard deviation of its error, as shares of the way.
    """
    precision = 0.5 / (error * error + WITHIN)
    off = seen - min(max(seen, 0.0), 1.0)
    under_way = weight = mean = 0.0
    for n in range(LEVELS):
        stands, moves = talks.standing[side, n], talks.moving[side, n]
        leaves = GIVES * moves + STARTS * stands
        # all that is under way arrives at the last step, which nothing leaves
        last = n == LEVELS - 1
        arrives = under_way + leaves if last else (1.0 - ONWARD) * under_way
        under_way += leaves - arrives
        moves += arrives - GIVES * moves + ANYTHING
        gap = seen - n * WIDTH
        likelihood = exp(precision * (off * off - gap * gap))
        talks.standing[side, n] = likelihood * ((1.0 - STARTS) * stands + STOPS * moves)
        talks.moving[side, n] = likelihood * (1.0 - STOPS) * moves
        both = talks.standing[side, n] + talks.moving[side, n]
        weight += both
        mean += both * n * WIDTH
    for n in range(LEVELS):
        talks.standing[side, n] /= weight
        talks.moving[side, n] /= weight
    mean /= weight
    mean += (seen - mean) * WITHIN / (WITHIN + error * error)
    talks.conceded_long_ago[side] = talks.conceded_before[side]
    talks.conceded_before[side] = talks.conceded[side]
    talks.conceded[side] = min(max(mean, 0.0), 1.0)
