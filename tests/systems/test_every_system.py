"""Every system that the two articles of 28 July 2025 name moves what it should, in paired runs.

Each row changes one system from one end of its range to the other, all luck kept, and names what
must move and which way. An effect counts if it exceeds its 95% interval over worlds, so of the
rows below one in forty would pass by luck if nothing moved; all have a sign besides.
``NEGOTIATION_LONG=1`` plays 20,000 runs of each end instead of 3,200.
"""

from __future__ import annotations

import datetime as dt
import os
from functools import cache

import numpy as np
import pytest

from negotiation.ensemble import Ensemble
from negotiation.outcome import EVENTS
from negotiation.scenario import Scenario

LONG = bool(os.environ.get("NEGOTIATION_LONG"))
RUNS, PER_WORLD, SEED = (20_000 if LONG else 3_200), 16, 5
EXPIRES = dt.date(2025, 8, 12)
STOCKHOLM = Scenario.load("stockholm-2025")
ISSUES = list(STOCKHOLM.issues)
MENTIONED = 0.02  # share conceded from which on an issue is part of a deal
HORIZON = (STOCKHOLM.calendar.horizon - STOCKHOLM.calendar.start).days


def measures(rows):
    """What may move, run by run."""
    found = {name: rows["events"][:, k].astype(float) for k, name in enumerate(EVENTS)}
    for name in ("war_days", "first_term", "trade_low", "deficit", "tension"):
        found[name] = rows[name]
    found["us_account"], found["china_account"] = rows["account"].T
    found["us_terms"], found["china_terms"] = rows["yearly_gain"].T
    for k, name in enumerate(ISSUES):
        found[f"conceded {name}"] = rows["package"][:, k]
        found[f"deal with {name}"] = (rows["package"][:, k] > MENTIONED).astype(float)
        found[f"demand of {name}"] = (rows["first_demand"] == k).astype(float)
    found["days to a deal"] = np.where(rows["deal_day"] >= 0.0, rows["deal_day"], HORIZON)
    points = {
        name: STOCKHOLM.issues[name].status_quo for name in ISSUES if "us_tariff" in kind(name)
    }
    given = sum(points[name] * found[f"conceded {name}"] for name in points)
    found["final tariff"] = 100.0 * STOCKHOLM.tariffs.us_truce.value - given
    found["demanded"] = (rows["first_demand"] >= 0).astype(float)
    return found


def kind(name):
    """The kind of an issue."""
    return STOCKHOLM.issues[name].kind


@cache
def played(changes):
    """The measures of the runs under some changes."""
    ensemble = Ensemble(STOCKHOLM.replace(dict(changes)))
    rows = ensemble.rows(seed=SEED, first=0, count=RUNS, runs_per_world=PER_WORLD)
    return measures(rows)


def moved(low, high, what):
    """The mean change from one end to the other, and the half-width of its 95% interval."""
    a, b = (played(tuple(end.items()))[what] for end in (low, high))
    by_world = (b - a).reshape(-1, PER_WORLD).mean(axis=1)
    return by_world.mean(), 1.96 * by_world.std(ddof=1) / np.sqrt(len(by_world))


def both(name, low, high):
    """The same setting of both sides at both ends."""
    return {f"{s}.{name}": low for s in ("us", "china")}, {
        f"{s}.{name}": high for s in ("us", "china")
    }


def mandates(side, factor):
    """The mandates of a side's own issues, so many times as large."""
    return {
        f"issues.{name}.mandate": min(factor * issue.mandate.value, 1.0)
        for name, issue in STOCKHOLM.issues.items()
        if issue.conceded_by == side
    }


def one(path, low, high):
    """One setting at both ends."""
    return {path: low}, {path: high}


# system: both ends, then what must move and which way
SYSTEMS = {
    "truce to mid-August: its date": (
        one("calendar.truce_expires", EXPIRES - dt.timedelta(14), EXPIRES + dt.timedelta(21)),
        {"first_deadline_deal": +1, "lapse": -1, "first_term": -1},
    ),
    "length of an extension": (
        one("calendar.extension_days", 30, 180),
        {"first_term": +1, "first_extension_from_us": +1, "lapse": -1, "working_deal": -1},
    ),
    "snap-back: nothing, or suspended points and peak": (
        (
            {
                "tariffs.us_suspended": 0.30, "tariffs.china_suspended": 0.10,
                "tariffs.peak_weight": 0.0,
            },
            {"tariffs.peak_weight": 0.5},
        ),
        {"lapse": -1, "first_extension_mutual": +1, "escalation": -1},
    ),
    "de facto embargo": (one("tariffs.peak_weight", 0.0, 0.5), {"trade_low": -1, "war_days": -1}),
    "fentanyl tariff: its link with precursor control": (
        one("linkage.fentanyl_tariff.precursor_control", 2.0, 12.0),
        {"conceded fentanyl_tariff": +1, "conceded precursor_control": +1, "deal": +1},
    ),
    "fentanyl tariff: verification of precursor control": (
        one("issues.precursor_control.verified", 0.3, 0.9),
        {"conceded precursor_control": +1, "deal": +1, "us_terms": +1},
    ),
    "rare earths: alternatives": (
        one("rare_earths.alternatives", 0.08, 0.5),
        {"first_extension_from_us": -1, "us_account": +1, "china_terms": -1},
    ),
    "rare earths: stocks": (
        one("rare_earths.stock_months", 1.0, 5.0),
        {"first_extension_from_us": -1, "deal with rare_earth_licences": -1, "us_account": +1},
    ),
    "rare earths: China's cost of a cut": (
        one("rare_earths.china_cost", 0.0, 20.0),
        {"rare_earths_cut": -1, "deal with rare_earth_licences": +1},
    ),
    "disrupted chains: spring depletion": (
        one("rare_earths.depleted", 0.0, 2.2),
        {"us_account": -1, "deal with rare_earth_licences": +1, "first_extension_from_us": +1},
    ),
    "technology controls: security value": (
        one("us.types.trait", (0.0, 0.0), (20.0, 40.0)),
        {"conceded technology_controls": -1, "deal": -1},
    ),
    "technology controls: end of their pause": (
        (
            {"calendar.pause_ends": dt.date(2025, 8, 4), "news.pause_strain": 3.0},
            {"calendar.pause_ends": dt.date(2025, 11, 15), "news.pause_strain": 3.0},
        ),
        {"first_extension_mutual": +1, "first_deadline_lapsed": -1, "summit_deal": +1},
    ),
    "purchases: reach": (
        one("issues.purchase_commitments.reach", 0.2, 1.0),
        {"conceded purchase_commitments": +1, "deal": +1, "us_terms": +1},
    ),
    "purchases: integrity": (
        one("china.types.trait", (0.2, 0.2), (0.9, 0.9)),
        {"deal with purchase_commitments": +1, "reopened": -1, "us_terms": +1},
    ),
    "purchases: detection": (
        one("compliance.detection", 0.05, 0.5), {"reopened": +1, "us_terms": +1}
    ),
    "reform and overcapacity: what they bring the US": (
        (
            {"issues.market_access.us_gain": 6.0, "issues.overcapacity.us_gain": 4.0},
            {"issues.market_access.us_gain": 40.0, "issues.overcapacity.us_gain": 30.0},
        ),
        {"deal with market_access": +1, "deal with overcapacity": +1},
    ),
    "reform and overcapacity: what they cost China": (
        (
            {"issues.market_access.china_gain": -30.0, "issues.overcapacity.china_gain": -14.0},
            {"issues.market_access.china_gain": 10.0, "issues.overcapacity.china_gain": 10.0},
        ),
        {"deal with market_access": +1, "deal with overcapacity": +1, "deal": +1},
    ),
    "Russian and Iranian oil: US gain": (
        one("issues.oil_imports.us_gain", 1.0, 12.0), {"conceded oil_imports": +1}
    ),
    "Russian and Iranian oil: threat of secondary tariffs": (
        one("issues.oil_imports.threat", 0.0, 10.0), {"conceded oil_imports": +1, "tension": +1}
    ),
    "sectoral tariffs: threat": (
        one("news.sectoral_rate", 0.0, 4.0),
        {
            "sectoral_tariffs": +1, "sectoral_put_off": +1, "china_account": -1,
            "deal with sectoral_restraint": +1,
        },
    ),
    "sectoral tariffs: delay": (
        one("news.sectoral_delay", 0.0, 1.0), {"sectoral_tariffs": -1, "sectoral_put_off": +1}
    ),
    "EU and Japan deals: reference": (
        one("tariffs.us_reference", 0.10, 0.25),
        {"final tariff": +1, "conceded fentanyl_tariff": -1},
    ),
    "the EU deal raises the stakes: home applauds US demands": (
        one("us.ultimatum", 1.5, -1.5),
        {"first_extension_mutual": -1, "first_extension_from_china": +1},
    ),
    "Trump-Xi summit: window": (
        (
            {
                "calendar.summit_from": dt.date(2025, 9, 10),
                "calendar.summit_to": dt.date(2025, 9, 20),
            },
            {},
        ),
        {"summit_deal": +1, "days to a deal": +1},
    ),
    "Trump-Xi summit: none": (
        one("summit.feasible", 0.0, 1.0),
        {"deal": +1, "working_deal": -1, "first_deadline_deal": -1, "first_extension_mutual": +1},
    ),
    "leaders needed for a real deal: authority": (
        both("authority", 0.5, 5.0), {"summit_deal": +1, "final tariff": -1}
    ),
    "leaders needed for a real deal: full powers": (
        one("talks.full_powers", 0.0, 0.6), {"working_deal": +1, "deal": +1}
    ),
    "trade deficit: US weight on it": (
        one("economy.deficit_weight", 0.0, 0.1), {"deficit": -1, "final tariff": +1}
    ),
    "atmosphere: good statements": (
        one("news.thaw_rate", 0.0, 12.0),
        {"tension": -1, "summit_deal": +1, "first_extension_mutual": +1},
    ),
    "atmosphere: incidents": (
        one("news.incident_rate", 2.0, 12.0),
        {"tension": +1, "summit_deal": -1, "first_extension_mutual": -1},
    ),
    "markets: sell-offs under penalties": (
        one("news.selloff_penalties", 0.0, 10.0),
        {"escalation_ended": +1, "first_extension_from_us": +1},
    ),
    "markets: sell-offs call meetings": (
        one("news.selloff_meeting", 0.0, 1.0), {"escalation_ended": +1}
    ),
    "courts: rate": (
        one("news.court_rate", 0.0, 3.0), {"first_extension_from_us": +1, "lapse": +1}
    ),
    "courts: ruling": (
        one("news.ruling_chance", 0.0, 1.0), {"first_extension_from_us": +1, "lapse": +1}
    ),
    "courts: date of the ruling": (
        (
            {"calendar.ruling": dt.date(2025, 8, 5), "news.ruling_chance": 0.8},
            {"calendar.ruling": dt.date(2025, 11, 25), "news.ruling_chance": 0.8},
        ),
        {"first_extension_from_us": -1, "lapse": -1},
    ),
    "mandates: US": (
        (mandates("us", 0.5), mandates("us", 2.0)),
        {"working_deal": +1, "deal": +1, "demand of fentanyl_tariff": +1},
    ),
    "mandates: China": (
        (mandates("china", 0.5), mandates("china", 2.0)), {"working_deal": +1, "deal": +1}
    ),
    "audience cost: US": (
        one("us.audience_cost", 0.0, 8.0), {"first_extension_from_us": -1}
    ),
    "audience cost: China": (
        one("china.audience_cost", 0.0, 10.0), {"first_extension_from_china": -1}
    ),
    "provocation": (
        one("us.provocation_gain", 0.0, 4.0),
        {"provocation": +1, "retaliation": +1, "tension": +1, "china_account": -1},
    ),
}  # fmt: skip
# effects that take the long size to be told from chance
FINE = {
    "EU and Japan deals: loss below the reference": (
        one("tariffs.us_reference_loss", 0.5, 4.0), {"final tariff": +1}
    ),
    "patience": (one("us.patience", 0.75, 0.97), {"china_terms": +1, "lapse": -1}),
    "reading error": (one("talks.reading_error", 2.0, 15.0), {"china_terms": -1}),
    "audience cost: its growth": (
        both("audience_growth", 0.0, 0.15), {"first_extension_from_us": +1}
    ),
}  # fmt: skip
ROWS = [
    pytest.param(*ends, what, sign, id=f"{system} > {what}")
    for system, (ends, must) in (SYSTEMS | (FINE if LONG else {})).items()
    for what, sign in must.items()
]


@pytest.mark.parametrize(("low", "high", "what", "sign"), ROWS)
def test_a_system_moves_what_it_should(low, high, what, sign):
    """The mean change has the stated sign and exceeds its 95% interval."""
    change, half = moved(low, high, what)
    assert sign * change > half, f"{change:+.4f}, interval {half:.4f} wide on either side"


NOTHING = {
    "tariffs.us_suspended": 0.30, "tariffs.china_suspended": 0.10, "tariffs.peak_weight": 0.0,
}  # fmt: skip
NOR_ANYTHING_ELSE = NOTHING | {
    "us.other_lapse_cost": 0.0, "china.other_lapse_cost": 0.0, "rare_earths.cut_suspended": 0.0,
}  # fmt: skip


def extended(changes):
    """The share of the runs that come to the first deadline in which it is extended."""
    found = played(tuple(changes.items()))
    kept, lapsed = found["first_deadline_extended"], found["first_deadline_lapsed"]
    return kept.sum() / (kept.sum() + lapsed.sum())


def test_the_fear_of_a_lapse_is_worth_five_points_at_the_first_deadline():
    """Where a lapse costs nothing, five points fewer are extended than with all it may cost."""
    assert extended({"tariffs.peak_weight": 0.5}) - extended(NOR_ANYTHING_ELSE) > 0.05


@pytest.mark.xfail(reason="what else a lapse disrupts keeps the truce without tariffs: odd.md")
def test_the_fear_of_tariffs_alone_is_worth_five_points():
    """The same where no tariffs return and all else of a lapse stays."""
    assert extended({"tariffs.peak_weight": 0.5}) - extended(NOTHING) > 0.05


def test_reform_is_conceded_sometimes():
    """Market access and rebalancing are each part of 1% to 25% of the deals."""
    found = played(())
    for issue in ("market_access", "overcapacity"):
        share = found[f"deal with {issue}"].sum() / found["deal"].sum()
        assert 0.01 < share < 0.25


def test_the_threat_of_sectoral_tariffs_does_not_lower_the_odds_of_a_deal():
    """The issue that answers it is there to be traded."""
    change, half = moved(*SYSTEMS["sectoral tariffs: threat"][0], "deal")
    assert change > -half


def test_trade_at_the_peak_is_what_the_trade_model_says():
    """A run at the peak has the bilateral trade of the trade model's first year: about half."""
    from negotiation.analysis.first_day import first_day

    _, stakes, _ = first_day(STOCKHOLM)
    peak = float(stakes["trade"][3])
    assert 0.4 < peak < 0.6
    lowest = played((("tariffs.peak_weight", 1.0), ("escalation.partial", 0.0)))["trade_low"]
    assert lowest[lowest < 1.0].mean() == pytest.approx(peak, abs=0.1)
