"""A scenario says which exports its second side may cut, and every sentence on them says so."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

import negotiation as ng
from negotiation.analysis.policy_points import policy_points
from negotiation.cli.theory_text import payoff_table
from negotiation.events import Event
from negotiation.plots.waterfall import pieces
from negotiation.scenario import Scenario
from negotiation.transcript.happenings import sentence
from negotiation.words.levers import in_section
from negotiation.words.outcomes import event, outcome_label

RARE = "rare earths"


def said(scenario: Scenario) -> list[str]:
    """Return the sentences that name the exports."""
    talks: Any = SimpleNamespace(scenario=scenario, events=(), papers_weighed=())
    cut = {"withheld": 0.5, "day": 15.0}
    return [
        event("rare_earths_cut", scenario),
        outcome_label("rare_earths_cut", scenario),
        in_section("rare_earths.cut_peak", scenario),
        sentence(talks, Event(15.0, "talks", "rare_earths_cut", None, cut)),
        pieces(scenario)["rare_earths"],
        *payoff_table(scenario, vars(policy_points(scenario)))[:1],
    ]


@pytest.fixture(scope="module")
def potash() -> Scenario:
    """Return the talks as if they were about another good."""
    scenario = Scenario.load("stockholm-2025")
    return Scenario.of_text(f'{scenario.to_toml(whole=True)}\n[standing]\nwithheld = "potash"\n',
                            "potash.toml")  # fmt: skip


def test_they_are_called_what_the_scenario_calls_them(potash: Scenario) -> None:
    """By default rare earths; else none of the sentences says so."""
    usual, other = said(Scenario.load("stockholm-2025")), said(potash)
    assert all(RARE in text for text in usual)
    assert [text.replace(RARE, "potash") for text in usual] == other


def test_the_label_moves_no_run(potash: Scenario) -> None:
    """Words alone; a file that does not state it keeps the fingerprint that it had."""
    usual = Scenario.load("stockholm-2025")
    one, two = (ng.odds(x, runs=50, seed=1, worlds=0).events for x in (usual, potash))
    assert one["first_deadline_extended"] == two["first_deadline_extended"]
    usual = Scenario.load("canada-2025")
    stated = Scenario.of_text(
        usual.to_toml(whole=True).replace("[standing]", f'[standing]\nwithheld = "{RARE}"'),
        "c.toml",
    )
    assert stated.standing.withheld == RARE
    assert stated.fingerprint == usual.fingerprint != potash.fingerprint
