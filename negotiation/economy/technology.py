"""Export controls on chips: profit and security on one side, progress on the other.

A control step of the H20 class costs the seller profit and the buyer more, and denies a
rival something the government values: that judgement is the main hidden type on this
issue. Denial also teaches: each month under tight control the buyer needs the good less.

Sources and ranges: section ``technology`` of ``data/parameters.json``. Of these numbers
only the sales figures behind profit and value were read in a source; the rest is judgement.
"""

from __future__ import annotations

from typing import NamedTuple

from ..compiling import compiled
from .parameters import value


class Technology(NamedTuple):
    """Parameters of the control issue.

    Attributes
    ----------
    us_profit : float
        US profit lost per step, $bn per year (derived).
    us_security : float
        US security value of the first step, $bn per year (guess).
    concavity : float
        Exponent of the level in the security value (guess).
    cn_value : float
        China's loss per step, $bn per year (derived).
    learning : float
        Share of China's loss that goes per month under tight control (guess).
    high_level : float
        Level from which control counts as tight (guess).
    """

    us_profit: float
    us_security: float
    concavity: float
    cn_value: float
    learning: float
    high_level: float

    @classmethod
    def of_2025(cls) -> Technology:
        """Return the central values.

        Examples
        --------
        >>> Technology.of_2025().us_profit
        10.0
        """
        return cls(*(float(value("technology", name)) for name in cls._fields))


@compiled
def us_value(level: float, p: Technology) -> float:
    """Return what controls at a level are worth to the US, $bn per year.

    Parameters
    ----------
    level : float
        Control steps in force, 0 to 4.
    p : Technology
        Parameters.

    Returns
    -------
    float
        Security, concave in the level, less lost profit.

    Examples
    --------
    >>> us_value(1.0, Technology.of_2025())
    5.0
    """
    security: float = p.us_security * level**p.concavity
    return security - p.us_profit * level


@compiled
def cn_loss(level: float, cn_value: float) -> float:
    """Return what controls at a level cost China, $bn per year.

    Parameters
    ----------
    level : float
        Control steps in force.
    cn_value : float
        China's present loss per step, see `learn`.

    Returns
    -------
    float
        $bn per year, positive.

    Examples
    --------
    >>> cn_loss(2.0, 20.0)
    40.0
    """
    return cn_value * level


@compiled
def learn(cn_value: float, level: float, dt_months: float, p: Technology) -> float:
    """Return China's loss per step after some time at a level of control.

    Parameters
    ----------
    cn_value : float
        Loss per step at the start, $bn per year.
    level : float
        Control steps in force.
    dt_months : float
        Length of the step, months; any step gives the same path.
    p : Technology
        Parameters.

    Returns
    -------
    float
        $bn per year and step; it never rises again.

    Examples
    --------
    >>> learn(20.0, 3.0, 1.0, Technology.of_2025()).__round__(9)
    19.8
    """
    if level < p.high_level:
        return cn_value
    kept: float = (1.0 - p.learning) ** dt_months
    return cn_value * kept
