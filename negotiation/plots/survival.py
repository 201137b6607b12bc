"""How long penalties last in the model, against how long they lasted in past disputes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from negotiation.plots.style import (
    FAINT,
    INK,
    canvas,
    finish,
    grid,
    house,
    key_below,
    probability_axis,
)
from negotiation.words.numbers import brief, odds_text
from negotiation.words.scene import capital

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from negotiation.analysis.past_penalties import PastPenalties
    from negotiation.analysis.penalty_spells import Survival

SHOWN = 400.0  # days at most
ASKED = (30, 90, 180, 365)
PAST_MARKERS = (("o", "white"), ("D", INK), ("^", "#999999"))
TITLE = "How long penalties last"


def describe_survival(found: Survival, past: dict[str, PastPenalties] | None = None) -> str:
    """Return the picture in words: the share still in force after a month to a year."""
    parts = [
        f"{odds_text(share)} after {day} days"
        for day in ASKED
        if (share := found.at(day)) is not None
    ]
    text = f"{TITLE}: in this model {', '.join(parts)} still in force (95% intervals)."
    for history in (past or {}).values():
        told = [f"{brief(s)} after {day} days" for day, s in history.in_force.items()]
        text += f" {capital(history.about)} ({history.spells} spells): {', '.join(told)}."
    return text


@house()
def penalty_survival(
    found: Survival, *, past: dict[str, PastPenalties] | None = None, ax: Axes | None = None
) -> Axes:
    """Draw which share of penalties is still in force so many days after they came.

    Parameters
    ----------
    found : Survival
        From ``negotiation.analysis.penalty_spells.still_in_force``.
    past : dict of str to PastPenalties, optional
        From ``negotiation.analysis.past_penalties.past_penalties``.
    ax : matplotlib Axes, optional

    Examples
    --------
    >>> from negotiation.analysis.past_penalties import past_penalties
    >>> from negotiation.analysis.penalty_spells import still_in_force
    >>> found = still_in_force([20, 40, 100, 100], [True, True, False, True])
    >>> penalty_survival(found, past=past_penalties()).get_xlabel()
    'days since penalties came into force'
    """
    ax = canvas(ax, 4.4)
    end = min(found.last, SHOWN)
    inside = found.days <= end
    days = np.append(found.days[inside], end)
    lines = [np.append(x[inside], x[inside][-1]) for x in (found.in_force, found.low, found.high)]
    ax.fill_between(
        days, lines[1], lines[2], step="post", color=FAINT, linewidth=0, gid="95%",
        label="its 95% interval",
    )  # fmt: skip
    ax.step(days, lines[0], where="post", color=INK, linewidth=2.0, label="the model", gid="model")
    for (marker, colour), history in zip(PAST_MARKERS, (past or {}).values(), strict=False):
        ax.plot(
            list(history.in_force), list(history.in_force.values()), marker=marker, color=colour,
            markeredgecolor=INK, markersize=8, linestyle="none", gid="past", clip_on=False,
            zorder=5, label=f"{history.about} ({history.spells})",
        )  # fmt: skip
    longest = max([end, *(max(history.in_force) for history in (past or {}).values())])
    ax.set_xlim(0.0, 1.02 * longest)
    ticks = [0, *ASKED] if longest > 200 else [0, 30, 60, 90, 120, 150, 180]
    ax.set_xticks([tick for tick in ticks if tick <= 1.02 * longest])
    y = probability_axis(ax, "y", "share still in force")
    grid(ax, "both")
    key_below(ax, ncols=2, numpoints=1)
    return finish(
        ax, describe_survival(found, past), title=TITLE, x="days since penalties came into force",
        y=y,
    )  # fmt: skip
