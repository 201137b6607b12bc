"""How the first deadline ends: even, paid for by whom and with what, a deal before it, a lapse."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from negotiation.plots.endings import fill
from negotiation.plots.style import (
    INK,
    MUTED,
    SIDE_COLOUR,
    TEXT,
    canvas,
    finish,
    house,
    probability_axis,
    rows,
)
from negotiation.words.numbers import brief, odds_text
from negotiation.words.parties import by_seat
from negotiation.words.scene import full_date

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from negotiation.analysis.extension_split import ExtensionSplit
    from negotiation.estimates import Estimate
    from negotiation.scenario import Scenario

EVEN = {"facecolor": "#bdbdbd", "edgecolor": INK}
LENGTH = {"facecolor": "white", "edgecolor": INK, "hatch": ".."}
HATCH = {"us": "", "china": "//"}
SEEN = 0.0005  # of the runs: an issue that pays more rarely has no row of its own


class Bar(NamedTuple):
    """A row of the picture."""

    name: str
    share: Estimate
    look: dict[str, Any]


def bars_of(split: ExtensionSplit, scenario: Scenario) -> tuple[list[Bar], list[Bar]]:
    """Return the rows: how the deadline ends, then how long extensions are agreed for."""
    found = [
        Bar("a deal before it", split.ends["deal"], fill("working_deal")),
        Bar("extended on even terms", split.ends["even"], EVEN),
    ]
    for side, hatch in HATCH.items():
        look = {"facecolor": SIDE_COLOUR[side], "edgecolor": INK, "hatch": hatch}
        paid = sorted(split.paid_with[side].items(), key=lambda item: -item[1].p)
        if not any(estimate.p >= SEEN for _, estimate in paid):
            paid = [("", split.ends[f"{side}_pays"])]
        for issue, estimate in paid:
            if estimate.p < SEEN and issue:
                continue
            name = f"{by_seat(scenario)[side].short} pays" + (
                f": {scenario.issues[issue].name}" if issue else ""
            )
            found.append(Bar(name, estimate, look))
    found.append(Bar("no agreement: the truce lapses", split.ends["lapse"], fill("lapse")))
    lengths = [
        Bar(f"of the extensions: {days:g} days", estimate, LENGTH)
        for days, estimate in split.lengths.items()
    ]
    return found, lengths


def describe_split(split: ExtensionSplit, scenario: Scenario) -> str:
    """Return the picture in words: every row with its interval."""
    found, lengths = bars_of(split, scenario)
    pays = "; ".join(
        f"{by_seat(scenario)[side].title} pays for it in {odds_text(split.ends[f'{side}_pays'])}"
        for side in split.paid_with
    )
    parts = "; ".join(f"{bar.name} {odds_text(bar.share)}" for bar in (*found, *lengths))
    return f"{title(scenario)}, over {split.runs:,} runs of this model: {parts}. In all {pays}."


def title(scenario: Scenario) -> str:
    """Return what is drawn."""
    expires = scenario.calendar.truce_expires
    assert expires is not None  # there is a split
    return f"How the deadline of {full_date(expires)} ends"


@house()
def extension_split(split: ExtensionSplit, scenario: Scenario, *, ax: Axes | None = None) -> Axes:
    """Draw how the first deadline ends, who pays for the extension with what, and how long it is.

    Parameters
    ----------
    split : ExtensionSplit
        From ``negotiation.analysis.extension_split.extension_split``.
    scenario : Scenario
        For the date and the names of the issues.
    ax : matplotlib Axes, optional

    Examples
    --------
    >>> import negotiation as ng
    >>> from negotiation.analysis import extension_split as analysis
    >>> from negotiation.ensemble import Ensemble
    >>> scenario = ng.Scenario.load("stockholm-three-issues")
    >>> runs = Ensemble(scenario).rows(seed=1, first=0, count=100)
    >>> ax = extension_split(analysis.extension_split(runs, scenario), scenario)
    >>> ax.get_yticklabels()[1].get_text()
    'extended on even terms'
    """
    found, lengths = bars_of(split, scenario)
    shown = [*found, *lengths]
    ax = canvas(ax, 1.6 + 0.42 * len(shown))
    inside = ax.get_yaxis_transform()
    for k, bar in enumerate(shown):
        y, share = len(shown) - 1 - k, bar.share
        ax.barh(y, share.p, height=0.6, **bar.look)
        ax.plot(
            (share.low, share.high), (y, y), color=INK, linewidth=1.4, marker="|", markersize=8,
            zorder=4, gid="95%", clip_on=False,
        )  # fmt: skip
        ax.text(
            1.03, y, brief(share.p), transform=inside, va="center", fontsize=TEXT,
            fontweight="bold",
        )  # fmt: skip
    label = probability_axis(ax, "x", "share of runs, with its 95% interval")
    rows(ax, [bar.name for bar in shown])
    if lengths:
        ax.axhline(len(lengths) - 0.5, color=MUTED, linewidth=0.9)
    words = describe_split(split, scenario)
    return finish(
        ax, words, title=f"{title(scenario)} ({split.runs:,} runs)", x=label, scenario=scenario
    )
