"""Decisions made by a rule that the tests know."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import numpy as np
import pytest

from negotiation.history.codes import Outcome
from negotiation.history.rows import Decision

CODES = [code.value for code in Outcome]
Make = Callable[..., list[Decision]]


@pytest.fixture(scope="session")
def made() -> Make:
    """Return a maker of decisions: several a dispute, covariates at random, outcomes by a rule.

    The rule is handed the counter-leverage (0 or 1) of each decision and a source of luck, and
    returns codes.
    """

    def make(
        rule: Callable[[np.ndarray, np.random.Generator], np.ndarray],
        disputes: int = 40,
        each: int = 2,
        seed: int = 1,
    ) -> list[Decision]:
        rng = np.random.default_rng(seed)
        n = disputes * each
        leverage = rng.integers(0, 2, n)
        codes = rule(leverage, rng)
        return [
            Decision.model_validate(
                {
                    "id": f"D{k:03}",
                    "date": str(dt.date(2017, 1, 1) + dt.timedelta(days=20 * k)),
                    "sender": "US",
                    "target": f"P{k % 7}",
                    "binding": ["hard", "soft"][rng.integers(2)],
                    "regime_before": ["calm", "penalties_in_force"][rng.integers(2)],
                    "leaders": "none",
                    "mutual": "none",
                    "counter_leverage": str(leverage[k]),
                    "trade_at_stake": str(rng.integers(1, 100)),
                    "cluster": f"C{k // each:02}",
                    "outcome": CODES[codes[k]],
                }
            )
            for k in range(n)
        ]

    return make
