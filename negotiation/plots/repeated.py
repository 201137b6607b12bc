"""What can patience sustain? The payoffs of a repeated game, and those that both would keep to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from negotiation.plots.style import FAINT, INK, MUTED, canvas, finish, house, key_below
from negotiation.seats import SEATS
from negotiation.theory.folk_theorems import FolkTheorem
from negotiation.words.numbers import readable
from negotiation.words.parties import player
from negotiation.words.scene import unit_between

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from negotiation.theory.solution import Pair

SUSTAINED = "#009E73"


def describe_folk_theorem(
    found: FolkTheorem, marks: Mapping[str, Pair], players: tuple[str, str]
) -> str:
    """Return the sets of payoffs in words, every corner included."""
    first, second = (player(name).title for name in players)
    parts = [
        f"Payoffs a round to ({first}, {second}). Feasible: {_corners(found.feasible)}",
        f"each can be held down to {_corners([found.minmax])}",
        f"sustainable by patient players: {_corners(found.sustainable)}",
        *(f"{name}: {_corners([point])}" for name, point in marks.items()),
    ]
    return "; ".join(parts) + "."


def _corners(points: object) -> str:
    return ", ".join(f"({readable(float(x))}, {readable(float(y))})" for x, y in points)  # type: ignore[attr-defined]


@house()
def folk_theorem(
    found: FolkTheorem, *, marks: Mapping[str, Pair] | None = None,
    players: tuple[str, str] = SEATS, unit: str | None = None, ax: Axes | None = None,
) -> Axes:  # fmt: skip
    """Draw the payoffs of a repeated game, and those that patient players can sustain.

    Parameters
    ----------
    found : FolkTheorem
        From ``negotiation.theory.folk_theorem``.
    marks : mapping of str to (float, float), optional
        Payoffs to mark, such as those of matches.
    players : tuple of str
        Names, row player first.
    unit : str, optional
        Of the payoffs.
    ax : matplotlib Axes, optional

    Examples
    --------
    >>> from negotiation import theory
    >>> dilemma = [[3, 0], [5, 1]], [[3, 5], [0, 1]]
    >>> kept = theory.repeated_match(*dilemma, "tit-for-tat", "grim").payoffs
    >>> ax = folk_theorem(theory.folk_theorem(*dilemma), marks={"tit-for-tat and grim": kept})
    >>> ax.get_xlabel()
    'United States, $bn a round'
    """
    marks = dict(marks or {})
    ax = canvas(ax, 6.0)
    for name, corners, colour in (
        ("feasible", found.feasible, FAINT),
        ("sustainable by the patient", found.sustainable, SUSTAINED),
    ):
        ax.fill(
            *corners.T, facecolor=colour, edgecolor=INK, linewidth=1.4, alpha=0.55, label=name,
            gid=name.partition(" ")[0],
        )  # fmt: skip
    look = {"color": MUTED, "linewidth": 1.0, "linestyle": (0, (2, 2))}
    ax.axvline(found.minmax[0], label="held down to (minmax)", **look)  # type: ignore[arg-type]
    ax.axhline(found.minmax[1], **look)  # type: ignore[arg-type]
    ax.plot(*found.feasible.T, "o", color=INK, markersize=5)
    for k, (name, point) in enumerate(marks.items()):
        ax.plot(
            *point, marker="XPsD^v"[k % 6], color="white", markeredgecolor=INK, markersize=10,
            linestyle="none", label=name, gid=f"mark {k}", zorder=5,
        )  # fmt: skip
    ax.margins(0.08)
    key_below(ax, ncols=2, numpoints=1)
    first, second = (player(name).title for name in players)
    unit = unit_between(players, unit) or "payoff"
    return finish(
        ax, describe_folk_theorem(found, marks, players),
        title="What patience can sustain",
        x=f"{first}, {unit} a round", y=f"{second}, {unit} a round",
    )  # fmt: skip
