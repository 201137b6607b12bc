"""The behavioural parameters that no source fixes, and what was believed of them beforehand.

Each prior is a scenario number with its range; the reasons are kept beside them. They were
set from the ranges of the Stockholm scenario where it has one, and else so that, before any
outcome is looked at, a truce, an escalation and the rest all stay possible everywhere.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np

from negotiation.scenario import Quantity


@dataclass(frozen=True)
class Parameter:
    """A calibrated number: its name, what it is, its prior and the reason for the prior."""

    name: str
    meaning: str
    prior: Quantity
    reason: str


def _read() -> tuple[Parameter, ...]:
    """Return the parameters in the order of their file."""
    file = resources.files("negotiation") / "hindcast" / "data" / "priors.toml"
    found = tomllib.loads(file.read_text("utf-8"))
    return tuple(
        Parameter(name, prior=Quantity(**entry.pop("prior"), mark="guess", source="prior"), **entry)
        for name, entry in found.items()
    )


PARAMETERS = _read()
NAMES = tuple(parameter.name for parameter in PARAMETERS)
CONCESSION, OUTSIDE = NAMES.index("concession"), NAMES.index("outside")
SHAPES = ("boulware", "linear", "conceder")


@cache
def central() -> tuple[float, ...]:
    """Return the central value of every prior, in the order of ``NAMES``."""
    return tuple(parameter.prior.value for parameter in PARAMETERS)


def from_cube(points: np.ndarray) -> np.ndarray:
    """Return parameter values from points of the unit cube, shape (n, len(NAMES)).

    Examples
    --------
    >>> values = from_cube(np.full((1, len(NAMES)), 0.5))
    >>> round(float(values[0, NAMES.index("precision")]), 6)
    0.6
    """
    columns = [p.prior.quantiles(points[:, k]) for k, p in enumerate(PARAMETERS)]
    return np.stack(columns, axis=1)
