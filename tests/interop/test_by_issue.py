"""Efficient outcomes found issue by issue are those that a list of all outcomes gives."""

from __future__ import annotations

import numpy as np
import pytest

from negotiation.interop.by_issue import frontier_by_issue
from negotiation.interop.domain import Domain, IntegerIssue, Profile, utilities
from negotiation.interop.evaluators import Linear
from negotiation.interop.genius import BY_ISSUE, analyse, write_problem
from negotiation.theory.frontier import pareto_indices


@pytest.mark.parametrize("number", range(60))
def test_the_frontier_is_that_of_all_outcomes(number, random_problem):
    """The same pairs to rounding, and the same least utilities."""
    domain, first, second = random_problem(number)
    points = np.column_stack([utilities(domain, p) for p in (first, second)])
    expected = np.unique(points[pareto_indices(points.round(12))].round(9), axis=0)
    found = frontier_by_issue(domain, first, second)
    assert found.error == 0.0
    assert found.pairs.round(9) + 0.0 == pytest.approx(expected + 0.0, abs=1e-9)
    assert found.least == pytest.approx(points.min(axis=0))


@pytest.mark.parametrize("number", range(20))
def test_a_frontier_that_is_thinned_is_within_its_error(number, random_problem):
    """Every efficient pair has one that is kept, as good for one party and nearly for the other."""
    domain, first, second = random_problem(number)
    exact = frontier_by_issue(domain, first, second).pairs
    found = frontier_by_issue(domain, first, second, most=4)
    assert len(found.pairs) <= 5 and (len(exact) <= 4 or found.error > 0.0)
    for one, two in exact:
        near = (found.pairs[:, 0] >= one - found.error - 1e-12) & (found.pairs[:, 1] >= two - 1e-12)
        assert near.any()


@pytest.mark.parametrize("number", range(12))
def test_solutions_do_not_depend_on_the_way(number, random_problem, tmp_path, monkeypatch):
    """The analysis gives the same, whether it lists the outcomes or goes issue by issue."""
    domain, first, second = random_problem(number)
    files = write_problem(tmp_path, domain, (first, second))
    listed = analyse(*files)
    monkeypatch.setattr("negotiation.interop.genius.MAX_OUTCOMES", 0)
    found = analyse(*files)
    for key in ("outcomes", "ranges", "pareto", "nash", "nash_reservation", "utilitarian"):
        assert np.array(found[key]) == pytest.approx(np.array(listed[key])), key
    efficient = {tuple(np.round(pair, 9)) for pair in listed["pareto"]}
    for key in ("kalai_smorodinsky", "egalitarian"):  # dominated ties are left out
        kept = [pair for pair in listed[key] if tuple(np.round(pair, 9)) in efficient]
        assert np.array(found[key]) == pytest.approx(np.array(kept)), key


def test_ten_to_the_thirty_outcomes(tmp_path):
    """Thirty issues of ten values, opposed: every outcome shares 1, in steps of 1/270."""
    issues = tuple(IntegerIssue(k, f"pie {k}", 0, 9) for k in range(1, 31))
    up = Profile((1 / 30,) * 30, (Linear(1 / 9, 0.0, 0),) * 30)
    down = Profile((1 / 30,) * 30, (Linear(-1 / 9, 1.0, 0),) * 30)
    found = analyse(*write_problem(tmp_path, Domain("pies", issues), (up, down)))
    assert found["outcomes"] == 10**30 and len(found["pareto"]) == 271
    assert np.array(found["pareto"]).sum(axis=1) == pytest.approx(1.0)
    assert np.array(found["nash"]) == pytest.approx(np.array([[0.5, 0.5]]))
    assert found["remarks"] == [BY_ISSUE]


def test_a_frontier_too_long_to_be_kept_says_so(tmp_path, monkeypatch):
    """The analysis names the distance at which those left out lie; here only 10 pairs are kept."""
    monkeypatch.setattr("negotiation.interop.genius.MAX_OUTCOMES", 0)
    monkeypatch.setattr(
        "negotiation.interop.by_issue.frontier_by_issue.__kwdefaults__", {"most": 10}
    )
    rng = np.random.default_rng(3)
    issues = tuple(IntegerIssue(k, f"pie {k}", 0, 1) for k in range(1, 9))
    weights = [tuple(rng.dirichlet(np.ones(8)).tolist()) for _ in range(2)]
    up = Profile(weights[0], (Linear(1.0, 0.0, 0),) * 8)
    down = Profile(weights[1], (Linear(-1.0, 1.0, 0),) * 8)
    found = analyse(*write_problem(tmp_path, Domain("pies", issues), (up, down)))
    assert "outcomes are efficient; those listed are within" in found["remarks"][1]
