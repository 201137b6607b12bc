"""Numbers of a scenario that is made of a decision say where they come from, guesses too."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from negotiation.hindcast.coming import Coming
from negotiation.hindcast.scenario_file import files_of, of_decision
from negotiation.history.reading import shipped

from .conftest import ROW

GIVEN = {"trade_at_stake": "87", "target_retaliation_threatened": "10", "mark": "retrieved"}


def made(**cells: str) -> dict[str, Any]:
    """Return the scenario of a row with some cells changed."""
    row = Coming.model_validate({k: v for k, v in {**ROW, **GIVEN, **cells}.items() if v})
    return tomllib.loads(files_of(of_decision(row), "x").scenario)


@pytest.mark.parametrize(
    ("cells", "us", "india", "why"),
    [
        ({}, "derived", "derived", ""),
        ({"target_retaliation_threatened": "", "counter_leverage": "1"}, "derived", "guess",
         "answered in kind"),
        ({"us_tariff_threatened": ""}, "guess", "derived", "25 points more"),
        ({"trade_at_stake": ""}, "guess", "guess", "a tenth of the trade"),
        ({"mark": ""}, "guess", "guess", "no source given"),
    ],
)  # fmt: skip
def test_a_tariff_is_the_rows_as_far_as_its_cells_say(
    cells: dict[str, str], us: str, india: str, why: str
) -> None:
    """A blank cell is filled with a guess, and the number says which."""
    tariffs = made(**cells)["tariffs"]
    assert (tariffs["us_suspended"]["mark"], tariffs["india_suspended"]["mark"]) == (us, india)
    told = tariffs["us_suspended"]["source"] + tariffs["india_suspended"]["source"]
    assert why in told


def test_rules_of_ours_are_guesses() -> None:
    """Tension, what giving in costs at home, and the meeting are no facts of the row."""
    row = next(d for d in shipped().decisions if d.id == "T199")
    found = tomllib.loads(files_of(of_decision(row), "x").scenario)
    for where, name in (("news", "tension"), ("us", "audience_cost"), ("summit", "feasible"),
                        ("tariffs", "us_bite")):  # fmt: skip
        assert found[where][name]["mark"] == "guess", (where, name)
    assert found["rare_earths"]["throttle"]["mark"] == "definition"


def test_a_borrowed_trade_is_a_guess() -> None:
    """The tariffs of a government without a place in the table are over another's trade."""
    found = made(target="Norway")["tariffs"]["us_suspended"]
    assert found["mark"] == "guess" and "Norway by the trade of another" in found["source"]
