"""Paired runs of the shipped scenario: what one change moves, all luck kept."""

from __future__ import annotations

from functools import cache, lru_cache

import numpy as np

from negotiation.ensemble import Ensemble
from negotiation.outcome import EVENTS
from negotiation.scenario import Scenario

PER_WORLD, SEED = 16, 5
SHORT, LONG = 3_200, 20_000  # runs of each end
STOCKHOLM = Scenario.load("stockholm-2025")
MENTIONED = 0.02  # share conceded from which on an issue is part of a deal
HORIZON = (STOCKHOLM.calendar.horizon - STOCKHOLM.calendar.start).days
# what happened in some share of another event's runs: the one and the other
RATIOS = {
    "cut in an escalation": ("rare_earths_cut", "escalation"),
    "days of an escalation": ("war_days", "escalation"),
}


def measures(rows, scenario=STOCKHOLM):
    """What may move, run by run."""
    found = {name: rows["events"][:, k].astype(float) for k, name in enumerate(EVENTS)}
    for name in ("war_days", "first_term", "trade_low", "deficit", "tension"):
        found[name] = rows[name]
    found["us_account"], found["china_account"] = rows["account"].T
    found["us_terms"], found["china_terms"] = rows["yearly_gain"].T
    given = np.zeros(len(rows))
    for k, (name, issue) in enumerate(scenario.issues.items()):
        found[f"conceded {name}"] = rows["package"][:, k]
        found[f"deal with {name}"] = (rows["package"][:, k] > MENTIONED).astype(float)
        found[f"demand of {name}"] = (rows["first_demand"] == k).astype(float)
        if issue.kind == "us_tariff":
            given += issue.status_quo * rows["package"][:, k]
    found["days to a deal"] = np.where(rows["deal_day"] >= 0.0, rows["deal_day"], HORIZON)
    found["final tariff"] = 100.0 * scenario.tariffs.us_truce.value - given
    found["demanded"] = (rows["first_demand"] >= 0).astype(float)
    return found


@lru_cache(maxsize=4)
def played(changes=(), runs=SHORT):
    """The measures of the runs under some changes, run by run."""
    return measured(STOCKHOLM.replace(dict(changes)), runs)


def measured(scenario, runs):
    """The measures of a scenario's runs, run by run."""
    rows = Ensemble(scenario).rows(seed=SEED, first=0, count=runs, runs_per_world=PER_WORLD)
    return measures(rows, scenario)


@cache
def by_world(changes=(), runs=SHORT):
    """The same as means over the runs of each world, so that they are kept in little room."""
    return of_worlds(played(changes, runs))


def agenda(with_it, runs, issue="sectoral_restraint"):
    """The same of the scenario with an issue at the end of its agenda, or without it.

    Issues draw their luck by their place, so that of the others stays as it is.
    """
    data = STOCKHOLM.model_dump(mode="json")
    last = data["issues"].pop(issue)
    if with_it:
        data["issues"][issue] = last
    else:
        groups = (group for s in ("us", "china") for group in data[s]["constituencies"].values())
        for group in groups:
            group["stakes"].pop(issue, None)
    return of_worlds(measured(Scenario.from_dict(data), runs))


def of_worlds(found):
    """Measures as means over the runs of each world."""
    return {name: x.reshape(-1, PER_WORLD).mean(axis=1) for name, x in found.items()}


def moved(low, high, what, runs=SHORT):
    """The mean change from one end to the other, and the half-width of its 95% interval."""
    a, b = (by_world(tuple(end.items()), runs) for end in (low, high))
    if what in RATIOS:
        return ratio_moved(a, b, *RATIOS[what])
    return interval(b[what] - a[what])


def ratio_moved(a, b, part, whole):
    """The same of a ratio of two means, to first order in the worlds."""
    shares = [end[part].sum() / end[whole].sum() for end in (a, b)]
    by_world = [
        (end[part] - share * end[whole]) / end[whole].mean()
        for end, share in zip((a, b), shares, strict=True)
    ]
    return shares[1] - shares[0], interval(by_world[1] - by_world[0])[1]


def interval(changes):
    """The mean of numbers of worlds, and the half-width of its 95% interval."""
    return changes.mean(), 1.96 * changes.std(ddof=1) / np.sqrt(len(changes))
