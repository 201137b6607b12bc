"""How long penalties last: the spells are those of the runs, and Kaplan and Meier's estimate."""

from __future__ import annotations

import numpy as np
import pytest

from negotiation.analysis.past_penalties import past_penalties
from negotiation.analysis.penalty_spells import penalty_spells, still_in_force
from negotiation.ensemble import Ensemble
from negotiation.errors import InputError
from negotiation.outcome import EVENTS
from negotiation.scenario import Scenario

SCENARIO = Scenario.load("stockholm-three-issues")
RUNS = 400


def test_the_spells_are_those_of_the_runs() -> None:
    """As many as penalties came into force; those that ended in the runs end here."""
    rows = Ensemble(SCENARIO).rows(seed=1, first=0, count=RUNS)
    found = penalty_spells(SCENARIO, runs=RUNS, beyond_horizon=False)
    assert found.days.size == rows["wars"].sum() > 20
    assert found.ended.sum() >= rows["events"][:, EVENTS.index("escalation_ended")].sum() > 0
    # a run counts whole ticks, the first of which penalties do not fill
    tick = float(SCENARIO.clock.tick_days.value)
    gap = rows["war_days"].sum() - found.days.sum()
    assert 0.0 <= gap <= tick * found.days.size


def test_played_on_they_are_the_same_and_longer() -> None:
    """The horizon cuts spells off and changes nothing before it."""
    cut = penalty_spells(SCENARIO, runs=RUNS, beyond_horizon=False)
    whole = penalty_spells(SCENARIO, runs=RUNS)
    assert whole.days.size == cut.days.size
    assert np.array_equal(whole.days[cut.ended], cut.days[cut.ended])
    assert np.all(whole.days[~cut.ended] >= cut.days[~cut.ended])
    assert whole.ended.sum() > cut.ended.sum()
    assert whole.days.max() <= 730.0


def test_a_spell_that_is_cut_off_counts_as_long_as_it_is_seen() -> None:
    """Worked by hand: risk sets 5, 4 and 2."""
    found = still_in_force([10, 20, 30, 40, 50], [True, True, False, True, False])
    expected = [1.0, 4 / 5, 4 / 5 * 3 / 4, 4 / 5 * 3 / 4 * 1 / 2]
    assert found.in_force.tolist() == pytest.approx(expected)
    assert found.days.tolist() == [0.0, 10.0, 20.0, 40.0] and found.last == 50.0
    assert np.all(found.low <= found.in_force) and np.all(found.in_force <= found.high)
    assert found.at(39) is not None and found.at(51) is None
    with pytest.raises(InputError, match="no spells"):
        still_in_force([], [])


def test_fewer_penalties_are_in_force_the_longer_it_is() -> None:
    """In history too."""
    for past in past_penalties().values():
        shares = list(past.in_force.values())
        assert shares == sorted(shares, reverse=True) and 0.0 < shares[-1] < shares[0] < 1.0
        assert list(past.in_force) == sorted(past.in_force) and past.source
