"""What a date is about, in words: a truce that runs out, penalties threatened, or in force."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from negotiation.words.language import data, marked, tr

if TYPE_CHECKING:
    from negotiation.scenario import Scenario

TRUCE = "truce"


class Phrases(NamedTuple):
    """What sentences say of the state that lasts until a date, and of what comes at the date.

    Attributes
    ----------
    due : str
        On the day, before anything is said.
    goes_on, lapses, penalties : str
        What comes of it: agreed; not agreed, without or with penalties. ``{days}``, ``{until}`` and
        ``{tariffs}`` are filled in.
    tariffs : str
        The verb of tariffs when penalties come: ``tariffs go back up``.
    put_back, penalties_late : str
        What comes of a lapse without penalties.
    longer : str
        What is bought with a concession, where no length is told.
    zero, in_zero, of_zero : str
        The state that payoffs are counted from, alone, with *in*, and as an owner.
    kept, goes_on_or_not, broken : str
        While a deal binds; when it is over; why nobody travels.
    points : str
        The tariffs that come with penalties.
    priced, none, comes, holds, past : str
        What a price is named for; that there is none of it; that its end comes; what is in force
        until then, and after it without penalties.
    """

    due: str
    goes_on: str
    lapses: str
    penalties: str
    tariffs: str
    put_back: str
    penalties_late: str
    longer: str
    zero: str
    in_zero: str
    of_zero: str
    kept: str
    goes_on_or_not: str
    broken: str
    points: str
    priced: str
    none: str
    comes: str
    holds: str
    past: str


PHRASES = {
    TRUCE: Phrases(
        due=marked("The truce is due to run out."),
        goes_on=marked("The truce is extended by {days}, until {until}."),
        lapses=marked("the truce lapses, for now without new penalties"),
        penalties=marked("the truce lapses, and {tariffs}"),
        tariffs=marked("tariffs go back up"),
        put_back=marked("The truce is put back in force, late, until {until}."),
        penalties_late=marked("The lapse turns into penalties: {tariffs}."),
        longer=marked("an extension"),
        zero=marked("the truce"),
        in_zero=marked("in the truce"),
        of_zero=marked("of the truce's"),
        kept=marked("the truce cannot run out"),
        goes_on_or_not=marked("whether the truce goes on"),
        broken=marked("nobody travels while the truce is broken"),
        points=marked("the suspended points"),
        priced=marked("the truce"),
        none=marked("there is no truce"),
        comes=marked("the truce runs out"),
        holds=marked("The truce holds"),
        past=marked("The truce has lapsed"),
    ),
    "calm": Phrases(
        due=marked("The penalties that were threatened are due."),
        goes_on=marked("They are put off by {days}, until {until}."),
        lapses=marked("the date passes, for now without penalties"),
        penalties=marked("the penalties come into force, and {tariffs}"),
        tariffs=marked("tariffs rise"),
        put_back=marked("The penalties are put off after all, until {until}."),
        penalties_late=marked("The date is past, and the penalties come: {tariffs}."),
        longer=marked("a delay"),
        zero=marked("tariffs as they stood"),
        in_zero=marked("at the start"),
        of_zero=marked("of what it was at the start"),
        kept=marked("the penalties cannot come into force"),
        goes_on_or_not=marked("whether the penalties come"),
        broken=marked("nobody travels before the penalties are settled"),
        points=marked("the points that were threatened"),
        priced=marked("the delay"),
        none=marked("nothing is agreed"),
        comes=marked("the penalties are due"),
        holds=marked("No penalties are in force"),
        past=marked("The date is past"),
    ),
    "rise": Phrases(
        due=marked("The further penalties that were threatened are due."),
        goes_on=marked("They are put off by {days}, until {until}."),
        lapses=marked("the date passes, for now without further penalties"),
        penalties=marked("the further penalties come into force, and {tariffs}"),
        tariffs=marked("tariffs rise"),
        put_back=marked("The further penalties are put off after all, until {until}."),
        penalties_late=marked("The date is past, and the further penalties come: {tariffs}."),
        longer=marked("a delay"),
        zero=marked("tariffs as they stood"),
        in_zero=marked("at the start"),
        of_zero=marked("of what it was at the start"),
        kept=marked("the further penalties cannot come into force"),
        goes_on_or_not=marked("whether the further penalties come"),
        broken=marked("nobody travels before the further penalties are settled"),
        points=marked("the points that were threatened"),
        priced=marked("the delay"),
        none=marked("nothing is agreed"),
        comes=marked("the further penalties are due"),
        holds=marked("No further penalties are in force"),
        past=marked("The date is past"),
    ),
    "relief": Phrases(
        due=marked("The sides decide whether penalties stay in force."),
        goes_on=marked("Penalties come off for {days}: a truce is in force until {until}."),
        lapses=marked("nothing is agreed; for now penalties are not levied"),
        penalties=marked("nothing is agreed, and {tariffs}"),
        tariffs=marked("tariffs stay up"),
        put_back=marked("A truce comes into force, late, until {until}."),
        penalties_late=marked("Nothing is agreed, and penalties are levied again: {tariffs}."),
        longer=marked("a truce"),
        zero=marked("a truce"),
        in_zero=marked("in a truce"),
        of_zero=marked("of what it is in a truce"),
        kept=marked("penalties stay off"),
        goes_on_or_not=marked("whether penalties stay off"),
        broken=marked("nobody travels under penalties"),
        points=marked("the points that were in force"),
        priced=marked("a truce"),
        none=marked("there is no truce"),
        comes=marked("the penalties are decided on"),
        holds=marked("Talks on the penalties go on"),
        past=marked("The date is past"),
    ),
}


def phrases(scenario: Scenario | None) -> Phrases:
    """Return what sentences say of a scenario's first date; of none, of a truce.

    Examples
    --------
    >>> from negotiation.scenario import Scenario
    >>> phrases(Scenario.load("stockholm-2025")).zero
    'the truce'
    >>> phrases(Scenario.load("japan-autos-1995")).due
    'The penalties that were threatened are due.'
    """
    return said_of(before(scenario))


def said_of(about: str) -> Phrases:
    """Return what sentences say of a date that is about a truce, a threat or a relief.

    Examples
    --------
    >>> said_of("relief").zero
    'a truce'
    """
    return Phrases(*map(tr, PHRASES[about]))


def tariffs(scenario: Scenario | None) -> dict[str, str]:
    """Return what the three tariffs of a scenario are called, by name.

    Examples
    --------
    >>> tariffs(None)["suspended_points"]
    'the suspended points'
    """
    words = phrases(scenario)
    ours = scenario is None or "china" in scenario.sides  # of April 2025
    peak = tr("the April peak") if ours else tr("the peak")
    return {TRUCE: words.zero, "suspended_points": words.points, "april_peak": peak}


def withheld(scenario: Scenario | None) -> str:
    """Return what the second side may stop selling, in words; without a scenario rare earths.

    Examples
    --------
    >>> withheld(None)
    'rare earths'
    """
    from negotiation.scenario.standing import WITHHELD

    return data(WITHHELD if scenario is None else scenario.standing.withheld)


def before(scenario: Scenario | None) -> str:
    """Return what a scenario's first date is about; without a scenario, a truce."""
    return TRUCE if scenario is None else scenario.standing.before
