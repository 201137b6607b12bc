"""How the endings shift along one setting: stacked bars, and the same as a path in a triangle."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from negotiation.errors import InputError, counted
from negotiation.outcome import AT_HORIZON
from negotiation.plots.endings import fill, swatch
from negotiation.plots.style import (
    FAINT,
    INK,
    MAP,
    MUTED,
    TEXT,
    canvas,
    finish,
    grid,
    house,
    probability_axis,
)
from negotiation.plots.tables import columns, in_order
from negotiation.words.numbers import brief, readable
from negotiation.words.outcomes import HORIZON, ending_label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

CORNERS = {
    "deal": ("summit_deal", "working_deal"),
    "truce": ("truce",),
    "breakdown": ("lapse", "escalation"),
}
APART = 1e-6  # by which shares may miss 1
TICKS = 12  # more names than this do not fit beside each other
# Where deal, truce and breakdown lie, each at its own corner.
TRIANGLE = np.array([[0.5, np.sqrt(0.75)], [0.0, 0.0], [1.0, 0.0]])


def shares_by(table: Any, x: str) -> tuple[list[Any], np.ndarray]:
    """Return the values of a setting and the shares of the five endings at each, shape (n, 5).

    Raises
    ------
    InputError
        If at some value the shares do not add up to 1.
    """
    data = columns(table, x, "outcome", "share")
    values = in_order(data[x])
    shares = np.zeros((len(values), len(AT_HORIZON)))
    outcomes = [str(outcome) for outcome in data["outcome"]]
    if any(outcome.startswith(HORIZON) for outcome in outcomes):  # beside what happened on the way
        outcomes = [o.removeprefix(HORIZON) if o.startswith(HORIZON) else "" for o in outcomes]
    for value, outcome, share in zip(data[x].tolist(), outcomes, data["share"], strict=True):
        if outcome in AT_HORIZON:
            shares[values.index(value), AT_HORIZON.index(outcome)] += share
    for value, total in zip(values, shares.sum(axis=1), strict=True):
        if abs(total - 1.0) > APART:
            raise InputError(
                f"{x} = {value!r}: the endings' shares add up to {total:.6g}; allowed: 1."
            )
    return values, shares


def label_of(value: Any) -> str:
    """Return what to write at a value of a setting."""
    return readable(value) if isinstance(value, int | float) else str(value)


def describe_shares(table: Any, x: str, label: str = "") -> str:
    """Return the first and the last value's endings in words."""
    values, shares = shares_by(table, x)
    text = f"Endings in this model by {label or x}, at {counted(len(values), 'value')}."
    for k in sorted({0, len(values) - 1}):
        parts = [
            f"{ending_label(e)} {brief(float(s))}"
            for e, s in zip(AT_HORIZON, shares[k], strict=True)
        ]
        text += f" At {label_of(values[k])}: {', '.join(parts)}."
    return text


@house()
def stacked(table: Any, *, x: str, label: str = "", ax: Axes | None = None) -> Axes:
    """Draw the shares of the five endings as stacked bars, one bar for each value of a setting.

    Parameters
    ----------
    table : table with columns ``x``, ``outcome``, ``share``
        One row per value and ending, as :meth:`negotiation.sweep.results.Results.odds` returns
        them; endings as in ``outcome.AT_HORIZON``, other outcomes are passed over, endings left
        out count as 0.
    x : str
        The column of the setting: numbers or names.
    label : str
        What to write on the axis, with its unit; the column's name where not given.
    ax : matplotlib Axes, optional

    Examples
    --------
    >>> table = {"patience": [0.8, 0.8, 0.9], "outcome": ["truce", "summit_deal", "truce"],
    ...          "share": [0.25, 0.75, 1.0]}
    >>> stacked(table, x="patience").get_ylabel()
    'share of runs, in this model'
    """
    values, shares = shares_by(table, x)
    ax = canvas(ax, 4.6)
    floor = np.zeros(len(values))
    for k, ending in enumerate(AT_HORIZON):
        ax.bar(
            range(len(values)), shares[:, k], bottom=floor, width=0.8, gid=ending, **fill(ending)
        )
        floor = floor + shares[:, k]
    every = range(0, len(values), -(-len(values) // TICKS))
    names = [label_of(values[k]) for k in every]
    crowded = sum(map(len, names)) > 70
    ax.set_xticks(
        list(every), names, rotation=35 if crowded else 0, ha="right" if crowded else "center"
    )
    ax.tick_params(axis="x", length=0)
    ax.set_xlim(-0.6, len(values) - 0.4)
    y = probability_axis(ax, "y", "share of runs")
    grid(ax, "y")
    ax.legend(
        handles=[swatch(e) for e in reversed(AT_HORIZON)], loc="center left",
        bbox_to_anchor=(1.0, 0.5), handleheight=1.4, labelspacing=0.9,
    )  # fmt: skip
    words = describe_shares(table, x, label)
    return finish(ax, words, title="Where things stand on the last day", x=label or x, y=y)


@house()
def ternary(table: Any, *, x: str, label: str = "", ax: Axes | None = None) -> Axes:
    """Draw how deal, truce and breakdown trade off along a setting, as a path in a triangle.

    A corner is an ending that is certain, the side across from it one that never happens.

    Parameters
    ----------
    table : table with columns ``x``, ``outcome``, ``share``
        As for :func:`stacked`. Deal is at the summit or at working level; breakdown is a lapse
        or an escalation.
    x : str
        The column of the setting.
    label : str
        What to call the setting, with its unit.
    ax : matplotlib Axes, optional

    Examples
    --------
    >>> table = {"patience": [0.8, 0.8, 0.9], "outcome": ["truce", "summit_deal", "truce"],
    ...          "share": [0.25, 0.75, 1.0]}
    >>> path = ternary(table, x="patience").lines[-1]
    >>> path.get_xydata().round(3).tolist()
    [[0.375, 0.65], [0.0, 0.0]]
    """
    values, shares = shares_by(table, x)
    three = np.stack(
        [shares[:, [AT_HORIZON.index(e) for e in group]].sum(axis=1) for group in CORNERS.values()],
        axis=1,
    )
    from matplotlib.patheffects import withStroke

    ax = canvas(ax, 6.4)
    for level in (0.2, 0.4, 0.6, 0.8):
        _level(ax, level)
    ax.plot(*np.vstack([TRIANGLE, TRIANGLE[:1]]).T, color=INK, linewidth=1.2, gid="triangle")
    for name, corner in zip(CORNERS, TRIANGLE, strict=True):
        above = name == "deal"
        ax.text(
            corner[0], corner[1] + (0.04 if above else -0.075), f"100% {name}", ha="center",
            va="bottom" if above else "top", fontweight="bold", fontsize=TEXT + 1,
        )  # fmt: skip
    points = three @ TRIANGLE
    for k in sorted({0, len(values) - 1}):
        ax.annotate(
            label_of(values[k]), points[k], xytext=(11, 6), textcoords="offset points",
            fontweight="bold", path_effects=[withStroke(linewidth=3, foreground="white")],
        )  # fmt: skip
    ax.scatter(
        points[:, 0], points[:, 1], c=np.linspace(0, 1, len(values)), cmap=MAP, s=70,
        edgecolors=INK, linewidths=0.8, zorder=4, clip_on=False,
    )  # fmt: skip
    ax.plot(*points.T, color=INK, linewidth=1.4, gid="path")
    ax.set_aspect("equal")
    ax.set_xlim(-0.12, 1.12)
    ax.set_ylim(-0.12, 1.0)
    ax.axis("off")
    ends = f"{label_of(values[0])} to {label_of(values[-1])}"
    words = describe_shares(table, x, label)
    return finish(ax, words, title=f"Endings by {label or x}, {ends}, in this model")


def _level(ax: Axes, level: float) -> None:
    """Draw the lines on which one of the three endings has a given share, and name them."""
    from_corner = np.eye(3)
    for k, name in enumerate(CORNERS):
        near, far = from_corner[(k + 1) % 3], from_corner[(k + 2) % 3]
        ends = np.array([level * from_corner[k] + (1 - level) * end for end in (near, far)])
        ax.plot(*(ends @ TRIANGLE).T, color=FAINT, linewidth=0.8, zorder=1)
        # deal is read at the left side, truce at the bottom, breakdown at the right
        ax.annotate(
            f"{level:.0%}\ntruce" if name == "truce" else f"{level:.0%} {name}", ends[0] @ TRIANGLE,
            xytext=((-6, 0), (0, -6), (6, 0))[k], textcoords="offset points", fontsize=TEXT - 2,
            color=MUTED, ha=("right", "center", "left")[k], va=("center", "top", "center")[k],
        )  # fmt: skip
