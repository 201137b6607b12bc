"""Phase 1, news: rulings, sell-offs, incidents, friendly statements, sectoral tariffs.

They come at Poisson rates, a ruling also on a date that is known. A ruling takes away part of the
leverage of a US snapback, a sell-off raises the US weight on the cost of a lapse for a while, an
incident raises tension and a friendly statement lowers it. New sectoral tariffs become due; while a
truce holds they may be put off to protect the talks. Tension and pressure decay exponentially, so
their paths do not depend on how finely time is cut. What a tick keeps of them and the chances of
news in it do not change within a run: they are worked out on its first day.
"""

from __future__ import annotations

import math

import numpy as np

from negotiation import randomness as rnd
from negotiation.compiling import compiled
from negotiation.payoffs.stakes import Stakes
from negotiation.payoffs.world import RESTRAINT, TECHNOLOGY, Numbers
from negotiation.rules import journal
from negotiation.rules.dispute import selloff_rate
from negotiation.rules.journal import note_news
from negotiation.rules.script import Script
from negotiation.rules.state import TRUCE, WAR, WORKING_DEAL, State
from negotiation.solvers.choice import per_tick
from negotiation.solvers.exponential import exp

LN2 = math.log(2.0)
RULING, SELLOFF, INCIDENT, THAW, TARIFFS = range(5)
DATED, SECTORAL, DELAY = range(3)


@compiled
def set_pace(talks: State, world: Numbers) -> None:
    """Fill the chances of news in a tick and the shares of tension and pressure that it keeps."""
    days = world.clock_tick_days
    # half-lives and rates as shares of a tick, so that its length does not move the odds
    talks.tension_kept = exp(-LN2 * days / world.news_tension_half_life)
    talks.pressure_kept = exp(-LN2 * days / world.news_selloff_half_life)
    talks.news_chance[RULING] = per_tick(world.news_court_rate / 365.0, days)
    talks.news_chance[SELLOFF] = per_tick(world.news_selloff_rate / 365.0, days)
    talks.news_chance[INCIDENT] = per_tick(world.news_incident_rate / 365.0, days)
    talks.news_chance[THAW] = per_tick(world.news_thaw_rate / 365.0, days)
    talks.news_chance[TARIFFS] = per_tick(world.news_sectoral_rate / 365.0, days)


@compiled
def arrives(talks: State, kind: int, chance: float) -> bool:
    """Return whether news of a kind, which comes with so much chance, comes in this tick."""
    slot = rnd.NEWS + np.uint64(4 * talks.tick + kind)
    return rnd.uniform(talks.key, slot) < chance


@compiled
def happens(talks: State, what: int) -> float:
    """Return a random number of the tick for what is dated or due."""
    return rnd.uniform(talks.key, rnd.DUE + np.uint64(4 * talks.tick + what))


@compiled
def news(talks: State, world: Numbers, stakes: Stakes, watch: Script) -> None:
    """Let tension and pressure decay, then let the news of the tick arrive."""
    # on the first day tension is what the scenario says
    if talks.tick > 0:
        talks.tension *= talks.tension_kept
        talks.pressure *= talks.pressure_kept
    if talks.regime == WAR:
        talks.tension += world.escalation_tension * world.clock_tick_days / 7.0
    dated = talks.day <= world.day_ruling < talks.day + world.clock_tick_days
    if arrives(talks, RULING, talks.news_chance[RULING]) or (
        dated and happens(talks, DATED) < world.news_ruling_chance
    ):
        talks.rulings += 1
        talks.leverage *= world.news_court_effect
        note_news(talks, watch, journal.RULING, 0.0)
    selloff = talks.news_chance[SELLOFF]
    if talks.regime == WAR:
        rate = selloff_rate(talks, world, stakes) / 365.0
        selloff = per_tick(rate, world.clock_tick_days)
    talks.sold_off = int(arrives(talks, SELLOFF, selloff))
    if talks.sold_off:
        talks.selloffs += 1
        talks.pressure += world.news_selloff_effect
        note_news(talks, watch, journal.SELLOFF, 0.0)
    if arrives(talks, INCIDENT, talks.news_chance[INCIDENT]):
        talks.incidents += 1
        talks.tension += 1.0
        note_news(talks, watch, journal.INCIDENT, 1.0)
    if arrives(talks, THAW, talks.news_chance[THAW]):
        talks.thaws += 1
        talks.tension -= 1.0
        note_news(talks, watch, journal.THAW, -1.0)
    if talks.day <= world.day_pause_ends < talks.day + world.clock_tick_days:
        end_pause(talks, world, watch)
    if happens(talks, SECTORAL) < talks.news_chance[TARIFFS]:
        sectoral_tariffs(talks, world, watch)


@compiled
def end_pause(talks: State, world: Numbers, watch: Script) -> None:
    """Let new technology controls come into force, unless a deal relaxes some."""
    for k in range(int(world.n_issues)):
        if world.kind[k] == TECHNOLOGY and talks.package[k] > 0.0:
            return
    if world.news_pause_strain > 0.0:
        talks.tension += world.news_pause_strain
        note_news(talks, watch, journal.CONTROLS, world.news_pause_strain)


@compiled
def sectoral_tariffs(talks: State, world: Numbers, watch: Script) -> None:
    """Let new sectoral tariffs come due: restrained by a deal, put off, or imposed."""
    u = happens(talks, DELAY)
    if talks.regime >= WORKING_DEAL and u < restraint(talks, world):
        return
    if talks.regime == TRUCE and u < world.news_sectoral_delay:
        talks.put_off += 1
        note_news(talks, watch, journal.DELAYED, 0.0)
    else:
        talks.sectoral += 1
        talks.tension += 1.0
        note_news(talks, watch, journal.SECTORAL, 1.0)


@compiled
def restraint(talks: State, world: Numbers) -> float:
    """Return how far the deal in force rules new sectoral tariffs out."""
    most = 0.0
    for k in range(int(world.n_issues)):
        if world.kind[k] == RESTRAINT:
            most = max(most, talks.package[k])
    return most
