"""What a lesson says of the scenario comes from the scenario: other numbers, other sentences."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from needing import needed

needed("marimo", "marimo is not installed: the lessons are not tested")

import negotiation as ng
from negotiation.lessons import pages

FOLDER = Path(__file__).parents[2] / "lessons"


@pytest.mark.parametrize(
    ("number", "numbers", "said", "gone"),
    [
        (1, {"tariffs.us_truce": 0.25, "issues.fentanyl_tariff.status_quo": 15.0,
             "tariffs.china_truce": 0.15},
         ["those of the truce, 25 points and 15", "A duty of 25%"], "30 points and 10"),
        (3, {"deadline.ultimatum": {"value": 1.0, "low": -4.0, "high": 6.0,
                                    "distribution": "triangular", "unit": "$bn"}},
         ["range, from -4 to 6,"], "-5 to 5.5"),
    ],
    ids=["tariffs", "deadline"],
)  # fmt: skip
def test_a_lesson_follows_the_scenario(
    number: int, numbers: dict[str, Any], said: list[str], gone: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """With other numbers in the scenario the sentences and the game beside them are others."""
    other = ng.Scenario.load("stockholm-2025").replace(numbers)
    monkeypatch.setattr(ng.Scenario, "load", lambda *_, **__: other)
    found = pages.run(next(FOLDER.glob(f"0{number}_*.py")))
    whole = pages.plain("".join(found.cells))
    assert all(one in whole for one in said), [one for one in said if one not in whole]
    assert gone not in whole
