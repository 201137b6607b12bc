"""A lapse without penalties: it is repaired by a late extension, or turns into penalties."""

from __future__ import annotations

import numpy as np

from negotiation import randomness as rnd
from negotiation.compiling import compiled
from negotiation.payoffs.stakes import Stakes
from negotiation.payoffs.world import Numbers
from negotiation.rules.dispute import begin_penalties, open_dispute
from negotiation.rules.state import TRUCE, State
from negotiation.solvers.choice import per_tick


@compiled
def live_through_lapse(talks: State, world: Numbers, stakes: Stakes) -> None:
    """Let a lapse without penalties go on for a tick, be repaired, or turn into penalties."""
    days = world.clock_tick_days
    repair = world.escalation_lapse_repair_rate / 365.0
    both = repair + world.escalation_lapse_penalty_rate / 365.0
    if both <= 0.0:
        return
    u = rnd.uniform(talks.key, rnd.LAPSE + np.uint64(talks.tick))
    # two competing Poisson events: first whether one comes, then which, by their rates
    happens = per_tick(both, days)
    if u < happens * repair / both:
        talks.regime = TRUCE
        talks.extensions += 1
        talks.expiry = talks.day + world.extension_days
        open_dispute(talks, world, stakes)
    elif u < happens:
        begin_penalties(talks, world, talks.day)
