"""Decisions of the record as situations of the model: any two sides, one dispute of many.

A row of the record says which duty was threatened, on which goods and how binding it was. The
model's tariffs are averages over all goods that one side sells the other, so a duty of 25 points on
a tenth of that trade is one of 2.5. What is at stake for both, over what was at stake in Stockholm,
is the scale of all sums that no trade model gives: a quarrel about steel is the trade war in small.

===========================  ====================================================================
column                       mechanism
===========================  ====================================================================
sender, target               whose trade, and so what tariffs cost either side
tariff before, threatened,   tariffs in force and at stake, by the share of trade that they are
on which trade               laid on; what a lapse costs, and how large the game is
retaliation                  the other side's; where the row is silent and the other side has
                             leverage, it answers in kind
binding                      whether a lapse brings penalties at once
regime before                tension, what giving in costs at home; penalties in force are what a
                             decision would take off
threatened on                how many weeks of talks there are before the date
leaders                      held: they meet; else what a lapse puts off
talks going on               what a lapse breaks off
date                         which facts are known yet
===========================  ====================================================================
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress

import numpy as np

from negotiation.economy.dyads import dyad
from negotiation.errors import UnknownName
from negotiation.hindcast.decisions import CODES, DEAL, ESCALATION, LAPSE, TRUCE, code_of
from negotiation.hindcast.episodes import Episode, calm_level, calm_year
from negotiation.hindcast.governments import EVERYBODY, borrowing, government, regions_of
from negotiation.hindcast.pooled import Unit
from negotiation.hindcast.priors import NAMES
from negotiation.hindcast.situation import ESCALATED, NEAR, TRUCE_POINTS, base
from negotiation.history import codes
from negotiation.history.administrations import administration
from negotiation.history.rows import Decision
from negotiation.outcome import EVENTS
from negotiation.scenario import SIDES
from negotiation.words.parties import party as party_of

AMERICAN = "US"
MOST_POINTS = 160.0  # of a tariff, as a scenario may have
USUAL_POINTS = 25.0  # of a duty that is threatened and not named: the commonest since 2018
USUAL_SHARE = 0.1  # of trade where the row names none: ours
STOCKHOLM = 0.24  # of either side's goods: the points suspended in 2025
LEAST_SCALE, MOST_SCALE = 0.003, 3.0
TARIFFS = (
    "us_tariff_before", "us_tariff_threatened",
    "target_retaliation_before", "target_retaliation_threatened",
)  # fmt: skip
LEADERS = {
    codes.Leaders.NONE: "none",
    codes.Leaders.CALL: "call_held",
    codes.Leaders.SCHEDULED: "scheduled",
    codes.Leaders.HELD: "held",
}
FIVE = tuple(codes.Outcome)
KINDS = (*CODES, "bought_extension")
DETAILED = (*KINDS, "deal_target_alone", "bought_target_alone")  # the kinds without these
PLAYS = ("plays with", "play with")
NEVER = 1e-9  # added to chances, so that what never happens has one
CONCEDED = 0.05  # of an issue, from which it counts as conceded in a deal
BOUGHT = [EVENTS.index(f"first_extension_from_{side}") for side in SIDES]


def seats_of(decision: Decision) -> tuple[str, str]:
    """Return the regions that sender and target of a decision play with."""
    return regions_of(government(decision.sender), government(decision.target))


def pair_of(decision: Decision) -> str:
    """Return the two governments of a decision, whoever threatens.

    Examples
    --------
    >>> from negotiation.history.reading import shipped
    >>> sorted({pair_of(d) for d in shipped().decisions if d.between("Thailand")})
    ['Thailand-US']
    """
    return _joined(decision.sender, decision.target)


def pair_named(text: str) -> str:
    """Return the pair that two names joined by a hyphen are of; blank where there is none.

    Examples
    --------
    >>> pair_named("usa-PRC"), pair_named("EU-27-us"), pair_named("US-Chna")
    ('China-US', 'EU-US', '')
    """
    parts = text.split("-")
    for k in range(1, len(parts)):  # a name may have a hyphen of its own
        with suppress(UnknownName):
            return _joined("-".join(parts[:k]), "-".join(parts[k:]))
    return ""


def _joined(one: str, other: str) -> str:
    return "-".join(sorted((government(one), government(other))))


def unit_of(decision: Decision) -> Unit:
    """Return the two governments of a decision, and the administration under which they met.

    That of the United States, whoever threatens: they are a party to every decision of the record
    and threaten in most, and with the other side's governments too nearly all units would
    hold one decision or two.

    Examples
    --------
    >>> from negotiation.history.reading import shipped
    >>> unit_of(next(d for d in shipped().decisions if d.between("Thailand")))
    Unit(pair='Thailand-US', administration='Trump1')
    """
    governments = government(decision.sender), government(decision.target)
    return Unit(pair_of(decision), administration(decision, AMERICAN in governments))


def stand_in(decision: Decision) -> str:
    """Return a sentence where a government plays with the trade of another; else nothing."""
    parties = decision.sender, decision.target
    borrowed = borrowing(*map(government, parties))
    told = [
        f"{party} {PLAYS[government(party) == EVERYBODY]} the trade of {party_of(seat).name}"
        for party, seat in zip(parties, seats_of(decision), strict=True)
        if government(party) in borrowed
    ]
    if not told:
        return ""
    blank = "; trade_at_stake is blank, so a tenth of that trade is at stake"
    of_whom = blank if decision.names_no_trade else ""
    return f"{decision.id}: {' and '.join(told)}{of_whom}."


def nothing_at_stake(decision: Decision) -> str:
    """Return a sentence where the announced duty is not above the one in force; else nothing."""
    before, threatened = decision.us_tariff_before or 0.0, decision.us_tariff_threatened
    in_force = decision.regime_before is codes.Regime.PENALTIES
    if decision.trade_at_stake == 0.0:
        return f"{decision.id}: no trade is at stake, so nothing is decided about."
    if threatened is None or threatened > before or in_force:
        return ""
    return (
        f"{decision.id}: the tariff threatened, {threatened:g}, is not above the one before, "
        f"{before:g}: nothing is at stake for the target."
    )


def clipped(decision: Decision) -> list[str]:
    """Return a sentence for each number of a row that is beyond what can be played.

    Examples
    --------
    >>> from negotiation.history.reading import shipped
    >>> row = next(d for d in shipped().decisions if d.id == "T167")
    >>> clipped(row.model_copy(update={"trade_at_stake": 4000.0}))[0]
    'T167: trade_at_stake, 4000, is more than the trade table has, $334bn: all of it is at stake.'
    """
    episode = episode_of(decision)
    imports = dyad(*episode.sides).goods_imports()
    told = []
    trade, whole = decision.trade_at_stake, float(imports[sender_of(decision)])
    if trade is not None and trade > 1.02 * whole and not decision.is_average:
        told.append(
            f"trade_at_stake, {trade:g}, is more than the trade table has, ${whole:.0f}bn: all of "
            "it is at stake"
        )
    for column in TARIFFS:
        points = getattr(decision, column)
        if points is not None and not 0.0 <= points <= MOST_POINTS:
            end = min(max(points, 0.0), MOST_POINTS)
            told.append(f"{column}, {points:g}, is played as {end:g}")
    if episode.averages:
        sender, calm = sender_of(decision), calm_level(decision.date)
        for column, seat in zip(TARIFFS[::2], (sender, 1 - sender), strict=True):
            points = getattr(decision, column)
            if points is not None and points < calm[seat]:
                told.append(
                    f"{column}, {points:g}, is below the average tariff of "
                    f"{calm_year(decision.date)}, {calm[seat]:g}: no tariff on top of that is "
                    "played"
                )
    at_stake = sum(
        0.01 * points * goods
        for points, goods in zip((episode.us_stake, episode.china_stake), imports, strict=True)
    )
    size = at_stake / (STOCKHOLM * sum(dyad(*SIDES).goods_imports()))
    if size > 0.0 and not LEAST_SCALE <= size <= MOST_SCALE:
        told.append(
            f"what is at stake is {size:.2g} of that in Stockholm; what no trade model prices is "
            f"played at {episode.scale:g} of it, the "
            f"{'least' if size < LEAST_SCALE else 'most'} that is"
        )
    return [f"{decision.id}: {text}." for text in told]


def remarks(decision: Decision) -> list[str]:
    """Return what is to be told of how a row is played, in sentences: often none."""
    told = [stand_in(decision), nothing_at_stake(decision), *clipped(decision)]
    return [text for text in told if text]


def sides_of(decision: Decision) -> tuple[str, str]:
    """Return who sits in the first seat and who in the second: the United States in the first."""
    pair = seats_of(decision)
    first, second = pair if pair[1] != SIDES[0] and pair[0] != SIDES[1] else pair[::-1]
    return first, second


def governments_of(decision: Decision) -> tuple[str, str]:
    """Return the governments of a decision, that in the first seat first.

    Examples
    --------
    >>> from negotiation.history.reading import shipped
    >>> governments_of(next(d for d in shipped().decisions if d.between("Thailand")))
    ('US', 'Thailand')
    """
    named = government(decision.sender), government(decision.target)
    return named if sender_of(decision) == 0 else named[::-1]


def sender_of(decision: Decision) -> int:
    """Return the seat of the side that announced the penalty."""
    return sides_of(decision).index(seats_of(decision)[0])


def episode_of(decision: Decision, *, hindsight: bool = True) -> Episode:
    """Return a decision of the record as a situation of the model.

    Parameters
    ----------
    decision : Decision
    hindsight : bool
        Whether to use what was coded knowing the outcome: talks, leaders, leverage.

    Examples
    --------
    >>> from negotiation.history.reading import shipped
    >>> row = next(d for d in shipped().decisions if d.id == "T167")
    >>> episode = episode_of(row)
    >>> episode.sides, round(episode.us_stake, 1), round(episode.scale, 2)
    (('us', 'mexico'), 25.0, 0.93)
    """
    sides = sides_of(decision)
    sender = sender_of(decision)
    imports = dyad(*sides).goods_imports()
    shares = _shares(decision, imports, sender)
    before = _pair(
        sender, decision.us_tariff_before or 0.0, decision.target_retaliation_before or 0.0
    )
    threatened = _threatened(decision, sender, hindsight)
    in_force = decision.regime_before is codes.Regime.PENALTIES and max(before) > 0.0
    rising = max(t - b for t, b in zip(threatened, before, strict=True)) > 0.0
    easing = in_force and not (rising and decision.us_tariff_threatened is not None)
    before, threatened = _in_range(before), _in_range(threatened)
    level = tuple(b * share for b, share in zip(before, shares, strict=True))
    averages = sides == SIDES and decision.is_average
    if averages:
        # of all that is levied, what is usual among it
        level = tuple(
            max(b - c, 0.0) for b, c in zip(level, calm_level(decision.date), strict=True)
        )
    high = min(level) > ESCALATED
    comes, notice = when(decision)
    left = TRUCE_POINTS if high else (0.0, 0.0)
    stake = tuple(b - points for b, points in zip(level, left, strict=True)) if easing else tuple(
        max(t - b, 0.0) * share for t, b, share in zip(threatened, before, shares, strict=True)
    )  # fmt: skip
    at_stake = sum(0.01 * points * trade for points, trade in zip(stake, imports, strict=True))
    hit = [0.01 * points * trade for points, trade in zip(stake, imports, strict=True)]
    exposed = (2.0 * hit[1] / at_stake, 2.0 * hit[0] / at_stake) if at_stake else (1.0, 1.0)
    usual = STOCKHOLM * sum(dyad(*SIDES).goods_imports())
    return Episode(
        id=decision.id,
        date=decision.date,
        us_level=level[0],
        china_level=level[1],
        binding=decision.binding.value,
        deadline=decision.deadline_date,
        leaders=LEADERS[decision.leaders] if hindsight else "none",
        rare_earth_or_tech=sides == SIDES and (not hindsight or decision.counter_leverage),
        purchases=decision.talks_live if hindsight else True,
        truce=decision.regime_before is codes.Regime.TRUCE,
        us_stake=stake[0],
        china_stake=stake[1],
        sides=sides,
        in_force=easing,
        notice=notice,
        sender=sender,
        exposed=exposed,
        scale=float(np.clip(at_stake / usual, LEAST_SCALE, MOST_SCALE)),
        penalties=decision.regime_before is codes.Regime.PENALTIES,
        averages=averages,
        comes=comes,
    )


def when(decision: Decision) -> tuple[dt.date, int | None]:
    """Return the day on which what is threatened comes, and the days from the threat to it.

    That is the date that was set, where the decision was made within a month before it. One that
    was made earlier, or late, was not about the date: then it is the day of the decision.

    Examples
    --------
    >>> from negotiation.history.reading import shipped
    >>> when(next(d for d in shipped().decisions if d.id == "T199"))
    (datetime.date(2025, 8, 1), 25)
    """
    date, day, threat = decision.deadline_date, decision.date, decision.threat_date
    if date is not None and decision.lead_days is not None:
        threat = date - dt.timedelta(decision.lead_days)
    comes = date if date is not None and 0 < (date - day).days <= NEAR else day
    return comes, decision.lead_days if threat is None else (comes - threat).days


def _in_range(points: tuple[float, float]) -> tuple[float, float]:
    first, second = (min(max(x, 0.0), MOST_POINTS) for x in points)
    return first, second


def _pair(sender: int, own: float, other: float) -> tuple[float, float]:
    return (own, other) if sender == 0 else (other, own)


def _shares(decision: Decision, imports: Sequence[float], sender: int) -> tuple[float, float]:
    """Return the share of either side's goods on which duties are laid."""
    if decision.is_average:
        return 1.0, 1.0
    trade = decision.trade_at_stake
    own = USUAL_SHARE if trade is None else min(trade / float(imports[sender]), 1.0)
    worth = own * float(imports[sender])  # the other side answers on goods of the same worth
    other = min(worth / float(imports[1 - sender]), 1.0)
    return _pair(sender, own, other)


def _threatened(decision: Decision, sender: int, hindsight: bool) -> tuple[float, float]:
    """Return the duties that come unless something is agreed, on the goods that they are laid on.

    Where the row is silent, the commonest duty is threatened; and the other side answers in kind
    where it has leverage, or has answered before.
    """
    before = decision.us_tariff_before or 0.0
    own = decision.us_tariff_threatened
    if own is None:
        own = before + USUAL_POINTS
    answered = decision.target_retaliation_before or 0.0
    answer = decision.target_retaliation_threatened
    if answer is None:
        answers = (decision.counter_leverage and hindsight) or answered > 0.0
        answer = answered + (max(own - before, 0.0) if answers else 0.0)
    return _pair(sender, own, answer)


def categories(rows: np.ndarray) -> np.ndarray:
    """Return the share of runs with each of ``KINDS``, shape (5,).

    As ``decisions.code_of``, and a truce that one side bought with a concession apart.

    Parameters
    ----------
    rows : ndarray of ``outcome.ROW``, shape (n,)
    """
    kind = kind_of(rows, np.asarray(rows["events"][:, BOUGHT].any(axis=1)))
    return np.bincount(kind, minlength=len(KINDS)) / len(rows)


def kind_of(rows: np.ndarray, bought: np.ndarray) -> np.ndarray:
    """Return the kind of each run, as a place in ``KINDS``; ``bought`` says where one side paid."""
    code = code_of(rows)
    return np.asarray(np.where(bought & (code == TRUCE), len(CODES), code))


def detailed(rows: np.ndarray, target: int, conceded_by: np.ndarray) -> np.ndarray:
    """Return the share of runs with each of ``DETAILED``, shape (7,).

    Parameters
    ----------
    rows : ndarray of ``outcome.ROW``, shape (n,)
    target : int
        Seat of the side that the penalty was announced to.
    conceded_by : ndarray, shape (issues,)
        Seat of the side that concedes each issue.
    """
    bought = rows["events"][:, BOUGHT].astype(bool)
    kind = kind_of(rows, np.asarray(bought.any(axis=1)))
    issues = rows["package"][:, : len(conceded_by)]
    sender_gives = (issues[:, conceded_by == 1 - target] >= CONCEDED).any(axis=1)
    alone = np.where(kind == DEAL, ~sender_gives, bought[:, target])
    place = np.where(alone & (kind == DEAL), len(KINDS), kind)
    place = np.where(alone & (kind == len(CODES)), len(KINDS) + 1, place)
    return np.bincount(place, minlength=len(DETAILED)) / len(rows)


def undetailed(shares: np.ndarray) -> np.ndarray:
    """Return the chances of ``KINDS`` from those of ``DETAILED``, along the last axis."""
    found = shares[..., : len(KINDS)].copy()
    found[..., DEAL] += shares[..., len(KINDS)]
    found[..., len(CODES)] += shares[..., len(KINDS) + 1]
    return np.asarray(found)


def target_alone(shares: np.ndarray, told: np.ndarray) -> np.ndarray:
    """Return the chance that the target alone gave way, given an extension, given a deal.

    Parameters
    ----------
    shares : ndarray, shape (draws, 7)
        Of ``DETAILED``.
    told : ndarray, shape (draws,)
        Chance that a truce that was bought is told as a deal.

    Returns
    -------
    ndarray, shape (draws, 2)

    Examples
    --------
    >>> shares = np.array([[0.0, 0.0, 0.4, 0.1, 0.0, 0.1, 0.4]])
    >>> target_alone(shares, np.array([0.5])).round(3)
    array([[0.333, 0.75 ]])
    """
    deal, deal_alone = shares[:, DEAL], shares[:, len(KINDS)]
    bought, bought_alone = shares[:, len(CODES)], shares[:, len(KINDS) + 1]
    put_off = (1.0 - told) * bought_alone, shares[:, TRUCE] + (1.0 - told) * bought
    signed = deal_alone + told * bought_alone, deal + told * bought
    return np.stack(
        [(alone + NEVER) / (alone + other + 2.0 * NEVER) for alone, other in (put_off, signed)],
        axis=-1,
    )


def five(
    shares: np.ndarray, told: np.ndarray, idle: np.ndarray, partial: float | None = None
) -> np.ndarray:
    """Return the chances of the record's five outcomes from those of the model's.

    How people code what happened is a chance too: a truce that was bought may be told as a deal,
    and a penalty without a binding date that is not carried out as dropped.

    Parameters
    ----------
    shares : ndarray, shape (draws, 5)
        Of ``KINDS``.
    told, idle : ndarray, shape (draws,)
        Of the parameters ``told_as_deal`` and ``idle``; with a binding date the latter is 0.
    partial : float, optional
        Chance that penalties begin in part; by default as in Stockholm.

    Examples
    --------
    >>> found = five(np.array([[0.5, 0.1, 0.1, 0.1, 0.2]]), np.array([0.5]), np.array([0.0]))
    >>> [round(float(x), 2) for x in found[0]]
    [0.4, 0.1, 0.2, 0.2, 0.1]
    """
    part = base().escalation.partial.value if partial is None else partial
    penalties, bought = shares[:, ESCALATION], shares[:, len(CODES)]
    off = shares[:, TRUCE] + (1.0 - told) * bought
    columns = {
        codes.Outcome.PENALTY_IN_FULL: (1.0 - part) * penalties,
        codes.Outcome.PENALTY_IN_PART: part * penalties,
        codes.Outcome.EXTENDED_OR_PAUSED: (1.0 - idle) * off,
        codes.Outcome.DEAL: shares[:, DEAL] + told * bought,
        codes.Outcome.DROPPED: shares[:, LAPSE] + idle * off,
    }
    return np.stack([columns[outcome] for outcome in FIVE], axis=-1)


def telling(values: np.ndarray, binding: codes.Binding) -> dict[str, np.ndarray]:
    """Return how what happens is told at each draw: ``told_as_deal`` and ``idle``, shape (draws,).

    Parameters
    ----------
    values : ndarray, shape (draws, parameters)
        Of the parameters, as ``priors.PARAMETERS`` has them.
    binding : Binding
        Of the decision: a penalty that takes effect by itself cannot idle.
    """
    found = {name: values[:, NAMES.index(name)] for name in ("told_as_deal", "idle")}
    if binding is codes.Binding.HARD:
        found["idle"] = np.zeros_like(found["idle"])
    return found
