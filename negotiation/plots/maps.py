"""Which pairs of settings flip an ending? The odds as a map, with the line at fifty percent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from negotiation.errors import InputError
from negotiation.plots.shares import TICKS, label_of
from negotiation.plots.style import INK, MAP, TEXT, canvas, finish, house, key_below, round_percents
from negotiation.plots.tables import columns, in_order
from negotiation.words.numbers import brief
from negotiation.words.outcomes import outcome_label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from negotiation.scenario import Scenario

EVEN = 0.5
CROWDED = 70  # letters of names that fit side by side
MOST_NUMBERS = 100  # cells whose odds can be read as numbers
LIGHT = 0.55  # from this part of its range on the map is light enough for dark letters


def on_grid(
    table: Any, x: str, y: str, outcome: str
) -> tuple[list[Any], list[Any], np.ndarray, np.ndarray]:
    """Return both settings' values, the odds at each pair, and where the interval holds 50%.

    Returns
    -------
    x_values, y_values : list
    share : ndarray, shape (len(y_values), len(x_values))
        nan where the table has no such pair.
    torn : ndarray of bool, same shape
        Where ``low`` and ``high`` lie on either side of 50%.
    """
    data = columns(table, x, y, "outcome", "share", "low", "high")
    mine = data["outcome"] == outcome
    if not np.any(mine):
        known = ", ".join(map(str, in_order(data["outcome"])))
        raise InputError(f"outcome {outcome!r} is not in the table; allowed: {known}.")
    xs, ys = in_order(data[x][mine]), in_order(data[y][mine])
    share = np.full((len(ys), len(xs)), np.nan)
    torn = np.zeros(share.shape, bool)
    for k in np.flatnonzero(mine):
        cell = ys.index(data[y].tolist()[k]), xs.index(data[x].tolist()[k])
        share[cell] = data["share"][k]
        torn[cell] = data["low"][k] < EVEN < data["high"][k]
    return xs, ys, share, torn


def describe_map(
    table: Any, *, x: str, y: str, outcome: str, scenario: Scenario | None = None
) -> str:
    """Return the map in words: range of the odds, where they are lowest and highest."""
    xs, ys, share, torn = on_grid(table, x, y, outcome)
    parts, words = [], outcome_label(outcome, scenario)
    own = {name: name if scenario is None else scenario.own_path(name) for name in (x, y)}
    for what, k in (("lowest", np.nanargmin(share)), ("highest", np.nanargmax(share))):
        j, i = np.unravel_index(int(k), share.shape)
        parts.append(
            f"{what} {brief(float(share[j, i]))} at {own[x]} {label_of(xs[i])}, "
            f"{own[y]} {label_of(ys[j])}"
        )
    known = np.isfinite(share)
    return (
        f"Odds of {words} in this model over {int(known.sum())} pairs of {own[x]} and "
        f"{own[y]}: {'; '.join(parts)}. Above 50% in {int((share[known] > EVEN).sum())} pairs; the "
        f"interval spans 50% in {int(torn.sum())}."
    )


@house()
def heat_map(
    table: Any,
    *,
    x: str,
    y: str,
    outcome: str,
    labels: tuple[str, str] = ("", ""),
    ax: Axes | None = None,
    scenario: Scenario | None = None,
) -> Axes:
    """Draw the odds of an outcome over two settings.

    Parameters
    ----------
    table : table with columns ``x``, ``y``, ``outcome``, ``share``, ``low``, ``high``
        One row per pair and outcome.
    x, y : str
        Columns of the two settings.
    outcome : str
        The outcome to draw.
    labels : tuple of str
        What to write on the axes, with units; the columns' names where empty.
    ax : matplotlib Axes, optional
    scenario : Scenario, optional
        For what its sides are called.

    Notes
    -----
    Cells are drawn at even distances whatever the settings' values. The thick line is where the
    odds, interpolated between cells, pass 50%, where both settings are numbers; hatched cells have
    an interval that spans 50%.

    Examples
    --------
    >>> table = {"a": [0, 1, 0, 1], "b": [0, 0, 1, 1], "outcome": ["truce"] * 4,
    ...          "share": [0.1, 0.4, 0.48, 0.9],
    ...          "low": [0, 0.3, 0.4, 0.8], "high": [0.2, 0.5, 0.6, 1]}
    >>> heat_map(table, x="a", y="b", outcome="truce").get_xlabel()
    'a'
    """
    xs, ys, share, torn = on_grid(table, x, y, outcome)
    ticks = round_percents(float(np.nanmin(share)), float(np.nanmax(share)))
    ax = canvas(ax, 5.6)
    image = ax.pcolormesh(
        range(len(xs)), range(len(ys)), np.ma.masked_invalid(share), cmap=MAP, vmin=ticks[0],
        vmax=ticks[-1], shading="nearest", gid="odds",
    )  # fmt: skip
    bar = ax.figure.colorbar(image, ax=ax, ticks=ticks, pad=0.02)
    bar.ax.set_yticklabels([f"{100 * tick:.0f}%" for tick in ticks], fontsize=TEXT - 1)
    bar.set_label("probability, in this model", fontsize=TEXT)
    if ticks[0] < EVEN < ticks[-1]:
        bar.ax.axhline(EVEN, color="white", linewidth=4)
        bar.ax.axhline(EVEN, color=INK, linewidth=2)
    _hatch(ax, torn)
    if _numeric(xs) and _numeric(ys):  # between names there is nothing to interpolate
        _even_line(ax, share)
    if share.size <= MOST_NUMBERS:
        _numbers(ax, share, image)
    for axis, values in ((ax.xaxis, xs), (ax.yaxis, ys)):
        every = range(0, len(values), -(-len(values) // TICKS) if _numeric(values) else 1)
        axis.set_ticks(list(every), [label_of(values[k]) for k in every])
    ax.tick_params(length=0)
    ax.spines[:].set_visible(False)
    crowded = not _numeric(xs) and sum(len(str(value)) for value in xs) > CROWDED
    if crowded:
        ax.set_xticks(ax.get_xticks(), [str(value) for value in xs], rotation=40, ha="right")
    keys = _keys() if _numeric(xs) and _numeric(ys) else _keys()[1:]
    label = labels[0] or x
    key_below(ax, label + 4 * "\n" * crowded, handles=keys, ncols=2)
    return finish(
        ax, describe_map(table, x=x, y=y, outcome=outcome, scenario=scenario),
        title=f"Odds: {outcome_label(outcome, scenario)}",
        x=label, y=labels[1] or y,
    )  # fmt: skip


def _numeric(values: list[Any]) -> bool:
    return all(isinstance(value, int | float) for value in values)


def _numbers(ax: Axes, share: np.ndarray, image: Any) -> None:
    """Write the odds into the cells: 48% and 52% have nearly the same shade."""
    for j, i in np.argwhere(np.isfinite(share)):
        p = float(share[j, i])
        ax.text(
            i, j, brief(p), ha="center", va="center", fontsize=TEXT - 1, gid=f"odds {i} {j}",
            color="white" if image.norm(p) < LIGHT else INK,
            bbox={"facecolor": image.cmap(image.norm(p)), "edgecolor": "none", "pad": 1.5},
        )  # fmt: skip


def _hatch(ax: Axes, torn: np.ndarray) -> None:
    from matplotlib.patches import Rectangle

    for j, i in np.argwhere(torn):
        ax.add_patch(
            Rectangle(
                (i - 0.5, j - 0.5), 1, 1, fill=False, hatch="///", edgecolor="white", linewidth=0,
                gid=f"torn {i} {j}",
            )
        )  # fmt: skip


def _even_line(ax: Axes, share: np.ndarray) -> None:
    """Draw the contour at 50%, dark on a white rim so that it shows on either shade."""
    known = share[np.isfinite(share)]
    if min(share.shape) < 2 or not known.min() < EVEN < known.max():
        return
    for colour, width in (("white", 5.0), (INK, 2.2)):
        ax.contour(np.ma.masked_invalid(share), levels=[EVEN], colors=colour, linewidths=width)


def _keys() -> list[Any]:
    from matplotlib.lines import Line2D
    from matplotlib.patches import Patch

    return [
        Line2D([], [], color=INK, linewidth=2.2, label="50%"),
        Patch(
            facecolor="#7c7b78",
            edgecolor="white",
            hatch="///",
            label="95% interval over runs spans 50%",
        ),
    ]
