"""What is in a deal: how far each issue was conceded, in its own unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from negotiation.errors import InputError, counted, one_of
from negotiation.outcome import AT_HORIZON
from negotiation.plots import style
from negotiation.plots.agreements import DEALS
from negotiation.plots.style import (
    INK,
    MUTED,
    SIDE_COLOUR,
    SIDE_MARKER,
    TEXT,
    canvas,
    finish,
    house,
    key_below,
)
from negotiation.plots.tables import columns
from negotiation.words.numbers import readable
from negotiation.words.outcomes import ending_label
from negotiation.words.parties import by_seat

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from negotiation.scenario import Scenario
    from negotiation.scenario.sections import Issue


def conceded(rows: Any, scenario: Scenario, ending: str | None) -> np.ndarray:
    """Return how far each issue was conceded in every deal, shape (deals, issues)."""
    if ending is not None:
        one_of("ending", ending, DEALS)
    table = columns(rows, "state", "package")
    wanted = [AT_HORIZON.index(deal) for deal in ([ending] if ending else DEALS)]
    signed = np.isin(table["state"], wanted)
    if not signed.any():
        raise InputError("contents: none of the runs ended in a deal; allowed: at least one.")
    package = np.stack(list(table["package"][signed]))
    return np.asarray(package[:, : len(scenario.issues)], float)


def level(issue: Issue, z: float) -> float:
    """Return the level of an issue, in its unit, at ``z`` of the way to full concession."""
    return float(issue.status_quo) + z * (issue.full - issue.status_quo)


def describe_contents(rows: Any, scenario: Scenario, *, ending: str | None = None) -> str:
    """Return in words what deals contain: median and middle half of each issue, in its unit."""
    z = conceded(rows, scenario, ending)
    parts = []
    for k, issue in enumerate(scenario.issues.values()):
        q25, q50, q75 = (level(issue, float(q)) for q in np.quantile(z[:, k], [0.25, 0.5, 0.75]))
        parts.append(
            f"{issue.name} from {readable(issue.status_quo)} to a median of {readable(q50, 2)} "
            f"(middle half {readable(q25, 2)} to {readable(q75, 2)}) {issue.unit}"
        )
    return f"Contents of {counted(len(z), 'deal')} of this model: {'; '.join(parts)}."


@house()
def contents(
    rows: Any, scenario: Scenario, *, ending: str | None = None, ax: Axes | None = None
) -> Axes:
    """Draw what deals contain: how far each issue was conceded, in its own unit.

    Parameters
    ----------
    rows : structured array of ``outcome.ROW``, or table with columns ``state`` and ``package``
        One row per run; ``package`` holds how far each issue was conceded, in [0, 1].
    scenario : Scenario
        For the issues, their units and who concedes them.
    ending : str, optional
        ``"summit_deal"`` or ``"working_deal"``; both kinds of deal where not given.
    ax : matplotlib Axes, optional

    Examples
    --------
    >>> import negotiation as ng
    >>> from negotiation.ensemble import Ensemble
    >>> scenario = ng.Scenario.load("split-the-pie")
    >>> ax = contents(Ensemble(scenario).rows(seed=1, first=0, count=50), scenario)
    >>> ax.get_xlabel()
    'share of the way from the status quo to full concession'
    """
    z = conceded(rows, scenario, ending)
    issues = list(scenario.issues.values())
    ax = canvas(ax, 1.9 + 0.46 * len(issues))
    inside = ax.get_yaxis_transform()
    for k, issue in enumerate(issues):
        y, side = len(issues) - 1 - k, issue.conceded_by
        low, q25, middle, q75, high = np.quantile(z[:, k], [0.025, 0.25, 0.5, 0.75, 0.975])
        ax.plot((low, high), (y, y), color=INK, linewidth=1.1, marker="|", markersize=7, gid="95%")
        ax.plot(
            (q25, q75), (y, y), color=SIDE_COLOUR[side], linewidth=8, solid_capstyle="butt",
            gid="50%",
        )  # fmt: skip
        ax.plot(
            middle, y, marker=SIDE_MARKER[side], color="white", markeredgecolor=INK, markersize=8,
            linestyle="none", zorder=4, gid="median",
        )  # fmt: skip
        median = readable(level(issue, float(middle)), 2)
        ax.text(1.03, y, median, transform=inside, va="center", fontweight="bold", fontsize=TEXT)
    ax.text(1.03, len(issues) - 0.45, "median", transform=inside, fontsize=TEXT - 1, color=MUTED)
    ends = [f"{readable(i.status_quo)} to {readable(i.full)} {i.unit}" for i in issues]
    style.rows(ax, [issue.name for issue in issues], ends)
    ax.set_xlim(-0.02, 1.02)
    ax.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0%", "25%", "50%", "75%", "100%"])
    key_below(ax, handles=_keys(scenario), ncols=2)
    kind = f"{ending_label(ending)}, " if ending else ""
    return finish(
        ax, describe_contents(rows, scenario, ending=ending),
        title=f"What deals contain ({kind}{counted(len(z), 'deal')}, in this model)",
        x="share of the way from the status quo to full concession", scenario=scenario,
    )  # fmt: skip


def _keys(scenario: Scenario) -> list[Any]:
    """Return the legend: who concedes, and what the marks mean."""
    from matplotlib.lines import Line2D

    names, issues = by_seat(scenario), scenario.issues.values()
    sides = [side for side in names if any(issue.conceded_by == side for issue in issues)]
    concedes = {s: f"{names[s].title} concedes: half of the deals" for s in sides}
    thin = "95% of the deals; white: the median"
    return [
        *(Line2D([], [], color=SIDE_COLOUR[s], linewidth=8, label=concedes[s]) for s in sides),
        Line2D([], [], color=INK, linewidth=1.1, marker="|", markersize=7, label=thin),
    ]
