"""The same negotiation over more, or less, money.

What the trade model says of tariffs is in dollars of the sides' own trade. What nobody prices, the
cost of giving in at home, what an issue is worth, how precisely a side chooses, is stated in
dollars too, for one dispute. In another, over a tenth of the trade, these sums are a tenth unless
something is known of them: then the sides are as firm, as patient and as easily tempted as in the
first. ``scale = 0.1`` in a file that is based on another does that to the other's sums.

Not multiplied are shares, rates and dates, prices of a dollar in dollars, and sizes of economies.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

SIZES = (("rare_earths", "us_gdp"),)  # of an economy, not of what is at stake
NUMBERS = ("value", "low", "high", "values")
LEVELS = ("status_quo", "full")  # of an issue that is counted in money
LEAST, MOST = 1e-3, 1e3


def power_of(unit: str) -> int:
    """Return whether a number grows with the sums at stake (1), falls with them (-1), or neither.

    Examples
    --------
    >>> [power_of(unit) for unit in ("$bn per year", "per $bn", "$ per $", "$ per $ per $bn")]
    [1, -1, 0, -1]
    """
    if unit.startswith("$bn"):
        return 1
    return -1 if unit.endswith("per $bn") else 0


def scaled(data: Mapping[str, Any], factor: float, at: tuple[str, ...] = ()) -> dict[str, Any]:
    """Return plain data of a scenario with its sums of money multiplied.

    Parameters
    ----------
    data : mapping
        Its numbers state their units.
    factor : float

    Examples
    --------
    >>> scaled({"us": {"authority": {"value": 2.0, "low": 1.0, "unit": "$bn per year"}}}, 0.5)
    {'us': {'authority': {'value': 1.0, 'low': 0.5, 'unit': '$bn per year'}}}
    """
    return {key: _scaled(entry, factor, (*at, key)) for key, entry in data.items()}


def _scaled(node: Any, factor: float, at: tuple[str, ...]) -> Any:
    if isinstance(node, list | tuple):
        return [_scaled(entry, factor, at) for entry in node]
    if not isinstance(node, Mapping) or at in SIZES:
        return node
    by = factor ** power_of(str(node.get("unit", "")))
    names = NUMBERS if "value" in node else LEVELS if "status_quo" in node else ()
    found = scaled(node, factor, at)
    for name in names if by != 1.0 else ():
        old = node.get(name)
        if isinstance(old, list | tuple):
            found[name] = [by * x for x in old]
        elif isinstance(old, int | float):
            found[name] = by * old
    return found
