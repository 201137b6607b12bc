"""The fear of a lapse as a waterfall: piece after piece, down to what no truce is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotiation.plots.style import (
    INK,
    MUTED,
    SIDE_COLOUR,
    TEXT,
    canvas,
    finish,
    grid,
    house,
    key_below,
    rows,
)
from negotiation.words.numbers import readable_together
from negotiation.words.parties import Party, by_seat
from negotiation.words.scene import full_date
from negotiation.words.standing import withheld

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from negotiation.analysis.fear_of_lapse import FearOfLapse
    from negotiation.scenario import Scenario

PIECE = {
    "other": "uncertainty and investment put off",
    "trade": "tariffs on trade",
    "rare_earths": "{withheld}: shortage, lost sales",
    "markets": "falling markets",
    "prospect": "the leaders' meeting put off",
    "meetings": "what crisis meetings ask, or fail",
}
WHOLE = "no truce, in all"
HATCH = {"us": "", "china": "//"}
HEIGHT = 0.34


def describe_fear(fear: FearOfLapse, scenario: Scenario | None = None) -> str:
    """Return the waterfall in words: every step of either side, and what it comes to."""
    parts = []
    for side, steps in fear.pieces.items():
        numbers = readable_together([*steps.values(), fear.worth[side]])
        names = pieces(scenario)
        told = [f"{names[piece]} {text}" for piece, text in zip(steps, numbers, strict=False)]
        lonely = readable_together([fear.without_meetings[side]])[0]
        parts.append(
            f"{by_seat(scenario)[side].title} {numbers[-1]}, of which {', '.join(told)} "
            f"(without crisis meetings {lonely})"
        )
    return f"{title(scenario)} in $bn against the truce, to an ordinary side: {'; '.join(parts)}."


def pieces(scenario: Scenario | None) -> dict[str, str]:
    """Return what the steps are called, by name."""
    return {name: text.format(withheld=withheld(scenario)) for name, text in PIECE.items()}


def title(scenario: Scenario | None) -> str:
    """Return what is drawn, with the day from which there would be no truce."""
    expires = None if scenario is None else scenario.calendar.truce_expires
    return "What a lapse is feared to cost" + (f" on {full_date(expires)}" if expires else "")


@house()
def fear_of_lapse(
    fear: FearOfLapse, *, scenario: Scenario | None = None, ax: Axes | None = None
) -> Axes:
    """Draw what no truce is worth at the first deadline and what it is made of, by side.

    Parameters
    ----------
    fear : FearOfLapse
        From ``negotiation.analysis.fear_of_lapse.fear_of_lapse``.
    scenario : Scenario, optional
        For the date.
    ax : matplotlib Axes, optional

    Examples
    --------
    >>> import negotiation as ng
    >>> from negotiation.analysis import fear_of_lapse as analysis
    >>> scenario = ng.Scenario.load("stockholm-three-issues")
    >>> ax = fear_of_lapse(analysis.fear_of_lapse(scenario), scenario=scenario)
    >>> ax.get_xlabel()
    '$bn against the truce, to an ordinary side, in this model'
    """
    names = [*pieces(scenario).values(), WHOLE]
    ax = canvas(ax, 2.1 + 0.55 * len(names))
    inside = ax.get_yaxis_transform()
    for place, (side, steps) in enumerate(fear.pieces.items()):
        look = {"facecolor": SIDE_COLOUR[side], "edgecolor": INK, "hatch": HATCH[side]}
        shift, so_far = 0.5 * HEIGHT * (1 - 2 * place), 0.0
        numbers = readable_together([*steps.values(), fear.worth[side]])
        for k, step in enumerate([*steps.values(), None]):
            y = len(names) - 1 - k + shift
            start, width = (0.0, fear.worth[side]) if step is None else (so_far, step)
            ax.barh(y, width, left=start, height=HEIGHT, linewidth=0.7, gid=side, **look)  # type: ignore[arg-type]
            if step is not None:
                so_far += step
                ax.plot(
                    (so_far, so_far), (y - 0.5 * HEIGHT, y - 1.0 + 0.5 * HEIGHT), color=MUTED,
                    linewidth=0.8, linestyle=(0, (2, 2)), zorder=0.6, gid="joint",
                )  # fmt: skip
            weight = "bold" if step is None else "normal"
            ax.text(
                1.03 + 0.11 * place, y - shift, numbers[k], transform=inside, va="center",
                ha="left", fontsize=TEXT, fontweight=weight,
            )  # fmt: skip
        head = by_seat(scenario)[side].short
        ax.text(
            1.03 + 0.11 * place, len(names) - 0.45, head, transform=inside, fontsize=TEXT - 1,
            color=MUTED,
        )  # fmt: skip
    ax.axvline(0.0, color=MUTED, linewidth=0.9, zorder=0.5)
    rows(ax, names)
    grid(ax, "x")
    handles = [_swatch(side, by_seat(scenario)[side]) for side in fear.pieces]
    key_below(ax, handles=handles, ncols=2)
    label = "$bn against the truce, to an ordinary side, in this model"
    words = describe_fear(fear, scenario)
    return finish(ax, words, title=title(scenario), x=label, scenario=scenario)


def _swatch(side: str, party: Party) -> object:
    """Return the entry of a side in the legend."""
    from matplotlib.patches import Patch

    colour, hatch = SIDE_COLOUR[side], HATCH[side]
    return Patch(facecolor=colour, edgecolor=INK, hatch=hatch, label=party.title)
