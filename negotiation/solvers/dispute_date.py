"""A decision date of a dispute: who speaks, what is demanded, who gives in.

A lot decides who speaks first. The first speaker says EVEN or makes a DEMAND. After EVEN the
second accepts, which is a truce on even terms, or makes a demand of its own. Whoever is demanded
of gives in, which is a truce against a concession, or refuses, and penalties follow until the next
date:

    ========================= =================================== ==========================
    outcome                   to the side that demands            to the side demanded of
    ========================= =================================== ==========================
    even truce                0                                   0
    demand, given in to       gain - toll                         -price - audience cost
    demand, refused           no truce - toll                     no truce
    ========================= =================================== ==========================

*Words* are the delegation's. It knows what is publicly believed and not whether its own capital is
resolute, so it weighs its two possible capitals as they were weighed at the start, and what it says
teaches nothing. *Answers* are the capital's. A resolute one refuses, so a refusal teaches: after
one, side o of belief p is thought to be resolute with

    q = p / (p + (1 - p) (1 - r)),

where r is the chance that an ordinary one gives in. That chance is the root of

    r = L( l (yes - W(q)) ),   yes = -price - audience cost,   l = lambda / (1 + noise lambda |W|),

with W what no truce is worth to it at the belief q and L the logistic function. To be thought
resolute is worth something, W rises in q and q in r, so the right-hand side falls in r: **there is
one root**, and the stage has one solution. The noise grows with what is at stake, |W|, and not with
the difference of the two answers, which is nothing exactly where a side is undecided.

Quantal response: McKelvey and Palfrey 1998, doi:10.1023/A:1009905800005. A resolute type that never
yields: Abreu and Gul 2000, doi:10.1111/1468-0262.00094.
"""

from __future__ import annotations

from typing import Annotated

from negotiation.compiling import compiled, inlined
from negotiation.records import Array, Real, RealBySide, layout
from negotiation.solvers.dispute_problem import KNOT, PLAYERS, Dispute
from negotiation.solvers.exponential import bounded, logistic

SURE = 36.0  # log-odds beyond which a choice is as good as certain
SEARCH = 60  # steps of the search for an answer from a cold start: bisection alone needs 52
SETTLED = 1e-10  # log-odds
PER_KNOT, PER_REST = 1.0 / KNOT, 1.0 / (1.0 - KNOT)


@inlined
def per_way(prior: float) -> float:
    """Return what a belief's distance from the prior is multiplied with to be a share of the way.

    Worked out once where many beliefs are looked at: divisions are what takes longest.
    """
    return 1.0 / (1.0 - prior) if prior < 1.0 else 0.0


@inlined
def shares(belief: float, prior: float, per: float) -> tuple[float, float]:
    """Return how far a belief is on from the first of three to the middle one, and from there.

    Examples
    --------
    >>> [tuple(round(x, 9) for x in shares(p, 0.5, 2.0)) for p in (0.2, 0.6, 1.0)]
    [(0.0, 0.0), (0.5, 0.0), (1.0, 1.0)]
    """
    way = (belief - prior) * per
    way = way if way > 0.0 else 0.0
    near, far = way * PER_KNOT, (way - KNOT) * PER_REST
    return (near if near < 1.0 else 1.0), (far if far > 0.0 else 0.0)


@inlined
def along(low: float, middle: float, high: float, near: float, far: float) -> float:
    """Return a value kept at three beliefs where `shares` are ``near`` and ``far``."""
    return low + near * (middle - low) + far * (high - middle)


@inlined
def between(belief: float, prior: float, low: float, middle: float, high: float) -> float:
    """Return a value kept at three beliefs, at ``belief``; one below the prior counts as it.

    Examples
    --------
    >>> [round(between(p, 0.5, 0.0, 1.0, 3.0), 9) for p in (0.2, 0.5, 0.6, 0.7, 1.0)]
    [0.0, 0.0, 0.5, 1.0, 3.0]
    """
    near, far = shares(belief, prior, per_way(prior))
    return along(low, middle, high, near, far)


@inlined
def after_refusal(belief: float, giving_in: float) -> float:
    """Return the belief that a side is resolute once it has refused.

    Examples
    --------
    >>> after_refusal(0.25, 1.0), after_refusal(0.25, 0.0)
    (1.0, 0.25)
    """
    rest = belief + (1.0 - belief) * (1.0 - giving_in)
    return belief / rest if rest > 0.0 else belief


@inlined
def rises(
    prior: float, per: float, low: float, middle: float, high: float
) -> tuple[float, float]:  # fmt: skip
    """Return the slopes of a value kept at three beliefs, below the middle one and above.

    ``per`` is what `per_way` says. Where nothing can be learned there is no slope.

    Examples
    --------
    >>> rises(0.5, 2.0, 0.0, 1.0, 2.5), rises(1.0, 0.0, 0.0, 1.0, 2.5)
    ((5.0, 5.0), (0.0, 0.0))
    """
    return (middle - low) * (PER_KNOT * per), (high - middle) * (PER_REST * per)


@inlined
def step_of_answer(
    x: float, belief: float, prior: float, yes: float, precision: float, noise: float,
    low: float, near: float, far: float,
) -> tuple[float, float]:  # fmt: skip
    """Return how far log-odds ``x`` of giving in are from their root, and the slope there.

    Both times the same positive number, the square of what divides the precision: only their ratio
    and the sign of the first count. ``low`` is what no truce is worth to the side at the prior,
    ``near`` and ``far`` are what `rises` says, the same at every step of a search.
    """
    # with e = exp(-x): r = 1 / (1 + e), so q = p (1 + e) / (p + e)
    e = bounded(-x)
    inverse = 1.0 / (belief + e)
    q = belief * (1.0 + e) * inverse
    reach = KNOT * (1.0 - prior)
    way = q - prior
    first = way if way > 0.0 else 0.0
    first = first if first < reach else reach
    second = way - reach if way > reach else 0.0
    w = low + near * first + far * second
    slope = near if way < reach else far
    stake = w if w > 0.0 else -w
    sign = 1.0 if w > 0.0 else -1.0
    scale = 1.0 + noise * precision * stake
    gap = (x * scale - precision * (yes - w)) * scale
    falls = precision * (1.0 + noise * precision * yes * sign)
    # d logit(q) / dx = r, so dq/dx = q (1 - q) r = p (1 - p) e / (p + e)^2
    rise = scale * scale + falls * slope * (belief * (1.0 - belief) * (e * inverse) * inverse)
    least = 0.5 * scale * scale
    return gap, rise if rise > least else least


@inlined
def answers(
    us: float, china: float, us_belief: float, china_belief: float
) -> tuple[float, float, float, float]:  # fmt: skip
    """Return the chances that either side gives in at these log-odds, and what is believed if not.

    Examples
    --------
    >>> [round(x, 9) for x in answers(0.0, 200.0, 0.5, 0.25)]
    [0.5, 1.0, 0.666666667, 1.0]
    """
    # one division for all four
    e, f = bounded(-us), bounded(-china)
    one, two, three, four = 1.0 + e, us_belief + e, 1.0 + f, china_belief + f
    us_all, china_all = one * two, three * four
    inverse = 1.0 / (us_all * china_all)
    of_us, of_china = china_all * inverse, us_all * inverse
    return (
        two * of_us, four * of_china,
        us_belief * one * (one * of_us), china_belief * three * (three * of_china),
    )  # fmt: skip


@compiled
def answer(
    belief: float, prior: float, yes: float, precision: float, noise: float,
    low: float, middle: float, high: float,
) -> float:  # fmt: skip
    """Return the chance that an ordinary side gives in to a demand.

    Parameters
    ----------
    belief, prior : float
        That it is resolute: now, and at the start of the dispute.
    yes : float
        Worth of giving in, $bn.
    precision, noise : float
        Per $bn, and how the noise grows with what is at stake.
    low, middle, high : float
        Worth of no truce to it at the three beliefs about it, $bn.

    Examples
    --------
    A side that nothing can be learned about (all are resolute or none is) weighs two numbers:

    >>> answered = answer(0.0, 0.0, -1.0, 2.0, 0.0, -2.0, -2.0, -2.0)
    >>> round(answered, 6) == round(logistic(2.0), 6)
    True
    """
    least, most = -SURE, SURE
    x = 0.0
    near, far = rises(prior, per_way(prior), low, middle, high)
    for _ in range(SEARCH):
        gap, rise = step_of_answer(x, belief, prior, yes, precision, noise, low, near, far)
        if gap > 0.0:
            most = x
        else:
            least = x
        ahead = x - gap / rise
        # a step that leaves what is known to hold the root is replaced by a halving
        ahead = ahead if least < ahead < most else 0.5 * (least + most)
        if abs(ahead - x) < SETTLED:
            break
        x = ahead
    return logistic(x)


@inlined
def two_logistics(x: float, y: float) -> tuple[float, float]:
    """Return the logistic distribution function at two places, with one division.

    Examples
    --------
    >>> two_logistics(0.0, 1000.0)
    (0.5, 1.0)
    """
    one, two = 1.0 + bounded(-x), 1.0 + bounded(-y)
    inverse = 1.0 / (one * two)
    return two * inverse, one * inverse


@inlined
def words(
    us: float, china: float, us_asked: float, china_asked: float, us_scale: float,
    china_scale: float,
) -> tuple[float, float, float, float]:  # fmt: skip
    """Return the chances of a demand: of the US and China speaking first, then second.

    ``us`` and ``china`` are what a demand is worth to the delegations, ``us_asked`` and
    ``china_asked`` what being demanded of is, against an even truce; the scales are precisions.
    """
    us_second, china_second = two_logistics(us_scale * us, china_scale * china)
    us_first, china_first = two_logistics(
        us_scale * (us - china_second * us_asked), china_scale * (china - us_second * china_asked)
    )
    return us_first, china_first, us_second, china_second


@inlined
def scaled(precision: float, noise: float, stake: float) -> float:
    """Return the precision of a choice with so much at stake, per $bn.

    Examples
    --------
    >>> scaled(2.0, 0.1, -5.0), scaled(2.0, 0.0, -5.0)
    (1.0, 2.0)
    """
    return precision / (1.0 + noise * precision * abs(stake))


@inlined
def demands(
    us_wins: float, china_wins: float, us_gives: float, china_gives: float,
    us_gain: float, china_gain: float, us_yes: float, china_yes: float,
    us_toll: float, china_toll: float,
    b0: float, b1: float, b2: float, b3: float, c0: float, c1: float, c2: float, c3: float,
) -> tuple[float, float, float, float, float, float, float, float]:  # fmt: skip
    """Return what a demand of the US is worth to each player, then what one of China's is.

    ``us_wins`` is the chance that China gives in over both its types, ``china_gives`` that of its
    ordinary type; ``b`` what no truce is worth to each player after China has refused, ``c`` after
    the US has.
    """
    return (
        us_wins * us_gain + (1.0 - us_wins) * b0 - us_toll,
        us_wins * us_gain + (1.0 - us_wins) * b1 - us_toll,
        china_gives * china_yes + (1.0 - china_gives) * b2,
        b3,
        us_gives * us_yes + (1.0 - us_gives) * c0,
        c1,
        china_wins * china_gain + (1.0 - china_wins) * c2 - china_toll,
        china_wins * china_gain + (1.0 - china_wins) * c3 - china_toll,
    )


@inlined
def meet(
    us: Array, china: Array, lane: int, us_belief: float, china_belief: float,
    us_gives: float, china_gives: float, us_learned: float, china_learned: float,
    p: float, q: float, us_per: float, china_per: float,
    us_gain: float, china_gain: float, us_yes: float, china_yes: float,
    us_toll: float, china_toll: float, us_precision: float, china_precision: float,
    noise: float, lot: float,
) -> tuple[float, float, float, float, float, float, float, float, float, float]:  # fmt: skip
    """Return how a date is played whose answers are known, and what it is worth.

    Parameters
    ----------
    us, china : ndarray, shape (3, 4, lanes)
        Worth of no truce to each player at the three beliefs about either side, $bn.
    lane : int
        Which of the dates that are laid out side by side.
    us_belief, china_belief, us_learned, china_learned, p, q : float
        That a side is resolute: now, once it has refused, and at the start of the dispute.
    us_gives, china_gives : float
        Chance that an ordinary side gives in.
    us_per, china_per : float
        What `per_way` says of ``p`` and ``q``.

    Returns
    -------
    tuple of float
        Chances of a demand by the US and China speaking first, and second; of a demand by each in
        all; worth of the date to the four players, $bn.
    """
    near, far = shares(china_learned, q, china_per)
    b0 = along(china[0, 0, lane], china[1, 0, lane], china[2, 0, lane], near, far)
    b1 = along(china[0, 1, lane], china[1, 1, lane], china[2, 1, lane], near, far)
    b2 = along(china[0, 2, lane], china[1, 2, lane], china[2, 2, lane], near, far)
    b3 = along(china[0, 3, lane], china[1, 3, lane], china[2, 3, lane], near, far)
    near, far = shares(us_learned, p, us_per)
    c0 = along(us[0, 0, lane], us[1, 0, lane], us[2, 0, lane], near, far)
    c1 = along(us[0, 1, lane], us[1, 1, lane], us[2, 1, lane], near, far)
    c2 = along(us[0, 2, lane], us[1, 2, lane], us[2, 2, lane], near, far)
    c3 = along(us[0, 3, lane], us[1, 3, lane], us[2, 3, lane], near, far)
    u0, u1, u2, u3, k0, k1, k2, k3 = demands(
        (1.0 - china_belief) * china_gives, (1.0 - us_belief) * us_gives,
        us_gives, china_gives, us_gain, china_gain, us_yes, china_yes, us_toll, china_toll,
        b0, b1, b2, b3, c0, c1, c2, c3,
    )  # fmt: skip
    # both as `scaled` says, with one division
    us_scale = 1.0 + noise * us_precision * abs((1.0 - p) * b0 + p * b1)
    china_scale = 1.0 + noise * china_precision * abs((1.0 - q) * c2 + q * c3)
    inverse = 1.0 / (us_scale * china_scale)
    first_us, first_china, second_us, second_china = words(
        (1.0 - p) * u0 + p * u1, (1.0 - q) * k2 + q * k3,
        (1.0 - p) * k0 + p * k1, (1.0 - q) * u2 + q * u3,
        us_precision * (china_scale * inverse), china_precision * (us_scale * inverse),
    )  # fmt: skip
    us_asks = lot * first_us + (1.0 - lot) * (1.0 - first_china) * second_us
    china_asks = (1.0 - lot) * first_china + lot * (1.0 - first_us) * second_china
    return (
        first_us, first_china, second_us, second_china, us_asks, china_asks,
        us_asks * u0 + china_asks * k0, us_asks * u1 + china_asks * k1,
        us_asks * u2 + china_asks * k2, us_asks * u3 + china_asks * k3,
    )  # fmt: skip


class Date:
    """A date as it will be played: chances, and what the sides expect of it."""

    speaks: Annotated[Array, "f8", (2,)]  # of a demand by the side that speaks first
    replies: Annotated[Array, "f8", (2,)]  # of a demand by the side that speaks second
    gives: Annotated[Array, "f8", (2,)]  # of giving in, by an ordinary side
    learned: Annotated[Array, "f8", (2,)]  # belief that a side is resolute once it has refused
    even: Real  # of a truce on even terms, an accident apart
    asked: Annotated[Array, "f8", (2,)]  # of a demand by each side
    worth: Annotated[Array, "f8", (PLAYERS,)]  # of the date, $bn


DATE = layout(Date)


Lines = Annotated[Array, "f8", (3, PLAYERS, 1)]


class Terms:
    """What a date is about, apart from what follows if it fails."""

    belief: RealBySide  # that a side is resolute
    gain: RealBySide
    yes: RealBySide  # worth of giving in, to the side that does
    toll: RealBySide
    # what no truce is worth to each player at the three beliefs about the US, the belief about
    # China being what it is; and the other way round. One lane, as `meet` looks at many
    about_us: Lines
    about_china: Lines


TERMS = layout(Terms)


@compiled
def weigh_date(dispute: Dispute, terms: Terms, date: Date) -> None:
    """Solve one date at exact beliefs.

    Parameters
    ----------
    dispute : record of ``DISPUTE``
        Priors, precisions, noise and who speaks first.
    terms : record of ``TERMS``
    date : record of ``DATE``
        Filled.
    """
    for s in range(2):
        lines = terms.about_us if s == 0 else terms.about_china
        date.gives[s] = answer(
            terms.belief[s], dispute.prior[s], terms.yes[s], dispute.precision[s], dispute.noise,
            lines[0, 2 * s, 0], lines[1, 2 * s, 0], lines[2, 2 * s, 0],
        )  # fmt: skip
        date.learned[s] = after_refusal(terms.belief[s], date.gives[s])
    (
        date.speaks[0], date.speaks[1], date.replies[0], date.replies[1],
        date.asked[0], date.asked[1],
        date.worth[0], date.worth[1], date.worth[2], date.worth[3],
    ) = meet(
        terms.about_us, terms.about_china, 0, terms.belief[0], terms.belief[1],
        date.gives[0], date.gives[1], date.learned[0], date.learned[1],
        dispute.prior[0], dispute.prior[1], per_way(dispute.prior[0]), per_way(dispute.prior[1]),
        terms.gain[0], terms.gain[1], terms.yes[0], terms.yes[1], terms.toll[0], terms.toll[1],
        dispute.precision[0], dispute.precision[1], dispute.noise, dispute.first,
    )  # fmt: skip
    date.even = 1.0 - date.asked[0] - date.asked[1]
