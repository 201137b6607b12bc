"""What a seat sees, as numbers from -1 to 1 in a fixed order, for policies that learn.

Everything is a share, a probability or a yes (1) or no (0), and nothing depends on how many issues
there are, so a policy that was trained on one scenario can play another. All of it is worked out
from the seat's :class:`~negotiation.strategies.view.View`, which holds nothing that the other side
hides.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from negotiation.game import Kind
from negotiation.payoffs.types import TYPES
from negotiation.rules.state import REGIMES
from negotiation.scenario import STANCES
from negotiation.strategies.view import View

FEATURES: tuple[str, ...] = (
    *(f"asked_{kind}" for kind in Kind),
    *(f"own_{stance}" for stance in STANCES),
    "own_trait_high", "own_resolute",
    *(f"other_type_{n}" for n in range(TYPES)),
    *(f"own_type_{n}" for n in range(TYPES)),
    *(f"regime_{name}" for name in REGIMES),
    "time", "deadline", "summit", "tension", "held", "own_offer", "offered", "other_offer",
    "drafted", "draft", "conceded", "conceded_before", "patience", "other_patience",
)  # fmt: skip


def features(view: View, kind: Kind | None) -> np.ndarray:
    """Return what a seat sees as a vector in the order of ``FEATURES``.

    Parameters
    ----------
    view : View
    kind : Kind or None
        The decision that the seat is asked for; None if it is not its turn.
    """
    talks, world, _ = view.records
    side, horizon = view.index, float(world["day_horizon"])
    drafted = bool(talks["agreed"] > 0)
    numbers = [
        *(kind is each for each in Kind),
        *(talks["stance"][side] == n for n in range(len(STANCES))),
        talks["trait"][side] == 1,
        talks["resolve"][side] == 1,
        *view.beliefs,
        *talks["beliefs"][side, :TYPES],
        *(talks["regime"] == n for n in range(len(REGIMES))),
        view.time,
        view.days_to_deadline / horizon,
        view.days_to_summit / horizon,
        talks["tension"] / (1.0 + abs(talks["tension"])),
        view.held,
        way(view, view.my_last_offer),
        view.last_offer is not None,
        way(view, view.last_offer),
        drafted,
        way(view, talks["draft"][: len(view.issues)] if drafted else None),
        view.conceded,
        view.conceded_before,
        view.patience_own,
        view.patience_other,
    ]
    return np.clip(np.array(numbers, dtype=np.float32), -1.0, 1.0)


def way(view: View, package: Any) -> float:
    """Return how far a package lies from the walk-away value (0) to the own ideal (1)."""
    room = view.ideal - view.walk_away
    return (view.worth(package) - view.walk_away) / room if package is not None and room > 0 else 0
