"""Plays many runs with the compiled rules and looks at them while they are going on."""

from __future__ import annotations

import numba
import numpy as np
import pytest

from negotiation.ensemble import surface_arrays
from negotiation.payoffs.stakes import STAKES, derive
from negotiation.payoffs.world import to_world, world_dtype
from negotiation.randomness import key_of
from negotiation.rules import play
from negotiation.rules.accounts import accounts, over
from negotiation.rules.news import news
from negotiation.rules.opening import draw_world, open_talks
from negotiation.rules.state import SLOTS, TALKS

# What is kept of a negotiation at each look: fields of rules.state.TALKS under their own names.
KEPT = (
    "day", "regime", "stance", "trait", "resolve", "beliefs", "agreed", "summit_held",
    "summit_failed", "wars", "first_deadline", "tension",
)  # fmt: skip
SEEN = np.dtype([(name, *TALKS.fields[name][0].subdtype) if TALKS.fields[name][0].subdtype
                 else (name, TALKS.fields[name][0]) for name in KEPT])  # fmt: skip


@numba.njit(nogil=True, error_model="numpy")
def keep(talks, seen):
    """Copy the kept fields."""
    seen.day, seen.regime, seen.agreed = talks.day, talks.regime, talks.agreed
    seen.summit_held, seen.summit_failed = talks.summit_held, talks.summit_failed
    seen.wars, seen.first_deadline, seen.tension = talks.wars, talks.first_deadline, talks.tension
    for side in range(2):
        seen.stance[side], seen.trait[side] = talks.stance[side], talks.trait[side]
        seen.resolve[side] = talks.resolve[side]
        for n in range(SLOTS):
            seen.beliefs[side, n] = talks.beliefs[side, n]


@numba.njit(nogil=True, error_model="numpy")
def watch_range(numbers, world, draws, surface, stakes, talks, seed, looks, seen):
    """Play ``len(seen)`` runs tick by tick; keep what is seen at the start of each look."""
    for run in range(seen.shape[0]):
        draw_world(numbers, draws, key_of(seed, run))
        derive(world[0], surface, stakes[0])
        state = talks[0]
        open_talks(state, world[0], stakes[0], key_of(seed, run))
        look = 0
        while not over(state, world[0]):
            while look < len(looks) and state.tick == looks[look]:
                keep(state, seen[run, look])
                look += 1
            news(state, world[0])
            play.provocations(state, world[0])
            play.talk(state, world[0], stakes[0])
            play.meet_deadline(state, world[0], stakes[0])
            play.meet_at_summit(state, world[0], stakes[0])
            accounts(state, world[0], stakes[0])
        while look < seen.shape[1]:
            keep(state, seen[run, look])
            look += 1


@pytest.fixture(scope="session")
def watch():
    """A function (scenario, seed, runs, looks) -> what was seen, shape (runs, looks + 1)."""

    def watch_runs(scenario, *, seed, runs, looks=()):
        world = to_world(scenario)
        numbers = world.central.copy()
        seen = np.zeros((runs, len(looks) + 1), SEEN)
        watch_range(
            numbers, numbers.view(world_dtype()), world.draws, surface_arrays(scenario),
            np.zeros(1, STAKES), np.zeros(1, TALKS), seed, np.array(looks, dtype=np.int64), seen,
        )  # fmt: skip
        return seen

    return watch_runs
