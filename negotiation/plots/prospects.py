"""What the leaders' meeting promises: issue by issue, to either side."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    key_below,
    rows,
)
from negotiation.words.numbers import brief, readable_together
from negotiation.words.parties import by_seat

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from negotiation.analysis.prospect_by_issue import ProspectByIssue
    from negotiation.scenario import Scenario

TITLE = "What a leaders' meeting promises"


def describe_prospect(prospect: ProspectByIssue, scenario: Scenario) -> str:
    """Return the picture in words: each issue's worth to both sides."""
    titles = {seat: side.title for seat, side in by_seat(scenario).items()}
    texts = iter(readable_together([x for row in prospect.gains.values() for x in row.values()]))
    parts = [
        f"{scenario.issues[name].name} {', '.join(f'{titles[s]} {next(texts)}' for s in gains)}"
        for name, gains in prospect.gains.items()
    ]
    worth = dict(zip(prospect.worth, readable_together([*prospect.worth.values()]), strict=True))
    over = ", ".join(f"{titles[side]} {text}" for side, text in worth.items())
    return (
        f"{TITLE}, $bn a year over the truce times the chance of a signature "
        f"({brief(prospect.signed)}), in this model: {'; '.join(parts)}. With all that a signature "
        f"brings and costs: {over}."
    )


@house()
def prospect_by_issue(
    prospect: ProspectByIssue, scenario: Scenario, *, ax: Axes | None = None
) -> Axes:
    """Draw what the leaders' meeting promises on the first day, issue by issue and side.

    Parameters
    ----------
    prospect : ProspectByIssue
        From ``negotiation.analysis.prospect_by_issue.prospect_by_issue``.
    scenario : Scenario
        For the names of the issues.
    ax : matplotlib Axes, optional

    Examples
    --------
    >>> import negotiation as ng
    >>> from negotiation.analysis import prospect_by_issue as analysis
    >>> scenario = ng.Scenario.load("stockholm-three-issues")
    >>> ax = prospect_by_issue(analysis.prospect_by_issue(scenario, draws=16), scenario)
    >>> ax.get_xlabel().partition(",")[0]
    '$bn a year over the truce'
    """
    issues = list(prospect.gains)
    ax = canvas(ax, 2.0 + 0.46 * len(issues))
    inside = ax.get_yaxis_transform()
    texts = iter(readable_together([x for row in prospect.gains.values() for x in row.values()]))
    for k, gains in enumerate(prospect.gains.values()):
        y = len(issues) - 1 - k
        for place, (side, gain) in enumerate(gains.items()):
            at = y + 0.15 * (1 - 2 * place)
            ax.plot(
                (0.0, gain),
                (at, at),
                color=SIDE_COLOUR[side],
                linewidth=4.0,
                zorder=2,
                solid_capstyle="butt",
            )
            ax.plot(
                gain, at, marker=SIDE_MARKER[side], color=SIDE_COLOUR[side], markersize=7,
                markeredgecolor=INK, markeredgewidth=0.7, linestyle="none", zorder=3, gid=side,
            )  # fmt: skip
            ax.text(
                1.03 + 0.11 * place, y, next(texts), transform=inside, va="center", fontsize=TEXT
            )
    sides = by_seat(scenario)
    for place, party in enumerate(sides.values()):
        ax.text(
            1.03 + 0.11 * place, len(issues) - 0.45, party.short, transform=inside,
            fontsize=TEXT - 1, color=MUTED,
        )  # fmt: skip
    ax.axvline(0.0, color=MUTED, linewidth=0.9, zorder=0.5)
    given = [f"{sides[scenario.issues[name].conceded_by].title} gives" for name in issues]
    rows(ax, [scenario.issues[name].name for name in issues], given)
    grid(ax, "x")
    chance = brief(prospect.signed)
    label = f"$bn a year over the truce, times the chance of a signature ({chance}),\nin this model"
    key_below(ax, label, handles=_keys(scenario), ncols=2)
    return finish(
        ax, describe_prospect(prospect, scenario), title=TITLE, x=label, scenario=scenario
    )


def _keys(scenario: Scenario) -> list[object]:
    """Return the legend: the two sides."""
    from matplotlib.lines import Line2D

    return [
        Line2D(
            [], [], color=SIDE_COLOUR[seat], linewidth=4.0, marker=SIDE_MARKER[seat],
            markersize=7, markeredgecolor=INK, label=side.title,
        )
        for seat, side in by_seat(scenario).items()
    ]  # fmt: skip
