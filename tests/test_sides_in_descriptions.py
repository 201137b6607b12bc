"""The meaning of every setting reads right for other sides than the US and China."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from pydantic import BaseModel

from negotiation.scenario import Scenario, sections
from negotiation.theory.game_names import SHOWN
from negotiation.words.own_names import in_own_names
from negotiation.words.parties import KNOWN, party
from negotiation.words.settings import label, with_sides


def described() -> Iterator[str]:
    """Yield what fields of a scenario are said to be, where they name a side."""
    for kind in vars(sections).values():
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            for field in kind.model_fields.values():
                if re.search(r"\bUS\b|Chin", field.description or ""):
                    yield field.description or ""


JAPAN = {  # every description that names the second side
    "further value to China at z = 1": "further value to Japan at z = 1",
    "what one costs China": "what one costs Japan",
    "China's cost per first dollar delivered": "Japan's cost per first dollar delivered",
    "US need met without China at the start": "US need met without Japan at the start",
    "China's lost exports at a complete cut": "Japan's lost exports at a complete cut",
    "US tariff on China during the truce": "US tariff on Japan during the truce",
    "China's tariff during the truce": "Japan's tariff during the truce",
    "China's tariff when its points return": "Japan's tariff when its points return",
    "China's tariff at the April peak": "Japan's tariff at the April peak",
    "the same for China's points": "the same for Japan's points",
    "US: security value of denial, $bn per year; China: share of pledges delivered": (
        "US: security value of denial, $bn per year; Japan: share of pledges delivered"
    ),
}
EU = {  # every description that names the first side
    "day of a court ruling on the US emergency tariffs": (
        "day of a court ruling on the European emergency tariffs"
    ),
    "day on which the pause of new US technology controls is over": (
        "day on which the pause of new European technology controls is over"
    ),
    "chance that the US speaks first": "chance that the EU speaks first",
    "US political value of a dollar off its bilateral deficit": (
        "European political value of a dollar off its bilateral deficit"
    ),
    "further value to the US at z = 1": "further value to the EU at z = 1",
    "rulings against the US tariffs": "rulings against the European tariffs",
    "what is left of US leverage after a ruling": (
        "what is left of European leverage after a ruling"
    ),
    "rise of the US weight on a lapse after one": (
        "rise of the European weight on a lapse after one"
    ),
    "chance that the ruling on calendar.ruling goes against the US tariffs": (
        "chance that the ruling on calendar.ruling goes against the European tariffs"
    ),
    "what one brings the US": "what one brings the EU",
    "US income per dollar delivered": "European income per dollar delivered",
    "US political value per dollar delivered": "European political value per dollar delivered",
    "US stock in months of normal need": "European stock in months of normal need",
    "US need met without China at the start": "European need met without China at the start",
    "US loss at a complete cut, no substitution": (
        "European loss at a complete cut, no substitution"
    ),
    "US GDP": "European GDP",
    "US tariff on China during the truce": "European tariff on China during the truce",
    "US tariff when the suspended points return": (
        "European tariff when the suspended points return"
    ),
    "US tariff at the April peak": "European tariff at the April peak",
    "share of US points above the truce that bite, carve-outs apart": (
        "share of European points above the truce that bite, carve-outs apart"
    ),
    "US tariff below which a cut reads as a loss at home": (
        "European tariff below which a cut reads as a loss at home"
    ),
    "US: security value of denial, $bn per year; China: share of pledges delivered": (
        "EU: security value of denial, $bn per year; China: share of pledges delivered"
    ),
}


@pytest.mark.parametrize(
    ("first", "second", "told"), [("us", "japan", JAPAN), ("eu", "china", EU), ("us", "china", {})]
)
def test_each_description_reads_right(first: str, second: str, told: dict[str, str]) -> None:
    """Each is listed above with what it becomes; one that names neither of them stays."""
    for text in described():
        assert with_sides(text, party(first), party(second)) == told.get(text, text)


@pytest.mark.parametrize(("sides", "told"), [(("us", "japan"), JAPAN), (("eu", "china"), EU)])
def test_every_description_that_names_a_side_is_listed(
    sides: tuple[str, str], told: dict[str, str]
) -> None:
    """A new setting whose description names a side is added to the list, and read."""
    absent = re.compile(r"Chin" if sides == ("us", "japan") else r"\bUS\b")
    assert {text for text in described() if absent.search(text)} == set(told)
    assert not [text for text in told.values() if absent.search(text)]


def test_a_side_of_no_region_goes_by_its_name() -> None:
    """As a possessor, because no adjective is known."""
    ann, bob = party("ann"), party("bob")
    assert with_sides("US tariff on China during the truce", ann, bob) == (
        "Ann's tariff on Bob during the truce"
    )
    assert with_sides("rulings against the US tariffs", ann, bob) == "rulings against Ann's tariffs"
    assert with_sides("China's tariff", bob, party("eu")) == "the EU's tariff"


def test_labels_take_paths_under_either_name() -> None:
    """What is stored goes by the seats, what people type by the sides."""
    pie = Scenario.load("split-the-pie").replace({"sides": ["eu", "japan"]})
    assert label("japan.patience", pie) == label("china.patience", pie)
    assert label("japan.patience", pie) == "Japan: annual discount factor"
    assert label("us.types.resolve.1", pie).startswith("European Union: weight of the resolute")


def test_games_know_the_regions_that_scenarios_know() -> None:
    """The library of games stands below the words, and has a list of its own."""
    assert {name: party.brief for name, party in KNOWN.items()} == SHOWN


def test_names_that_a_file_gives_are_left_alone() -> None:
    """An issue may be called as its author likes; titles are no keys."""
    pie = Scenario.load("split-the-pie")
    data = pie.model_dump()
    data["issues"] = {"china_us": data["issues"]["pie"]}
    data["sides"] = ["eu", "japan"]
    scenario = Scenario.from_dict(data)
    assert in_own_names(
        {"signed.us": 1, "issues.china_us.us_gain": 2, "china_us": ["china", ("us", "US")]},
        scenario,
    ) == {"signed.eu": 1, "issues.china_us.eu_gain": 2, "china_us": ["japan", ("eu", "US")]}


def test_usual_sides_change_nothing() -> None:
    """The very same data come back."""
    data = {"china": ["us"]}
    assert in_own_names(data, Scenario.load("split-the-pie")) is data
    assert in_own_names(data) is data
