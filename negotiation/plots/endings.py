"""The five endings: one colour, one marker and one hatch each, in every picture."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from negotiation.outcome import AT_HORIZON
from negotiation.plots.style import INK
from negotiation.words.outcomes import ending_label

if TYPE_CHECKING:
    from matplotlib.patches import Patch


class Look(NamedTuple):
    """How an ending is drawn."""

    colour: str
    marker: str
    hatch: str


# Okabe and Ito's colours less the blue and the orange, which belong to the two sides.
ENDINGS = {
    "summit_deal": Look("#009E73", "o", ""),
    "working_deal": Look("#56B4E9", "s", "///"),
    "truce": Look("#F0E442", "D", "..."),
    "lapse": Look("#CC79A7", "^", "\\\\\\"),
    "escalation": Look("#D55E00", "X", "xxx"),
}
assert tuple(ENDINGS) == AT_HORIZON


def fill(ending: str) -> dict[str, Any]:
    """Return the keywords that fill a bar or an area in the look of an ending."""
    look = ENDINGS[ending]
    return {"facecolor": look.colour, "edgecolor": INK, "hatch": look.hatch, "linewidth": 0.6}


def swatch(ending: str) -> Patch:
    """Return the entry of an ending in a legend."""
    from matplotlib.patches import Patch

    return Patch(label=ending_label(ending), **fill(ending))
