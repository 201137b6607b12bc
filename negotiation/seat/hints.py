"""Hints for whoever plays a side: what theory would do, and what simulated delegations do.

Two kinds, and they differ in what they know. *Theory* and *the rule* know what the delegation
knows: its own type, the offers, its beliefs. *Futures* play this very negotiation on from here, a
thousand times with other luck, and so with the type that the other side really has: no delegation
could know that, so it is counted and told in the end.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from negotiation.estimates import Estimate, mean_of, share
from negotiation.game import Decision, Kind, Point
from negotiation.outcome import EVENTS
from negotiation.seat.score import score
from negotiation.seat.seat import Seat
from negotiation.seat.words import LABELS, worth_of
from negotiation.tactics.moves import Package
from negotiation.tactics.registry import find
from negotiation.words.language import joined, tr, trc
from negotiation.words.numbers import percent
from negotiation.words.parties import parties

FUTURES = 1000
OF_A_THOUSAND = 1000


class Suggestion(NamedTuple):
    """An offer that theory, or the side's own rule, would make here.

    Attributes
    ----------
    name : str
        By which it can be asked for.
    about : str
        What it is.
    package : tuple of float
    ours, theirs : float
        What it is worth to oneself, and expected to be worth to the other side.
    """

    name: str
    about: str
    package: Package
    ours: float
    theirs: float


class Future(NamedTuple):
    """What comes of one choice, over other luck from here on.

    Attributes
    ----------
    choice : str
        In plain words.
    signed, lapsed : Estimate
        How often something is signed, and how often the truce lapses.
    score : Estimate
        What the path brings the side, as :func:`~negotiation.seat.score.score` counts it.
    """

    choice: str
    signed: Estimate
    lapsed: Estimate
    score: Estimate


def suggestions(seat: Seat, *, runs: int = OF_A_THOUSAND) -> tuple[Suggestion, ...]:
    """Return the offers that theory, the side's own rule and simulated delegations would make.

    Examples
    --------
    >>> seat = Seat("split-the-pie", "china", seed=1)
    >>> seat.decide("refuse")
    >>> [s.name for s in suggestions(seat)]
    ['nash', 'rubinstein', 'reply', 'rule', 'typical']
    """
    return (*theoretical(seat), *simulated(seat, runs=runs))


def theoretical(seat: Seat) -> tuple[Suggestion, ...]:
    """Return the offers that theory would make.

    Examples
    --------
    >>> seat = Seat("split-the-pie", "china", seed=1)
    >>> theoretical(seat)
    ()
    """
    point = seat.waiting()
    if point.kind is not Kind.OFFER:
        return ()
    view = point.view
    shares = {
        "nash": (tr("the largest product of both sides' expected gains (Nash 1950)"),
                 view.fair_share()),
        "rubinstein": (tr("what two patient sides that offer in turn agree on (Rubinstein 1982)"),
                       find("rubinstein")().share(view)),
        "reply": (tr("the best reply to your beliefs, if refusal means waiting a round"),
                  view.best_reply()),
    }  # fmt: skip
    found = [(n, about, view.package_worth(view.target(x))) for n, (about, x) in shares.items()]
    return tuple(_suggested(point, *one) for one in found)


def simulated(seat: Seat, *, runs: int = OF_A_THOUSAND) -> tuple[Suggestion, ...]:
    """Return the offer of the side's own rule, and the typical one of simulated delegations.

    These play the whole negotiation in other runs: both sides of other types and with other luck,
    the uncertain numbers those of here, the rules deciding for both. What is told is of the offer
    with the same number as the one that is now to be made, at what it is worth to the seat here.

    Examples
    --------
    >>> seat = Seat("stockholm-three-issues", "china", seed=1)
    >>> while seat.waiting().kind is not Kind.OFFER:
    ...     seat.decide(None)
    >>> rule, typical = simulated(seat, runs=50)
    >>> print(typical.about)
    the middle one of the offers that 49 of 50 simulated delegations in your seat make ...
    """
    point = seat.waiting()
    if point.kind is not Kind.OFFER:
        return ()
    strategy = getattr(seat.scenario, seat.side).strategy.words
    package: Any = next(iter(point.chances))
    own = tr("your side's own strategy, {strategy}", strategy=strategy)
    rule = _suggested(point, "rule", own, package)
    number, found = _elsewhere(seat, point, runs)
    if not found:
        return (rule,)
    offers = np.array([decision.choice for decision, _ in found], dtype=float)
    return rule, _typical(point, offers, number, runs)


def _elsewhere(
    seat: Seat, point: Point, runs: int
) -> tuple[int, list[tuple[Decision, Package | None]]]:
    """Return the number of the decision among those of its kind, and what others decide at it."""
    taken = seat.game.decisions
    number = sum(d.kind is point.kind and d.side == point.side for d in taken)
    # not this run: what its sides hide would be among them
    others = range(seat.game.run + 1, seat.game.run + 1 + runs)
    return number, seat.game.decisions_elsewhere(point.side, point.kind, number, others)


def _suggested(point: Point, name: str, about: str, package: Package) -> Suggestion:
    view = point.view
    return Suggestion(
        name, about, package, view.worth(package), view.expected_worth_to_other(package)
    )


def _typical(point: Point, offers: np.ndarray, number: int, runs: int) -> Suggestion:
    """Return the offer in the middle of some, and between which worths half of them lie."""
    packages, counts = np.unique(offers, axis=0, return_counts=True)
    each = [_suggested(point, "typical", "", tuple(p.tolist())) for p in packages]
    worths = np.repeat([[one.ours, one.theirs] for one in each], counts, axis=0)
    low, middle, high = np.quantile(worths, [0.25, 0.5, 0.75], axis=0)
    away = [abs(one.ours - middle[0]) + abs(one.theirs - middle[1]) for one in each]
    told = {"n": f"{len(offers):,}", "runs": f"{runs:,}", "number": number + 1}
    if len(each) == 1:
        about = tr(
            "the same offer that {n} of {runs} simulated delegations in your seat make at this "
            "stage (their offer number {number}), whatever their type and luck", **told,
        )  # fmt: skip
    else:
        ends = [_between(point, *pair) for pair in zip(low, high, strict=True)]
        about = tr(
            "the middle one of the offers that {n} of {runs} simulated delegations in your seat "
            "make at this stage (their offer number {number}), whatever their type and luck; half "
            "of these offers are worth {ours} to you, and half {theirs} to them by your beliefs",
            ours=ends[0], theirs=ends[1], **told,
        )  # fmt: skip
    return each[int(np.argmin(away))]._replace(about=about)


def _between(point: Point, low: float, high: float) -> str:
    """Return a range of worths in words; one of them where they read the same."""
    first, last = worth_of(point, float(low)), worth_of(point, float(high))
    return first if first == last else trc("interval", "{low} to {high}", low=first, high=last)


def theory(seat: Seat, *, runs: int = OF_A_THOUSAND) -> list[str]:
    """Return what theory says about the decision that waits, and what others do, in sentences.

    ``runs`` delegations are simulated, as :func:`simulated` and :func:`by_rule` do.
    """
    if seat.waiting().kind is not Kind.OFFER:
        return [*theorems(seat), *by_rule(seat, runs=runs)]
    point = seat.waiting()
    return [
        tr(
            "{name}: {about}; worth {ours} to you, about {theirs} to them.",
            name=s.name,
            about=s.about,
            ours=worth_of(point, s.ours),
            theirs=worth_of(point, s.theirs),
        )
        for s in suggestions(seat, runs=runs)
    ]


def theorems(seat: Seat) -> list[str]:
    """Return what theory says about a decision other than an offer; nothing where it is silent."""
    point = seat.waiting()
    lines = {Kind.ANSWER: _to_an_offer, Kind.PROPOSE: _at_a_date, Kind.YIELD: _to_a_demand}
    return lines[point.kind](point) if point.kind in lines else []


def by_rule(seat: Seat, *, runs: int = OF_A_THOUSAND) -> list[str]:
    """Return what one's rule would do with which chance, and what simulated delegations do.

    The chance is that of the rule, for the own type and what was done so far: it is computed, so
    counting could only blur it. The others are of other types and have met other luck, and so, at
    an answer, other offers; what is counted is their decision of this kind with the same number. Of
    an offer :func:`simulated` tells what they put on the table.

    Examples
    --------
    >>> seat = Seat("split-the-pie", "china", seed=1)
    >>> print(by_rule(seat, runs=40)[1])
    Of 40 simulated delegations in your seat, of other types and with other luck, 40 come to ...
    """
    point = seat.waiting()
    if point.kind is Kind.OFFER:
        return []
    acts = [last_of(tr(label)) for label in LABELS[point.kind]]
    first, second = (percent(float(p)) for p in point.chances.values())
    own = {"first": acts[0], "p": first, "second": acts[1], "q": second}
    home = point.kind is Kind.RATIFY
    exact = (
        tr(
            "By its rule a home front of your type that did what you did would {first} with a "
            "chance of {p} and {second} with {q}; this is computed, not counted.", **own,
        )
        if home
        else tr(
            "By its rule a delegation of your type that did what you did would {first} with a "
            "chance of {p} and {second} with {q}; this is computed, not counted.", **own,
        )
    )  # fmt: skip
    number, found = _elsewhere(seat, point, runs)
    yes = sum(decision.choice == point.kind.words[1] for decision, _ in found)
    parts = [
        tr("{n} would {act}", n=f"{n:,}", act=act)
        for n, act in zip((len(found) - yes, yes), acts, strict=True)
    ]
    told = {
        "runs": f"{runs:,}", "n": f"{len(found):,}", "number": number + 1,
        "parts": trc("both sides", "{first} and {second}", first=parts[0], second=parts[1]),
    }  # fmt: skip
    counted = (
        tr(
            "Of {runs} simulated home fronts in your seat, of other types and with other luck, {n} "
            "come to such a decision (their number {number}): {parts}.", **told,
        )
        if home
        else tr(
            "Of {runs} simulated delegations in your seat, of other types and with other luck, {n} "
            "come to such a decision (their number {number}): {parts}.", **told,
        )
    )  # fmt: skip
    return [exact, joined(counted, _faced(point, found))]


def _faced(point: Point, found: list[tuple[Decision, Package | None]]) -> str:
    """Return what the offers were worth that others answer, valued as the seat here values them."""
    offers = [package for _, package in found if package is not None]
    if point.kind is not Kind.ANSWER or not offers:
        return ""
    worths = [point.view.worth(package) for package in offers]
    low, high = np.quantile(worths, [0.25, 0.75])
    return tr(
        "Half of the offers before them would be worth {range} to you.",
        range=_between(point, low, high),
    )


def last_of(label: str) -> str:
    """Return what stands after the colon of a label, if it has one.

    Examples
    --------
    >>> last_of("hold out: refuse it"), last_of("accept it")
    ('refuse it', 'accept it')
    """
    return label.replace("\N{FULLWIDTH COLON}", ":").split(":")[-1].strip()


def _to_an_offer(point: Point) -> list[str]:
    view = point.view
    value, floor = view.worth(view.last_offer), view.walk_away
    reply = max(view.patience_own * view.between(view.best_reply()), floor)
    equal = max(view.patience_own * view.between(find("rubinstein")().share(view)), floor)
    lines = [
        tr(
            "The offer is worth {value}. Waiting a round to make the best reply to your beliefs is "
            "worth {reply} if they take it: {advice}.",
            value=worth_of(point, value),
            reply=worth_of(point, reply),
            advice=tr("take the offer") if value >= reply else tr("hold out"),
        ),
        tr(
            "In alternating offers (Rubinstein 1982) you would take {floor} or more: {advice}.",
            floor=worth_of(point, equal),
            advice=tr("take it") if value >= equal else tr("hold out"),
        ),
    ]
    if value < floor:
        least = worth_of(point, floor)
        lines = [tr("The offer is worth less than walking away ({floor}): refuse.", floor=least)]
    return lines


def _at_a_date(point: Point) -> list[str]:
    talks, own = point.view.records[0], point.view.index
    name = parties(point.game.scenario)[1 - own].name
    resolute = _resolute(point)
    yields = (1.0 - resolute) * float(talks.scratch.date.gives[1 - own])
    return [
        tr(
            "You believe that {other} is resolute with {resolute}, and a resolute side never gives "
            "in; so a demand would be met with {yields}, and else there is no truce.",
            other=name,
            resolute=percent(resolute),
            yields=percent(yields),
        )
    ]


def _to_a_demand(point: Point) -> list[str]:
    gives = float(point.view.records[0].scratch.date.gives[point.view.index])
    return [
        tr(
            "In the equilibrium of this date a side that is not resolute gives in with {chance}; a "
            "refusal also makes the other side believe that you are resolute.",
            chance=percent(gives),
        )
    ]


def _resolute(point: Point) -> float:
    from negotiation.rules.beliefs import marginal

    return float(marginal(point.view.records[0], 1 - point.view.index, 2, 1))


def futures(seat: Seat, package: Package | None = None, *, runs: int = FUTURES) -> list[Future]:
    """Return what comes of each choice here, over other luck from here on.

    It knows the type that the other side really has, and is counted in ``seat.looked_ahead``. After
    the decision at hand everything is left to the rules.

    Parameters
    ----------
    seat : Seat
    package : tuple of float, optional
        The offer that is thought of, to be held against that of the side's own rule.
    runs : int

    Examples
    --------
    >>> seat = Seat("split-the-pie", "china", seed=1)
    >>> [future.choice for future in futures(seat, runs=5)], seat.looked_ahead
    (['hold out: refuse it', 'accept it'], 1)
    """
    point = seat.waiting()
    seat.looked_ahead += 1
    if point.kind is Kind.OFFER:
        choices: list[tuple[str, Any]] = [(tr("the offer of your side's own rule"), None)]
        if package is not None:
            choices.insert(0, (tr("the offer as it is drafted"), package))
    else:
        choices = [(tr(label), word) for word, label in zip(point.kind.words, LABELS[point.kind],
                                                        strict=True)]  # fmt: skip
    found = []
    for label, choice in choices:
        rows = seat.game.continued(choice, runs=runs)
        events = rows["events"] > 0
        counted = {name: int(events[:, EVENTS.index(name)].sum()) for name in ("deal", "lapse")}
        found.append(
            Future(label, share(counted["deal"], runs), share(counted["lapse"], runs),
                   mean_of(score(rows, seat.scenario, seat.side)))
        )  # fmt: skip
    return found
