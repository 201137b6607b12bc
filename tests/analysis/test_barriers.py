"""What never happens is said, with the setting that stands in its way; what happens is not."""

from __future__ import annotations

import pytest

from negotiation.analysis.barriers import barriers, in_words, shares
from negotiation.analysis.consistency import off_the_agenda
from negotiation.scenario import Scenario, shipped

STOCKHOLM = Scenario.load("stockholm-2025")
NO_SUMMIT = {"calendar.summit_from": None, "calendar.summit_to": None, "talks.full_powers": 0.0}
MANDATES = {f"issues.{key}.mandate" for key in STOCKHOLM.issues}
READY = {f"issues.{key}.ready" for key in STOCKHOLM.issues}


@pytest.mark.parametrize("name", shipped())
def test_every_headline_of_a_shipped_scenario_is_possible(name: str) -> None:
    """None of them has a barrier."""
    assert barriers(Scenario.load(name)) == ()


@pytest.mark.parametrize(
    ("changes", "event", "settings"),
    [
        ({"summit.feasible": 0.0}, "summit_held", {"summit.feasible"}),
        ({"summit.feasible": 0.0}, "summit_deal", {"summit.feasible"}),
        ({"deadline.accident": 1.0}, "first_deadline_extended", {"deadline.accident"}),
        ({"us.reservation": 1000.0}, "deal", {"us.reservation"}),
        ({"china.ratification": 1.0, "china.home_shock": 0.0}, "deal", {"china.ratification"}),
        (NO_SUMMIT | dict.fromkeys(MANDATES, 0.0), "deal", MANDATES),
        ({"talks.ripening": 0.0} | dict.fromkeys(READY, 0.0), "deal", READY),
    ],
)
def test_the_setting_in_the_way_is_named_and_relaxing_it_helps(
    changes: dict[str, object], event: str, settings: set[str]
) -> None:
    """The barrier is the setting that was put there, and without it the outcome comes."""
    shut = STOCKHOLM.replace(changes)
    found = {barrier.event: barrier for barrier in barriers(shut)}[event]
    assert set(found.settings) <= settings and found.settings
    assert shares(shut, 1, 2000)[event] == 0.0
    assert shares(shut.replace(found.settings), 1, 2000)[event] == found.odds > 0.0
    assert any(path in found.sentence for path in settings)


def test_a_mandate_just_short_of_what_is_agreed_shuts_every_deal() -> None:
    """The pie signed at the delegations' table alone: nothing at a mandate of 0, all at 1."""
    pie = Scenario.load("split-the-pie")
    assert barriers(pie) == ()
    (found,) = barriers(pie.replace({"issues.pie.mandate": 0.0}))
    assert found.event == "deal" and found.settings == {"issues.pie.mandate": 1.0}


def test_an_issue_without_a_mandate_may_be_signed_by_delegations() -> None:
    """What a scenario does not mention is off, the limit of the delegations' powers too."""
    data = Scenario.load("split-the-pie").model_dump(mode="json")
    del data["issues"]["pie"]["mandate"]
    assert Scenario.from_dict(data).issues["pie"].mandate.value == 1.0


def test_points_that_no_issue_takes_off_are_told() -> None:
    """They are a layer of their own, which stays whatever is signed."""
    assert off_the_agenda(STOCKHOLM) == ()
    (found,) = off_the_agenda(STOCKHOLM.replace({"tariffs.us_truce": 0.4}))
    assert (found.side, found.named) == ("us", 30.0)
    assert found.in_force == pytest.approx(40.0)


def test_only_what_is_asked_about_is_told() -> None:
    """Who has seen an outcome does not ask for it, and nothing is played for nothing."""
    shut = STOCKHOLM.replace({"summit.feasible": 0.0})
    assert [b.event for b in barriers(shut, ["summit_deal"])] == ["summit_deal"]
    assert barriers(shut, []) == ()
    assert barriers(Scenario.load("split-the-pie"), ["first_deadline_extended"]) == ()


def test_where_no_package_is_worth_it_to_both_sides_that_is_said() -> None:
    """No setting stands in the way of a deal that one of the two would lose by."""
    pie = Scenario.load("split-the-pie")
    (found,) = barriers(pie.replace({"us.agreement_value": 0.5, "china.agreement_value": -0.6}))
    assert (found.event, found.settings) == ("deal", {})
    assert "No package is worth signing to both sides" in found.sentence
    assert "No one setting" not in found.sentence
    shy = in_words(STOCKHOLM, "deal", {}, 0.0, 2000)
    assert "No one setting was found" in shy  # packages that are worth it are there
