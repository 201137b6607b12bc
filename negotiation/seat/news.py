"""What a delegation hears of what happens: what is said and done, not what it is truly worth.

The transcript of :mod:`negotiation.transcript` is for onlookers, who see both private types. Here
an offer is told without what it is worth to the two, and the reception of a paper at home for the
own home alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotiation.scenario import SIDES
from negotiation.transcript.happenings import sentence, stamp
from negotiation.transcript.looking_back import repeated
from negotiation.transcript.papers import answer, prospects, reception, term
from negotiation.words.language import joined, tr, trc
from negotiation.words.packages import conceded, exchange, listed
from negotiation.words.parties import parties
from negotiation.words.scene import capital

if TYPE_CHECKING:
    from negotiation.events import Event
    from negotiation.transcript.record import Record


def heard(talks: Record, event: Event, side: str) -> str:
    """Return an event as a delegation hears of it.

    Examples
    --------
    >>> import negotiation as ng
    >>> talks = ng.run("split-the-pie", seed=1)
    >>> print(heard(talks, talks.events[0], "china"))
    Talks, 6 January. Round 1: the United States makes an offer.
    It gives: the pie 2% to China.
    It asks: nothing.
    You refuse.
    """
    told = {
        "offer": offered, "draft": drafted, "text": drafted, "signed": signed,
    }.get(event.kind)  # fmt: skip
    text = sentence(talks, event) if told is None else told(talks, event, SIDES.index(side))
    return trc("an event", "{stamp}. {sentence}", stamp=stamp(talks, event), sentence=text)


def offered(talks: Record, event: Event, own: int) -> str:
    """Describe an offer and its answer."""
    side, package = event.side or 0, event.detail["package"]
    gives, asks = (conceded(talks.scenario, package, SIDES[i]) for i in (side, 1 - side))
    you = side == own
    said = answer(talks, event)
    if not you and event.detail["accepted"]:
        said = tr("You accept.")
    elif not you and event.detail["asked"]:
        said = tr("You refuse.")
    head = {"round": event.detail["round"] + 1, "side": parties(talks.scenario)[side].name}
    if not (gives or asks):
        nothing = (
            tr("Round {round}: you have nothing to propose.", **head)
            if you
            else tr("Round {round}: {side} has nothing to propose.", **head)
        )
        return joined(nothing, said)
    if repeated(talks, event) is not None:
        again = (
            tr("Round {round}: you repeat your last offer.", **head)
            if you
            else tr("Round {round}: {side} repeats its last offer.", **head)
        )
        return joined(again, said)
    lines = (
        [
            tr("Round {round}: you make an offer.", **head),
            tr("You give: {what}.", what=listed(gives)),
            tr("You ask: {what}.", what=listed(asks)),
        ]
        if you
        else [
            tr("Round {round}: {side} makes an offer.", **head),
            tr("It gives: {what}.", what=listed(gives)),
            tr("It asks: {what}.", what=listed(asks)),
        ]
    )
    return "\n".join([*lines, said])


def drafted(talks: Record, event: Event, own: int) -> str:
    """Describe a paper that was put together, how it went at home, and whether the other signs."""
    detail, sides = event.detail, parties(talks.scenario)
    leaders = event.kind == "text"
    head = (
        tr("The sherpas have written a text for their leaders.")
        if leaders
        else tr("The delegations put a draft together of the texts that are ready.")
    )
    names = [side.leader if leaders else side.name for side in sides]
    other = capital(names[1 - own])
    verdict = tr("{who} will not sign.", who=other)
    if detail["signs"][1 - own]:
        verdict = tr("{who} would sign.", who=other)
        if not detail["passes"][1 - own]:
            verdict = tr("{who} would sign, and its home front will not have it.", who=other)
    lines = [
        head, exchange(talks.scenario, detail["package"]), prospects(talks, event),
        reception(talks, event, own, None), verdict,
    ]  # fmt: skip
    if all(detail["passes"]):
        come, signs = tr("Both leaders come."), tr("It is signed.")
        lines += [come] if leaders else [signs, *term(talks, event)]
    elif not leaders:
        lines.append(tr("Nothing is signed."))
    return "\n".join(lines)


def signed(talks: Record, event: Event, own: int) -> str:
    """Describe a signature: what is in it, and for how long it binds."""
    if event.phase != "summit":
        return sentence(talks, event)
    lines = [
        tr("The leaders meet and sign the text."),
        exchange(talks.scenario, event.detail["package"]),
    ]
    return "\n".join([*lines, *term(talks, event)])
