"""The two games know each other: a lapse endangers what a meeting promises, a deal saves dates."""

from __future__ import annotations

import math

import numpy as np
import pytest

from negotiation.compiling import compiled
from negotiation.ensemble import Ensemble
from negotiation.outcome import EVENTS
from negotiation.payoffs.dispute import fill_prospect, spare_dates
from negotiation.randomness import world_key_of
from negotiation.rules.prospect import foresee_dispute, prospect
from negotiation.scenario import Scenario
from negotiation.solvers.dispute_chain import solve_dispute, weigh_deadline
from negotiation.table import Table, draw

WORLDS = 60


def scenario(**changes):
    """The shipped scenario under some changes (dots written as double underscores)."""
    more = {name.replace("__", "."): value for name, value in changes.items()}
    return Scenario.load("stockholm-2025").replace(more)


def worlds(count, **changes):
    """The records of so many worlds, in the same memory."""
    records = Table(scenario(**changes)).records()
    for world in range(count):
        draw(records, np.uint64(world_key_of(1, world)))
        yield records


def share_of_lapses(records):
    """The chance that the first deadline ends the truce, as it is foreseen."""
    return float(records.stakes[0]["deadline"]["ends"])


@pytest.fixture(scope="module")
def rows():
    """Runs of 200 worlds."""
    return Ensemble(scenario()).rows(seed=1, first=0, count=3200, runs_per_world=16)


def event(rows, name):
    """Whether something happened, run by run."""
    return rows["events"][:, EVENTS.index(name)] == 1


def test_a_lapse_costs_the_leaders_their_deal(rows):
    """After a lapse at the first deadline they sign less than two thirds as often."""
    lapsed, signed = event(rows, "first_deadline_lapsed"), event(rows, "summit_deal")
    after, else_ = signed[lapsed], signed[~lapsed]
    error = math.sqrt(after.var() / len(after) + else_.var() / len(else_))
    assert after.mean() + 3 * error < 2 / 3 * else_.mean()


def test_what_a_meeting_promises_keeps_the_truce():
    """Without a meeting to lose the first deadline is likelier to end it, in the mean of worlds."""
    promised = np.array([share_of_lapses(r) for r in worlds(WORLDS)])
    without = np.array([share_of_lapses(r) for r in worlds(WORLDS, summit__feasible=0.0)])
    moved = without - promised
    assert moved.mean() > 3 * moved.std() / math.sqrt(WORLDS)


def test_what_a_deadline_costs_is_what_the_dispute_says():
    """A deal saves either side what the date is worth to it over its types."""
    for records in worlds(10):
        stakes = records.stakes[0]
        worth = stakes["dispute"]["worth"]
        assert stakes["deadline"]["cost"] == pytest.approx(
            np.maximum(-worth, 0.0)[:, None].repeat(6, axis=1)
        )


def test_the_chance_of_a_lapse_comes_true(rows):
    """L14: foreseen on the first day and realised within four standard errors over worlds.

    Runs that sign before the deadline are left out, and so is what tension and news of the first
    fortnight add: a point and a half.
    """
    foreseen = np.array([share_of_lapses(r) for r in worlds(200)])
    met = ~event(rows, "first_deadline_deal").reshape(-1, 16)
    lapsed = event(rows, "first_deadline_lapsed").reshape(-1, 16)
    share = lapsed.sum() / met.sum()
    weight = met.sum(axis=1) / met.sum()
    error = math.sqrt(share * (1 - share) / met.sum())
    assert abs(share - (foreseen * weight).sum()) < 4 * error + 0.015


@compiled
def look_again(talks, world, stakes, key):
    """One more look of each game at the other."""
    fill_prospect(world, stakes, stakes.dispute)
    solve_dispute(stakes.dispute, stakes.room)
    weigh_deadline(stakes.dispute, stakes.terms, stakes.date)
    spare_dates(world, stakes.dispute, stakes.date)
    foresee_dispute(world, stakes.dispute, stakes.date, stakes.deadline)
    talks.truce_ends = stakes.deadline.ends
    middle = 0.5 * (world.day_summit_from + world.day_summit_to)
    prospect(talks, world, stakes, middle, key, stakes.prospect)


def test_one_more_look_changes_little():
    """The fixed point is reached: on average a lapse by a tenth of a point, worths by 1.5%."""
    lapse, meeting, cost, promised, level = [], [], [], [], []
    for world, records in enumerate(worlds(100)):
        stakes = records.stakes[0]
        before = share_of_lapses(records), stakes["prospect"]["meeting"].copy()
        saved = stakes["deadline"]["cost"].copy()
        promised.append(before[1].mean())
        level.append(saved.mean())
        key = np.uint64(world_key_of(1, world))
        look_again(records.talks[0], records.world[0], records.stakes[0], key)
        lapse.append(abs(share_of_lapses(records) - before[0]))
        meeting.append(np.abs(stakes["prospect"]["meeting"] - before[1]).mean())
        cost.append(np.abs(stakes["deadline"]["cost"] - saved).mean())
    assert np.mean(lapse) < 0.001
    assert np.mean(meeting) < 0.015 * np.mean(promised)
    assert np.mean(cost) < 0.015 * np.mean(level)
    assert np.quantile(lapse, 0.97) < 0.01


def test_deals_before_the_first_deadline_are_few_but_there_are_some(rows):
    """L18: fear of the date brings some forward; most wait for the leaders."""
    assert 0.02 < event(rows, "first_deadline_deal").mean() < 0.15
