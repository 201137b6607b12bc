"""Bargaining and reputation (Abreu and Gul 2000)."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from negotiation.errors import InputError
from negotiation.theory.obstinate_types import reputation
from negotiation.theory.offers_in_turn import frequent_offers

demand = st.floats(0.52, 0.95)
rate = st.floats(0.01, 1.0)
chance = st.floats(1e-6, 0.5)
games = st.builds(
    lambda a, r, z: reputation(demands=a, rates=r, obstinate=z),
    st.tuples(demand, demand),
    st.tuples(rate, rate),
    st.tuples(chance, chance),
)


@pytest.mark.parametrize(
    ("demands", "rates", "obstinate", "hazards", "atom", "last", "worth"),
    [
        ((0.6, 0.6), (0.1, 0.1), (0.05, 0.05), (0.20, 0.20), 0.0, 14.98, 0.4),
        ((0.6, 0.6), (0.1, 0.1), (0.02, 0.08), (0.20, 0.20), 0.75, 12.63, 0.4),
        ((0.7, 0.55), (0.15, 0.05), (0.05, 0.05), (0.06, 0.27), 0.9027, 11.095, 0.45),
    ],
)
def test_published_cases(demands, rates, obstinate, hazards, atom, last, worth):
    """Three verified cases: hazards, what the US concedes at once, last time, its flat utility."""
    found = reputation(demands=demands, rates=rates, obstinate=obstinate)
    assert found.hazards == pytest.approx(hazards)
    assert found.initial_concession == pytest.approx((atom, 0.0), abs=5e-5)
    assert found.last_time == pytest.approx(last, abs=5e-3)
    times = np.linspace(0.0, found.last_time, 9)
    assert [found.utilities(float(t))[0] for t in times] == pytest.approx([worth] * 9)


@given(game=games, part=st.floats(0, 1))
def test_utility_is_flat(game, part):
    """A rational side is indifferent between all times of giving in, so it may mix over them."""
    assert game.utilities(part * game.last_time) == pytest.approx(game.utilities(0.0), abs=1e-9)


@pytest.mark.parametrize(
    "case", [(0.6, 0.6, 0.1, 0.1, 0.02, 0.08), (0.7, 0.55, 0.15, 0.05, 0.05, 0.1)]
)
def test_utility_as_an_integral(case):
    """The closed form of the utility is the integral of the discounted payoffs it stands for."""
    game = reputation(demands=case[:2], rates=case[2:4], obstinate=case[4:])
    t = 0.7 * game.last_time
    grid = np.linspace(0.0, t, 20_001)
    for own, other in ((0, 1), (1, 0)):
        left = np.array([game.survival(float(s))[other] for s in grid[:-1]] + [0.0])
        left[-1] = (1 - game.initial_concession[other]) * math.exp(-game.hazards[other] * t)
        middle = 0.5 * (grid[:-1] + grid[1:])
        won = game.initial_concession[other] - np.diff(left) @ np.exp(-game.rates[own] * middle)
        given_up = (1 - game.demands[other]) * math.exp(-game.rates[own] * t) * left[-1]
        value = game.demands[own] * won + given_up
        assert value == pytest.approx(game.utilities(t)[own], rel=1e-6)


@given(game=games)
def test_only_the_obstinate_are_left_at_the_last_time(game):
    """Both reputations are complete at the same moment; at most one side starts by giving in."""
    eve = game.last_time * (1 - 1e-9)
    assert game.survival(eve) == pytest.approx(game.obstinate, rel=1e-5)
    assert game.belief(eve) == pytest.approx((1, 1), rel=1e-5)
    assert min(game.initial_concession) == 0.0
    assert all(0.0 <= atom < 1.0 for atom in game.initial_concession)


@given(game=games)
def test_swapping_the_sides_swaps_the_result(game):
    """Nothing depends on which side is called the US."""
    mirrored = reputation(
        demands=game.demands[::-1], rates=game.rates[::-1], obstinate=game.obstinate[::-1]
    )
    assert mirrored.hazards == pytest.approx(game.hazards[::-1])
    assert mirrored.initial_concession == pytest.approx(game.initial_concession[::-1], abs=1e-12)


@given(game=games, factor=st.floats(0.3, 0.99))
def test_patience_modesty_and_a_name_make_the_other_give_in(game, factor):
    """Lower own rate, lower own demand, higher own z: China's initial concession never falls."""
    a, r, z = game.demands, game.rates, game.obstinate
    modest = 0.51 + factor * (a[0] - 0.51)
    for change in (
        {"rates": (factor * r[0], r[1])},
        {"demands": (modest, a[1])},
        {"obstinate": (z[0] / factor, z[1])},
    ):
        assume(all(0 < x <= 1 for x in change.get("obstinate", z)))
        better = reputation(**{"demands": a, "rates": r, "obstinate": z} | change)
        assert better.initial_concession[1] >= game.initial_concession[1] - 1e-9
        assert better.initial_concession[0] <= game.initial_concession[0] + 1e-9


@pytest.mark.parametrize("greed", [0.5, 0.7, 0.9])
@pytest.mark.parametrize("rates", [(0.05, 0.10), (0.1, 0.1), (0.2, 0.1)])
def test_small_doubt_leads_to_rubinstein(rates, greed):
    """As z -> 0 demanding Rubinstein's share r_j / (r_i + r_j) secures it against any demand."""
    share = frequent_offers(rates=rates).us
    china = 1 - share + greed * share  # more than is left
    doubts = [1e-3, 1e-20, 1e-200]
    got = [
        reputation(demands=(share, china), rates=rates, obstinate=(z, z)).utilities(0.0)[0]
        for z in doubts
    ]
    assert got == sorted(got)
    assert got[-1] == pytest.approx(share, abs=1e-3)


def test_delay_does_not_vanish_at_once():
    """With z > 0 neither side gives in for sure at the start: some time is always lost."""
    game = reputation(demands=(0.6, 0.6), rates=(0.1, 0.1), obstinate=(1e-9, 1e-6))
    assert math.prod(game.survival(0.0)) > 0.0
    assert math.prod(game.survival(0.0)) == pytest.approx(1e-3)


def test_a_side_known_to_bend_bends_at_once():
    """A side that is surely not obstinate gives in at time 0, one that surely is never does."""
    game = reputation(demands=(0.6, 0.6), rates=(0.1, 0.1), obstinate=(0.0, 0.2))
    assert game.initial_concession == (1.0, 0.0)
    assert game.last_time == pytest.approx(-math.log(0.2) / 0.2)
    sure = reputation(demands=(0.6, 0.6), rates=(0.1, 0.1), obstinate=(1.0, 0.2))
    assert (sure.last_time, sure.initial_concession) == (0.0, pytest.approx((0.0, 0.8)))


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"demands": (0.4, 0.5)}, "in dispute"),
        ({"demands": (1.0, 0.5)}, r"demands\[0\]"),
        ({"rates": (0.1, 0.0)}, r"rates\[1\]"),
        ({"obstinate": (0.0, 0.0)}, "not unique"),
        ({"obstinate": (0.1, 1.1)}, r"obstinate\[1\]"),
    ],
)
def test_bad_input(change, word):
    """What was wrong is said with its name."""
    good = {"demands": (0.6, 0.6), "rates": (0.1, 0.1), "obstinate": (0.1, 0.1)}
    with pytest.raises(InputError, match=word):
        reputation(**good | change)
