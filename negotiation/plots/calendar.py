"""Time on an axis: dates, the deadline, the summit's window."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from negotiation.plots.style import INK, MUTED, TEXT
from negotiation.words.standing import phrases

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from negotiation.scenario import Scenario


def days_until(scenario: Scenario, date: datetime.date) -> int:
    """Return the days from the scenario's first day to ``date``."""
    return (date - scenario.calendar.start).days


def date_axis(ax: Axes, scenario: Scenario) -> str:
    """Mark dates on an x axis counted in days from the scenario's first day; return its label.

    The axis stays in days, so that data on it are in the units of ``outcome.ROW``; ticks are
    the first days of the months and the scenario's own dates.
    """
    calendar = scenario.calendar
    end = days_until(scenario, calendar.horizon)
    ax.set_xlim(0, end)
    whole = [calendar.start + datetime.timedelta(day) for day in range(end + 1)]
    step = max(1, end // 365 + 1)
    firsts = [d for d in whole if d.day == 1 and d.month % step == 0]
    if len(firsts) < 2:  # a scenario of a few weeks
        firsts = whole[:: max(1, end // 6)]
    ax.set_xticks([days_until(scenario, d) for d in firsts], [f"{d.day} {d:%b}" for d in firsts])
    years = f"{calendar.start.year}"
    if calendar.horizon.year != calendar.start.year:
        years += f" to {calendar.horizon.year}"
    return f"date, {years}"


def deadline_and_summit(ax: Axes, scenario: Scenario) -> None:
    """Mark the day the truce runs out and the window of the summit, named above the axes."""
    calendar = scenario.calendar
    above = ax.get_xaxis_transform()
    look = {"transform": above, "va": "bottom", "fontsize": TEXT - 1, "color": INK}
    if calendar.truce_expires is not None:
        day = days_until(scenario, calendar.truce_expires)
        ax.axvline(day, color=INK, linewidth=1.2, linestyle=(0, (4, 2)), zorder=1.5, gid="deadline")
        comes = phrases(scenario).comes.removeprefix("the ")
        ax.text(day, 1.01, comes, ha="center" if day > 12 else "left", **look)  # type: ignore[arg-type]
    if calendar.summit_from is not None and calendar.summit_to is not None:
        first = days_until(scenario, calendar.summit_from)
        last = days_until(scenario, calendar.summit_to) + 1
        ax.axvspan(first, last, facecolor="#f1f1f1", linewidth=0, zorder=0.5, gid="summit")
        for day in (first, last):
            ax.axvline(day, color=MUTED, linewidth=0.9, linestyle=(0, (1, 1.5)), zorder=2.5)
        ax.text((first + last) / 2, 1.01, "summit window", ha="center", **look)  # type: ignore[arg-type]
