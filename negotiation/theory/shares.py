"""How a pie is divided between the two sides."""

from __future__ import annotations

from typing import NamedTuple


class Shares(NamedTuple):
    """What each side gets.

    Attributes
    ----------
    us, china : float
        Fractions of the pie, or payoffs in the pie's unit.
    """

    us: float
    china: float
