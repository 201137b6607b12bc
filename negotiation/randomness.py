"""A run's random numbers, addressed rather than consumed.

Draw number *slot* of run *run* under *seed* is a pure function of the three, so a run is
the same run on any worker, in any chunk, in either driver, and one decision's draw never
shifts another's: change a rule and every other draw of the run stays where it was, which is
what makes two scenarios comparable run by run (common random numbers).

The generator is SplitMix64: a Weyl sequence passed through a 64-bit finaliser (Steele, Lea
and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014,
doi:10.1145/2660193.2660195; finaliser of Stafford, variant 13).
"""

from __future__ import annotations

import math

import numpy as np

from negotiation.compiling import compiled

GOLDEN = np.uint64(0x9E3779B97F4A7C15)
RUN_STEP = np.uint64(0xD1342543DE82EF95)
ONE_WAY = 4  # steps between the key of a run and that of the numbers of the same count

# Kinds of draws: each has its own 2**20 slots in a run. WORLD comes last, as its slots are hashes.
KIND = np.uint64(1 << 20)
TYPE, NEWS, PROVOKE, RESPOND, READING, ACCEPT, DEADLINE = (KIND * np.uint64(i) for i in range(1, 8))
BRANCH, CONCEDE, SUMMIT_DATE, ATTEND, SIGN, RATIFY, LAPSE, DELIVER, POWERS, TACTIC = (
    KIND * np.uint64(i) for i in range(8, 18)
)
DISPUTE, MEET, RESOLVE, WANTS, DUE = (KIND * np.uint64(i) for i in range(24, 29))
WORLD = np.uint64(1 << 40)


@compiled
def mix(z: np.uint64) -> np.uint64:
    """Scramble 64 bits (Stafford's variant 13).

    Examples
    --------
    >>> int(mix(np.uint64(1234567) + GOLDEN))
    6457827717110365317
    """
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


@compiled
def key_of(seed: int, run: int) -> np.uint64:
    """Return the key of run ``run`` under ``seed``.

    Numba hands Python a plain int: wrap it in ``np.uint64`` before passing it on.

    Examples
    --------
    >>> key_of(1, 0) != key_of(1, 1) != key_of(2, 0)
    True
    """
    return np.uint64(mix(mix(np.uint64(seed) + GOLDEN) + np.uint64(run) * RUN_STEP))


@compiled
def world_key_of(seed: int, world: int) -> np.uint64:
    """Return the key of the uncertain numbers of draw ``world`` under ``seed``.

    Whoever is shown a run's numbers can work out the key that they were drawn with, as `mix` can
    be undone. So they have a key of their own, from which that of the run, which makes types and
    luck, cannot be worked out: each step adds what went in to what comes out, the one-way
    construction of Davies and Meyer, and no way back is known but trying all.

    Examples
    --------
    >>> world_key_of(1, 0) != key_of(1, 0)
    True
    """
    z = np.uint64(key_of(seed, world))
    for step in range(ONE_WAY):
        z = z ^ mix(z + np.uint64(step + 1) * GOLDEN)
    return np.uint64(z)


@compiled
def uniform(key: np.uint64, slot: np.uint64) -> float:
    """Return draw ``slot`` of the run with ``key``, uniform on the open interval (0, 1).

    Examples
    --------
    >>> key = np.uint64(key_of(1, 0))
    >>> 0.0 < uniform(key, NEWS) < 1.0 and uniform(key, NEWS) == uniform(key, NEWS)
    True
    """
    bits = mix(key + np.uint64(slot) * GOLDEN)
    return (np.float64(bits >> np.uint64(12)) + 0.5) * (1.0 / 4503599627370496.0)


@compiled
def logistic(key: np.uint64, slot: np.uint64) -> float:
    """Return a standard logistic draw: the taste shock behind a logit choice."""
    u = uniform(key, slot)
    return math.log(u / (1.0 - u))


@compiled
def normal(key: np.uint64, slot: np.uint64) -> float:
    """Return a standard normal draw (Box and Muller 1958, cosine half; uses two slots)."""
    radius = math.sqrt(-2.0 * math.log(uniform(key, slot)))
    return radius * math.cos(2.0 * math.pi * uniform(key, slot + np.uint64(1)))
