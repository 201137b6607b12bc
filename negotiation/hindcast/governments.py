"""Every government by the names that people type, and whose trade it plays with.

Fifteen have a place in the trade table. A member of the European Union plays with the Union's
trade; any other government with that of a region whose trade with the United States is of a like
size or kind (``data/governments.csv``, the choice is ours). How large a quarrel is follows from the
row's own ``trade_at_stake``, so where that is given the size of the other region matters little.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from negotiation.errors import UnknownName

FILE = "governments.csv"
EVERYBODY = "all partners"
LARGEST = "eu"  # whose trade stands for that of all partners together
# Where both sides would play with one trade, the one that only borrows it takes another: ours.
OTHERWISE = {
    "us": "canada", "china": "taiwan", "eu": "china", "taiwan": "korea", "canada": "mexico",
    "mexico": "brazil", "india": "indonesia", "brazil": "mexico", "vietnam": "indonesia",
    "indonesia": "vietnam", "switzerland": "britain", "turkey": "indonesia",
}  # fmt: skip
UNION = "eu"
MANY = re.compile(
    r"(all|any|every|each|most|many|several|various|multiple|other|others|global|world|worldwide|"
    r"rest of the world|rest of world|non fta|\d+) ?"
    r"(\w+ )*(countries|country|partners?|governments?|importers|exporters|others|world)?"
)
STYLES = (
    "government of ", "federal republic of ", "islamic republic of ", "peoples republic of ",
    "democratic republic of ", "united republic of ", "republic of ", "kingdom of ", "state of ",
    "sultanate of ", "grand duchy of ", "commonwealth of ",
)  # fmt: skip


class Government(NamedTuple):
    """A government: its name, the region it plays with, and whether that is its own trade."""

    name: str
    region: str
    own: bool


@cache
def governments() -> dict[str, Government]:
    """Return all governments by name.

    Examples
    --------
    >>> governments()["Malaysia"], len(governments()) > 200
    (Government(name='Malaysia', region='vietnam', own=False), True)
    """
    found: dict[str, Government] = {}
    for row in _table():
        name, region = row["name"], row["plays_with"]
        found[name] = Government(name, region, region not in {x.region for x in found.values()})
    return found


@cache
def spelt() -> dict[str, str]:
    """Return the names of governments by their spellings, each reduced by :func:`plain`."""
    rows = _table()
    found = {plain(row[key]): row["name"] for key in ("code", "code3") for row in rows if row[key]}
    for row in rows:
        found |= {plain(text): row["name"] for text in row["also"].split("|") if text}
    return found | {plain(row["name"]): row["name"] for row in rows}


def _table() -> list[dict[str, str]]:
    file = resources.files("negotiation") / "hindcast" / "data" / FILE
    return list(csv.DictReader(file.read_text("utf-8").splitlines()))


def plain(text: str) -> str:
    """Return a spelling without case, accents, dots, hyphens and article.

    Examples
    --------
    >>> plain("The U.S.A."), plain("Türkiye"), plain("Timor-Leste"), plain("St. Lucia")
    ('usa', 'turkiye', 'timor leste', 'st lucia')
    """
    letters = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(x for x in letters if not unicodedata.combining(x))
    kept = re.sub(r"[.'’`]", "", kept).replace("&", " and ")
    kept = " ".join(re.sub(r"[-_–—]", " ", kept).split())
    return re.sub(r"^saint ", "st ", kept.removeprefix("the "))


def government(party: str) -> str:
    """Return the government that a cell names, the first of several, as the record spells it.

    Raises
    ------
    UnknownName
        If it names none, with what was probably meant.

    Examples
    --------
    >>> government("UK, France, Italy"), government("india"), government("all partners with rates")
    ('UK', 'India', 'all partners')
    >>> [government(x) for x in ("South Korea", "Korea, Rep.", "PRC", "the Netherlands", "U.A.E.")]
    ['Korea', 'Korea', 'China', 'Netherlands', 'United Arab Emirates']
    >>> government("57 partners (EU, Japan)"), government("Bosnia and Herzegovina")
    ('EU', 'Bosnia and Herzegovina')
    """
    if (found := government_named(party)) is not None:
        return found
    names = [*governments(), EVERYBODY]
    names += [text for row in _table() for text in row["also"].split("|") if text]
    raise UnknownName("government", party, names)


@lru_cache(maxsize=4096)
def government_named(party: str) -> str | None:
    """Return the same; nothing where a cell names no government.

    Examples
    --------
    >>> government_named("PRC"), government_named("Atlantis")
    ('China', None)
    """
    if plain(party).startswith(EVERYBODY):
        return EVERYBODY
    known = spelt()
    for text in _readings(party):
        for piece in (text, *(text.removeprefix(style) for style in STYLES)):
            if piece in known:
                return known[piece]
    if MANY.fullmatch(plain(party.partition("(")[0])):
        return EVERYBODY
    return None


def _readings(party: str) -> Iterator[str]:
    """Yield what a cell may name: all of it, what is before or inside brackets, the first."""
    before, _, inside = party.partition("(")
    for text in (party, before, inside.rstrip(" )")):
        yield plain(text)
        for parts in (re.split(r"[;/+|]|,| and | & ", text)[:1], text.split(",")[:1]):
            yield from map(plain, parts)


def region_of(name: str) -> str:
    """Return the region whose trade a government plays with.

    Examples
    --------
    >>> region_of("EU"), region_of("Norway"), region_of("all partners")
    ('eu', 'switzerland', 'eu')
    """
    return LARGEST if name == EVERYBODY else governments()[name].region


def has_place(name: str) -> bool:
    """Return whether a government has a place of its own in the trade table."""
    return name != EVERYBODY and governments()[name].own


def borrowing(*parties: str) -> list[str]:
    """Return which of two governments play with the trade of another.

    Examples
    --------
    >>> borrowing("US", "Norway"), borrowing("US", "EU")
    (['Norway'], [])
    """
    return [
        one
        for one, region in zip(parties, regions_of(*parties), strict=True)
        if not has_place(one) or region != region_of(one)
    ]


def regions_of(sender: str, target: str) -> tuple[str, str]:
    """Return the regions that two governments play with: two, where they are two markets.

    Examples
    --------
    >>> regions_of("US", "Norway"), regions_of("Switzerland", "Norway"), regions_of("EU", "France")
    (('us', 'switzerland'), ('switzerland', 'britain'), ('eu', 'eu'))
    """
    first, second = region_of(sender), region_of(target)
    if first != second or sender == target or _one_market(sender, target):
        return first, second
    if target == EVERYBODY or not has_place(target):
        return first, OTHERWISE[second]
    return OTHERWISE[first], second


def _one_market(sender: str, target: str) -> bool:
    members = UNION == region_of(sender) == region_of(target)
    return members and EVERYBODY not in (sender, target)
