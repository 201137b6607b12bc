"""How past decisions came out, by what was known before them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotiation.plots.style import INK, canvas, finish, house, key_below, probability_axis, rows
from negotiation.words.numbers import brief

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from negotiation.history.tables import Table

TITLE = "How past decisions came out"
MARKS = {
    "penalty_in_full": ("o", INK),
    "penalty_in_part": ("o", "white"),
    "extended_or_paused": ("s", "#0072B2"),
    "deal": ("D", "#E69F00"),
    "dropped": ("^", "white"),
}
STEP = 0.14  # between the outcomes of a row


def describe_past(table: Table) -> str:
    """Return the picture in words: the shares of each line."""
    parts = [
        f"{line.of} (n {line.n}): "
        + ", ".join(f"{name.replace('_', ' ')} {brief(x.value)}" for name, x in line.values.items())
        for line in table.lines
    ]
    return f"{TITLE}, with 95% intervals from whole disputes. {'. '.join(parts)}."


@house()
def past_outcomes(table: Table, *, ax: Axes | None = None) -> Axes:
    """Draw the share of each outcome by stratum, with its interval where there is one.

    Parameters
    ----------
    table : Table
        ``negotiation.history.tables.tables(record)["outcomes"]``.
    ax : matplotlib Axes, optional

    Examples
    --------
    >>> from negotiation.history.reading import shipped
    >>> from negotiation.history.tables import tables
    >>> past_outcomes(tables(shipped())["outcomes"]).get_xlabel()
    'share of decisions'
    """
    ax = canvas(ax, 1.5 + 0.62 * len(table.lines))
    names = [f"{line.of} ({line.n})" for line in table.lines]
    for k, (name, (marker, colour)) in enumerate(MARKS.items()):
        for row, line in enumerate(table.lines):
            number, y = line.values[name], len(names) - 1 - row + STEP * (2 - k)
            if number.low is not None and number.high is not None:
                ax.plot([number.low, number.high], [y, y], color=INK, linewidth=0.8, gid="95%")
            ax.plot(
                [number.value], [y], marker=marker, color=colour, markeredgecolor=INK,
                markersize=5, linestyle="none", gid=name, clip_on=False,
                label=name.replace("_", " ") if row == 0 else None,
            )  # fmt: skip
    rows(ax, names)
    probability_axis(ax, "x")
    key_below(ax, ncols=3, numpoints=1)
    return finish(ax, describe_past(table), title=TITLE, x="share of decisions")
