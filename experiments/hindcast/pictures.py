"""Pictures of the scores: who forecast best, were they right, what the data changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from negotiation.plots.style import (
    FAINT,
    INK,
    MUTED,
    SIDE_COLOUR,
    TEXT,
    canvas,
    finish,
    grid,
    house,
    key_below,
    probability_axis,
)
from negotiation.words.numbers import brief, percent
from negotiation.words.outcomes import FORECASTERS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

ROOM = 0.08  # share of the axis that a label needs above its bar
WAYS = {"leave_one_out": ("without itself", "o", 0.13), "forward": ("from its past", "D", -0.13)}


@house()
def skill(found: dict[str, Any], *, ax: Axes | None = None) -> Axes:
    """Draw the Brier score of every forecaster with its interval, both ways out of sample.

    Parameters
    ----------
    found : dict
        A calibration, see :mod:`negotiation.hindcast.calibrate`.
    ax : matplotlib Axes, optional
    """
    ax = canvas(ax, 3.6)
    said = []
    for way, (label, marker, shift) in WAYS.items():
        scores = found["scores"][way]
        for k, name in enumerate(FORECASTERS):
            mean = scores[name]["brier"]
            y = k - shift
            ax.plot((mean["low"], mean["high"]), (y, y), color=INK, linewidth=1.1, zorder=3)
            ax.plot(
                [mean["value"]],
                [y],
                marker,
                color=SIDE_COLOUR["us"] if name == "model" else MUTED,
                markersize=7,
                zorder=4,
                linestyle="none",
            )
            said.append(
                f"{FORECASTERS[name]} {label} {mean['value']:.2f} ({mean['low']:.2f} to "
                f"{mean['high']:.2f})"
            )
        ax.plot([], [], marker, color=MUTED, linestyle="none", label=f"each {label}")
    ax.axvline(0.75, color=FAINT, linewidth=1.5, zorder=1)
    ax.text(0.755, -0.62, "a quarter each", fontsize=TEXT - 2, color=MUTED, va="center")
    ax.set_yticks(range(len(FORECASTERS)), list(FORECASTERS.values()))
    ax.set_ylim(len(FORECASTERS) - 0.5, -0.85)
    ax.set_xlim(0, 2)
    grid(ax, "x")
    key_below(ax, ncols=2, numpoints=1)
    n, worth = found["scores"]["forward"]["n"], found["effective_episodes"]
    alt = f"Brier scores, lower is better, n = {n}: " + "; ".join(said) + "."
    return finish(
        ax,
        alt,
        title=f"{n} decisions, worth about {worth:.0f} independent ones",
        x="Brier score over four codes (0 to 2, lower is better), 95% interval",
    )


@house()
def reliability(
    found: dict[str, Any], way: str = "leave_one_out", *, ax: Axes | None = None
) -> Axes:
    """Draw how often codes came true against the probability that they were given."""
    points, n = found["scores"][way]["reliability"], found["scores"][way]["n"]
    worth = found["effective_episodes"]
    ax = canvas(ax, 5.0, 6.0)
    ax.plot((0, 1), (0, 1), color=FAINT, linewidth=1.5, zorder=1)
    for p in points:
        ax.plot((p["forecast"],) * 2, (p["low"], p["high"]), color=INK, linewidth=1.1, zorder=2)
        ax.plot(p["forecast"], p["came_true"], "o", color=SIDE_COLOUR["us"], markersize=8, zorder=3)
        above = p["high"] < 1 - ROOM
        ax.annotate(
            f"n = {p['cases']}",
            (p["forecast"], p["high"] if above else p["low"]),
            xytext=(0, 3 if above else -3),
            textcoords="offset points",
            ha="center",
            va="bottom" if above else "top",
            fontsize=TEXT - 2,
            color=MUTED,
        )
    x = probability_axis(ax, "x", "probability given")
    probability_axis(ax, "y")
    ax.set_ylim(-0.03, 1.03)  # points at the ends are whole
    grid(ax, "y")
    said = "; ".join(
        f"given {brief(p['forecast'])} came true {brief(p['came_true'])} of {p['cases']}"
        for p in points
    )
    return finish(
        ax,
        f"Reliability of {4 * n} probabilities, four for each of {n} decisions: {said}. Points on "
        "the diagonal are right. Bars are 95% intervals as if all cases were independent, which "
        f"they are not: the decisions are worth about {worth:.0f}.",
        title=f"{4 * n} probabilities of {n} decisions, worth about {worth:.0f}",
        x=f"mean {x}",
        y="share that came true, 95% as if independent",
    )


@house()
def learned(found: dict[str, Any], *, ax: Axes | None = None) -> Axes:
    """Draw prior and posterior of every parameter on the scale of its prior."""
    entries = found["parameters"]
    n, worth = len(found["learned_from"]), found["effective_episodes"]
    ax = canvas(ax, 0.42 * len(entries) + 1.4)
    said = []
    for k, (name, entry) in enumerate(entries.items()):
        prior, after = entry["prior"], entry["posterior"]

        def scaled(x: float, prior: dict[str, float] = prior) -> float:
            return (x - prior["mean"]) / prior["sd"]

        ends = [scaled(prior[end]) for end in ("p5", "p95")]
        ax.plot(ends, (k, k), color=FAINT, linewidth=8, solid_capstyle="butt", zorder=1)
        ends = [scaled(after[end]) for end in ("p5", "p95")]
        ax.plot(ends, (k, k), color=SIDE_COLOUR["us"], linewidth=2, zorder=2)
        ax.plot(scaled(after["mean"]), k, "o", color=SIDE_COLOUR["us"], markersize=6, zorder=3)
        said.append(f"{name} {percent(entry['contraction'])} narrower, moved {entry['shift']:+.2f}")
    ax.plot([], [], color=FAINT, linewidth=8, label="prior, 90%")
    ax.plot([], [], "o-", color=SIDE_COLOUR["us"], linewidth=2, label="posterior, mean and 90%")
    ax.set_yticks(range(len(entries)), [name.replace("_", " ") for name in entries])
    ax.set_ylim(len(entries) - 0.4, -0.6)
    grid(ax, "x")
    key_below(ax, ncols=2)
    return finish(
        ax,
        f"Posterior after {n} decisions against prior, in prior standard deviations: "
        + "; ".join(said)
        + ".",
        title=f"What {n} decisions, worth about {worth:.0f}, teach about each parameter",
        x="prior standard deviations from the prior mean",
    )
