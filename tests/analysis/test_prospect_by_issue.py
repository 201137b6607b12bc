"""What a leaders' meeting promises, issue by issue."""

from __future__ import annotations

import numpy as np
import pytest

from negotiation.analysis.prospect_by_issue import prospect_by_issue
from negotiation.scenario import SIDES, Scenario
from negotiation.table import Table

STOCKHOLM = Scenario.load("stockholm-2025")


def test_who_gives_loses_by_an_issue_and_who_gets_gains() -> None:
    """To a side as it is expected to be, on every issue that a draft may hold."""
    found = prospect_by_issue(STOCKHOLM)
    assert found is not None
    for name, gains in found.gains.items():
        giver = STOCKHOLM.issues[name].conceded_by
        getter = SIDES[1 - SIDES.index(giver)]
        assert gains[giver] <= 0.0 <= gains[getter], name
        assert 0.0 <= found.conceded[name] <= float(STOCKHOLM.issues[name].reach.value), name
    assert max(found.conceded.values()) > 0.05


def test_it_is_the_prospect_that_the_model_plays_by() -> None:
    """The chance of a signature and the worth of the meeting, but for the draws of the draft."""
    found = prospect_by_issue(STOCKHOLM, draws=1024)
    records = Table(STOCKHOLM).first_day(forecast_nodes=64.0)
    world, prospect = records.world[0], records.stakes[0]["prospect"]
    assert found is not None
    assert found.signed == pytest.approx(float(prospect["signed"]), abs=0.04)
    for side, name in enumerate(SIDES):
        high = float(world["trait_prior"][side])
        types = np.outer(world["stance_prior"][side], [1.0 - high, high]).ravel()
        expected = float(types @ prospect["meeting"][side])
        assert found.worth[name] == pytest.approx(expected, rel=0.15)


def test_what_cannot_be_conceded_promises_nothing() -> None:
    """And no meeting promises nothing at all."""
    shut = STOCKHOLM.replace({"issues.purchase_commitments.reach": 0.0})
    found = prospect_by_issue(shut, draws=64)
    assert found is not None and found.signed > 0.0
    assert set(found.gains["purchase_commitments"].values()) == {0.0}
    none = STOCKHOLM.replace({"calendar.summit_from": None, "calendar.summit_to": None})
    assert prospect_by_issue(none) is None
