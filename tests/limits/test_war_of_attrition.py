"""Limit L6: the escalation is the textbooks' war of attrition, by simulation of its own rules.

Every statistical test raises a false alarm with probability below 1 in 1000.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import pytest
from scipy import stats
from scipy.integrate import quad
from scipy.optimize import brentq

from negotiation.compiling import compiled
from negotiation.randomness import key_of, uniform
from negotiation.rules.choices import decide_giving_in
from negotiation.rules.escalation import weigh
from negotiation.rules.state import WAR
from negotiation.scenario import Scenario
from negotiation.table import Table, open_run
from negotiation.theory import audience_costs, reputation, war_of_attrition

FALSE_ALARM = 1e-3
TICK = 0.05  # days


class Wars(NamedTuple):
    """When each war ended, days (inf if not within the years watched), and who gave in."""

    time: np.ndarray
    us: np.ndarray
    china: np.ndarray
    resolute: np.ndarray


@compiled
def fight(records, seed, days, time, gave, resolute):
    """Let wars begin on day 0 and play the rule of concession until somebody gives in."""
    state, world, stakes = records.talks[0], records.world[0], records.stakes[0]
    watch = records.watch[0]
    for run in range(len(time)):
        open_run(records, seed, run)
        state.regime, state.war_start, state.wars = WAR, 0.0, 1
        for side in range(2):
            state.audience_factor[side] = 1.0
            resolute[run, side] = state.resolve[side]
        time[run] = np.inf
        tick = world.clock_tick_days
        while state.day < days:
            state.tick += 1
            state.day += tick
            weigh(state, world, stakes)
            us = decide_giving_in(state, watch, 0)
            china = decide_giving_in(state, watch, 1)
            if us or china:
                time[run] = state.day
                gave[run, 0], gave[run, 1] = us, china
                break


def wars(runs=4000, *, seed=1, days=3650.0, tick=TICK, **changes) -> Wars:
    """Play wars of a scenario with nothing in it but the given numbers of both delegations."""
    settings = {"clock.tick_days": tick}
    for path, value in changes.items():
        table, name = path.split("__", 1)
        settings[f"{table}.{name.replace('__', '.')}"] = value
    scenario = Scenario.load("split-the-pie").replace(settings)
    time, gave, resolute = np.zeros(runs), np.zeros((runs, 2), bool), np.zeros((runs, 2), bool)
    fight(Table(scenario).opened(seed=seed, run=0), seed, days, time, gave, resolute)
    return Wars(time, gave[:, 0], gave[:, 1], resolute)


def kolmogorov(times, survival):
    """The p-value that ``times``, seen at the end of a tick, have a survival function.

    Of the wars that end before the last one does.
    """
    times = times[np.isfinite(times)]
    # a war that ends between two looks is seen at the second: spread it evenly over the tick
    blur = np.array([uniform(np.uint64(key_of(99, r)), np.uint64(0)) for r in range(len(times))])
    ended = 1.0 - survival(times.max())
    return stats.kstest(times - blur * TICK, lambda t: (1.0 - survival(t)) / ended).pvalue


COSTS = {"us__other_lapse_cost": 73.0, "china__other_lapse_cost": 36.5}  # 0.2 and 0.1 $bn a day


def test_a_symmetric_war_lasts_half_the_prize_over_the_cost():
    """Flow cost k and prize V on both sides: hazard k / V each, mean length V / 2k."""
    cost, prize = 0.1, 5.0
    fought = wars(
        us__other_lapse_cost=365 * cost, china__other_lapse_cost=365 * cost, escalation__prize=prize
    )
    assert kolmogorov(fought.time, lambda t: np.exp(-2 * cost / prize * t)) > FALSE_ALARM / 2
    mean = war_of_attrition(prizes=(prize, prize), costs=(cost, cost)).mean_duration
    assert mean == pytest.approx(prize / (2 * cost))
    z = (fought.time.mean() - TICK / 2 - mean) / (mean / math.sqrt(len(fought.time)))
    assert abs(z) < stats.norm.isf(FALSE_ALARM / 4)


def test_each_side_gives_in_at_the_hazard_that_makes_the_other_indifferent():
    """The US pays 0.2 a day and China 0.1: China gives in at 0.2 / V, the US at 0.1 / V."""
    prize = 5.0
    fought = wars(escalation__prize=prize, **COSTS)
    assert kolmogorov(fought.time, lambda t: np.exp(-0.3 / prize * t)) > FALSE_ALARM / 2
    alone = fought.us ^ fought.china
    us_gave = int(fought.us[alone].sum())
    assert stats.binomtest(us_gave, int(alone.sum()), 1 / 3).pvalue > FALSE_ALARM / 2


def test_audience_costs_alone_give_fearon_s_survival():
    """Growth q_i and no running cost: side j holds on with chance v / (v + q_i t).

    Fearon (1994) with q = 0.2 (US) and 0.4 (China), v = 1: the side whose audience cost grows
    faster backs down less.
    """
    fought = wars(
        escalation__prize=1.0, us__audience_growth=0.2, china__audience_growth=0.4, days=400.0
    )
    crisis = audience_costs(prize=1.0, growth=(0.2, 0.4))

    def survival(times):
        return np.array([math.prod(crisis.survival(float(t))) for t in np.atleast_1d(times)])

    assert kolmogorov(fought.time, survival) > FALSE_ALARM / 2
    alone = fought.us ^ fought.china
    gave = int(fought.us[alone].sum()), int(fought.china[alone].sum())

    def us_first(t):  # what makes China indifferent makes the US give in, and the other way round
        return 0.4 / (1 + 0.4 * t) ** 2 / (1 + 0.2 * t)

    expected = quad(us_first, 0, 400)[0] / (1 - 1 / 81 / 161)
    assert gave[0] > gave[1]
    assert stats.binomtest(gave[0], sum(gave), expected).pvalue > FALSE_ALARM / 2


def test_audience_costs_at_the_start_make_waiting_worth_more():
    """A prize V and an audience cost a of giving in at once act as a prize V + a."""
    plain = wars(escalation__prize=8.0, **COSTS)
    saved_face = wars(
        escalation__prize=5.0, us__audience_cost=3.0, china__audience_cost=3.0, **COSTS
    )
    assert np.array_equal(plain.time, saved_face.time)


def abreu_gul(stubborn, hazards):
    """The reputation war (Abreu and Gul 2000) in which the two sides give in at these hazards.

    With demands of 0.6 each, 0.2 is in dispute, and side i gives in at twice the other's rate.
    """
    war = reputation(demands=(0.6, 0.6), rates=(hazards[1] / 2, hazards[0] / 2), obstinate=stubborn)
    assert war.hazards == pytest.approx(hazards)
    return war


@pytest.mark.parametrize("stubborn", [(0.1, 0.1), (0.05, 0.3), (0.4, 0.1)])
def test_obstinate_types_give_abreu_and_gul_s_war(stubborn):
    """Rates, initial concession and last time; afterwards only resolute types are left."""
    prize, rates = 5.0, (0.1 / 5.0, 0.2 / 5.0)  # the US gives in at what China pays, and so on
    fought = wars(
        escalation__prize=prize, us__types__resolve_prior=stubborn[0],
        china__types__resolve_prior=stubborn[1], days=400.0, **COSTS,
    )  # fmt: skip
    war = abreu_gul(stubborn, rates)
    last = war.last_time
    at_once = fought.time <= TICK * 1.01
    ordinary = np.exp(-sum(rates) * TICK)
    expected = 1 - (1 - max(war.initial_concession)) * ordinary
    p = [stats.binomtest(int(at_once.sum()), len(at_once), expected).pvalue]

    def survival(times):
        return np.array([math.prod(war.survival(float(t))) for t in np.atleast_1d(times)])

    whole = survival(TICK)
    p.append(kolmogorov(fought.time[~at_once], lambda t: np.minimum(survival(t) / whole, 1.0)))
    assert min(p) > FALSE_ALARM / 2
    ended = np.isfinite(fought.time)
    assert fought.time[ended].max() <= last + 2 * TICK
    assert fought.resolute[~ended].all()
    assert not (fought.resolute[:, 0] & fought.us).any()
    assert not (fought.resolute[:, 1] & fought.china).any()
    assert stats.binomtest(int((~ended).sum()), len(ended), stubborn[0] * stubborn[1]).pvalue > 1e-3


def added_up(cost, growth, prize, days):
    """The other side's hazard (k + a') / (v + a' t) from the first day on, by quadrature."""
    return quad(lambda t: (cost + growth) / (prize + growth * t), 0, days)[0]


@pytest.mark.parametrize(
    ("stubborn", "growth", "weak"),
    [((0.2, 0.2), (0.0, 0.5), 1), ((0.2, 0.2), (0.5, 0.0), 0), ((0.1, 0.3), (0.2, 0.1), 0)],
)
def test_reputations_are_complete_together_with_audience_costs_too(stubborn, growth, weak):
    """Abreu and Gul's condition with Fearon's costs: one side concedes at once, just so often.

    The side whose rival would have shown sooner that it never gives in makes up for being late;
    from the last time on nobody is left on either side who would give in. Hazards are added up
    by quadrature, not with the rule's formula.
    """
    prize, costs = 5.0, (0.2, 0.1)
    fought = wars(
        escalation__prize=prize, us__types__resolve_prior=stubborn[0],
        china__types__resolve_prior=stubborn[1], us__audience_growth=growth[0],
        china__audience_growth=growth[1], days=4000.0, **COSTS,
    )  # fmt: skip
    facing = [(costs[1], growth[1]), (costs[0], growth[0])]  # whose costs set a side's hazard
    times = [
        brentq(lambda t, z=z, f=f: added_up(*f, prize, t) + math.log(z), 0, 1e5)
        for z, f in zip(stubborn, facing, strict=True)
    ]
    last = min(times)
    assert times[weak] > last
    atom = 1 - stubborn[weak] * math.exp(added_up(*facing[weak], prize, last))
    at_once = fought.time <= TICK * 1.01
    rate = sum(k + g for k, g in facing) / prize
    expected = 1 - (1 - atom) * math.exp(-rate * TICK)
    p = [stats.binomtest(int(at_once.sum()), len(at_once), expected).pvalue]
    assert (fought.us, fought.china)[weak][at_once].mean() > 0.9
    ended = np.isfinite(fought.time)
    assert fought.time[ended].max() <= last + 2 * TICK
    assert fought.resolute[~ended].all()
    left = int((~ended).sum())
    p.append(stats.binomtest(left, len(ended), stubborn[0] * stubborn[1]).pvalue)
    assert min(p) > FALSE_ALARM / 2


@pytest.mark.parametrize(("stubborn", "who"), [((0.0, 0.3), 0), ((0.3, 0.0), 1)])
def test_who_cannot_be_resolute_gives_in_at_once_to_one_who_can(stubborn, who):
    """Abreu and Gul's one-sided case: with no reputation to build there is nothing to wait for."""
    fought = wars(
        400, us__types__resolve_prior=stubborn[0], china__types__resolve_prior=stubborn[1], **COSTS
    )
    assert (fought.us, fought.china)[who].all()
    assert (fought.time <= TICK * 1.01).all()


def test_a_patient_side_has_more_to_hold_out_for():
    """The prize V of a side with discount factor d a year is V (d - 1) / ln d.

    With d = 1/4 on both sides a war lasts 0.541 times as long as without discounting.
    """
    shadow = (0.25 - 1) / math.log(0.25)
    short = wars(escalation__prize=5.0, us__patience=0.25, china__patience=0.25, **COSTS)
    assert shadow == pytest.approx(0.541, abs=5e-4)
    assert kolmogorov(short.time, lambda t: np.exp(-0.3 / (5.0 * shadow) * t)) > FALSE_ALARM


def test_a_mirror_image_war_is_fair_at_any_tick():
    """Two sides alike give in alike often at the first look, a week after the penalties began."""
    alike = {
        f"{side}__{name}": value
        for side in ("us", "china")
        for name, value in (("other_lapse_cost", 73.0), ("types__resolve_prior", 0.2))
    }
    fought = wars(20_000, escalation__prize=10.0, tick=7.0, **alike)
    first = fought.time < 8
    alone = first & (fought.us ^ fought.china)
    us_gave = int(fought.us[alone].sum())
    assert alone.sum() > 1000
    assert stats.binomtest(us_gave, int(alone.sum()), 0.5).pvalue > FALSE_ALARM


@pytest.mark.parametrize("tick", [0.5, 7.0])
def test_a_coarse_tick_only_delays_the_look(tick):
    """With hazards that do not change the chance to last 35 days is the same at any tick."""
    fought = wars(6000, escalation__prize=5.0, tick=tick, **COSTS)
    lasted = int((fought.time > 35.01).sum())
    assert stats.binomtest(lasted, 6000, math.exp(-0.3 / 5.0 * 35)).pvalue > FALSE_ALARM
