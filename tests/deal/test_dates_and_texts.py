"""Rounds fall at random dates and texts ripen: whenever and however often anybody looks."""

from __future__ import annotations

import math

import numpy as np
import pytest

from negotiation.rules import rounds
from negotiation.rules.play import play
from negotiation.scenario import Scenario
from negotiation.table import Table

# nothing can be signed, so that the talks go on to the horizon
IDLE = {"talks.contract": "drafts", "issues.pie.reach": 0}


def ends(changes, runs, seed=1):
    """The states at the horizon of some runs of the pie."""
    table = Table(Scenario.load("split-the-pie").replace(IDLE | changes))
    states = []
    for run in range(runs):
        records = table.opened(seed=seed, run=run)
        play(*(a[0] for a in (records.talks, records.world, records.stakes, records.watch)))
        states.append(records.talks.copy())
    return np.concatenate(states)


def test_rounds_are_a_poisson_process():
    """One on the first day, then 357 / 7 = 51 on average, with a variance of 51."""
    turns = ends({"talks.dates": "random"}, 400)["turn"] - 1.0
    assert turns.mean() == pytest.approx(51, abs=4 * math.sqrt(51 / 400))
    assert turns.var() == pytest.approx(51, rel=0.3)


def test_a_binding_date_draws_rounds_near():
    """With a rush of 2 the ten days before the truce runs out hold three times as many."""
    changes = {"talks.dates": "random", "calendar.truce_expires": "2025-02-15"}
    day = 40.0 - 10.0

    def before(rush):
        counts = []
        table = Table(Scenario.load("split-the-pie").replace(IDLE | changes | {"talks.rush": rush}))
        for run in range(300):
            records = table.opened(seed=1, run=run)
            records.watch["until"] = 0
            seen = 0
            talks, world = records.talks[0], records.world[0]
            while rounds.talks_due(talks, world) or talks["day"] < 35.0:
                if talks["spent_to"] >= min(talks["day"] + 7.0, 40.0):
                    talks["day"] += 7.0
                    continue
                seen += day <= talks["round_at"] < 40.0
                talks["turn"] += 1
                rounds.draw_next(talks, world)
            counts.append(seen)
        return np.mean(counts)

    assert before(0.0) == pytest.approx(10 / 7, abs=4 * math.sqrt(10 / 7 / 300))
    assert before(2.0) == pytest.approx(30 / 7, abs=4 * math.sqrt(30 / 7 / 300))


@pytest.mark.parametrize("tick", [1.0, 2.5, 10.0])
def test_the_dates_are_the_same_however_finely_time_is_cut(tick):
    """Rounds, the day of the last one, effort and what is ready do not depend on the tick."""
    changes = {"talks.dates": "random", "issues.pie.ready": 0.2, "issues.pie.pace": 0.05}
    as_shipped, cut = ends(changes, 50), ends(changes | {"clock.tick_days": tick}, 50)
    for what in ("turn", "round_at", "ready", "until_round"):
        assert cut[what] == pytest.approx(as_shipped[what]), what


@pytest.mark.parametrize(
    "ready, pace, ripening", [(0.2, 0.1, 1.0), (0.0, 0.1, 1.5), (0.3, 0.0, 1.0)]
)
def test_texts_ripen_as_the_formula_says(ready, pace, ripening):
    """Without effort in it: 1 - (1 - ready) (1 - pace ripening) ^ (days / 14), here in 70 days."""
    changes = {
        "calendar.horizon": "2025-03-17", "issues.pie.ready": ready, "issues.pie.pace": pace,
        "talks.ripening": ripening,
    }  # fmt: skip
    share = 1.0 - (1.0 - ready) * (1.0 - pace * ripening) ** 5
    seen = ends(changes, 800)["ready"][:, 0].mean()
    assert seen == pytest.approx(share, abs=4 * math.sqrt(share * (1 - share) / 800))


def test_a_side_that_concedes_more_has_its_texts_ready_sooner():
    """Effort grows with the share of the way that the giver has come, to the power of effort."""
    texts = {"issues.pie.ready": 0, "issues.pie.pace": 0.05, "talks.effort": 0.5}
    early = ends(texts | {"us.strategy": "conceder"}, 300)
    late = ends(texts | {"us.strategy": "boulware"}, 300)
    assert (early["effort"][:, 0] > late["effort"][:, 0]).all()
    assert (early["ready"] >= late["ready"]).all()
    assert early["ready"][:, 0].mean() > late["ready"][:, 0].mean() + 0.1


def test_random_dates_need_drafts():
    """Where offers are signed, rounds keep their regular dates."""
    with pytest.raises(ValueError, match="random"):
        Scenario.load("split-the-pie").replace({"talks.dates": "random"})
