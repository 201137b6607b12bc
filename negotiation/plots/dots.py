"""Fifty dots: odds as a count of runs, for readers who do not think in probabilities.

Readers of 50-dot pictures decide nearly as well as if they knew the distribution.

References
----------
Fernandes, Walls, Munson, Hullman and Kay 2018, "Uncertainty Displays Using Quantile Dotplots or
CDFs Improve Transit Decision-Making", doi:10.1145/3173574.3173718.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

from negotiation.plots.endings import ENDINGS
from negotiation.plots.style import (
    INK,
    TEXT,
    canvas,
    finish,
    house,
)
from negotiation.words.numbers import brief
from negotiation.words.outcomes import ending_label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DOTS = 50
COLUMNS = 10


def share_out(shares: Mapping[str, float], dots: int = DOTS) -> dict[str, int]:
    """Return how many of ``dots`` go to each ending: largest remainders, so that they add up.

    Examples
    --------
    >>> share_out({"deal": 0.58, "truce": 0.415, "lapse": 0.005})
    {'deal': 29, 'truce': 21, 'lapse': 0}
    """
    exact = {name: share * dots for name, share in shares.items()}
    whole = {name: math.floor(value + 1e-9) for name, value in exact.items()}
    for name in sorted(exact, key=lambda n: whole[n] - exact[n])[: dots - sum(whole.values())]:
        whole[name] += 1
    return whole


def describe_dots(shares: Mapping[str, float]) -> str:
    """Return the dots in words."""
    parts = [f"{n} {ending_label(name)}" for name, n in share_out(shares).items()]
    return f"Of {DOTS} dots, each 2% of the runs: {', '.join(parts)}."


@house()
def fifty_dots(shares: Mapping[str, float], *, ax: Axes | None = None) -> Axes:
    """Draw fifty dots, each 2% of the runs, in the look of their ending.

    Parameters
    ----------
    shares : mapping of str to float
        Share of runs by ending; adds up to 1.
    ax : matplotlib Axes, optional

    Examples
    --------
    >>> ax = fifty_dots({"summit_deal": 0.6, "truce": 0.4})
    >>> ax.alt_text
    'Of 50 dots, each 2% of the runs: 30 deal at the summit, 20 truce, nothing signed.'
    """
    ax = canvas(ax, 2.4)
    counts = share_out(shares)
    rows = DOTS // COLUMNS
    first = 0
    for row, (name, count) in enumerate(counts.items()):
        look = ENDINGS[name]
        places = range(first, first + count)
        first += count
        x, y = [k // rows for k in places], [k % rows for k in places]
        ax.scatter(
            x,
            y,
            s=120,
            marker=look.marker,
            color=look.colour,
            edgecolors=INK,
            linewidths=0.7,
            gid=name,
        )
        height = (len(counts) - 1 - row) * (rows - 1) / max(len(counts) - 1, 1)
        ax.scatter(
            COLUMNS + 1.0, height, s=90, marker=look.marker, color=look.colour, edgecolors=INK,
            linewidths=0.7, gid="key",
        )  # fmt: skip
        few = f" ({brief(shares[name])}: too few for a dot)" if count == 0 < shares[name] else ""
        ax.text(COLUMNS + 2.5, height, f"{count}", va="center", ha="right", fontweight="bold")
        ax.text(
            COLUMNS + 2.8, height, f"{ending_label(name)}{few}", va="center", fontsize=TEXT - 0.5
        )
    ax.set_xlim(-0.6, 2.25 * COLUMNS)
    ax.set_ylim(-0.6, rows - 0.4)
    ax.axis("off")
    return finish(ax, describe_dots(shares), title=f"{DOTS} dots: each is 2% of the runs")
