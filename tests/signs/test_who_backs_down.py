"""Audience costs tie hands: the side whose audience cost grows faster backs down less.

That is Fearon's (1994, doi:10.2307/2944796) statement, and it holds where nobody is known never to
give in. With types that never do, Abreu and Gul (2000, doi:10.1111/1468-0262.00094) have a second
effect, which works the other way: who gives in slowly takes long to pass for unbending, and makes
up for it by giving in at once with positive probability.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from negotiation.ensemble import Ensemble
from negotiation.game import Game
from negotiation.model import NegotiationModel
from negotiation.rules import escalation
from negotiation.scenario import Scenario
from negotiation.theory import reputation

SEED, WARS, FALSE_ALARM = 2, 90, 1e-3
RATE = st.floats(0.01, 1.0)  # hazards per day


def who_gave_in(scenario):
    """How often the US and China alone offered the truce back, over the first wars of a study."""
    rows = Ensemble(scenario).rows(seed=SEED, first=0, count=4000)
    fought = [int(row["run"]) for row in rows if row["wars"] > 0 and row["war_days"] > 0]
    gave = [0, 0]
    for run in fought[:WARS]:
        for event in Game(scenario, seed=SEED, run=run).play().events:
            if event.kind == "truce_restored" and not event.detail["both"]:
                gave[event.side] += 1
    return gave


def p_value(base, side):
    """Fisher's exact test on who ended the first 90 wars, and the table."""
    label = ("us", "china")[side]
    slow = who_gave_in(base.replace({f"{label}.audience_growth": 0.0}))
    fast = who_gave_in(base.replace({f"{label}.audience_growth": 3.0}))
    table = [[fast[1 - side], fast[side]], [slow[1 - side], slow[side]]]
    assert sum(slow) > 40 and sum(fast) > 40
    return stats.fisher_exact(table, alternative="greater").pvalue, table


@pytest.mark.parametrize("side", [0, 1])
def test_the_side_whose_audience_cost_grows_faster_backs_down_less(side):
    """With $3bn a day added on one side the other gives in more often (Fearon 1994).

    Where nobody is known never to give in; false alarm below 1 in 1000.
    """
    base = Scenario.load("stockholm-three-issues").replace(
        {"us.types.resolve_prior": 0.0, "china.types.resolve_prior": 0.0}
    )
    p, table = p_value(base, side)
    assert p < FALSE_ALARM, table


def abreu_gul(hazards, unbending):
    """The textbook's war with these hazards: demands of 0.6 each, so the other's rate is half."""
    rates = hazards[1] / 2, hazards[0] / 2
    return reputation(demands=(0.6, 0.6), rates=rates, obstinate=unbending)


@given(st.tuples(RATE, RATE), st.floats(1e-3, 0.9))
def test_where_some_never_give_in_the_slower_side_gives_in_at_once(hazards, share):
    """Abreu and Gul 2000: of two equal reputations, the side with the lower hazard concedes first.

    And the faster the other side is, the likelier. A faster audience cost makes the *other* side
    give in faster, so it is the side that has it on which this initial concession falls.
    """
    slower, faster = min(hazards), max(hazards)
    war = abreu_gul((slower, faster), (share, share))
    expected = 1.0 - share ** (1.0 - slower / faster)
    assert war.initial_concession == pytest.approx((expected, 0.0), abs=1e-9)
    further = abreu_gul((slower, 2.0 * faster), (share, share))
    assert further.initial_concession[0] > war.initial_concession[0]


@pytest.mark.parametrize("name", ["stockholm-2025", "stockholm-three-issues"])
@pytest.mark.parametrize("side", [0, 1])
def test_where_some_never_give_in_the_faster_side_gives_in_at_once_or_seldom(name, side):
    """Abreu and Gul 2000: the side whose rival's hazard is higher concedes at once.

    A faster audience cost raises the rival's hazard (Fearon's sign, which holds after the first
    day), so the rival's reputation is complete sooner, and the side with the faster cost makes
    up for it at the start. In the scenario as it is shipped.
    """
    label = ("us", "china")[side]
    atoms, rivals = [], []
    for growth in (0.0, 0.05, 0.5, 3.0):  # $bn a day
        scenario = Scenario.load(name).central().replace({f"{label}.audience_growth": growth})
        records = NegotiationModel(scenario, seed=1).scene.records
        escalation.begin_war(*records, records[0].day)
        atoms.append(escalation.initial_concession(*records, side))
        rivals.append(escalation.hazard(*records, 1 - side))
    assert rivals == sorted(rivals) and rivals[-1] > 3 * rivals[0]
    assert atoms[-1] > atoms[1] and atoms[-1] > 0.5


@pytest.mark.xfail(
    strict=True,
    reason="with resolute types the initial concession of Abreu and Gul falls on the side whose "
    "rival's hazard is higher, which is the side with the faster audience cost: the US ended 39 "
    "of 60 wars without growth and 39 of 55 with $3bn a day, China 20 of 60 and 21 of 53; among "
    "wars that outlast their first week the shares move the way of Fearon's sign, if at all, from "
    "20 of 31 to 14 of 27 for the US (p = 0.24) and from 11 of 30 to 4 of 19 for China (p = 0.20)",
)
@pytest.mark.parametrize("side", [0, 1])
def test_the_same_where_some_never_give_in(side):
    """The same sign in the scenario as it is shipped, with resolute types on both sides."""
    p, table = p_value(Scenario.load("stockholm-three-issues"), side)
    assert p < FALSE_ALARM, table
