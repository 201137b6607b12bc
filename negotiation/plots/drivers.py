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

    from negotiation.scenario import Scenario

TITLE_LETTERS = 58  # that fit beside long names of settings
ENDS: dict[str, dict[str, Any]] = {
    "at_low": {"facecolor": "white", "edgecolor": INK, "hatch": "////", "linewidth": 0.8},
    "at_high": {"facecolor": "#5b6b7a", "edgecolor": INK, "linewidth": 0.8},
}
PARTS = ("", "_from", "_to")  # of an estimate
WHISKER: dict[str, Any] = {"color": INK, "linewidth": 1.2, "marker": "|", "markersize": 6.0}
ORDERS: dict[int, dict[str, Any]] = {
    0: ENDS["at_high"],
    1: ENDS["at_low"],
    2: {"facecolor": "#c9d1d8", "edgecolor": INK, "hatch": "....", "linewidth": 0.8},
}


def by_swing(table: Any, most: int) -> dict[str, np.ndarray]:
    """Return the rows whose odds move the most, largest first."""
    data = columns(table, "name", "at_low", "at_high")
    order = np.argsort(-np.abs(data["at_high"] - data["at_low"]), kind="stable")[:most]
    return {name: values[order] for name, values in data.items()}


def called(data: dict[str, np.ndarray], k: int) -> str:
    """Return the setting of a row in words, with its key if it has one."""
    return f"{data['name'][k]} ({data['key'][k]})" if "key" in data else str(data["name"][k])


def describe_tornado(
    table: Any, *, outcome: str, base: float, most: int = 12, scenario: Scenario | None = None
) -> str:
    """Return the settings that move the odds the most in words."""
    data = by_swing(table, most)
    parts = [
        f"{called(data, k)} from {brief(float(low))} to {brief(float(high))}"
        for k, (low, high) in enumerate(zip(data["at_low"], data["at_high"], strict=True))
    ]
    return (
        f"Odds of {outcome_label(outcome, scenario)} in this model, {brief(base)} as it stands, "
        f"when one setting moves from its low to its high end: {'; '.join(parts)}."
    )


@house()
def tornado(
    table: Any, *, outcome: str, base: float, most: int = 12, ax: Axes | None = None,
    scenario: Scenario | None = None,
) -> Axes:  # fmt: skip
    """Draw how far each setting alone moves the odds, the strongest at the top.

    Parameters
    ----------
    table : table with columns ``name``, ``at_low``, ``at_high``
        One row per setting: the odds with it at its low and at its high end, all others as
        they stand. ``at_low_from``, ``at_low_to``, ``at_high_from`` and ``at_high_to``, the ends
        of their 95% intervals, are drawn where given, ``key`` is written small below the name.
    outcome : str
        Whose odds.
    base : float
        The odds with every setting as it stands.
    most : int
        How many settings to draw.
    ax : matplotlib Axes, optional
    scenario : Scenario, optional
        For what its sides are called.

    Examples
    --------
    >>> table = {"name": ["patience", "lapse cost"], "at_low": [0.5, 0.3], "at_high": [0.6, 0.8]}
    >>> [t.get_text() for t in tornado(table, outcome="summit_deal", base=0.58).get_yticklabels()]
    ['lapse cost', 'patience']
    """
    data = by_swing(table, most)
    n, keys = len(data["name"]), data["key"].tolist() if "key" in data else []
    ax = canvas(ax, 2.0 + (0.6 if keys else 0.36) * n)
    columns_ = [data[f"{end}{part}"] for end in ENDS for part in PARTS if f"{end}{part}" in data]
    label = f"probability of {outcome_label(outcome, scenario)}"
    label = probability_axis(ax, "x", label, [base, *np.concatenate([*columns_, [base]])])
    for k, y in enumerate(np.arange(n - 1, -1, -1)):
        ends = {end: float(data[end][k]) for end in ENDS}
        for end in sorted(ends, key=lambda e: -abs(ends[e] - base)):  # the shorter one on top
            gid = f"{gid_of(end)} {k}"
            ax.barh(y, ends[end] - base, left=base, height=0.5, gid=gid, **ENDS[end])
        for end, shift in zip(ENDS, (-0.1, 0.1), strict=True):
            if f"{end}_from" in data:
                span = float(data[f"{end}_from"][k]), float(data[f"{end}_to"][k])
                ax.plot(span, (y + shift, y + shift), gid=f"{gid_of(end)} interval {k}", **WHISKER)
    ax.axvline(base, color=INK, linewidth=1.4, gid="base")
    first, last = ax.get_xlim()
    at = (base - first) / (last - first)
    ax.text(
        base, 1.01, f"as it stands: {brief(base)}", transform=ax.get_xaxis_transform(),
        ha="center" if 0.15 < at < 0.85 else "left" if at < 0.5 else "right", va="bottom",
        fontsize=TEXT - 1,
    )  # fmt: skip
    style.rows(ax, data["name"].tolist(), keys)
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    shown: list[Any] = [
        Patch(label=f"setting at its {gid_of(end)} end", **look) for end, look in ENDS.items()
    ]
    if "at_low_from" in data:
        shown.append(Line2D([], [], label="95% interval over runs", **WHISKER))
    key_below(ax, handles=shown, ncols=2)
    words = describe_tornado(table, outcome=outcome, base=base, most=most, scenario=scenario)
    return finish(ax, words, title="What moves the odds, one setting at a time", x=label, pad=22)


def gid_of(end: str) -> str:
    """Return an end of a range as a picture calls it."""
    return end.removeprefix("at_")


def describe_importance(table: Any, *, measure: str, most: int = 12) -> str:
    """Return the strongest settings of a global analysis in words."""
    data = columns(table, "name", "index", "low", "high")
    order = np.argsort(-np.abs(data["index"]), kind="stable")[:most]
    parts = []
    for k in order:
        kind = f" ({data['kind'][k]})" if "kind" in data else ""
        index, low, high = (readable(float(data[c][k]), 2) for c in ("index", "low", "high"))
        parts.append(f"{called(data, k)}{kind} {index} ({low} to {high})")
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
        One row per setting, or per setting and ``kind`` (for instance first-order and total);
        ``key``, if given, is written small below the name.
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
    keys = data["key" if "key" in data else "name"]
    labels = dict(zip(keys.tolist(), data["name"].tolist(), strict=True))
    strength = {key: float(np.abs(data["index"][keys == key]).max()) for key in labels}
    shown = sorted(strength, key=lambda key: -strength[key])[:most]
    row = (0.44 if "key" in data else 0.3) + 0.16 * len(kinds)
    ax = canvas(ax, 1.8 + row * len(shown))
    height = 0.76 / len(kinds)
    for k, key in enumerate(keys.tolist()):
        if key not in shown:
            continue
        kind = kinds.index(data["kind"].tolist()[k]) if "kind" in data else 0
        y = len(shown) - 1 - shown.index(key) + 0.38 - height * (kind + 0.5)
        ax.barh(
            y, data["index"][k], height=0.92 * height, gid=f"{key} {kinds[kind]}",
            **ORDERS[kind % 3],
        )  # fmt: skip
        ax.plot((data["low"][k], data["high"][k]), (y, y), **WHISKER)
    ax.axvline(0.0, color=MUTED, linewidth=0.8)
    style.rows(ax, [labels[key] for key in shown], shown if "key" in data else ())
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
