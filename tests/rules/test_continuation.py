"""What refusing is worth: the leaders' package as a delegation expects it, by hand and in runs."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from negotiation.ensemble import Ensemble
from negotiation.outcome import EVENTS
from negotiation.rules import acceptance, aspirations, choices, continuation
from negotiation.rules.script import unwatched
from negotiation.rules.worth import split, split_into, worth_of_parts, worth_to_type
from negotiation.scenario import Scenario

SCENARIOS = ("stockholm-2025", "stockholm-three-issues")
TYPES = [(stance, trait) for stance in range(3) for trait in range(2)]
FALSE_ALARM = 1e-4


@pytest.fixture
def table(opened):
    """A function (name, run) -> records with an offer of each side; the US is to answer.

    The summit is held with chance 0.8, expected in 73 days (a fifth of a year), full powers have
    chance 0.25, and the US discounts a year by 0.9.
    """

    def laid(name=SCENARIOS[0], run=0):
        talks, world, stakes = opened(name, run=run).scene.records
        for side in range(2):
            talks.turn = side
            choices.decide_offer(talks, world, stakes, unwatched()[0], side)
        world.summit_feasible, world.talks_full_powers, world.patience[0] = 0.8, 0.25, 0.9
        world.talks_every_days, talks.turn, talks.day = 14.0, 1, 14.0
        world.day_summit_from, world.day_summit_to, talks.summit_day = 84.0, 90.0, 88.0
        return talks, world, stakes

    return laid


KAPPA = 0.8 * 0.9**0.2


@pytest.mark.parametrize(
    ("mandate", "powers", "weight"),
    [
        (1.0, 0.25, KAPPA),  # the offer can be signed at once: refusing costs the wait
        (0.0, 0.0, 1.0),  # it cannot: taking it waits for the same date
        (0.0, 0.25, KAPPA / (0.25 + 0.75 * KAPPA)),
        (0.0, 1.0, KAPPA),
    ],
)
def test_the_weight_on_the_package_halfway(table, mandate, powers, weight):
    """Kappa within the mandates, 1 where only leaders can sign, in between by the odds."""
    talks, world, stakes = table()
    world.mandate[:], world.talks_full_powers = mandate, powers
    assert continuation.forecast_summit(talks, world, stakes, 0) == pytest.approx(weight, rel=1e-12)


@pytest.mark.parametrize("name", SCENARIOS)
@pytest.mark.parametrize("run", range(5))
def test_the_threshold_is_the_largest_of_three(table, name, run):
    """Next aspiration after the wait, continuation value, reservation: for each of six types."""
    talks, world, stakes = table(name, run)
    world.mandate[:] = 1.0
    middle = 0.5 * (talks.offer[0] + talks.offer[1])
    weight = continuation.forecast_summit(talks, world, stakes, 0)
    led = set()
    for share in (0.0, 0.3, 0.9):
        for stance, trait in TYPES:
            split(talks, world, stakes, 0, middle)
            halfway = float(worth_to_type(talks, 0, stance, trait))
            split(talks, world, stakes, 0, talks.offer[1])
            value = float(worth_to_type(talks, 0, stance, trait))
            floor = float(world.reservation[0])
            ideal = float(talks.ideal[0, 4 * stance + 2 * trait])
            own_next = 0.99 * (floor + share * max(ideal - floor, 0.0))
            three = (own_next, floor + KAPPA * max(halfway - floor, 0.0), floor)
            acceptance.fill_bars(talks, world, 0, share, 0.99, weight)
            bar = talks.scratch.bar[4 * stance + 2 * trait]
            expected = float(world.precision[0]) * (max(three) - value)
            assert bar == (np.inf if value < floor else pytest.approx(expected, abs=1e-9))
            led.add(int(np.argmax(three)))
    assert {0, 1} <= led


@pytest.mark.parametrize(
    ("today", "expected_in"), [(0.0, 87.0), (14.0, 73.0), (84.0, 3.0), (88.0, 1.0)]
)
def test_the_summit_is_expected_in_the_middle_of_what_is_left(table, today, expected_in):
    """A date drawn uniformly from days 84 to 90, given that it has not come yet."""
    talks, world, _ = table()
    world.talks_every_days, talks.day = today, today
    assert continuation.summit_discount(talks, world, 0) == pytest.approx(
        0.8 * 0.9 ** (expected_in / 365.0), rel=1e-12
    )


def test_there_is_nothing_to_wait_for_without_a_summit(table):
    """No summit, its date past, no chance of it, or no offer to split: the weight is 0."""

    def no_date(talks, world):
        world.day_summit_from = world.day_summit_to = talks.summit_day = np.inf

    def past(talks, world):
        talks.day = 91.0

    def impossible(talks, world):
        world.summit_feasible = 0.0

    def silent(talks, world):
        talks.offers_made[0] = 0

    for change in (no_date, past, impossible, silent):
        talks, world, stakes = table()
        world.patience[0] = 1.0
        assert continuation.forecast_summit(talks, world, stakes, 0) > 0.0
        change(talks, world)
        weight = continuation.forecast_summit(talks, world, stakes, 0)
        assert weight == 0.0
        split(talks, world, stakes, 0, talks.offer[1])
        talks.scratch.halfway[:] = 1000.0  # whatever was left there
        acceptance.fill_bars(talks, world, 0, 0.2, 0.99, weight)
        bars = talks.scratch.bar.copy()
        talks.scratch.halfway[:] = 0.0
        acceptance.fill_bars(talks, world, 0, 0.2, 0.99, weight)
        assert (talks.scratch.bar == bars).all()


@settings(max_examples=40, deadline=None)
@given(run=st.integers(0, 5000), side=st.integers(0, 1), low=st.floats(0, 1), high=st.floats(0, 1))
def test_the_more_the_summit_counts_the_higher_the_bar(opened, run, side, low, high):
    """For every type; and who would gain more from the package halfway asks for more."""
    talks, world, stakes = opened(SCENARIOS[0], run=run).scene.records
    for maker in range(2):
        choices.decide_offer(talks, world, stakes, unwatched()[0], maker)
    low, high = sorted((low, high))
    split(talks, world, stakes, side, talks.offer[1 - side])
    middle = 0.5 * (talks.offer[0] + talks.offer[1])
    split_into(talks, world, stakes, side, middle, talks.scratch.halfway)
    bars = []
    for weight in (low, high):
        acceptance.fill_bars(talks, world, side, 0.2, 0.99, weight)
        bars.append(talks.scratch.bar[:12].copy())
    assert (bars[0] <= bars[1]).all()
    gains = [worth_of_parts(talks, side, talks.scratch.halfway, *n) for n in TYPES]
    asked = [aspirations.between(world.reservation[side], gain, high) for gain in gains]
    assert (np.diff(np.array(asked)[np.argsort(gains)]) >= 0.0).all()
    assert min(asked) >= world.reservation[side]


def test_where_no_summit_is_planned_its_odds_change_nothing():
    """The same runs to the last bit: without a window, waiting is worth the reservation."""
    without = {"calendar.summit_from": None, "calendar.summit_to": None}
    rows = [
        Ensemble(Scenario.load(SCENARIOS[1]).replace(without | {"summit.feasible": chance})).rows(
            seed=3, first=0, count=2000
        )
        for chance in (0.1, 1.0)
    ]
    assert rows[0].tobytes() == rows[1].tobytes()


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_likelier_summit_leaves_fewer_deals_to_delegations(name):
    """Paired runs: with full powers, a summit that is certain makes both sides refuse more.

    McNemar's exact test, false alarm 1 in 10,000; deals before the window opens, so that none is
    missing because the leaders came first.
    """
    before, after = (
        Ensemble(
            Scenario.load(name).replace({"talks.full_powers": 1.0, "summit.feasible": chance})
        ).rows(seed=3, first=0, count=3000)
        for chance in (0.1, 1.0)
    )
    working = EVENTS.index("working_deal")
    early = [
        (rows["events"][:, working] == 1) & (rows["events"][:, EVENTS.index("reopened")] == 0)
        & (rows["deal_day"] < 89.0)
        for rows in (before, after)
    ]  # fmt: skip
    gained, lost = int((early[1] & ~early[0]).sum()), int((early[0] & ~early[1]).sum())
    p = stats.binomtest(gained, gained + lost, alternative="less").pvalue
    assert p < FALSE_ALARM, (gained, lost)
