"""What every run came to, as digests; ``python tests/runs/rows.py`` writes them anew.

A change that is meant to move runs writes them anew in a commit of its own, which says which
numbers move and why. Any other change keeps them.

The trade model is solved by linear algebra whose last digits depend on the processor, and so do
those of a run. Two kinds were met, and each has its digests; of one the digest of the solved model
is known too (``SURFACES``), so that there nothing but a known run passes. What is written anew
holds the present kind's alone. What was decided in a run is the same on all of them.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import numpy as np

from negotiation.economy.surface import tabulate
from negotiation.ensemble import Ensemble
from negotiation.scenario import Scenario
from negotiation.shipped import shipped

sys.path.insert(0, str(Path(__file__).parent))
from random_scenarios import HOW_MANY, SHIPPED, random_scenarios  # noqa: E402

FILE = Path(__file__).with_name("rows.json")
SEED, RUNS, RUNS_OF_EACH = 20250728, 20_000, 10
FIELDS = (
    "run", "state", "events", "deal_day", "first_term", "first_demand", "war_days", "wars",
    "extensions", "provocations", "types", "yearly_gain", "account", "package",
)  # fmt: skip


def digest(*tables: np.ndarray) -> str:
    """The SHA-256 of rows, field by field, so that a new field of a row changes nothing."""
    found = hashlib.sha256()
    for rows in tables:
        for name in FIELDS:
            found.update(np.ascontiguousarray(rows[name]).tobytes())
    return found.hexdigest()


def surface() -> str:
    """The digest of the trade model between the US and China as this processor solves it."""
    solved = tabulate(use_cache=False)
    return hashlib.sha256(solved.long_run.tobytes() + solved.short_run.tobytes()).hexdigest()


def shipped_digest(name: str) -> str:
    """The digest of the runs of a shipped scenario."""
    return digest(Ensemble(Scenario.load(name)).rows(seed=SEED, first=0, count=RUNS))


SURFACES = "trade model"
DECIDED = (
    "run", "state", "events", "first_term", "first_demand", "wars", "extensions", "provocations",
    "types",
)  # fmt: skip
FEWER, PER_WORLD = 2_000, 16


def decided_digest(name: str) -> str:
    """The digest of what was decided in runs of a shipped scenario: the same on any processor.

    Last digits do not show in it, unless a choice hangs on them, which is next to impossible.
    """
    rows = Ensemble(Scenario.load(name)).rows(
        seed=SEED, first=0, count=FEWER, runs_per_world=PER_WORLD
    )
    found = hashlib.sha256()
    for field in DECIDED:
        found.update(np.ascontiguousarray(rows[field]).tobytes())
    return found.hexdigest()


def random_digest() -> str:
    """The digest of ten runs of each scenario drawn by lot."""
    return digest(
        *(Ensemble(s).rows(seed=SEED, first=0, count=RUNS_OF_EACH) for s in random_scenarios())
    )


def all_digests() -> dict[str, str]:
    """Every digest by name."""
    found = {SURFACES: surface()} | {name: shipped_digest(name) for name in SHIPPED}
    found |= {f"{HOW_MANY} random scenarios": random_digest()}
    return found | {f"{name}, decided": decided_digest(name) for name in shipped()}


if __name__ == "__main__":
    FILE.write_text(json.dumps({k: [v] for k, v in all_digests().items()}, indent=2) + "\n")
    print(FILE.read_text(), end="")
