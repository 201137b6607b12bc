"""Write the golden transcripts anew: ``python tests/transcripts/regenerate.py``; read the diff.

Each file holds the first run under seed 1 that has a certain story, so that together they
tell every kind of event. Its name is ``<scenario>--<story>.txt``.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np

import negotiation as ng
from negotiation.ensemble import Ensemble
from negotiation.outcome import AT_HORIZON, EVENTS

GOLDEN = Path(__file__).parent / "golden"
SEED = 1
SEARCHED = 4000
STORIES = {
    "stockholm-2025": {
        "summit-deal-after-penalties": ("summit_deal", {"escalation_ended", "retaliation"}),
        "penalties-at-the-horizon": ("escalation", {"provocation"}),
        "deal-reopened": ("truce", {"reopened"}),
        "delegations-sign": ("working_deal", set()),
    },
    "stockholm-three-issues": {
        "quiet-lapse": ("lapse", set()),
        "truce-and-no-summit": ("truce", {"first_deadline_extended"}),
    },
    "split-the-pie": {"halves": ("working_deal", set())},
}


def first_run(scenario: ng.Scenario, state: str, events: set[str]) -> int:
    """Return the first run that ended in ``state`` and in which ``events`` happened."""
    rows = Ensemble(scenario).rows(seed=SEED, first=0, count=SEARCHED)
    fits = rows["state"] == AT_HORIZON.index(state)
    for name in events:
        fits &= rows["events"][:, EVENTS.index(name)] == 1
    if not fits.any():
        raise SystemExit(f"{scenario.name}: no run of {SEARCHED} ends in {state} with {events}.")
    return int(np.argmax(fits))


def main() -> None:
    """Write every file."""
    GOLDEN.mkdir(exist_ok=True)
    for name, stories in STORIES.items():
        scenario = ng.Scenario.load(name)
        for story, (state, events) in stories.items():
            run = first_run(scenario, state, set(events))
            text = ng.run(scenario, seed=SEED, run=run).transcript
            (GOLDEN / f"{name}--{story}.txt").write_text(f"{text}\n", "utf-8")


if __name__ == "__main__":
    main()
