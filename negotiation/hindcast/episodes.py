"""What was known before a decision, as the model takes it.

What a forecast may use is in :class:`Episode` and nothing else is: what was decided, levels after
the decision, notes and sources are not in it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from negotiation.seats import SEATS

STOCKHOLM = dt.date(2025, 7, 28)  # what was decided later is never used to calibrate


@dataclass(frozen=True)
class Episode:
    """What was known before a decision.

    Attributes
    ----------
    id : str
    date : datetime.date
        Day of the decision.
    us_level, china_level : float
        Points of average tariff that the two sides have in force in the dispute; "us" and "china"
        stand for whoever sits in the first seat and in the second.
    binding : {"hard", "soft", "none"}
        Whether a dated penalty takes effect by itself.
    deadline : datetime.date or None
    comes : datetime.date or None
        Day on which what is threatened comes unless something is agreed; by default that of the
        decision.
    leaders : str
        ``none``, ``scheduled``, ``held`` or ``call_held``.
    rare_earth_or_tech : bool
        Whether these issues are on the agenda.
    purchases : bool
        Whether talks are going on that a lapse would break off, with pledges to buy.
    truce : bool
        Whether a truce or an agreement is running.
    us_stake, china_stake : float
        Points of the average tariff that no agreement would bring or leave in force.
    sides : tuple of str
        Who sits in the first seat and who in the second.
    in_force : bool
        Whether the points at stake are penalties in force that an agreement would take off.
    notice : int or None
        Days from the threat to the day on which it is carried out, where known.
    sender : int
        Seat of the side that announced the penalty.
    exposed : tuple of float
        What of the trade at stake are either side's exports, over half of it.
    scale : float
        Sums of money that no trade model gives, over those of Stockholm.
    penalties : bool
        Whether penalties are in force beforehand.
    averages : bool
        Whether the tariffs are averages over all that is levied, or those of this dispute alone.
    """

    id: str
    date: dt.date
    us_level: float
    china_level: float
    binding: str = "none"
    deadline: dt.date | None = None
    leaders: str = "none"
    rare_earth_or_tech: bool = False
    purchases: bool = False
    truce: bool = False
    us_stake: float = 0.0
    china_stake: float = 0.0
    sides: tuple[str, str] = SEATS
    in_force: bool = False
    notice: int | None = None
    sender: int = 0
    exposed: tuple[float, float] = (1.0, 1.0)
    scale: float = 1.0
    penalties: bool = False
    averages: bool = True
    comes: dt.date | None = None


def calm_level(date: dt.date) -> tuple[float, float]:
    """Return the average tariffs of the US and China, percent, from which a date's are counted.

    Those of 2017 until Phase One was in force, those of 2024 after (PIIE, Bown; China's 8.0 of
    2017 is memory).

    Examples
    --------
    >>> calm_level(dt.date(2018, 7, 6)), calm_level(dt.date(2025, 7, 28))
    ((3.1, 8.0), (20.8, 21.2))
    """
    return {2017: (3.1, 8.0), 2024: (20.8, 21.2)}[calm_year(date)]


def calm_year(date: dt.date) -> int:
    """Return the year from whose tariffs a date's are counted, see :func:`calm_level`."""
    return 2017 if date < dt.date(2020, 2, 14) else 2024
