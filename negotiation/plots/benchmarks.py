"""Does the simulation agree with the textbook? A theory mark over each simulated interval."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from negotiation.plots.style import INK, TEXT, canvas, finish, house, key_below, rows
from negotiation.plots.tables import columns
from negotiation.words.numbers import readable

if TYPE_CHECKING:
    from matplotlib.axes import Axes

AGREES, DIFFERS = "#5b6b7a", "#D55E00"


def inside(data: dict[str, np.ndarray]) -> np.ndarray:
    """Return for each row whether the theory lies in the simulated interval."""
    return np.asarray((data["low"] <= data["theory"]) & (data["theory"] <= data["high"]))


def describe_versus_theory(table: Any) -> str:
    """Return the comparison in words, every number included."""
    data = columns(table, "name", "theory", "simulated", "low", "high")
    agrees = inside(data)
    parts = [
        f"{data['name'][k]}: theory {readable(float(data['theory'][k]))}, simulated "
        f"{readable(float(data['simulated'][k]))} ({readable(float(data['low'][k]))} to "
        f"{readable(float(data['high'][k]))})"
        for k in range(len(agrees))
    ]
    found = f"{int(agrees.sum())} of {len(agrees)} cases"
    return f"Theory lies in the simulated 95% interval in {found}. {'; '.join(parts)}."


@house()
def versus_theory(
    table: Any, *, label: str = "value, with 95% interval", ax: Axes | None = None
) -> Axes:
    """Draw simulated values with their intervals, and where theory puts them.

    Parameters
    ----------
    table : table with columns ``name``, ``theory``, ``simulated``, ``low``, ``high``
        One row per case, all in one unit.
    label : str
        What is compared, with its unit.
    ax : matplotlib Axes, optional

    Examples
    --------
    >>> table = {"name": ["patient US"], "theory": [0.345], "simulated": [0.35],
    ...          "low": [0.34], "high": [0.36]}
    >>> versus_theory(table, label="US share of the pie").get_xlabel()
    'US share of the pie'
    """
    data = columns(table, "name", "theory", "simulated", "low", "high")
    agrees = inside(data)
    n = len(agrees)
    ax = canvas(ax, 1.7 + 0.36 * n)
    for k in range(n):
        y = n - 1 - k
        ax.plot(
            (data["low"][k], data["high"][k]), (y, y), color=AGREES if agrees[k] else DIFFERS,
            linewidth=6, solid_capstyle="butt", gid=f"interval {k}",
        )  # fmt: skip
        ax.plot(data["simulated"][k], y, marker="o", color=INK, markersize=6, linestyle="none")
        ax.plot(
            data["theory"][k], y, marker="D", markerfacecolor="none", markeredgecolor=INK,
            markersize=11, markeredgewidth=1.4, linestyle="none", gid=f"theory {k}",
        )  # fmt: skip
        if not agrees[k]:
            ax.text(
                1.02, y, "differs", transform=ax.get_yaxis_transform(), va="center",
                fontsize=TEXT - 1,
            )  # fmt: skip
    ax.margins(x=0.06)
    rows(ax, [str(name) for name in data["name"]])
    key_below(ax, handles=_keys(bool((~agrees).any())), ncols=4, numpoints=1)
    return finish(
        ax, describe_versus_theory(table), x=label,
        title=f"Simulation and theory: {int(agrees.sum())} of {n} agree",
    )  # fmt: skip


def _keys(some_differ: bool) -> list[Any]:
    from matplotlib.lines import Line2D

    thick: dict[str, Any] = {"linewidth": 6, "solid_capstyle": "butt"}
    differs = (
        [Line2D([], [], color=DIFFERS, label="theory lies outside", **thick)] if some_differ else []
    )
    return [
        Line2D([], [], marker="D", markerfacecolor="none", markeredgecolor=INK, markersize=10,
               linestyle="none", label="theory"),
        Line2D([], [], marker="o", color=INK, linestyle="none", label="simulated"),
        Line2D([], [], color=AGREES, label="95% interval over runs", **thick),
        *differs,
    ]  # fmt: skip
