"""Does the simulation come to what the textbook says? Both in one table, quantity by quantity.

What was simulated has a value and an interval; what theory says is a number. The table that
puts them side by side is the one that :func:`negotiation.plots.versus_theory` draws, theory's
mark over the simulated interval. A difference is no error in itself: a textbook leaves out
private types, noise and deadlines, and the table says how much they matter.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from negotiation.errors import InputError, OutOfRange
from negotiation.estimates import Estimate, mean_of, share
from negotiation.scenario import SIDES
from negotiation.seats import SEATS
from negotiation.theory.solution import Shares, Solution

if TYPE_CHECKING:
    import pyarrow as pa

    from negotiation.sweep import Results


def versus_theory(simulated: Any, theory: Any, *, resolution: float = 0.0) -> pa.Table:
    """Hold simulated quantities against theory's, by name.

    Parameters
    ----------
    simulated : Odds, Results of one cell, outcome rows, list of Talks, or mapping of str
        Odds and sweeps offer their events and, as ``at_horizon.truce`` and so on, the states at
        the horizon; rows of the ensemble and lists of negotiations offer ``us`` and ``china``,
        the mean gain of what was signed ($bn a year), and ``agreement``, how often something
        was. A mapping gives each name an `Estimate`, three numbers (value, low, high), or the
        values of many runs.
    theory : Solution, Shares, DecisionDate, theory table, or mapping of str to float
        A solution and a division offer ``us`` and ``china``; the deadline offers
        ``first_deadline_extended``, ``first_deadline_lapsed``, ``first_extension_mutual``,
        ``first_extension_from_us`` and ``first_extension_from_china``, which leave out the deals
        signed before and accidents. The table that ``negotiation theory --json`` prints offers
        the deadline's, and as ``us`` and ``china`` the Nash solution's.
    resolution : float
        Differences too small for the simulation to show, such as the step of its grid of offers;
        every interval is widened by it on both sides.

    Returns
    -------
    pyarrow.Table
        ``name``, ``theory``, ``simulated``, ``low`` and ``high``, one row for each name that both
        sides have, in theory's order.

    Raises
    ------
    InputError
        If they have no name in common, or a value is none of the kinds above.

    Examples
    --------
    >>> import negotiation as ng
    >>> table = ng.versus_theory({"US share": (0.35, 0.34, 0.36)}, {"US share": 0.345})
    >>> table.to_pylist()
    [{'name': 'US share', 'theory': 0.345, 'simulated': 0.35, 'low': 0.34, 'high': 0.36}]
    """
    import pyarrow as pa

    if not 0.0 <= resolution < np.inf:
        raise OutOfRange("resolution", resolution, "0 or more, finite")
    said, seen = predictions(theory), estimates(simulated)
    names = [name for name in said if name in seen]
    if not names:
        raise InputError(
            f"versus_theory: simulated has {listed(seen)}, theory has {listed(said)};"
            f" allowed: at least one name in both.{hint(said, simulated)}"
        )
    found = [seen[name] for name in names]
    return pa.table(
        {
            "name": names,
            "theory": [float(said[name]) for name in names],
            "simulated": [e.p for e in found],
            "low": [e.low - resolution for e in found],
            "high": [e.high + resolution for e in found],
        }
    )


def hint(said: Mapping[str, Any], simulated: Any) -> str:
    """Return how to get what odds do not hold: they say how often, not how much."""
    if "us" in said and hasattr(simulated, "at_horizon"):
        return " Odds say how often, not how much: for gains give Ensemble(scenario).rows(...)."
    return ""


def listed(names: Mapping[str, Any]) -> str:
    """Return at most five names as a sentence part."""
    shown = list(map(str, names))
    return ", ".join(shown[:5]) + (", ..." if len(shown) > 5 else "") if shown else "nothing"


def predictions(theory: Any) -> dict[str, float]:
    """Return theory's numbers by name.

    Examples
    --------
    >>> from negotiation.theory import alternating_offers
    >>> predictions(alternating_offers(us=0.5, china=0.5))
    {'us': 0.6666666666666666, 'china': 0.33333333333333337}
    """
    if isinstance(theory, Mapping):
        if {"deadline", "bargaining"} <= theory.keys():
            return of_table(theory)
        return {str(name): number(name, value) for name, value in theory.items()}
    if hasattr(theory, "outcomes") and hasattr(theory, "gives_in"):
        return of_deadline(theory.outcomes)
    if isinstance(theory, (Solution, Shares)):
        return {"us": float(theory.us), "china": float(theory.china)}
    raise InputError(
        f"versus_theory: a {type(theory).__name__} is no theory; allowed: a bargaining solution, a"
        " division of the pie, the deadline game, or a mapping of names to numbers."
    )


def of_deadline(outcomes: Mapping[str, float]) -> dict[str, float]:
    """Return the chances of what a deadline comes to, by the names of the odds.

    Those that a side gives in come in the order of the seats, under the side's own name.
    """
    us_gives, china_gives = (chance for name, chance in outcomes.items() if "_gives" in name)
    return {
        "first_deadline_extended": 1.0 - outcomes["no_agreement"],
        "first_deadline_lapsed": outcomes["no_agreement"],
        "first_extension_mutual": outcomes["even"],
        "first_extension_from_us": us_gives,
        "first_extension_from_china": china_gives,
    }


def of_table(table: Mapping[str, Any]) -> dict[str, float]:
    """Return the numbers of a `theory_table` that a simulation can be compared with."""
    deadline, nash = table["deadline"], table["bargaining"]["solutions"]["nash"]
    found = of_deadline(deadline["outcomes"]) if deadline else {}
    own = list(nash)[:2]  # the sides come first, under their own names
    return found | {seat: number(seat, nash[name]) for seat, name in zip(SIDES, own, strict=True)}


def number(name: object, value: Any) -> float:
    """Return a finite number, or refuse what is none.

    Examples
    --------
    >>> number("x", "?")
    Traceback (most recent call last):
    ...
    negotiation.errors.InputError: versus_theory: x = '?' is not allowed; allowed: finite numbers.
    """
    try:
        found = float(value)
    except (TypeError, ValueError):
        found = math.nan
    if not math.isfinite(found):
        raise InputError(
            f"versus_theory: {name} = {value!r} is not allowed; allowed: finite numbers."
        )
    return found


def estimates(simulated: Any) -> dict[str, Estimate]:
    """Return simulated quantities by name, each with its 95% interval."""
    if isinstance(simulated, Mapping):
        return {str(name): estimate(name, value) for name, value in simulated.items()}
    if hasattr(simulated, "events") and hasattr(simulated, "at_horizon"):
        horizon = {f"at_horizon.{name}": e for name, e in simulated.at_horizon.items()}
        return dict(simulated.events) | horizon
    if hasattr(simulated, "odds") and hasattr(simulated, "means"):
        return of_one_cell(simulated)
    if isinstance(simulated, np.ndarray) and "yearly_gain" in (simulated.dtype.names or ()):
        return signed(simulated["yearly_gain"], simulated["deal_day"] >= 0.0)
    if isinstance(simulated, Sequence) and simulated and hasattr(simulated[0], "gains"):
        gains = np.array([[talks.gains.get(s, 0.0) for s in SEATS] for talks in simulated])
        return signed(gains, np.array([bool(talks.package) for talks in simulated]))
    raise InputError(
        f"versus_theory: a {type(simulated).__name__} is nothing simulated; allowed: odds, a sweep,"
        " rows of the ensemble, a list of negotiations, or a mapping of names to values."
    )


def of_one_cell(results: Results) -> dict[str, Estimate]:
    """Return the odds and mean amounts of a sweep that has one cell."""
    if len(results.design) != 1:
        raise InputError(
            f"versus_theory: the sweep has {len(results.design)} cells; allowed: one. Take a cell's"
            " odds from results.odds() and give them as a mapping."
        )
    odds, means = results.odds().to_pylist(), results.means().to_pylist()
    found = {row["outcome"]: Estimate(row["share"], row["low"], row["high"]) for row in odds}
    return found | {
        row["quantity"]: Estimate(row["mean"], row["low"], row["high"]) for row in means
    }


def signed(gains: np.ndarray, deal: np.ndarray) -> dict[str, Estimate]:
    """Return the mean gains of the deals, shape (runs, 2), and how often there was one."""
    found = {"agreement": share(int(deal.sum()), len(deal))}
    if deal.any():
        found |= {side: mean_of(gains[deal, column]) for column, side in enumerate(SEATS)}
    return found


def estimate(name: object, value: Any) -> Estimate:
    """Return one simulated quantity with its interval."""
    if isinstance(value, Estimate):
        return value
    try:
        values = np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        values = np.empty(0)
    if not np.isfinite(values).all():
        raise InputError(f"versus_theory: {name}: a value is not finite; allowed: finite numbers.")
    if isinstance(value, tuple) and values.shape == (3,):
        p, low, high = map(float, value)
        if low <= p <= high:
            return Estimate(p, low, high)
        raise InputError(
            f"versus_theory: {name}: {p:g} lies outside its interval {low:g} to {high:g}."
        )
    if values.ndim == 1 and len(values) > 1:
        return mean_of(values)
    raise InputError(
        f"versus_theory: {name}: allowed: an estimate, a tuple of value, low and high, or the"
        " values of at least two runs."
    )
