"""What does each side gain? Fifty dots a side, each 2% of the runs, along the money."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from negotiation.plots.style import (
    INK,
    MUTED,
    SIDE_COLOUR,
    SIDE_MARKER,
    TEXT,
    canvas,
    finish,
    grid,
    house,
)
from negotiation.words.language import data, in_list, tr
from negotiation.words.numbers import readable_together
from negotiation.words.parties import by_seat, parties
from negotiation.words.scene import baseline, flows, full_date

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from negotiation.analysis.odds_result import Odds
    from negotiation.scenario import Scenario

BINS = 46  # side by side, as wide as a dot
APART = 9.0  # of the two sides, in dots, or more where the lower one's pile up higher
SIZE, FITS = 34.0, 36.0  # of a dot, where so many lie above each other at most


def about(scenario: Scenario | None) -> str:
    """Return which gains they are: until when, against what."""
    if scenario is None:
        return tr("Gains by the last day, $bn")
    filled = {"zero": baseline(scenario), "unit": data(scenario.unit)}
    if not flows(scenario.unit):
        return tr("Gains by what is signed against {zero}, {unit}", **filled)
    day = full_date(scenario.calendar.horizon)
    return tr("Gains by {day} against {zero}, {unit}", day=day, **filled)


def kind_of(scenario: Scenario | None) -> str:
    """Return which gains they are, as in ``tally.QUANTITIES``."""
    return "account" if scenario is None or flows(scenario.unit) else "yearly_gain"


def describe_gains(result: Odds, scenario: Scenario | None = None) -> str:
    """Return the gains in words: the average, and where 95% of the runs lie."""
    parts = []
    for side, party in by_seat(scenario).items():
        gain = result.gains[f"{kind_of(scenario)}.{side}"]
        mean, low, high = readable_together([gain.mean, *gain.range])
        parts.append(
            tr(
                "{side} {mean} on average, {low} to {high} in 95% of the runs",
                side=party.name, mean=mean, low=low, high=high,
            )
        )  # fmt: skip
    said = in_list(parts)
    return tr("{heading}: {parts}.", heading=about(scenario), parts=said)


@house()
def gains(result: Odds, *, scenario: Scenario | None = None, ax: Axes | None = None) -> Axes:
    """Draw what each side gains by the last day, a dot for each 2% of the runs.

    In a unit that is no money, what it gains by what is signed.

    Parameters
    ----------
    result : Odds
        From ``negotiation.odds``.
    scenario : Scenario, optional
        For the last day and what gains are counted against.
    ax : matplotlib Axes, optional

    Examples
    --------
    >>> import negotiation as ng
    >>> ax = gains(ng.odds("split-the-pie", runs=100, worlds=0))
    >>> sum(len(dots.get_offsets()) for dots in ax.collections if dots.get_gid() == "us")
    50
    """
    ax = canvas(ax, 2.6)
    kind = kind_of(scenario)
    spread = {
        side: np.array(result.gains[f"{kind}.{side}"].quantiles) for side in by_seat(scenario)
    }
    everything = np.concatenate(list(spread.values()))
    width = max(float(np.ptp(everything)), 1e-9) / BINS
    places = {
        side: np.round((values - everything.min()) / width).astype(int)
        for side, values in spread.items()
    }
    upper, lower = (int(np.bincount(place).max()) for place in places.values())
    apart = max(APART, lower + 2.0)
    size = SIZE * min(1.0, FITS / (apart + upper)) ** 2
    for row, (side, place) in enumerate(places.items()):
        height = [int((place[:k] == p).sum()) for k, p in enumerate(place)]  # sorted: they pile up
        floor = apart * (1 - row)
        ax.scatter(
            everything.min() + place * width, floor + np.array(height), s=size, gid=side,
            color=SIDE_COLOUR[side], marker=SIDE_MARKER[side], edgecolors=INK, linewidths=0.5,
        )  # fmt: skip
        mean = result.gains[f"{kind}.{side}"].mean
        ax.plot((mean, mean), (floor - 1.2, floor - 0.6), color=INK, linewidth=2.0, gid="mean")
    ax.axvline(0.0, color=MUTED, linewidth=0.9, zorder=0.5)
    ax.set_yticks([apart, 0.0], [side.title for side in parties(scenario)])
    ax.tick_params(axis="y", length=0, labelsize=TEXT)
    ax.set_ylim(-1.6, None)
    ax.spines["left"].set_visible(False)
    grid(ax, "x")
    label = tr("{gains}, in this model (stroke: average)", gains=about(scenario))
    title = tr("What each side gains: a dot is 2% of the runs")
    return finish(ax, describe_gains(result, scenario), title=title, x=label)
