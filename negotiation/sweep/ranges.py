"""Ranges of values to try, without the drift of adding floating-point steps.

``{ from = 0.5, to = 0.9, step = 0.1 }`` is 0.5, 0.6, 0.7, 0.8, 0.9: the numbers are taken as they
are written, in decimals, added exactly and only then rounded. Both ends are tried.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from negotiation.errors import InputError, Problems, UnknownName, whole_number
from negotiation.scenario.quantity import LARGEST
from negotiation.sweep.design import few_enough

ENTRIES = ("from", "to", "step", "count")


def ranged(given: Mapping[str, Any]) -> list[float]:
    """Return the values of a range: both ends, and between them by ``step`` or ``count`` in all.

    Raises
    ------
    InputError
        If it is none, with a line for each thing that is wrong.

    Examples
    --------
    >>> ranged({"from": 0.1, "to": 0.4, "step": 0.1})
    [0.1, 0.2, 0.3, 0.4]
    >>> ranged({"from": 0, "to": 1, "count": 4})
    [0.0, 0.3333333333333333, 0.6666666666666666, 1.0]
    """
    found, numbers = Problems(), {}
    for name in given:
        with found.at():
            if name not in ENTRIES:
                raise UnknownName("entry", name, ENTRIES, "a range")
            numbers[name] = _number(name, given[name])
    if not {"from", "to"} <= set(given) or len({"step", "count"} & set(given)) != 1:
        found.lines.append(
            "write a range as { from = 0.5, to = 0.9, step = 0.1 }, or with count = 5 for the step."
        )
    found.said()
    first, last = numbers["from"], numbers["to"]
    if not first < last:
        raise InputError(f"from = {given['from']} is not below to = {given['to']}.")
    if "count" in given:
        whole_number("count", given["count"], 2)
        few_enough(given["count"])
        step = (last - first) / (given["count"] - 1)
    else:
        step = numbers["step"]
    if step <= 0:
        raise InputError(f"step = {given['step']} is not above 0.")
    steps = (last - first) / step
    few_enough(math.floor(steps) + 1)
    if steps.denominator != 1:
        reached = float(first + math.floor(steps) * step)
        raise InputError(
            f"from {given['from']} to {given['to']} is no whole number of steps of "
            f"{given['step']}; allowed: to = {reached:g}, or a count."
        )
    return [float(first + i * step) for i in range(int(steps) + 1)]


def _number(name: str, given: Any) -> Fraction:
    """Return a number exactly as it was written."""
    if isinstance(given, bool) or not isinstance(given, int | float):
        raise InputError(f"{name}: expected a number, not {given!r:.60}.")
    if not -LARGEST <= given <= LARGEST:
        raise InputError(f"{name} = {given!r:.60}: expected a number up to {LARGEST:g}.")
    return Fraction(repr(given))
