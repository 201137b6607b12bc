"""The tariffs in force during the truce are a sum of layers, of which issues take some off."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from negotiation.seats import SEATS

if TYPE_CHECKING:
    from negotiation.scenario.quantity import Quantity
    from negotiation.scenario.sections import Issue, Tariffs

CLOSE = 0.05  # points: rates are given to three or four digits
ENDLESS = ("normal", "lognormal", "logitnormal")  # of which any value can be drawn


@dataclass(frozen=True)
class Layers:
    """The tariff of one side, and what of it is on the agenda.

    Attributes
    ----------
    side : str
    in_force : float
        Points during the truce, by ``tariffs.us_truce`` or ``tariffs.china_truce``.
    issues : dict of str to float
        Points in force by each issue of that side's tariff.
    """

    side: str
    in_force: float
    issues: dict[str, float]

    @property
    def named(self) -> float:
        """The points that the issues add up to."""
        return sum(self.issues.values())

    @property
    def parts(self) -> str:
        """The issues with their points.

        Examples
        --------
        >>> Layers("us", 30.0, {"fentanyl": 20.0, "reciprocal": 10.0}).parts
        'fentanyl 20, reciprocal 10'
        """
        return ", ".join(f"{name} {points:g}" for name, points in self.issues.items())


def layers_of(tariffs: Tariffs, issues: Mapping[str, Issue]) -> tuple[Layers, ...]:
    """Return the layers of each side that has tariffs on the agenda."""
    found = []
    for side in SEATS:
        own = {
            name: float(issue.status_quo)
            for name, issue in issues.items()
            if issue.kind == f"{side}_tariff"
        }
        if own:
            rate = getattr(tariffs, f"{side}_truce")
            found.append(Layers(side, 100.0 * least(rate), own))
    return tuple(found)


def too_much(tariffs: Tariffs, issues: Mapping[str, Issue]) -> list[str]:
    """Return one sentence for each side whose issues have more points than are in force."""
    return [
        f"tariffs.{one.side}_truce: {one.in_force:g} points are in force, and the issues add up to "
        f"{one.named:g} ({one.parts}); allowed: {one.named:g} points or more, or issues of a lower "
        "status_quo."
        for one in layers_of(tariffs, issues)
        if one.named > one.in_force + CLOSE
    ]


def least_in_force(path: str, tariffs: Tariffs, issues: Mapping[str, Issue]) -> float:
    """Return what a setting must at least be for the issues to add up to no more, if it is a rate.

    Of any other setting that is minus infinity.
    """
    for one in layers_of(tariffs, issues):
        if path == f"tariffs.{one.side}_truce":
            return min(one.named, one.in_force) / 100.0
    return -math.inf


def least(rate: Quantity) -> float:
    """Return the lowest value that a number can have, or its central one if there is no lowest."""
    return rate.value if rate.distribution in ENDLESS else rate.support()[0]
