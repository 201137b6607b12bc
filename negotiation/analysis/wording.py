"""What the outcomes are called, in words, wherever people read them."""

from __future__ import annotations

from negotiation.scenario import Scenario

AT_HORIZON = {
    "summit_deal": "a deal in force, signed by the leaders",
    "working_deal": "a deal in force, signed by the delegations",
    "truce": "the truce in force, nothing signed",
    "lapse": "the truce lapsed, no new penalties yet",
    "escalation": "penalties in force",
}

EVENTS = {
    "first_deadline_extended": "the truce is extended at its first deadline",
    "first_deadline_deal": "a deal is signed before the first deadline",
    "first_deadline_lapsed": "the truce lapses at its first deadline",
    "summit_held": "the leaders meet",
    "summit_deal": "they sign a deal at the summit",
    "working_deal": "the delegations sign a deal",
    "partial_deal": "a deal covers only part of the package",
    "deal": "a deal of either kind",
    "lapse": "the truce lapses at some deadline",
    "escalation": "penalties come into force",
    "escalation_ended": "penalties are lifted again",
    "provocation": "a side takes a unilateral step",
    "retaliation": "the other side answers in kind",
    "reopened": "a deal is reopened over what was not delivered",
}


def date(day: object) -> str:
    """Return a date as a newspaper writes it.

    Examples
    --------
    >>> import datetime as dt
    >>> date(dt.date(2025, 8, 12))
    '12 August 2025'
    """
    return f"{day.day} {day:%B %Y}"  # type: ignore[attr-defined]


def event(name: str) -> str:
    """Return what an event is called.

    Examples
    --------
    >>> event("summit_held")
    'the leaders meet'
    """
    return EVENTS.get(name, name.replace("_", " "))


def impossible(scenario: Scenario) -> set[str]:
    """Return the events that cannot happen under a scenario's calendar.

    Examples
    --------
    >>> from negotiation.scenario import Scenario
    >>> "summit_held" in impossible(Scenario.load("split-the-pie"))
    True
    """
    names: set[str] = set()
    if scenario.calendar.truce_expires is None:
        names |= {"first_deadline_extended", "first_deadline_deal", "first_deadline_lapsed"}
        names |= {"lapse", "escalation", "escalation_ended"}
    if scenario.calendar.summit_from is None:
        names |= {"summit_held", "summit_deal", "partial_deal"}
    return names


def headlines(scenario: Scenario) -> dict[str, str]:
    """Return the events that a reader asks about first, each as a statement with its date."""
    calendar, asked = scenario.calendar, {}
    if calendar.truce_expires is not None:
        asked["first_deadline_extended"] = (
            f"The truce is extended on {date(calendar.truce_expires)}"
        )
    if calendar.summit_from is not None:
        asked["summit_deal"] = f"The leaders sign a deal at a summit by {date(calendar.horizon)}"
    return asked or {"deal": f"A deal is signed by {date(calendar.horizon)}"}
