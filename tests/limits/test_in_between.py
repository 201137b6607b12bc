"""Limits L18 and L20: what lies between the parts of the game, and what its outcomes look like.

L18: a change anywhere shows at the first deadline, its outcome or its terms, by more than the 95%
interval of runs that are paired world by world. L20: outcomes have the shape of past disputes.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from negotiation.ensemble import Ensemble
from negotiation.outcome import EVENTS
from negotiation.rules.state import WAR
from negotiation.scenario import Scenario

RUNS, PER_WORLD = 4_000, 8
FIRST = ("first_extension_mutual", "first_extension_from_us", "first_extension_from_china",
         "first_deadline_lapsed")  # fmt: skip
SHIPPED = Scenario.load("stockholm-2025")


@cache
def played(changes=()):
    """Runs of the shipped scenario under some changes."""
    ensemble = Ensemble(SHIPPED.replace(dict(changes)))
    return ensemble.rows(seed=18, first=0, count=RUNS, runs_per_world=PER_WORLD)


def happened(rows, event):
    """Whether an event happened, run by run."""
    return rows["events"][:, EVENTS.index(event)] == 1


def moved(before, after):
    """By how many standard errors, over worlds, each outcome of the first deadline moves."""
    found = {}
    rows = (before, after)
    columns = {event: [happened(r, event).astype(float) for r in rows] for event in FIRST}
    columns["first_term"] = [r["first_term"] for r in rows]
    for name, (a, b) in columns.items():
        change = (b - a).reshape(-1, PER_WORLD).mean(axis=1)
        found[name] = change.mean() / max(change.std() / np.sqrt(len(change)), 1e-12)
    return found


COUPLINGS = {
    # what is changed, from where to where, what must move and which way
    "no summit in prospect": ({"summit.feasible": 1.0}, {"summit.feasible": 0.0},
                              ("first_deadline_lapsed", +1)),
    "a lapse is quiet": ({"deadline.grace": 0.0}, {"deadline.grace": 1.0},
                         ("first_deadline_lapsed", +1)),
    "longer extensions": ({"calendar.extension_days": 30}, {"calendar.extension_days": 180},
                          ("first_term", +1)),
    "alternatives": ({"rare_earths.alternatives": 0.08}, {"rare_earths.alternatives": 0.5},
                     ("first_extension_from_us", -1)),
    "a stock run down": ({"rare_earths.depleted": 0.0}, {"rare_earths.depleted": 2.2},
                         ("first_extension_from_us", +1)),
    "a ruling": ({"news.ruling_chance": 0.0}, {"news.ruling_chance": 1.0},
                 ("first_deadline_lapsed", +1)),
    "falling markets": ({"news.selloff_penalties": 0.0}, {"news.selloff_penalties": 5.0},
                        ("first_extension_from_us", +1)),
    "costly demands": ({"deadline.ultimatum": -5.0}, {"deadline.ultimatum": 5.5},
                       ("first_extension_mutual", +1)),
}  # fmt: skip


@pytest.mark.parametrize("what", COUPLINGS)
def test_the_first_deadline_knows_of_everything_else(what):
    """L18: from its low to its high end each moves the extension, or its terms, as it should."""
    before, after, (outcome, sign) = COUPLINGS[what]
    found = moved(played(tuple(before.items())), played(tuple(after.items())))
    assert sign * found[outcome] > 1.96, found


def test_a_lapse_lowers_the_odds_of_the_leaders_deal_by_a_third():
    """L18: after a lapse at the first deadline leaders sign less than two thirds as often."""
    rows = played()
    lapsed, signed = happened(rows, "first_deadline_lapsed"), happened(rows, "summit_deal")
    after, otherwise = signed[lapsed], signed[~lapsed]
    error = np.sqrt(after.var() / len(after) + otherwise.var() / len(otherwise))
    assert after.mean() + 3 * error < 2 / 3 * otherwise.mean()


def test_few_sign_before_the_first_deadline():
    """L18: between 2 and 15% have their first deal by 12 August."""
    assert 0.02 < happened(played(), "first_deadline_deal").mean() < 0.15


def test_a_mutual_extension_is_the_usual_end_of_a_deadline_that_binds_both():
    """L20: of the five things that 12 August may bring it is likelier than the rest together."""
    outcomes = np.array([happened(played(), e) for e in (*FIRST, "first_deadline_deal")])
    assert (outcomes.sum(axis=0) == 1).all()
    assert outcomes[0].mean() > 0.5


# Kaplan and Meier's estimate over 55 spells of 2017 to 2025, and over the 17 with China
LASTED = {30: 0.91, 60: 0.85, 90: 0.82, 180: 0.69}
WITH_CHINA = {90: 0.76, 180: 0.49}


def test_penalties_last_as_long_as_they_used_to(watch):
    """L20: shares of first escalations still going on, in whole runs with news of all kinds.

    Every truce ends by accident on 12 August, and no leaders meet; half a year is watched. Within
    the sampling error of history: two standard errors of 55 spells, or of the 17 with China.
    """
    scenario = SHIPPED.replace(
        {
            "clock.tick_days": 1.0, "deadline.accident": 1.0, "deadline.grace": 0.0,
            "calendar.horizon": "2026-03-31", "summit.feasible": 0.0,
        }
    )  # fmt: skip
    start = 15
    seen = watch(scenario, seed=20, runs=400, looks=[start + 1, *(start + d for d in LASTED)])
    begun = seen["wars"][:, 0] == 1
    assert begun.mean() > 0.7
    for look, (days, share) in enumerate(LASTED.items(), start=1):
        on = (seen["regime"][begun, look] == WAR) & (seen["wars"][begun, look] == 1)
        low = share - 2 * np.sqrt(share * (1 - share) / 55)
        high = share + 2 * np.sqrt(share * (1 - share) / 55)
        if days in WITH_CHINA:
            other = WITH_CHINA[days]
            low = min(low, other - 2 * np.sqrt(other * (1 - other) / 17))
        assert low < on.mean() < high, (days, on.mean())
