"""How the offers close in on each other: a fan of many runs, with a few real ones over it.

The gap between the two standing offers is what both sides would give up together if each
took the other's offer instead of its own, at what each package is worth to it then. It is zero
from the day on which one side says yes.

References
----------
Hullman, Resnick and Adar 2015, "Hypothetical Outcome Plots Outperform Error Bars and Violin
Plots", doi:10.1371/journal.pone.0142444: draws that could have happened are read better than
summaries, hence the runs over the fan.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from negotiation.errors import InputError, OutOfRange, counted
from negotiation.plots.calendar import date_axis, deadline_and_summit
from negotiation.plots.style import INK, canvas, finish, grid, house, key_below
from negotiation.words.numbers import readable
from negotiation.words.outcomes import ending_label
from negotiation.words.scene import measured

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from negotiation.talks import Talks

BANDS = ((0.025, 0.975, "#cfdbe6", "95% of runs"), (0.25, 0.75, "#8fabc2", "50% of runs"))
SHADES = ("#004D40", "#7B1FA2", "#5D4037", "#212121", "#00838F")
DASHES: Any = ("-", (0, (5, 1.5)), (0, (1.5, 1.2)), (0, (6, 1.5, 1.5, 1.5)), (0, (3, 3)))


class Gaps(NamedTuple):
    """The gap between the standing offers of many runs.

    Attributes
    ----------
    day : ndarray, shape (T,)
        Days since the scenario's first day.
    gap : ndarray, shape (R, T)
        $bn per year; nan until both sides have made an offer.
    """

    day: np.ndarray
    gap: np.ndarray


def standing_gaps(talks: Sequence[Talks]) -> Gaps:
    """Return the gap between the standing offers, tick by tick.

    Parameters
    ----------
    talks : sequence of Talks
        Runs of one scenario.

    Raises
    ------
    InputError
        If there are none, or they are of different scenarios.

    Examples
    --------
    >>> import negotiation as ng
    >>> scenario = ng.Scenario.load("split-the-pie")
    >>> gaps = standing_gaps([ng.run(scenario, seed=1, run=i) for i in range(3)])
    >>> gaps.gap.shape == (3, len(gaps.day))
    True
    """
    if len(talks) == 0:
        raise InputError("talks: there are no runs; allowed: at least one.")
    scenario = talks[0].scenario
    if len({run.scenario.fingerprint for run in talks}) > 1:
        raise InputError("talks: the runs are of different scenarios; allowed: one.")
    end = (scenario.calendar.horizon - scenario.calendar.start).days
    day = np.append(np.arange(0.0, end - 1e-9, float(scenario.clock.tick_days.value)), float(end))
    gap = np.full((len(talks), len(day)), np.nan)
    for r, run in enumerate(talks):
        worth: dict[int, list[float]] = {}
        for event in run.events:
            if event.kind != "offer" or event.side is None:
                continue
            worth[event.side] = event.detail["worth"]
            later = day >= event.day - 1e-9
            if event.detail["accepted"]:
                gap[r, later] = 0.0
                break
            if len(worth) == 2:
                gap[r, later] = worth[0][0] - worth[1][0] + worth[1][1] - worth[0][1]
    return Gaps(day, gap)


def most_have_offers(gap: np.ndarray) -> np.ndarray:
    """Return on which days most runs have offers to compare, or have agreed; shape (T,).

    Before that only the runs that agreed at once have a gap, and they are not typical of all.
    """
    return np.asarray(np.isfinite(gap).mean(axis=0) > 0.5)


def describe_gap(talks: Sequence[Talks]) -> str:
    """Return the fan in words: the median gap at the first and last day, and the agreements."""
    day, gap = standing_gaps(talks)
    open_days = np.flatnonzero(most_have_offers(gap))
    if len(open_days) == 0:
        over = counted(len(talks), "run")
        return f"Over {over} of this model both sides never had an offer on the table."
    parts = []
    for k in (open_days[0], open_days[-1]):
        low, middle, high = np.nanquantile(gap[:, k], [0.025, 0.5, 0.975])
        parts.append(
            f"on day {day[k]:.0f} the median is {readable(middle)} "
            f"(95% of runs {readable(low)} to {readable(high)}) {measured(talks[0].scenario)}"
        )
    agreed = int((gap[:, -1] == 0.0).sum())
    return (
        f"Gap between the standing offers over {counted(len(talks), 'run')} of this model: "
        f"{'; '.join(parts)}. "
        f"In {agreed} of {counted(len(talks), 'run')} an offer was accepted."
    )


@house()
def gap(talks: Sequence[Talks], *, examples: int = 3, ax: Axes | None = None) -> Axes:
    """Draw the gap between the two standing offers over time.

    Parameters
    ----------
    talks : sequence of Talks
        Runs of one scenario; a hundred or more make a smooth fan.
    examples : int
        How many of the first runs to draw over the fan, at most 5.
    ax : matplotlib Axes, optional

    Examples
    --------
    >>> import negotiation as ng
    >>> scenario = ng.Scenario.load("split-the-pie")
    >>> ax = gap([ng.run(scenario, seed=1, run=i) for i in range(20)])
    >>> ax.get_ylabel()
    'gap between the standing offers, $bn per year'
    """
    if not 0 <= examples <= len(DASHES):
        raise OutOfRange("examples", examples, f"0 to {len(DASHES)}")
    day, gaps = standing_gaps(talks)
    ax = canvas(ax, 4.6)
    known = most_have_offers(gaps)
    shown = np.where(known, gaps, 0.0)
    for low, high, colour, label in BANDS:
        ends = np.nanquantile(shown, [low, high], axis=0)
        ax.fill_between(
            day, ends[0], ends[1], where=known, step="post", color=colour, linewidth=0, label=label
        )  # fmt: skip
    middle = np.where(known, np.nanquantile(shown, 0.5, axis=0), np.nan)
    ax.step(day, middle, where="post", color=INK, linewidth=2.2, label="median", gid="median")
    for k, run in enumerate(talks[:examples]):
        ax.step(
            day, gaps[k], where="post", color=SHADES[k], linestyle=DASHES[k], linewidth=1.3,
            label=f"run {run.run}: {ending_label(run.outcome)}", gid=f"run {run.run}",
        )  # fmt: skip
    scenario = talks[0].scenario
    label = date_axis(ax, scenario)
    ax.set_ylim(bottom=min(0.0, float(np.nanmin(shown))))
    deadline_and_summit(ax, scenario)
    grid(ax, "y")
    key_below(ax, ncols=3, numpoints=1)
    return finish(
        ax, describe_gap(talks), x=label,
        y=f"gap between the standing offers, {measured(scenario)}",
        title=f"How the offers close in ({counted(len(talks), 'run')}, in this model)", pad=22,
        scenario=scenario,
    )  # fmt: skip
