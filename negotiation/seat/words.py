"""Each decision as it is put to a person: a question in plain words, and what may be answered."""

from __future__ import annotations

from typing import Any, NamedTuple

from negotiation.errors import InputError, did_you_mean, shortened
from negotiation.game import Kind, Point
from negotiation.scenario import SIDES
from negotiation.transcript.telling import heading
from negotiation.words.numbers import money, percent
from negotiation.words.packages import places_of, request
from negotiation.words.parties import Party, parties
from negotiation.words.scene import a_year, baseline, capital
from negotiation.words.standing import phrases


class Answer(NamedTuple):
    """One thing that can be answered.

    Attributes
    ----------
    choice : str
        What the game takes.
    label : str
        In plain words.
    """

    choice: str
    label: str


LABELS: dict[Kind, tuple[str, str]] = {  # no before yes, as the game has them
    Kind.STEP: ("keep still", "add a sanction or control"),
    Kind.RETALIATE: ("let it pass", "answer in kind"),
    Kind.REOPEN: ("let the deal stand", "reopen the deal"),
    Kind.ANSWER: ("hold out: refuse it", "accept it"),
    Kind.STAND: ("take it back", "stand by it"),
    Kind.INITIAL: ("leave it", "initial it"),
    Kind.RATIFY: ("block it", "let it pass"),
    Kind.PROPOSE: ("demand a price", "extend on even terms"),
    Kind.YIELD: ("hold out: refuse", "give in"),
    Kind.CUT: ("go on selling", "cut exports of rare earths"),
    Kind.ATTEND: ("stay away", "meet"),
    Kind.SIGN: ("refuse it", "sign it"),
}
OTHERWISE = {"hold out": 0, "no": 0, "n": 0, "yes": 1, "y": 1}
AT_A_DATE = {"extend": 1, "settle": 1, "even": 1, "name a price": 0}


def answers(point: Point) -> tuple[Answer, ...]:
    """Return what may be answered at a decision; nothing where an offer is to be made.

    Examples
    --------
    >>> import negotiation as ng
    >>> point = ng.Game("stockholm-2025", seed=1, run=20).play_to("propose")
    >>> [answer.label for answer in answers(point)]
    ['demand a price', 'extend on even terms']
    """
    if point.kind is Kind.OFFER:
        return ()
    return tuple(map(Answer, point.kind.words, LABELS[point.kind]))


def understood(point: Point, typed: str) -> str:
    """Return the choice that a typed answer means.

    Parameters
    ----------
    point : Point
    typed : str
        The number of the answer, from 1, its word, or the beginning of it.

    Raises
    ------
    InputError
        With what can be answered.
    """
    said, found = " ".join(typed.casefold().split()), answers(point)
    if said.isdecimal() and 1 <= int(said) <= len(found):
        return found[int(said) - 1].choice
    known = OTHERWISE | (AT_A_DATE if point.kind is Kind.PROPOSE else {})
    if said in known:
        return found[known[said]].choice
    names = [(a.choice.replace("_", " "), a) for a in found] + [(a.label, a) for a in found]
    meant = {a.choice for name, a in names if said and name.startswith(said)}
    if len(meant) == 1:
        return meant.pop()
    words = [a.choice.replace("_", " ") for a in found]
    allowed = ", ".join(f"{n} ({word})" for n, word in enumerate(words, 1))
    raise InputError(
        f"{shortened(typed)} is no answer here; allowed: {allowed}.{did_you_mean(said, words)}"
    )


def question(point: Point) -> str:
    """Return what is asked at a decision, with the numbers that the side has for it.

    Examples
    --------
    >>> import negotiation as ng
    >>> question(ng.Game("split-the-pie", seed=1).play_to("answer", side="china"))[:70]
    'The United States has made an offer. To you it is worth $0.02bn a year'
    """
    own, sides = SIDES.index(point.side), parties(point.game.scenario)
    return str(_QUESTIONS[point.kind](point, sides[own], sides[1 - own]))


def worth_of(point: Point, billions: float) -> str:
    """Return what a package is worth a year, with its sign."""
    scenario = point.game.scenario
    sign = "-" if billions < -0.05 else ""
    unit = scenario.unit
    return f"{sign}{money(billions, unit, places_of(scenario))}{a_year(unit)}"


def _step(point: Point, own: Party, other: Party) -> str:
    hurt = float(point.view.records[1].provocation_damage)
    return (
        f"Will you add a new sanction or control this week? It costs {other.name} "
        f"{money(hurt, point.game.scenario.unit)} and raises tension by 1; "
        "an answer in kind does the same to you."
    )


def _retaliate(point: Point, own: Party, other: Party) -> str:
    return (
        f"{capital(other.name)} has added a sanction or control against you. Answer in kind, "
        "which raises tension by another 1, or let it pass?"
    )


def _reopen(point: Point, own: Party, other: Party) -> str:
    found = percent(float(point.view.records[0].delivered))
    return f"A review has found that {other.name} delivers {found} of its pledges. Reopen the deal?"


def _offer(point: Point, own: Party, other: Party) -> str:
    said = "It is your turn to put an offer on the table."
    last = point.view.last_offer
    if last is None:
        return f"{said} {capital(other.name)} has made none yet."
    worth = worth_of(point, point.view.worth(last))
    return f"{said} Their last one is worth {worth} to you."


def _answer(point: Point, own: Party, other: Party) -> str:
    view = point.view
    said = (
        f"{capital(other.name)} has made an offer. To you it is worth "
        f"{worth_of(point, view.worth(view.last_offer))}; walking away "
        f"{worth_of(point, view.walk_away)}"
    )
    if not view.offers_made:
        return f"{said}."
    return f"{said}; your own last offer {worth_of(point, view.worth(view.my_last_offer))}."


def _stand(point: Point, own: Party, other: Party) -> str:
    worth = worth_of(point, point.view.worth(point.view.my_last_offer))
    return (
        f"{capital(other.name)} has said yes to your last offer, which is worth {worth} to you. "
        "Stand by it, or take it back?"
    )


def _paper(point: Point) -> str:
    assert point.package is not None
    return f"It is worth {worth_of(point, point.view.worth(point.package))} to you"


def _initial(point: Point, own: Party, other: Party) -> str:
    return (
        "The delegations have a draft of the texts that are ready. "
        f"{_paper(point)}; walking away {worth_of(point, point.view.walk_away)}. Initial it?"
    )


def _ratify(point: Point, own: Party, other: Party) -> str:
    return "You are the home front: a package has come home. Let it pass, or block it?"


def _propose(point: Point, own: Party, other: Party) -> str:
    view = point.view
    words = phrases(point.game.scenario)
    what = (
        capital(words.comes)
        if view.days_to_deadline < view.records[1].clock_tick_days
        else "A crisis meeting is held under penalties"
    )
    second = bool(view.records[0].scratch.second)
    said = f"{capital(other.name)} offers to settle evenly. " if second else "You speak first. "
    return (
        f"{what}. {said}Go on without a price, or demand one: {_demand(point, view.index)}. "
        f"If {other.name} refuses a demand, {words.none}."
    )


def _yield(point: Point, own: Party, other: Party) -> str:
    words = phrases(point.game.scenario)
    return (
        f"{capital(other.name)} names a price for {words.priced}: "
        f"{_demand(point, 1 - point.view.index)}. Give in, or refuse? If you refuse, {words.none}."
    )


def _demand(point: Point, asker: int) -> str:
    """Return what a side demands at a date, and what that is expected to be worth to oneself."""
    scenario, (talks, _, stakes) = point.game.scenario, point.view.records
    k = int(talks.wants[asker])
    if k < 0:
        return "a concession"
    issue = list(scenario.issues.values())[k]
    asked = request(issue, issue.mandate.value)
    if asker == point.view.index:
        gain = money(float(stakes.dispute.ask_gain[asker, k]), scenario.unit)
        return f"{asked}, worth about {gain} to you while it lasts"
    price = money(float(stakes.dispute.ask_price[asker, k]), scenario.unit)
    return f"{asked}, which costs you about {price} while it lasts"


def _cut(point: Point, own: Party, other: Party) -> str:
    return (
        f"Penalties are in force. Cut exports of rare earths to {other.name}, or go on selling? A "
        "cut hurts them once their stocks run low; you lose the sales."
    )


def _attend(point: Point, own: Party, other: Party) -> str:
    return (
        "There is no text that both leaders would sign. Will your leader meet theirs for the "
        "picture, or stay away? A meeting without a text is worth something while tension is low."
    )


def _sign(point: Point, own: Party, other: Party) -> str:
    return (
        f"The sherpas have written a text for the leaders. {_paper(point)} over "
        f"{baseline(point.game.scenario)}. Will your leader sign it?"
    )


_QUESTIONS: dict[Kind, Any] = {
    Kind.STEP: _step, Kind.RETALIATE: _retaliate, Kind.REOPEN: _reopen, Kind.OFFER: _offer,
    Kind.ANSWER: _answer, Kind.STAND: _stand, Kind.INITIAL: _initial, Kind.RATIFY: _ratify,
    Kind.PROPOSE: _propose, Kind.YIELD: _yield, Kind.CUT: _cut, Kind.ATTEND: _attend,
    Kind.SIGN: _sign,
}  # fmt: skip


def calendar_line(point: Point) -> str:
    """Return the date and how long there is until the dates that matter."""
    view = point.view
    parts = [heading(point.game.scenario, view.day)]
    if view.days_to_deadline not in (0.0, float("inf")):
        comes = phrases(point.game.scenario).comes
        parts.append(f"{comes} in {view.days_to_deadline:.0f} days")
    if view.days_to_summit not in (0.0, float("inf")):
        parts.append(f"the leaders may meet in about {view.days_to_summit:.0f} days")
    return "; ".join(parts)
