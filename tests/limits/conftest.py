"""Plays many runs with the compiled rules and looks at them while they are going on."""

from __future__ import annotations

import numpy as np
import pytest

from negotiation.compiling import compiled
from negotiation.payoffs.types import SLOTS
from negotiation.rules.play import play
from negotiation.rules.script import NEVER
from negotiation.rules.state import TALKS
from negotiation.table import Table, open_after

# What is kept of a negotiation at each look: fields of rules.state.TALKS under their own names.
KEPT = (
    "day", "regime", "stance", "trait", "resolve", "beliefs", "agreed", "summit_held",
    "summit_failed", "wars", "first_deadline", "tension",
)  # fmt: skip
SEEN = np.dtype([(name, *TALKS.fields[name][0].subdtype) if TALKS.fields[name][0].subdtype
                 else (name, TALKS.fields[name][0]) for name in KEPT])  # fmt: skip


@compiled
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


@compiled
def watch_range(records, seed, looks, seen):
    """Play ``len(seen)`` runs; keep what is seen at the start of each look, and at the end."""
    talks, world, stakes = records.talks[0], records.world[0], records.stakes[0]
    watch, drawn = records.watch[0], -1
    for run in range(seen.shape[0]):
        # types and luck are drawn run by run, so runs of a world may be counted one by one
        open_after(records, seed, run, run // 4, drawn)
        drawn = run // 4
        for look in range(seen.shape[1]):
            watch.until = looks[look] if look < len(looks) else NEVER
            play(talks, world, stakes, watch)
            keep(talks, seen[run, look])


@pytest.fixture(scope="session")
def watch():
    """A function (scenario, seed, runs, looks) -> what was seen, shape (runs, looks + 1)."""

    def watch_runs(scenario, *, seed, runs, looks=()):
        seen = np.zeros((runs, len(looks) + 1), SEEN)
        watch_range(Table(scenario).records(), seed, np.array(looks, dtype=np.int64), seen)
        return seen

    return watch_runs
