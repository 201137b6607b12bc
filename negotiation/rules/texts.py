"""Texts ripen: an issue can be signed only once its wording is ready, and that takes work.

The text of issue k is ready at once with the chance ``ready``; if not, a fortnight's full effort of
the side that concedes it finishes it with the chance ``pace``. Effort goes on between rounds, the
faster the more that side has moved: in dt days it grows by ``c ^ effort dt / 14``, where c is the
share of its way that the side has come. So issue k is ready once

    effort of its giver >= log((1 - u_k) / (1 - ready_k)) / log(1 - pace_k),

with one draw u_k in a run: once ready, always ready, and how often anybody looks changes nothing.
Under penalties nobody works on texts.
"""

from __future__ import annotations

import math

import numpy as np

from negotiation import randomness as rnd
from negotiation.compiling import compiled
from negotiation.payoffs.world import Numbers
from negotiation.rules.state import TRUCE, State
from negotiation.solvers.exponential import log, power

FORTNIGHT = 14.0  # days
SURE = 0.99  # no text gets ready faster, whatever multiplies its pace


@compiled
def pace(world: Numbers, k: int) -> float:
    """Return the chance that a fortnight's full effort makes the text of issue ``k`` ready."""
    return min(world.talks_ripening * world.pace[k], SURE)


@compiled
def zeal_of(world: Numbers, held: float) -> float:
    """Return the effort, in fortnights a day, of a side that still holds out for ``held``."""
    come = min(max(1.0 - held, 0.0), 1.0)
    return power(come, world.talks_effort) / FORTNIGHT


@compiled
def open_texts(talks: State, world: Numbers) -> None:
    """Draw how much effort each text needs; which are ready is seen in the first round."""
    talks.effort_day = talks.clock = 0.0
    for side in range(2):
        talks.effort[side], talks.zeal[side] = 0.0, zeal_of(world, 1.0)
    for k in range(int(world.n_issues)):
        u = rnd.uniform(talks.key, rnd.RIPEN + np.uint64(k))
        talks.ready[k] = talks.offered[k] = 0.0
        if u < world.ready[k]:
            talks.needed[k] = 0.0
        elif pace(world, k) <= 0.0:
            talks.needed[k] = math.inf
        else:
            left = log((1.0 - u) / (1.0 - world.ready[k]))
            talks.needed[k] = left / log(1.0 - pace(world, k))


@compiled
def work_until(talks: State, day: float) -> None:
    """Add both sides' effort up to ``day``."""
    days = max(day - talks.effort_day, 0.0)
    for side in range(2):
        talks.effort[side] += talks.zeal[side] * days
    talks.effort_day = max(day, talks.effort_day)


@compiled
def rest(talks: State, world: Numbers, in_session: bool) -> None:
    """Let a tick pass: effort goes on between rounds, and stops while nobody talks."""
    end = talks.day + world.clock_tick_days
    if in_session:
        # what a deadline in this tick brings is not known yet
        work_until(talks, min(end, talks.expiry) if talks.regime == TRUCE else end)
    else:
        talks.effort_day = max(talks.effort_day, end)


@compiled
def see_what_is_ready(talks: State, world: Numbers) -> int:
    """Mark the texts that have become ready, and return how many are new."""
    new = 0
    for k in range(int(world.n_issues)):
        talks.newly[k] = 0.0
        if talks.ready[k] == 0.0 and talks.effort[int(world.conceded_by[k])] >= talks.needed[k]:
            talks.ready[k] = talks.newly[k] = 1.0
            new += 1
    return new


@compiled
def put_on_table(talks: State, world: Numbers, side: int, z: np.ndarray) -> None:
    """Keep what ``side`` offers to concede itself: what has been offered is not taken back."""
    for k in range(int(world.n_issues)):
        if world.conceded_by[k] == side:
            talks.offered[k] = max(talks.offered[k], z[k])


@compiled
def all_ready(talks: State, world: Numbers, z: np.ndarray) -> bool:
    """Return whether the texts of all issues in package ``z`` are ready."""
    ready = True
    for k in range(int(world.n_issues)):
        ready = ready and not text_missing(talks, z, k)
    return ready


@compiled
def text_missing(talks: State, z: np.ndarray, k: int) -> bool:
    """Return whether package ``z`` holds issue ``k``, whose text is not ready."""
    return bool(z[k] > 0.0 and talks.ready[k] <= 0.0)
