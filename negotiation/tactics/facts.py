"""What is public at the table, by name: what a strategy's rule may ask for.

A rule names the facts that it needs as its arguments. The compiled talks know them by their
number, their place in `FACTS`; a :class:`~negotiation.strategies.view.View` shows them by name.
"""

from __future__ import annotations

FACTS = {
    "time": "share of the time for talks that has passed, at the offer that is asked about",
    "conceded": "share of its way that the other side has come: the mean over all readings so far",
    "conceded_before": "the same one offer earlier",
    "conceded_long_ago": "the same two offers earlier",
    "held": "share held out for in the own last offer; 1 before it",
    "offers_made": "own offers so far",
    "offers_received": "offers of the other side so far",
    "different_made": "own offers so far, those nearest to the same `step` counted once",
    "different_received": "the same of the other side",
    "patience_own": "own discount factor from one round to the next",
    "patience_other": "the other side's",
    "precision_other": "logit precision of the other side's choices, per $bn",
    "room": "way from the own reservation value to the ideal as others expect it, $bn per year",
    "room_of_other": "the same for the other side",
    "risk": "largest chance of conflict worth bearing (Zeuthen), as others see it",
    "risk_of_other": "the same for the other side",
    "fair_share": "share at the package with the largest product of expected gains (Nash)",
    "best_reply": "share that is best under the beliefs if refusal means waiting a round",
    "luck": "a draw in (0, 1) of one's own, fresh each round",
}
(
    TIME, CONCEDED, CONCEDED_BEFORE, CONCEDED_LONG_AGO, HELD, OFFERS_MADE, OFFERS_RECEIVED,
    DIFFERENT_MADE, DIFFERENT_RECEIVED, PATIENCE_OWN, PATIENCE_OTHER, PRECISION_OTHER, ROOM,
    ROOM_OF_OTHER, RISK, RISK_OF_OTHER, FAIR_SHARE, BEST_REPLY, LUCK,
) = range(len(FACTS))  # fmt: skip

MOST_ARGUMENTS = 8  # of a rule
MOST_SETTINGS = 8  # of a strategy, numbers that a scenario may set
SCALE = "step"  # the setting of a strategy by which it tells offers apart
STEP = 0.05  # the same of a strategy that has no such setting
CONCESSIONS = frozenset({"conceded", "conceded_before", "conceded_long_ago"})


def value_of(view: object, fact: str) -> float:
    """Return a fact as a view shows it: an attribute, or what a method says.

    Examples
    --------
    >>> from types import SimpleNamespace
    >>> value_of(SimpleNamespace(time=0.5, risk=lambda: 0.1), "risk")
    0.1
    """
    found = getattr(view, fact)
    return float(found() if callable(found) else found)
