"""The two sides of a scenario in words: what sentences, pictures and tables call them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from negotiation.economy.regions import all_regions
from negotiation.words.language import COUNTRY, ENGLISH, spoken, trc

if TYPE_CHECKING:
    from negotiation.scenario import Scenario


class Party(NamedTuple):
    """One side in words.

    Attributes
    ----------
    key : str
        As settings have it: ``"us"``.
    name : str
        Within a sentence: ``"the United States"``.
    title : str
        At the head of a column: ``"United States"``.
    short : str
        Where room is scarce: ``"US"``.
    adjective : str
        Before a noun: ``"US"`` goods, ``"Chinese"`` goods.
    capital : str
        Its government by its seat: ``"Washington"``.
    """

    key: str
    name: str
    title: str
    short: str
    adjective: str
    capital: str

    @property
    def of(self) -> str:
        """Whose something is: ``"the US"`` tariff, ``"China's"`` tariff."""
        if self.short != self.title:
            return trc("whose", "the {short}", short=self.short)
        return trc("whose", "{title}'s", title=self.title)

    @property
    def leader(self) -> str:
        """Who decides for it: ``"the US leader"``, ``"China's leader"``."""
        return trc("a leader", "{whose} leader", whose=self.of)

    @property
    def brief(self) -> str:
        """Within a sentence where room is scarce: ``"the US"``, ``"China"``."""
        if self.short != self.title:
            return trc("in brief", "the {short}", short=self.short)
        return self.title


KNOWN = {
    one.key: Party(one.key, one.name, one.title, one.short, one.adjective, one.capital)
    for one in all_regions()
}


def party(key: str) -> Party:
    """Return a side in words; one that is no region of the trade table goes by its key.

    Examples
    --------
    >>> party("eu").leader, party("japan").leader, party("ann").name
    ('the EU leader', "Japan's leader", 'Ann')
    """
    title = key.capitalize()
    return _translated(KNOWN.get(key) or Party(key, title, title, title, title, title))


def _translated(side: Party) -> Party:
    if spoken() == ENGLISH:
        return side
    return Party(side.key, *(trc(COUNTRY, words) for words in side[1:]))


def player(name: str) -> Party:
    """Return a player of a game in words; one that is no region goes by the very name given.

    Examples
    --------
    >>> player("us").brief, player("japan").title, player("row").title
    ('the US', 'Japan', 'row')
    """
    return _translated(KNOWN.get(name) or Party(*[name] * 6))


def parties(scenario: Scenario | None = None) -> tuple[Party, Party]:
    """Return both sides of a scenario in words, in the order of the seats; of none the usual ones.

    Examples
    --------
    >>> from negotiation.scenario import Scenario
    >>> [side.name for side in parties(Scenario.load("stockholm-2025"))]
    ['the United States', 'China']
    """
    from negotiation.scenario import SIDES

    first, second = SIDES if scenario is None else scenario.sides
    return party(first), party(second)


def by_seat(scenario: Scenario | None = None) -> dict[str, Party]:
    """Return both sides in words by the name of their seat; without a scenario the usual ones.

    Examples
    --------
    >>> from negotiation.scenario import Scenario
    >>> pie = Scenario.load("split-the-pie").replace({"sides": ["us", "japan"]})
    >>> by_seat(pie)["china"].title
    'Japan'
    """
    from negotiation.scenario import SIDES

    return dict(zip(SIDES, parties(scenario), strict=True))
