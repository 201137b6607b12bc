"""Rare earths: a cut costs nothing while stocks last, then most, then less as uses adapt.

Magnets cost next to nothing and hold up whole industries. A cut is therefore free while
stocks last; once they are gone the loss is convex in what is missing, because the last
uses to be given up are the ones that nothing replaces; and as months pass, other mines
open and designs change, so by the third year the threat has spent itself. Each month of
a cut also doubles the pace of the alternatives: using the threat wears it out.

All rates are per month and work for any time step; one month is the step that the
reference losses were computed with.

References
----------
IMF Working Paper 26/073; ECB Occasional Paper, March 2026 (the two loss estimates that
the curve is fitted to).
"""

from __future__ import annotations

from typing import NamedTuple

from ..compiling import compiled
from ..door import checked, ranged
from .parameters import value

MONTHS_PER_YEAR = 12.0
QUARTER_MONTH = 0.25
CUT = (0.0, 1.0)
STATE = {"stock": (0.0, 1e4), "alternatives": (0.0, 1e4), "thrift": (0.0, 1.0), "cut": CUT}
MONTHS, STEP = (0.0, 1200.0), (1e-4, 1200.0)  # of a cut, of a step


@checked
class RareEarths(NamedTuple):
    """Parameters of the rare-earth block; units and sources in ``data/parameters.json``.

    Attributes
    ----------
    gdp : float
        The buyer's GDP, $bn per year.
    stock_months : float
        Largest stock, months of normal need.
    alternatives : float
        Share of need covered without China at the start.
    ramp_calm, ramp_alarm : float
        Growth of the alternatives, share of need per month, without and with a cut.
    alarm : float
        Cut above which alternatives hurry and designs change.
    thrift_half_life : float
        Months of alarm that halve the loss from a given shortage.
    full_loss : float
        Loss at zero supply, share of GDP.
    curvature : float
        Exponent of the unserved share.
    refill : float
        Share of spare supply that refills the stock.
    exporter_loss : float
        The seller's own loss at a full cut, $bn per year.
    """

    gdp: float
    stock_months: float
    alternatives: float
    ramp_calm: float
    ramp_alarm: float
    alarm: float
    thrift_half_life: float
    full_loss: float
    curvature: float
    refill: float
    exporter_loss: float

    @classmethod
    def of_2025(cls, gdp: float = 29185.0) -> RareEarths:
        """Return the central values for the United States in 2025.

        Examples
        --------
        >>> RareEarths.of_2025().stock_months
        2.5
        """
        return cls(gdp, *(float(value("rare_earths", name)) for name in cls._fields[1:]))


@ranged(**STATE, dt_months=STEP)
@compiled
def step(
    stock: float, alternatives: float, thrift: float, cut: float, dt_months: float, p: RareEarths
) -> tuple[float, float, float, float, float]:
    """Advance the buyer's stock, alternatives and thrift by one time step.

    Parameters
    ----------
    stock : float
        Months of normal need in store.
    alternatives : float
        Share of need covered without China.
    thrift : float
        Multiplier of the loss, 1 at the start, falling while a cut lasts.
    cut : float
        Share of Chinese supply withheld, in [0, 1].
    dt_months : float
        Length of the step, months.
    p : RareEarths
        Parameters.

    Returns
    -------
    tuple of float
        New stock, alternatives and thrift; the loss in this step, $bn; the share of need
        that was served.

    Notes
    -----
    supply = (1 - a0)(1 - cut) + a; the stock fills the gap while it lasts; with x the
    unserved share the loss is full_loss * GDP/12 * x^curvature * thrift * dt. Halving the
    step changes a path's loss by O(dt).

    Examples
    --------
    >>> p = RareEarths.of_2025()
    >>> step(0.0, 0.08, 1.0, 1.0, 1.0, p)[3] < 0.026 * 29185 / 12
    True
    """
    thrift_kept = thrift_after(cut, dt_months, p)
    ahead: tuple[float, float, float, float, float] = advance(
        stock, alternatives, thrift, cut, dt_months, thrift_kept, p
    )
    return ahead


@ranged(cut=CUT, dt_months=STEP)
@compiled
def thrift_after(cut: float, dt_months: float, p: RareEarths) -> float:
    """Return what a time step of a cut leaves of the thrift multiplier: less than 1 under alarm.

    Examples
    --------
    >>> p = RareEarths.of_2025()
    >>> thrift_after(1.0, p.thrift_half_life, p), thrift_after(0.1, p.thrift_half_life, p)
    (0.5, 1.0)
    """
    # a power of the step's length, so that two half steps are a whole one
    factor: float = 2.0 ** (-dt_months / p.thrift_half_life) if cut > p.alarm else 1.0
    return factor


@ranged(cut=CUT)
@compiled
def uncovered(alternatives: float, cut: float, p: RareEarths) -> float:
    """Return the share of need that a cut leaves to the stock; negative where supply is to spare.

    Examples
    --------
    >>> p = RareEarths.of_2025()
    >>> round(uncovered(p.alternatives, 0.5, p), 6)
    0.46
    """
    return 1.0 - (1.0 - p.alternatives) * (1.0 - cut) - alternatives


@ranged(**STATE, dt_months=STEP)
@compiled
def advance(
    stock: float, alternatives: float, thrift: float, cut: float, dt_months: float,
    thrift_kept: float, p: RareEarths,
) -> tuple[float, float, float, float, float]:  # fmt: skip
    """Advance as `step` does, by a step whose ``thrift_after`` is known."""
    gap = uncovered(alternatives, cut, p)
    ramp = p.ramp_alarm if cut > p.alarm else p.ramp_calm
    covered = alternatives + ramp * dt_months
    thrift *= thrift_kept
    if gap <= 0.0:  # the usual case, and nothing to divide
        return min(p.stock_months, stock - gap * dt_months * p.refill), covered, thrift, 0.0, 1.0
    # with the gap at the start of the step: O(dt), see the notes of `step`
    draw = min(stock, gap * dt_months)
    missing = max(0.0, gap - draw / dt_months)
    if missing < 1e-12:  # rounding of the last crumb of stock
        missing = 0.0
    loss = 0.0
    if missing > 0.0:
        loss = p.full_loss * p.gdp / MONTHS_PER_YEAR * missing**p.curvature * thrift * dt_months
    return min(p.stock_months, stock - draw), covered, thrift, loss, 1.0 - missing


@ranged(**STATE, months=MONTHS, dt_months=STEP)
@compiled
def loss_from(
    stock: float, alternatives: float, thrift: float, cut: float, months: float, p: RareEarths,
    dt_months: float = QUARTER_MONTH,
) -> float:  # fmt: skip
    """Return the buyer's loss from a cut held for some months from a given state.

    Parameters
    ----------
    stock, alternatives, thrift : float
        State at the start, as in `step`.
    cut : float
        Share of Chinese supply withheld.
    months : float
        How long it is held; the last step is shortened to end on time.
    p : RareEarths
        Parameters.
    dt_months : float
        Length of a step, months.

    Returns
    -------
    float
        $bn over the whole period. With ``cut = 1`` it is what the threat is still worth.

    Examples
    --------
    >>> p = RareEarths.of_2025()
    >>> worn = loss_from(2.5, 0.4, 0.5, 1.0, 12.0, p)  # two years of a cut later
    >>> worn < 0.2 * loss_from(2.5, 0.08, 1.0, 1.0, 12.0, p)
    True
    """
    total = 0.0
    if uncovered(alternatives, cut, p) * months <= stock:
        return total  # the stock outlasts the cut: alternatives only grow
    thrift_kept = thrift_after(cut, dt_months, p)
    # a number of steps that is whole but for rounding is whole
    steps = int(months / dt_months + 1e-9)
    for _ in range(steps):
        stock, alternatives, thrift, loss, _ = advance(
            stock, alternatives, thrift, cut, dt_months, thrift_kept, p
        )
        total += loss
    rest = months - steps * dt_months
    if rest > 1e-9:
        total += step(stock, alternatives, thrift, cut, rest, p)[3]
    return total


@ranged(cut=CUT, months=MONTHS, dt_months=STEP)
@compiled
def path_loss(cut: float, months: float, p: RareEarths, dt_months: float = QUARTER_MONTH) -> float:
    """Return the buyer's loss from a cut held for some months, from full stocks.

    Parameters
    ----------
    cut : float
        Share of Chinese supply withheld.
    months : float
        How long it is held.
    p : RareEarths
        Parameters.
    dt_months : float
        Length of a step, months; 1 is the step of the reference losses.

    Returns
    -------
    float
        $bn over the whole period.

    Examples
    --------
    >>> round(path_loss(0.8, 12.0, RareEarths.of_2025(), 1.0))
    129
    """
    loss: float = loss_from(p.stock_months, p.alternatives, 1.0, cut, months, p, dt_months)
    return loss


@ranged(cut=CUT)
@compiled
def exporter_loss(cut: float, p: RareEarths) -> float:
    """Return what a cut costs the seller in lost sales, $bn per year.

    Parameters
    ----------
    cut : float
        Share of Chinese supply withheld.
    p : RareEarths
        Parameters.

    Returns
    -------
    float
        $bn per year, an upper figure because higher prices give part of it back.

    Examples
    --------
    >>> exporter_loss(1.0, RareEarths.of_2025())
    3.0
    """
    return p.exporter_loss * cut
