"""How likely is each ending? The picture of ``negotiation odds``.

Three views of one estimate: the two headline odds, the five endings as bars, and fifty dots.
A thick mark is the interval that more runs would narrow, a thin line the interval that only
knowing the uncertain numbers would narrow.

Fifty dots are odds as a count of runs, for readers who do not think in probabilities; with them
they decide nearly as well as if they knew the distribution.

References
----------
Fernandes, Walls, Munson, Hullman and Kay 2018, "Uncertainty Displays Using Quantile Dotplots or
CDFs Improve Transit Decision-Making", doi:10.1145/3173574.3173718.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from negotiation.analysis.odds_result import HEADLINES, UNKNOWN
from negotiation.plots.distributions import describe_gains, gains
from negotiation.plots.endings import ENDINGS, fill
from negotiation.plots.style import (
    INK,
    MUTED,
    TEXT,
    WIDTH,
    canvas,
    finish,
    grid,
    head,
    house,
    in_words,
    key_below,
    new_figure,
    probability_axis,
)
from negotiation.words import outcomes
from negotiation.words.language import data, in_list, joined, marked, tr, trc, trn
from negotiation.words.numbers import brief, interval, percent, short, width
from negotiation.words.outcomes import ending_label, endings, outcome_label
from negotiation.words.scene import capital, full_date

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

    from negotiation.analysis.odds_result import Odds
    from negotiation.estimates import Estimate
    from negotiation.scenario import Scenario

BAR = 0.62
Interval = tuple[float, float]
CHANCE = marked("95% over runs (sampling error)")
IGNORANCE = marked("range: 95% as the uncertain assumptions vary")
_THICK = {"color": INK, "linewidth": 9.0, "solid_capstyle": "butt"}
_THIN = {"color": INK, "linewidth": 1.1, "marker": "|", "markersize": 9.0}
PANELS = ("headlines", "endings", "dots", "gains")
DOTS = 50
COLUMNS = 10


def describe_odds(
    result: Odds, *, scenario: Scenario | None = None, changed: Sequence[str] | None = None
) -> str:
    """Return the odds of a scenario in words, every number of the picture included."""
    lines = [in_words(title(result, scenario), result.changed if changed is None else changed)]
    lines.append(trn("In this model, over {n} run:", "In this model, over {n} runs:", result.runs))
    for event, words in asked(scenario).items():
        estimate, over_numbers = result.events[event], result.parameter_interval[event]
        told = tr("{event} {odds}", event=words, odds=estimated(estimate, over_numbers))
        lines.append(tr("{this}.", this=told))
    ends = possible(result, scenario)
    parts = [
        tr(
            "{event} {odds}", event=label,
            odds=estimated(result.at_horizon[name], result.horizon_interval[name]),
        )
        for name, label in ends.items()
    ]  # fmt: skip
    lines.append(tr("{heading}: {parts}.", heading=heading(scenario), parts=in_list(parts)))
    shares = {name: float(result.at_horizon[name].p) for name in ends}
    lines.append(describe_dots(shares, scenario))
    if result.gains:
        lines.append(describe_gains(result, scenario))
    return joined(*lines)


def estimated(estimate: Estimate, over_numbers: tuple[float, float]) -> str:
    """Return an estimate with both intervals, to the digit that the runs allow."""
    odds, over_runs = percent(*estimate), interval(estimate.low, estimate.high)
    if over_numbers[0] < over_numbers[1]:
        return tr(
            "{odds} ({runs} over runs, {numbers} over the uncertain numbers)",
            odds=odds, runs=over_runs, numbers=interval(*over_numbers),
        )  # fmt: skip
    return tr("{odds} ({runs} over runs)", odds=odds, runs=over_runs)


def title(result: Odds, scenario: Scenario | None) -> str:
    """Return the scenario's title, or its name where only the name is known."""
    if scenario is not None:
        return data(scenario.title)
    return tr("Scenario {name}.", name=result.scenario)


def asked(scenario: Scenario | None) -> dict[str, str]:
    """Return the events of the headlines in words, with their dates where these are known."""
    if scenario is None:
        return {event: capital(outcome_label(event)) for event in HEADLINES}
    return outcomes.headlines(scenario)


@house()
def odds(
    result: Odds,
    *,
    scenario: Scenario | None = None,
    changed: Sequence[str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw how likely each ending is.

    Parameters
    ----------
    result : Odds
        From ``negotiation.odds``.
    scenario : Scenario, optional
        For its title and its dates.
    changed : sequence of str, optional
        What to say below the title; what the scenario sets otherwise than the shipped one if not
        given.
    ax : matplotlib Axes, optional
        Draw the bars alone, here. Without it a figure is made of headlines, bars and dots.

    Returns
    -------
    matplotlib Axes
        Those of the bars; the others are ``ax.figure.axes``.

    Examples
    --------
    >>> import negotiation as ng
    >>> result = ng.odds(ng.Scenario.load("split-the-pie"), runs=100, seed=1)
    >>> ax = odds(result)
    >>> [panel.get_label() for panel in ax.figure.axes]
    ['headlines', 'endings', 'dots', 'gains']
    """
    changed = result.changed if changed is None else changed
    if ax is not None:
        return bars(result, scenario, ax, changed)
    wide = 0.0 if not result.gains else 2.6
    figure = new_figure(WIDTH, 8.0 + wide)
    heights = [2.3, 4.4, 2.5, *[wide] * bool(wide)]
    grid_spec = figure.add_gridspec(len(heights), 1, height_ratios=heights, hspace=0.06)
    top, middle, bottom, *rest = (figure.add_subplot(grid_spec[k]) for k in range(len(heights)))
    for panel, name in zip((top, middle, bottom, *rest), PANELS, strict=False):
        panel.set_label(name)
    headlines(result, scenario, top)
    fifty_dots({name: float(e.p) for name, e in result.at_horizon.items()}, ax=bottom)
    if rest:
        gains(result, scenario=scenario, ax=rest[0])
    head(middle, title(result, scenario), changed)
    return bars(result, scenario, middle, changed)


def headlines(result: Odds, scenario: Scenario | None, ax: Axes) -> Axes:
    """Draw the two odds that everyone asks for, large."""
    ax = canvas(ax, 2.0)
    shown = asked(scenario)
    for y, event in enumerate(reversed(shown)):
        estimate = result.events[event]
        look = fill(event) if event in ENDINGS else {"facecolor": "#bdbdbd", "edgecolor": INK}
        row(ax, y, estimate, result.parameter_interval[event], {**look, "height": 0.34})
        ax.text(0.0, y + 0.25, shown[event], va="bottom", fontsize=TEXT + 1)
        beside(ax, 1.03, y + 0.12, brief(estimate.p), fontsize=2.2 * TEXT, fontweight="bold")
        if known(result):
            over = varying(result, event, result.parameter_interval[event])
            beside(ax, 1.035, y - 0.24, over, fontsize=TEXT - 1, color=MUTED)
    probability_axis(ax, "x")
    ax.set_ylim(-0.35, len(shown) - 0.25)
    ax.set_yticks([])
    ax.spines[["left", "bottom"]].set_visible(False)
    ax.tick_params(axis="x", length=0, labelbottom=False)
    grid(ax, "x")
    words = describe_odds(result, scenario=scenario).partition(heading(scenario))[0].rstrip()
    return finish(ax, words, title=tr("Headline odds, in this model"))


def bars(result: Odds, scenario: Scenario | None, ax: Axes, changed: Sequence[str]) -> Axes:
    """Draw the endings that are possible as bars with both intervals."""
    names = possible(result, scenario)
    ax = canvas(ax, 1.5 + 0.5 * len(names))
    heights = dict(zip(names, range(len(names) - 1, -1, -1), strict=True))
    for name, y in heights.items():
        estimate, over_numbers = result.at_horizon[name], result.horizon_interval[name]
        row(ax, y, estimate, over_numbers, {**fill(name), "height": BAR})
        beside(ax, 1.03, y, brief(estimate.p), fontsize=TEXT + 1, fontweight="bold")
        if known(result):
            over = varying(result, f"{outcomes.HORIZON}{name}", over_numbers)
            beside(ax, 1.155, y, over, fontsize=TEXT - 1, color=MUTED)
    if known(result):
        beside(ax, 1.155, len(names) - 0.48, tr("range"), fontsize=TEXT - 1, color=MUTED)
    ax.set_yticks(list(heights.values()), list(names.values()))
    ax.tick_params(axis="y", length=0, labelsize=TEXT)
    ax.set_ylim(-0.55, len(names) - 0.3)
    grid(ax, "x")
    key_below(ax, handles=keys(known(result)), ncols=2)
    label = probability_axis(ax, "x")
    top = trn(
        "{heading}, over {n} run (seed {seed})", "{heading}, over {n} runs (seed {seed})",
        result.runs, heading=heading(scenario), seed=result.seed,
    )  # fmt: skip
    words = describe_odds(result, scenario=scenario, changed=changed)
    return finish(ax, words, title=top, x=label)


def possible(result: Odds, scenario: Scenario | None) -> dict[str, str]:
    """Return the labels of the endings that a scenario leaves a way to; all of one not known."""
    names = result.at_horizon if scenario is None else endings(scenario)
    return {name: ending_label(name, scenario) for name in names}


def heading(scenario: Scenario | None) -> str:
    """Return what the endings are about: where things stand on the last day."""
    if scenario is None:
        return tr("Where things stand on the last day")
    return tr("Where things stand on {date}", date=full_date(scenario.calendar.horizon))


def known(result: Odds) -> bool:
    """Return whether the odds were compared over draws of the uncertain numbers."""
    return any(low < high for low, high in result.horizon_interval.values())


def varying(result: Odds, name: str, over_numbers: tuple[float, float]) -> str:
    """Return the interval over the uncertain numbers, or that none was seen, in little room."""
    return short(width(over_numbers, result.ends_error.get(name, UNKNOWN)))


def beside(ax: Axes, x: float, y: float, text: str, **look: Any) -> None:
    """Write to the right of the axes, at height ``y``."""
    ax.text(x, y, text, transform=ax.get_yaxis_transform(), va="center", **look)


def row(
    ax: Axes,
    y: float,
    estimate: Estimate,
    over_numbers: tuple[float, float],
    look: dict[str, object],
) -> None:
    """Draw one bar with its intervals; the thin one only where there is one."""
    ax.barh(y, float(estimate.p), **look)  # type: ignore[arg-type]
    if over_numbers[0] < over_numbers[1]:
        thin(ax, y, over_numbers)
    thick(ax, y, (estimate.low, estimate.high))


def thick(ax: Axes, y: float, interval: Interval) -> None:
    """Draw the interval over runs at height ``y``."""
    ax.plot(interval, (y, y), gid="chance", zorder=4, clip_on=False, **_THICK)  # type: ignore[arg-type]


def thin(ax: Axes, y: float, interval: Interval) -> None:
    """Draw the interval over the uncertain numbers at height ``y``."""
    ax.plot(interval, (y, y), gid="ignorance", zorder=3, clip_on=False, **_THIN)  # type: ignore[arg-type]


def keys(ignorance: bool) -> list[Line2D]:
    """Return the entries of a legend; the thin one only where it was drawn."""
    from matplotlib.lines import Line2D

    entries = [Line2D([], [], label=tr(CHANCE), **_THICK)]  # type: ignore[arg-type]
    if ignorance:
        entries.append(Line2D([], [], label=tr(IGNORANCE), **_THIN))  # type: ignore[arg-type]
    return entries


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


def describe_dots(shares: Mapping[str, float], scenario: Scenario | None = None) -> str:
    """Return the dots in words."""
    parts = [
        tr("{n} {ending}", n=n, ending=ending_label(name, scenario))
        for name, n in share_out(shares).items()
    ]
    listed = trc("between groups", ", ").join(parts)
    return tr("Of {n} dots, each 2% of the runs: {parts}.", n=DOTS, parts=listed)


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
            x, y, s=120, marker=look.marker, color=look.colour, edgecolors=INK, linewidths=0.7,
            gid=name,
        )  # fmt: skip
        height = (len(counts) - 1 - row) * (rows - 1) / max(len(counts) - 1, 1)
        ax.scatter(
            COLUMNS + 1.0, height, s=90, marker=look.marker, color=look.colour, edgecolors=INK,
            linewidths=0.7, gid="key",
        )  # fmt: skip
        label = ending_label(name)
        if count == 0 < shares[name]:
            few = brief(shares[name])
            label = tr("{ending} ({share}: too few for a dot)", ending=label, share=few)
        ax.text(COLUMNS + 2.8, height, f"{count}", va="center", ha="right", fontweight="bold")
        ax.text(COLUMNS + 3.1, height, label, va="center", fontsize=TEXT - 0.5)
    ax.set_xlim(-0.6, 2.25 * COLUMNS)
    ax.set_ylim(-0.6, rows - 0.4)
    ax.axis("off")
    return finish(ax, describe_dots(shares), title=tr("{n} dots: each is 2% of the runs", n=DOTS))
