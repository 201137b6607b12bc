"""What luck adds to what was to be expected: the innovations of a run.

An *innovation* is what happened, as 1 or 0, less the chance that it had given all that had
happened before and the types of both sides. Its mean is zero whatever the numbers, so an estimate
of odds may take any multiple of it away and stay unbiased, and has less luck in it: innovations are
control variates (:mod:`negotiation.analysis.precise`). No rule reads them.

References
----------
Lavenberg and Welch (1981), "A perspective on the use of control variables to increase the
efficiency of Monte Carlo simulations", doi:10.1287/mnsc.27.9.1000.
Henderson and Glynn (2002), "Approximating martingales for variance reduction in Markov process
simulation", doi:10.1287/moor.27.2.253.329.
"""

from __future__ import annotations

import numpy as np

from negotiation import randomness as rnd
from negotiation.compiling import compiled
from negotiation.payoffs.world import Numbers
from negotiation.records import Array
from negotiation.rules import dispute
from negotiation.rules.state import INNOVATIONS, PENDING, US, WAR, State
from negotiation.scenario import MAX_ISSUES

# The first decision date: agreed evenly, on the demand of the US, on that of China.
EVEN, US_ASKED, CHINA_ASKED = range(3)
# Later dates: agreed. Drafts: initialled by the US, by China, by both, passed at home. The leaders'
# first and second text: signed by both, passed at home; it slips. A meeting is feasible.
(
    LATER, INITIALS_US, INITIALS_CHINA, INITIALLED, PASSED, SIGNED, SIGNED_NEXT, PASSED_AT_SUMMIT,
    SLIPPED, FEASIBLE,
) = range(3, 13)  # fmt: skip
TEXTS = 13  # from here on, by issue: the draw behind the effort that its text needs, less a half


@compiled
def innovate(talks: State, what: int, happened: bool, chance: float) -> None:
    """Take note of what happened where it had this chance."""
    talks.innovations[what] += (1.0 if happened else 0.0) - chance


@compiled
def none_so_far(talks: State, world: Numbers) -> None:
    """Begin a run, with what its first day draws."""
    for n in range(INNOVATIONS):
        talks.innovations[n] = 0.0
    u = rnd.uniform(talks.key, rnd.SUMMIT_DATE + np.uint64(1))
    innovate(talks, FEASIBLE, u < world.summit_feasible, world.summit_feasible)
    for k in range(MAX_ISSUES):
        talks.innovations[TEXTS + k] = rnd.uniform(talks.key, rnd.RIPEN + np.uint64(k)) - 0.5


@compiled
def keep_innovations(talks: State, row: int, kept: Array) -> None:
    """Write those of a run into a row of ``kept``, where there is room for it."""
    if row < kept.shape[0]:
        for n in range(INNOVATIONS):
            kept[row, n] = talks.innovations[n]


@compiled
def before_date(talks: State, world: Numbers, first: int) -> None:
    """Take away the chances that a date is agreed on at which ``first`` speaks first."""
    before = talks.scratch.second
    talks.scratch.second = 0
    even = dispute.chance_of_even(talks, first)
    talks.scratch.second = 1
    both = even * dispute.chance_of_even(talks, 1 - first)
    talks.scratch.second = before
    kept = 1.0 if talks.regime == WAR else 1.0 - world.deadline_accident
    of_first = kept * (1.0 - even) * dispute.chance_of_giving_in(talks, 1 - first)
    of_second = kept * (even - both) * dispute.chance_of_giving_in(talks, first)
    if talks.first_deadline == PENDING and talks.regime != WAR:
        talks.innovations[EVEN] -= kept * both
        talks.innovations[US_ASKED + first] -= of_first
        talks.innovations[US_ASKED + 1 - first] -= of_second
    else:
        talks.innovations[LATER] -= kept * both + of_first + of_second


@compiled
def after_date(talks: State, asker: int, pending: bool) -> None:
    """Add that the date was agreed on: evenly, or on the demand of ``asker``."""
    if not pending:
        talks.innovations[LATER] += 1.0
    elif asker < 0:
        talks.innovations[EVEN] += 1.0
    else:
        talks.innovations[US_ASKED if asker == US else CHINA_ASKED] += 1.0
