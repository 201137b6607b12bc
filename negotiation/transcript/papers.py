"""The words for offers, drafts and texts: what is in them, who signs, and for how long it binds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from negotiation.errors import counted
from negotiation.scenario import SIDES
from negotiation.transcript.looking_back import (
    both_said_yes,
    day_in_words,
    day_of,
    earlier,
    repeated,
    said_since,
    stands,
    text_of_the_day,
    words_of_the_day,
)
from negotiation.words.numbers import percent, signed
from negotiation.words.packages import brings, conceded, exchange, listed, places_of
from negotiation.words.parties import Party, parties
from negotiation.words.scene import baseline, capital, date_of, day_month, full_date

if TYPE_CHECKING:
    from negotiation.events import Event
    from negotiation.transcript.record import Record

YEAR = 365  # days


def offer(talks: Record, event: Event) -> str:
    """Describe an offer, what it is worth, and the answer."""
    side, package = event.side or 0, event.detail["package"]
    gives, asks = (conceded(talks.scenario, package, SIDES[i]) for i in (side, 1 - side))
    head = f"Round {event.detail['round'] + 1}: {parties(talks.scenario)[side].name}"
    before = repeated(talks, event)
    if not (gives or asks):
        left = " left" if stands(talks, event) else ""
        said = f"{head} has nothing{left} to propose."
        if not event.detail["accepted"]:
            return said
    elif before is not None:
        said = f"{head} repeats its offer of {day_in_words(talks, before)}."
    else:
        said = (
            f"{head} makes an offer.\n"
            f"It gives: {listed(gives)}.\n"
            f"It asks: {listed(asks)}.\n"
            f"Against {baseline(talks.scenario)} this would {worth(talks, event.detail['worth'])}."
        )
    return f"{said} {answer(talks, event)}"


def worth(talks: Record, flows: Sequence[float]) -> str:
    """Return what a package is worth to either side, as part of a sentence."""
    return brings(flows, talks.scenario.unit, places_of(talks.scenario), parties(talks.scenario))


def answer(talks: Record, event: Event) -> str:
    """Return what the other side says to an offer, or why it is not asked."""
    other, detail = parties(talks.scenario)[1 - (event.side or 0)].name, event.detail
    if detail["accepted"]:
        return f"{capital(other)} accepts."
    if detail["asked"]:
        return f"{capital(other)} refuses."
    agreed = both_said_yes(talks, event)
    if agreed is None or said_since(talks, agreed, event):
        return "No answer is due."
    day = day_in_words(talks, agreed)
    return f"No answer is due: what both said yes to on {day} stands until something is signed."


def parked(talks: Record, event: Event) -> str:
    """Say why the delegations cannot sign an accepted offer."""
    issues, package = talks.scenario.issues, event.detail["package"]
    beyond, missing = (
        listed(issues[name].name for name in event.detail[why])
        for why in ("beyond_mandate", "not_ready")
    )
    held = [name for name, z in zip(issues, package, strict=False) if z > 0.0]
    if len(held) > 1 and event.detail["not_ready"] == held:
        missing = "any of it"
    points = ["The delegations cannot sign it themselves. It stands as what both have offered."]
    if event.detail["beyond_mandate"]:
        points.append(f"Beyond their mandates: {beyond}.")
    if event.detail["not_ready"]:
        points.append(f"No text is ready on {missing}.")
    return "\n".join(points)


def withdrawn(talks: Record, event: Event) -> str:
    """Describe an accepted offer that its maker takes back."""
    side, sides = event.side or 0, parties(talks.scenario)
    return (
        f"{sides[1 - side].capital} says yes, but {sides[side].name} takes its offer back: to "
        "itself it is worth less than what putting its name under a paper costs."
    )


def blocked(talks: Record, event: Event) -> str:
    """Describe an accepted offer that a home front stops."""
    whose = parties(talks.scenario)[event.side or 0].name
    return (
        f"The home front of {whose} will not have it, so it is not signed. It "
        "stands as what both have offered."
    )


def signed_by_delegations(talks: Record, event: Event) -> str:
    """Describe a deal at working level."""
    levels = exchange(talks.scenario, event.detail["package"])
    signed_now = "The delegations sign, and both home fronts let it pass."
    return "\n".join([signed_now, levels, *term(talks, event)])


def term(talks: Record, event: Event) -> list[str]:
    """Return for how long binds what is signed at an event; nothing where it binds for good."""
    if talks.scenario.talks.contract != "drafts":
        return []
    calendar = talks.scenario.calendar
    until = full_date(date_of(talks.scenario, day_of(event) + calendar.deal_days))
    length = "a year" if calendar.deal_days == YEAR else counted(calendar.deal_days, "day")
    what = "All that is signed binds" if stands(talks, event) else "It binds"
    kept = "" if calendar.truce_expires is None else f"; meanwhile {_kept(talks, event)}"
    return [f"{what} for {length}, until {until}{kept}."]


def _kept(talks: Record, event: Event) -> str:
    return words_of_the_day(talks, event).kept


def ready(talks: Record, event: Event) -> str:
    """Name the texts that have become ready."""
    shares = event.detail["package"]
    names = [i.name for i, new in zip(talks.scenario.issues.values(), shares, strict=False) if new]
    if len(names) == 1:
        return f"The text on {names[0]} is ready."
    return f"Texts are ready on: {listed(names)}."


def draft(talks: Record, event: Event) -> str:
    """Say what the delegations have put together of the texts that are ready, and who signs it."""
    detail = event.detail
    before = repeated(talks, event)
    if before is not None:
        opening = [f"The draft of {day_in_words(talks, before)} is on the table again."]
    else:
        opening = ["The delegations put a draft together of the texts that are ready."]
        opening += [exchange(talks.scenario, detail["package"]), prospects(talks, event)]
    sides = parties(talks.scenario)
    fates = [reception(talks, event, k, side.name) for k, side in enumerate(sides)]
    if all(detail["passes"]):
        end = ["The draft is signed.", *term(talks, event)]
    elif all(detail["signs"]):
        end = [f"The draft fails {_where(detail['passes'], sides)}: support at home is short."]
    else:
        end = [f"The draft fails: {_refusal(detail['signs'], sides)}."]
    return "\n".join([*opening, *fates, *end])


def _where(passes: Sequence[bool], sides: Sequence[Party]) -> str:
    if not any(passes):
        return "in both capitals"
    return f"in {sides[list(passes).index(False)].capital}"


def _refusal(signs: Sequence[bool], sides: Sequence[Party]) -> str:
    if not any(signs):
        return "neither will sign"
    return f"{sides[list(signs).index(False)].name} will not sign"


def prospects(talks: Record, event: Event) -> str:
    """Say what signing is publicly expected to bring either side, and what it spares both."""
    said = f"As far as outsiders can tell, it should {worth(talks, event.detail['worth'])}."
    spared = event.detail["spares"]
    if spared is None:
        return said
    day = full_date(date_of(talks.scenario, spared))
    return f"{said} A signature would also spare both the deadline of {day}."


def leaders_text(talks: Record, event: Event) -> str:
    """Say what the sherpas have written for their leaders, and who approves."""
    before, detail = earlier(talks, event), event.detail
    again = before is not None and day_of(before) == day_of(event)
    opening = (
        "The sherpas write another text, to win over the leader who refused."
        if again
        else "The sherpas have written a text for their leaders."
    )
    sides = parties(talks.scenario)
    fates = [reception(talks, event, k, side.leader) for k, side in enumerate(sides)]
    end = ["Both leaders would sign it, so they meet."] if all(detail["passes"]) else []
    levels = exchange(talks.scenario, detail["package"])
    return "\n".join([opening, levels, prospects(talks, event), *fates, *end])


def put_off(talks: Record, event: Event) -> str:
    """Say why the leaders' meeting is put off, and until when."""
    date = day_month(date_of(talks.scenario, event.detail["until"]))
    return f"{capital(why_not(talks, event))}: the leaders' meeting is put off to {date}."


def no_meeting(talks: Record, event: Event) -> str:
    """Describe a meeting called off."""
    if not event.detail["feasible"] and not event.detail["broken"]:
        return "The meeting falls through for reasons that have nothing to do with the talks."
    return f"The leaders' meeting is called off: {why_not(talks, event)}."


def why_not(talks: Record, event: Event) -> str:
    """Return why the leaders do not meet, as a clause."""
    if event.detail.get("broken"):
        return words_of_the_day(talks, event).broken
    text = text_of_the_day(talks, event)
    if text is None:
        return "there is no text that both might sign"
    signs, passes = text.detail["signs"], text.detail["passes"]
    if not any(signs):
        return "neither leader will sign the text"
    if not all(signs):
        return f"{parties(talks.scenario)[list(signs).index(False)].leader} will not sign the text"
    if any(passes):
        leader = parties(talks.scenario)[list(passes).index(False)].leader
        return f"{leader} cannot bring the text through at home"
    return "neither leader can bring the text through at home"


def picture(talks: Record, event: Event) -> str:
    """Say that the leaders meet without a text."""
    return (
        f"The leaders meet for the picture: {why_not(talks, event)}, but both like the picture "
        "enough to come."
    )


def signed_by_leaders(talks: Record, event: Event) -> str:
    """Describe a deal at the summit."""
    gains = worth(talks, event.detail["gains"])
    what = "it should, with what was signed before," if stands(talks, event) else "it should"
    said = (
        f"The leaders meet and sign the text. As the two really value things, {what} {gains} "
        f"against {baseline(talks.scenario)}."
    )
    return "\n".join([said, *term(talks, event)])


def reception(talks: Record, event: Event, side: int, leader: str) -> str:
    """Return who supports a package on one side, and whether it passes there.

    The ratification needs weighted support, plus a swing that nobody foresaw, of at least
    the threshold.
    """
    delegation = getattr(talks.scenario, SIDES[side])
    signs, passes = event.detail["signs"][side], event.detail["passes"][side]
    if not signs:
        return f"{capital(leader)} will not sign it."
    if not delegation.constituencies:
        return f"{capital(leader)} is ready to sign."
    support = {name: event.detail["support"][name] for name in delegation.constituencies}
    weights = {name: group.weight.value for name, group in delegation.constituencies.items()}
    weighted = sum(weights[name] * support[name] for name in support) / sum(weights.values())
    needed = event.detail["needed"][side]
    groups = ", ".join(
        f"{name.replace('_', ' ')} {percent(share)}" for name, share in support.items()
    )
    verdict = "enough" if passes else "not enough"
    return (
        f"{capital(leader)} is ready to sign. At home: {groups}; weighted {percent(weighted)}, "
        f"and {swing(event.detail['swing'][side])}; {percent(needed)} is needed: {verdict}."
    )


def swing(share: float) -> str:
    """Return how far opinion moves late on.

    Examples
    --------
    >>> swing(-0.14), swing(0.01), swing(0.001)
    ('a late swing of -14 points on top', 'a late swing of +1 point on top', 'no late swing')
    """
    shown = signed(share, 0)
    if shown == "0":
        return "no late swing"
    return f"a late swing of {shown} point{'' if shown in ('+1', '-1') else 's'} on top"
