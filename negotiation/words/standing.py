"""What a date is about, in words: a truce that runs out, penalties threatened, or in force."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

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


def _threat(penalties: str) -> Phrases:
    """Return the phrases where penalties are threatened that are not in force."""
    some = penalties.removeprefix("the ")
    return Phrases(
        due=f"{penalties[:1].upper()}{penalties[1:]} that were threatened are due.",
        goes_on="They are put off by {days}, until {until}.",
        lapses=f"the date passes, for now without {some}",
        penalties=f"{penalties} come into force, and {{tariffs}}",
        tariffs="tariffs rise",
        put_back=f"{penalties[:1].upper()}{penalties[1:]} are put off after all, until {{until}}.",
        penalties_late=f"The date is past, and {penalties} come: {{tariffs}}.",
        longer="a delay",
        zero="tariffs as they stood",
        in_zero="at the start",
        of_zero="of what it was at the start",
        kept=f"{penalties} cannot come into force",
        goes_on_or_not=f"whether {penalties} come",
        broken=f"nobody travels before {penalties} are settled",
        points="the points that were threatened",
        priced="the delay",
        none="nothing is agreed",
        comes=f"{penalties} are due",
        holds=f"No {some} are in force",
        past="The date is past",
    )


PHRASES = {
    TRUCE: Phrases(
        due="The truce is due to run out.",
        goes_on="The truce is extended by {days}, until {until}.",
        lapses="the truce lapses, for now without new penalties",
        penalties="the truce lapses, and {tariffs}",
        tariffs="tariffs go back up",
        put_back="The truce is put back in force, late, until {until}.",
        penalties_late="The lapse turns into penalties: {tariffs}.",
        longer="an extension",
        zero="the truce",
        in_zero="in the truce",
        of_zero="of the truce's",
        kept="the truce cannot run out",
        goes_on_or_not="whether the truce goes on",
        broken="nobody travels while the truce is broken",
        points="the suspended points",
        priced="the truce",
        none="there is no truce",
        comes="the truce runs out",
        holds="The truce holds",
        past="The truce has lapsed",
    ),
    "calm": _threat("the penalties"),
    "rise": _threat("the further penalties"),
    "relief": Phrases(
        due="The sides decide whether penalties stay in force.",
        goes_on="Penalties come off for {days}: a truce is in force until {until}.",
        lapses="nothing is agreed; for now penalties are not levied",
        penalties="nothing is agreed, and {tariffs}",
        tariffs="tariffs stay up",
        put_back="A truce comes into force, late, until {until}.",
        penalties_late="Nothing is agreed, and penalties are levied again: {tariffs}.",
        longer="a truce",
        zero="a truce",
        in_zero="in a truce",
        of_zero="of what it is in a truce",
        kept="penalties stay off",
        goes_on_or_not="whether penalties stay off",
        broken="nobody travels under penalties",
        points="the points that were in force",
        priced="a truce",
        none="there is no truce",
        comes="the penalties are decided on",
        holds="Talks on the penalties go on",
        past="The date is past",
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
    return PHRASES[before(scenario)]


def before(scenario: Scenario | None) -> str:
    """Return what a scenario's first date is about; without a scenario, a truce."""
    return TRUCE if scenario is None else scenario.standing.before
