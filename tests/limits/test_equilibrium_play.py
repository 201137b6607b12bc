"""Where play must end by theory: Rubinstein at once, Stahl in T rounds, Zeuthen at Nash's point."""

from __future__ import annotations

import numpy as np
import pytest

import negotiation as ng
from negotiation.ensemble import Ensemble
from negotiation.model import NegotiationModel
from negotiation.rules.aspirations import public_ideal
from negotiation.rules.frontier import expected_value
from negotiation.scenario import MAX_ISSUES
from negotiation.strategies.practice import Practice
from negotiation.table import Table
from negotiation.tactics.concession_rules import Zeuthen
from negotiation.tactics.equilibrium import Rubinstein
from negotiation.tactics.facts import STEP

PRODUCT_REACHED = {"split-the-pie": 0.98, "stockholm-three-issues": 0.78, "stockholm-2025": 0.98}
SHARP = 1e5  # per $bn: a sweetener of 5e-5 of the pie


def pie(us, china, strategy, **changes):
    """Return the pie with yearly discount factors and a strategy for both sides."""
    settings = {"us.patience": us, "china.patience": china}
    for side in ("us", "china"):
        settings |= {f"{side}.strategy": strategy, f"{side}.precision": SHARP}
    return ng.Scenario.load("split-the-pie").replace(settings | changes)


@pytest.mark.parametrize("days", [7.0, 30.0])
@pytest.mark.parametrize("patience", [(0.2, 0.6), (0.6, 0.6), (0.9, 0.3)])
def test_l1_equilibrium_play_is_rubinstein_s_at_once(patience, days):
    """L1: (1 - d2) / (1 - d1 d2) for the US, in the first offer, in at least 99% of runs.

    Rubinstein 1982, doi:10.2307/1912531; d is the yearly factor to the power of days/365. The
    sweetener is 5 / precision, so the share is short by 5e-5, and a first offer is refused with
    chance 1 / (1 + exp(5 (1 + d2))), below 1e-4.
    """
    scenario = pie(*patience, "rubinstein", **{"calendar.talks_every_days": days})
    rows = Ensemble(scenario).rows(seed=1, first=0, count=400)
    d1, d2 = (p ** (days / 365) for p in patience)
    closed = ng.theory.alternating_offers(us=d1, china=d2)
    assert (rows["deal_day"] == 0).mean() >= 0.99
    at_once = rows[rows["deal_day"] == 0]
    assert at_once["yearly_gain"][:, 0] == pytest.approx(closed.us, abs=2e-4)
    assert at_once["yearly_gain"][:, 1] == pytest.approx(closed.china, abs=2e-4)


class BackwardInduction(ng.Strategy):
    """Ask for the proposer's share with as many rounds left as there are.

    With n rounds after this one ``x(n) = 1 - d x(n - 1)``, ``d`` the other side's discount
    factor and ``x(n - 1)`` its share as the next proposer; the last proposer takes all.
    """

    def share(self, view):
        """Return the share by backward induction, less the sweetener."""
        if view.rounds_left < 0:
            return 0.0
        share, own_turn = 1.0, view.rounds_left % 2 == 0
        for _ in range(view.rounds_left):
            patience = view.patience_own if own_turn else view.patience_other
            share, own_turn = 1.0 - patience * share, not own_turn
        room = view.precision_other * view.room_of_other
        sweetener = Rubinstein.sweetener / room if room > 0.0 else 0.0
        return min(max(share - sweetener, 0.0), 1.0)


@pytest.mark.parametrize("rounds", [1, 2, 3, 5, 12])
@pytest.mark.parametrize("patience", [(0.2, 0.6), (0.9, 0.3)])
def test_l2_finitely_many_rounds_are_stahl_s(patience, rounds):
    """L2: with T rounds to the horizon the first offer is Stahl's, and it is taken.

    Stahl 1972; the closed form is that of theory.alternating_offers(rounds=T), which finds it
    by a recursion of its own. Rounds every 357/T days fill the calendar of the pie.
    """
    days = 357.0 / rounds
    path = f"{__name__}:BackwardInduction"
    scenario = pie(*patience, path, **{"calendar.talks_every_days": days})
    d1, d2 = (p ** (days / 365) for p in patience)
    closed = ng.theory.alternating_offers(us=d1, china=d2, rounds=rounds)
    for run in range(5):
        model = NegotiationModel(scenario, seed=1, run=run).play()
        row = model.row()[0]
        assert row["deal_day"] == 0.0
        assert row["yearly_gain"] == pytest.approx([closed.us, closed.china], abs=2e-4)


@pytest.mark.parametrize("side", ["us", "china"])
@pytest.mark.parametrize("name", ["split-the-pie", "stockholm-three-issues", "stockholm-2025"])
def test_l4_zeuthen_on_several_issues_ends_at_nash_s_solution(name, side):
    """L4: with full information two Zeuthens meet at Nash's point, to within a concession.

    Harsanyi 1956, doi:10.2307/1905748. One type a side, a round a day, choices near best
    responses; accepted offers are signed, and no summit is waited for. The class sits on one side,
    the compiled rule on the other. The last offer is within one step (0.05 of the way) of what
    Nash's solution gives to the side that made it. The product of gains is .990, .783 and .987 of
    the largest: least with three issues, where one step of China's is more than half of all that
    Nash's solution brings it over walking away.
    """
    changes = {
        "calendar.talks_every_days": 1.0, "talks.contract": "offers", "talks.dates": "regular",
        "calendar.summit_from": None, "calendar.summit_to": None,
    }  # fmt: skip
    for label in ("us", "china"):
        changes |= {
            f"{label}.types.stance_prior": (0.0, 1.0, 0.0),
            f"{label}.types.trait_prior": 0.0,
            f"{label}.precision": 1e6,
        }
        if name != "split-the-pie":  # where either side has room to concede in many steps
            changes[f"{label}.reservation"] = 3.0
    scenario = ng.Scenario.load(name).central().replace(changes)
    nash = ng.theory.nash_solution(scenario)
    talks, world, _ = Table(scenario).first_day(seed=1).each
    last = Practice(scenario, side, "zeuthen").play(Zeuthen())[-1]
    assert last.accepted
    package = np.zeros(MAX_ISSUES)
    package[: len(last.package)] = last.package
    values = [expected_value(talks, world, i, package) for i in range(2)]
    way = public_ideal(talks, world, last.side)
    assert abs(values[last.side] - nash.utilities[last.side]) <= STEP * way * 1.001
    gains = np.array(values) - world.reservation
    assert (gains > 0).all()
    assert gains.prod() >= PRODUCT_REACHED[name] * np.prod(nash.gains)
