"""The words for each kind of event, by the phase it belongs to; a line break starts a new point."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from negotiation.errors import counted
from negotiation.scenario import SIDES
from negotiation.words.numbers import money, percent, signed
from negotiation.words.packages import brings, conceded, exchange, listed
from negotiation.words.scene import (
    GOVERNMENTS,
    LEADERS,
    TARIFFS,
    baseline,
    capital,
    date_of,
    day_month,
    full_date,
)
from negotiation.words.scene import SIDES as NAMES

if TYPE_CHECKING:
    from negotiation.events import Event
    from negotiation.transcript.record import Record

US, CHINA = NAMES


def incident(talks: Record, event: Event) -> str:
    """Say that something raises tension."""
    return f"An incident strains relations (tension now {event.detail['tension']:.1f})."


def thaw(talks: Record, event: Event) -> str:
    """Say that something lowers tension."""
    tension = event.detail["tension"]
    return f"Both sides call the talks constructive (tension now {tension:.1f})."


def sectoral(talks: Record, event: Event) -> str:
    """Say that new sectoral tariffs are imposed."""
    tension = event.detail["tension"]
    return f"{capital(US)} imposes new sectoral tariffs (tension now {tension:.1f})."


def controls(talks: Record, event: Event) -> str:
    """Say that the pause of technology controls is over."""
    tension = event.detail["tension"]
    return (
        f"The pause is over, and {US} puts new technology controls in force (tension now "
        f"{tension:.1f})."
    )


def step(talks: Record, event: Event) -> str:
    """Describe a unilateral step, answered or not."""
    side = event.side or 0
    if event.detail["answered"]:
        answer = f"{NAMES[1 - side]} answers in kind"
    else:
        answer = f"{NAMES[1 - side]} lets it pass"
    return (
        f"{capital(NAMES[side])} adds a new sanction or control, such as a listing of firms; "
        f"{answer} (tension now {event.detail['tension']:.1f})."
    )


def offer(talks: Record, event: Event) -> str:
    """Describe an offer, what it is worth, and the answer."""
    side, package, unit = event.side or 0, event.detail["package"], talks.scenario.unit
    gives, asks = (listed(conceded(talks.scenario, package, SIDES[i])) for i in (side, 1 - side))
    verdict = "accepts" if event.detail["accepted"] else "refuses"
    return (
        f"Round {event.detail['round'] + 1}: {NAMES[side]} makes an offer.\n"
        f"It gives: {gives}.\n"
        f"It asks: {asks}.\n"
        f"Against {baseline(talks.scenario)} this would {brings(event.detail['worth'], unit)}. "
        f"{capital(NAMES[1 - side])} {verdict}."
    )


def withdrawn(talks: Record, event: Event) -> str:
    """Describe an accepted offer that its maker takes back."""
    side = event.side or 0
    return (
        f"{GOVERNMENTS[1 - side]} says yes, but {NAMES[side]} withdraws: given how it really "
        "values things, the offer was worse than none."
    )


def signed_by_delegations(talks: Record, event: Event) -> str:
    """Describe a deal at working level."""
    package = event.detail["package"]
    levels = exchange(talks.scenario, package)
    return f"The delegations sign, and both home fronts let it pass.\n{levels}"


def ready(talks: Record, event: Event) -> str:
    """Name the texts that have become ready."""
    shares = event.detail["package"]
    names = [i.name for i, new in zip(talks.scenario.issues.values(), shares, strict=False) if new]
    if len(names) == 1:
        return f"The text on {names[0]} is ready."
    return f"The texts on {', '.join(names[:-1])} and {names[-1]} are ready."


def draft(talks: Record, event: Event) -> str:
    """Say what the delegations have put together of the texts that are ready, and who signs it."""
    detail = event.detail
    fates = [reception(talks, event, side, NAMES[side]) for side in range(2)]
    end = ["The draft is signed."] if all(detail["passes"]) else []
    opening = "The delegations put a draft together of the texts that are ready."
    return "\n".join([opening, exchange(talks.scenario, detail["package"]), *fates, *end])


def leaders_text(talks: Record, event: Event) -> str:
    """Say what the sherpas have written for their leaders, and who approves."""
    fates = [reception(talks, event, side, LEADERS[side]) for side in range(2)]
    opening = "The sherpas have written a text for their leaders."
    return "\n".join([opening, exchange(talks.scenario, event.detail["package"]), *fates])


def put_off(talks: Record, event: Event) -> str:
    """Say why the leaders' meeting is put off, and until when."""
    date = day_month(date_of(talks.scenario, event.detail["until"]))
    why = (
        "Nobody travels while the truce is broken"
        if event.detail["broken"]
        else "There is nothing that both leaders would sign"
    )
    return f"{why}: their meeting is put off to {date}."


def blocked(talks: Record, event: Event) -> str:
    """Describe an accepted offer that a home front stops."""
    return (
        f"The home front of {NAMES[event.side or 0]} will not have it; the paper becomes "
        "the draft for the leaders."
    )


def lapse_ends(talks: Record, event: Event) -> str:
    """Describe the end of a lapse without penalties."""
    if event.detail["regime"] == "truce":
        return "The truce is put back in force, late."
    return "The lapse turns into penalties: the tariffs that had been suspended are charged again."


def date_met(talks: Record, event: Event) -> str:
    """Say who asked what for the truce, how the other side answered, and what came of it."""
    detail, side = event.detail, event.side
    where = "The truce runs out." if detail["deadline"] else "The sides meet under penalties."
    if side is None:
        said = "Neither side names a price."
    else:
        asks = demanded(talks, detail["demand"])
        term = round(detail["expiry"] - detail["due"])
        # the length is agreed together with the terms, so a refusal leaves none
        length = counted(term, "day") if detail["agreed"] else "the truce"
        said = (
            f"{GOVERNMENTS[side]} asks for {asks} as the price of {length}; "
            f"{GOVERNMENTS[1 - side]} {'gives in' if detail['agreed'] else 'refuses'}."
        )
        if detail["agreed"]:
            said += (
                f" While it lasts that is worth {money(detail['gain'])} to {NAMES[side]} and costs "
                f"{NAMES[1 - side]} {money(detail['price'])}."
            )
    return f"{where} {said}\n{_came_of(talks, event)}"


def demanded(talks: Record, issue: str | None) -> str:
    """Return a demand in words: what is asked for, and how much of it."""
    if issue is None:
        return "a concession"
    wanted = talks.scenario.issues[issue]
    levels = [0.0] * len(talks.scenario.issues)
    levels[list(talks.scenario.issues).index(issue)] = wanted.mandate.value
    return listed(conceded(talks.scenario, levels, wanted.conceded_by))


def _came_of(talks: Record, event: Event) -> str:
    detail = event.detail
    if detail["regime"] == "truce":
        until = full_date(date_of(talks.scenario, detail["expiry"]))
        if detail["deadline"]:
            return f"The truce is extended until {until}."
        return f"The penalties end, and a truce is in force until {until}."
    cause = "Neither meant it to happen, but the" if detail["agreed"] else "The"
    if detail["regime"] == "lapse":
        return f"{cause} truce lapses, for now without new penalties."
    if not detail["deadline"]:
        return f"Penalties stay in force {detail['penalties']}."
    return f"{cause} truce lapses, and penalties come into force: {_in_force(talks, event)}."


def _in_force(talks: Record, event: Event) -> str:
    tariffs, penalties = talks.scenario.tariffs, event.detail["penalties"]
    peak = penalties == "at the peak"
    us = tariffs.us_peak if peak else tariffs.us_suspended
    china = tariffs.china_peak if peak else tariffs.china_suspended
    what = "the tariffs of the April peak" if peak else TARIFFS["suspended_points"]
    rates = f"{what} ({percent(us.value)} on Chinese goods, {percent(china.value)} on US goods)"
    return f"{rates}, on part of the trade" if penalties == "in part" else rates


def no_meeting(talks: Record, event: Event) -> str:
    """Describe a summit called off."""
    if not event.detail["feasible"]:
        return "The summit falls through for reasons that have nothing to do with the talks."
    if event.detail["broken"]:
        return "The summit is called off: nobody travels while the truce is broken."
    return "The summit is called off: there is nothing that both leaders would sign."


def reopened(talks: Record, event: Event) -> str:
    """Describe a deal that one side reopens because the other did not deliver."""
    until = full_date(date_of(talks.scenario, event.detail["expiry"]))
    return (
        f"A review finds that {CHINA} delivers {percent(event.detail['delivered'])} of what it "
        f"pledged, and {US} reopens the deal. Nothing is signed any more; the truce runs until "
        f"{until}."
    )


def signed_by_leaders(talks: Record, event: Event) -> str:
    """Describe a deal at the summit."""
    signed = "The leaders meet and sign the text."
    if talks.outcome != "summit_deal":  # it did not last: what it brings a year was never booked
        return signed
    gains = brings([talks.gains[side] for side in SIDES], talks.scenario.unit)
    return f"{signed} Against {baseline(talks.scenario)} it should {gains}."


SENTENCES: dict[tuple[str, str], str | Callable[[Record, Event], str]] = {
    ("news", "ruling"): "A court rules against the US tariffs; a threat to raise them weighs less "
    "from now on.",
    ("news", "selloff"): "Markets sell off; for some weeks a lapse of the truce looks costlier to "
    f"{US}.",
    ("news", "incident"): incident,
    ("news", "thaw"): thaw,
    ("news", "sectoral"): sectoral,
    ("news", "controls"): controls,
    ("news", "delayed"): f"New sectoral tariffs are due; {US} puts them off to protect the talks.",
    ("provocations", "step"): step,
    ("talks", "offer"): offer,
    (
        "talks",
        "parked",
    ): "What they agree on goes further than the delegations may sign: it becomes "
    "the draft for the leaders.",
    ("talks", "withdrawn"): withdrawn,
    ("talks", "signed"): signed_by_delegations,
    ("talks", "blocked"): blocked,
    ("talks", "ready"): ready,
    ("talks", "draft"): draft,
    ("talks", "term_over"): "The term of the deal is over. What was signed no longer binds, and "
    "whether the truce goes on is to be decided.",
    ("talks", "lapse_ends"): lapse_ends,
    ("talks", "reopened"): reopened,
    ("deadline", "date_met"): date_met,
    ("talks", "crisis_meeting"): date_met,
    (
        "talks",
        "rare_earths_cut",
    ): f"{CHINA} stops exports of rare earths to {US} for as long as the penalties last.",
    ("summit", "no_meeting"): no_meeting,
    ("summit", "text"): leaders_text,
    ("summit", "put_off"): put_off,
    ("summit", "picture"): "The leaders meet for the picture. There is nothing to sign.",
    ("summit", "signed"): signed_by_leaders,
    ("summit", "no_deal"): "The leaders part without a deal.",
}


def sentence(talks: Record, event: Event) -> str:
    """Return an event in words."""
    told = SENTENCES.get((event.phase, event.kind), f"{event.kind.replace('_', ' ')}.")
    return capital(told) if isinstance(told, str) else told(talks, event)


def day_of(event: Event) -> float:
    """Return the day of an event: its own where it has one, else the first of its tick."""
    return float(event.detail.get("due", event.detail.get("day", event.day)))


def has_own_date(event: Event) -> bool:
    """Return whether an event is known to the day rather than to the tick."""
    return "due" in event.detail or "day" in event.detail


def stamp(talks: Record, event: Event) -> str:
    """Return the phase of an event, with its day where that is known."""
    if not has_own_date(event):
        return capital(event.phase)
    return f"{capital(event.phase)}, {day_month(date_of(talks.scenario, day_of(event)))}"


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
    swing, needed = event.detail["swing"][side], event.detail["needed"][side]
    groups = ", ".join(
        f"{name.replace('_', ' ')} {percent(share)}" for name, share in support.items()
    )
    verdict = "enough" if passes else "not enough"
    return (
        f"{capital(leader)} is ready to sign. At home: {groups}; weighted {percent(weighted)}, "
        f"and a late swing of {signed(swing, 0)} points on top; {percent(needed)} is needed: "
        f"{verdict}."
    )
