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
    return f"{stamp(talks, event)}. {text}"


def offered(talks: Record, event: Event, own: int) -> str:
    """Describe an offer and its answer."""
    side, package = event.side or 0, event.detail["package"]
    gives, asks = (conceded(talks.scenario, package, SIDES[i]) for i in (side, 1 - side))
    you = side == own
    who = "you" if you else parties(talks.scenario)[side].name
    said = answer(talks, event)
    if not you:
        name = capital(parties(talks.scenario)[own].name)
        said = said.replace(f"{name} accepts.", "You accept.")
        said = said.replace(f"{name} refuses.", "You refuse.")
    head = f"Round {event.detail['round'] + 1}: {who}"
    if not (gives or asks):
        return f"{head} {'have' if you else 'has'} nothing to propose. {said}"
    if repeated(talks, event) is not None:
        return f"{head} {'repeat your' if you else 'repeats its'} last offer. {said}"
    give, ask = ("You give", "You ask") if you else ("It gives", "It asks")
    makes = f"{head} {'make' if you else 'makes'} an offer."
    return f"{makes}\n{give}: {listed(gives)}.\n{ask}: {listed(asks)}.\n{said}"


def drafted(talks: Record, event: Event, own: int) -> str:
    """Describe a paper that was put together, how it went at home, and whether the other signs."""
    detail, sides = event.detail, parties(talks.scenario)
    leaders = event.kind == "text"
    head = (
        "The sherpas have written a text for their leaders."
        if leaders
        else "The delegations put a draft together of the texts that are ready."
    )
    names = [side.leader if leaders else side.name for side in sides]
    verdict = "would sign" if detail["signs"][1 - own] else "will not sign"
    if detail["signs"][1 - own] and not detail["passes"][1 - own]:
        verdict = "would sign, and its home front will not have it"
    here = reception(talks, event, own, names[own])
    here = here.replace(f"{capital(names[own])} will not", "You will not")
    lines = [
        head, exchange(talks.scenario, detail["package"]), prospects(talks, event),
        here.replace(f"{capital(names[own])} is ready", "You are ready"),
        f"{capital(names[1 - own])} {verdict}.",
    ]  # fmt: skip
    if all(detail["passes"]):
        lines += ["Both leaders come."] if leaders else ["It is signed.", *term(talks, event)]
    elif not leaders:
        lines.append("Nothing is signed.")
    return "\n".join(lines)


def signed(talks: Record, event: Event, own: int) -> str:
    """Describe a signature: what is in it, and for how long it binds."""
    if event.phase != "summit":
        return sentence(talks, event)
    lines = [
        "The leaders meet and sign the text.",
        exchange(talks.scenario, event.detail["package"]),
    ]
    return "\n".join([*lines, *term(talks, event)])
