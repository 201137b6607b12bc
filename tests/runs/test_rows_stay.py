"""No run changes unless it is meant to: digests of 60,000 shipped runs and 2,000 by lot."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import rows  # noqa: E402
from random_scenarios import HOW_MANY, SHIPPED, random_scenarios  # noqa: E402

KNOWN = json.loads(rows.FILE.read_text())


@pytest.mark.parametrize("name", SHIPPED)
def test_the_runs_of_a_shipped_scenario_stay(name):
    """20,000 runs come to what they came to, to the last bit, on either kind of processor."""
    assert rows.shipped_digest(name) in KNOWN[name]


def test_the_runs_of_random_scenarios_stay():
    """So do ten runs of each of 200 scenarios drawn by lot."""
    assert rows.random_digest() in KNOWN[f"{HOW_MANY} random scenarios"]


def test_the_lot_draws_every_strategy_and_every_length_of_agenda():
    """The 200 are worth having: all strategies on both sides, 1 to 16 issues."""
    drawn = list(random_scenarios())
    assert {len(s.issues) for s in drawn} == set(range(1, 17))
    for side in ("us", "china"):
        assert len({getattr(s, side).strategy for s in drawn}) == 14
