"""Every kind of issue changes what the issue is worth, and how the talks end."""

from __future__ import annotations

from typing import get_args

import numpy as np
import pytest

from negotiation.ensemble import Ensemble
from negotiation.errors import NegotiationError
from negotiation.payoffs.world import ISSUE_KINDS
from negotiation.scenario import Scenario
from negotiation.scenario.sections import Issue
from negotiation.table import Table

STOCKHOLM = Scenario.load("stockholm-2025")
PER_ISSUE = ("alpha", "beta", "tau", "cross", "bend_alpha", "bend_beta", "bend_tau")
OF_KIND = {issue.kind: name for name, issue in STOCKHOLM.issues.items()}


def worth_of(scenario, issue):
    """The coefficients of an issue on the types of both sides, at the central values."""
    k = list(scenario.issues).index(issue)
    stakes = Table(scenario).first_day().stakes[0]
    return np.array([stakes[name][:, k] for name in PER_ISSUE])


def test_the_kinds_are_those_that_the_schema_allows():
    """The code that compiled rules read is the place in this list."""
    assert get_args(Issue.model_fields["kind"].annotation) == ISSUE_KINDS
    assert set(OF_KIND) == set(ISSUE_KINDS)


@pytest.mark.parametrize("kind", [kind for kind in OF_KIND if kind != "other"])
def test_a_kind_does_something(kind):
    """With the same numbers under the kind ``other`` the issue is worth something else."""
    name = OF_KIND[kind]
    plain = STOCKHOLM.replace({f"issues.{name}.kind": "other"})
    assert not np.array_equal(worth_of(STOCKHOLM, name), worth_of(plain, name))
    before, after = (Ensemble(s).rows(seed=4, first=0, count=500) for s in (STOCKHOLM, plain))
    assert (before["state"] != after["state"]).any()


def test_restraint_is_worth_the_tariffs_that_it_rules_out():
    """Those of a year, each in force for half of it, as far as they are not put off anyway."""
    threat = {
        "news.sectoral_rate": 2.0, "news.sectoral_delay": 0.25, "news.sectoral_us": 1.0,
        "news.sectoral_china": 8.0,
    }  # fmt: skip
    name = "sectoral_restraint"
    restrained = STOCKHOLM.replace(threat)
    plain = restrained.replace({f"issues.{name}.kind": "other"})
    change = worth_of(restrained, name) - worth_of(plain, name)
    assert change[0] == pytest.approx([-0.75, 6.0])
    assert np.abs(change[1:]).max() == 0.0


def test_an_issue_of_the_plain_kind_has_the_gains_and_costs_that_are_stated_and_no_more():
    """Stated as zero, they leave it worth nothing to either side."""
    name = OF_KIND["other"]
    stated = ("china_gain", "us_gain", "protection", "own_cost", "threat")
    nothing = {f"issues.{name}.{x}": 0.0 for x in stated}
    assert np.abs(worth_of(STOCKHOLM.replace(nothing), name)).max() <= 1e-6
    assert np.abs(worth_of(STOCKHOLM, name)).max() > 1.0


@pytest.mark.parametrize("steps", [0.5, 1.0, 3.0])
def test_each_control_step_relaxed_costs_the_us_its_security_value(steps):
    """The trait counts once for a step, whatever else the issue brings."""
    name = OF_KIND["technology"]
    scenario = STOCKHOLM.replace({f"issues.{name}.full": steps})
    tau = worth_of(scenario, name)[PER_ISSUE.index("tau")]
    assert tau.tolist() == [-steps, 0.0]


def test_the_weight_of_the_trait_is_no_setting_any_more():
    """Who states it is told so, in a sentence that names it."""
    with pytest.raises(NegotiationError, match="trait_weight"):
        STOCKHOLM.replace({"issues.market_access.trait_weight": 0.5})
