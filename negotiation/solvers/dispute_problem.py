"""A dispute as numbers: what the sides stand to win and lose at its decision dates.

A dispute begins at a date on which a truce runs out. Without an agreement penalties come into
force, and go on until a crisis meeting ends them: the deadline and every crisis meeting are the
same kind of date (:mod:`negotiation.solvers.dispute_date`), and what happens between them is a
chain that is solved backward (:mod:`negotiation.solvers.dispute_chain`). Everything is in $bn
against a truce on even terms, which is worth 0.

Two things are private: whether a side is ordinary or resolute. A resolute side weighs the cost of
penalties less and never gives in to a demand. What is public is where the dispute stands:

* the step of the calendar since the outbreak: weeks at first, months later;
* the rung: penalties on part of the trade only; on all of it; the same with a cut of rare earths;
  the peak with its cut;
* how likely each side is thought to be resolute. Values are kept at three beliefs of either side,
  the prior, ``KNOT`` of the way from there to certainty, and certainty, and are linear in between.
  Only a refusal teaches, and it raises the belief, so none below the prior is ever needed.
"""

from __future__ import annotations

from typing import Annotated

import numpy as np

from negotiation.compiling import inlined
from negotiation.records import Array, Real, RealBySide, Whole, layout

WEEKS = np.array([1.0] * 12 + [2.0] * 8 + [4.0] * 6 + [6.5] * 8)  # lengths of the steps: two years
STEPS = len(WEEKS)
ENDS = np.cumsum(WEEKS)  # weeks since the outbreak at which each step ends
PART, FULL, CUT, PEAK = range(4)
RUNGS = 4
KNOT = 0.4
NODES = 9  # pairs of beliefs: node 3 i + j has the i-th about the US and the j-th about China
LANES = RUNGS * NODES  # rung after rung
ORDINARY_US, RESOLUTE_US, ORDINARY_CHINA, RESOLUTE_CHINA = range(4)
PLAYERS = 4
ISSUES = 16  # room for so many
LENGTHS = 3  # among which that of a truce is chosen
OUTBREAK = STEPS  # where the values after the failed deadline are kept

ByLength = Annotated[Array, "f8", (LENGTHS,)]
IssueBySide = Annotated[Array, "f8", (2, ISSUES)]
SideByResolve = Annotated[Array, "f8", (2, 2)]
ByStep = Annotated[Array, "f8", (STEPS,)]
StepBySide = Annotated[Array, "f8", (STEPS, 2)]
StepByRung = Annotated[Array, "f8", (STEPS, RUNGS)]
Costs = Annotated[Array, "f8", (STEPS, RUNGS, 2)]
Values = Annotated[Array, "f8", (2, STEPS + 1, PLAYERS, LANES)]
Cuts = Annotated[Array, "f8", (2, STEPS + 1, NODES)]


class Dispute:
    """What a dispute depends on, and what playing it on is worth.

    The first part is given; ``values`` and what follows are filled by the solver.
    """

    felt: ByStep  # share of the penalties' yearly cost that is felt in the middle of a step
    cost: Costs  # of penalties in a step, $bn, to an ordinary side
    selloffs: StepByRung  # rate at which markets sell off, per year
    pressure: StepByRung  # what sell-offs are expected to have added to the US cost, a share
    meet: StepByRung  # chance of a crisis meeting at the end of a step
    lost: StepBySide  # of the prospect of a deal in a step of penalties, $bn
    late: Whole  # step from which on nothing is left of it, whatever it is
    discount: StepBySide  # factor over a step
    weight: SideByResolve  # on the cost of penalties
    prior: RealBySide  # chance that a side is resolute
    precision: RealBySide  # of choices, per $bn
    noise: Real  # how the noise grows with what is at stake, per unit of precision times stake
    # what a side may demand, issue by issue: how likely it is to ask for that, what it would bring
    # it, and what giving it costs the other, $bn; then the means over what it asks for
    asks: IssueBySide
    ask_gain: IssueBySide
    ask_price: IssueBySide
    ask_years: IssueBySide  # how long it is expected to be held
    # the lengths that a truce may be agreed for; the longest time for which a concession is held;
    # the chance of each length after an even truce, and after a demand that is given in to
    days: ByLength
    held_days: Real
    even_length: ByLength
    ask_length: Annotated[Array, "f8", (2, ISSUES, LENGTHS)]
    gain: RealBySide  # what its demand brings the side that makes it
    price: RealBySide  # what giving in to the other's demand costs a side
    audience: RealBySide  # cost at home of giving in at the deadline, $bn
    audience_in: StepBySide  # the same at a crisis meeting at the end of a step
    toll: RealBySide  # cost of making a demand, $bn; negative where home applauds, tension apart
    toll_due: RealBySide  # the same at the deadline, with the tension that is expected then
    toll_in: StepBySide  # and at a crisis meeting
    first: Real  # chance that the US speaks first
    part: Real  # chance that penalties begin in part; that they begin at the peak
    peak: Real
    quiet: Real  # chance that a lapse is mended before penalties come
    ahead: (
        Whole  # 1 while the prospect of a deal is there to be lost; what follows is kept for both
    )
    values: Values  # after a failed date at the end of a step (last: the deadline), $bn
    cut: Cuts  # chance that China then cuts rare earths, if penalties are on all trade without it
    log_odds: Annotated[Array, "f8", (2, LANES)]  # of giving in, where the search for it begins
    worth: RealBySide  # of the deadline to a side over its types, $bn
    unsettled: Whole  # dates at which that search has not settled


DISPUTE = layout(Dispute)


class Room:
    """Working memory of the solver: a row for each number, a place in it for each lane."""

    now: Annotated[Array, "f8", (PLAYERS, LANES)]  # worth of penalties from the start of a step
    about_us: Annotated[Array, "f8", (3, PLAYERS, LANES)]  # values at the three beliefs about it
    about_china: Annotated[Array, "f8", (3, PLAYERS, LANES)]
    belief: Annotated[Array, "f8", (2, LANES)]
    date: Annotated[Array, "f8", (PLAYERS, LANES)]  # worth of a date, by player
    near: Annotated[Array, "f8", (LANES,)]  # slopes of the values of no truce in the beliefs
    far: Annotated[Array, "f8", (LANES,)]
    off: Annotated[Array, "f8", (2, LANES)]  # how far the search for an answer is from its root
    # where a solution without a prospect to be lost stood before it came to steps that have one
    now_late: Annotated[Array, "f8", (PLAYERS, LANES)]
    odds_late: Annotated[Array, "f8", (2, LANES)]


ROOM = layout(Room)


@inlined
def player_of(side: int, resolve: int) -> int:
    """Return the number of a player: a side that is ordinary (0) or resolute (1).

    Examples
    --------
    >>> m = player_of(1, 0)
    >>> m == ORDINARY_CHINA, side_of_player(m), resolve_of_player(m)
    (True, 1, 0)
    """
    return 2 * side + resolve


@inlined
def side_of_player(m: int) -> int:
    """Return the side of player ``m``."""
    return m >> 1


@inlined
def resolve_of_player(m: int) -> int:
    """Return the resolve of player ``m``."""
    return m & 1


def blank_room() -> np.ndarray:
    """Return room for the solver, as an array of one record.

    Examples
    --------
    >>> blank_room()["now"].shape
    (1, 4, 36)
    """
    return np.zeros(1, ROOM)
