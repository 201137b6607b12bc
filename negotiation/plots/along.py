"""How do odds move along one setting? Points with their intervals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from negotiation.errors import InputError
from negotiation.estimates import Estimate
from negotiation.plots.endings import ENDINGS
from negotiation.plots.shares import TICKS, label_of
from negotiation.plots.style import (
    INK,
    MUTED,
    canvas,
    finish,
    grid,
    house,
    key_below,
    probability_axis,
)
from negotiation.plots.tables import columns, in_order
from negotiation.words.numbers import odds_text
from negotiation.words.outcomes import outcome_label

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from negotiation.scenario import Scenario

OTHERS = ((INK, "D"), (MUTED, "v"), ("#0072B2", "P"))  # events that are no ending have no look


class Line:
    """One outcome's odds, in the order of the setting's values."""

    def __init__(self, data: dict[str, np.ndarray], x: str, outcome: str) -> None:
        mine = np.asarray(data["outcome"] == outcome)
        if not mine.any():
            known = ", ".join(map(str, in_order(data["outcome"])))
            raise InputError(f"outcome {outcome!r} is not in the table; allowed: {known}.")
        self.outcome = outcome
        values = data[x][mine].tolist()
        order = [values.index(value) for value in in_order(data[x][mine])]
        self.values = [values[k] for k in order]
        self.share, self.low, self.high = (
            np.asarray(data[name][mine][order], float) for name in ("share", "low", "high")
        )


def describe_along(
    table: Any, *, x: str, outcomes: Sequence[str], label: str = "",
    scenario: Scenario | None = None,
) -> str:  # fmt: skip
    """Return each outcome's odds at the first and last value and at its extremes, in words."""
    data = columns(table, x, "outcome", "share", "low", "high")
    parts = []
    for outcome in outcomes:
        line = Line(data, x, outcome)
        shown = {0, len(line.values) - 1, int(line.share.argmin()), int(line.share.argmax())}
        points = [
            f"{odds_text(Estimate(*(float(x[k]) for x in (line.share, line.low, line.high))))} "
            f"at {label_of(line.values[k])}"
            for k in sorted(shown)
        ]
        parts.append(f"{outcome_label(outcome, scenario)} {', '.join(points)}")
    return f"Odds in this model by {label or x}, with 95% intervals over runs: {'; '.join(parts)}."


@house()
def along(
    table: Any, *, x: str, outcomes: Sequence[str], label: str = "", ax: Axes | None = None,
    scenario: Scenario | None = None,
) -> Axes:  # fmt: skip
    """Draw the odds of outcomes along one setting, each point with its 95% interval.

    Parameters
    ----------
    table : table with columns ``x``, ``outcome``, ``share``, ``low``, ``high``
        One row per value and outcome.
    x : str
        The column of the setting. Numbers lie at their values and are joined; names lie at even
        distances and are not.
    outcomes : sequence of str
        The outcomes to draw.
    label : str
        What to write on the axis, with its unit; the column's name where not given.
    ax : matplotlib Axes, optional
    scenario : Scenario, optional
        For what its sides are called.

    Examples
    --------
    >>> table = {"price": [1, 2], "outcome": ["truce"] * 2, "share": [0.4, 0.6],
    ...          "low": [0.3, 0.5], "high": [0.5, 0.7]}
    >>> along(table, x="price", outcomes=["truce"]).get_xlabel()
    'price'
    """
    data = columns(table, x, "outcome", "share", "low", "high")
    ax = canvas(ax, 4.6)
    plain, ends = iter(OTHERS * len(outcomes)), list[float]()
    for number, outcome in enumerate(outcomes):
        line = Line(data, x, outcome)
        numeric = all(isinstance(value, int | float) for value in line.values)
        ends += [*line.low, *line.high]
        look = ENDINGS.get(outcome)
        colour, marker = (look.colour, look.marker) if look else next(plain)
        ax.errorbar(
            line.values if numeric else np.arange(len(line.values)) + 0.08 * number,
            line.share,
            yerr=np.clip([line.share - line.low, line.high - line.share], 0, None),
            color=colour, marker=marker, markersize=7, markeredgecolor=INK, ecolor=INK,
            elinewidth=1.3, capsize=4, linewidth=1.6 if numeric else 0.0,
            label=outcome_label(outcome, scenario), gid=outcome,
        )  # fmt: skip
        if not numeric:
            crowded = sum(len(str(value)) for value in line.values) > 70
            ax.set_xticks(
                range(len(line.values)), [str(value) for value in line.values],
                rotation=35 if crowded else 0, ha="right" if crowded else "center",
            )  # fmt: skip
        elif len(line.values) <= TICKS:
            ax.margins(x=0.06)
    y = probability_axis(ax, "y", shown=ends)
    low, high = ax.get_ylim()
    ax.set_ylim(low - 0.02 * (high - low), high + 0.02 * (high - low))
    grid(ax, "y")
    key_below(ax, label, ncols=min(3, len(outcomes)))
    alt = describe_along(table, x=x, outcomes=outcomes, label=label, scenario=scenario)
    return finish(ax, alt, title="Odds, with 95% intervals over runs", x=label or x, y=y)
