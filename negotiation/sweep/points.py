"""Play at chosen points instead of drawn ones: the uncertain numbers and what the first day draws.

A run's randomness has two parts. What is drawn once and persists (the uncertain numbers, the
private types, the persistent moods, the date of the summit) is a point in a unit cube of moderate
dimension; what happens from week to week (news, steps, noise) is not. Choosing the point, rather
than drawing it, is what sensitivity analysis needs. An entry that is NaN is drawn as in any other
run.
"""

from __future__ import annotations

import math

import numpy as np

from negotiation.compiling import compiled
from negotiation.ensemble import UNKEPT, Ensemble
from negotiation.outcome import ROW, STATE_OF_REGIME, write_row
from negotiation.payoffs.stakes import Stakes
from negotiation.payoffs.world import Numbers
from negotiation.randomness import world_key_of
from negotiation.records import Array, Draws
from negotiation.rules.innovations import keep_innovations
from negotiation.rules.play import play
from negotiation.rules.state import State
from negotiation.rules.worth import refresh_expectations
from negotiation.solvers.quantiles import LAST, at_place
from negotiation.table import Records, draw_numbers, open_run, weigh

# What the first day draws, after the uncertain numbers, in the order of a point's last entries.
OPENING = (
    "stance.us", "stance.china", "trait.us", "trait.china", "resolve.us", "resolve.china",
    "accept_shock.us", "accept_shock.china", "attend_shock.us", "attend_shock.china",
    "sign_shock.us", "sign_shock.china", "home_shock.us", "home_shock.china", "summit_day",
)  # fmt: skip


@compiled
def open_at(talks: State, world: Numbers, stakes: Stakes, u: Array) -> None:
    """Set what the first day drew to the quantiles ``u``, where they are given."""
    for side in range(2):
        if not math.isnan(u[side]):
            dove, middle = world.stance_prior[side, 0], world.stance_prior[side, 1]
            talks.stance[side] = 0 if u[side] < dove else 1 if u[side] < dove + middle else 2
        if not math.isnan(u[2 + side]):
            talks.trait[side] = 1 if u[2 + side] < world.trait_prior[side] else 0
        if not math.isnan(u[4 + side]):
            talks.resolve[side] = 1 if u[4 + side] < world.resolve_prior[side] else 0
        if not math.isnan(u[6 + side]):
            talks.accept_shock[side] = math.log(u[6 + side] / (1.0 - u[6 + side]))
        if not math.isnan(u[8 + side]):
            talks.attend_shock[side] = math.log(u[8 + side] / (1.0 - u[8 + side]))
        if not math.isnan(u[10 + side]):
            talks.sign_shock[side] = math.log(u[10 + side] / (1.0 - u[10 + side]))
        if not math.isnan(u[12 + side]):
            talks.home_shock[side] = math.log(u[12 + side] / (1.0 - u[12 + side]))
    if not math.isnan(u[14]) and world.day_summit_from < math.inf:
        width = world.day_summit_to - world.day_summit_from
        talks.summit_day = world.day_summit_from + width * u[14]
    refresh_expectations(talks, world, stakes)


@compiled
def place(numbers: Array, draws: Draws, u: Array) -> None:
    """Set the uncertain numbers to their quantiles ``u``, where they are given."""
    positions, _, kinds, scales, tables, _ = draws
    for j in range(positions.shape[0]):
        if not math.isnan(u[j]):
            numbers[positions[j]] = at_place(kinds[j], scales[j], tables[j], u[j] * LAST)


@compiled
def play_points(
    records: Records, state_of_regime: Array, seed: int, first: int, stride: int,
    runs_per_point: int, points: Array, rows: Array, innovations: Array,
) -> None:  # fmt: skip
    """Play ``runs_per_point`` runs at every point; point p begins at run ``first + p stride``.

    Innovations are written as far as there is room.
    """
    talks, world, stakes = records.talks[0], records.world[0], records.stakes[0]
    uncertain = records.draws[0].shape[0]
    for p in range(points.shape[0]):
        u = points[p]
        chance = False
        for j in range(uncertain):
            chance = chance or math.isnan(u[j])
        for i in range(runs_per_point):
            run = first + p * stride + i
            if i == 0 or chance:
                key = world_key_of(seed, run)
                if chance:
                    draw_numbers(records, key)
                place(records.numbers, records.draws, u)
                weigh(records, key)
            open_run(records, seed, run)
            open_at(talks, world, stakes, u[uncertain:])
            play(talks, world, stakes, records.watch[0])
            row = p * runs_per_point + i
            write_row(talks, run, rows[row], state_of_regime)
            keep_innovations(talks, world, row, innovations)


def dimensions(ensemble: Ensemble) -> tuple[str, ...]:
    """Return what the entries of a point are: uncertain numbers by path, then the first day."""
    return (*ensemble.table.world.paths, *OPENING)


def play_at(
    ensemble: Ensemble,
    points: np.ndarray,
    *,
    seed: int,
    first: int = 0,
    runs_per_point: int = 1,
    common: bool = False,
    innovations: np.ndarray = UNKEPT,
) -> np.ndarray:
    """Play at points of the unit cube.

    Parameters
    ----------
    ensemble : Ensemble
    points : ndarray, shape (P, D)
        Quantiles, one column for each of :func:`dimensions`; NaN where drawn as usual.
    seed, first : int
        Address of the first run; the week-to-week randomness is that of the runs from there.
    runs_per_point : int
        Runs at every point.
    common : bool
        Whether every point plays the same runs (so that points are compared in pairs) or its own.
    innovations : ndarray, shape (P * runs_per_point, INNOVATIONS), optional
        Where those of each run are written. Their means are zero where moods are drawn as usual.

    Returns
    -------
    ndarray of ``outcome.ROW``, shape (P * runs_per_point,)
    """
    rows = np.zeros(len(points) * runs_per_point, ROW)
    play_points(
        ensemble.table.records(), STATE_OF_REGIME,
        seed, first, 0 if common else runs_per_point, runs_per_point,
        np.ascontiguousarray(points, dtype=float), rows, innovations,
    )  # fmt: skip
    return rows
