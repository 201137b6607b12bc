"""How it ended, what it brought, and what neither side could see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from negotiation.scenario import SIDES
from negotiation.words.numbers import money, percent
from negotiation.words.outcomes import AT_HORIZON
from negotiation.words.packages import exchange
from negotiation.words.scene import SIDES as NAMES
from negotiation.words.scene import STANCES, baseline, capital, full_date

if TYPE_CHECKING:
    from negotiation.transcript.record import Record


def ending(talks: Record) -> list[str]:
    """Return the state at the horizon and each side's account."""
    horizon = full_date(talks.scenario.calendar.horizon)
    lines = [f"On {horizon} {AT_HORIZON[talks.outcome]}."]
    if talks.outcome in ("summit_deal", "working_deal"):
        z = [talks.package[name] for name in talks.scenario.issues]
        lines.append(f"What was signed:\n{exchange(talks.scenario, z)}")
    for side, label in enumerate(SIDES):
        lines.append(account(talks.account[label], NAMES[side], baseline(talks.scenario)))
    return lines


def account(billions: float, side: str, zero: str) -> str:
    """Return what the path brought a side, as a sentence.

    Examples
    --------
    >>> account(-5.1, "China", "the truce")
    'Against the truce, the path to that day cost China $5.1bn.'
    """
    if abs(billions) < 0.05:
        return f"Against {zero}, the path to that day made no difference to {side}."
    verb = "brought" if billions > 0 else "cost"
    return f"Against {zero}, the path to that day {verb} {side} {money(billions)}."


def hidden(talks: Record) -> list[str]:
    """Return each side's private type in words, leaving out what the scenario does not vary."""
    lines = []
    for side, label in enumerate(SIDES):
        types, drawn = getattr(talks.scenario, label).types, talks.types[label]
        facts = []
        if len({q.value for q in types.stance}) > 1:
            cents = 100 * drawn["taste_for_protection"]
            facts.append(
                f"is {STANCES[drawn['stance']]} on protection: it would pay "
                f"{f'{cents:.3g} cents' if cents else 'nothing'} to protect a dollar of its output"
            )
        if len({q.value for q in types.trait}) > 1:
            if "integrity" in drawn:
                share = percent(drawn["integrity"])
                facts.append(f"would deliver {share} of what it pledges if nobody looked")
            else:
                facts.append(
                    f"values the denial of technology at {money(drawn['security_value'])} a year"
                )
        if len({q.value for q in types.resolve}) > 1:
            facts.append(
                "is resolute: it makes light of what a lapse costs"
                if drawn["resolute"]
                else "is not resolute: it counts the cost of a lapse in full"
            )
        if facts:
            lines.append(f"{capital(NAMES[side])} {'; '.join(facts)}.")
    return lines
