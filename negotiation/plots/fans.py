"""Tariff and trade week by week, as fans: the middle of the runs, half of them, 80% of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from negotiation.plots.calendar import date_axis, deadline_and_summit
from negotiation.plots.style import INK, MUTED, TEXT, canvas, finish, grid, house, key_below
from negotiation.words.numbers import percent
from negotiation.words.parties import parties
from negotiation.words.scene import full_date

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from negotiation.analysis.tariff_paths import TariffPaths
    from negotiation.scenario import Scenario

PLACES = (0.1, 0.25, 0.5, 0.75, 0.9)
EDGES = "#9ecae1", "#4292c6"  # of 80% and of half of the runs: light and dark also in grey print
EMBARGO = 20.0  # % of the trade of the truce: a fall by 80% is a de facto embargo
TARIFF, TRADE = "tariff", "trade"


def about(what: str, scenario: Scenario) -> str:
    """Return what a fan shows, the sides by the scenario's own names.

    Examples
    --------
    >>> from negotiation.scenario import Scenario
    >>> about(TARIFF, Scenario.load("stockholm-2025"))
    'US tariff on Chinese goods'
    """
    first, second = parties(scenario)
    if what == TARIFF:
        return f"{first.adjective} tariff on {second.adjective} goods"
    return f"{first.short}-{second.short} goods trade"


def describe_fan(paths: TariffPaths, what: str, scenario: Scenario) -> str:
    """Return a fan in words: its ends, and how often the extremes are met."""
    values, unit = values_of(paths, what)
    low, _, middle, _, high = np.quantile(values[:, -1], PLACES)
    start = float(np.median(values[:, 0]))
    text = (
        f"{about(what, scenario)} in {len(values):,} runs of this model: {start:.0f}{unit} on the "
        f"first day, on {full_date(scenario.calendar.horizon)} {middle:.0f}{unit} in the middle "
        f"of the runs, {low:.0f} to {high:.0f}{unit} in 80% of them, {values[:, -1].min():.0f} to "
        f"{values[:, -1].max():.0f}{unit} in all."
    )
    if what == TARIFF:
        return f"{text} The first day: {layers_in_words(paths)}."
    deep = float((values.min(axis=1) <= EMBARGO).mean())
    return f"{text} A fall by 80%, a de facto embargo, comes in {percent(deep)} of the runs."


def values_of(paths: TariffPaths, what: str) -> tuple[np.ndarray, str]:
    """Return the numbers of a fan, shape (runs, weeks), and what stands behind each."""
    return (paths.tariff, "%") if what == TARIFF else (100.0 * paths.trade, "% of the truce's")


def layers_in_words(paths: TariffPaths) -> str:
    """Return the tariff of the first day as a sum of its named layers."""
    parts = [f"{points:g} {name}" for name, points in paths.layers.items()]
    return f"{sum(paths.layers.values()):g}% = {' + '.join(parts)}"


@house()
def tariff_path(paths: TariffPaths, scenario: Scenario, *, ax: Axes | None = None) -> Axes:
    """Draw the US tariff on Chinese goods week by week, over all runs.

    Parameters
    ----------
    paths : TariffPaths
        From ``negotiation.analysis.tariff_paths.tariff_paths``.
    scenario : Scenario
        For the dates.
    ax : matplotlib Axes, optional

    Examples
    --------
    >>> import negotiation as ng
    >>> from negotiation.analysis.tariff_paths import tariff_paths
    >>> scenario = ng.Scenario.load("stockholm-three-issues")
    >>> ax = tariff_path(tariff_paths(scenario, runs=8), scenario)
    >>> ax.get_ylabel()
    '% of the price at the border, in this model'
    """
    return fan(paths, TARIFF, scenario, ax, note=layers_in_words(paths))


@house()
def trade_path(paths: TariffPaths, scenario: Scenario, *, ax: Axes | None = None) -> Axes:
    """Draw the goods trade of the two sides week by week, over all runs.

    Parameters
    ----------
    paths : TariffPaths
        From ``negotiation.analysis.tariff_paths.tariff_paths``.
    scenario : Scenario
        For the dates.
    ax : matplotlib Axes, optional

    Examples
    --------
    >>> import negotiation as ng
    >>> from negotiation.analysis.tariff_paths import tariff_paths
    >>> scenario = ng.Scenario.load("stockholm-three-issues")
    >>> ax = trade_path(tariff_paths(scenario, runs=8), scenario)
    >>> float(ax.get_ylim()[0])
    0.0
    """
    return fan(paths, TRADE, scenario, ax)


def fan(paths: TariffPaths, what: str, scenario: Scenario, ax: Axes | None, note: str = "") -> Axes:
    """Draw a fan, and below the date axis what it is made of."""
    values, _ = values_of(paths, what)
    ax = canvas(ax, 4.6)
    label = date_axis(ax, scenario)
    deadline_and_summit(ax, scenario)
    low, q25, middle, q75, high = np.quantile(values, PLACES, axis=0)
    days = paths.days
    ax.fill_between(
        days, low, high, color=EDGES[0], linewidth=0, label="80% of the runs", gid="80%"
    )
    ax.fill_between(
        days, q25, q75, color=EDGES[1], linewidth=0, label="half of the runs", gid="50%"
    )
    ax.plot(days, middle, color=INK, linewidth=2.0, label="middle of the runs", gid="median")
    worst = values.max(axis=0) if what == TARIFF else values.min(axis=0)
    name = "highest of all" if what == TARIFF else "lowest of all"
    ax.plot(days, worst, color=MUTED, linewidth=1.0, linestyle=(0, (3, 2)), label=name, gid="end")
    ax.set_ylim(0.0, 1.05 * float(values.max()))
    if what == TRADE:
        ax.axhline(EMBARGO, color=INK, linewidth=0.9, linestyle=(0, (1, 1.5)), gid="embargo")
        ax.text(
            0.2 * days[-1], EMBARGO - 1.0, "a fall by 80%: a de facto embargo", fontsize=TEXT - 1,
            color=INK, va="top",
        )  # fmt: skip
    grid(ax, "y")
    label = f"{label}\n{note}" if note else label
    key_below(ax, label, ncols=4)
    behind = "% of the trade of the truce" if what == TRADE else "% of the price at the border"
    return finish(
        ax, describe_fan(paths, what, scenario),
        title=f"{about(what, scenario)} ({len(values):,} runs)", x=label,
        y=f"{behind}, in this model", pad=22, scenario=scenario,
    )  # fmt: skip
