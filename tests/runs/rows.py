"""What every run came to, as digests; ``python tests/runs/rows.py`` writes them anew.

A change that is meant to move runs writes them anew in a commit of its own, which says which
numbers move and why. Any other change keeps them.

The trade model is solved by linear algebra whose last digits depend on the processor: of two kinds
that were met each has its digest. What is written anew holds the present one's alone;
that of the other kind is added there.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

import numpy as np

from negotiation.ensemble import Ensemble
from negotiation.scenario import Scenario

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


def shipped_digest(name: str) -> str:
    """The digest of the runs of a shipped scenario."""
    return digest(Ensemble(Scenario.load(name)).rows(seed=SEED, first=0, count=RUNS))


def random_digest() -> str:
    """The digest of ten runs of each scenario drawn by lot."""
    return digest(
        *(Ensemble(s).rows(seed=SEED, first=0, count=RUNS_OF_EACH) for s in random_scenarios())
    )


def all_digests() -> dict[str, str]:
    """Every digest by name."""
    found = {name: shipped_digest(name) for name in SHIPPED}
    return found | {f"{HOW_MANY} random scenarios": random_digest()}


if __name__ == "__main__":
    FILE.write_text(json.dumps({k: [v] for k, v in all_digests().items()}, indent=2) + "\n")
    print(FILE.read_text(), end="")
