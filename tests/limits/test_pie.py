"""One divisible issue: what the textbooks say about a pie, by the simulation's own rules."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from negotiation.ensemble import Ensemble
from negotiation.game import Game, Kind
from negotiation.model import NegotiationModel
from negotiation.outcome import EVENTS
from negotiation.scenario import Scenario
from negotiation.theory import agreement_chance

DEAL = EVENTS.index("deal")
FALSE_ALARM = 1e-3


def pie(us="linear", china="linear", **changes):
    """The pie with two strategies and some numbers changed."""
    settings_ = {"us.strategy": us, "china.strategy": china}
    settings_ |= {path.replace("__", "."): value for path, value in changes.items()}
    return Scenario.load("split-the-pie").replace(settings_)


def rows(scenario, runs=200, seed=1):
    """The first runs of a scenario."""
    return Ensemble(scenario).rows(seed=seed, first=0, count=runs)


def uniform(low, high):
    """A number of which only the two ends are known."""
    return {"value": (low + high) / 2, "low": low, "high": high, "distribution": "uniform"}


@pytest.mark.parametrize("strategy", ["linear", "boulware", "conceder"])
@pytest.mark.parametrize(("low", "expected"), [(0.0, 0.5), (0.5, 0.25)])
def test_win_sets_overlap_as_often_as_putnam_s_geometry_says(strategy, low, expected):
    """L12: reservations a, c uniform on the pie: they agree iff a + c <= 1, in 1/2 of cases.

    With the US's from the upper half alone in 1/4. Measured 0.4955 and 0.2484 in 20,000 runs:
    in the last round the offers come down to the reservations, so no overlap is missed.
    """
    assert agreement_chance(us=(low, 1.0), china=(0.0, 1.0)) == pytest.approx(expected)
    china = uniform(0.0, 1.0)
    played = rows(
        pie(strategy, strategy, us__reservation=uniform(low, 1.0), china__reservation=china), 8000
    )
    agreed = int(played["events"][:, DEAL].sum())
    assert stats.binomtest(agreed, 8000, expected).pvalue > FALSE_ALARM / 6


def test_agreement_is_possible_exactly_where_the_win_sets_meet():
    """Run by run: an agreement iff the two reservations leave something between them."""
    scenario = pie(us__reservation=uniform(0, 1), china__reservation=uniform(0, 1))
    for run in range(60):
        model = NegotiationModel(scenario, seed=4, run=run)
        room = 1.0 - model.scene.world.reservation.sum()
        if abs(room) > 0.02:
            assert (model.play().state == "working_deal") == (room > 0)


def test_a_higher_reservation_buys_better_terms():
    """Schelling: a smaller win-set gets more, two linear conceders Kalai and Smorodinsky's.

    Both come the same share of the way from 1 to their reservations r and 0, which is the
    split 1 / (2 - r), to within one round's concession of 0.02. Nash's split would be (1 + r) / 2.
    """
    reservations = np.array([0.0, 0.1, 0.2, 0.3, 0.4])
    shares = [rows(pie(us__reservation=r))["yearly_gain"][:, 0].mean() for r in reservations]
    assert (np.diff(shares) > 0).all()
    assert shares == pytest.approx(1 / (2 - reservations), abs=0.02)


@pytest.mark.parametrize("strategy", ["linear", "boulware", "conceder"])
def test_mirror_image_sides_split_the_pie(strategy):
    """Two sides alike get half each, up to one round's concession: who is to move when it meets."""
    gain = rows(pie(strategy, strategy))["yearly_gain"]
    assert gain.sum(axis=1) == pytest.approx(1.0, abs=1e-4)
    assert gain.mean(axis=0) == pytest.approx([0.5, 0.5], abs=0.03)


def test_the_earlier_a_side_concedes_the_earlier_they_agree_and_the_less_it_gets():
    """Conceder, linear, Boulware against the same other side: ever later, ever better."""
    played = [rows(pie(us, "linear")) for us in ("conceder", "linear", "boulware")]
    days = [r["deal_day"].mean() for r in played]
    shares = [r["yearly_gain"][:, 0].mean() for r in played]
    assert (np.diff(days) > 0).all() and (np.diff(shares) > 0).all()


def test_two_that_give_everything_away_agree_at_the_first_offer():
    """Who holds out for nothing more than the reservation value accepts what is offered at once."""
    game = Game(pie(us__reservation=0.4, china__reservation=0.4), seed=1)
    while (point := game.play_to(Kind.ANSWER)).day < 357.0:
        game.decide("refuse")
    game.decide()  # the last round: both hold out for the reservation
    offers = [e for e in game.events if e.kind == "offer"]
    assert point.view.rounds_left <= 0 and offers[-1].detail["accepted"]


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(["linear", "boulware", "conceder"]), st.integers(0, 50))
def test_offers_only_ever_move_towards_the_other_side(strategy, run):
    """Each side's offers are worth ever less to it and ever more to the other."""
    model = NegotiationModel(pie(strategy, strategy), seed=2, run=run).play()
    for side in range(2):
        shares = [
            e.detail["package"][0] for e in model.events if e.kind == "offer" and e.side == side
        ]
        moves = np.diff(shares) if side == 0 else -np.diff(shares)
        assert (moves >= -1e-6).all()


def test_an_obstinate_pair_never_agrees():
    """Two that demand three quarters each leave the pie on the table (Abreu and Gul's alphas)."""
    assert rows(pie("obstinate", "obstinate"))["events"][:, DEAL].sum() == 0


RUBINSTEIN = {
    "us__patience": 0.2, "china__patience": 0.6, "calendar__talks_every_days": 30.0,
    "us__precision": 1e5, "china__precision": 1e5,
}  # fmt: skip


def rubinstein_share(us, china, days=30.0):
    """The first proposer's share in alternating offers, discount factors per year."""
    own, other = us ** (days / 365), china ** (days / 365)
    return (1 - other) / (1 - own * other)


@pytest.mark.parametrize("patience", [(0.2, 0.6), (0.6, 0.6), (0.9, 0.3)])
def test_equilibrium_offers_are_rubinstein_s(patience):
    """L1, the terms: where the first offer is taken, the US gets (1 - d2) / (1 - d1 d2)."""
    changes = RUBINSTEIN | {"us__patience": patience[0], "china__patience": patience[1]}
    played = rows(pie("rubinstein", "rubinstein", **changes))
    at_once = played["deal_day"] == 0
    assert at_once.any()
    share = played["yearly_gain"][at_once, 0]
    assert share == pytest.approx(rubinstein_share(*patience), abs=1e-3)


def test_equilibrium_play_agrees_at_once():
    """L1, the time: in Rubinstein's equilibrium the first offer is taken."""
    played = rows(pie("rubinstein", "rubinstein", **RUBINSTEIN))
    assert (played["deal_day"] == 0).mean() > 0.99
