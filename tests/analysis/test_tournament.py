"""Tournaments: paired runs, intervals, and the game of choosing a strategy."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from negotiation.analysis.empirical_game import (
    empirical_game,
    equilibria,
    evolution,
    exploitability,
    regret_of_mixture,
    replicate,
)
from negotiation.analysis.odds import odds
from negotiation.analysis.tournament import round_robin
from negotiation.errors import InputError, UnknownName
from negotiation.estimates import mean_of
from negotiation.scenario import Scenario
from negotiation.theory.games import Game

CLOCK = ("boulware", "linear", "conceder")
PIE = Scenario.load("split-the-pie")
THREE = Scenario.load("stockholm-three-issues")


@pytest.fixture(scope="module")
def played():
    """Three strategies that watch the clock, on two scenarios."""
    return round_robin([PIE, THREE], us=CLOCK, china=CLOCK, runs=300, seed=5)


def test_a_pairing_is_the_ensemble_s_own_count(played):
    """Its agreement rate is the share of the deals that the odds count over the same runs."""
    for pairing in played.pairings()[9:12]:
        scenario = THREE.replace({"us.strategy": pairing.us, "china.strategy": pairing.china})
        counted = odds(scenario, runs=300, seed=5, worlds=0).events["deal"]
        assert pairing.agreement == counted


def test_all_pairings_play_the_same_runs():
    """Common random numbers: on the pie with one type a side, equal strategies give equal rows."""
    twice = round_robin(THREE, us=("linear", "linear"), china=("boulware",), runs=50)
    assert (twice.gains[:, 0] == twice.gains[:, 1]).all()
    assert twice.ranking("us")[1].behind == (0.0, 0.0, 0.0)


def test_workers_change_nothing(played):
    """The same tournament on threads gives the same numbers."""
    with ThreadPoolExecutor(2) as pool:
        again = round_robin([PIE, THREE], us=CLOCK, china=CLOCK, runs=300, seed=5, executor=pool)
    assert (again.gains == played.gains).all() and (again.agreed == played.agreed).all()


def test_on_the_pie_the_firmer_side_gets_more(played):
    """Against any of the three, Boulware does better than linear, and that than a conceder."""
    game = empirical_game(played, scenario="split-the-pie")
    assert (np.diff(game.A, axis=0) < 0).all()
    assert (np.diff(game.B, axis=1) < 0).all()
    assert game.pure_equilibria == ((0, 0),)


def test_the_ranking_is_by_mean_gain_and_counts_pairs(played):
    """Best first; what each is behind is the difference of the means, the best's being zero."""
    for own, side in enumerate(("us", "china")):
        scores = played.ranking(side)
        gains = [score.gain.value for score in scores]
        assert gains == sorted(gains, reverse=True)
        assert [s.behind.value for s in scores] == pytest.approx([gains[0] - g for g in gains])
        axis = CLOCK.index(scores[0].strategy)
        assert gains[0] == pytest.approx(played.gains.take(axis, axis=1 + own)[..., own].mean())


def test_pairs_need_fewer_runs_than_averages(played):
    """The interval of a paired difference is narrower than that of two averages on their own."""
    best, second = played.ranking("us")[:2]
    paired = second.behind.high - second.behind.low
    alone = np.hypot(*[score.gain.high - score.gain.low for score in (best, second)])
    assert paired < 0.5 * alone


def test_intervals_cover_as_often_as_they_say():
    """95% intervals hold the true mean in 92 to 97% of 2,000 samples of 200 exponential draws."""
    rng = np.random.default_rng(8)
    inside = [
        found.low <= 1.0 <= found.high for found in map(mean_of, rng.exponential(1.0, (2000, 200)))
    ]
    assert 0.92 < np.mean(inside) < 0.97


def test_results_are_plain_data(played):
    """Everything in the dictionary is what JSON knows."""
    import json

    data = json.loads(json.dumps(played.to_dict()))
    assert len(data["pairings"]) == 18
    assert set(data["ranking"]["us"][0]) == {"strategy", "side", "gain", "agreement", "behind"}


def test_what_cannot_be_played_is_refused():
    """An unknown strategy, an empty side, too few runs: one sentence each."""
    with pytest.raises(InputError, match=r"Did you mean 'boulware'\?"):
        round_robin(PIE, us=["boulwear"], china=["linear"], runs=2)
    with pytest.raises(InputError, match="us is empty"):
        round_robin(PIE, us=[], china=["linear"], runs=2)
    with pytest.raises(InputError, match="runs = 1 is out of range"):
        round_robin(PIE, us=["linear"], china=["linear"], runs=1)
    few = round_robin(PIE, us=["linear"], china=["linear"], runs=2)
    with pytest.raises(UnknownName, match="split-the-pie"):
        empirical_game(few, scenario="split-the-pi")


payoffs = arrays(float, (3, 4), elements=st.floats(-10, 10).map(lambda x: round(x, 2)))


@settings(max_examples=40, deadline=None)
@given(payoffs, payoffs)
def test_regret_is_nothing_exactly_at_equilibria(A, B):
    """Pure profiles without regret are the pure equilibria, and all found mixtures have none."""
    game = Game(A, B)
    gaps = game.A.max(axis=0) - game.A + game.B.max(axis=1, keepdims=True) - game.B
    free = {tuple(cell) for cell in np.argwhere(gaps == 0).tolist()}
    assert free == set(game.pure_equilibria)
    chosen = equilibria(game)
    assert chosen.complete and chosen.equilibria
    for found in chosen.equilibria:
        assert regret_of_mixture(game, found.row, found.column) < 1e-6


def test_where_too_many_strategies_are_left_the_answer_says_so(monkeypatch):
    """Nine ways to agree have 511 equilibria; with fewer corners allowed, pure ones and another."""
    A = np.diag(np.arange(1.0, 10.0))
    chosen = equilibria(Game(A, A))
    assert chosen.complete and len(chosen.equilibria) == 2**9 - 1
    monkeypatch.setattr("negotiation.theory.equilibria.WORK", 10_000)
    chosen = equilibria(Game(A, A))
    assert not chosen.complete
    assert [e.row.index(1.0) for e in chosen.equilibria] == list(range(9))
    matching = np.roll(np.eye(9), 1, axis=0)  # one matches, the other is a step ahead: no pure one
    (mixed,) = equilibria(Game(np.eye(9), matching)).equilibria
    assert mixed.row == pytest.approx([1 / 9] * 9) and mixed.column == pytest.approx([1 / 9] * 9)


def test_exploitability_is_what_being_seen_through_costs():
    """Battle of the sexes: who is known to insist gets 2, who is known to yield gets 1."""
    game = Game(
        [[2, 0], [0, 1]], [[1, 0], [0, 2]], rows=("insist", "yield"), columns=("yield", "insist")
    )
    found = exploitability(game, "us")
    assert [(e.strategy, e.reply, e.gain, e.exploitability) for e in found] == [
        ("insist", "yield", 2.0, 0.0),
        ("yield", "insist", 1.0, 1.0),
    ]
    assert exploitability(game, "china")[0].strategy == "insist"


@settings(max_examples=15, deadline=None)
@given(payoffs, payoffs)
def test_shares_stay_shares(A, B):
    """Replicator shares of each population sum to 1 throughout, and none is negative."""
    shares = replicate(Game(A, B), until=20.0, points=11).shares
    assert (shares >= 0).all()
    assert shares[:, :3].sum(axis=1) == pytest.approx(1.0)
    assert shares[:, 3:].sum(axis=1) == pytest.approx(1.0)


def test_what_is_dominated_dies_out(played):
    """On the pie evolution ends at the one strategy that survives elimination on both sides."""
    game = empirical_game(played, scenario="split-the-pie")
    assert game.survivors() == ((0,), (0,))
    last = replicate(game).shares[-1]
    assert last == pytest.approx([1, 0, 0, 1, 0, 0], abs=1e-3)


def test_equal_shares_of_matching_pennies_stay():
    """From equal shares, the equilibrium of matching pennies, the dynamic does not move."""
    game = Game([[1, -1], [-1, 1]], [[-1, 1], [1, -1]])
    centre = replicate(game, until=30.0).shares
    assert centre == pytest.approx(np.full_like(centre, 0.5))


@pytest.mark.long
def test_all_built_in_strategies_meet():
    """The whole round robin over three issues has an equilibrium without regret."""
    whole = round_robin(THREE, runs=400)
    assert whole.gains.shape == (1, 13, 13, 400, 2)
    game = empirical_game(whole)
    for found in equilibria(game).equilibria:
        assert regret_of_mixture(game, found.row, found.column) < 1e-6
    assert len(list(itertools.chain(whole.ranking("us"), whole.ranking("china")))) == 26


@pytest.mark.parametrize(
    ("column", "settled"), [([[-1, 1], [1, -3]], False), ([[1, -1], [-1, 3]], True)]
)
def test_an_evolution_that_goes_round_is_said_to(column, settled):
    """Lopsided matching pennies has no rest in sight; the same with common interests has."""
    row = [[1, -1], [-1, 3]]
    names = SimpleNamespace(us=("heads", "tails"), china=("heads", "tails"))
    found = evolution(names, Game(row, column))
    assert found["settled"] is settled
    assert (found["regret"] < 1e-3) is settled
    for shares in (found["us"], found["china"], *found["average"].values()):
        assert sum(shares.values()) == pytest.approx(1.0, abs=1e-5)
    if not settled:  # time averages go to the mixed equilibrium, 2/3 heads on both sides
        assert found["average"]["us"]["heads"] == pytest.approx(2 / 3, abs=0.05)
