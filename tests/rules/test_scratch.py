"""What a negotiation is stands in its state; the rules' working memory does not outlast a tick."""

from __future__ import annotations

import numpy as np
import pytest

from negotiation.rules.play import play
from negotiation.rules.state import Scratch
from negotiation.scenario import Scenario
from negotiation.table import Table

ZERO_BEYOND_THE_ISSUES = ("beside", "low_end", "high_end", "sum_gain", "sum_half_bend")


def spoil(scratch, issues, rng):
    """Overwrite all of the working memory, but for the zeros that stand where there is no issue."""
    for name in Scratch.__annotations__:
        if scratch[name].dtype.names:
            for row in scratch[name].dtype.names:
                scratch[name][row] = rng.random(scratch[name][row].shape)
        elif name in ZERO_BEYOND_THE_ISSUES:
            scratch[name][:issues] = rng.random(scratch[name][:issues].shape)
        elif name != "pull":  # zero where a scenario has one link
            scratch[name] = rng.random(scratch[name].shape)


@pytest.mark.parametrize("name", ["stockholm-2025", "stockholm-three-issues", "split-the-pie"])
def test_a_run_does_not_read_what_an_earlier_tick_has_left_in_the_scratch(name):
    """Spoilt before every tick, it changes nothing of how 40 runs go."""
    scenario = Scenario.load(name)
    table, rng = Table(scenario), np.random.default_rng(1)
    for run in range(40):
        plain, spoilt = (table.opened(seed=5, run=run) for _ in range(2))
        for records in (plain, spoilt):
            while records.talks["day"][0] <= records.world["day_horizon"][0]:
                if records is spoilt:
                    spoil(records.talks["scratch"][0], len(scenario.issues), rng)
                records.watch["until"] = records.talks["tick"] + 1
                play(*(a[0] for a in (records.talks, records.world, records.stakes, records.watch)))
        for field in plain.talks.dtype.names:
            if field != "scratch":
                assert np.array_equal(plain.talks[field], spoilt.talks[field]), (run, field)
