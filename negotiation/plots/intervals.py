"""Two intervals on one row, visibly apart: sampling error thick, uncertain assumptions thin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotiation.plots.style import (
    INK,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

Interval = tuple[float, float]
CHANCE = "95% over runs (sampling error)"
IGNORANCE = "range: 95% as the uncertain assumptions vary"
_THICK = {"color": INK, "linewidth": 9.0, "solid_capstyle": "butt"}
_THIN = {"color": INK, "linewidth": 1.1, "marker": "|", "markersize": 9.0}


def thick(ax: Axes, y: float, interval: Interval) -> None:
    """Draw the interval over runs at height ``y``."""
    ax.plot(interval, (y, y), gid="chance", zorder=4, clip_on=False, **_THICK)  # type: ignore[arg-type]


def thin(ax: Axes, y: float, interval: Interval) -> None:
    """Draw the interval over the uncertain numbers at height ``y``."""
    ax.plot(interval, (y, y), gid="ignorance", zorder=3, clip_on=False, **_THIN)  # type: ignore[arg-type]


def keys(ignorance: bool) -> list[Line2D]:
    """Return the entries of a legend; the thin one only where it was drawn."""
    from matplotlib.lines import Line2D

    entries = [Line2D([], [], label=CHANCE, **_THICK)]  # type: ignore[arg-type]
    if ignorance:
        entries.append(Line2D([], [], label=IGNORANCE, **_THIN))  # type: ignore[arg-type]
    return entries
