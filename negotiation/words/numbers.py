"""Numbers as text, with no more digits than their intervals allow.

The last digit shown of an estimate is the first digit of its interval's half-width: with 100,000
runs a tenth of a percent, with 1,000 a whole one. What was computed without sampling is shown in
whole percent, or with the digits asked for. What is not certain is never rounded to certainty.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from negotiation.errors import counted as counted
from negotiation.estimates import Estimate
from negotiation.words.language import data, tr, trc

MOST = 2
SURE = 0.01  # what the ends may be off by where no difference between worlds is seen


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


def percent(
    p: float, low: float | None = None, high: float | None = None, *, places: int = 0
) -> str:
    """Return a probability in percent, with the digits that its interval allows, if it has one.

    Examples
    --------
    >>> percent(0.64631, 0.643, 0.649), percent(0.64631, 0.62, 0.68), percent(0.64631)
    ('64.6%', '65%', '65%')
    >>> percent(0.9999, 0.997, 1.0), percent(1.0, 0.997, 1.0), percent(0.004), percent(0.007)
    ('over 99.9%', '100%', 'under 1%', '1%')
    """
    if low is not None and high is not None:
        places = decimals(low, high)
    return _in_words(*_bounded(p, places))


UNDER, AT, OVER = -1, 0, 1


def _bounded(p: float, places: int) -> tuple[int, str]:
    """Return the percentage to show, and whether p is under it, over it, or it."""
    if p in (0.0, 1.0):
        return AT, f"{100 * p:.0f}%"
    shown = f"{100 * p:.{places}f}"
    step = 10.0**-places
    if float(shown) == 0.0:
        return UNDER, f"{step:.{places}f}%"
    if float(shown) == 100.0:
        return OVER, f"{100 - step:.{places}f}%"
    return AT, f"{shown}%"


def _in_words(side: int, shown: str) -> str:
    if side == AT:
        return shown
    return (
        tr("under {percent}", percent=shown)
        if side == UNDER
        else tr("over {percent}", percent=shown)
    )


def interval(low: float, high: float) -> str:
    """Return an interval in percent, with the digits that its own width allows.

    Its ends are written as an estimate is: what is not certain is never rounded to certainty.

    Examples
    --------
    >>> interval(0.643, 0.649), interval(0.383, 0.851)
    ('64.3% to 64.9%', '38% to 85%')
    >>> interval(0.0, 0.00004), interval(0.0004, 0.09), interval(0.71, 0.9998)
    ('under 0.01%', 'under 1% to 9%', '71% to over 99%')
    """
    places = decimals(low, high)
    start, end = _bounded(low, places), _bounded(high, places)
    if end[0] == UNDER or start == end:
        return _in_words(*end)
    if start[0] == OVER:
        return _in_words(*start)
    return trc("interval", "{low} to {high}", low=_in_words(*start), high=_in_words(*end))


def width(over: tuple[float, float], errors: tuple[float, float]) -> str:
    """Return an interval over the uncertain numbers, or that no width of it was seen.

    Parameters
    ----------
    over : (float, float)
    errors : (float, float)
        What its ends may be off by.

    Examples
    --------
    >>> width((0.383, 0.851), (0.02, 0.02)), width((0.4, 0.4), (0.3, 0.3))
    ('38% to 85%', 'none seen')
    >>> width((0.4, 0.4), (0.001, 0.001))
    'no difference'
    """
    if over[0] < over[1]:
        return interval(*over)
    return tr("no difference") if max(errors) < SURE else tr("none seen")


def odds_text(estimate: Estimate) -> str:
    """Return odds with their interval.

    Examples
    --------
    >>> odds_text(Estimate(0.64631, 0.643, 0.649))
    '64.6% (64.3% to 64.9%)'
    """
    return f"{percent(*estimate)} ({interval(estimate.low, estimate.high)})"


def brief(p: float) -> str:
    """Return a probability in whole percent, as it is written where there is little room.

    Examples
    --------
    >>> brief(0.583), brief(0.0), brief(0.004), brief(0.996), brief(1.0)
    ('58%', '0%', '<1%', '>99%', '100%')
    """
    return short(percent(p))


def short(text: str) -> str:
    """Return a probability or an interval as it is written where there is little room.

    Examples
    --------
    >>> short(interval(0.0004, 0.005)), short(interval(0.71, 0.9998))
    ('<0.1% to 0.5%', '71% to >99%')
    """
    return text.replace("under ", "<").replace("over ", ">")


def signed(number: float, places: int) -> str:
    """Return a share in percent with its sign, which what rounds to nothing does not have.

    Examples
    --------
    >>> signed(0.012, 1), signed(-0.0001, 1)
    ('+1.2', '0.0')
    """
    shown = f"{100 * number:+.{places}f}"
    return shown if float(shown) else shown[1:]


def with_minus(shown: str) -> str:
    """Return a number with a real minus sign, for a picture or a page."""
    return shown.replace("-", "\N{MINUS SIGN}")


def points(number: float, low: float, high: float) -> str:
    """Return a difference of odds in percentage points, with the digits of its interval.

    Examples
    --------
    >>> points(-0.1234, -0.13, -0.11), points(0.0, 0.0, 0.0)
    ('-12 points', '0 points')
    """
    if number == low == high == 0.0:
        return tr("{n} points", n=0)
    return in_points(signed(number, decimals(low, high)))


def in_points(shown: str) -> str:
    """Return a number of percentage points, written with its sign, in words.

    Examples
    --------
    >>> in_points("+1"), in_points("-12")
    ('+1 point', '-12 points')
    """
    if shown in ("+1", "-1"):
        return tr("{n} point", n=shown)
    return tr("{n} points", n=shown)


def signed_interval(low: float, high: float) -> str:
    """Return the interval of a difference of odds, in percentage points.

    Examples
    --------
    >>> signed_interval(-0.013, 0.0202)
    '-1 to +2'
    """
    places = decimals(low, high)
    ends = signed(low, places), signed(high, places)
    return trc("interval", "{low} to {high}", low=ends[0], high=ends[1])


def money(billions: float, unit: str = "$bn", places: int | None = None) -> str:
    """Return a sum of money without its sign: whole billions from 10 up, one decimal below.

    Of a scenario that counts gains in something else, so much of that.

    Examples
    --------
    >>> money(-13.4), money(2.96), money(13.4, "utility points")
    ('$13bn', '$3.0bn', '13 utility points')
    """
    size = abs(billions)
    kept = places if places is not None else 0 if round(size, 1) >= 10 else 1
    shown = f"{size:.{kept}f}"
    if unit == "$bn":
        return dollars(size, kept)
    return trc("sum", "{amount} {unit}", amount=shown, unit=data(unit))


def dollars(billions: float, places: int) -> str:
    """Return an amount in $bn with so many decimals; Chinese counts it in hundreds of millions.

    Examples
    --------
    >>> dollars(13.4, 0), dollars(-0.3, 1), dollars(-0.01, 1)
    ('$13bn', '-$0.3bn', '$0.0bn')
    """
    shown = f"{abs(billions):.{places}f}"
    sign = "-" if billions < 0.0 < float(shown) else ""
    tens = f"{10 * float(shown):.{max(places - 1, 0)}f}"
    return sign + trc("sum", "${billions}bn", billions=shown, hundred_millions=tens)


def readable(number: float, digits: int = 3) -> str:
    """Return a number of any size with so many significant digits, without an exponent.

    Examples
    --------
    >>> readable(0.0), readable(20.0), readable(1234.5), readable(0.01234), readable(-3.14159)
    ('0', '20', '1,234', '0.0123', '-3.14')
    >>> readable(145.0, 2), readable(27.6, 2)
    ('145', '28')
    """
    if abs(number) >= 10 ** (digits - 1):
        return f"{number:,.0f}"
    return f"{number:.{digits}g}"


def readable_together(numbers: Sequence[float]) -> list[str]:
    """Return numbers that are read side by side, all with the same decimals.

    None from 100 on, one from 1 on; below, as many as show two digits of the largest.

    Examples
    --------
    >>> readable_together([3.0, 3.3, -0.04]), readable_together([145.2, 3.3])
    (['3.0', '3.3', '0.0'], ['145', '3'])
    >>> readable_together([0.05, 0.012]), readable_together([0.0, 0.0])
    (['0.050', '0.012'], ['0', '0'])
    """
    top = max(map(abs, numbers))
    if top >= 100.0 or top == 0.0:
        places = 0
    else:
        places = 1 if top >= 1.0 else 1 - math.floor(math.log10(top))
    # adding 0 makes a minus zero a zero
    return [f"{round(float(number), places) + 0.0:,.{places}f}" for number in numbers]
