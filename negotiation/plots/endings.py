"""The five endings: one colour, one marker, one hatch and one name each, in every picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from negotiation.outcome import AT_HORIZON
from negotiation.plots.style import INK

if TYPE_CHECKING:
    from matplotlib.patches import Patch


class Look(NamedTuple):
    """How an ending is drawn and what it is called."""

    name: str
    colour: str
    marker: str
    hatch: str


# Okabe and Ito's colours less the blue and the orange, which belong to the two sides.
ENDINGS = {
    "summit_deal": Look("deal at the summit", "#009E73", "o", ""),
    "working_deal": Look("deal at working level", "#56B4E9", "s", "///"),
    "truce": Look("truce, nothing signed", "#F0E442", "D", "..."),
    "lapse": Look("truce lapsed", "#CC79A7", "^", "\\\\\\"),
    "escalation": Look("escalation", "#D55E00", "X", "xxx"),
}
assert tuple(ENDINGS) == AT_HORIZON

EVENT_NAMES = {
    "first_deadline_extended": "truce extended at the first deadline",
    "first_deadline_deal": "deal by the first deadline",
    "first_deadline_lapsed": "truce lapsed at the first deadline",
    "summit_held": "summit held",
    "summit_deal": "deal signed at the summit",
    "working_deal": "deal at working level",
    "partial_deal": "partial deal",
    "deal": "any deal",
    "reopened": "deal reopened",
    "lapse": "truce lapsed at some time",
    "escalation": "escalation at some time",
    "escalation_ended": "escalation begun and ended",
    "provocation": "unilateral step",
    "retaliation": "unilateral step answered",
}


def name_of(outcome: str) -> str:
    """Return what readers call an ending or an event; other names with spaces.

    Examples
    --------
    >>> name_of("truce"), name_of("summit_held"), name_of("my_event")
    ('truce, nothing signed', 'summit held', 'my event')
    """
    if outcome in ENDINGS:
        return ENDINGS[outcome].name
    return EVENT_NAMES.get(outcome, outcome.replace("_", " "))


def fill(ending: str) -> dict[str, Any]:
    """Return the keywords that fill a bar or an area in the look of an ending."""
    look = ENDINGS[ending]
    return {"facecolor": look.colour, "edgecolor": INK, "hatch": look.hatch, "linewidth": 0.6}


def swatch(ending: str) -> Patch:
    """Return the entry of an ending in a legend."""
    from matplotlib.patches import Patch

    return Patch(label=ENDINGS[ending].name, **fill(ending))
