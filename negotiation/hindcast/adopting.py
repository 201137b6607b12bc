"""The posterior put into a scenario file: the calibrated numbers are rewritten, comments stay.

Each number takes the 5th, 50th and 95th percentile of the posterior as a lognormal distribution
with two halves, a logit-normal one if it is a probability, a normal one if it may be negative:
forms that scenario files have. What is lost is the correlation between the numbers; how little that
matters is measured in ``experiments/hindcast``, which plays the draws as they are.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from negotiation.errors import InputError
from negotiation.hindcast.episodes import Episode
from negotiation.hindcast.reading import shipped
from negotiation.hindcast.situation import base, behaviour
from negotiation.scenario import Scenario
from negotiation.scenario.sides import SEATS, Sides, own_path
from negotiation.scenario.toml import plain_data, rewritten

SOURCE = "posterior"
WHERE = (
    "negotiation calibrate on the decision points before 28 July 2025: hindcast/data/posterior.json"
)
UNCHANGED = ("strategy",)  # not a number


def stockholm() -> Episode:
    """Return the situation for which the shipped scenarios are written."""
    return shipped()[-1].episode


def settings(found: dict[str, Any], episode: Episode | None = None) -> dict[str, np.ndarray]:
    """Return the draws of every setting that the posterior moves, by dotted path."""
    episode = episode or stockholm()
    draws = [
        behaviour(dict(zip(found["names"], row, strict=True)), episode) for row in found["sample"]
    ]
    columns = {
        path: np.array([draw[path] for draw in draws])
        for path in draws[0]
        if path.rpartition(".")[2] not in UNCHANGED
    }
    # what is scaled where no truce runs is the scenario's own number where one does
    return {path: values for path, values in columns.items() if np.ptp(values) > 0.0}


def adopted(text: str, found: dict[str, Any], sides: Sides = SEATS) -> tuple[str, list[str]]:
    """Return the text of a scenario file with the calibrated numbers in it, and their paths.

    Those are paths as the file has them, whose sides are called as in ``sides``.

    Raises
    ------
    InputError
        If the file does not state one of the numbers.
    """
    data = plain_data(text, "the scenario")
    moved = settings(found)
    wanted = {own_path(path, Scenario, sides): draws for path, draws in moved.items()}
    old = {path: stated(data, path) for path in wanted}
    if missing := [path for path, number in old.items() if number is None]:
        raise InputError(
            f"the scenario does not state {', '.join(missing)}; "
            "write for instance ultimatum = 1.5 under [deadline] first."
        )
    usual = {own_path(path, Scenario, sides): n.unit for path, n in base().numbers()}
    changes: dict[tuple[str, ...], Any] = {}
    for path, draws in wanted.items():
        number = old[path] if isinstance(old[path], dict) else {}
        changes[tuple(path.split("."))] = _table(draws, number.get("unit", usual[path]))
    if SOURCE not in data.get("sources", {}):
        changes["sources", SOURCE] = WHERE
    return rewritten(text, changes), list(wanted)


def stated(data: Any, path: str) -> Any:
    """Return what plain data hold at a dotted path, or None."""
    for part in path.split("."):
        data = data.get(part) if isinstance(data, dict) else None
    return data


def _table(draws: np.ndarray, unit: str) -> dict[str, Any]:
    low, value, high = (json.loads(f"{x:.3g}") for x in np.quantile(draws, (0.05, 0.5, 0.95)))
    shape = "logitnormal" if unit == "probability" else "lognormal" if low > 0.0 else "normal"
    return {
        "value": value,
        "unit": unit,
        "low": low,
        "high": high,
        "distribution": shape,
        "mark": "posterior",
        "source": SOURCE,
    }
