"""Designs whose points are spread over ranges: Latin hypercubes and Sobol sequences.

Both fill a box of many dimensions more evenly than independent draws: a Latin hypercube has
exactly one point in each of ``samples`` slices of every dimension; a scrambled Sobol sequence is
balanced in many boxes at once if ``samples`` is a power of two.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from negotiation.errors import InputError, OutOfRange, Problems, whole_number
from negotiation.scenario import Given, Quantity, Scenario
from negotiation.scenario.quantity import LARGEST
from negotiation.sweep.design import (
    REPLICATES,
    UNCERTAINTY,
    Design,
    checked,
    few_enough,
    seated,
)
from negotiation.sweep.grids import uncertain_numbers

Ranges = Mapping[str, Any] | Sequence[str] | None


def latin_hypercube(
    scenario: Given,
    numbers: Ranges = None,
    *,
    samples: int,
    sample_seed: int = 0,
    replicates: int = REPLICATES,
    role: str = UNCERTAINTY,
    runs_per_world: int = 1,
) -> Design:
    """Spread cells over ranges as a Latin hypercube.

    Parameters
    ----------
    scenario : Scenario
    numbers : mapping or sequence of str, optional
        ``(low, high)`` by dotted path, or paths of uncertain numbers, which follow their own
        distribution; all uncertain numbers if not given.
    samples : int
        Cells.
    sample_seed : int
        Seed of the points; the seed of the runs is given to ``sweep``.

    References
    ----------
    McKay, Beckman and Conover (1979), doi:10.1080/00401706.1979.10489755.

    Examples
    --------
    >>> pie = Scenario.load("split-the-pie")
    >>> design = latin_hypercube(pie, {"us.patience": (0.8, 1.0)}, samples=4)
    >>> sorted(int((cell["us.patience"] - 0.8) / 0.05) for cell in design.cells)
    [0, 1, 2, 3]
    """
    from scipy.stats import qmc

    whole_number("samples", samples, 1)
    whole_number("sample_seed", sample_seed, 0)
    scenario = Scenario.of(scenario)
    ranges = sampled(scenario, numbers)
    few_enough(samples, len(ranges))
    points = qmc.LatinHypercube(len(ranges), seed=np.random.default_rng(sample_seed)).random(
        samples
    )
    return _at(scenario, ranges, points, replicates, role, runs_per_world)


def sobol(
    scenario: Given,
    numbers: Ranges = None,
    *,
    samples: int,
    sample_seed: int = 0,
    replicates: int = REPLICATES,
    role: str = UNCERTAINTY,
    runs_per_world: int = 1,
) -> Design:
    """Spread cells over ranges as a scrambled Sobol sequence.

    Parameters are those of :func:`latin_hypercube`; ``samples`` must be a power of two.

    References
    ----------
    Owen (1998), "Scrambling Sobol' and Niederreiter-Xing points", doi:10.1006/jcom.1998.0487.

    Examples
    --------
    >>> pie = Scenario.load("split-the-pie")
    >>> len(sobol(pie, {"us.patience": (0.8, 1.0), "china.patience": (0.8, 1.0)}, samples=8))
    8
    """
    from scipy.stats import qmc

    whole_number("samples", samples, 1)
    whole_number("sample_seed", sample_seed, 0)
    if samples & (samples - 1):
        raise OutOfRange(
            "samples", samples, f"a power of two, for instance {1 << (samples.bit_length() - 1)}"
        )
    scenario = Scenario.of(scenario)
    ranges = sampled(scenario, numbers)
    few_enough(samples, len(ranges))
    points = qmc.Sobol(len(ranges), seed=np.random.default_rng(sample_seed)).random(samples)
    return _at(scenario, ranges, points, replicates, role, runs_per_world)


def sampled(scenario: Scenario, numbers: Ranges) -> dict[str, Quantity]:
    """Return the distribution of each number that is sampled."""
    if not isinstance(numbers, Mapping):
        return uncertain_numbers(scenario, numbers)
    ranges, found = {}, Problems()
    for path, ends in seated(numbers, scenario).items():
        with found.at(scenario.own_path(path)):
            low, high = pair(ends)
            ranges[path] = Quantity(
                value=(low + high) / 2, low=low, high=high, distribution="uniform"
            )
    found.said()
    return ranges


def pair(ends: Any) -> tuple[float, float]:
    """Return the ends of a range, or raise InputError with what a range is."""
    try:
        low, high = (float(end) for end in ends if not isinstance(end, str))
    except (TypeError, ValueError, OverflowError):
        low = high = math.nan
    if not -LARGEST <= low < high <= LARGEST:
        raise InputError(
            f"give the range as [low, high] with low below high, both numbers up to {LARGEST:g}, "
            f"not {ends!r:.60}."
        )
    return low, high


def _at(
    scenario: Scenario,
    ranges: Mapping[str, Quantity],
    points: np.ndarray,
    replicates: int,
    role: str,
    runs_per_world: int,
) -> Design:
    columns: dict[str, Any] = {
        path: np.asarray(quantity.quantiles(np.clip(points[:, j], 1e-9, 1 - 1e-9))).tolist()
        for j, (path, quantity) in enumerate(ranges.items())
    }
    checked(scenario, {path: [min(column), max(column)] for path, column in columns.items()})
    cells = tuple(
        dict(zip(columns, values, strict=True)) for values in zip(*columns.values(), strict=True)
    )
    roles = dict.fromkeys(columns, role)
    return Design(scenario, cells, replicates, roles, runs_per_world=runs_per_world)
