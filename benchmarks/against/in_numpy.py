"""An exchange of offers over one issue, with all runs side by side in NumPy's arrays.

The same rules as :mod:`negotiation.rules`, for scenarios that are as small as ``split-the-pie``:
one issue that the US concedes, private stances of the US, rounds on regular dates, accepted offers
signed at once, strategies that watch the clock. What such a scenario has no use for is left out:
news, steps, deadlines, leaders, groups at home, readings of the other's tone (all types ask for the
same), and the days after the signature. So is what is the same in all runs, such as the share that
a side holds out for. A run's random numbers are those of :mod:`negotiation.randomness`.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from negotiation import randomness as rnd
from negotiation.ensemble import Ensemble
from negotiation.tactics.time_dependent import polynomial

US, CHINA = 0, 1
MIDDLE = 1  # the one stance of China
TYPES_OF_A_STANCE = 4  # see negotiation/payoffs/types.py

# As shipped all runs of split-the-pie are alike. Here the US has a private stance, and choices are
# noisy, so that runs part ways.
PARTING = {
    "us.precision": 10.0, "china.precision": 10.0, "us.patience": 0.8, "china.patience": 0.8,
    "us.types.stance": [0.0, 0.5, 1.0], "us.types.stance_prior": [0.25, 0.5, 0.25],
    "issues.pie.protection": 1.0,
}  # fmt: skip

Array = np.ndarray


# Random numbers ---------------------------------------------------------------------------------


def mix(z: Array) -> Array:
    """Scramble 64 bits, as :func:`negotiation.randomness.mix`."""
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


def keys_of(seed: int, runs: Array) -> Array:
    """Return the keys of runs."""
    first = mix(np.array([seed], np.uint64) + rnd.GOLDEN)
    return mix(first + runs.astype(np.uint64) * rnd.RUN_STEP)


def uniform(keys: Array, slot: int) -> Array:
    """Return draw ``slot`` of every run."""
    bits = mix(keys + np.array([slot], np.uint64) * rnd.GOLDEN)
    return ((bits >> np.uint64(12)) + 0.5) * (1.0 / 4503599627370496.0)


# What is the same in all runs -------------------------------------------------------------------


class Pie(NamedTuple):
    """The numbers of such a scenario; what has two entries is by side."""

    every: float  # days from one round to the next
    end: float  # the last day
    kappa: Array
    beta: Array
    prior: Array  # of the stances of the US
    stance: Array  # (2, 3)
    alpha: Array  # conceding z is worth (alpha + stance slope) z + bend z^2 / 2
    slope: Array
    bend: Array
    agreement: Array
    floor: Array  # the least that a side signs for
    ideal: Array
    precision: Array
    wait: Array  # discount factor from one round to the next

    def held(self, side: int, turn: int) -> float:
        """Return the share of its ideal that a side holds out for in a round."""
        time = min(turn * self.every / self.end, 1.0)
        return min(max(polynomial(time, self.kappa[side], self.beta[side]), 0.0), 1.0)

    def worth(self, side: int, z: Array) -> Array:
        """Return what ``z`` is worth to the stances of a side, $bn a year, shape (3, runs)."""
        fixed = self.alpha[side] * z + self.bend[side] * (0.5 * z * z) + self.agreement[side]
        return fixed + self.stance[side, :, None] * (self.slope[side] * z)


def pie_of(ensemble: Ensemble) -> Pie:
    """Return the numbers of a scenario that has been made ready."""
    talks, world, stakes = ensemble.table.first_day().each
    return Pie(
        float(world.talks_every_days), float(world.day_horizon),
        world.settings[:, 1], world.settings[:, 0],
        talks.beliefs[US, : 3 * TYPES_OF_A_STANCE : TYPES_OF_A_STANCE], world.stance,
        stakes.alpha[:, 0], stakes.beta[:, 0], stakes.bend_alpha[:, 0],
        talks.agreement, world.reservation, talks.ideal[:, 0], world.precision, talks.wait,
    )  # fmt: skip


# What differs -----------------------------------------------------------------------------------


class Open(NamedTuple):
    """The runs that have signed nothing yet, in the last place of every array."""

    run: Array
    stance: Array  # (2, runs)
    shock: Array  # (2, runs): what each side makes of any offer
    belief: Array  # (3, runs): about the stance of the US
    low: Array  # (3, runs): between which probabilities its shock lies, by its answers so far
    high: Array

    def but(self, some: Array) -> Open:
        """Return those that are not among ``some``."""
        return Open(*(array[..., ~some] for array in self))


class Endings(NamedTuple):
    """What came of the runs: the day of the signature, -1 without one, what was signed, gains."""

    day: Array
    z: Array
    gain: Array  # (2, runs), $bn a year
    stance: Array  # of the US


def open_runs(pie: Pie, seed: int, first: int, count: int) -> Open:
    """Return runs on their first day."""
    keys = keys_of(seed, np.arange(first, first + count))
    u = uniform(keys, rnd.TYPE)
    us = (u >= pie.prior[0]).astype(int) + (u >= pie.prior[0] + pie.prior[1])
    moods = [uniform(keys, int(rnd.ACCEPT) + side) for side in (US, CHINA)]
    return Open(
        np.arange(count), np.array([us, np.full(count, MIDDLE)]),
        np.array([np.log(u / (1.0 - u)) for u in moods]),
        np.repeat(pie.prior[:, None], count, 1), np.zeros((3, count)), np.ones((3, count)),
    )  # fmt: skip


def play(pie: Pie, seed: int, first: int, count: int) -> Endings:
    """Play a range of runs."""
    now = open_runs(pie, seed, first, count)
    found = Endings(np.full(count, -1.0), np.zeros(count), np.zeros((2, count)), now.stance[US])
    turn = 0
    while turn * pie.every <= pie.end and len(now.run):
        side, other = turn % 2, 1 - turn % 2
        z = offer(pie, now, side, turn)
        bar = bars(pie, other, z, turn)
        taken = now.shock[other] >= of_each(bar, now.stance[other])
        if other == US:
            now = learn(now, bar, taken)
        own = pie.worth(side, z)
        stands = of_each(own, now.stance[side]) >= pie.floor[side]
        if side == US and (withdrawn := taken & ~stands).any():
            now = rule_out(pie, now, own, withdrawn)
        if (signed := taken & stands).any():
            at = now.run[signed]
            found.day[at], found.z[at] = turn * pie.every, z[signed]
            for who in (US, CHINA):
                worth = pie.worth(who, z[signed])
                found.gain[who, at] = of_each(worth, now.stance[who, signed])
            now = now.but(signed)
        turn += 1
    return found


def of_each(by_stance: Array, stance: Array) -> Array:
    """Return the entries of the runs' own stances."""
    return by_stance[stance, np.arange(len(stance))]


def offer(pie: Pie, now: Open, side: int, turn: int) -> Array:
    """Return what a side offers: what it believes to be worth to it what it holds out for."""
    start = np.full(len(now.run), pie.agreement[side] - pie.floor[side])
    start -= pie.held(side, turn) * (pie.ideal[side] - pie.floor[side])
    if side == US:
        believed = now.belief[0] * pie.stance[US, 0] + now.belief[1] * pie.stance[US, 1]
        believed += now.belief[2] * pie.stance[US, 2]
    else:
        believed = pie.stance[CHINA, MIDDLE]
    half = 0.5 * pie.bend[side]
    whole = pie.alpha[side] + believed * pie.slope[side] + half
    if side == US:
        return between_ends(start, start + whole, half)
    return 1.0 - between_ends(start + whole, start, half)


def between_ends(start: Array, end: Array, bend: float) -> Array:
    """Return where a parabola that is ``start`` at 0 and ``end`` at 1 falls to zero."""
    slope = end - start - bend
    root = np.sqrt(np.maximum(slope * slope - 4.0 * bend * start, 0.0))
    return np.clip(2.0 * start / (root - slope), 0.0, 1.0)


def bars(pie: Pie, side: int, z: Array, turn: int) -> Array:
    """Return the shock from which on each stance of a side takes ``z``."""
    floor, worth = pie.floor[side], pie.worth(side, z)
    later = floor + pie.held(side, turn + 1) * max(pie.ideal[side] - floor, 0.0)
    bar = pie.precision[side] * (max(pie.wait[side] * later, floor) - worth)
    return np.where(worth >= floor, bar, np.inf)


def learn(now: Open, bar: Array, taken: Array) -> Open:
    """Return the runs with what an answer of the US has said about its stance."""
    p = np.clip(1.0 / (1.0 + np.exp(-bar)), now.low, now.high)
    room = now.high - now.low
    below = np.divide(p - now.low, room, out=np.ones_like(p), where=room > 0.0)
    belief = now.belief * np.where(taken, 1.0 - below, below)
    return now._replace(
        belief=belief / belief.sum(0), low=np.where(taken, p, now.low),
        high=np.where(taken, now.high, p),
    )  # fmt: skip


def rule_out(pie: Pie, now: Open, own: Array, withdrawn: Array) -> Open:
    """Return the runs without the stances that would have stood by what the US has withdrawn."""
    belief = np.where(withdrawn & (own >= pie.floor[US]), 0.0, now.belief)
    return now._replace(belief=belief / belief.sum(0))
