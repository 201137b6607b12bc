"""What matters? One setting at a time, then all at once.

References
----------
ten Broeke, van Voorn and Ligtenberg 2016, "Which Sensitivity Analysis Method Should I Use for
My Agent-Based Model?", doi:10.18564/jasss.2857: begin one at a time, which shows mechanisms.
"""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Any

import numpy as np

from negotiation.plots import style
from negotiation.plots.style import (
    INK,
    MUTED,
    TEXT,
    canvas,
    finish,
    house,
    key_below,
    probability_axis,
)
from negotiation.plots.tables import columns, in_order
from negotiation.words.numbers import brief, readable
from negotiation.words.outcomes import outcome_label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TITLE_LETTERS = 58  # that fit beside long names of settings
ENDS: dict[str, dict[str, Any]] = {
    "low": {"facecolor": "white", "edgecolor": INK, "hatch": "////", "linewidth": 0.8},
    "high": {"facecolor": "#5b6b7a", "edgecolor": INK, "linewidth": 0.8},
}
ORDERS: dict[int, dict[str, Any]] = {
    0: ENDS["high"],
    1: ENDS["low"],
    2: {"facecolor": "#c9d1d8", "edgecolor": INK, "hatch": "....", "linewidth": 0.8},
}


def by_swing(table: Any, most: int) -> dict[str, np.ndarray]:
    """Return the rows whose odds move the most, largest first."""
    data = columns(table, "name", "at_low", "at_high")
    order = np.argsort(-np.abs(data["at_high"] - data["at_low"]), kind="stable")[:most]
    return {name: values[order] for name, values in data.items()}


def describe_tornado(table: Any, *, outcome: str, base: float, most: int = 12) -> str:
    """Return the settings that move the odds the most in words."""
    data = by_swing(table, most)
    parts = [
        f"{name} from {brief(float(low))} to {brief(float(high))}"
        for name, low, high in zip(data["name"], data["at_low"], data["at_high"], strict=True)
    ]
    return (
        f"Odds of {outcome_label(outcome)} in this model, {brief(base)} as it stands, "
        f"when one setting moves from its low to its high end: {'; '.join(parts)}."
    )


@house()
def tornado(
    table: Any, *, outcome: str, base: float, most: int = 12, ax: Axes | None = None
) -> Axes:
    """Draw how far each setting alone moves the odds, the strongest at the top.

    Parameters
    ----------
    table : table with columns ``name``, ``at_low``, ``at_high``
        One row per setting: the odds with it at its low and at its high end, all others as
        they stand. Columns ``low``, ``high`` (the ends) and ``unit`` are written where given.
    outcome : str
        Whose odds.
    base : float
        The odds with every setting as it stands.
    most : int
        How many settings to draw.
    ax : matplotlib Axes, optional

    Examples
    --------
    >>> table = {"name": ["patience", "lapse cost"], "at_low": [0.5, 0.3], "at_high": [0.6, 0.8]}
    >>> [t.get_text() for t in tornado(table, outcome="summit_deal", base=0.58).get_yticklabels()]
    ['lapse cost', 'patience']
    """
    data = by_swing(table, most)
    n = len(data["name"])
    ax = canvas(ax, 1.8 + 0.36 * n)
    rows = np.arange(n - 1, -1, -1)
    for k, y in enumerate(rows):
        ends = {"low": float(data["at_low"][k]), "high": float(data["at_high"][k])}
        for end in sorted(ends, key=lambda e: -abs(ends[e] - base)):  # the shorter one on top
            ax.barh(y, ends[end] - base, left=base, height=0.62, gid=f"{end} {k}", **ENDS[end])
    ax.axvline(base, color=INK, linewidth=1.4, gid="base")
    ax.text(
        base, 1.01, f"as it stands: {brief(base)}", transform=ax.get_xaxis_transform(),
        ha="center" if 0.15 < base < 0.85 else "left" if base < 0.5 else "right", va="bottom",
        fontsize=TEXT - 1,
    )  # fmt: skip
    style.rows(ax, [_named(data, k) for k in range(n)])
    label = probability_axis(ax, "x", f"probability of {outcome_label(outcome)}")
    from matplotlib.patches import Patch

    keys = [Patch(label=f"setting at its {end} end", **look) for end, look in ENDS.items()]
    key_below(ax, handles=keys, ncols=2)
    words = describe_tornado(table, outcome=outcome, base=base, most=most)
    return finish(ax, words, title="What moves the odds, one setting at a time", x=label, pad=22)


def _named(data: dict[str, np.ndarray], k: int) -> str:
    """Return a setting's name, with its ends and unit where the table has them."""
    if "low" not in data or "high" not in data:
        return str(data["name"][k])
    unit = f" {data['unit'][k]}" if "unit" in data else ""
    low, high = readable(float(data["low"][k])), readable(float(data["high"][k]))
    return f"{data['name'][k]}\n{low} to {high}{unit}"


def describe_importance(table: Any, *, measure: str, most: int = 12) -> str:
    """Return the strongest settings of a global analysis in words."""
    data = columns(table, "name", "index", "low", "high")
    order = np.argsort(-np.abs(data["index"]), kind="stable")[:most]
    parts = []
    for k in order:
        kind = f" ({data['kind'][k]})" if "kind" in data else ""
        index, low, high = (readable(float(data[c][k]), 2) for c in ("index", "low", "high"))
        parts.append(f"{data['name'][k]}{kind} {index} ({low} to {high})")
    return f"{measure} with 95% intervals, in this model, the strongest: {'; '.join(parts)}."


@house()
def importance(
    table: Any,
    *,
    measure: str,
    title: str = "What matters, all settings at once",
    most: int = 12,
    ax: Axes | None = None,
) -> Axes:
    """Draw the indices of a global sensitivity analysis as bars with their 95% intervals.

    Parameters
    ----------
    table : table with columns ``name``, ``index``, ``low``, ``high``
        One row per setting, or per setting and ``kind`` (for instance first-order and total).
    measure : str
        What the index is, for instance ``"Sobol index of the odds of a summit deal"``.
    title : str
        What the picture is about; long ones are broken into lines.
    most : int
        How many settings to draw.
    ax : matplotlib Axes, optional

    Examples
    --------
    >>> table = {"name": ["a", "b"], "index": [0.2, 0.7], "low": [0.1, 0.6], "high": [0.3, 0.8]}
    >>> [t.get_text() for t in importance(table, measure="Sobol index").get_yticklabels()]
    ['b', 'a']
    """
    data = columns(table, "name", "index", "low", "high")
    kinds = in_order(data["kind"]) if "kind" in data else [""]
    strength = {
        name: float(np.abs(data["index"][data["name"] == name]).max())
        for name in in_order(data["name"])
    }
    names = sorted(strength, key=lambda name: -strength[name])[:most]
    ax = canvas(ax, 1.8 + (0.3 + 0.16 * len(kinds)) * len(names))
    height = 0.76 / len(kinds)
    for k in range(len(data["name"])):
        if data["name"][k] not in names:
            continue
        kind = kinds.index(data["kind"].tolist()[k]) if "kind" in data else 0
        y = len(names) - 1 - names.index(data["name"][k]) + 0.38 - height * (kind + 0.5)
        ax.barh(
            y, data["index"][k], height=0.92 * height, gid=f"{data['name'][k]} {kinds[kind]}",
            **ORDERS[kind % 3],
        )  # fmt: skip
        ax.plot(
            (data["low"][k], data["high"][k]), (y, y), color=INK, linewidth=1.3, marker="|",
            markersize=7,
        )  # fmt: skip
    ax.axvline(0.0, color=MUTED, linewidth=0.8)
    style.rows(ax, names)
    if "kind" in data:
        from matplotlib.patches import Patch

        key_below(
            ax,
            handles=[Patch(label=str(k), **ORDERS[i % 3]) for i, k in enumerate(kinds)],
            ncols=len(kinds),
        )
    return finish(
        ax, f"{title}. {describe_importance(table, measure=measure, most=most)}",
        title=fill(title, TITLE_LETTERS),
        x=f"{measure}, in this model (line: 95% interval)",
    )  # fmt: skip
