"""How many digits of a probability may be shown: no more than its interval allows.

The last digit shown is the first digit of the interval's half-width, in percent. With
100,000 runs that is a tenth of a percent, with 1,000 a whole one.
"""

from __future__ import annotations

import math

MOST = 2


def decimals(low: float, high: float) -> int:
    """Return the decimals of a percentage that an interval [low, high] allows, at most two.

    Parameters
    ----------
    low, high : float
        Ends of the interval, in [0, 1].

    Notes
    -----
    With half-width w in percentage points: ``max(0, -floor(log10(w)))``.

    Examples
    --------
    >>> decimals(0.643, 0.649), decimals(0.62, 0.68), decimals(0.2, 0.8)
    (1, 0, 0)
    """
    half = 50.0 * (high - low)
    if half <= 0.0:
        return MOST
    return min(max(0, -math.floor(math.log10(half) + 1e-9)), MOST)


def percent(p: float, low: float, high: float) -> str:
    """Return a probability in percent, with the digits that its interval allows.

    What is not certain is never rounded to certainty.

    Examples
    --------
    >>> percent(0.64631, 0.643, 0.649), percent(0.64631, 0.62, 0.68)
    ('64.6%', '65%')
    >>> percent(0.9999, 0.997, 1.0), percent(1.0, 0.997, 1.0)
    ('over 99.9%', '100%')
    """
    places = decimals(low, high)
    if p in (0.0, 1.0):
        return f"{100 * p:.0f}%"
    shown = f"{100 * p:.{places}f}"
    step = 10.0**-places
    if float(shown) == 0.0:
        return f"under {step:.{places}f}%"
    if float(shown) == 100.0:
        return f"over {100 - step:.{places}f}%"
    return f"{shown}%"


def interval(low: float, high: float) -> str:
    """Return an interval in percent, with the digits that its own width allows.

    Examples
    --------
    >>> interval(0.643, 0.649), interval(0.383, 0.851)
    ('64.3% to 64.9%', '38% to 85%')
    >>> interval(0.0, 0.00004)
    'under 0.01%'
    """
    places = decimals(low, high)
    start, end = f"{100 * low:.{places}f}", f"{100 * high:.{places}f}"
    step = 10.0**-places
    if float(end) == 0.0 and high > 0.0:
        return f"under {step:.{places}f}%"
    if float(start) == 100.0 and low < 1.0:
        return f"over {100 - step:.{places}f}%"
    return f"{start}% to {end}%"
