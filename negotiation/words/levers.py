"""What a lever is called before a class: a few plain words and a sentence."""

from __future__ import annotations

import math

from negotiation.scenario import Scenario
from negotiation.words.language import marked, tr
from negotiation.words.parties import by_seat
from negotiation.words.settings import label
from negotiation.words.standing import withheld

STEPS = 100
PERCENT = ("probability", "share")  # units of numbers that are shown in percent

# What a class would ask about first. The sides are called as in the scenario.
PLAIN = {
    "deadline.ultimatum": (
        marked("Price of an ultimatum"),
        marked(
            "What it costs a government to make a demand at the deadline; below zero it is "
            "applauded."
        ),
    ),
    "us.types.resolve_prior": (
        marked("{us.name} is stubborn"),
        marked(
            "The chance that {us.name} makes light of penalties and never gives in to a demand."
        ),
    ),
    "china.types.resolve_prior": (
        marked("{china.name} is stubborn"),
        marked(
            "The chance that {china.name} makes light of penalties and never gives in to a demand."
        ),
    ),
    "news.incident_rate": (
        marked("Bad news"),
        marked("How often something happens that raises tension: an arrest, a ship, a speech."),
    ),
    "summit.feasible": (
        marked("The leaders can meet"),
        marked("The chance that nothing outside the talks prevents their meeting."),
    ),
    "summit.tension_cost": (
        marked("Tension hurts a handshake"),
        marked("What each incident's worth of tension takes off the value of meeting and signing."),
    ),
    "talks.ripening": (
        marked("Pace of the lawyers"),
        marked("How fast the texts of a deal become ready to be signed; 1 is the pace assumed."),
    ),
    "china.ratification": (
        marked("Support {china.name} needs at home"),
        marked("The share of weighted support at home without which a package is blocked."),
    ),
    "us.ratification": (
        marked("Support {us.name} needs at home"),
        marked("The share of weighted support at home without which a package is blocked."),
    ),
    "us.patience": (
        marked("Patience of {us.name}"),
        marked("What a dollar next year is worth to {us.name} today; 1 is endless patience."),
    ),
    "china.patience": (
        marked("Patience of {china.name}"),
        marked("What a dollar next year is worth to {china.name} today; 1 is endless patience."),
    ),
}

# What the numbers of a section do, for whoever opens it in a drawer.
SECTIONS = {
    "clock": marked("How finely time is cut: the odds should not depend on it."),
    "economy": marked(
        "How trade and prices answer to tariffs, and so what a tariff is worth to either side."
    ),
    "tariffs": marked("How high tariffs are now, during the truce, and once it has lapsed."),
    "rare_earths": marked(
        "What it costs to be cut off from {withheld}: stocks last a while, then alternatives grow."
    ),
    "purchases": marked(
        "What a dollar of pledged purchases is worth to either side once it is delivered."
    ),
    "news": marked("What happens outside the talks: how often, and how much tension it adds."),
    "deadline": marked(
        "What both sides weigh on the day on which the truce runs out: to extend it, to demand "
        "something for that, or to let it lapse."
    ),
    "escalation": marked("How penalties grow once the truce has lapsed, and how they end."),
    "provocation": marked("What a new sanction between meetings brings and costs the side."),
    "summit": marked("Whether the leaders meet, and what signing or not signing there is worth."),
    "talks": marked(
        "How offers are made and read, and how fast a text becomes ready to be signed."
    ),
    "compliance": marked(
        "After the signature: what is delivered, what is found out, what is reopened."
    ),
    "us": marked("What {us.name} wants, knows and fears: its leader, its types, its home front."),
    "china": marked(
        "What {china.name} wants, knows and fears: its leader, its types, its home front."
    ),
    "issues": marked(
        "What conceding an item of the agenda costs one side and brings the other, and how soon "
        "its text can be ready."
    ),
    "linkage": marked("What two items bring together beyond what each brings alone."),
}


def in_section(path: str, scenario: Scenario | None = None) -> str:
    """Return a sentence on what the numbers beside a setting do.

    Examples
    --------
    >>> in_section("clock.tick_days")
    'How finely time is cut: the odds should not depend on it.'
    """
    told = SECTIONS.get(path.split(".")[0], "")
    filled = {**by_seat(scenario), "withheld": withheld(scenario)}
    return tr(told, **filled) if told else ""


def plainly(path: str, scenario: Scenario | None = None) -> tuple[str, str]:
    """Return a setting in plain words, and a sentence about it where there is one.

    Examples
    --------
    >>> plainly("us.patience")[0], plainly("deadline.held_days")[1]
    ('Patience of the United States', '')
    """
    if path not in PLAIN:
        return label(path, scenario), ""
    title, sentence = PLAIN[path]
    names = by_seat(scenario)
    return tr(title, **names), tr(sentence, **names)


def step_of(width: float) -> float:
    """Return the step of a slider so wide: a round number, about a hundredth.

    Examples
    --------
    >>> step_of(0.6), step_of(10.5), step_of(300)
    (0.005, 0.1, 2.0)
    """
    size = 10.0 ** math.floor(math.log10(width / STEPS))
    return float(f"{size * max(n for n in (1, 2, 5) if n * size <= width / STEPS * 1.001):.3g}")
