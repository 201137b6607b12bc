"""What a delegation sees when it has to decide: public facts, its own type, its beliefs.

A view is a snapshot. It holds a copy of the state with the other side's private type, the
run's random numbers and the persistent shocks taken out, so nothing done to a view changes the
talks, and nothing in it says what the other side hides. What luck it hands out is hashed one way
from the run's key, and the scenario's uncertain numbers are drawn with a key of their own, so the
key of the run, and with it the types, cannot be worked out from it backwards. Nothing keeps a
class from trying keys forwards: who guesses seed and run right can play the same run again. In a
contest, play on a seed that nobody guesses, such as one of ``secrets.randbits(63)``.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from negotiation.errors import InputError, counted
from negotiation.payoffs.types import TYPES
from negotiation.payoffs.world import DRAFTS
from negotiation.rules import aspirations
from negotiation.rules.aspirations import between
from negotiation.rules.beliefs import type_index
from negotiation.rules.frontier import expected_value, package_at
from negotiation.rules.frontier_search import offer_worth
from negotiation.rules.worth import refresh_expectations, worth
from negotiation.scenario import MAX_ISSUES, SIDES, Scenario
from negotiation.tactics.moves import Package
from negotiation.words.parties import parties

HIDDEN = ("accept_shock", "attend_shock", "sign_shock", "home_shock", "needed", "innovations")


@dataclass(frozen=True)
class Item:
    """An issue of the agenda.

    Attributes
    ----------
    key, name, unit : str
    conceded_by : str
        The side that gives on it.
    status_quo, full : float
        Levels at 0 and at 1, in ``unit``.
    reach : float
        How far it can be conceded at all.
    """

    key: str
    name: str
    unit: str
    conceded_by: str
    status_quo: float
    full: float
    reach: float


@dataclass(frozen=True)
class View:
    """A delegation's view of the talks at one decision.

    What a compiled rule may ask for too (``time``, ``held``, ``luck``, the numbers of offers,
    ``conceded``, which is read from the other side's tone with error, ...) is described in
    :data:`negotiation.tactics.facts.FACTS`; besides:

    Attributes
    ----------
    side : str
        The own side by its seat, "us" or "china".
    day, date : float, datetime.date
        Days since the scenario's first day, and the date.
    round : int
        Number of the round of talks, from 0.
    rounds_left : int
        Rounds of talks after the one that ``time`` speaks of; -1 if even that is too late.
    answering : bool
        Whether there is an offer to answer; ``time`` is then that of the own next offer.
    issues : tuple of Item
    my_last_offer : tuple of float
        Before the first own offer the package that is best for oneself.
    last_offer : tuple of float or None
        The other side's last offer; None if there was none yet.
    walk_away, ideal : float
        Ends of the aspiration range: the own reservation value and the most that the own type
        could get, $bn per year.
    beliefs : tuple of float
        Probabilities of the other side's twelve types, numbered as in
        :mod:`negotiation.payoffs.types`.
    time_to_expiry : float
        What ``time`` is if the talks end when the truce next expires.
    early_end : float
        The chance that they do, where drafts are signed. A share held out for is asked at either
        time, and the two are weighted with it.
    days_to_deadline, days_to_summit : float
        Until the truce expires and until the middle of the summit's window; infinite if there
        is neither.
    party : str
        What the own side is called, such as "the US".
    """

    side: str
    day: float
    date: dt.date
    round: int
    rounds_left: int
    time: float
    answering: bool
    issues: tuple[Item, ...]
    my_last_offer: Package
    last_offer: Package | None
    offers_made: int
    offers_received: int
    different_made: int
    different_received: int
    walk_away: float
    ideal: float
    held: float
    conceded: float
    conceded_before: float
    conceded_long_ago: float
    patience_own: float
    patience_other: float
    precision_other: float
    beliefs: tuple[float, ...]
    time_to_expiry: float
    early_end: float
    days_to_deadline: float
    days_to_summit: float
    luck: float
    reply: float = field(repr=False, compare=False)
    records: tuple[Any, Any, Any] = field(repr=False, compare=False)
    party: str = field(default="", repr=False, compare=False)

    @property
    def index(self) -> int:
        """The own side as a number: 0 for the US, 1 for China."""
        return SIDES.index(self.side)

    @cached_property
    def room(self) -> float:
        """Way from the walk-away value to the ideal as others expect it, $bn per year."""
        talks, world, _ = self.records
        return float(aspirations.public_ideal(talks, world, self.index))

    @cached_property
    def room_of_other(self) -> float:
        """The same for the other side, $bn per year."""
        talks, world, _ = self.records
        return float(aspirations.public_ideal(talks, world, 1 - self.index))

    def worth(self, package: Package | None) -> float:
        """Return what ``package`` is worth to oneself, $bn per year; minus infinity for None."""
        if package is None:
            return -np.inf
        return float(worth(*self.records, self.index, slots(package)))

    def expected_worth(self, package: Package) -> float:
        """Return what the other side expects ``package`` to be worth to oneself."""
        return float(expected_value(*self.records[:2], self.index, slots(package)))

    def expected_worth_to_other(self, package: Package) -> float:
        """Return what ``package`` is expected to be worth to the other side, $bn per year."""
        return float(expected_value(*self.records[:2], 1 - self.index, slots(package)))

    def between(self, share: float) -> float:
        """Return the worth ``share`` of the way from walking away to the own ideal."""
        talks, world, _ = self.records
        ideal = talks.ideal[self.index, type_index(talks, self.index)]
        return float(between(world.reservation[self.index], ideal, share))

    def target(self, share: float) -> float:
        """Return what others expect an offer at ``share`` to be worth to oneself."""
        return self.walk_away + share * self.room

    def package_worth(self, target: float) -> Package:
        """Return the package of the public frontier that is worth ``target`` to oneself."""
        talks, world, _ = self.records
        package = slots(())
        offer_worth(talks, world, self.index, target, package)
        return tuple(package[: len(self.issues)].tolist())

    def risk(self) -> float:
        """Return Zeuthen's risk: the largest chance of conflict worth bearing, as others see it."""
        talks, world, _ = self.records
        return float(aspirations.risk(talks, world, self.index))

    def risk_of_other(self) -> float:
        """Return the other side's risk of conflict."""
        talks, world, _ = self.records
        return float(aspirations.risk(talks, world, 1 - self.index))

    def fair_share(self) -> float:
        """Return the share at the package with the largest product of both sides' gains."""
        talks, world, _ = self.records
        return float(aspirations.fair_share(talks, world, self.index))

    def best_reply(self) -> float:
        """Return the share that is best under the beliefs if refusal means waiting a round."""
        return self.reply


def look(records: tuple[Any, Any, Any], scenario: Scenario, side: int, *, answering: bool) -> View:
    """Return the view of ``side`` on the state ``records`` (talks, world, stakes)."""
    talks, world, stakes = (copied(record) for record in records)
    other, ahead, n = 1 - side, int(answering), len(scenario.issues)
    luck = luck_of(int(talks.key), side, int(talks.turn))
    refresh_expectations(talks, world, stakes)
    reply = float(aspirations.best_reply(talks, world, side))
    hide(talks, other)
    made, received = int(talks.offers_made[side]), int(talks.offers_made[other])
    if made == 0:
        package_at(talks, world, side, 0.0, talks.offer[side])
    turn = int(talks.turn) + ahead
    rounds = int(np.ceil(world.day_horizon / world.talks_every_days))
    middle = 0.5 * (world.day_summit_from + world.day_summit_to)
    later, sooner, early = times(talks, world, ahead)
    return View(
        side=SIDES[side],
        day=float(talks.day),
        date=scenario.calendar.start + dt.timedelta(days=float(talks.day)),
        round=int(talks.turn),
        rounds_left=max(rounds - 1 - turn, 0) if turn < rounds else -1,
        time=later,
        answering=answering,
        issues=agenda(scenario, world),
        my_last_offer=tuple(talks.offer[side, :n].tolist()),
        last_offer=tuple(talks.offer[other, :n].tolist()) if received else None,
        offers_made=made,
        offers_received=received,
        different_made=int(talks.different[side, side]),
        different_received=int(talks.different[side, other]),
        walk_away=float(world.reservation[side]),
        ideal=float(max(talks.ideal[side, type_index(talks, side)], world.reservation[side])),
        held=float(talks.held[side]),
        conceded=float(talks.conceded[side]),
        conceded_before=float(talks.conceded_before[side]),
        conceded_long_ago=float(talks.conceded_long_ago[side]),
        patience_own=float(aspirations.per_round(world, side)),
        patience_other=float(aspirations.per_round(world, other)),
        precision_other=float(world.precision[other]),
        beliefs=tuple(talks.beliefs[other, :TYPES].tolist()),
        time_to_expiry=sooner,
        early_end=early,
        days_to_deadline=max(float(talks.expiry - talks.day), 0.0),
        days_to_summit=max(float(middle - talks.day), 0.0),
        luck=luck,
        reply=reply,
        records=(talks, world, stakes),
        party=parties(scenario)[side].brief,
    )


def times(talks: Any, world: Any, ahead: int) -> tuple[float, float, float]:
    """Return the share of the time for talks that has passed ``ahead`` rounds from now.

    If they end on their last day, if they end at the next expiry of the truce, and the chance of
    that.
    """
    if world.talks_contract != DRAFTS:
        time = float(aspirations.elapsed(talks, world, ahead))
        return time, time, 0.0
    talks.clock_end = talks.expiry
    sooner = float(aspirations.elapsed(talks, world, ahead))
    talks.clock_end = aspirations.last_day(talks, world)
    later = float(aspirations.elapsed(talks, world, ahead))
    return later, sooner, float(aspirations.chance_of_early_end(talks, world))


def hashed(*parts: int) -> tuple[int, ...]:
    """Return four numbers of 32 bits that depend on whole numbers and do not give them away."""
    digest = hashlib.blake2b(repr(parts).encode(), digest_size=16, person=b"negotiation").digest()
    return tuple(int.from_bytes(digest[i : i + 4], "little") for i in range(0, 16, 4))


def luck_of(key: int, side: int, turn: int) -> float:
    """Return the draw in (0, 1) that a side may use in a round."""
    low, high, *_ = hashed(key, side, turn)
    return (((high << 20) | (low >> 12)) + 0.5) / 2.0**52


def copied(record: Any) -> Any:
    """Return a record of its own with the same contents."""
    copy = np.zeros(1, record.dtype)
    copy[0] = record
    return copy.view(np.recarray)[0]


def hide(talks: Any, side: int) -> None:
    """Take out of a copied state what is private to ``side`` and what chance has in store."""
    talks.key = 0
    talks.stance[side] = talks.trait[side] = talks.resolve[side] = -1
    talks.held[side] = talks.weight[side] = np.nan
    talks.zeal[side] = talks.effort[side] = talks.realised[side] = np.nan
    talks.summit_day = np.inf
    talks.deal_day = np.floor(talks.deal_day)  # that of a summit is drawn, and known to the day
    talks.steps_asked[:, side] = 0
    talks.until_round = talks.surprise = 0.0
    talks["scratch"]["chance"] = 0.0  # of an answer, given the type of who gave it
    for name in HIDDEN:
        talks[name][:] = 0.0


def agenda(scenario: Scenario, world: Any) -> tuple[Item, ...]:
    """Return the issues, with the reach that holds in this run."""
    return tuple(
        Item(key, i.name, i.unit, i.conceded_by, i.status_quo, i.full, float(world.reach[k]))
        for k, (key, i) in enumerate(scenario.issues.items())
    )


def slots(package: Package) -> np.ndarray:
    """Return a package in as many slots as the rules have."""
    if len(package) > MAX_ISSUES:
        raise InputError(f"package: {counted(len(package), 'number')}; allowed: one an issue.")
    filled = np.zeros(MAX_ISSUES)
    filled[: len(package)] = package
    return filled
