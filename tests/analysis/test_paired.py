"""Differences in pairs: the same answer as from strangers, at a fraction of the runs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from negotiation.analysis.odds import odds
from negotiation.analysis.paired import paired
from negotiation.errors import InputError
from negotiation.scenario import Scenario
from negotiation.tally import OUTCOMES

BEFORE = Scenario.load("stockholm-three-issues")
AFTER = BEFORE.replace({"deadline.accident": 0.05, "summit.feasible": 0.7})


def test_a_paired_difference_is_the_difference_of_the_two_odds() -> None:
    """Pairing changes what we know about the difference, never the difference."""
    found = paired(BEFORE, AFTER, runs=2_000, seed=3)
    old, new = (odds(s, runs=2_000, seed=3, worlds=0) for s in (BEFORE, AFTER))
    for name, estimate in new.events.items():
        assert found[name].after == estimate.p
        assert found[name].difference == pytest.approx(estimate.p - old.events[name].p)
        assert found[name].low <= found[name].difference <= found[name].high


def test_a_scenario_does_not_differ_from_itself() -> None:
    """The same runs, to the last: nothing differs in any pair."""
    found = paired(BEFORE, BEFORE, runs=500, seed=3)
    assert set(found) == set(OUTCOMES)
    assert all(d.difference == 0.0 for d in found.values())


def test_threads_find_the_same_difference() -> None:
    """Sums of whole numbers do not depend on their order."""
    with ThreadPoolExecutor(2) as pool:
        found = paired(BEFORE, AFTER, runs=20_000, seed=4, outcomes="deal", executor=pool)
    assert found == paired(BEFORE, AFTER, runs=20_000, seed=4, outcomes="deal")


def test_the_gain_is_what_repetition_shows() -> None:
    """Over 80 seeds the spread of paired differences, against that of unpaired ones.

    The ratio of two sample variances with 79 degrees of freedom each lies within a factor of
    1.9 of the truth in 99% of cases (F distribution).
    """
    n = 400
    in_pairs = [paired(BEFORE, AFTER, runs=n, seed=k, outcomes="deal")["deal"] for k in range(80)]
    old = [odds(BEFORE, runs=n, seed=1_000 + k, worlds=0).events["deal"].p for k in range(80)]
    apart = [d.after - p for d, p in zip(in_pairs, old, strict=True)]
    shown = np.var(apart, ddof=1) / np.var([d.difference for d in in_pairs], ddof=1)
    stated = np.mean([d.gain for d in in_pairs])
    assert stated > 3
    assert shown / 1.9 < stated < shown * 1.9


@pytest.mark.parametrize("options", [{"runs": 0}, {"seed": -1}, {"outcomes": "dael"}])
def test_wrong_arguments_are_refused(options: dict) -> None:
    """One sentence."""
    with pytest.raises(InputError):
        paired(BEFORE, AFTER, **{"runs": 10, **options})
