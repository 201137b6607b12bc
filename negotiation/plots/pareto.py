"""Whether one negotiation was efficient, and whether it was fair: the Pareto picture.

Each offer is a point: what it is truly worth to the United States (across) and to China (up).
Above the frontier nothing can be reached; below it something was left on the table. Neither
side sees the true frontier: both draft their offers on the one that they expect.

References
----------
Raiffa 1982, *The Art and Science of Negotiation*, ch. 11.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from negotiation.plots.style import (
    INK,
    MUTED,
    SIDE_COLOUR,
    SIDE_MARKER,
    canvas,
    finish,
    house,
    key_below,
)
from negotiation.seats import SEATS as SIDES
from negotiation.theory.bargaining_solutions import nash_solution
from negotiation.words.language import in_list, joined, tr, trc
from negotiation.words.numbers import readable
from negotiation.words.parties import by_seat, parties
from negotiation.words.scene import measure

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from negotiation.scenario import Scenario
    from negotiation.talks import Talks

POINTS = 801
BETWEEN = 32  # points at least across the frontier


class Offer(NamedTuple):
    """An offer: by whom, what it is worth to (US, China) in $bn per year, and the answer."""

    side: str
    worth: tuple[float, float]
    accepted: bool


class Picture(NamedTuple):
    """A run as points, worth to (US, China) in $bn per year over the truce, nothing hidden.

    Attributes
    ----------
    frontier, expected : ndarray, shape (points, 2)
        Worth of efficient packages, and of those that look efficient on the first day, at what
        they are expected to be worth then.
    walk_away, nash : tuple of float
        Reservation values; the Nash solution on the frontier.
    offers : list of Offer
        In order.
    signed : tuple of float or None
        What was signed.
    """

    frontier: np.ndarray
    expected: np.ndarray
    walk_away: tuple[float, float]
    nash: tuple[float, float]
    offers: list[Offer]
    signed: tuple[float, float] | None


class Ground(NamedTuple):
    """What a run is played on, nothing hidden: the fields of `Picture`, and the worth of packages.

    ``worth`` takes a package and returns what it is worth to (US, China).
    """

    frontier: np.ndarray
    expected: np.ndarray
    walk_away: tuple[float, float]
    nash: tuple[float, float]
    worth: Callable[[Any], tuple[float, float]]


def ground_of(scenario: Scenario, seed: int, run: int, *, points: int = POINTS) -> Ground:
    """Return what a run is played on, from the model's own rules at the state of its first day."""
    from negotiation.rules.beliefs import type_index
    from negotiation.rules.frontier import expected_value, package_at
    from negotiation.rules.worth import refresh_expectations
    from negotiation.table import Table

    now, world, stakes = Table(scenario).opened(seed=seed, run=run).each

    def worth(package: Any) -> tuple[float, float]:
        slots = np.zeros_like(now.offer[0])
        slots[: len(package)] = package
        us, china = (float(expected_value(now, world, side, slots)) for side in range(2))
        return us, china

    def frontier() -> np.ndarray:
        z = np.zeros_like(now.offer[0])
        packages = []
        for weight in np.linspace(0.0, 1.0, points):
            package_at(now, world, 0, weight, z)
            packages.append(z.copy())
        return filled(packages, worth)

    expected = frontier()
    now.beliefs[:] = 0.0
    for side in range(2):  # from here on both know the other's type
        now.beliefs[side, type_index(now, side)] = 1.0
    refresh_expectations(now, world, stakes)
    true = frontier()
    walk_away = (float(world.reservation[0]), float(world.reservation[1]))
    nash = nash_solution(true, disagreement=walk_away).utilities
    return Ground(true, expected, walk_away, nash, worth)


def filled(packages: list[np.ndarray], worth: Callable[[Any], tuple[float, float]]) -> np.ndarray:
    """Return what packages along the frontier are worth, with those between two far ones too.

    Where worth is linear in a term, one weight of the two sides after another finds the same
    package, and then the term is given whole. What lies between is efficient as well: both are
    best for the weight at which that happens, and worth is concave.

    Examples
    --------
    >>> ends = [np.array([0.0]), np.array([1.0])]
    >>> found = filled(ends, lambda z: (1.0 - z[0], z[0]))
    >>> len(found), found[len(found) // 2].tolist()
    (33, [0.5, 0.5])
    """
    different = {z.tobytes(): z for z in packages}  # where worth is linear there are few
    each = {key: worth(z) for key, z in different.items()}
    known = np.array([each[z.tobytes()] for z in packages])
    span = np.maximum(known.max(axis=0) - known.min(axis=0), 1e-12)
    found = [known[0]]
    for k in range(1, len(packages)):
        gap = float(np.abs((known[k] - known[k - 1]) / span).max())
        if gap > 2.0 / BETWEEN:
            between = np.linspace(0.0, 1.0, 2 * math.ceil(gap * BETWEEN / 2.0) + 1)[1:-1]
            a, b = packages[k - 1], packages[k]
            found += [np.array(worth((1.0 - x) * a + x * b)) for x in between]
        found.append(known[k])
    return np.array(found)


def picture_of(talks: Talks) -> Picture:
    """Return a run as points."""
    ground = ground_of(talks.scenario, talks.seed, talks.run)
    offers = [
        Offer(SIDES[event.side], ground.worth(event.detail["package"]), event.detail["accepted"])
        for event in talks.events
        if event.kind == "offer" and event.side is not None
    ]
    signed = ground.worth(list(talks.package.values())) if talks.package else None
    return Picture(*ground[:4], offers, signed)


def describe_path(talks: Talks, whose: str | None = None, drawn: Picture | None = None) -> str:
    """Return the run in words: its offers, its end, and what would have been fair.

    Where a person decided for a side, ``whose`` is what that is called: no run of a seed then.
    ``drawn`` is the run as points, where that is there already.
    """
    drawn = drawn or picture_of(talks)
    names = by_seat(talks.scenario)
    made = {"n": len(drawn.offers)}
    parts = [
        tr("Run {run} of seed {seed} made {n} offers", run=talks.run, seed=talks.seed, **made)
        if whose is None
        else tr("A game in which a person decided for {side} made {n} offers", side=whose, **made)
    ]
    if drawn.offers:
        first, last = drawn.offers[0], drawn.offers[-1]
        parts.append(
            tr(
                "from {first} by {side} to {last} by {other}",
                first=pair(first.worth), side=names[first.side].title,
                last=pair(last.worth), other=names[last.side].title,
            )
        )  # fmt: skip
    parts.append(tr("walk-away values {pair}", pair=pair(drawn.walk_away)))
    parts.append(
        tr("signed: worth {pair}", pair=pair(drawn.signed))
        if drawn.signed
        else tr("nothing was signed")
    )
    parts.append(tr("the Nash solution would be {pair}", pair=pair(drawn.nash)))
    whom = trc("between groups", ", ").join(side.short for side in parties(talks.scenario))
    return joined(
        tr("{this}.", this=in_list(parts)),
        tr("Worth to ({whom}), {unit}.", whom=whom, unit=measure(talks.scenario)),
    )


def pair(worth: Any) -> str:
    """Return a point in words."""
    return f"({readable(float(worth[0]))}, {readable(float(worth[1]))})"


@house()
def path(talks: Talks, *, whose: str | None = None, ax: Axes | None = None) -> Axes:
    """Draw the offers of one run against the frontier of what both could reach.

    Parameters
    ----------
    talks : Talks
        From ``negotiation.run``.
    whose : str, optional
        What the side is called for which a person decided, if one did.
    ax : matplotlib Axes, optional

    Notes
    -----
    Points are what a package is worth once both sides' types are known, which neither side
    knew then. The dashed frontier is what both expected on the first day: offers are drafted
    on expectations, so they miss the true frontier by what was hidden.

    Examples
    --------
    >>> import negotiation as ng
    >>> ax = path(ng.run(ng.Scenario.load("split-the-pie"), seed=1))
    >>> ax.get_xlabel()
    'worth to the United States, $bn per year over no agreement'
    """
    ax = canvas(ax, 6.6)
    drawn = picture_of(talks)
    for name, curve, look in (
        (
            tr("frontier, with nothing hidden"),
            drawn.frontier,
            {"linewidth": 1.8, "gid": "frontier"},
        ),
        (tr("frontier as both expect it at the start"), drawn.expected, {"linestyle": (0, (5, 2))}),
    ):
        ax.plot(*curve.T, label=name, color=INK, **{"linewidth": 1.2, **look})  # type: ignore[arg-type]
    ax.axvline(drawn.walk_away[0], color=MUTED, linewidth=0.8, linestyle=(0, (2, 2)))
    ax.axhline(drawn.walk_away[1], color=MUTED, linewidth=0.8, linestyle=(0, (2, 2)))
    for name, label, point, marker in (
        ("walk-away point", tr("walk-away point"), drawn.walk_away, "P"),
        ("Nash solution", tr("Nash solution"), drawn.nash, "X"),
    ):
        ax.plot(
            *point, marker=marker, color="white", markeredgecolor=INK, markersize=9, gid=name,
            label=label, linestyle="none", zorder=5,
        )  # fmt: skip
    names = by_seat(talks.scenario)
    for side, party in names.items():
        mine = np.array([o.worth for o in drawn.offers if o.side == side]).reshape(-1, 2)
        ax.plot(
            *mine.T, marker=SIDE_MARKER[side], color=SIDE_COLOUR[side], markeredgecolor=INK,
            markersize=8, linewidth=1.4, label=tr("offers by {side}", side=party.brief),
            gid=f"offers {side}", zorder=4,
        )  # fmt: skip
    _number(ax, drawn.offers)
    if drawn.signed:
        ax.plot(
            *drawn.signed, marker="*", color="#009E73", markeredgecolor=INK, markersize=19,
            linestyle="none", label=tr("signed"), gid="signed", zorder=3.5,
        )  # fmt: skip
    points = [drawn.walk_away, drawn.nash, *([drawn.signed] if drawn.signed else [])]
    _limits(ax, [offer.worth for offer in drawn.offers], drawn.frontier, points)
    key_below(ax, ncols=2, numpoints=1)
    fate = tr("signed") if talks.package else tr("nothing signed")
    title = tr(
        "The offers of run {run} (seed {seed}): {fate}", run=talks.run, seed=talks.seed, fate=fate
    )
    if whose is not None:
        title = tr("Your offers for {side}, and theirs: {fate}", side=whose, fate=fate)
    x, y = (
        tr("worth to {side}, {unit}", side=names[side].name, unit=measure(talks.scenario))
        for side in SIDES
    )
    return finish(
        ax, describe_path(talks, whose, drawn), title=title, x=x, y=y, scenario=talks.scenario,
    )  # fmt: skip


def _number(ax: Axes, offers: list[Offer]) -> None:
    """Write the number of each side's first and last offer: more would overlap."""
    from matplotlib.patheffects import withStroke

    for side in SIDES:
        mine = [k for k, offer in enumerate(offers) if offer.side == side]
        for k in sorted({mine[0], mine[-1]} if mine else set()):
            ax.annotate(
                f"{k + 1}", offers[k].worth, xytext=(9, 12) if side == "china" else (-12, -15),
                textcoords="offset points", fontweight="bold", zorder=7,
                path_effects=[withStroke(linewidth=3, foreground="white")],
            )  # fmt: skip


def _limits(ax: Axes, offers: list[Any], curve: np.ndarray, points: list[Any]) -> None:
    """Show the offers and the part of the frontier that both could live with, not its far ends."""
    low = np.min([*offers, *points, (0.0, 0.0)], axis=0)
    useful = curve[(curve >= low).all(axis=1)]
    high = np.max([*offers, *points, *useful], axis=0)
    pad = 0.07 * np.maximum(high - low, 1e-9)
    ax.set_xlim(low[0] - pad[0], high[0] + pad[0])
    ax.set_ylim(low[1] - pad[1], high[1] + pad[1])
