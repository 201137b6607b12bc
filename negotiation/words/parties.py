"""The two sides of a scenario in words: what sentences, pictures and tables call them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

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
        return f"the {self.short}" if self.short != self.title else f"{self.title}'s"

    @property
    def leader(self) -> str:
        """Who decides for it: ``"the US leader"``, ``"China's leader"``."""
        return f"{self.of} leader"

    @property
    def brief(self) -> str:
        """Within a sentence where room is scarce: ``"the US"``, ``"China"``."""
        return f"the {self.short}" if self.short != self.title else self.title


KNOWN = {
    party.key: party
    for party in (
        Party("us", "the United States", "United States", "US", "US", "Washington"),
        Party("china", "China", "China", "China", "Chinese", "Beijing"),
        Party("eu", "the European Union", "European Union", "EU", "European", "Brussels"),
        Party("japan", "Japan", "Japan", "Japan", "Japanese", "Tokyo"),
        Party("korea", "Korea", "Korea", "Korea", "Korean", "Seoul"),
        Party("taiwan", "Taiwan", "Taiwan", "Taiwan", "Taiwanese", "Taipei"),
        Party("canada", "Canada", "Canada", "Canada", "Canadian", "Ottawa"),
        Party("mexico", "Mexico", "Mexico", "Mexico", "Mexican", "Mexico City"),
        Party("india", "India", "India", "India", "Indian", "New Delhi"),
        Party("brazil", "Brazil", "Brazil", "Brazil", "Brazilian", "Brasilia"),
        Party("britain", "the United Kingdom", "United Kingdom", "UK", "British", "London"),
        Party("vietnam", "Vietnam", "Vietnam", "Vietnam", "Vietnamese", "Hanoi"),
        Party("indonesia", "Indonesia", "Indonesia", "Indonesia", "Indonesian", "Jakarta"),
        Party("switzerland", "Switzerland", "Switzerland", "Switzerland", "Swiss", "Bern"),
        Party("turkey", "Turkey", "Turkey", "Turkey", "Turkish", "Ankara"),
    )
}


def party(key: str) -> Party:
    """Return a side in words; one that is no region of the trade table goes by its key.

    Examples
    --------
    >>> party("eu").leader, party("japan").leader, party("ann").name
    ('the EU leader', "Japan's leader", 'Ann')
    """
    title = key.capitalize()
    return KNOWN.get(key) or Party(key, title, title, title, title, title)


def player(name: str) -> Party:
    """Return a player of a game in words; one that is no region goes by the very name given.

    Examples
    --------
    >>> player("us").brief, player("japan").title, player("row").title
    ('the US', 'Japan', 'row')
    """
    return KNOWN.get(name) or Party(*[name] * 6)


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
