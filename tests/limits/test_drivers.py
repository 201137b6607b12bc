"""Limit L10: either driver plays the same run, to the last bit, with everything on.

The Mesa model steps agents through the rules, the ensemble compiles them; whole rows are compared
as bytes. Strategies, chunks, workers and hundreds of runs more: ``tests/test_parity.py``.
"""

from __future__ import annotations

import pytest

from negotiation.ensemble import Ensemble
from negotiation.model import NegotiationModel
from negotiation.outcome import EVENTS
from negotiation.scenario import Scenario

# What the shipped scenario has little of: penalties, quiet lapses, leaders who meet without
# signing, deals that are reopened.
STORMY = {
    "tariffs.peak_weight": 0.5, "deadline.accident": 0.3, "deadline.grace": 0.3,
    "deadline.ultimatum": -2.0, "us.precision": 0.2, "escalation.meeting_rate": 6.0,
    "summit.slip": 0.1, "summit.empty_cost": 3.0, "us.ratification": 0.45,
    "china.ratification": 0.4, "china.types.trait.0": 0.0, "china.types.trait_prior": 0.1,
    "compliance.detection": 0.9, "compliance.review_rate": 60.0, "talks.full_powers": 0.5,
    "news.incident_rate": 20.0,
}  # fmt: skip
OF_EACH = 8  # runs compared in which an event happened


@pytest.mark.parametrize("name", ["stockholm-2025", "stockholm-three-issues"])
@pytest.mark.parametrize("pair", [("rubinstein", "learned"), ("nash-fair", "random-tit-for-tat")])
def test_l10_the_mesa_model_and_the_ensemble_play_the_same_run(name, pair):
    """L10: the two drivers give the same row, bit by bit, whatever happens in the run.

    Source: the model's own promise. Of 2,000 stormy runs eight are compared in which an event
    happened, for each kind of event that there is.
    """
    changes = STORMY | {"us.strategy": pair[0], "china.strategy": pair[1]}
    scenario = Scenario.load(name).replace(changes)
    rows = Ensemble(scenario).rows(seed=10, first=0, count=2000)
    compared = set()
    for column, event in enumerate(EVENTS):
        runs = rows["run"][rows["events"][:, column] == 1]
        assert len(runs) > 0, event
        compared |= set(runs[:OF_EACH].tolist())
    for run in sorted(compared):
        alone = NegotiationModel(scenario, seed=10, run=run).play().row()
        assert alone.tobytes() == rows[run : run + 1].tobytes(), run
