"""Decision points of the past: what was known before each, and what is known of it since.

What a forecast may use is in :class:`Episode` and nothing else is: levels after the decision, the
kind of event (some are named after how they ended), notes and sources are not read into it.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

STOCKHOLM = dt.date(2025, 7, 28)  # what was decided later is never used to calibrate


@dataclass(frozen=True)
class Episode:
    """What was known before a decision.

    Attributes
    ----------
    id : str
    date : datetime.date
        Day of the decision.
    us_average, china_average : float
        Trade-weighted average tariffs on the other side's goods beforehand, percent.
    binding : {"hard", "soft", "none"}
        Whether a dated penalty takes effect by itself.
    deadline : datetime.date or None
    leaders : str
        ``none``, ``mooted``, ``scheduled``, ``held``, ``held_prior`` or ``call_...``.
    rare_earth_or_tech, purchases : bool
        What is in play.
    truce : bool or None
        Whether a truce or an agreement is running; None if the file does not say.
    us_stake, china_stake : float or None
        Points of the average tariff that no agreement would bring or leave in force.
    sides : tuple of str
        Who sits in the first seat and who in the second; "us" and "china" above stand for them.
    calm : tuple of float or None
        Average tariffs that the two are counted from, percent; None: those of the US and China.
    in_force : bool or None
        Whether the points at stake are penalties in force that an agreement would take off; None
        if that follows from the levels.
    notice : int or None
        Days from the threat to the decision, where known.
    talks : bool or None
        Whether talks are going on that a lapse would break off; None: if purchases are in play.
    sender : int or None
        Seat of the side that announced the penalty; None where nobody did, or both.
    exposed : tuple of float
        What of the trade at stake are either side's exports, over half of it.
    scale : float
        Sums of money that no trade model gives, over those of Stockholm.
    penalties : bool or None
        Whether penalties are in force beforehand; None: if tariffs are above the calm level.
    averages : bool
        Whether the tariffs are averages over all that is levied, or those of this dispute alone.
    """

    id: str
    date: dt.date
    us_average: float
    china_average: float
    binding: str = "none"
    deadline: dt.date | None = None
    leaders: str = "none"
    rare_earth_or_tech: bool = False
    purchases: bool = False
    truce: bool | None = None
    us_stake: float | None = None
    china_stake: float | None = None
    sides: tuple[str, str] = ("us", "china")
    calm: tuple[float, float] | None = None
    in_force: bool | None = None
    notice: int | None = None
    talks: bool | None = None
    sender: int | None = None
    exposed: tuple[float, float] = (1.0, 1.0)
    scale: float = 1.0
    penalties: bool | None = None
    averages: bool = True


@dataclass(frozen=True)
class Coded:
    """An episode with what is known about it afterwards.

    Attributes
    ----------
    episode : Episode
    name : str
    outcome, alternative : str or None
        One of ``decisions.CODES``; the second-best reading of what happened.
    scheduled : bool
        Whether the date was known at least a week ahead: the main set.
    """

    episode: Episode
    name: str = ""
    outcome: str | None = None
    alternative: str | None = None
    scheduled: bool = True

    def reading(self, alternative: bool = False) -> str | None:
        """Return the outcome, or where asked and given its alternative code."""
        return (self.alternative or self.outcome) if alternative else self.outcome


def main_set(rows: list[Coded]) -> list[Coded]:
    """Return the rows that were scheduled in advance, have an outcome and precede Stockholm."""
    return [c for c in rows if c.scheduled and c.outcome and c.episode.date < STOCKHOLM]
