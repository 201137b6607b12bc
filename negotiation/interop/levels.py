"""A scenario's issues cut into levels, for tools that want a finite list of outcomes.

Here an issue can be conceded by any fraction up to its reach. Other tools enumerate outcomes,
so each issue gets a stated number of equally spaced levels, the status quo first and the whole
reach last. What a level is worth is computed, not interpolated: on the grid nothing is lost.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from negotiation.errors import InputError, UnknownName, whole_number
from negotiation.scenario import Scenario
from negotiation.theory.package_bargaining import Packages

Floats = NDArray[np.float64]
Counts = int | Mapping[str, int]
MOST_OUTCOMES = 5_000_000


@dataclass(frozen=True)
class Levels:
    """The levels of every issue.

    Attributes
    ----------
    issues : tuple of str
        Keys of the issues in the scenario's order.
    conceded : tuple of ndarray
        Of each issue the fractions conceded, from 0 to its reach.
    values : tuple of tuple of float
        The same in the issue's unit, from the status quo on.
    units : tuple of str
    """

    issues: tuple[str, ...]
    conceded: tuple[Floats, ...]
    values: tuple[tuple[float, ...], ...]
    units: tuple[str, ...]

    @property
    def outcomes(self) -> int:
        """How many packages the levels make."""
        return math.prod(len(z) for z in self.conceded)

    def package(self, values: tuple[float, ...]) -> tuple[float, ...]:
        """Return the fractions conceded for a value of each issue, on a level or between."""
        return tuple(
            float(np.interp(value, *_rising(v, z))) if len(z) > 1 else 0.0
            for value, v, z in zip(values, self.values, self.conceded, strict=True)
        )

    def package_values(self, package: tuple[float, ...]) -> tuple[float, ...]:
        """Return the issues' values for the fractions conceded, on a level or between."""
        return tuple(
            float(np.interp(part, z, v))
            for part, v, z in zip(package, self.values, self.conceded, strict=True)
        )

    def grid(self) -> Floats:
        """Return all packages, shape (outcomes, issues); the last issue varies fastest."""
        return np.stack(np.meshgrid(*self.conceded, indexing="ij"), axis=-1).reshape(
            -1, len(self.conceded)
        )


def _rising(values: tuple[float, ...], z: Floats) -> tuple[Floats, Floats]:
    order = np.argsort(values)
    return np.asarray(values)[order], z[order]


def levels_of(scenario: Scenario, levels: Counts, *, most: int = MOST_OUTCOMES) -> Levels:
    """Return the levels of a scenario's issues.

    Parameters
    ----------
    scenario : Scenario
    levels : int or mapping of str to int
        How many of each issue, at least 2; an issue that cannot move has one.
    most : int
        How many outcomes are allowed.

    Raises
    ------
    OutOfRange, UnknownName, InputError
        If a number is below 2, an issue does not exist or is left out, or there would be too
        many outcomes.

    Examples
    --------
    >>> from negotiation.scenario import Scenario
    >>> levels_of(Scenario.load("split-the-pie"), 5).values
    ((0.0, 0.25, 0.5, 0.75, 1.0),)
    """
    counts = {name: levels for name in scenario.issues} if isinstance(levels, int) else dict(levels)
    for name in counts:
        if name not in scenario.issues:
            raise UnknownName("issue", name, scenario.issues, "levels")
    if missing := [name for name in scenario.issues if name not in counts]:
        raise InputError(f"levels: no number for {', '.join(missing)}; allowed: one an issue.")
    conceded, values = [], []
    for name, issue in scenario.issues.items():
        whole_number(f"levels of {name}", counts[name], 2, most)
        reach = issue.reach.value
        moves = reach > 0.0 and issue.full != issue.status_quo
        z = np.linspace(0.0, reach, counts[name]) if moves else np.zeros(1)
        conceded.append(z)
        values.append(tuple((issue.status_quo + z * (issue.full - issue.status_quo)).tolist()))
    found = Levels(
        tuple(scenario.issues), tuple(conceded), tuple(values),
        tuple(issue.unit for issue in scenario.issues.values()),
    )  # fmt: skip
    if found.outcomes > most:
        raise InputError(
            f"levels: they make {found.outcomes:,} outcomes; allowed: at most {most:,}."
            " Ask for fewer levels of some issues."
        )
    return found


def utilities_of(packages: Packages, z: Floats) -> Floats:
    """Return both sides' utilities of many packages, shape (n, 2)."""
    return np.asarray(packages.worth(z) + np.array(packages.fixed))
