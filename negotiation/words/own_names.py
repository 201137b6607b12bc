"""Plain data under the scenario's own names of its sides: the keys and paths of tables and JSON.

What is computed goes by the seats: ``{"signed.china": ...}``. Where a scenario seats others there,
what a person reads says ``signed.japan``. The names that the file gives to its issues, groups at
home and sources are left alone, and so is any sentence: sentences are written with the right names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from negotiation.scenario.sides import words_of

if TYPE_CHECKING:
    from negotiation.scenario import Scenario

NAME = re.compile(r"[a-z0-9_]+(\.[A-Za-z0-9_]+)*")  # a key or a path, no sentence


def in_own_names(data: Any, *scenarios: Scenario) -> Any:
    """Return plain data with the sides under the names that the first of the scenarios gives them.

    Parameters
    ----------
    data : object
        Lists, tuples, mappings and what they hold; the data itself is left as it is.
    *scenarios : Scenario
        Whom it is about; of scenarios with different sides the data keep the seats' names.

    Examples
    --------
    >>> from negotiation.scenario import Scenario
    >>> pie = Scenario.load("split-the-pie").replace({"sides": ["us", "japan"]})
    >>> in_own_names({"signed.china": 1.0, "side": "china", "told": "China signs."}, pie)
    {'signed.japan': 1.0, 'side': 'japan', 'told': 'China signs.'}
    """
    if len({s.sides for s in scenarios}) != 1 or not words_of(scenarios[0].sides):
        return data
    given = {name for scenario in scenarios for name in names_of(scenario)}
    return _translated(data, scenarios[0], given)


def own_name(text: str, scenario: Scenario) -> str:
    """Return a key or a path under the scenario's own names; anything else as it is.

    Examples
    --------
    >>> from negotiation.scenario import Scenario
    >>> pie = Scenario.load("split-the-pie").replace({"sides": ["us", "japan"]})
    >>> own_name("china.patience", pie), own_name("first_extension_from_china", pie)
    ('japan.patience', 'first_extension_from_japan')
    """
    found: str = in_own_names(text, scenario)
    return found


def seat_name(text: str, scenario: Scenario) -> str:
    """Return the name of an outcome, as the scenario's people write it, under the seats' names.

    Examples
    --------
    >>> from negotiation.scenario import Scenario
    >>> pie = Scenario.load("split-the-pie").replace({"sides": ["us", "japan"]})
    >>> seat_name("first_extension_from_japan", pie)
    'first_extension_from_china'
    """
    seats = words_of(scenario.sides)
    return "_".join(seats.get(word, word) for word in text.split("_"))


def names_of(scenario: Scenario) -> set[str]:
    """Return the names that a scenario's file gives itself."""
    groups = (name for side in (scenario.us, scenario.china) for name in side.constituencies)
    return {scenario.name, *scenario.issues, *scenario.sources, *groups}


def _translated(data: Any, scenario: Scenario, given: set[str]) -> Any:
    if isinstance(data, str):
        return _word(data, scenario, given)
    if isinstance(data, dict):
        pairs = ((_translated(key, scenario, given), entry) for key, entry in data.items())
        return {key: _translated(entry, scenario, given) for key, entry in pairs}
    if type(data) in (list, tuple):
        return type(data)(_translated(entry, scenario, given) for entry in data)
    return data


def _word(text: str, scenario: Scenario, given: set[str]) -> str:
    if text in given or not NAME.fullmatch(text):
        return text
    if text.partition(".")[0] in type(scenario).model_fields:
        return scenario.own_path(text)
    own = {seat: name for name, seat in words_of(scenario.sides).items()}
    parts = text.split(".")
    return ".".join(
        part if part in given else "_".join(own.get(word, word) for word in part.split("_"))
        for part in parts
    )
