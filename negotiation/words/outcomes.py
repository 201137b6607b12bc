"""What endings and events are called: as a clause, and as a label where there is little room."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from negotiation.words.language import marked, tr
from negotiation.words.parties import by_seat
from negotiation.words.scene import capital, full_date
from negotiation.words.standing import before, withheld

if TYPE_CHECKING:
    from negotiation.scenario import Scenario

HORIZON = "at_horizon."  # before the name of an ending, where it stands among events


class Words(NamedTuple):
    """A clause, and a label; ``{us.name}`` in them is what the side in that seat is called."""

    clause: str
    label: str


_ENDINGS = {
    "summit_deal": Words(
        marked("a deal signed by the leaders is in force"), marked("deal at the summit")
    ),
    "working_deal": Words(
        marked("a deal signed by the delegations is in force"), marked("deal at working level")
    ),
    "truce": Words(
        marked("the truce is in force and nothing is signed"), marked("truce, nothing signed")
    ),
    "lapse": Words(
        marked("the truce has lapsed, without new penalties yet"), marked("truce lapsed")
    ),
    "escalation": Words(marked("penalties are in force"), marked("escalation")),
}
_EVENTS = {
    "first_deadline_extended": Words(
        marked("the truce is extended at its first deadline"),
        marked("truce extended at the first deadline"),
    ),
    "first_extension_mutual": Words(
        marked("the first extension is on even terms"), marked("first extension on even terms")
    ),
    "first_extension_from_us": Words(
        marked("{us.name} pays for the first extension"),
        marked("first extension paid for by {us.brief}"),
    ),
    "first_extension_from_china": Words(
        marked("{china.name} pays for the first extension"),
        marked("first extension paid for by {china.brief}"),
    ),
    "first_deadline_deal": Words(
        marked("a deal is signed before the first deadline"), marked("deal by the first deadline")
    ),
    "first_deadline_lapsed": Words(
        marked("the truce lapses at its first deadline"),
        marked("truce lapsed at the first deadline"),
    ),
    "summit_held": Words(marked("the leaders meet"), marked("summit held")),
    "summit_deal": Words(
        marked("they sign a deal at the summit"), marked("deal signed at the summit")
    ),
    "working_deal": Words(marked("the delegations sign a deal"), marked("deal at working level")),
    "deal": Words(marked("a deal of either kind"), marked("any deal")),
    "lapse": Words(
        marked("the truce lapses at some deadline"), marked("truce lapsed at some time")
    ),
    "escalation": Words(marked("penalties come into force"), marked("escalation at some time")),
    "escalation_ended": Words(
        marked("penalties are lifted again"), marked("escalation begun and ended")
    ),
    "rare_earths_cut": Words(
        marked("{china.name} cuts exports of {withheld}"), marked("cut of {withheld}")
    ),
    "sectoral_tariffs": Words(
        marked("{us.name} imposes new sectoral tariffs"), marked("new sectoral tariffs")
    ),
    "sectoral_put_off": Words(
        marked("new sectoral tariffs are put off to protect the talks"),
        marked("sectoral tariffs put off"),
    ),
    "provocation": Words(
        marked("a side adds a new sanction or control"), marked("new sanction or control")
    ),
    "retaliation": Words(
        marked("the other side answers in kind"), marked("new sanction answered in kind")
    ),
    "reopened": Words(
        marked("a deal is reopened over what was not delivered"), marked("deal reopened")
    ),
}

# What is called otherwise where no truce runs out, by :class:`negotiation.scenario.standing`.
_THREATENED = {
    HORIZON + "truce": Words(
        marked("no {more}penalties are in force and nothing is signed"),
        marked("put off, nothing signed"),
    ),
    HORIZON + "lapse": Words(
        marked("the date is past, without {more}penalties yet"), marked("date past")
    ),
    HORIZON + "escalation": Words(marked("the {more}penalties are in force"), marked("escalation")),
    "first_deadline_extended": Words(
        marked("the {more}penalties are put off at the first date"),
        marked("put off at the first date"),
    ),
    "first_extension_mutual": Words(
        marked("the first delay is on even terms"), marked("first delay on even terms")
    ),
    "first_extension_from_us": Words(
        marked("{us.name} pays for the first delay"), marked("first delay paid for by {us.brief}")
    ),
    "first_extension_from_china": Words(
        marked("{china.name} pays for the first delay"),
        marked("first delay paid for by {china.brief}"),
    ),
    "first_deadline_deal": Words(
        marked("a deal is signed before the first date"), marked("deal by the first date")
    ),
    "first_deadline_lapsed": Words(
        marked("nothing is agreed by the first date"), marked("nothing agreed by the first date")
    ),
    "lapse": Words(
        marked("a date passes without agreement"), marked("a date passed without agreement")
    ),
    "escalation": Words(
        marked("{more}penalties come into force"), marked("escalation at some time")
    ),
}
_RELIEF = {
    HORIZON + "truce": Words(
        marked("a truce is in force and nothing is signed"), marked("truce, nothing signed")
    ),
    HORIZON + "lapse": Words(
        marked("nothing is agreed, and penalties are not levied"), marked("date past")
    ),
    "first_deadline_extended": Words(
        marked("penalties come off at the first date"), marked("truce at the first date")
    ),
    "first_extension_mutual": Words(
        marked("the first truce is on even terms"), marked("first truce on even terms")
    ),
    "first_extension_from_us": Words(
        marked("{us.name} pays for the first truce"), marked("first truce paid for by {us.brief}")
    ),
    "first_extension_from_china": Words(
        marked("{china.name} pays for the first truce"),
        marked("first truce paid for by {china.brief}"),
    ),
    "first_deadline_deal": Words(
        marked("a deal is signed before the first date"), marked("deal by the first date")
    ),
    "first_deadline_lapsed": Words(
        marked("nothing is agreed by the first date"), marked("nothing agreed by the first date")
    ),
    "lapse": Words(
        marked("a date passes without agreement"), marked("a date passed without agreement")
    ),
    "escalation": Words(
        marked("penalties stay in force, or come back"), marked("escalation at some time")
    ),
}


_OTHERWISE = {"calm": _THREATENED, "rise": _THREATENED, "relief": _RELIEF}
_MORE = {"calm": "", "rise": marked("further ")}

# What is a kind of the event before it, as it is called below that.
PARTS = {
    "first_extension_mutual": marked("on even terms"),
    "first_extension_from_us": marked("paid for with a concession by {us.name}"),
    "first_extension_from_china": marked("paid for with a concession by {china.name}"),
}

# The headline outcomes, where none of many runs brings them; see `never`.
NEVER = {
    "first_deadline_extended": marked("the truce is never extended at its first deadline"),
    "deal": marked("no deal is ever signed"),
    "working_deal": marked("the delegations never sign a deal"),
    "summit_held": marked("the leaders never meet"),
    "summit_deal": marked("the leaders never sign a deal"),
}

EXTENDED = {  # at the first date
    "truce": marked("The truce is extended on {date}"),
    "calm": marked("The penalties are put off on {date}"),
    "rise": marked("The further penalties are put off on {date}"),
    "relief": marked("Penalties come off for a truce on {date}"),
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


def _filling(scenario: Scenario | None) -> dict[str, Any]:
    more = _MORE.get(before(scenario), "")
    named = withheld(scenario)
    return {**by_seat(scenario), "more": more and tr(more), "withheld": named}


def never(name: str, scenario: Scenario | None = None) -> str:
    """Return a headline outcome as a clause, where none of many runs brings it.

    Examples
    --------
    >>> never("first_deadline_extended")
    'the truce is never extended at its first deadline'
    """
    own = _own(name, 0, scenario)
    if own is None:
        return tr(NEVER[name])
    return tr("in no run {happens}", happens=_named(own, scenario))


def _named(words: str | None, scenario: Scenario | None) -> str:
    return "" if words is None else tr(words, **_filling(scenario))


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
    if name == "truce" and not _has_truce(scenario):
        return tr("nothing signed")
    return _named(_own(HORIZON + name, 1, scenario) or LABELS[HORIZON + name], scenario)


def ending(name: str, scenario: Scenario) -> str:
    """Return an ending as a clause; of a truce only where there is one.

    Examples
    --------
    >>> from negotiation.scenario import Scenario
    >>> ending("truce", Scenario.load("split-the-pie"))
    'nothing is signed'
    """
    if name == "truce" and not _has_truce(scenario):
        return tr("nothing is signed")
    return _named(_own(HORIZON + name, 0, scenario) or AT_HORIZON[name], scenario)


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
    told = max(scenarios[::-1], key=_has_truce)
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
        asked["first_deadline_extended"] = tr(
            EXTENDED[before(scenario)], date=full_date(calendar.truce_expires)
        )
    if calendar.summit_from is not None:
        end = full_date(calendar.horizon)
        asked["summit_deal"] = tr("The leaders sign a deal at a summit by {date}", date=end)
    return asked or {"deal": tr("A deal is signed by {date}", date=full_date(calendar.horizon))}


def statement(outcome: str, scenario: Scenario) -> str:
    """Return an outcome as a statement, headlines and endings with their dates."""
    if outcome.startswith(HORIZON):
        return tr(
            "On {date} {happens}", date=full_date(scenario.calendar.horizon),
            happens=event(outcome, scenario),
        )  # fmt: skip
    return headlines(scenario).get(outcome) or capital(event(outcome, scenario))
