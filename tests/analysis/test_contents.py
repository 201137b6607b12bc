"""What a deal contains is part of the odds, not only that there is one."""

from __future__ import annotations

import numpy as np
import pytest

import negotiation as ng
from negotiation.analysis.odds import contents
from negotiation.cli.odds_text import report
from negotiation.ensemble import Ensemble
from negotiation.outcome import EVENTS
from negotiation.tally import Tally


@pytest.mark.parametrize("name", ["stockholm-2025", "stockholm-three-issues"])
def test_terms_are_the_average_package_of_the_deals_in_force(name):
    """Issue by issue the mean over the rows, with the interval of a mean: 1.96 standard errors."""
    scenario = ng.Scenario.load(name)
    rows = Ensemble(scenario).rows(seed=3, first=0, count=2000)
    signed = rows["package"][rows["state"] < 2]
    found = ng.odds(scenario, runs=2000, seed=3, worlds=0).terms
    assert list(found) == list(scenario.issues)
    for k, estimate in enumerate(found.values()):
        assert estimate.p == pytest.approx(signed[:, k].mean(), abs=1e-6)
        half = 1.96 * signed[:, k].std(ddof=1) / len(signed) ** 0.5
        assert estimate.high - estimate.p == pytest.approx(half, rel=0.02, abs=2e-5)
        assert 0.0 <= estimate.low <= estimate.p <= estimate.high <= 1.0


def test_a_partial_package_counts_for_what_it_is():
    """What leaders sign in part holds no issue beyond that part, in the rows and so in the mean."""
    part = 0.4
    scenario = ng.Scenario.load("stockholm-three-issues").replace({"summit.partial": part})
    rows = Ensemble(scenario).rows(seed=3, first=0, count=8000)
    rows = rows[(rows["state"] < 2) & (rows["events"][:, EVENTS.index("reopened")] == 0)]
    in_part = rows["events"][:, EVENTS.index("partial_deal")] == 1
    assert in_part.sum() > 20
    assert rows["package"][in_part].max() <= part + 1e-12
    assert 0.0 < rows["package"][in_part].mean() < 0.7 * rows["package"][~in_part].mean()


def test_without_a_deal_there_are_no_terms():
    """Two that never agree leave nothing to average, and the page says nothing of it."""
    pie = ng.Scenario.load("split-the-pie").replace(
        {"us.strategy": "obstinate", "china.strategy": "obstinate"}
    )
    result = ng.odds(pie, runs=50, seed=1)
    assert result.terms == {} == result.to_dict()["terms"]
    assert "contain" not in report(result, pie, None, [], "negotiation run")
    assert contents(Tally.empty(), ["pie"]) == {}


def test_the_page_tells_each_issue_in_its_own_unit():
    """Every issue has a line, with the level that the average concession comes to."""
    scenario = ng.Scenario.load("stockholm-2025")
    result = ng.odds(scenario, runs=500, seed=1, worlds=0)
    page = report(result, scenario, None, [], "negotiation run")
    part = page.split("What the deals in force contain, on average")[1].split("\n\n")[0]
    lines = part.splitlines()[1:]
    assert len(lines) == len(scenario.issues)
    for line, issue in zip(lines, scenario.issues.values(), strict=True):
        assert issue.name in line and "%" in line
    assert max(map(len, lines)) <= 118
    assert np.isfinite([e.p for e in result.terms.values()]).all()
