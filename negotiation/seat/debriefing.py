"""What a game is told about once it is over: what was hidden, what was left, what others did.

Four comparisons, each with what it holds equal. *The frontier*: the same two sides with nothing
hidden. *The same luck*: everything the same, but for the own side, which its usual strategy plays.
*A thousand delegations*: they hold the same hand, that is the same types and uncertain numbers, and
meet other luck from the first day on, as in duplicate bridge; so whoever is dealt a weak side is
compared with others who were. *Your decisions*: what the other choice at each of them would have
brought on average, the rules playing on from there, over the same luck for both choices.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from negotiation.errors import InputError
from negotiation.estimates import Estimate, mean_of
from negotiation.game import Game, Kind
from negotiation.outcome import EVENTS
from negotiation.plots.pareto import picture_of
from negotiation.scenario import SIDES
from negotiation.seat.score import score
from negotiation.seat.seat import Seat
from negotiation.seat.words import LABELS
from negotiation.transcript.telling import hidden_of
from negotiation.words.changes import about
from negotiation.words.language import tr
from negotiation.words.scene import date_of

if TYPE_CHECKING:
    from negotiation.talks import Talks

DELEGATIONS = 1000
FUTURES = 200  # of either choice, at each decision
COSTLIEST = 3
IN_PYTHON = 20  # so many fewer runs where somebody else's code decides


class Costly(NamedTuple):
    """A decision that cost something.

    Attributes
    ----------
    date : str
        ISO.
    kind : str
    chosen, better : str
        In plain words.
    cost : Estimate
        What the better choice would have brought more, on average.
    """

    date: str
    kind: str
    chosen: str
    better: str
    cost: Estimate


class Refused(NamedTuple):
    """The best offer of the other side that was refused: its date, and its true worth to both."""

    date: str
    ours: float
    theirs: float


@dataclass(frozen=True)
class Debrief:
    """What there is to say about a game that is over.

    Attributes
    ----------
    side : str
    score, score_other : float
        See :mod:`negotiation.seat.score`.
    talks : Talks
        The game as a record.
    hidden : str
        What the other side hid, in words.
    signed : tuple of float or None
        What was signed is truly worth to oneself and to the other side, a year.
    left : float or None
        How much more oneself could have got a year at no cost to the other side.
    nash : tuple of float
        The Nash solution with nothing hidden, to oneself and to the other side.
    refused : Refused or None
    same_luck : Talks
        The same run with the own side left to its usual strategy.
    same_luck_score : float
    delegations : int
        How many others held the same hand.
    percentile : float
        Share of them that did worse; half of those that did the same count.
    median : float
        Their score in the middle.
    signed_by_others : float
        Share of them that signed something.
    costly : tuple of Costly
    taken_back : list of dict
    looked_ahead : int
    """

    side: str
    score: float
    score_other: float
    talks: Talks = field(repr=False)
    hidden: str
    signed: tuple[float, float] | None
    left: float | None
    nash: tuple[float, float]
    refused: Refused | None
    same_luck: Talks = field(repr=False)
    same_luck_score: float
    delegations: int
    percentile: float
    median: float
    signed_by_others: float
    costly: tuple[Costly, ...]
    taken_back: list[dict[str, Any]]
    looked_ahead: int

    def to_dict(self) -> dict[str, Any]:
        """Return the debrief as plain data."""
        plain = {
            name: value
            for name, value in vars(self).items()
            if name not in ("talks", "same_luck", "costly", "refused")
        }
        return {
            **about(self.talks.scenario),
            "seed": self.talks.seed,
            "run": self.talks.run,
            **plain,
            "refused": self.refused._asdict() if self.refused else None,
            "costly": [
                {**c._asdict(), "cost": c.cost.to_dict("value")} for c in self.costly
            ],
            "outcome": self.talks.outcome.value,
            "same_luck_outcome": self.same_luck.outcome.value,
            "talks": self.talks.to_dict(),
        }  # fmt: skip


def debrief(seat: Seat, *, delegations: int = DELEGATIONS, futures: int = FUTURES) -> Debrief:
    """Return what there is to say about a game that is over.

    Parameters
    ----------
    seat : Seat
    delegations : int
        How many others to play in the same seat.
    futures : int
        How often to play either choice at each of the own decisions; 0 leaves that out. Where a
        class in Python plays for the other side, a twentieth of both.

    Raises
    ------
    InputError
        If the game is not over.

    Examples
    --------
    >>> seat = Seat("split-the-pie", "china", seed=1)
    >>> seat.decide("accept")
    >>> told = debrief(seat, delegations=20, futures=10)
    >>> told.same_luck_score > told.score, told.percentile
    (True, 0.0)
    """
    if not seat.over:
        raise InputError("debrief: the game is not over yet.")
    game, scenario = seat.game, seat.scenario
    own = SIDES.index(seat.side)
    if game.strategies:
        delegations, futures = max(delegations // IN_PYTHON, 1), futures // IN_PYTHON
    talks = game.talks
    mine, theirs = (float(score(game.row(), scenario, SIDES[i])[0]) for i in (own, 1 - own))
    usual = Game(scenario, seed=game.seed, run=game.run)
    start = usual.fork()
    usual.play()
    _ = start.point
    others = start.continued(None, runs=delegations) if not start.horizon_reached else start.row()
    scores = score(others, scenario, seat.side)
    signed, left, nash = _on_the_frontier(talks, own)
    return Debrief(
        side=seat.side,
        score=mine,
        score_other=theirs,
        talks=talks,
        hidden=hidden_of(talks, 1 - own),
        signed=signed,
        left=left,
        nash=nash,
        refused=_best_refused(talks, own),
        same_luck=usual.talks,
        same_luck_score=float(score(usual.row(), scenario, seat.side)[0]),
        delegations=len(scores),
        percentile=percentile(mine, scores),
        median=float(np.median(scores)),
        signed_by_others=float((others["events"][:, EVENTS.index("deal")] > 0).mean()),
        costly=_costly(seat, futures) if futures > 1 else (),
        taken_back=list(seat.taken_back),
        looked_ahead=seat.looked_ahead,
    )


def percentile(value: float, others: np.ndarray) -> float:
    """Return the share of others that are lower, half of the equal ones counted.

    Examples
    --------
    >>> percentile(2.0, np.array([1.0, 2.0, 2.0, 3.0]))
    0.5
    """
    near = np.isclose(others, value, rtol=1e-9, atol=1e-9)
    return float(((others < value) & ~near).mean() + 0.5 * near.mean())


def _on_the_frontier(
    talks: Talks, own: int
) -> tuple[tuple[float, float] | None, float | None, tuple[float, float]]:
    """Return what was signed, what more there was at no cost to the other, and what is fair."""
    drawn = picture_of(talks)
    nash = (float(drawn.nash[own]), float(drawn.nash[1 - own]))
    if drawn.signed is None:
        return None, None, nash
    ours, theirs = drawn.signed[own], drawn.signed[1 - own]
    frontier = drawn.frontier
    there = frontier[frontier[:, 1 - own] >= theirs - 1e-9]
    best = float(there[:, own].max()) if len(there) else ours
    return (ours, theirs), max(best - ours, 0.0), nash


def _best_refused(talks: Talks, own: int) -> Refused | None:
    """Return the offer of the other side that was worth most, of those that were refused."""
    found = [
        Refused(
            date_of(talks.scenario, event.detail["day"]).isoformat(),
            float(event.detail["worth"][own]), float(event.detail["worth"][1 - own]),
        )
        for event in talks.events
        if event.kind == "offer" and event.side == 1 - own
        and event.detail["asked"] and not event.detail["accepted"]
    ]  # fmt: skip
    return max(found, key=lambda offer: offer.ours, default=None)


def _costly(seat: Seat, runs: int) -> tuple[Costly, ...]:
    """Return the own decisions whose other choice would have brought more, the worst first."""
    taken, found = seat.game.decisions, []
    for at in seat.before:
        was = taken[at]
        before = seat.at(at)
        labels = dict(zip(was.kind.words, map(tr, LABELS.get(was.kind, ())), strict=True))
        if was.kind is Kind.OFFER:
            others: dict[Any, str] = {None: tr("the offer of your side's own rule")}
            chosen = tr("your offer")
        else:
            others = {word: label for word, label in labels.items() if word != was.choice}
            chosen = labels[str(was.choice)]
        as_it_was = score(before.continued(was.choice, runs=runs), seat.scenario, seat.side)
        for choice, label in others.items():
            other = score(before.continued(choice, runs=runs), seat.scenario, seat.side)
            cost = mean_of(other - as_it_was)
            if cost.low > 0.0:
                date = date_of(seat.scenario, was.day).isoformat()
                found.append(Costly(date, was.kind.value, chosen, label, cost))
    return tuple(sorted(found, key=lambda c: -c.cost.value)[:COSTLIEST])
