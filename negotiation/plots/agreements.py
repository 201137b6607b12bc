"""When they agree: the weeks of the signatures, against the deadline and the summit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from negotiation.outcome import AT_HORIZON
from negotiation.plots.calendar import date_axis, days_until, deadline_and_summit
from negotiation.plots.endings import fill, swatch
from negotiation.plots.style import canvas, finish, grid, house, key_below
from negotiation.plots.tables import columns
from negotiation.words.numbers import brief, counted
from negotiation.words.outcomes import ending_label
from negotiation.words.scene import full_date

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from negotiation.scenario import Scenario

DEALS = ("working_deal", "summit_deal")
WEEK = 7


def weekly(rows: Any, scenario: Scenario) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    """Return the edges of the weeks, in days, and the share of all runs agreeing in each.

    Parameters
    ----------
    rows : structured array of ``outcome.ROW``, or table with columns ``state`` and ``deal_day``
        One row per run; ``deal_day`` is negative where nothing was signed.
    scenario : Scenario
    """
    table = columns(rows, "state", "deal_day")
    last = max(days_until(scenario, scenario.calendar.horizon), float(np.max(table["deal_day"])))
    edges = np.arange(0.0, last + WEEK + 1e-9, WEEK)
    shares = {}
    for deal in DEALS:
        days = table["deal_day"][table["state"] == AT_HORIZON.index(deal)]
        shares[deal] = np.histogram(days, edges)[0] / len(table["state"])
    return edges, shares


def describe_timing(rows: Any, scenario: Scenario) -> str:
    """Return the timing in words: how many agree, when most do, and how many never do."""
    edges, shares = weekly(rows, scenario)
    runs = len(columns(rows, "state")["state"])
    parts = [f"{brief(float(share.sum()))} {ending_label(deal)}" for deal, share in shares.items()]
    total = np.sum(list(shares.values()), axis=0)
    none = brief(1 - float(total.sum()))
    text = f"Of {counted(runs, 'run')} of this model, {', '.join(parts)}, {none} no deal."
    if total.sum() > 0:
        k = int(total.argmax())
        most = brief(float(total[k]))
        text += f" The busiest week begins on day {edges[k]:.0f} with {most} of all runs."
    return text


@house()
def timing(rows: Any, scenario: Scenario, *, ax: Axes | None = None) -> Axes:
    r"""Draw in which weeks agreements fall, against the deadline and the summit's window.

    Parameters
    ----------
    rows : structured array of ``outcome.ROW``, or table with columns ``state`` and ``deal_day``
        One row per run, from ``Ensemble.rows``.
    scenario : Scenario
        For the dates.
    ax : matplotlib Axes, optional

    Examples
    --------
    >>> import negotiation as ng
    >>> from negotiation.ensemble import Ensemble
    >>> scenario = ng.Scenario.load("split-the-pie")
    >>> ax = timing(Ensemble(scenario).rows(seed=1, first=0, count=50), scenario)
    >>> ax.get_ylabel()
    'share of runs agreeing, % per week,\nin this model'
    """
    edges, shares = weekly(rows, scenario)
    ax = canvas(ax, 4.2)
    label = date_axis(ax, scenario)
    deadline_and_summit(ax, scenario)
    floor = np.zeros(len(edges) - 1)
    for deal, share in shares.items():
        ax.bar(
            edges[:-1], 100 * share, width=WEEK * 0.92, bottom=floor, align="edge", gid=deal,
            **fill(deal),
        )  # fmt: skip
        floor = floor + 100 * share
    none = 1.0 - float(floor.sum()) / 100
    grid(ax, "y")
    ax.set_xlim(0, max(edges[-1], ax.get_xlim()[1]))
    ax.set_ylim(0, 1.1 * max(float(floor.max()), 1e-3))
    key_below(ax, handles=[swatch(deal) for deal in DEALS], ncols=2)
    horizon = full_date(scenario.calendar.horizon)
    return finish(
        ax, describe_timing(rows, scenario), x=label, pad=22,
        y="share of runs agreeing, % per week,\nin this model",
        title=f"When they agree: {brief(none)} of runs sign nothing by {horizon}",
        scenario=scenario,
    )  # fmt: skip
