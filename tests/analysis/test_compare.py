"""Differences in pairs: the same answer as from strangers, at a fraction of the runs."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

import negotiation as ng
from negotiation.analysis.compare import compare
from negotiation.analysis.comparison import Comparison, Difference
from negotiation.analysis.odds import odds
from negotiation.ensemble import Ensemble
from negotiation.errors import InputError
from negotiation.outcome import AT_HORIZON, EVENTS
from negotiation.scenario import Scenario

BEFORE = Scenario.load("stockholm-three-issues")
AFTER = BEFORE.replace({"deadline.accident": 0.05, "summit.feasible": 0.7})


def every(found: Comparison) -> dict[str, Difference]:
    """Return all differences, of events and of states at the horizon."""
    return {**found.events, **{f"at_horizon.{name}": d for name, d in found.at_horizon.items()}}


def test_a_paired_difference_is_the_difference_of_the_two_odds() -> None:
    """Pairing changes what we know about the difference, never the difference."""
    found = compare(BEFORE, AFTER, runs=2_000, seed=3)
    old, new = (odds(s, runs=2_000, seed=3, worlds=0) for s in (BEFORE, AFTER))
    for own, was, now in (
        (found.events, old.events, new.events),
        (found.at_horizon, old.at_horizon, new.at_horizon),
    ):
        for name, estimate in now.items():
            assert own[name].before == was[name].p
            assert own[name].after == estimate.p
            assert own[name].difference == pytest.approx(estimate.p - was[name].p)
            assert own[name].low <= own[name].difference <= own[name].high


def test_the_interval_counts_the_pairs_that_differ() -> None:
    """Bonett and Price's interval, from the runs in which just one of the two had the outcome."""
    runs = 2_000
    one, two = (Ensemble(s).rows(seed=3, first=0, count=runs)["events"] for s in (BEFORE, AFTER))
    found = compare(BEFORE, AFTER, runs=runs, seed=3)
    for k, name in enumerate(EVENTS):
        gained, lost = (((two[:, k] - one[:, k].astype(int)) == sign).sum() for sign in (1, -1))
        q10, q01 = (gained + 1) / (runs + 2), (lost + 1) / (runs + 2)
        half = 1.959964 * ((q10 + q01 - (q10 - q01) ** 2) / (runs + 2)) ** 0.5
        assert found.events[name].low == pytest.approx(q10 - q01 - half, abs=1e-7)
        assert found.events[name].high == pytest.approx(q10 - q01 + half, abs=1e-7)


def test_what_one_state_gains_others_lose() -> None:
    """At the horizon exactly one of five states holds, so the differences sum to nothing."""
    found = compare(BEFORE, AFTER, runs=1_000, seed=3).at_horizon
    assert list(found) == list(AT_HORIZON)
    assert sum(d.difference for d in found.values()) == pytest.approx(0.0, abs=1e-12)
    assert any(d.clear for d in found.values())


def test_a_scenario_does_not_differ_from_itself() -> None:
    """The same runs, to the last: nothing differs in any pair."""
    found = every(compare(BEFORE, BEFORE, runs=500, seed=3))
    assert len(found) == len(EVENTS) + len(AT_HORIZON)
    assert all(d.difference == 0.0 and not d.clear for d in found.values())


def test_threads_find_the_same_difference() -> None:
    """Sums of whole numbers do not depend on their order."""
    with ThreadPoolExecutor(2) as pool:
        found = compare(BEFORE, AFTER, runs=4_000, seed=4, executor=pool)
    alone = compare(BEFORE, AFTER, runs=4_000, seed=4)
    assert found.to_dict() == alone.to_dict()


def test_the_gain_is_what_repetition_shows() -> None:
    """Over 80 seeds the spread of paired differences, against that of unpaired ones.

    The ratio of two sample variances with 79 degrees of freedom each lies within a factor of
    1.9 of the truth in 99% of cases (F distribution).
    """
    n = 150
    in_pairs = [compare(BEFORE, AFTER, runs=n, seed=k).events["deal"] for k in range(80)]
    old = [odds(BEFORE, runs=n, seed=1_000 + k, worlds=0).events["deal"].p for k in range(80)]
    apart = [d.after - p for d, p in zip(in_pairs, old, strict=True)]
    shown = np.var(apart, ddof=1) / np.var([d.difference for d in in_pairs], ddof=1)
    stated = np.mean([d.gain for d in in_pairs])
    assert stated > 3
    assert shown / 1.9 < stated < shown * 1.9


@pytest.mark.parametrize("options", [{"runs": 0}, {"seed": -1}])
def test_wrong_arguments_are_refused(options: dict[str, int]) -> None:
    """One sentence."""
    with pytest.raises(InputError):
        compare(BEFORE, AFTER, **{"runs": 10, **options})


def test_only_scenarios_are_compared() -> None:
    """Results are held against theory by another function."""
    with pytest.raises(InputError, match="before = .* is not allowed; expected a Scenario"):
        ng.compare({"x": 1.0}, AFTER)  # type: ignore[arg-type]
