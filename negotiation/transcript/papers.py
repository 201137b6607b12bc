"""The words for offers, drafts and texts: what is in them, who signs, and for how long it binds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

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
from negotiation.transcript.motives import motive
from negotiation.words.groups import group
from negotiation.words.language import data, joined, tr, trc, trn
from negotiation.words.numbers import in_points, percent, signed
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
    head = {"round": event.detail["round"] + 1, "side": parties(talks.scenario)[side].name}
    before = repeated(talks, event)
    if not (gives or asks):
        if stands(talks, event):
            said = tr("Round {round}: {side} has nothing left to propose.", **head)
        else:
            said = tr("Round {round}: {side} has nothing to propose.", **head)
        if not event.detail["accepted"]:
            return said
    elif before is not None:
        day = day_in_words(talks, before)
        said = tr("Round {round}: {side} repeats its offer of {day}.", **head, day=day)
    else:
        lines = [
            tr("Round {round}: {side} makes an offer.", **head),
            tr("It gives: {what}.", what=listed(gives)),
            tr("It asks: {what}.", what=listed(asks)),
        ]
        brought = tr(
            "Against {zero} this would {bring}.", zero=baseline(talks.scenario),
            bring=worth(talks, event.detail["worth"]),
        )  # fmt: skip
        return "\n".join([*lines, joined(brought, answer(talks, event))])
    return joined(said, answer(talks, event))


def worth(talks: Record, flows: Sequence[float]) -> str:
    """Return what a package is worth to either side, as part of a sentence."""
    return brings(flows, talks.scenario.unit, places_of(talks.scenario), parties(talks.scenario))


def answer(talks: Record, event: Event) -> str:
    """Return what the other side says to an offer, or why it is not asked."""
    other, detail = parties(talks.scenario)[1 - (event.side or 0)].name, event.detail
    if detail["accepted"]:
        return tr("{side} accepts.", side=capital(other))
    if detail["asked"]:
        return tr("{side} refuses.", side=capital(other))
    agreed = both_said_yes(talks, event)
    if agreed is None or said_since(talks, agreed, event):
        return tr("It stands beside what both accepted.")
    return tr(
        "No answer is due: what both said yes to on {day} stands until something is signed.",
        day=day_in_words(talks, agreed),
    )


def parked(talks: Record, event: Event) -> str:
    """Say why the delegations cannot sign an accepted offer."""
    issues, package = talks.scenario.issues, event.detail["package"]
    beyond, missing = (
        listed(data(issues[name].name) for name in event.detail[why])
        for why in ("beyond_mandate", "not_ready")
    )
    held = [name for name, z in zip(issues, package, strict=False) if z > 0.0]
    if len(held) > 1 and event.detail["not_ready"] == held:
        missing = tr("any of it")
    points = [tr("The delegations cannot sign it themselves. It stands as what both have offered.")]
    if event.detail["beyond_mandate"]:
        points.append(tr("Beyond their mandates: {issues}.", issues=beyond))
    if event.detail["not_ready"]:
        points.append(tr("No text is ready on {issues}.", issues=missing))
    return "\n".join(points)


def withdrawn(talks: Record, event: Event) -> str:
    """Describe an accepted offer that its maker takes back."""
    side, sides = event.side or 0, parties(talks.scenario)
    return tr(
        "{other} says yes, but {side} takes its offer back: to itself it is worth less than what "
        "putting its name under a paper costs.",
        other=sides[1 - side].capital, side=sides[side].name,
    )  # fmt: skip


def blocked(talks: Record, event: Event) -> str:
    """Describe an accepted offer that a home front stops."""
    whose = parties(talks.scenario)[event.side or 0].name
    return tr(
        "The home front of {side} will not have it, so it is not signed. It stands as what both "
        "have offered.", side=whose,
    )  # fmt: skip


def signed_by_delegations(talks: Record, event: Event) -> str:
    """Describe a deal at working level."""
    levels = exchange(talks.scenario, event.detail["package"])
    signed_now = tr("The delegations sign, and both home fronts let it pass.")
    return "\n".join([signed_now, levels, *term(talks, event)])


def term(talks: Record, event: Event) -> list[str]:
    """Return for how long binds what is signed at an event; nothing where it binds for good."""
    if talks.scenario.talks.contract != "drafts":
        return []
    calendar = talks.scenario.calendar
    until = full_date(date_of(talks.scenario, day_of(event) + calendar.deal_days))
    length = trn("{n} day", "{n} days", calendar.deal_days)
    if calendar.deal_days == YEAR:
        length = tr("a year")
    filled = {"length": length, "until": until}
    if calendar.truce_expires is None:
        if stands(talks, event):
            return [tr("All that is signed binds for {length}, until {until}.", **filled)]
        return [tr("It binds for {length}, until {until}.", **filled)]
    filled["kept"] = words_of_the_day(talks, event).kept
    if stands(talks, event):
        return [
            tr(
                "All that is signed binds for {length}, until {until}; meanwhile {kept}.",
                **filled,
            )
        ]
    return [tr("It binds for {length}, until {until}; meanwhile {kept}.", **filled)]


def ready(talks: Record, event: Event) -> str:
    """Name the texts that have become ready."""
    shares = event.detail["package"]
    issues = zip(talks.scenario.issues.values(), shares, strict=False)
    names = [data(issue.name) for issue, new in issues if new]
    if len(names) == 1:
        return tr("The text on {issue} is ready.", issue=names[0])
    return tr("Texts are ready on: {issues}.", issues=listed(names))


def draft(talks: Record, event: Event) -> str:
    """Say what the delegations have put together of the texts that are ready, and who signs it."""
    detail = event.detail
    before = repeated(talks, event)
    if before is not None:
        day = day_in_words(talks, before)
        opening = [tr("The draft of {day} is on the table again.", day=day)]
    else:
        opening = [tr("The delegations put a draft together of the texts that are ready.")]
        opening += [exchange(talks.scenario, detail["package"]), prospects(talks, event)]
    sides = parties(talks.scenario)
    why = [motive(talks, event, k) for k in range(len(sides))]
    fates = [reception(talks, event, k, side.name, why[k]) for k, side in enumerate(sides)]
    if all(detail["passes"]):
        end = [tr("The draft is signed."), *term(talks, event)]
    else:
        end = [_failure(detail["signs"], detail["passes"], sides)]
    return "\n".join([*opening, *fates, *end])


def _failure(signs: Sequence[bool], passes: Sequence[bool], sides: Sequence[Party]) -> str:
    if not any(signs):
        return tr("The draft fails: neither will sign.")
    if not all(signs):
        return tr("The draft fails: {side} will not sign.", side=sides[_first_no(signs)].name)
    if not any(passes):
        return tr("The draft fails in both capitals: support at home is short.")
    return tr(
        "The draft fails in {capital}: support at home is short.",
        capital=sides[_first_no(passes)].capital,
    )


def _first_no(answers: Sequence[bool]) -> int:
    return list(answers).index(False)


def prospects(talks: Record, event: Event) -> str:
    """Say what signing is publicly expected to bring either side, and what it spares both."""
    brought = worth(talks, event.detail["worth"])
    said = tr("As far as outsiders can tell, it should {bring}.", bring=brought)
    spared = event.detail["spares"]
    if spared is None:
        return said
    day = full_date(date_of(talks.scenario, spared))
    return joined(said, tr("A signature would also spare both the deadline of {day}.", day=day))


def leaders_text(talks: Record, event: Event) -> str:
    """Say what the sherpas have written for their leaders, and who approves."""
    before, detail = earlier(talks, event), event.detail
    again = before is not None and day_of(before) == day_of(event)
    opening = (
        tr("The sherpas write another text, to win over the leader who refused.")
        if again
        else tr("The sherpas have written a text for their leaders.")
    )
    sides = parties(talks.scenario)
    why = [motive(talks, event, k) for k in range(len(sides))]
    fates = [reception(talks, event, k, side.leader, why[k]) for k, side in enumerate(sides)]
    end = [tr("Both leaders would sign it, so they meet.")] if all(detail["passes"]) else []
    levels = exchange(talks.scenario, detail["package"])
    return "\n".join([opening, levels, prospects(talks, event), *fates, *end])


def put_off(talks: Record, event: Event) -> str:
    """Say why the leaders' meeting is put off, and until when."""
    date = day_month(date_of(talks.scenario, event.detail["until"]))
    return tr(
        "{why}: the leaders' meeting is put off to {date}.", why=capital(why_not(talks, event)),
        date=date,
    )  # fmt: skip


def no_meeting(talks: Record, event: Event) -> str:
    """Describe a meeting called off."""
    if not event.detail["feasible"] and not event.detail["broken"]:
        return tr("The meeting falls through for reasons that have nothing to do with the talks.")
    return tr("The leaders' meeting is called off: {why}.", why=why_not(talks, event))


def why_not(talks: Record, event: Event) -> str:
    """Return why the leaders do not meet, as a clause."""
    if event.detail.get("broken"):
        return words_of_the_day(talks, event).broken
    text = text_of_the_day(talks, event)
    if text is None:
        return tr("there is no text that both might sign")
    signs, passes = text.detail["signs"], text.detail["passes"]
    if all(passes):  # whoever decides otherwise than the rule may leave it all the same
        return tr("the text is left unsigned")
    if not any(signs):
        return tr("neither leader will sign the text")
    if not all(signs):
        leader = parties(talks.scenario)[_first_no(signs)].leader
        return tr("{leader} will not sign the text", leader=leader)
    if any(passes):
        leader = parties(talks.scenario)[_first_no(passes)].leader
        return tr("{leader} cannot bring the text through at home", leader=leader)
    return tr("neither leader can bring the text through at home")


def picture(talks: Record, event: Event) -> str:
    """Say that the leaders meet without a text."""
    return tr(
        "The leaders meet for the picture: {why}, but both like the picture enough to come.",
        why=why_not(talks, event),
    )


def signed_by_leaders(talks: Record, event: Event) -> str:
    """Describe a deal at the summit."""
    gains = worth(talks, event.detail["gains"])
    filled = {"bring": gains, "zero": baseline(talks.scenario)}
    if stands(talks, event):
        said = tr(
            "The leaders meet and sign the text. As the two really value things, it should, with "
            "what was signed before, {bring} against {zero}.", **filled,
        )  # fmt: skip
    else:
        said = tr(
            "The leaders meet and sign the text. As the two really value things, it should {bring} "
            "against {zero}.", **filled,
        )  # fmt: skip
    return "\n".join([said, *term(talks, event)])


def reception(talks: Record, event: Event, side: int, leader: str | None, why: str = "") -> str:
    """Return who supports a package on one side, and whether it passes there; of None, you do.

    ``why`` is what onlookers may know of the reasons for a signature or a refusal.

    The ratification needs weighted support, plus a swing that nobody foresaw, of at least
    the threshold.
    """
    delegation = getattr(talks.scenario, SIDES[side])
    signs, passes = event.detail["signs"][side], event.detail["passes"][side]
    if not signs:
        if leader is None:
            return tr("You will not sign it.")
        return joined(tr("{who} will not sign it.", who=capital(leader)), why)
    ready = (
        tr("You are ready to sign.")
        if leader is None
        else tr("{who} is ready to sign.", who=capital(leader))
    )
    if not delegation.constituencies:
        return joined(ready, why)
    support = {name: event.detail["support"][name] for name in delegation.constituencies}
    weights = {name: group.weight.value for name, group in delegation.constituencies.items()}
    weighted = sum(weights[name] * support[name] for name in support) / sum(weights.values())
    needed = event.detail["needed"][side]
    groups = trc("between groups", ", ").join(
        trc("a group", "{name} {share}", name=group(name), share=percent(share))
        for name, share in support.items()
    )
    filled = {
        "groups": groups, "weighted": percent(weighted),
        "swing": swing(event.detail["swing"][side]), "needed": percent(needed),
    }  # fmt: skip
    if passes:
        at_home = tr(
            "At home: {groups}; weighted {weighted}, and {swing}; {needed} is needed: enough.",
            **filled,
        )
    else:
        at_home = tr(
            "At home: {groups}; weighted {weighted}, and {swing}; {needed} is needed: not enough.",
            **filled,
        )
    return joined(ready, why, at_home)


def swing(share: float) -> str:
    """Return how far opinion moves late on.

    Examples
    --------
    >>> swing(-0.14), swing(0.01), swing(0.001)
    ('a late swing of -14 points on top', 'a late swing of +1 point on top', 'no late swing')
    """
    shown = signed(share, 0)
    if shown == "0":
        return tr("no late swing")
    return tr("a late swing of {points} on top", points=in_points(shown))
