"""Each decision as it is put to a person: a question in plain words, and what may be answered."""

from __future__ import annotations

from typing import Any, NamedTuple

from negotiation.errors import InputError, did_you_mean, shortened, written
from negotiation.game import Kind, Point
from negotiation.scenario import SIDES, Scenario
from negotiation.transcript.telling import heading
from negotiation.words.language import in_list, joined, marked, tr
from negotiation.words.numbers import money, percent
from negotiation.words.packages import places_of, request
from negotiation.words.parties import Party, parties
from negotiation.words.scene import a_year, baseline, capital
from negotiation.words.standing import phrases, withheld


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
    Kind.STEP: (marked("keep still"), marked("add a sanction or control")),
    Kind.RETALIATE: (marked("let it pass"), marked("answer in kind")),
    Kind.REOPEN: (marked("let the deal stand"), marked("reopen the deal")),
    Kind.ANSWER: (marked("hold out: refuse it"), marked("accept it")),
    Kind.STAND: (marked("take it back"), marked("stand by it")),
    Kind.INITIAL: (marked("leave it"), marked("initial it")),
    Kind.RATIFY: (marked("block it"), marked("let it pass")),
    Kind.PROPOSE: (marked("demand a price"), marked("extend on even terms")),
    Kind.YIELD: (marked("hold out: refuse"), marked("give in")),
    Kind.CUT: (marked("go on selling"), marked("cut these exports")),
    Kind.ATTEND: (marked("stay away"), marked("meet")),
    Kind.SIGN: (marked("refuse it"), marked("sign it")),
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
    return tuple(map(Answer, point.kind.words, map(tr, LABELS[point.kind])))


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
    if (place := written(said, 1, len(found))) is not None:
        return found[place - 1].choice
    known = OTHERWISE | (AT_A_DATE if point.kind is Kind.PROPOSE else {})
    if said in known:
        return found[known[said]].choice
    names = [(a.choice.replace("_", " "), a) for a in found] + [(a.label, a) for a in found]
    names += list(zip(LABELS.get(point.kind, ()), found, strict=False))  # English always does
    meant = {a.choice for name, a in names if said and name.startswith(said)}
    if len(meant) == 1:
        return meant.pop()
    words = [a.choice.replace("_", " ") for a in found]
    allowed = ", ".join(f"{n} ({word})" for n, word in enumerate(words, 1))
    raise InputError(
        tr(
            "{given} is no answer here; allowed: {allowed}.{hint}",
            given=shortened(typed), allowed=allowed, hint=did_you_mean(said, words),
        )
    )  # fmt: skip


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
    return worth_in(point.game.scenario, billions)


def worth_in(scenario: Scenario, billions: float) -> str:
    """Return what a package is worth a year in a scenario's unit, with its sign.

    Examples
    --------
    >>> worth_in(Scenario.load("stockholm-2025"), -1.25)
    '-$1.2bn a year'
    """
    sign = "-" if billions < -0.05 else ""
    unit = scenario.unit
    return f"{sign}{money(billions, unit, places_of(scenario))}{a_year(unit)}"


def _step(point: Point, own: Party, other: Party) -> str:
    hurt = float(point.view.records[1].provocation_damage)
    return tr(
        "Will you add a new sanction or control this week? It costs {other} {sum} and raises "
        "tension by 1; an answer in kind does the same to you.",
        other=other.name, sum=money(hurt, point.game.scenario.unit),
    )  # fmt: skip


def _retaliate(point: Point, own: Party, other: Party) -> str:
    return tr(
        "{other} has added a sanction or control against you. Answer in kind, which raises tension "
        "by another 1, or let it pass?", other=capital(other.name),
    )  # fmt: skip


def _reopen(point: Point, own: Party, other: Party) -> str:
    found = percent(float(point.view.records[0].delivered))
    return tr(
        "A review has found that {other} delivers {share} of its pledges. Reopen the deal?",
        other=other.name, share=found,
    )  # fmt: skip


def _offer(point: Point, own: Party, other: Party) -> str:
    said = tr("It is your turn to put an offer on the table.")
    last = point.view.last_offer
    if last is None:
        return joined(said, tr("{other} has made none yet.", other=capital(other.name)))
    worth = worth_of(point, point.view.worth(last))
    return joined(said, tr("Their last one is worth {worth} to you.", worth=worth))


def _answer(point: Point, own: Party, other: Party) -> str:
    view = point.view
    filled = {
        "other": capital(other.name), "worth": worth_of(point, view.worth(view.last_offer)),
        "floor": worth_of(point, view.walk_away),
    }  # fmt: skip
    if not view.offers_made:
        return tr(
            "{other} has made an offer. To you it is worth {worth}; walking away {floor}.",
            **filled,
        )
    return tr(
        "{other} has made an offer. To you it is worth {worth}; walking away {floor}; your own "
        "last offer {own}.", **filled, own=worth_of(point, view.worth(view.my_last_offer)),
    )  # fmt: skip


def _stand(point: Point, own: Party, other: Party) -> str:
    worth = worth_of(point, point.view.worth(point.view.my_last_offer))
    return tr(
        "{other} has said yes to your last offer, which is worth {worth} to you. Stand by it, or "
        "take it back?", other=capital(other.name), worth=worth,
    )  # fmt: skip


def _paper(point: Point) -> str:
    assert point.package is not None
    return worth_of(point, point.view.worth(point.package))


def _initial(point: Point, own: Party, other: Party) -> str:
    return tr(
        "The delegations have a draft of the texts that are ready. It is worth {worth} to you; "
        "walking away {floor}. Initial it?",
        worth=_paper(point), floor=worth_of(point, point.view.walk_away),
    )  # fmt: skip


def _ratify(point: Point, own: Party, other: Party) -> str:
    return tr("You are the home front: a package has come home. Let it pass, or block it?")


def _propose(point: Point, own: Party, other: Party) -> str:
    view = point.view
    words = phrases(point.game.scenario)
    what = (
        capital(words.comes)
        if view.days_to_deadline < view.records[1].clock_tick_days
        else tr("A crisis meeting is held under penalties")
    )
    second = bool(view.records[0].scratch.second)
    said = tr("You speak first.")
    if second:
        said = tr("{other} offers to settle evenly.", other=capital(other.name))
    return joined(
        tr("{this}.", this=what), said,
        tr(
            "Go on without a price, or demand one: {demand}. If {other} refuses a demand, {none}.",
            demand=_demand(point, view.index), other=other.name, none=words.none,
        ),
    )  # fmt: skip


def _yield(point: Point, own: Party, other: Party) -> str:
    words = phrases(point.game.scenario)
    return tr(
        "{other} names a price for {what}: {demand}. Give in, or refuse? If you refuse, {none}.",
        other=capital(other.name), what=words.priced,
        demand=_demand(point, 1 - point.view.index), none=words.none,
    )  # fmt: skip


def _demand(point: Point, asker: int) -> str:
    """Return what a side demands at a date, and what that is expected to be worth to oneself."""
    scenario, (talks, _, stakes) = point.game.scenario, point.view.records
    k = int(talks.wants[asker])
    if k < 0:
        return tr("a concession")
    issue = list(scenario.issues.values())[k]
    asked = request(issue, issue.mandate.value)
    if asker == point.view.index:
        gain = money(float(stakes.dispute.ask_gain[asker, k]), scenario.unit)
        return tr("{demand}, worth about {sum} to you while it lasts", demand=asked, sum=gain)
    price = money(float(stakes.dispute.ask_price[asker, k]), scenario.unit)
    return tr("{demand}, which costs you about {sum} while it lasts", demand=asked, sum=price)


def _cut(point: Point, own: Party, other: Party) -> str:
    return tr(
        "Penalties are in force. Cut exports of {withheld} to {other}, or go on selling? A cut "
        "hurts them once their stocks run low; you lose the sales.", other=other.name,
        withheld=withheld(point.game.scenario),
    )  # fmt: skip


def _attend(point: Point, own: Party, other: Party) -> str:
    return tr(
        "There is no text that both leaders would sign. Will your leader meet theirs for the "
        "picture, or stay away? A meeting without a text is worth something while tension is low."
    )


def _sign(point: Point, own: Party, other: Party) -> str:
    return tr(
        "The sherpas have written a text for the leaders. It is worth {worth} to you over {zero}. "
        "Will your leader sign it?", worth=_paper(point), zero=baseline(point.game.scenario),
    )  # fmt: skip


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
        days = f"{view.days_to_deadline:.0f}"
        parts.append(tr("{comes} in {n} days", comes=comes, n=days))
    if view.days_to_summit not in (0.0, float("inf")):
        days = f"{view.days_to_summit:.0f}"
        parts.append(tr("the leaders may meet in about {n} days", n=days))
    return in_list(parts)
