"""What if a side had decided otherwise: a run forked at a decision, the odds of both branches.

Both branches share everything up to the decision, the private types among it. The two courses that
are printed meet the same random events after it too. The odds are over other random events after
the decision, the same in both branches run by run, so that what differs is due to the decision.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from negotiation.analysis.compare import differences
from negotiation.analysis.comparison import Difference
from negotiation.door import checked
from negotiation.errors import InputError, OutOfRange, did_you_mean, whole_number
from negotiation.game import Decision, Game, Kind
from negotiation.scenario import SIDES, Scenario
from negotiation.talks import Talks
from negotiation.tally import Tally
from negotiation.words.language import tr
from negotiation.words.own_names import own_name


@dataclass(frozen=True)
class WhatIf:
    """A run, and the same run had one decision been another.

    Attributes
    ----------
    was : Decision
        What was decided.
    date : datetime.date
        First day of its tick.
    instead : str or tuple of float
        What is decided instead.
    as_it_was, otherwise : Talks
        Both courses, with the same random events ahead.
    runs : int
        Runs of each branch behind the odds.
    events, at_horizon : dict of str to Difference
        Odds from the decision on: before is as it was, after the other branch.
    """

    was: Decision
    date: dt.date
    instead: str | tuple[float, ...]
    as_it_was: Talks
    otherwise: Talks
    runs: int
    events: dict[str, Difference]
    at_horizon: dict[str, Difference]

    def to_dict(self) -> dict[str, Any]:
        """Return the object that ``negotiation run --fork --json`` prints."""
        return {
            "fork": {
                "date": self.date.isoformat(),
                "side": self.was.side,
                "kind": self.was.kind.value,
                "was": self.was.choice,
                "instead": self.instead,
            },
            "as_it_was": self.as_it_was.to_dict(),
            "instead": self.otherwise.to_dict(),
            "runs": self.runs,
            "events": {name: d.to_dict() for name, d in self.events.items()},
            "at_horizon": {name: d.to_dict() for name, d in self.at_horizon.items()},
        }


@checked
def what_if(
    game: Game, kind: Kind | str, choice: Any, *, day: float = 0.0, side: str | None = None,
    runs: int = 10_000,
) -> WhatIf:  # fmt: skip
    """Return what would have come of another decision.

    Parameters
    ----------
    game : Game
        At or before the decision.
    kind : Kind
        Or its name.
    choice : optional
        What is decided instead, as :meth:`negotiation.Game.decide` takes it.
    day : float
        The first decision of this kind in the tick of this day or later is meant.
    side : str, optional
        "us" or "china"; by default whoever comes first.
    runs : int
        Runs of each branch behind the odds.

    Raises
    ------
    InputError
        If there is no such decision in the run, or it was taken so anyway.

    Examples
    --------
    >>> import negotiation as ng
    >>> game = ng.Game(ng.Scenario.load("stockholm-2025"), seed=1)
    >>> found = what_if(game, Kind.PROPOSE, "demand", side="us", runs=100)
    >>> found.was.choice, found.instead
    ('even', 'demand')
    """
    whole_number("runs", runs, 1)
    kind = Kind(kind)
    tick, calendar = float(game.scenario.clock.tick_days.value), game.scenario.calendar
    last = (calendar.horizon - calendar.start).days
    if not 0.0 <= day <= last:
        raise OutOfRange("day", day, tr("0 to {last}, the horizon", last=last))
    before = game.fork()
    point = before.play_to(kind, side=side)
    while point is not None and point.day + tick <= day:
        before.decide()
        point = before.play_to(kind, side=side)
    if point is None:
        raise InputError(none_there(game, kind, day, side))
    as_it_was, otherwise = before.fork(), before.fork()
    as_it_was.decide()
    _ = as_it_was.point
    was = as_it_was.decisions[-1 if as_it_was.point is None else point.number]
    otherwise.decide(choice)
    _ = otherwise.point
    instead = otherwise.decisions[point.number].choice
    if instead == was.choice:
        whose = own_name(point.side, game.scenario)
        raise InputError(
            tr(
                "fork: in this run {what} is {choice} on {date} anyway.",
                what=f"{whose}.{kind.value}", choice=repr(instead), date=point.date,
            )
        )  # fmt: skip
    total, base = Tally.empty(), Tally.empty()
    hits = base.count(before.continued(was.choice, runs=runs))
    total.count(before.continued(choice, runs=runs), base=hits)
    events, at_horizon = differences(total)
    return WhatIf(
        was, point.date, instead, as_it_was.play().talks, otherwise.play().talks, runs,
        events, at_horizon,
    )  # fmt: skip


def none_there(game: Game, kind: Kind, day: float, side: str | None) -> str:
    """Return that a run has no such decision, and which it has."""
    start = game.scenario.calendar.start
    taken = [d for d in game.fork().play().decisions if d.kind is kind]
    own = dict(zip(SIDES, game.scenario.sides, strict=True))
    days = [f"{start + dt.timedelta(days=d.day)} ({own[d.side]})" for d in taken]
    date = start + dt.timedelta(days=day)
    known = tr("it has none at all")
    if days:
        listed = ", ".join(days[:8])
        known = tr("there is one on {days}", days=listed)
    said = {"kind": repr(kind.value), "date": date, "known": known}
    if not side:
        return tr("fork: this run has no decision {kind} from {date} on; {known}.", **said)
    return tr(
        "fork: this run has no decision {kind} of {side} from {date} on; {known}.",
        side=own[side], **said,
    )  # fmt: skip


def parsed(text: str, scenario: Scenario) -> tuple[float, str | None, Kind, Any]:
    """Return the day, side, kind and choice that ``DAY:[SIDE.]KIND=CHOICE`` names.

    Raises
    ------
    InputError
        With a sentence that says what is wrong with it.

    Examples
    --------
    >>> parsed("2025-08-12:china.yield=refuse", Scenario.load("stockholm-2025"))
    (15.0, 'china', <Kind.YIELD: 'yield'>, 'refuse')
    """
    own = dict(zip(scenario.sides, SIDES, strict=True))
    such = f"2025-08-12:{scenario.sides[1]}.yield=refuse"
    expected = tr("expected DAY:[SIDE.]KIND=CHOICE, such as {such}", such=such)
    place, colon, rest = text.partition(":")
    what, equals, choice = rest.partition("=")
    if not (colon and equals and place and what and choice):
        given = repr(text)
        raise InputError(
            tr("fork: {given} is not understood; {expected}.", given=given, expected=expected)
        )
    named, _, name = what.rpartition(".")
    side = own.get(named, named)
    if side and side not in SIDES:
        raise InputError(
            tr("fork: no side {side}; allowed: {sides}.", side=repr(side), sides=", ".join(own))
        )
    names = [kind.value for kind in Kind if kind is not Kind.OFFER]
    if name not in names:
        hint = did_you_mean(name, names)
        raise InputError(
            tr(
                "fork: no kind of decision {kind}.{hint} Allowed: {kinds}.",
                kind=repr(name), hint=hint, kinds=", ".join(names),
            )
        )  # fmt: skip
    kind = Kind(name)
    if choice not in kind.words:
        hint = did_you_mean(choice, kind.words)
        raise InputError(
            tr(
                "fork: {kind} cannot be {choice}.{hint} Allowed: {choices}.",
                kind=name, choice=repr(choice), hint=hint, choices=", ".join(kind.words),
            )
        )  # fmt: skip
    return day_of(place, scenario, expected), side or None, kind, choice


def day_of(place: str, scenario: Scenario, expected: str) -> float:
    """Return the day that a date or a number of days since the start means."""
    calendar = scenario.calendar
    try:
        day = float(place) if "-" not in place else None
        date = None if day is not None else dt.date.fromisoformat(place)
    except ValueError:
        given = repr(place)
        raise InputError(
            tr("fork: {given} is no day; {expected}.", given=given, expected=expected)
        ) from None
    found = day if date is None else float((date - calendar.start).days)
    last = float((calendar.horizon - calendar.start).days)
    if found is None or not 0.0 <= found <= last:
        raise InputError(
            tr(
                "fork: {day} is outside the talks; allowed: {first} to {last}.",
                day=place, first=calendar.start, last=calendar.horizon,
            )
        )  # fmt: skip
    return found
