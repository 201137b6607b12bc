"""Structural reform: good for China's income, bad for its politics, hard to verify.

Subsidies and overcapacity lower China's own productivity, so reform would pay; that it has
not happened says that its political cost is higher. The other side gains only if what was
promised can be seen to be done.

Sources and ranges: section ``reform`` of ``data/parameters.json``.
"""

from __future__ import annotations

from typing import NamedTuple

from ..compiling import compiled
from .parameters import table, value


class Reform(NamedTuple):
    """Parameters of the reform issue.

    Attributes
    ----------
    us_gain : float
        US gain at full reform, $bn per year (guess).
    verified : float
        Probability that a promise is kept and shows (guess).
    cn_tfp : float
        China's productivity gain at full reform, share of GDP (retrieved).
    cn_politics : float
        China's political cost at full reform, $bn per year (guess).
    cn_gdp : float
        China's GDP, $bn per year (memory).
    """

    us_gain: float
    verified: float
    cn_tfp: float
    cn_politics: float
    cn_gdp: float

    @classmethod
    def of_2025(cls) -> Reform:
        """Return the central values.

        Examples
        --------
        >>> Reform.of_2025().verified
        0.3
        """
        gain, verified, tfp, politics = (float(value("reform", n)) for n in cls._fields[:-1])
        return cls(gain, verified, tfp, politics, float(table("flows")["gdp_2024"]["value"][1]))


@compiled
def us_gain(share: float, p: Reform) -> float:
    """Return the US expected gain from a promised share of reform, $bn per year.

    Examples
    --------
    >>> us_gain(0.1, Reform.of_2025())
    1.5
    """
    return p.us_gain * p.verified * share


@compiled
def cn_income(share: float, p: Reform) -> float:
    """Return China's income gain from a share of reform, $bn per year.

    Examples
    --------
    >>> cn_income(0.1, Reform.of_2025()).__round__(1)
    22.5
    """
    return p.cn_tfp * p.cn_gdp * share


@compiled
def cn_politics(share: float, p: Reform) -> float:
    """Return China's political cost of a share of reform, $bn per year, positive.

    Examples
    --------
    >>> cn_politics(0.1, Reform.of_2025())
    30.0
    """
    return p.cn_politics * share
