"""Who plays for a side in person: the instance of a class that decides in Python."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from negotiation.errors import InputError, UnknownName
from negotiation.payoffs.seats import settings_kept
from negotiation.scenario import SIDES, Scenario
from negotiation.tactics.base import Strategy
from negotiation.tactics.registry import in_python


def in_person(scenario: Scenario, world: np.ndarray) -> dict[str, Strategy]:
    """Return an instance of every class that decides in Python, with this run's settings."""
    found = {}
    for i, side in enumerate(SIDES):
        name = getattr(scenario, side).strategy
        strategy = in_python(name, where=f"{side}.strategy")
        if strategy is not None:
            kept = enumerate(settings_kept(strategy, name.settings))
            found[side] = strategy.having({x: float(world["settings"][0, i, k]) for k, x in kept})
    return found


def in_place_of_rules(strategies: Any) -> dict[str, Strategy]:
    """Return the instances that are to play for sides, or say what is wrong with them.

    Raises
    ------
    InputError
        If a side does not exist, or what is to play for it is no instance of a strategy.
    """
    if not isinstance(strategies, Mapping):
        raise InputError(
            f"strategies: {strategies!r}; allowed: instances of ng.Strategy by side, us or china."
        )
    for side, strategy in strategies.items():
        if side not in SIDES:
            raise UnknownName("side", side, SIDES, "strategies")
        if not isinstance(strategy, Strategy):
            raise InputError(
                f"strategies: {side}: {strategy!r} is no instance of ng.Strategy; a class is "
                f"named in the scenario, as {side}.strategy."
            )
    return dict(strategies)
