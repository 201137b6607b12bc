"""The textbook limits L1, L2, L3, L6, L8, L11 and L12, each reached in a second, independent way.

The closed forms of `negotiation.theory` are compared here with games that are played out: offers
on a grid, populations of types, draws of buyers and of needs. Seeds are fixed; for a fresh seed
each random check would raise a false alarm in less than one of 100,000 tries.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

from negotiation.economy import (
    nash_tariffs,
    one_sector,
    political_payoffs,
    seven_sectors,
    tariff_game,
)
from negotiation.theory.attrition import war_of_attrition
from negotiation.theory.backing_down import audience_costs
from negotiation.theory.obstinate_types import reputation
from negotiation.theory.offers_in_turn import alternating_offers
from negotiation.theory.repeated_games import grim_trigger
from negotiation.theory.screening_deadline import screening_with_deadline
from negotiation.theory.two_level_game import agreement_chance, ratified_split

FALSE_ALARM = 1e-5
SIGMAS = 4.5  # two-sided normal: 7e-6
UNITS = 20_000  # smallest parts of the pie
PIE = np.arange(UNITS + 1) / UNITS


def opening_offer(refusing: float) -> float:
    """Return what the best of all offers on the grid leaves the proposer.

    The responder accepts whatever is at least as good as ``refusing``. An offer that is refused
    never brings the proposer more: the delay shrinks what the two have together.
    """
    accepted = refusing - 1e-9 <= PIE
    return float((1.0 - PIE)[accepted].max())


def stationary_play(
    us: float, china: float, options: tuple[float, float] = (0, 0)
) -> tuple[float, int]:
    """Return the share of the US and the round of agreement when both play stationary best replies.

    Each side has one demand and one least acceptable share; they are revised in turn until
    neither changes, and then the game is played with them.
    """
    discounts, demand = (us, china), [1.0, 1.0]
    for _ in range(20_000):
        before = list(demand)
        for side in (0, 1):
            other = 1 - side
            demand[side] = opening_offer(max(discounts[other] * demand[other], options[other]))
        if demand == before:
            break
    for turn in range(1, 100):
        proposer, responder = (turn - 1) % 2, turn % 2
        least = max(discounts[responder] * demand[responder], options[responder])
        if 1.0 - demand[proposer] >= least - 1e-9:
            return (demand[0] if proposer == 0 else 1.0 - demand[1]), turn
    raise AssertionError("no agreement in 99 rounds")


@pytest.mark.parametrize(
    ("us", "china", "share"),
    [(0.95, 0.95, 0.512821), (0.9, 0.95, 0.344828), (0.9, 0.8, 0.714286), (0.5, 0.5, 0.666667)],
)
def test_l1_stationary_play_of_one_issue_gives_rubinstein(us, china, share):
    """L1: one divisible issue, full information, stationary play: (1-d2)/(1-d1 d2), at once.

    Rubinstein 1982, doi:10.2307/1912531. Offers on a grid of 1/20,000 of the pie.
    """
    played, turn = stationary_play(us, china)
    grid = 1 / UNITS / (1 - us * china)  # a rounding of each offer, carried through all rounds
    assert turn == 1
    assert played == pytest.approx(share, abs=grid + 1e-6)
    assert played == pytest.approx(alternating_offers(us=us, china=china).us, abs=grid)


@pytest.mark.parametrize(
    ("rounds", "share"),
    [(2, 0.1), (4, 0.181), (10, 0.342801), (3, 0.91), (5, 0.8371), (11, 0.691479)],
)
def test_l2_a_last_round_gives_stahl(rounds, share):
    """L2: the same with T rounds gives Stahl's shares, T = 2, 4, 10, 3, 5, 11 at discount 0.9.

    Stahl 1972, "Bargaining theory". Each round the best of all offers on the grid is searched.
    """
    keeps = 0.0
    for _ in range(rounds):
        keeps = opening_offer(0.9 * keeps)
    assert keeps == pytest.approx(share, abs=rounds / UNITS)
    assert keeps == pytest.approx(
        alternating_offers(us=0.9, china=0.9, rounds=rounds).us, abs=rounds / UNITS
    )


def test_l3_an_outside_option_has_a_kink():
    """L3: an option changes nothing until it beats what bargaining gives, then it is the share.

    Binmore, Shaked and Sutton 1989, "An outside option experiment". The kink lies where the
    option equals the responder's share d/(1+d) = .473684 at discount 0.9.
    """
    bargained = 0.9 / 1.9
    for option in np.linspace(0.0, 1.0, 21):
        played, turn = stationary_play(0.9, 0.9, (0.0, float(option)))
        closed = alternating_offers(us=0.9, china=0.9, outside_option=(0.0, float(option)))
        assert turn == 1
        assert 1.0 - played == pytest.approx(max(bargained, option), abs=1 / UNITS / 0.19)
        assert closed.china == pytest.approx(max(bargained, option), abs=1e-12)


def test_l6_symmetric_war_of_attrition():
    """L6: in the symmetric war of attrition each side leaves at rate k/V, after V/(2k) on average.

    Maynard Smith 1974, doi:10.1016/0022-5193(74)90110-6; k = .2, V = 1. The day-by-day chance of
    leaving is found from the other side's indifference, not from the formula.
    """
    k, V, day, n = 0.2, 1.0, 0.002, 40_000
    leave = k * day / V  # another day costs k day and wins V if the other leaves in it
    rng = np.random.default_rng(6)
    played = rng.geometric(leave, (2, n)).min(axis=0) * day
    closed = war_of_attrition(prizes=(V, V), costs=(k, k))
    assert closed.hazards == (k / V, k / V)
    assert closed.mean_duration == V / (2 * k)
    assert abs(played.mean() - closed.mean_duration) < SIGMAS * 2.5 / math.sqrt(n) + day
    drawn = rng.exponential(1.0 / closed.hazards[0], (2, n)).min(axis=0)
    assert stats.kstest(drawn, stats.expon(scale=V / (2 * k)).cdf).pvalue > FALSE_ALARM


@pytest.mark.parametrize(
    ("a", "r", "z"),
    [
        ((0.6, 0.6), (0.1, 0.1), (0.05, 0.05)),
        ((0.6, 0.6), (0.1, 0.1), (0.02, 0.08)),
        ((0.7, 0.55), (0.15, 0.05), (0.05, 0.05)),
    ],
)
def test_l6_reputation_day_by_day(a, r, z):
    """L6: Abreu and Gul's rates, atom and last time come out of a game in small steps.

    Abreu and Gul 2000, doi:10.1111/1468-0262.00094. In each step a side gives in just so often
    that the other is indifferent between giving in now and a step later; beliefs follow Bayes.
    """
    step = 1e-4
    chance, steps = [], []
    for own, other in ((0, 1), (1, 0)):
        worth_now, later = 1 - a[own], math.exp(-r[other] * step)
        chance.append(worth_now * (1 - later) / (a[other] - later * worth_now))
        belief, count = z[own], 0
        while belief < 1.0:
            belief /= 1.0 - chance[own]
            count += 1
        steps.append(count)
    last = min(steps)
    atoms = [1.0 - share / (1.0 - p) ** last for share, p in zip(z, chance, strict=True)]
    closed = reputation(demands=a, rates=r, obstinate=z)
    assert [p / step for p in chance] == pytest.approx(closed.hazards, rel=1e-3)
    assert last * step == pytest.approx(closed.last_time, abs=5e-3)
    assert atoms == pytest.approx(closed.initial_concession, abs=2e-3)


@pytest.mark.parametrize("growth", [(0.2, 0.4), (0.3, 0.3), (0.05, 0.8)])
def test_l6_audience_costs_day_by_day(growth):
    """L6: Fearon's survival comes out of a crisis in small steps, in which nobody gains by waiting.

    Fearon 1994, doi:10.2307/2944796. In each step a side gives in just so often that the other,
    whose cost of backing down grows by its step, is indifferent between that and holding out. The
    side whose cost grows faster backs down less.
    """
    step, prize, cost, holds = 1e-3, 1.0, [0.0, 0.0], [1.0, 1.0]
    for _ in range(4000):
        for own, other in ((0, 1), (1, 0)):
            # to win the prize and be spared the cost, or to pay a step's growth of it
            holds[other] *= 1.0 - growth[own] * step / (prize + cost[own])
            cost[own] += growth[own] * step
    assert holds == pytest.approx(
        audience_costs(prize=prize, growth=growth).survival(4.0), abs=1e-3
    )
    steeper = growth.index(max(growth))
    assert holds[steeper] >= holds[1 - steeper]


def keeps_the_deal(T: float, R: float, P: float, discount: float) -> bool:
    """Return whether under grim trigger no breach pays, now or in any of the next periods."""
    periods = np.arange(2000)
    weights = discount**periods
    tail = discount ** len(periods) / (1 - discount)
    keep = R * weights.sum() + R * tail
    breach = [
        (R * weights[:n]).sum() + T * weights[n] + P * (weights[n + 1 :].sum() + tail)
        for n in range(5)
    ]
    return keep >= max(breach)


@pytest.mark.parametrize(
    ("world", "b", "rates", "bars"),
    [
        (seven_sectors, (0.15, 0.15), (0.30, 0.30), (0.36, 0.18)),
        (seven_sectors, (0.50, 0.15), (0.30, 0.30), (0.88, 0.18)),
        (one_sector, (0.0, 0.0), None, (0.84, 0.27)),
    ],
)
def test_l8_grim_trigger_in_the_tariff_game(world, b, rates, bars):
    """L8: in the repeated tariff game free trade holds iff d >= (T - R) / (T - P).

    Friedman 1971, doi:10.2307/2296617. Trade elasticity 2; 30 points each with tastes .15 and
    .5 for protection, or the Nash tariffs of one sector: bars of .36/.18, .88 and .84/.27.
    """
    payoffs = political_payoffs(world(), eps_goods=2.0, b=b)
    stakes = tariff_game(payoffs, *(rates or nash_tariffs(payoffs)))
    for side, bar in zip(stakes, bars, strict=True):
        T, R, P, _ = side
        found = grim_trigger(temptation=T, reward=R, punishment=P)
        assert found == pytest.approx(bar, abs=5e-3)
        assert keeps_the_deal(T, R, P, found + 0.005)
        assert not keeps_the_deal(T, R, P, found - 0.005)


def test_l8_beyond_the_window_no_patience_is_enough():
    """L8: a US that likes protection more than its window allows is in deadlock, whatever d.

    At 30 points each the window of the taste for protection ends at .57.
    """
    payoffs = political_payoffs(seven_sectors(), eps_goods=2.0, b=(1.4, 0.15))
    T, R, P, _ = tariff_game(payoffs, 0.30, 0.30)[0]
    assert T > P > R
    assert grim_trigger(temptation=T, reward=R, punishment=P) == math.inf
    assert not any(keeps_the_deal(T, R, P, d) for d in (0.5, 0.9, 0.99))


@pytest.mark.parametrize(
    ("rounds", "last", "none"), [(2, 0.927, 0.481), (5, 0.745, 0.427), (20, 0.270, 0.212)]
)
def test_l11_screening_against_a_deadline(rounds, last, none):
    """L11: a screening seller with deadline T: last-round share and no-deal share of the recursion.

    Sobel and Takahashi 1983, doi:10.2307/2297673; discount .98. 200,000 buyers see the prices and
    each takes the one that is best for it, discounted, or none.
    """
    plan = screening_with_deadline(rounds=rounds, discount=0.98)
    assert (plan.last_round_share, plan.no_deal) == pytest.approx((last, none), abs=5e-4)
    values = np.random.default_rng(11).random(200_000)
    best, taken = np.zeros(len(values)), np.full(len(values), -1)
    for turn, price in enumerate(plan.prices):
        gain = 0.98**turn * (values - price)
        taken[gain > best] = turn
        best = np.maximum(best, gain)
    deals = (taken >= 0).sum()
    share, none_share = (taken == rounds - 1).sum() / deals, 1 - deals / len(values)
    assert abs(share - plan.last_round_share) < SIGMAS * math.sqrt(last * (1 - last) / deals)
    assert abs(none_share - plan.no_deal) < SIGMAS * math.sqrt(none * (1 - none) / len(values))


@pytest.mark.parametrize(("lowest", "chance"), [(0.0, 1 / 2), (0.5, 1 / 4)])
def test_l12_win_sets(lowest, chance):
    """L12: needs a, c uniform on [0, S] agree with probability 1/2; a on [S/2, S], with 1/4.

    Putnam 1988, doi:10.1017/S0020818300027697. The same draws with a raised by 0.01 S gain the US
    half of that in each deal that survives (Schelling), and fewer deals survive.
    """
    n = 40_000
    rng = np.random.default_rng(12)
    a, c = rng.uniform(lowest, 1.0, n), rng.uniform(0.0, 1.0, n)
    agreed = a + c <= 1.0
    assert agreement_chance(us=(lowest, 1.0), china=(0.0, 1.0)) == pytest.approx(chance)
    assert abs(agreed.mean() - chance) < SIGMAS * math.sqrt(chance * (1 - chance) / n)
    still = a + 0.01 + c <= 1.0
    assert still.sum() < agreed.sum()
    for x, y in zip(a[still][:500].tolist(), c[still][:500].tolist(), strict=True):
        gained = ratified_split(us=x + 0.01, china=y).us - ratified_split(us=x, china=y).us
        assert gained == pytest.approx(0.005)
