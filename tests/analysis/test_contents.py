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


def test_the_first_extension_is_told_with_its_kinds():
    """Its lengths add up to all of it, its prices to what was paid for, and rows tell the same."""
    scenario = ng.Scenario.load("stockholm-2025")
    rows = Ensemble(scenario).rows(seed=3, first=0, count=5000)
    rows = rows[rows["events"][:, EVENTS.index("first_deadline_extended")] == 1]
    result = ng.odds(scenario, runs=5000, seed=3, worlds=0)
    found, events = result.first_extension, result.events
    assert found.runs == len(rows) and set(found.days) == {30, 90, 180}
    assert sum(e.p for e in found.days.values()) == pytest.approx(1.0)
    for days, estimate in found.days.items():
        assert estimate.p == pytest.approx((rows["first_term"] == days).mean())
    paid = {"us": 0.0, "china": 0.0}
    for name, estimate in found.price.items():
        paid[scenario.issues[name].conceded_by] += estimate.p * found.runs / 5000
    assert min(paid.values()) > 0.0
    for side, share in paid.items():
        assert events[f"first_extension_from_{side}"].p == pytest.approx(share)
    assert events["first_deadline_extended"].p == pytest.approx(
        events["first_extension_mutual"].p + sum(paid.values())
    )
    page = report(result, scenario)
    lines = page.splitlines()
    (at,) = (n for n, line in enumerate(lines) if "extended at its first deadline" in line)
    below = ("    on even terms ", "    paid for with a concession by the United", "    paid for")
    assert all(line.startswith(f) for f, line in zip(below, lines[at + 1 : at + 4], strict=True))
    part = page.split("The first extension, where there is one")[1].split("\n\n")[0]
    assert "for 90 days" in part and part.count("paid for with") == len(found.price)


def test_where_nothing_runs_out_nothing_is_extended():
    """A scenario without a truce has no first extension to tell of, in data or on the page."""
    pie = ng.Scenario.load("split-the-pie")
    result = ng.odds(pie, runs=50, seed=1)
    assert result.to_dict()["first_extension"] == {"runs": 0, "days": {}, "price": {}}
    assert "extension" not in report(result, pie)


def test_without_a_deal_there_are_no_terms():
    """Two that never agree leave nothing to average, and the page says nothing of it."""
    pie = ng.Scenario.load("split-the-pie").replace(
        {"us.strategy": "obstinate", "china.strategy": "obstinate"}
    )
    result = ng.odds(pie, runs=50, seed=1)
    assert result.terms == {} == result.to_dict()["terms"]
    assert "contain" not in report(result, pie)
    assert contents(Tally.empty(), ["pie"]) == {}


def test_the_page_tells_each_issue_in_its_own_unit():
    """Every issue has a line, with the level that the average concession comes to."""
    scenario = ng.Scenario.load("stockholm-2025")
    result = ng.odds(scenario, runs=500, seed=1, worlds=0)
    page = report(result, scenario)
    part = page.split("What the deals in force contain, on average")[1].split("\n\n")[0]
    lines = part.splitlines()[1:]
    assert len(lines) == len(scenario.issues)
    for line, issue in zip(lines, scenario.issues.values(), strict=True):
        assert issue.name in line and "%" in line
    assert max(map(len, lines)) <= 118
    assert np.isfinite([e.p for e in result.terms.values()]).all()
