"""Pictures of the scores and of what was learned: who forecast best, what the record changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from negotiation.cli.skill_text import LABELS
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
)
from negotiation.words.numbers import percent

if TYPE_CHECKING:
    from matplotlib.axes import Axes

WAYS = {"dispute": ("without its dispute", "o", 0.13), "forward": ("from its past", "D", -0.13)}


@house()
def skill(found: dict[str, Any], *, ax: Axes | None = None) -> Axes:
    """Draw the Brier score of every forecaster with its interval, both ways out of sample.

    Parameters
    ----------
    found : dict
        From :func:`negotiation.skill.past.past`.
    ax : matplotlib Axes, optional
    """
    ax = canvas(ax, 3.6)
    said = []
    names = [*found["scores"]["first"]["dispute"]["scores"]]
    for way, (label, marker, shift) in WAYS.items():
        scores = found["scores"]["first"][way]["scores"]
        for k, name in enumerate(names):
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
                f"{LABELS[name]} {label} {mean['value']:.2f} ({mean['low']:.2f} to "
                f"{mean['high']:.2f})"
            )
        ax.plot([], [], marker, color=MUTED, linestyle="none", label=f"each {label}")
    ax.axvline(0.8, color=FAINT, linewidth=1.5, zorder=1)
    ax.text(0.805, -0.62, "a fifth each", fontsize=TEXT - 2, color=MUTED, va="center")
    ax.set_yticks(range(len(names)), [LABELS[name] for name in names])
    ax.set_ylim(len(names) - 0.5, -0.85)
    ax.set_xlim(0, 2)
    grid(ax, "x")
    key_below(ax, ncols=2, numpoints=1)
    n, worth = found["n"], found["effective_disputes"]
    alt = f"Brier scores, lower is better, n = {n}: " + "; ".join(said) + "."
    return finish(
        ax,
        alt,
        title=f"{n} decisions of {found['disputes']} disputes, worth {worth:.0f} of equal size",
        x="Brier score over five outcomes (0 to 2, lower is better), 95% interval over disputes",
    )


@house()
def learned(found: dict[str, Any], *, ax: Axes | None = None) -> Axes:
    """Draw prior and posterior of every parameter on the scale of its prior."""
    entries = found["parameters"]
    n, disputes = found["decisions"], found["disputes"]
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
        title=f"What {n} decisions of {disputes} disputes teach about each parameter",
        x="prior standard deviations from the prior mean",
    )
