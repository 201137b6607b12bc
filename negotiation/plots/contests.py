"""A class tournament as it went: the standings round by round, and what would spread."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from negotiation.errors import InputError, counted
from negotiation.plots.style import INK, TEXT, canvas, finish, grid, house
from negotiation.words.numbers import percent, readable
from negotiation.words.scene import a_year

if TYPE_CHECKING:
    from matplotlib.axes import Axes

HUES = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
DASHES: Any = ("-", (0, (5, 1.5)), (0, (1.5, 1.2)))
NAMED = 8  # lines with a name; the others are grey
REST = "#c8ccd0"


@house()
def standings(
    names: Sequence[str], by_round: np.ndarray, *, unit: str = "$bn", ax: Axes | None = None
) -> Axes:
    """Draw each entrant's mean score after every round, the best ones by name.

    Parameters
    ----------
    names : sequence of str
    by_round : ndarray, shape (entrants, rounds)
        What each got in every round.
    unit : str
    ax : matplotlib Axes, optional

    Examples
    --------
    >>> standings(["ann", "bob"], np.array([[1.0, 3.0], [2.0, 1.0]])).alt_text[:60]
    'Mean gain after every round, $bn a year, over 2 rounds: ann '
    """
    from matplotlib.ticker import MaxNLocator

    scores = np.asarray(by_round, dtype=float)
    if scores.shape != (len(names), scores.shape[-1]) or not scores.size:
        raise InputError("standings: by_round needs a row for each name and a column for a round.")
    rounds = np.arange(1, scores.shape[1] + 1)
    means = np.cumsum(scores, axis=1) / rounds
    order = np.argsort(-means[:, -1], kind="stable")
    ax = canvas(ax, 4.6)
    _lines(ax, rounds, means, names, order)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    grid(ax, "y")
    ended = "; ".join(f"{names[k]} {readable(float(means[k, -1]))}" for k in order)
    told = (
        f"Mean gain after every round, {unit}{a_year(unit)}, over "
        f"{counted(len(rounds), 'round')}: {ended}."
    )
    return finish(
        ax, told, title="The standings, round by round", x="rounds played",
        y=f"mean gain so far, {unit}{a_year(unit)}",
    )  # fmt: skip


@house()
def generations(
    names: Sequence[str], times: np.ndarray, shares: np.ndarray, *, ax: Axes | None = None
) -> Axes:
    """Draw each one's share of a population in which what does well spreads.

    Parameters
    ----------
    names : sequence of str
    times : ndarray, shape (times,)
    shares : ndarray, shape (times, entrants)
    ax : matplotlib Axes, optional

    Examples
    --------
    >>> shares = np.array([[0.5, 0.5], [0.9, 0.1]])
    >>> generations(["ann", "bob"], np.array([0.0, 1.0]), shares).alt_text.split(": ")[1]
    'ann 90%, bob 10%.'
    """
    found = np.asarray(shares, dtype=float)
    order = np.argsort(-found[-1], kind="stable")
    ax = canvas(ax, 4.6)
    ax.set_ylim(0.0, 105.0 * float(found.max()))
    _lines(ax, np.asarray(times), 100 * found.T, names, order)
    grid(ax, "y")
    left = ", ".join(f"{names[k]} {percent(float(found[-1, k]))}" for k in order[:NAMED])
    told = f"Shares of a population in which what does well spreads, in the end: {left}."
    return finish(
        ax, told, title="If what does well spreads", x="generations", y="share of the population, %"
    )


def _lines(ax: Any, x: np.ndarray, y: np.ndarray, names: Sequence[str], order: np.ndarray) -> None:
    """Draw a line for each, the first of ``order`` in colours and with their names at the end."""
    for k in order[NAMED:]:
        ax.plot(x, y[k], color=REST, linewidth=1.0, zorder=1)
    shown = order[:NAMED]
    looks = [(HUES[n % len(HUES)], DASHES[n // len(HUES)]) for n in range(len(shown))]
    for rank, (k, (colour, dash)) in enumerate(zip(shown, looks, strict=True)):
        ax.plot(x, y[k], color=colour, linestyle=dash, linewidth=2.2, zorder=3, gid=f"line {rank}")
    low, high = ax.get_ylim()
    places = apart([float(y[k, -1]) for k in shown], 0.065 * (high - low), low)
    for k, (colour, _), place in zip(shown, looks, places, strict=True):
        ax.annotate(
            names[k], (x[-1], y[k, -1]), xytext=(1.05, place), textcoords=("axes fraction", "data"),
            va="center", fontsize=TEXT, color=INK, annotation_clip=False,
            arrowprops={"arrowstyle": "-", "color": colour, "linewidth": 1.6, "relpos": (0.0, 0.5),
                        "shrinkA": 1.0, "shrinkB": 0.0},
        )  # fmt: skip
    ax.set_xlim(x[0], x[-1])


def apart(heights: Sequence[float], room: float, low: float) -> list[float]:
    """Return heights, the highest first, moved so far apart that what is written there is read.

    Examples
    --------
    >>> apart([5.0, 1.0, 1.0], 1.0, 0.0), apart([0.5, 0.1, 0.0], 1.0, 0.0)
    ([5.0, 1.0, 0.0], [2.0, 1.0, 0.0])
    """
    found = [float(h) for h in heights]
    for n in range(1, len(found)):
        found[n] = min(found[n], found[n - 1] - room)
    if found:
        found[-1] = max(found[-1], low)
    for n in range(len(found) - 2, -1, -1):
        found[n] = max(found[n], found[n + 1] + room)
    return found
