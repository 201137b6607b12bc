"""What endings and events are called: as a clause, and as a label where there is little room."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from negotiation.words.parties import by_seat
from negotiation.words.scene import capital, full_date
from negotiation.words.standing import before

if TYPE_CHECKING:
    from negotiation.scenario import Scenario

HORIZON = "at_horizon."  # before the name of an ending, where it stands among events


class Words(NamedTuple):
    """A clause, and a label; ``{us.name}`` in them is what the side in that seat is called."""

    clause: str
    label: str


_ENDINGS = {
    "summit_deal": Words("a deal signed by the leaders is in force", "deal at the summit"),
    "working_deal": Words("a deal signed by the delegations is in force", "deal at working level"),
    "truce": Words("the truce is in force and nothing is signed", "truce, nothing signed"),
    "lapse": Words("the truce has lapsed, without new penalties yet", "truce lapsed"),
    "escalation": Words("penalties are in force", "escalation"),
}
_EVENTS = {
    "first_deadline_extended": Words(
        "the truce is extended at its first deadline", "truce extended at the first deadline"
    ),
    "first_extension_mutual": Words(
        "the first extension is on even terms", "first extension on even terms"
    ),
    "first_extension_from_us": Words(
        "{us.name} pays for the first extension", "first extension paid for by {us.brief}"
    ),
    "first_extension_from_china": Words(
        "{china.name} pays for the first extension", "first extension paid for by {china.brief}"
    ),
    "first_deadline_deal": Words(
        "a deal is signed before the first deadline", "deal by the first deadline"
    ),
    "first_deadline_lapsed": Words(
        "the truce lapses at its first deadline", "truce lapsed at the first deadline"
    ),
    "summit_held": Words("the leaders meet", "summit held"),
    "summit_deal": Words("they sign a deal at the summit", "deal signed at the summit"),
    "working_deal": Words("the delegations sign a deal", "deal at working level"),
    "deal": Words("a deal of either kind", "any deal"),
    "lapse": Words("the truce lapses at some deadline", "truce lapsed at some time"),
    "escalation": Words("penalties come into force", "escalation at some time"),
    "escalation_ended": Words("penalties are lifted again", "escalation begun and ended"),
    "rare_earths_cut": Words("{china.name} cuts exports of rare earths", "cut of rare earths"),
    "sectoral_tariffs": Words("{us.name} imposes new sectoral tariffs", "new sectoral tariffs"),
    "sectoral_put_off": Words(
        "new sectoral tariffs are put off to protect the talks", "sectoral tariffs put off"
    ),
    "provocation": Words("a side adds a new sanction or control", "new sanction or control"),
    "retaliation": Words("the other side answers in kind", "new sanction answered in kind"),
    "reopened": Words("a deal is reopened over what was not delivered", "deal reopened"),
}

# What is called otherwise where no truce runs out, by :class:`negotiation.scenario.standing`.
_THREATENED = {
    HORIZON + "truce": Words(
        "no {more}penalties are in force and nothing is signed", "put off, nothing signed"
    ),
    HORIZON + "lapse": Words("the date is past, without {more}penalties yet", "date past"),
    HORIZON + "escalation": Words("the {more}penalties are in force", "escalation"),
    "first_deadline_extended": Words(
        "the {more}penalties are put off at the first date", "put off at the first date"
    ),
    "first_extension_mutual": Words(
        "the first delay is on even terms", "first delay on even terms"
    ),
    "first_extension_from_us": Words(
        "{us.name} pays for the first delay", "first delay paid for by {us.brief}"
    ),
    "first_extension_from_china": Words(
        "{china.name} pays for the first delay", "first delay paid for by {china.brief}"
    ),
    "first_deadline_deal": Words(
        "a deal is signed before the first date", "deal by the first date"
    ),
    "first_deadline_lapsed": Words(
        "nothing is agreed by the first date", "nothing agreed by the first date"
    ),
    "lapse": Words("a date passes without agreement", "a date passed without agreement"),
    "escalation": Words("{more}penalties come into force", "escalation at some time"),
}
_RELIEF = {
    HORIZON + "truce": Words("a truce is in force and nothing is signed", "truce, nothing signed"),
    HORIZON + "lapse": Words("nothing is agreed, and penalties are not levied", "date past"),
    "first_deadline_extended": Words(
        "penalties come off at the first date", "truce at the first date"
    ),
    "first_extension_mutual": Words(
        "the first truce is on even terms", "first truce on even terms"
    ),
    "first_extension_from_us": Words(
        "{us.name} pays for the first truce", "first truce paid for by {us.brief}"
    ),
    "first_extension_from_china": Words(
        "{china.name} pays for the first truce", "first truce paid for by {china.brief}"
    ),
    "first_deadline_deal": Words(
        "a deal is signed before the first date", "deal by the first date"
    ),
    "first_deadline_lapsed": Words(
        "nothing is agreed by the first date", "nothing agreed by the first date"
    ),
    "lapse": Words("a date passes without agreement", "a date passed without agreement"),
    "escalation": Words("penalties stay in force, or come back", "escalation at some time"),
}


def _with(more: str) -> dict[str, Words]:
    return {
        name: Words(*(words.replace("{more}", more) for words in pair))
        for name, pair in _THREATENED.items()
    }


_OTHERWISE = {"calm": _with(""), "rise": _with("further "), "relief": _RELIEF}

# What is a kind of the event before it, as it is called below that.
PARTS = {
    "first_extension_mutual": "on even terms",
    "first_extension_from_us": "paid for with a concession by {us.name}",
    "first_extension_from_china": "paid for with a concession by {china.name}",
}

# The headline outcomes, where none of many runs brings them; see `never`.
NEVER = {
    "first_deadline_extended": "the truce is never extended at its first deadline",
    "deal": "no deal is ever signed",
    "working_deal": "the delegations never sign a deal",
    "summit_held": "the leaders never meet",
    "summit_deal": "the leaders never sign a deal",
}

EXTENDED = {  # at the first date
    "truce": "The truce is extended",
    "calm": "The penalties are put off",
    "rise": "The further penalties are put off",
    "relief": "Penalties come off for a truce",
}
AT_HORIZON = {name: words.clause for name, words in _ENDINGS.items()}
EVENTS = {name: words.clause for name, words in _EVENTS.items()}
LABELS = {HORIZON + name: words.label for name, words in _ENDINGS.items()} | {
    name: words.label for name, words in _EVENTS.items()
}


def event(name: str, scenario: Scenario | None = None) -> str:
    """Return what an event, or an ending among events, is called, the sides by their own names.

    Examples
    --------
    >>> event("summit_held"), event("at_horizon.escalation")
    ('the leaders meet', 'penalties are in force')
    """
    if name.startswith(HORIZON):
        usual: str | None = AT_HORIZON[name.removeprefix(HORIZON)]
    else:
        usual = EVENTS.get(name)
    return _named(_own(name, 0, scenario) or usual, scenario) or name.replace("_", " ")


def _own(name: str, which: int, scenario: Scenario | None) -> str | None:
    """Return the clause (0) or label (1) of what is called otherwise where no truce runs out."""
    words = _OTHERWISE.get(before(scenario), {}).get(name)
    return None if words is None else words[which]


def never(name: str, scenario: Scenario | None = None) -> str:
    """Return a headline outcome as a clause, where none of many runs brings it.

    Examples
    --------
    >>> never("first_deadline_extended")
    'the truce is never extended at its first deadline'
    """
    own = _own(name, 0, scenario)
    return NEVER[name] if own is None else f"in no run {own}"


def _named(words: str | None, scenario: Scenario | None) -> str:
    return "" if words is None else words.format(**by_seat(scenario))


def in_a_list(name: str, scenario: Scenario | None = None) -> str:
    """Return what an event is called among all of them: a part of the one before it further in.

    Examples
    --------
    >>> in_a_list("deal"), in_a_list("first_extension_mutual")
    ('a deal of either kind', '  on even terms')
    """
    return f"  {_named(PARTS[name], scenario)}" if name in PARTS else event(name, scenario)


def outcome_label(name: str, scenario: Scenario | None = None) -> str:
    """Return what a picture calls an event or an ending; other names with spaces.

    A name that both have, such as ``lapse``, is that of the event.

    Examples
    --------
    >>> outcome_label("truce"), outcome_label("summit_held"), outcome_label("my_event")
    ('truce, nothing signed', 'summit held', 'my event')
    """
    words = LABELS.get(name) or LABELS.get(HORIZON + name)
    own = _own(name, 1, scenario) or (None if name in LABELS else _own(HORIZON + name, 1, scenario))
    return _named(own or words, scenario) or name.replace("_", " ")


def ending_label(name: str, scenario: Scenario | None = None) -> str:
    """Return what a picture calls an ending; of a truce only where there is one."""
    label = _own(HORIZON + name, 1, scenario) or LABELS[HORIZON + name]
    return label if _has_truce(scenario) else label.removeprefix("truce, ")


def ending(name: str, scenario: Scenario) -> str:
    """Return an ending as a clause; of a truce only where there is one.

    Examples
    --------
    >>> from negotiation.scenario import Scenario
    >>> ending("truce", Scenario.load("split-the-pie"))
    'nothing is signed'
    """
    clause = _own(HORIZON + name, 0, scenario) or AT_HORIZON[name]
    return clause if _has_truce(scenario) else clause.removeprefix("the truce is in force and ")


def _has_truce(scenario: Scenario | None) -> bool:
    return scenario is None or scenario.calendar.truce_expires is not None


def endings(*scenarios: Scenario) -> dict[str, str]:
    """Return the endings that are possible in one of the scenarios, by name, each as a clause.

    Examples
    --------
    >>> from negotiation.scenario import Scenario
    >>> list(endings(Scenario.load("split-the-pie")))
    ['working_deal', 'truce']
    """
    never = set.intersection(*map(impossible, scenarios))
    told = max(scenarios, key=_has_truce)
    return {name: ending(name, told) for name in AT_HORIZON if HORIZON + name not in never}


def impossible(scenario: Scenario) -> set[str]:
    """Return the events, and the endings after `HORIZON`, that a scenario leaves no way to.

    Without a date nothing runs out and nobody meets; what comes at a rate of nought never comes.

    Examples
    --------
    >>> from negotiation.scenario import Scenario
    >>> "summit_held" in impossible(Scenario.load("split-the-pie"))
    True
    """
    names: set[str] = set()
    if scenario.calendar.truce_expires is None:
        names |= {"first_deadline_extended", "first_deadline_deal", "first_deadline_lapsed"}
        names |= {"first_extension_mutual", "first_extension_from_us", "first_extension_from_china"}
        names |= {"lapse", "escalation", "escalation_ended", "rare_earths_cut"}
        names |= {f"{HORIZON}lapse", f"{HORIZON}escalation"}
    if scenario.calendar.summit_from is None:
        names |= {"summit_held", "summit_deal", f"{HORIZON}summit_deal"}
    if not scenario.news.sectoral_rate.support()[1]:
        names |= {"sectoral_tariffs", "sectoral_put_off"}
    cuts = scenario.rare_earths.cut_suspended, scenario.rare_earths.cut_peak
    if not any(cut.support()[1] for cut in cuts):
        names.add("rare_earths_cut")
    rates = scenario.us.provocation_rate, scenario.china.provocation_rate
    if not any(rate.support()[1] for rate in rates):
        names |= {"provocation", "retaliation"}
    reviews = scenario.compliance.review_rate, scenario.compliance.detection
    if not all(number.support()[1] for number in reviews):
        names.add("reopened")
    return names


def headlines(scenario: Scenario) -> dict[str, str]:
    """Return the events that a reader asks about first, each as a statement with its date."""
    calendar, asked = scenario.calendar, {}
    if calendar.truce_expires is not None:
        asked["first_deadline_extended"] = (
            f"{EXTENDED[before(scenario)]} on {full_date(calendar.truce_expires)}"
        )
    if calendar.summit_from is not None:
        end = full_date(calendar.horizon)
        asked["summit_deal"] = f"The leaders sign a deal at a summit by {end}"
    return asked or {"deal": f"A deal is signed by {full_date(calendar.horizon)}"}


def statement(outcome: str, scenario: Scenario) -> str:
    """Return an outcome as a statement, headlines and endings with their dates."""
    if outcome.startswith(HORIZON):
        return f"On {full_date(scenario.calendar.horizon)} {event(outcome, scenario)}"
    return headlines(scenario).get(outcome) or capital(event(outcome, scenario))


# Who forecasts a past decision.
FORECASTERS = {
    "model": "the model",
    "base_rates": "base rates",
    "logit": "logit on the same covariates",
    "always_extend": "always extend",
}
