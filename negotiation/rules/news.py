"""Phase 1, news: court rulings, market sell-offs, incidents, at Poisson rates.

A ruling takes away part of the leverage of a US snapback, a sell-off raises the US weight
on the cost of a lapse for a while, an incident raises tension. Tension and pressure decay
exponentially, so their paths do not depend on how finely time is cut. What a tick keeps of
them and the chances of news in it do not change within a run: they are worked out on its first day.
"""

from __future__ import annotations

import math

import numpy as np

from negotiation import randomness as rnd
from negotiation.compiling import compiled
from negotiation.payoffs.world import Numbers
from negotiation.rules import journal
from negotiation.rules.journal import note_news
from negotiation.rules.script import Script
from negotiation.rules.state import State
from negotiation.solvers.choice import per_tick

LN2 = math.log(2.0)
RULING, SELLOFF, INCIDENT = range(3)


@compiled
def set_pace(talks: State, world: Numbers) -> None:
    """Fill the chances of news in a tick and the shares of tension and pressure that it keeps."""
    days = world.clock_tick_days
    # half-lives and rates as shares of a tick, so that its length does not move the odds
    talks.tension_kept = math.exp(-LN2 * days / world.news_tension_half_life)
    talks.pressure_kept = math.exp(-LN2 * days / world.news_selloff_half_life)
    talks.news_chance[RULING] = per_tick(world.news_court_rate / 365.0, days)
    talks.news_chance[SELLOFF] = per_tick(world.news_selloff_rate / 365.0, days)
    talks.news_chance[INCIDENT] = per_tick(world.news_incident_rate / 365.0, days)


@compiled
def arrives(talks: State, kind: int) -> bool:
    """Return whether news of a kind comes in this tick."""
    slot = rnd.NEWS + np.uint64(4 * talks.tick + kind)
    return rnd.uniform(talks.key, slot) < talks.news_chance[kind]


@compiled
def news(talks: State, world: Numbers, watch: Script) -> None:
    """Let tension and pressure decay, then let the news of the tick arrive."""
    # on the first day tension is what the scenario says
    if talks.tick > 0:
        talks.tension *= talks.tension_kept
        talks.pressure *= talks.pressure_kept
    if arrives(talks, RULING):
        talks.rulings += 1
        talks.leverage *= world.news_court_effect
        note_news(talks, watch, journal.RULING)
    if arrives(talks, SELLOFF):
        talks.selloffs += 1
        talks.pressure += world.news_selloff_effect
        note_news(talks, watch, journal.SELLOFF)
    if arrives(talks, INCIDENT):
        talks.incidents += 1
        talks.tension += 1.0
        note_news(talks, watch, journal.INCIDENT)
